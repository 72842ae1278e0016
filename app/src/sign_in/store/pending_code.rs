//! Setting one-time codes up: a secret that waits until a code from it is entered.
//!
//! It waits for a quarter of an hour, and for the sign-in on which it was begun alone: whoever finds the page open on another day, or comes by
//! another device, is shown nothing that would make the codes theirs.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::codes::new_recovery_codes;
use super::sign_ins::{Entrance, half_way};
use crate::access::{Actor, Anyone};
use crate::audit::{self, Entry};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sign_in::Stage;
use crate::sign_in::letters;
use crate::sign_in::model::NewCode;
use crate::sign_in::one_time_code;

/// How long a secret waits for a code from it.
const WAITS: TimeDelta = TimeDelta::minutes(15);

/// Who sets codes up, on which sign-in, and when.
#[derive(Clone, Copy, Debug)]
pub struct Beginner {
    /// Whose codes they are.
    pub person: PersonId,
    /// The device on which they set them up.
    pub sign_in: Uuid,
    /// The present moment.
    pub now: DateTime<Utc>,
}

impl Beginner {
    fn of(actor: &Actor) -> Self {
        Self { person: actor.person(), sign_in: actor.sign_in(), now: actor.now() }
    }
}

/// Makes a new secret for somebody who is signed in.
pub async fn begin_own_code(actor: &Actor) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    begin_code(&mut transaction, Beginner::of(actor)).await?;
    let entry = Entry { action: "begin_code", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Stops setting codes up; those of the phone so far go on working.
pub async fn drop_new_code(actor: &Actor) -> Result<(), AppError> {
    const DROP: &str = "UPDATE credential SET code_pending = NULL, code_pending_at = NULL, code_pending_by = NULL WHERE person_id = $1";
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(DROP).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    let entry = Entry { action: "drop_new_code", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Makes a new secret, which waits until a code from it is entered; codes of the old one work until then.
pub async fn begin_code(transaction: &mut Transaction, beginner: Beginner) -> Result<(), AppError> {
    const BEGIN: &str = "UPDATE credential SET code_pending = $2, code_pending_at = $3, code_pending_by = $4 WHERE person_id = $1";
    let secret = one_time_code::new_secret();
    on!(&mut transaction, connection => sqlx::query(BEGIN)
        .bind(beginner.person)
        .bind(&secret)
        .bind(beginner.now)
        .bind(beginner.sign_in)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// The secret that waits for somebody who is asked to set up codes while signing in, and for nobody at any other stage.
pub async fn pending_code(anyone: &Anyone) -> Result<Option<NewCode>, AppError> {
    let Ok(half_way) = half_way(anyone) else { return Ok(None) };
    if half_way.stage(anyone.database()).await? != Some(Stage::CodeSetUp) {
        return Ok(None);
    }
    pending(anyone.database(), Beginner { person: half_way.person, sign_in: half_way.sign_in, now: anyone.now() }).await
}

/// The secret that waits for whoever began it, where they did.
pub(super) async fn pending(database: &Database, beginner: Beginner) -> Result<Option<NewCode>, AppError> {
    const PENDING: &str = "\
SELECT p.email, c.code_pending
FROM credential c
JOIN person p ON p.id = c.person_id
WHERE c.person_id = $1
    AND c.code_pending IS NOT NULL
    AND c.code_pending_by = $2
    AND c.code_pending_at > $3";
    let found: Option<(String, Vec<u8>)> = on!(database, pool => sqlx::query_as(PENDING)
        .bind(beginner.person)
        .bind(beginner.sign_in)
        .bind(beginner.now - WAITS)
        .fetch_optional(pool).await)?;
    let Some((email, secret)) = found else { return Ok(None) };
    Ok(Some(NewCode { key: one_time_code::key(&secret), picture: one_time_code::picture(&secret, &email)? }))
}

/// Finishes signing in by setting up codes. Answers the recovery codes, which are shown once.
pub async fn set_up_code(anyone: &Anyone, entered: &str) -> Result<(Entrance, Vec<String>), AppError> {
    let half_way = half_way(anyone)?;
    let beginner = Beginner { person: half_way.person, sign_in: half_way.sign_in, now: anyone.now() };
    let mut transaction = anyone.begin().await?;
    let entrance = half_way.complete(&mut transaction, anyone, Stage::CodeSetUp).await?;
    let recovery_codes = accept_pending(&mut transaction, beginner, entered).await?;
    let entry = Entry { action: "set_up_code", subject: "person", subject_id: Some(half_way.person.0), detail: "while signing in" };
    audit::record_by_person(&mut transaction, half_way.person, anyone.now(), entry).await?;
    transaction.commit().await?;
    Ok((entrance, recovery_codes))
}

/// Finishes setting up codes for somebody who is signed in. Answers the recovery codes, which are shown once.
pub async fn confirm_code(actor: &Actor, entered: &str) -> Result<Vec<String>, AppError> {
    let mut transaction = actor.begin().await?;
    let recovery_codes = accept_pending(&mut transaction, Beginner::of(actor), entered).await?;
    let entry = Entry { action: "set_up_code", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(recovery_codes)
}

/// Puts the waiting secret in force, where a code from it was entered, and tells the owner.
async fn accept_pending(transaction: &mut Transaction, beginner: Beginner, entered: &str) -> Result<Vec<String>, AppError> {
    const PENDING: &str = "\
SELECT code_pending
FROM credential
WHERE person_id = $1
    AND code_pending IS NOT NULL
    AND code_pending_by = $2
    AND code_pending_at > $3";
    const ACCEPT: &str = "\
UPDATE credential
SET code_secret = code_pending, code_pending = NULL, code_pending_at = NULL, code_pending_by = NULL, code_confirmed_at = $3,
    code_last_step = $4
WHERE person_id = $1
    AND code_pending = $2";

    let Beginner { person, sign_in, now } = beginner;
    let secret: Option<Vec<u8>> = on!(&mut transaction, connection => sqlx::query_scalar(PENDING)
        .bind(person)
        .bind(sign_in)
        .bind(now - WAITS)
        .fetch_optional(connection).await)?;
    let Some(secret) = secret else {
        return Err(AppError::Conflict("Nothing is being set up here any more. Please begin again.".to_owned()));
    };
    let step = one_time_code::step_of(&secret, entered, now)?.ok_or_else(|| {
        AppError::invalid(
            "code",
            "That is not the code that the app shows now. Wait for the next one, and check that your phone’s time is right.",
        )
    })?;
    let accepted = on!(&mut transaction, connection => sqlx::query(ACCEPT)
        .bind(person)
        .bind(&secret)
        .bind(now)
        .bind(step)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if accepted == 0 {
        return Err(AppError::Conflict(
            "Setting up was begun again on another device. Please use the picture that is shown now.".to_owned(),
        ));
    }
    queue(transaction, &letters::codes_changed(person), now).await?;
    new_recovery_codes(transaction, person).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;
    use crate::sign_in::one_time_code::shown_at;
    use crate::sign_in::store::fixture::{bodies, entry, give_code, give_password, recognised, visitor, visitor_with};
    use crate::sign_in::store::{code_state, enter_code, sign_in_with_password};

    /// Ruth, a supervisor with a password, and her address.
    async fn ruth(fixture: &Fixture) -> (PersonId, String) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let email = give_password(fixture, ruth).await;
        (ruth, email)
    }

    fn secret_of(shown: &NewCode) -> Vec<u8> {
        data_encoding::BASE32_NOPAD.decode(shown.key.replace(' ', "").as_bytes()).unwrap()
    }

    both_databases! {
        async fn codes_are_set_up_while_signing_in_and_recovery_codes_are_given(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let email = give_password(fixture, sian).await;
            let begun = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            let anyone = visitor_with(fixture, &begun.sign_in.token).await;
            let shown = pending_code(&anyone).await.unwrap().unwrap();
            let secret = secret_of(&shown);
            assert!(set_up_code(&anyone, "000000").await.is_err());
            let (entrance, recovery_codes) = set_up_code(&anyone, &shown_at(&secret, fixture.now())).await.unwrap();
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| signed_in.is_complete));
            assert_eq!(recovery_codes.len(), 10);
            assert_eq!(pending_code(&anyone).await.unwrap(), None, "the secret is never shown again");
        }

        async fn the_secret_is_shown_to_nobody_who_has_codes_already(fixture: Fixture) {
            let (ruth, email) = ruth(fixture).await;
            give_code(fixture, ruth).await;
            begin_own_code(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            let token = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap().sign_in.token;
            let anyone = visitor_with(fixture, &token).await;
            assert_eq!(pending_code(&anyone).await.unwrap(), None);
            assert!(set_up_code(&anyone, "000000").await.is_err());
        }

        async fn the_old_phone_works_until_the_new_one_is_confirmed(fixture: Fixture) {
            let (ruth, email) = ruth(fixture).await;
            let secret = give_code(fixture, ruth).await;
            begin_own_code(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            let token = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap().sign_in.token;
            enter_code(&visitor_with(fixture, &token).await, &shown_at(&secret, fixture.now())).await.unwrap();
        }

        async fn a_key_is_shown_for_a_quarter_of_an_hour_and_on_the_device_that_began_alone(fixture: Fixture) {
            let (ruth, _) = ruth(fixture).await;
            give_code(fixture, ruth).await;
            let actor = fixture.actor(ruth, &[Role::Supervisor]);
            begin_own_code(&actor).await.unwrap();
            let shown = code_state(&actor).await.unwrap().pending.unwrap();

            let other_device = fixture.actor(ruth, &[Role::Supervisor]);
            assert_eq!(code_state(&other_device).await.unwrap().pending, None);
            let code = shown_at(&secret_of(&shown), fixture.now());
            assert!(matches!(confirm_code(&other_device, &code).await.unwrap_err(), AppError::Conflict(_)));

            let late = fixture.now() + WAITS;
            let too_late = fixture.actor_at(late, ruth, &[Role::Supervisor]).on_device(actor.sign_in());
            assert_eq!(code_state(&too_late).await.unwrap().pending, None);
            assert!(confirm_code(&too_late, &shown_at(&secret_of(&shown), late)).await.is_err());
            confirm_code(&actor, &code).await.unwrap();
        }

        async fn the_owner_is_told_when_codes_change(fixture: Fixture) {
            let (ruth, _) = ruth(fixture).await;
            give_code(fixture, ruth).await;
            let letters = bodies(fixture).await;
            assert_eq!(letters.len(), 1);
            assert!(letters[0].contains("codes of your account"), "{letters:?}");
        }
    }
}
