//! Coming in with a password, and changing it.

use chrono::{DateTime, Utc};

use super::links::withdraw_links;
use super::sign_ins::{Entrance, arrive};
use crate::access::{Actor, Anyone};
use crate::audit::{self, Entry};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sign_in::checks::PasswordEntry;
use crate::sign_in::letters;
use crate::sign_in::limits::{self, Limited};
use crate::sign_in::password::{self, NOBODYS_HASH, Owner};

/// What is known of whoever has an address. The hash is empty for somebody without a password.
#[derive(Debug, sqlx::FromRow)]
struct Known {
    person: PersonId,
    password_hash: String,
    is_registered: bool,
}

/// Signs in with an address and a password, as far as the roles allow.
///
/// The answer and the time are the same for an address that is unknown, one that is suspended and a password that is wrong.
pub async fn sign_in_with_password(anyone: &Anyone, entry: &PasswordEntry) -> Result<Entrance, AppError> {
    let limits = [Limited::PasswordsFrom(anyone.address()), Limited::PasswordsFor(&entry.email)];
    let attempt = limits::attempt(anyone.database(), anyone.now(), &limits).await?;
    let known = find(anyone.database(), &entry.email).await?;
    let hash = known.as_ref().map_or(NOBODYS_HASH, |known| &known.password_hash);
    let is_right = password::matches(&entry.password, hash).await?;
    let Some(known) = known.filter(|known| is_right && known.is_registered) else {
        return Err(AppError::invalid("password", "That email and password do not belong together. Check both and try again."));
    };
    let mut transaction = anyone.begin().await?;
    if !hold(&mut transaction, known.person, &known.password_hash).await? {
        return Err(AppError::Conflict("Your password was changed a moment ago. Please sign in with the new one.".to_owned()));
    }
    limits::forgive(&mut transaction, &attempt).await?;
    let entrance = arrive(&mut transaction, anyone, known.person).await?;
    transaction.commit().await?;
    Ok(entrance)
}

async fn find(database: &Database, email: &str) -> Result<Option<Known>, AppError> {
    const FIND: &str = "\
SELECT p.id AS person, c.password_hash, p.standing = 'registered' AS is_registered
FROM person p
JOIN credential c ON c.person_id = p.id
WHERE p.email = $1";
    Ok(on!(database, pool => sqlx::query_as(FIND).bind(email).fetch_optional(pool).await)?)
}

/// Holds a person's credential until the end of the transaction, so that a reset at the same moment comes before or after, and in the
/// latter case signs this device out again. Answers `false` where the password is another by now.
async fn hold(transaction: &mut Transaction, person: PersonId, password_hash: &str) -> Result<bool, AppError> {
    const HOLD: &str = "UPDATE credential SET password_hash = $2 WHERE person_id = $1 AND password_hash = $2";
    let held = on!(&mut transaction, connection => sqlx::query(HOLD)
        .bind(person)
        .bind(password_hash)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(held > 0)
}

/// The address with which the actor signs in.
pub async fn sign_in_name(actor: &Actor) -> Result<String, AppError> {
    const EMAIL: &str = "SELECT email FROM person WHERE id = $1";
    Ok(on!(actor.database(), pool => sqlx::query_scalar(EMAIL).bind(actor.person()).fetch_one(pool).await)?)
}

/// Asks for the password of somebody who is signed in already, before something that a borrowed device must not do.
pub async fn check_own_password(actor: &Actor, field: &str, entered: &str) -> Result<(), AppError> {
    const FIND: &str = "\
SELECT p.email, c.password_hash
FROM person p
JOIN credential c ON c.person_id = p.id
WHERE p.id = $1";

    let found: Option<(String, String)> =
        on!(actor.database(), pool => sqlx::query_as(FIND).bind(actor.person()).fetch_optional(pool).await)?;
    let Some((email, hash)) = found else {
        return Err(AppError::invalid(
            field,
            "You have no password yet. Ask for one on the sign-in page, under “I have forgotten my password”.",
        ));
    };
    let attempt = limits::attempt(actor.database(), actor.now(), &[Limited::PasswordsFor(&email)]).await?;
    if !password::matches(entered, &hash).await? {
        return Err(AppError::invalid(field, "That is not your password. Type it again."));
    }
    let mut transaction = actor.begin().await?;
    limits::forgive(&mut transaction, &attempt).await?;
    transaction.commit().await
}

/// Stores a new password of somebody who is signed in; every other device is signed out.
pub async fn change_password(actor: &Actor, new_password: &str) -> Result<(), AppError> {
    const OWNER: &str = "SELECT given_name, family_name, email FROM person WHERE id = $1";
    const OTHERS: &str = "DELETE FROM sign_in WHERE person_id = $1 AND id <> $2";

    let person = actor.person();
    let owner: Owner = on!(actor.database(), pool => sqlx::query_as(OWNER).bind(person).fetch_one(pool).await)?;
    password::check(new_password, &owner).map_err(|advice| AppError::invalid("new_password", advice))?;
    let hash = password::hash(new_password).await?;
    let mut transaction = actor.begin().await?;
    set_password(&mut transaction, person, &hash, actor.now()).await?;
    on!(&mut transaction, connection => sqlx::query(OTHERS).bind(person).bind(actor.sign_in()).execute(connection).await.map(|_| ()))?;
    audit::record(&mut transaction, actor, Entry { action: "change_password", subject: "person", subject_id: Some(person.0), detail: "" })
        .await?;
    transaction.commit().await
}

/// Stores a password, and tells its owner, who would want to know if it was somebody else. Links that are still open end with the password
/// from before: whoever holds one may be why it was changed.
pub async fn set_password(transaction: &mut Transaction, person: PersonId, hash: &str, now: DateTime<Utc>) -> Result<(), AppError> {
    const SET: &str = "\
INSERT INTO credential (person_id, password_hash, code_last_step)
VALUES ($1, $2, 0)
ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash";
    const HAD_ONE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM credential WHERE person_id = $1";

    let had: i64 = on!(&mut transaction, connection => sqlx::query_scalar(HAD_ONE).bind(person).fetch_one(connection).await)?;
    on!(&mut transaction, connection => sqlx::query(SET).bind(person).bind(hash).execute(connection).await.map(|_| ()))?;
    withdraw_links(transaction, person).await?;
    if had > 0 {
        queue(transaction, &letters::password_changed(person), now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;
    use crate::sign_in::Stage;
    use crate::sign_in::store::fixture::{PASSWORD, bodies, entry, give_password, recognised, suspend, token_in, visitor, visitor_with};
    use crate::sign_in::store::{ask_for_link, enter_by_link};

    async fn refusal(fixture: &Fixture, email: &str, password: &str) -> AppError {
        let entry = PasswordEntry { email: email.to_owned(), password: password.to_owned() };
        sign_in_with_password(&visitor(fixture), &entry).await.unwrap_err()
    }

    both_databases! {
        async fn a_practitioner_comes_in_with_a_password(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let entrance = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            assert_eq!(entrance.stage, Stage::Complete);
            assert_eq!(entrance.sign_in.seconds, 30 * 24 * 60 * 60);
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| signed_in.is_complete));
        }

        async fn every_other_role_needs_a_code_as_well(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Practitioner, Role::Supervisor]).await;
            let email = give_password(fixture, ruth).await;
            let entrance = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            assert_eq!(entrance.stage, Stage::CodeSetUp);
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| !signed_in.is_complete));
        }

        async fn the_answer_is_the_same_for_known_unknown_and_suspended_addresses(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let invited = person(fixture, "Esther", "Kim", &[Role::Practitioner]).await;
            let without_password: String = on!(&fixture.database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(invited).fetch_one(pool).await).unwrap();
            let wrong = refusal(fixture, &email, "gravel linen trellis boat").await;
            assert_eq!(refusal(fixture, "nobody@bradford.example", PASSWORD).await, wrong);
            assert_eq!(refusal(fixture, &without_password, PASSWORD).await, wrong);
            suspend(fixture, amina).await;
            assert_eq!(refusal(fixture, &email, PASSWORD).await, wrong);
        }

        async fn an_unknown_address_takes_as_long_as_a_known_one(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let mut times = [std::time::Duration::MAX; 2];
            let are_alike = |times: [std::time::Duration; 2]| times[1] * 2 > times[0] && times[0] * 2 > times[1];
            // The shortest of several, since the machine has other things to do; however often it is tried, neither gets shorter than it is.
            for round in 0..20 {
                if round > 2 && are_alike(times) {
                    break;
                }
                for (time, email) in times.iter_mut().zip([email.as_str(), "nobody@bradford.example"]) {
                    let started = Instant::now();
                    refusal(fixture, email, "gravel linen trellis boat").await;
                    *time = started.elapsed().min(*time);
                }
            }
            assert!(are_alike(times), "{times:?}");
        }

        async fn somebody_suspended_a_second_ago_is_refused(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let entrance = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            suspend(fixture, amina).await;
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_none());
        }

        async fn the_tenth_wrong_password_is_the_last_for_known_and_unknown_alike(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            for address in [email.as_str(), "nobody@bradford.example"] {
                for _ in 0..10 {
                    assert_ne!(refusal(fixture, address, "gravel linen trellis boat").await, AppError::TooMany);
                }
                assert_eq!(refusal(fixture, address, PASSWORD).await, AppError::TooMany, "even with the right one");
            }
        }

        async fn a_token_is_stored_as_a_hash_alone(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let entrance = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            let stored: Vec<u8> = on!(&fixture.database, pool => sqlx::query_scalar("SELECT token_hash FROM sign_in").fetch_one(pool).await).unwrap();
            assert_eq!(stored, crate::access::digest(&entrance.sign_in.token));
            assert_ne!(stored, entrance.sign_in.token.as_bytes());
        }

        async fn changing_a_password_signs_out_every_other_device(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let elsewhere = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            let actor = fixture.actor(amina, &[Role::Practitioner]);
            check_own_password(&actor, "password", PASSWORD).await.unwrap();
            assert!(check_own_password(&actor, "password", "something else").await.is_err());
            change_password(&actor, "copper lantern quiet river").await.unwrap();
            assert!(recognised(fixture, &elsewhere.sign_in.token).await.is_none());
            refusal(fixture, &email, PASSWORD).await;
            let subject: String = on!(&fixture.database, pool => sqlx::query_scalar("SELECT subject FROM message").fetch_one(pool).await).unwrap();
            assert_eq!(subject, "Your password for Reverie was changed");
        }

        async fn changing_a_password_ends_the_links_that_are_on_their_way(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            change_password(&fixture.actor(amina, &[Role::Practitioner]), "copper lantern quiet river").await.unwrap();
            assert!(enter_by_link(&visitor(fixture), &token).await.is_err());
        }

        async fn signing_in_again_ends_the_sign_in_that_the_browser_had(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let first = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            let same_browser = visitor_with(fixture, &first.sign_in.token).await;
            let second = sign_in_with_password(&same_browser, &entry(&email)).await.unwrap();
            assert!(recognised(fixture, &first.sign_in.token).await.is_none());
            assert!(recognised(fixture, &second.sign_in.token).await.is_some());
        }

        async fn a_sign_in_without_a_code_lets_nobody_into_a_role_that_needs_one(fixture: Fixture) {
            const GIVE: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, 'coordinator')";
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let entrance = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            // As though the role had been given while she signed in, too late for either to see the other.
            on!(&fixture.database, pool => sqlx::query(GIVE).bind(amina).execute(pool).await.map(|_| ())).unwrap();
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| !signed_in.is_complete));
        }

        async fn a_password_with_ones_own_name_is_refused_when_it_is_changed(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            give_password(fixture, amina).await;
            let actor = fixture.actor(amina, &[Role::Practitioner]);
            let refused = change_password(&actor, "amina copper lantern river").await.unwrap_err();
            assert!(matches!(refused, AppError::Invalid(problems) if problems[0].field == "new_password"));
        }
    }
}
