//! Somebody's own link: made, changed, put in the place of another, removed.

use chrono::{DateTime, Utc};

use crate::access::{Actor, digest};
use crate::audit::{Entry, record};
use crate::database::{Transaction, on, secret};
use crate::error::AppError;
use crate::feeds::model::{FeedChoices, OwnFeed, Titles};

/// The actor's link, as far as it is known.
pub async fn own_feed(actor: &Actor) -> Result<Option<OwnFeed>, AppError> {
    const FIND: &str = "\
SELECT made_at, titles, alarm_minutes
FROM calendar_feed
WHERE person_id = $1";

    let found: Option<(DateTime<Utc>, Titles, Option<i64>)> =
        on!(actor.database(), pool => sqlx::query_as(FIND).bind(actor.person()).fetch_optional(pool).await)?;
    Ok(found.map(|(made_at, titles, alarm)| OwnFeed {
        made_on: ::series::local(made_at).date(),
        choices: FeedChoices { titles, alarm_minutes: minutes(alarm) },
    }))
}

/// Makes a link, and answers its secret.
pub async fn make_feed(actor: &Actor, choices: FeedChoices) -> Result<String, AppError> {
    const MAKE: &str = "\
INSERT INTO calendar_feed (person_id, secret_hash, titles, alarm_minutes, made_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person_id) DO NOTHING";

    let secret = secret();
    let mut transaction = actor.begin().await?;
    let made = on!(&mut transaction, connection => sqlx::query(MAKE)
        .bind(actor.person())
        .bind(digest(&secret))
        .bind(choices.titles)
        .bind(choices.alarm_minutes.map(i64::from))
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if made == 0 {
        let sentence = "You have a link already, perhaps from another window. If it is lost, make a new one in its place.";
        return Err(AppError::Conflict(sentence.to_owned()));
    }
    finish(transaction, actor, "make_feed").await?;
    Ok(secret)
}

/// Changes what the link gives.
pub async fn change_feed(actor: &Actor, choices: FeedChoices) -> Result<(), AppError> {
    const CHANGE: &str = "UPDATE calendar_feed SET titles = $2, alarm_minutes = $3 WHERE person_id = $1";

    let mut transaction = actor.begin().await?;
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(actor.person())
        .bind(choices.titles)
        .bind(choices.alarm_minutes.map(i64::from))
        .execute(connection).await.map(|done| done.rows_affected()))?;
    require_link(changed)?;
    finish(transaction, actor, "change_feed").await
}

/// Puts another link in the place of the actor's, and answers its secret. From the same moment the one before gives nothing.
pub async fn renew_feed(actor: &Actor) -> Result<String, AppError> {
    const RENEW: &str = "UPDATE calendar_feed SET secret_hash = $2, made_at = $3 WHERE person_id = $1";

    let secret = secret();
    let mut transaction = actor.begin().await?;
    let renewed = on!(&mut transaction, connection => sqlx::query(RENEW)
        .bind(actor.person())
        .bind(digest(&secret))
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    require_link(renewed)?;
    finish(transaction, actor, "renew_feed").await?;
    Ok(secret)
}

/// Removes the actor's link; one that is gone already is as good.
pub async fn remove_feed(actor: &Actor) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM calendar_feed WHERE person_id = $1";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(REMOVE).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    finish(transaction, actor, "remove_feed").await
}

fn require_link(rows: u64) -> Result<(), AppError> {
    if rows == 1 {
        return Ok(());
    }
    Err(AppError::Conflict("You have no link any more; it was removed in another window. You can make a new one.".to_owned()))
}

async fn finish(mut transaction: Transaction, actor: &Actor, action: &'static str) -> Result<(), AppError> {
    record(&mut transaction, actor, Entry { action, subject: "person", subject_id: Some(actor.person().0), detail: "" }).await?;
    transaction.commit().await
}

/// Minutes as the database keeps them.
pub(super) fn minutes(stored: Option<i64>) -> Option<u32> {
    stored.and_then(|minutes| u32::try_from(minutes).ok())
}
