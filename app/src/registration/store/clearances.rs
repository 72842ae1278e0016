//! What supervisors hold.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::apart::person_of;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::registration::answers::Clearance;
use crate::registration::model::ClearanceKind;

/// Notes until when each thing holds that a supervisor must hold; what has no date is not held.
pub async fn note_clearances(actor: &Actor, code: &str, until: &[(ClearanceKind, Option<NaiveDate>)]) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    note_within(&mut transaction, actor, person, until).await?;
    transaction.commit().await
}

async fn note_within(
    transaction: &mut Transaction,
    actor: &Actor,
    person: PersonId,
    until: &[(ClearanceKind, Option<NaiveDate>)],
) -> Result<(), AppError> {
    const NOTE: &str = "\
INSERT INTO clearance (person_id, kind, good_until, noted_by, noted_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person_id, kind) DO UPDATE
SET good_until = excluded.good_until, noted_by = excluded.noted_by, noted_at = excluded.noted_at
WHERE clearance.good_until <> excluded.good_until";
    const FORGET: &str = "DELETE FROM clearance WHERE person_id = $1 AND kind = $2";

    for (kind, good_until) in until {
        match good_until {
            Some(good_until) => on!(&mut transaction, connection => sqlx::query(NOTE)
                .bind(person)
                .bind(kind)
                .bind(good_until)
                .bind(actor.person())
                .bind(actor.now())
                .execute(connection).await.map(|_| ()))?,
            None => on!(&mut transaction, connection => sqlx::query(FORGET)
                .bind(person)
                .bind(kind)
                .execute(connection).await.map(|_| ()))?,
        }
    }
    audit(transaction, actor, person).await
}

async fn audit(transaction: &mut Transaction, actor: &Actor, person: PersonId) -> Result<(), AppError> {
    record(transaction, actor, Entry { action: "note_clearances", subject: "person", subject_id: Some(person.0), detail: "" }).await
}

/// A clearance that was brought, with what it takes to take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtClearance {
    clearance: Clearance,
    at: DateTime<Utc>,
    was: Option<Noted>,
}

/// What was written down before, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    good_until: NaiveDate,
    by: PersonId,
    at: DateTime<Utc>,
}

/// Notes what was brought of somebody, within a unit of work that goes on.
pub async fn bring_clearances(
    transaction: &mut Transaction,
    actor: &Actor,
    person: PersonId,
    brought: &[Clearance],
) -> Result<Vec<BroughtClearance>, AppError> {
    const BEFORE: &str = "SELECT kind, good_until, noted_by, noted_at FROM clearance WHERE person_id = $1";

    type Row = (ClearanceKind, NaiveDate, PersonId, DateTime<Utc>);

    if brought.is_empty() {
        return Ok(Vec::new());
    }
    let before: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(BEFORE).bind(person).fetch_all(connection).await)?;
    let until: Vec<_> = brought.iter().map(|clearance| (clearance.kind, Some(clearance.good_until))).collect();
    note_within(transaction, actor, person, &until).await?;
    let was = |kind: ClearanceKind| before.iter().find(|(other, ..)| *other == kind);
    let noted = |clearance: &Clearance| BroughtClearance {
        clearance: *clearance,
        at: actor.now(),
        was: was(clearance.kind).map(|(_, good_until, by, at)| Noted { good_until: *good_until, by: *by, at: *at }),
    };
    Ok(brought.iter().map(noted).collect())
}

/// Sets each clearance that was brought back to what it was, if nobody has noted another date since. Answers whether all of them are.
pub async fn take_clearances_back(
    transaction: &mut Transaction,
    actor: &Actor,
    person: PersonId,
    brought: &[BroughtClearance],
) -> Result<bool, AppError> {
    const FORGET: &str = "DELETE FROM clearance WHERE person_id = $1 AND kind = $2 AND good_until = $3 AND noted_at = $4";
    const SET_BACK: &str = "\
UPDATE clearance
SET good_until = $5, noted_by = $6, noted_at = $7
WHERE person_id = $1
    AND kind = $2
    AND good_until = $3
    AND noted_at = $4";

    for BroughtClearance { clearance, at, was } in brought {
        let set_back = match was {
            None => on!(&mut transaction, connection => sqlx::query(FORGET)
                .bind(person)
                .bind(clearance.kind)
                .bind(clearance.good_until)
                .bind(at)
                .execute(connection).await.map(|done| done.rows_affected()))?,
            Some(was) => on!(&mut transaction, connection => sqlx::query(SET_BACK)
                .bind(person)
                .bind(clearance.kind)
                .bind(clearance.good_until)
                .bind(at)
                .bind(was.good_until)
                .bind(was.by)
                .bind(was.at)
                .execute(connection).await.map(|done| done.rows_affected()))?,
        };
        if set_back == 0 {
            return Ok(false);
        }
    }
    if !brought.is_empty() {
        audit(transaction, actor, person).await?;
    }
    Ok(true)
}
