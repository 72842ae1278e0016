//! Keeping what was brought, for whoever brought it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::known::known_people;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::imports::answers::{ImportLine, OwnImports};
use crate::imports::jobs::KEPT_FOR;
use crate::imports::plan::note_who_is_seen;
use crate::imports::read::cells_of;
use crate::imports::sheet::{Sheet, refused};

/// An import of whoever opens it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Opened {
    pub id: Uuid,
    pub brought_at: DateTime<Utc>,
    pub sheet: Json<Sheet>,
    pub taken_at: Option<DateTime<Utc>>,
    pub taken_back_at: Option<DateTime<Utc>>,
}

/// Reads a file and keeps what stands in it. Answers the code of the import.
pub async fn bring(actor: &Actor, file: Arc<[u8]>) -> Result<String, AppError> {
    const KEEP: &str = "INSERT INTO people_import (id, code, brought_by, brought_at, sheet) VALUES ($1, $2, $3, $4, $5)";

    // A workbook takes a moment to unpack. One on which the reader breaks off is as good as none.
    let cells = tokio::task::spawn_blocking(move || cells_of(&file)).await;
    let mut sheet = Sheet::of_grid(cells.map_err(|_| refused("This file could not be read. Save it as CSV, and bring that."))??)?;
    let (id, code) = (new_id(), code());
    let mut transaction = actor.begin().await?;
    note_who_is_seen(&mut sheet, &known_people(&mut transaction, actor).await?);
    on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(id)
        .bind(&code)
        .bind(actor.person())
        .bind(actor.now())
        .bind(Json(&sheet))
        .execute(connection).await.map(|_| ()))?;
    record(&mut transaction, actor, entry("bring_people", id, "")).await?;
    transaction.commit().await?;
    Ok(code)
}

/// What the actor has brought, the newest first.
pub async fn own_imports(actor: &Actor) -> Result<OwnImports, AppError> {
    const OWN: &str = "\
SELECT code, brought_at, taken_at
FROM people_import
WHERE brought_by = $1
    AND COALESCE(taken_at, brought_at) > $2
ORDER BY brought_at DESC, id DESC";

    type Row = (String, DateTime<Utc>, Option<DateTime<Utc>>);
    let rows: Vec<Row> = on!(actor.database(), pool => sqlx::query_as(OWN)
        .bind(actor.person())
        .bind(actor.now() - KEPT_FOR)
        .fetch_all(pool).await)?;
    let line = |(code, brought_at, taken_at): Row| ImportLine { code, brought_at, taken_at };
    Ok(OwnImports { imports: rows.into_iter().map(line).collect() })
}

/// Opens an import that the actor has brought; everybody else's, and one that is a day old, is not there.
pub(super) async fn open_import(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<Opened, AppError> {
    const OPEN: &str = "\
SELECT id, brought_at, sheet, taken_at, taken_back_at
FROM people_import
WHERE code = $1
    AND brought_by = $2
    AND COALESCE(taken_at, brought_at) > $3";

    let opened: Option<Opened> = on!(&mut transaction, connection => sqlx::query_as(OPEN)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now() - KEPT_FOR)
        .fetch_optional(connection).await)?;
    opened.ok_or(AppError::NotFound)
}

/// Forgets what was brought and not taken.
pub async fn give_up(actor: &Actor, code: &str) -> Result<(), AppError> {
    const GIVE_UP: &str = "DELETE FROM people_import WHERE code = $1 AND brought_by = $2 AND taken_at IS NULL";

    let mut transaction = actor.begin().await?;
    let opened = open_import(&mut transaction, actor, code).await?;
    let given_up = on!(&mut transaction, connection => sqlx::query(GIVE_UP)
        .bind(code)
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if given_up == 0 {
        return Err(AppError::Conflict("This file was taken already, in another window. Open the page again to take it back.".to_owned()));
    }
    record(&mut transaction, actor, entry("give_up_import", opened.id, "")).await?;
    transaction.commit().await
}

/// An entry of the audit log about an import.
pub(super) const fn entry<'a>(action: &'static str, import: Uuid, detail: &'a str) -> Entry<'a> {
    Entry { action, subject: "people_import", subject_id: Some(import), detail }
}
