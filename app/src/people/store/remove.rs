//! Taking back that somebody was added.

use super::found::note;
use crate::access::Actor;
use crate::database::{Transaction, is_referred_to, on};
use crate::error::AppError;
use crate::people::model::PersonId;

/// Removes somebody who was added by mistake, unless they have moved on since: were changed or invited, or stand anywhere beside the list of people.
/// Whether anything refers to them the database knows, whose references are its own and not a list that somebody keeps. Answers whether they are
/// gone; where they are not, nothing has been stored.
pub async fn remove_within(transaction: &mut Transaction, actor: &Actor, person: PersonId, version: i64) -> Result<bool, AppError> {
    const ROLES: &str = "DELETE FROM person_role WHERE person_id = $1";
    // Whoever looked at what they had brought has not moved anybody on.
    const OPENED: &str = "DELETE FROM opened_record WHERE person_id = $1";
    const CONFIRMATIONS: &str = "DELETE FROM work_confirmation WHERE person_id = $1";
    const PERSON: &str = "DELETE FROM person WHERE id = $1 AND version = $2 AND standing = 'not_invited'";

    let mark = transaction.mark().await?;
    on!(&mut transaction, connection => sqlx::query(ROLES).bind(person).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(OPENED).bind(person).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(CONFIRMATIONS).bind(person).execute(connection).await.map(|_| ()))?;
    let removed = on!(&mut transaction, connection => sqlx::query(PERSON)
        .bind(person)
        .bind(version)
        .execute(connection).await.map(|done| done.rows_affected()));
    match removed {
        Ok(removed) if removed > 0 => {
            note(transaction, actor, "remove_person", person, "").await?;
            transaction.keep(mark).await?;
            Ok(true)
        }
        Err(cause) if !is_referred_to(&cause) => Err(cause.into()),
        _ => {
            transaction.back_to(mark).await?;
            Ok(false)
        }
    }
}
