//! Devices on which somebody has proved who they are, as far as a stage.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::pending_code::{Beginner, begin_code};
use crate::access::{Anyone, Role, Roles, digest};
use crate::audit::{self, Entry};
use crate::database::{Database, Transaction, new_id, on, secret};
use crate::error::AppError;
use crate::people::PersonId;
use crate::sign_in::Stage;

/// How long a practitioner stays signed in on a device.
const PRACTITIONER_STAYS: TimeDelta = TimeDelta::days(30);
/// How long a role with access to other people's details stays signed in.
const STAFF_STAY: TimeDelta = TimeDelta::hours(12);
/// How long somebody has for the second step.
const HALF_WAY_LASTS: TimeDelta = TimeDelta::minutes(30);
/// As much of a browser's own description as is worth keeping.
const DEVICE_LENGTH: usize = 300;

/// A device that is about to be signed in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Whose it is.
    pub person: PersonId,
    /// What is still to come.
    pub stage: Stage,
    /// Whether a one-time code was given, or none is ever asked for, as in a demonstration.
    pub has_code: bool,
    /// What the browser says of itself.
    pub device: &'a str,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// A sign-in as the browser gets it. The token is not stored, so it is shown here or never.
#[derive(Clone, Debug)]
pub struct OpenSignIn {
    /// Which one it is.
    pub id: Uuid,
    /// What the cookie holds.
    pub token: String,
    /// For how long.
    pub seconds: i64,
}

/// How far somebody has come.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// What the browser keeps.
    pub sign_in: OpenSignIn,
    /// What is still to come.
    pub stage: Stage,
}

/// Signs a device in, as far as its stage.
pub async fn open_sign_in(transaction: &mut Transaction, arrival: &Arrival<'_>) -> Result<OpenSignIn, AppError> {
    const OPEN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, device, created_at, seen_at, expires_at, code_given_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)";

    let id = new_id();
    let token = secret();
    let lasts = match arrival.stage {
        Stage::Complete if roles_of(transaction, arrival.person).await?.need_code() => STAFF_STAY,
        Stage::Complete => PRACTITIONER_STAYS,
        Stage::CodeNeeded | Stage::CodeSetUp => HALF_WAY_LASTS,
    };
    let device: String = arrival.device.chars().take(DEVICE_LENGTH).collect();
    on!(&mut transaction, connection => sqlx::query(OPEN)
        .bind(id)
        .bind(digest(&token))
        .bind(arrival.person)
        .bind(arrival.stage)
        .bind(&device)
        .bind(arrival.now)
        .bind(arrival.now + lasts)
        .bind(arrival.has_code.then_some(arrival.now))
        .execute(connection).await.map(|_| ()))?;
    let action = if arrival.stage == Stage::Complete { "sign_in" } else { "begin_sign_in" };
    let entry = Entry { action, subject: "sign_in", subject_id: Some(id), detail: "" };
    audit::record_by_person(transaction, arrival.person, arrival.now, entry).await?;
    Ok(OpenSignIn { id, token, seconds: lasts.num_seconds() })
}

/// Signs somebody in who has proved the first thing asked of them, as far as their roles allow without the second. A sign-in that the browser
/// had before ends.
pub async fn arrive(transaction: &mut Transaction, anyone: &Anyone, person: PersonId) -> Result<Entrance, AppError> {
    const HAS_CODE: &str = "SELECT code_secret IS NOT NULL FROM credential WHERE person_id = $1";

    let has_code: Option<bool> =
        on!(&mut transaction, connection => sqlx::query_scalar(HAS_CODE).bind(person).fetch_optional(connection).await)?;
    let stage = match has_code {
        Some(true) => Stage::CodeNeeded,
        _ if roles_of(transaction, person).await?.need_code() => Stage::CodeSetUp,
        _ => Stage::Complete,
    };
    end_replaced(transaction, anyone).await?;
    let arrival = Arrival { person, stage, has_code: false, device: anyone.device(), now: anyone.now() };
    let sign_in = open_sign_in(transaction, &arrival).await?;
    if stage == Stage::CodeSetUp {
        // A secret that somebody else may have seen with a stolen password is never the one that is confirmed.
        begin_code(transaction, Beginner { person, sign_in: sign_in.id, now: anyone.now() }).await?;
    }
    Ok(Entrance { sign_in, stage })
}

/// Ends the sign-in that the browser had, since its token is about to be forgotten there and would stay good for whoever kept it.
pub async fn end_replaced(transaction: &mut Transaction, anyone: &Anyone) -> Result<(), AppError> {
    if let Some(before) = anyone.signed_in() {
        end_sign_in(transaction, before.sign_in, before.person).await?;
    }
    Ok(())
}

/// Somebody who has signed in as far as a stage that is not the last.
#[derive(Clone, Copy, Debug)]
pub struct HalfWay {
    /// The device's entry in the list of sign-ins.
    pub sign_in: Uuid,
    /// Who it is.
    pub person: PersonId,
}

/// The person who made the request, where something is still to come.
pub fn half_way(anyone: &Anyone) -> Result<HalfWay, AppError> {
    let signed_in = anyone.signed_in().filter(|signed_in| !signed_in.is_complete).ok_or_else(over)?;
    Ok(HalfWay { sign_in: signed_in.sign_in, person: signed_in.person })
}

/// The second step came too late, or is done already.
pub fn over() -> AppError {
    AppError::Conflict("Signing in was begun too long ago. Please begin again with your email and password.".to_owned())
}

impl HalfWay {
    /// The stage at which they are; `None` once it is over.
    pub async fn stage(self, database: &Database) -> Result<Option<Stage>, AppError> {
        const STAGE: &str = "SELECT stage FROM sign_in WHERE id = $1 AND person_id = $2";
        Ok(on!(database, pool => sqlx::query_scalar(STAGE).bind(self.sign_in).bind(self.person).fetch_optional(pool).await)?)
    }

    /// Ends a stage and opens the door, with a new token: the old one was seen by whoever knew the password alone.
    pub async fn complete(self, transaction: &mut Transaction, anyone: &Anyone, stage: Stage) -> Result<Entrance, AppError> {
        const END: &str = "DELETE FROM sign_in WHERE id = $1 AND person_id = $2 AND stage = $3";
        let ended = on!(&mut transaction, connection => sqlx::query(END)
            .bind(self.sign_in)
            .bind(self.person)
            .bind(stage)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if ended == 0 {
            return Err(over());
        }
        let arrival = Arrival { person: self.person, stage: Stage::Complete, has_code: true, device: anyone.device(), now: anyone.now() };
        Ok(Entrance { sign_in: open_sign_in(transaction, &arrival).await?, stage: Stage::Complete })
    }
}

/// Signs out the device that makes the request.
pub async fn sign_out(anyone: &Anyone) -> Result<(), AppError> {
    let Some(signed_in) = anyone.signed_in() else { return Ok(()) };
    let mut transaction = anyone.begin().await?;
    end_sign_in(&mut transaction, signed_in.sign_in, signed_in.person).await?;
    let entry = Entry { action: "sign_out", subject: "sign_in", subject_id: Some(signed_in.sign_in), detail: "" };
    audit::record_by_person(&mut transaction, signed_in.person, anyone.now(), entry).await?;
    transaction.commit().await
}

/// Ends one sign-in of a person. Answers whether there was one.
pub async fn end_sign_in(transaction: &mut Transaction, sign_in: Uuid, person: PersonId) -> Result<bool, AppError> {
    const END: &str = "DELETE FROM sign_in WHERE id = $1 AND person_id = $2";
    let ended = on!(&mut transaction, connection => sqlx::query(END)
        .bind(sign_in)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(ended > 0)
}

/// Signs out every device of a person: after a reset, a suspension, or when they are given a role that needs a code. Answers how many there were.
pub async fn sign_out_everywhere(transaction: &mut Transaction, person: PersonId) -> Result<u64, AppError> {
    const END: &str = "DELETE FROM sign_in WHERE person_id = $1";
    Ok(on!(&mut transaction, connection => sqlx::query(END).bind(person).execute(connection).await.map(|done| done.rows_affected()))?)
}

async fn roles_of(transaction: &mut Transaction, person: PersonId) -> Result<Roles, AppError> {
    const ROLES: &str = "SELECT role FROM person_role WHERE person_id = $1";
    let roles: Vec<String> = on!(&mut transaction, connection => sqlx::query_scalar(ROLES).bind(person).fetch_all(connection).await)?;
    Ok(roles.iter().filter_map(|role| Role::of_key(role)).collect())
}
