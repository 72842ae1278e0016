//! One-time codes and recovery codes: the second thing that is asked for.

use chrono::{DateTime, Utc};

use super::pending_code::{Beginner, pending};
use super::sign_ins::{Entrance, half_way};
use crate::access::{Actor, Anyone};
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sign_in::Stage;
use crate::sign_in::letters;
use crate::sign_in::limits::{self, Limited};
use crate::sign_in::model::CodeState;
use crate::sign_in::one_time_code::{self, RECOVERY_CODES};

/// Finishes signing in with a one-time code or a recovery code.
pub async fn enter_code(anyone: &Anyone, entered: &str) -> Result<Entrance, AppError> {
    let half_way = half_way(anyone)?;
    let attempt = limits::attempt(anyone.database(), anyone.now(), &[Limited::CodesOf(half_way.person)]).await?;
    let mut transaction = anyone.begin().await?;
    if !use_code(&mut transaction, half_way.person, entered, anyone.now()).await? {
        let message = "That code is not right, or was used before. Wait for the next one and type it again.";
        return Err(AppError::invalid("code", message));
    }
    limits::forgive(&mut transaction, &attempt).await?;
    let entrance = half_way.complete(&mut transaction, anyone, Stage::CodeNeeded).await?;
    transaction.commit().await?;
    Ok(entrance)
}

/// Uses up a code. Each works once, even for two who enter it at the same moment: the statement that accepts it takes it away.
async fn use_code(transaction: &mut Transaction, person: PersonId, entered: &str, now: DateTime<Utc>) -> Result<bool, AppError> {
    const SECRET: &str = "SELECT code_secret FROM credential WHERE person_id = $1 AND code_secret IS NOT NULL";
    const USE_STEP: &str = "UPDATE credential SET code_last_step = $2 WHERE person_id = $1 AND code_last_step < $2";

    if one_time_code::six_digits(entered).is_none() {
        return use_recovery_code(transaction, person, entered, now).await;
    }
    let secret: Option<Vec<u8>> =
        on!(&mut transaction, connection => sqlx::query_scalar(SECRET).bind(person).fetch_optional(connection).await)?;
    let Some(secret) = secret else { return Ok(false) };
    let Some(step) = one_time_code::step_of(&secret, entered, now)? else { return Ok(false) };
    let used = on!(&mut transaction, connection => sqlx::query(USE_STEP)
        .bind(person)
        .bind(step)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(used > 0)
}

async fn use_recovery_code(transaction: &mut Transaction, person: PersonId, entered: &str, now: DateTime<Utc>) -> Result<bool, AppError> {
    const USE: &str = "UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL";
    let used = on!(&mut transaction, connection => sqlx::query(USE)
        .bind(person)
        .bind(one_time_code::recovery_digest(entered))
        .bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if used > 0 {
        let entry = Entry { action: "use_recovery_code", subject: "person", subject_id: Some(person.0), detail: "" };
        audit::record_by_person(transaction, person, now, entry).await?;
        queue(transaction, &letters::recovery_code_used(person), now).await?;
    }
    Ok(used > 0)
}

/// Makes ten new recovery codes in place of those that were there.
pub async fn renew_recovery_codes(actor: &Actor) -> Result<Vec<String>, AppError> {
    let person = actor.person();
    let mut transaction = actor.begin().await?;
    let codes = new_recovery_codes(&mut transaction, person).await?;
    queue(&mut transaction, &letters::codes_changed(person), actor.now()).await?;
    let entry = Entry { action: "renew_recovery_codes", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(codes)
}

/// Makes ten recovery codes in place of those that were there.
pub(super) async fn new_recovery_codes(transaction: &mut Transaction, person: PersonId) -> Result<Vec<String>, AppError> {
    const FORGET: &str = "DELETE FROM recovery_code WHERE person_id = $1";
    const ADD: &str = "INSERT INTO recovery_code (person_id, code_hash) VALUES ($1, $2)";

    on!(&mut transaction, connection => sqlx::query(FORGET).bind(person).execute(connection).await.map(|_| ()))?;
    let codes: Vec<String> = std::iter::repeat_with(one_time_code::new_recovery_code).take(RECOVERY_CODES).collect();
    for code in &codes {
        let hash = one_time_code::recovery_digest(code);
        on!(&mut transaction, connection => sqlx::query(ADD).bind(person).bind(&hash).execute(connection).await.map(|_| ()))?;
    }
    Ok(codes)
}

/// What the actor has of one-time codes.
pub async fn code_state(actor: &Actor) -> Result<CodeState, AppError> {
    const SINCE: &str = "SELECT code_confirmed_at FROM credential WHERE person_id = $1";
    const LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL";

    let person = actor.person();
    let since: Option<Option<DateTime<Utc>>> =
        on!(actor.database(), pool => sqlx::query_scalar(SINCE).bind(person).fetch_optional(pool).await)?;
    let recovery_codes_left: i64 = on!(actor.database(), pool => sqlx::query_scalar(LEFT).bind(person).fetch_one(pool).await)?;
    let pending = pending(actor.database(), Beginner { person, sign_in: actor.sign_in(), now: actor.now() }).await?;
    Ok(CodeState { since: since.flatten(), recovery_codes_left, pending, is_required: actor.roles().need_code() })
}

/// Stops asking for codes, and forgets the secrets. For practitioners alone: every other role needs them.
pub async fn forget_code(actor: &Actor) -> Result<(), AppError> {
    const FORGET: &str = "\
UPDATE credential
SET code_secret = NULL, code_pending = NULL, code_pending_at = NULL, code_pending_by = NULL,
    code_confirmed_at = NULL
WHERE person_id = $1";
    const FORGET_RECOVERY: &str = "DELETE FROM recovery_code WHERE person_id = $1";

    if actor.roles().need_code() {
        return Err(AppError::NotAllowed);
    }
    let person = actor.person();
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(person).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(FORGET_RECOVERY).bind(person).execute(connection).await.map(|_| ()))?;
    queue(&mut transaction, &letters::codes_stopped(person), actor.now()).await?;
    let entry = Entry { action: "stop_codes", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;
    use crate::sign_in::one_time_code::shown_at;
    use crate::sign_in::store::fixture::{bodies, entry, give_code, give_password, recognised, visitor, visitor_at, visitor_with};
    use crate::sign_in::store::{confirm_code, sign_in_with_password};

    /// Ruth, a supervisor with a password and codes, and what her phone's secret is.
    async fn ruth(fixture: &Fixture) -> (PersonId, String, Vec<u8>) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let email = give_password(fixture, ruth).await;
        let secret = give_code(fixture, ruth).await;
        (ruth, email, secret)
    }

    async fn half_way_in(fixture: &Fixture, email: &str) -> String {
        let entrance = sign_in_with_password(&visitor(fixture), &entry(email)).await.unwrap();
        assert_eq!(entrance.stage, Stage::CodeNeeded);
        entrance.sign_in.token
    }

    /// Lets what was begun last until an hour after a moment, since the test goes on for longer than signing in may take.
    async fn set_back_expiry(fixture: &Fixture, moment: DateTime<Utc>) {
        const LAST: &str = "UPDATE sign_in SET expires_at = $1";
        let until = moment + TimeDelta::hours(1);
        on!(&fixture.database, pool => sqlx::query(LAST).bind(until).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn a_code_completes_signing_in_with_a_new_token(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let token = half_way_in(fixture, &email).await;
            let code = shown_at(&secret, fixture.now());
            let entrance = enter_code(&visitor_with(fixture, &token).await, &code).await.unwrap();
            assert_eq!(entrance.sign_in.seconds, 12 * 60 * 60);
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| signed_in.is_complete));
            assert!(recognised(fixture, &token).await.is_none(), "the token of the first step is over");
        }

        async fn a_wrong_code_is_refused(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let token = half_way_in(fixture, &email).await;
            let expired = shown_at(&secret, fixture.now() - TimeDelta::minutes(2));
            for wrong in [expired.as_str(), "", "12345", "abcdef"] {
                let refused = enter_code(&visitor_with(fixture, &token).await, wrong).await.unwrap_err();
                assert!(matches!(refused, AppError::Invalid(problems) if problems[0].field == "code"), "{wrong}");
            }
        }

        async fn a_code_works_once(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let (one, another) = (half_way_in(fixture, &email).await, half_way_in(fixture, &email).await);
            let code = shown_at(&secret, fixture.now());
            enter_code(&visitor_with(fixture, &one).await, &code).await.unwrap();
            assert!(enter_code(&visitor_with(fixture, &another).await, &code).await.is_err());
            let later = fixture.now() + TimeDelta::seconds(30);
            let next = shown_at(&secret, later);
            enter_code(&visitor_at(fixture, later, &another).await, &next).await.unwrap();
        }

        async fn a_code_works_once_for_two_at_the_same_moment(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let (one, another) = (half_way_in(fixture, &email).await, half_way_in(fixture, &email).await);
            let (one, another) = (visitor_with(fixture, &one).await, visitor_with(fixture, &another).await);
            let code = shown_at(&secret, fixture.now());
            let (first, second) = tokio::join!(enter_code(&one, &code), enter_code(&another, &code));
            assert!(first.is_ok() != second.is_ok(), "one of the two comes in");
        }

        async fn five_wrong_codes_are_too_many(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let token = half_way_in(fixture, &email).await;
            let anyone = visitor_with(fixture, &token).await;
            for _ in 0..5 {
                assert_ne!(enter_code(&anyone, "000000").await.unwrap_err(), AppError::TooMany);
            }
            let right = shown_at(&secret, fixture.now());
            assert_eq!(enter_code(&anyone, &right).await.unwrap_err(), AppError::TooMany);
        }

        async fn a_recovery_code_works_once_and_is_stored_as_a_hash(fixture: Fixture) {
            let (ruth, email, _) = ruth(fixture).await;
            let codes = renew_recovery_codes(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            let token = half_way_in(fixture, &email).await;
            enter_code(&visitor_with(fixture, &token).await, &codes[3].to_uppercase()).await.unwrap();
            let token = half_way_in(fixture, &email).await;
            assert!(enter_code(&visitor_with(fixture, &token).await, &codes[3]).await.is_err());
            enter_code(&visitor_with(fixture, &token).await, &codes[4]).await.unwrap();
            let state = code_state(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            assert_eq!(state.recovery_codes_left, 8);
            let hashes: Vec<Vec<u8>> = on!(&fixture.database, pool => sqlx::query_scalar("SELECT code_hash FROM recovery_code").fetch_all(pool).await).unwrap();
            assert!(hashes.iter().all(|hash| hash.len() == 32 && codes.iter().all(|code| code.as_bytes() != hash.as_slice())));
        }

        async fn a_guesser_is_stopped_for_the_day_and_the_owner_is_told(fixture: Fixture) {
            let (_, email, secret) = ruth(fixture).await;
            let told = bodies(fixture).await.len();
            let mut moment = fixture.now();
            for _ in 0..4 {
                let token = half_way_in(fixture, &email).await;
                set_back_expiry(fixture, moment).await;
                for _ in 0..5 {
                    let anyone = visitor_at(fixture, moment, &token).await;
                    assert_ne!(enter_code(&anyone, "000000").await.unwrap_err(), AppError::TooMany);
                }
                moment += TimeDelta::minutes(16);
            }
            let token = half_way_in(fixture, &email).await;
            set_back_expiry(fixture, moment).await;
            let right = shown_at(&secret, moment);
            assert_eq!(enter_code(&visitor_at(fixture, moment, &token).await, &right).await.unwrap_err(), AppError::TooMany);
            let letters = bodies(fixture).await;
            assert_eq!(letters.iter().skip(told).filter(|body| body.contains("wrong code")).count(), 4);
        }

        async fn the_owner_is_told_of_a_recovery_code_that_was_used(fixture: Fixture) {
            let (ruth, email, _) = ruth(fixture).await;
            let codes = renew_recovery_codes(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            let token = half_way_in(fixture, &email).await;
            enter_code(&visitor_with(fixture, &token).await, &codes[0]).await.unwrap();
            let letters = bodies(fixture).await;
            assert!(letters.last().unwrap().contains("recovery code"), "{letters:?}");
        }

        async fn new_recovery_codes_take_the_place_of_the_old(fixture: Fixture) {
            let (ruth, email, _) = ruth(fixture).await;
            let actor = fixture.actor(ruth, &[Role::Supervisor]);
            let old = renew_recovery_codes(&actor).await.unwrap();
            renew_recovery_codes(&actor).await.unwrap();
            let token = half_way_in(fixture, &email).await;
            assert!(enter_code(&visitor_with(fixture, &token).await, &old[0]).await.is_err());
        }

        async fn a_practitioner_may_have_codes_and_may_stop_them(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let actor = fixture.actor(amina, &[Role::Practitioner]);
            let secret = give_code(fixture, amina).await;
            assert!(code_state(&actor).await.unwrap().since.is_some());
            half_way_in(fixture, &email).await;
            forget_code(&actor).await.unwrap();
            assert_eq!(sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap().stage, Stage::Complete);
            assert!(confirm_code(&actor, &shown_at(&secret, fixture.now())).await.is_err());
        }

        async fn no_other_role_may_stop_codes(fixture: Fixture) {
            let (ruth, _, _) = ruth(fixture).await;
            assert_eq!(forget_code(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap_err(), AppError::NotAllowed);
        }

    }
}
