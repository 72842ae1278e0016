//! Taking an import back.

use sqlx::types::Json;
use uuid::Uuid;

use super::keep::{entry, open_import};
use crate::access::Actor;
use crate::audit::record;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::{change_within, remove_within};
use crate::people::{Details, PersonChange, PersonId};
use crate::registration::store::{BroughtClearance, take_brought_back, take_clearances_back};

/// Somebody whom an import added or changed.
#[derive(sqlx::FromRow)]
struct Line {
    person_id: PersonId,
    code: String,
    version: i64,
    was: Option<Json<Details>>,
    has_answers: bool,
    has_offering: bool,
    clearances: Json<Vec<BroughtClearance>>,
}

/// Removes whoever was added and sets whoever was changed back to what they were, each as a whole; whoever has moved on since stays as they are.
/// Answers whether nobody stays, in which case the import itself is gone too.
pub async fn take_back(actor: &Actor, code: &str) -> Result<bool, AppError> {
    const LINES: &str = "\
SELECT l.person_id, p.code, l.version, l.was, l.has_answers, l.has_offering, l.clearances
FROM people_import_line l
JOIN person p ON p.id = l.person_id
WHERE l.import_id = $1
ORDER BY l.person_id";
    const FORGET: &str = "DELETE FROM people_import WHERE id = $1";

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let opened = open_import(transaction, actor, code).await?;
    claim(transaction, actor, opened.id).await?;
    let lines: Vec<Line> = on!(&mut transaction, connection => sqlx::query_as(LINES).bind(opened.id).fetch_all(connection).await)?;
    let mut stay = 0_usize;
    for line in &lines {
        let mark = transaction.mark().await?;
        if take_line_back(transaction, actor, opened.id, line).await? {
            transaction.keep(mark).await?;
        } else {
            transaction.back_to(mark).await?;
            stay += 1;
        }
    }
    if stay == 0 {
        on!(&mut transaction, connection => sqlx::query(FORGET).bind(opened.id).execute(connection).await.map(|_| ()))?;
    }
    record(transaction, actor, entry("take_import_back", opened.id, &format!("{stay} stay"))).await?;
    unit.commit().await?;
    Ok(stay == 0)
}

async fn claim(transaction: &mut Transaction, actor: &Actor, import: Uuid) -> Result<(), AppError> {
    const CLAIM: &str = "\
UPDATE people_import
SET taken_back_at = $1
WHERE id = $2
    AND taken_at IS NOT NULL
    AND taken_back_at IS NULL";

    let claimed = on!(&mut transaction, connection => sqlx::query(CLAIM)
        .bind(actor.now())
        .bind(import)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if claimed == 0 {
        return Err(AppError::Conflict("This was taken back already, in another window, or was never taken.".to_owned()));
    }
    Ok(())
}

async fn take_line_back(transaction: &mut Transaction, actor: &Actor, import: Uuid, line: &Line) -> Result<bool, AppError> {
    const FORGET: &str = "DELETE FROM people_import_line WHERE import_id = $1 AND person_id = $2";

    // First, since it refers to the person.
    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(import)
        .bind(line.person_id)
        .execute(connection).await.map(|_| ()))?;
    if !take_brought_back(transaction, (line.person_id, actor.now()), line.has_answers, line.has_offering).await? {
        return Ok(false);
    }
    if !take_clearances_back(transaction, actor, line.person_id, &line.clearances).await? {
        return Ok(false);
    }
    let Some(Json(was)) = &line.was else {
        return remove_within(transaction, actor, line.person_id, line.version).await;
    };
    let change = PersonChange { code: line.code.clone(), version: line.version, details: was.clone(), works_there: None };
    match change_within(transaction, actor, &change).await {
        Ok(_) => Ok(true),
        Err(AppError::Conflict(_) | AppError::Invalid(_) | AppError::NotAllowed | AppError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
