//! What supervisors hold.

use chrono::NaiveDate;

use super::apart::person_of;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::on;
use crate::error::AppError;
use crate::registration::model::ClearanceKind;

/// Notes until when each thing holds that a supervisor must hold; what has no date is not held.
pub async fn note_clearances(actor: &Actor, code: &str, until: &[(ClearanceKind, Option<NaiveDate>)]) -> Result<(), AppError> {
    const NOTE: &str = "\
INSERT INTO clearance (person_id, kind, good_until, noted_by, noted_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person_id, kind) DO UPDATE
SET good_until = excluded.good_until, noted_by = excluded.noted_by, noted_at = excluded.noted_at
WHERE clearance.good_until <> excluded.good_until";
    const FORGET: &str = "DELETE FROM clearance WHERE person_id = $1 AND kind = $2";

    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
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
    record(&mut transaction, actor, Entry { action: "note_clearances", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}
