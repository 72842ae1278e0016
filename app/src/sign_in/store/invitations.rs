//! Invitations: how somebody comes in for the first time.

use chrono::{DateTime, Utc};

use super::links::{Purpose, issue, owner_of_link, spend, spent};
use super::passwords::set_password;
use super::sign_ins::{Entrance, arrive};
use crate::access::{Actor, Anyone};
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::queue_way_in;
use crate::paths;
use crate::people::PersonId;
use crate::sign_in::checks::NewPassword;
use crate::sign_in::letters;
use crate::sign_in::password;

/// Sends an invitation to somebody who is not registered yet, in place of any earlier one, and answers its token.
pub async fn invite(transaction: &mut Transaction, actor: &Actor, person: PersonId) -> Result<String, AppError> {
    let token = invitation_link(transaction, person, actor.now()).await?;
    let link = format!("{}{}", actor.origin(), paths::invitation(&token));
    queue_way_in(transaction, &letters::invitation(person, &link), actor.now()).await?;
    audit::record(transaction, actor, Entry { action: "invite_person", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    Ok(token)
}

/// Makes an invitation, in place of any earlier one, without sending it; the program does so for the first administrator.
pub async fn invitation_link(transaction: &mut Transaction, person: PersonId, now: DateTime<Utc>) -> Result<String, AppError> {
    const INVITE: &str = "\
UPDATE person
SET standing = 'invited', version = version + 1
WHERE id = $1
    AND standing IN ('not_invited', 'invited')";

    let invited = on!(&mut transaction, connection => sqlx::query(INVITE)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if invited == 0 {
        return Err(AppError::Conflict(
            "This person has registered already, or is suspended, so there is nothing to invite them to.".to_owned(),
        ));
    }
    issue(transaction, person, Purpose::Invitation, now).await
}

/// Accepts an invitation: the password is stored, the person is registered and signed in as far as their roles allow.
pub async fn accept_invitation(anyone: &Anyone, chosen: &NewPassword) -> Result<Entrance, AppError> {
    const REGISTER: &str = "UPDATE person SET standing = 'registered', version = version + 1 WHERE id = $1 AND standing = 'invited'";

    let hash = hash_of_chosen(anyone, Purpose::Invitation, chosen).await?;
    let now = anyone.now();
    let mut transaction = anyone.begin().await?;
    let all = &mut transaction;
    let person = spend(all, Purpose::Invitation, &chosen.token, now).await?;
    on!(&mut all, connection => sqlx::query(REGISTER).bind(person).execute(connection).await.map(|_| ()))?;
    set_password(all, person, &hash, now).await?;
    let entry = Entry { action: "accept_invitation", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record_by_person(all, person, now, entry).await?;
    let entrance = arrive(all, anyone, person).await?;
    transaction.commit().await?;
    Ok(entrance)
}

/// Hashes the password that goes with a link. The link is looked at first, and used up only once the password is good.
pub async fn hash_of_chosen(anyone: &Anyone, purpose: Purpose, chosen: &NewPassword) -> Result<String, AppError> {
    let owner = owner_of_link(anyone.database(), purpose, &chosen.token, anyone.now()).await?.ok_or_else(spent)?;
    password::check(&chosen.password, &owner).map_err(|advice| AppError::invalid("password", advice))?;
    password::hash(&chosen.password).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::Standing;
    use crate::people::fixture::person;
    use crate::sign_in::Stage;
    use crate::sign_in::store::fixture::{
        bodies, chosen, esther_not_invited, invited, recognised, standing, suspend, token_in, visitor, visitor_later,
    };

    both_databases! {
        async fn an_invitation_is_accepted_with_a_password(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            assert_eq!(standing(fixture, esther).await, Standing::Invited);
            assert_eq!(token_in(&bodies(fixture).await[0]), token);
            let entrance = accept_invitation(&visitor(fixture), &chosen(&token)).await.unwrap();
            assert_eq!(entrance.stage, Stage::Complete);
            assert_eq!(standing(fixture, esther).await, Standing::Registered);
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| signed_in.person == esther));
        }

        async fn a_supervisor_sets_up_codes_after_accepting(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Supervisor).await;
            let token = invited(fixture, esther).await;
            let entrance = accept_invitation(&visitor(fixture), &chosen(&token)).await.unwrap();
            assert_eq!(entrance.stage, Stage::CodeSetUp);
        }

        async fn a_wrong_a_reused_and_an_expired_invitation_are_refused_alike(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            let wrong = accept_invitation(&visitor(fixture), &chosen("wrong")).await.unwrap_err();
            let late = visitor_later(fixture, TimeDelta::days(14));
            assert_eq!(accept_invitation(&late, &chosen(&token)).await.unwrap_err(), wrong);
            assert_eq!(standing(fixture, esther).await, Standing::Invited);
            accept_invitation(&visitor(fixture), &chosen(&token)).await.unwrap();
            assert_eq!(accept_invitation(&visitor(fixture), &chosen(&token)).await.unwrap_err(), wrong);
            assert_eq!(owner_of_link(&fixture.database, Purpose::Invitation, &token, fixture.now()).await.unwrap(), None);
        }

        async fn an_invitation_that_is_sent_again_ends_the_one_before(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let (first, second) = (invited(fixture, esther).await, invited(fixture, esther).await);
            assert!(accept_invitation(&visitor(fixture), &chosen(&first)).await.is_err());
            accept_invitation(&visitor(fixture), &chosen(&second)).await.unwrap();
        }

        async fn a_weak_password_does_not_use_an_invitation_up(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            let weak = NewPassword { token: token.clone(), password: "esther2026!".to_owned() };
            assert!(matches!(accept_invitation(&visitor(fixture), &weak).await.unwrap_err(), AppError::Invalid(_)));
            accept_invitation(&visitor(fixture), &chosen(&token)).await.unwrap();
        }

        async fn somebody_registered_or_suspended_is_not_invited(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let actor = fixture.actor(amina, &[Role::Coordinator]);
            for _ in 0..2 {
                let mut transaction = fixture.database.begin().await.unwrap();
                assert!(matches!(invite(&mut transaction, &actor, amina).await.unwrap_err(), AppError::Conflict(_)));
                drop(transaction);
                suspend(fixture, amina).await;
            }
        }

        async fn a_suspended_person_cannot_use_an_earlier_invitation(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let token = invited(fixture, esther).await;
            suspend(fixture, esther).await;
            assert!(accept_invitation(&visitor(fixture), &chosen(&token)).await.is_err());
        }
    }
}
