//! Taking a round, noting how far it has come, and keeping its proposal. Whoever has taken a round holds it for a while, and says so again
//! as it goes on; what nobody holds any more is taken by the next.

use chrono::TimeDelta;
use uuid::Uuid;

use super::again::{BegunFrom, begun_from};
use super::beside::propose_beside;
use crate::access::System;
use crate::audit::{Entry, record_by_system};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::matching::model::RoundId;

/// For how long a round is held without a sign of life.
const HELD: TimeDelta = TimeDelta::minutes(2);

/// How often a round is taken, before it is said that it cannot be worked on.
const MOST_TIMES: i64 = 3;

/// A round that this run holds.
#[derive(Debug)]
pub struct TakenRound {
    id: RoundId,
    by: Uuid,
    /// What it follows from.
    pub asked: Asked,
    /// How many steps the engine may work.
    pub steps: i64,
}

/// All that the answer of a round follows from, but for the number of steps.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The question.
    pub instance: String,
    /// The seed.
    pub seed: i64,
    /// The board from which it is run again, if it is.
    pub begun_from: Option<BegunFrom>,
}

/// How far a round has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps that were worked.
    pub steps_done: i64,
    /// What the best proposal scores.
    pub score: i64,
    /// What no proposal could score more than, where that is proven.
    pub bound: Option<i64>,
    /// How many have a place.
    pub placed: i64,
}

/// What the engine answers in the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How far it came, and what the proposal scores.
    pub progress: Progress,
    /// The groups.
    pub proposal: String,
    /// The groups as the search had found them, where they were levelled after it.
    pub searched: Option<String>,
}

/// What is to be done with a round next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Work on.
    GoOn,
    /// Somebody has asked to stop: keep what there is.
    Stop,
    /// Another run holds it now: leave it alone.
    Lost,
}

/// Takes the round that has waited longest, or that nobody holds any more.
pub async fn take_round(system: &System) -> Result<Option<TakenRound>, AppError> {
    const TAKE: &str = "\
UPDATE matching_round
SET state = 'running', taken_by = $1, taken_until = $2, taken_times = taken_times + 1, steps_done = 0
WHERE id = (
        SELECT id
        FROM matching_round
        WHERE finished_at IS NULL
            AND taken_times < $4
            AND (taken_until IS NULL OR taken_until < $3)
        ORDER BY started_at, id
        LIMIT 1
    )
    AND (taken_until IS NULL OR taken_until < $3)
RETURNING id, instance, seed, steps";

    let (by, now) = (new_id(), system.now());
    let mut transaction = system.begin().await?;
    let taken: Option<(RoundId, String, i64, i64)> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(by)
        .bind(now + HELD)
        .bind(now)
        .bind(MOST_TIMES)
        .fetch_optional(connection).await)?;
    let Some((id, instance, seed, steps)) = taken else { return Ok(None) };
    let begun_from = begun_from(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok(Some(TakenRound { id, by, asked: Asked { instance, seed, begun_from }, steps }))
}

/// Gives up the rounds that have ended every run that took them.
pub async fn give_rounds_up(system: &System) -> Result<(), AppError> {
    const GIVE_UP: &str = "\
UPDATE matching_round
SET state = 'failed', finished_at = $1, taken_by = NULL, taken_until = NULL
WHERE finished_at IS NULL
    AND taken_times >= $2
    AND taken_until < $1
RETURNING id";

    let mut transaction = system.begin().await?;
    let given_up: Vec<Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(GIVE_UP)
        .bind(system.now())
        .bind(MOST_TIMES)
        .fetch_all(connection).await)?;
    for id in given_up {
        record_by_system(&mut transaction, system, Entry { subject_id: Some(id), ..FAILED }).await?;
    }
    transaction.commit().await
}

/// What the audit log says of a round that could not be worked on.
const FAILED: Entry<'static> = Entry { action: "fail_round", subject: "round", subject_id: None, detail: "" };

/// Notes how far a round has come, and says what to do with it.
pub async fn note_progress(system: &System, taken: &TakenRound, progress: Progress) -> Result<Verdict, AppError> {
    const NOTE: &str = "\
UPDATE matching_round
SET taken_until = $3, steps_done = $4, score = $5, bound = $6, placed = $7
WHERE id = $1
    AND taken_by = $2
    AND finished_at IS NULL
RETURNING stop_asked_at IS NOT NULL";

    let database = system.database();
    let is_stopping: Option<bool> = on!(database, pool => sqlx::query_scalar(NOTE)
        .bind(taken.id)
        .bind(taken.by)
        .bind(system.now() + HELD)
        .bind(progress.steps_done)
        .bind(progress.score)
        .bind(progress.bound)
        .bind(progress.placed)
        .fetch_optional(pool).await)?;
    Ok(match is_stopping {
        None => Verdict::Lost,
        Some(true) => Verdict::Stop,
        Some(false) => Verdict::GoOn,
    })
}

/// Keeps the proposal, if this run still holds the round.
pub async fn finish_round(system: &System, taken: &TakenRound, answer: &Answer) -> Result<bool, AppError> {
    const FINISH: &str = "\
UPDATE matching_round
SET state = 'done', proposal = $3, searched = $9, steps_done = $4, score = $5, bound = $6, placed = $7, finished_at = $8, taken_by = NULL,
    taken_until = NULL
WHERE id = $1
    AND taken_by = $2
    AND finished_at IS NULL";

    let Answer { progress, proposal, searched } = answer;
    let mut transaction = system.begin().await?;
    let finished = on!(&mut transaction, connection => sqlx::query(FINISH)
        .bind(taken.id)
        .bind(taken.by)
        .bind(proposal)
        .bind(progress.steps_done)
        .bind(progress.score)
        .bind(progress.bound)
        .bind(progress.placed)
        .bind(system.now())
        .bind(searched)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if finished == 0 {
        return Ok(false);
    }
    propose_beside(&mut transaction, taken.id, (&taken.asked.instance, proposal)).await?;
    let entry = Entry { action: "propose_groups", subject: "round", subject_id: Some(taken.id.0), detail: "" };
    record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Says that the engine could not read a round.
pub async fn fail_round(system: &System, taken: &TakenRound) -> Result<(), AppError> {
    const FAIL: &str = "\
UPDATE matching_round
SET state = 'failed', finished_at = $3, taken_by = NULL, taken_until = NULL
WHERE id = $1
    AND taken_by = $2
    AND finished_at IS NULL";

    let mut transaction = system.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FAIL)
        .bind(taken.id)
        .bind(taken.by)
        .bind(system.now())
        .execute(connection).await.map(|_| ()))?;
    record_by_system(&mut transaction, system, Entry { subject_id: Some(taken.id.0), ..FAILED }).await?;
    transaction.commit().await
}
