//! Links that are sent by e-mail and work once. What is stored is a hash; a person has one link of each purpose, the newest.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::{Anyone, digest};
use crate::database::{Database, Transaction, new_id, on, secret};
use crate::error::AppError;
use crate::people::{PersonId, Standing};
use crate::sign_in::model::LinkOwner;
use crate::sign_in::password::Owner;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Purpose {
    /// Choosing the first password.
    Invitation,
    /// Choosing another password.
    Reset,
    /// Coming in without a password.
    SignIn,
}

impl Purpose {
    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(14),
            Self::Reset => TimeDelta::hours(1),
            Self::SignIn => TimeDelta::minutes(15),
        }
    }

    /// What the audit log calls asking for it.
    pub(super) const fn asked_for(self) -> &'static str {
        match self {
            Self::Invitation => "ask_for_invitation",
            Self::Reset => "ask_for_reset",
            Self::SignIn => "ask_for_link",
        }
    }

    /// What somebody must be for the link to be of use.
    const fn standing(self) -> Standing {
        match self {
            Self::Invitation => Standing::Invited,
            Self::Reset | Self::SignIn => Standing::Registered,
        }
    }
}

/// Whose link it is, while it works; `None` for one that is wrong, used, run out or replaced, which all look the same.
pub async fn owner_of_link(database: &Database, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Result<Option<Owner>, AppError> {
    const OWNER: &str = "\
SELECT p.given_name, p.family_name, p.email
FROM one_time_link l
JOIN person p ON p.id = l.person_id
WHERE l.token_hash = $1
    AND l.purpose = $2
    AND l.used_at IS NULL
    AND l.expires_at > $3
    AND p.standing = $4";
    Ok(on!(database, pool => sqlx::query_as(OWNER)
        .bind(digest(token))
        .bind(purpose)
        .bind(now)
        .bind(purpose.standing())
        .fetch_optional(pool).await)?)
}

/// Whose link a visitor holds, as the page shows it.
pub async fn link_owner(anyone: &Anyone, purpose: Purpose, token: &str) -> Result<Option<LinkOwner>, AppError> {
    let owner = owner_of_link(anyone.database(), purpose, token, anyone.now()).await?;
    Ok(owner.map(|owner| LinkOwner { given_name: owner.given_name, email: owner.email }))
}

/// Uses a link up. The statement that finds it takes it, so that it works once even for two at the same moment.
pub async fn spend(transaction: &mut Transaction, purpose: Purpose, token: &str, now: DateTime<Utc>) -> Result<PersonId, AppError> {
    const SPEND: &str = "\
UPDATE one_time_link
SET used_at = $3
WHERE token_hash = $1
    AND purpose = $2
    AND used_at IS NULL
    AND expires_at > $3
    AND EXISTS (SELECT 1 FROM person p WHERE p.id = one_time_link.person_id AND p.standing = $4)
RETURNING person_id";
    let person: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(SPEND)
        .bind(digest(token))
        .bind(purpose)
        .bind(now)
        .bind(purpose.standing())
        .fetch_optional(connection).await)?;
    person.ok_or_else(spent)
}

/// The same answer for a link that is wrong, used, run out or replaced.
pub fn spent() -> AppError {
    AppError::Conflict("This link does not work any more.".to_owned())
}

/// Makes a link. A person has one open link of each purpose, so that the newest is the one that works, even of two made at the same moment.
pub async fn issue(transaction: &mut Transaction, person: PersonId, purpose: Purpose, now: DateTime<Utc>) -> Result<String, AppError> {
    const ISSUE: &str = "\
INSERT INTO one_time_link (id, token_hash, person_id, purpose, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (person_id, purpose) WHERE used_at IS NULL DO UPDATE
SET id = excluded.id, token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at";

    let token = secret();
    on!(&mut transaction, connection => sqlx::query(ISSUE)
        .bind(new_id())
        .bind(digest(&token))
        .bind(person)
        .bind(purpose)
        .bind(now)
        .bind(now + purpose.lasts())
        .execute(connection).await.map(|_| ()))?;
    Ok(token)
}

/// Ends every open link of a person: their password or their address is another now, or they are suspended. Before they are signed out, so
/// that whoever comes in by a link at the same moment is signed out as well.
pub async fn withdraw_links(transaction: &mut Transaction, person: PersonId) -> Result<(), AppError> {
    const WITHDRAW: &str = "DELETE FROM one_time_link WHERE person_id = $1 AND used_at IS NULL";
    on!(&mut transaction, connection => sqlx::query(WITHDRAW).bind(person).execute(connection).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::sign_in::store::fixture::{bodies, chosen, esther_not_invited, give_password, invited, token_in, visitor};
    use crate::sign_in::store::{accept_invitation, ask_for_link, enter_by_link, reset_password};

    both_databases! {
        async fn links_that_were_withdrawn_do_not_work(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            withdraw_links(&mut transaction, esther).await.unwrap();
            transaction.commit().await.unwrap();
            assert!(accept_invitation(&visitor(fixture), &chosen(&token)).await.is_err());
        }

        async fn a_link_of_one_purpose_is_no_link_of_another(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            assert!(reset_password(&visitor(fixture), &chosen(&token)).await.is_err());
            assert!(accept_invitation(&visitor(fixture), &chosen(&token)).await.is_err());
        }

        async fn of_links_asked_for_at_the_same_moment_one_works(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let visitors = [visitor(fixture), visitor(fixture), visitor(fixture)];
            let [one, two, three] = &visitors;
            let asked = tokio::join!(ask_for_link(one, &email), ask_for_link(two, &email), ask_for_link(three, &email));
            assert_eq!(asked, (Ok(()), Ok(()), Ok(())));
            let mut let_in = 0;
            for body in bodies(fixture).await {
                let_in += i32::from(enter_by_link(&visitor(fixture), &token_in(&body)).await.is_ok());
            }
            assert_eq!((bodies(fixture).await.len(), let_in), (3, 1));
        }

        async fn a_token_of_a_link_is_stored_as_a_hash_alone(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            let stored: Vec<u8> = on!(&fixture.database, pool => sqlx::query_scalar("SELECT token_hash FROM one_time_link").fetch_one(pool).await).unwrap();
            assert_eq!(stored, digest(&token));
        }
    }
}
