//! What somebody saves and reads: theirs to know alone, so the log says that it was done and not of what.

use chrono::NaiveDate;

use super::item::open_item;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;

/// Puts an item on the actor's own list. A second press finds it done.
pub async fn save_item(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const SAVE: &str = "\
INSERT INTO saved_item (person_id, item_id, saved_at)
VALUES ($1, $2, $3)
ON CONFLICT (person_id, item_id) DO NOTHING";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(SAVE)
        .bind(actor.person())
        .bind(opened.id)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "save_item").await?;
    transaction.commit().await
}

/// Takes an item off the actor's own list.
pub async fn let_go(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const LET_GO: &str = "DELETE FROM saved_item WHERE person_id = $1 AND item_id = $2";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(LET_GO).bind(actor.person()).bind(opened.id).execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "let_go_of_item").await?;
    transaction.commit().await
}

/// Keeps that the actor has read an item; said again, it is put right.
pub async fn mark_read(actor: &Actor, slug: &str, (read_on, minutes): (NaiveDate, i64)) -> Result<(), AppError> {
    const READ: &str = "\
INSERT INTO reading (id, code, person_id, item_id, read_on, minutes)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (person_id, item_id) DO UPDATE
SET read_on = excluded.read_on, minutes = excluded.minutes";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(READ)
        .bind(new_id())
        .bind(code())
        .bind(actor.person())
        .bind(opened.id)
        .bind(read_on)
        .bind(minutes)
        .execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "mark_read").await?;
    transaction.commit().await
}

/// Forgets that the actor has read an item.
pub async fn forget_reading(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM reading WHERE person_id = $1 AND item_id = $2";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(actor.person()).bind(opened.id).execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "forget_reading").await?;
    transaction.commit().await
}

async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "own_learning", subject_id: None, detail: "" }).await
}
