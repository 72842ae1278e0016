//! Series without an end: their sessions are planned as time goes on.

use std::collections::BTreeSet;

use ::series::local;
use ::series::timetable::{Circumstances, RowChange, SeriesKey};
use chrono::Days;

use super::undo::KEPT;
use super::write::Write;
use crate::access::System;
use crate::audit::{Entry, record_by_system};
use crate::changes::letters::sessions_added;
use crate::database::{new_id, on};
use crate::diaries::{Posting, diary_with, series_to_edit};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::take_group;
use crate::people::PersonId;
use crate::series::SeriesId;
use crate::series::store::{PLANNED_AHEAD, days_off_from};

/// Further sessions are planned once less than this is left, so that a group hears of them once a quarter.
const LEFT: Days = Days::new(13 * 7);

/// The series without an end of which less than a quarter is still planned, with their groups and who leads those.
pub async fn series_to_extend(system: &System) -> Result<Vec<(SeriesId, GroupId, PersonId)>, AppError> {
    const DUE: &str = "\
SELECT n.id, n.group_id, g.supervisor_id
FROM series n
JOIN supervision_group g ON g.id = n.group_id
WHERE n.horizon_on < $1
    AND n.published_at IS NOT NULL
    AND g.ended_at IS NULL
ORDER BY n.id";

    let until = local(system.now()).date() + LEFT;
    let database = system.database();
    Ok(on!(database, pool => sqlx::query_as(DUE).bind(until).fetch_all(pool).await)?)
}

/// Plans a series for another half year from today and tells its group. Answers whether anything was planned.
pub async fn extend(system: &System, (series, group, supervisor): (SeriesId, GroupId, PersonId)) -> Result<bool, AppError> {
    let today = local(system.now()).date();
    let days_off = days_off_from(system.database(), supervisor, today).await?;
    let mut transaction = system.begin().await?;
    take_group(&mut transaction, group).await?;
    let key = SeriesKey(series.0.as_u128());
    let rows = series_to_edit(&mut transaction, &BTreeSet::from([key])).await?;
    let circumstances = Circumstances { now: system.now(), days_off: days_off.get() };
    let extended = rows.timetable.extend(key, today + PLANNED_AHEAD, circumstances, || new_id().as_u128());
    let outcome = extended.map_err(|problem| AppError::Conflict(problem.to_string()))?;
    // Another process has been quicker, or there is nothing to add.
    if outcome.delta.is_empty() {
        return Ok(false);
    }
    Write { group, rows: &rows, delta: &outcome.delta, now: system.now() }.run(&mut transaction).await?;
    let added: Vec<_> = outcome.delta.sessions.iter().filter_map(RowChange::after).collect();
    if !added.is_empty() {
        let posting = Posting::by_itself(system);
        let news = diary_with(&mut transaction, (group, rows.timetable.clone()), posting).await?.news_of(&outcome.delta)?;
        for person in everybody(&mut transaction, group).await? {
            news.write(&mut transaction, &sessions_added(person, &added)).await?;
        }
    }
    record_by_system(
        &mut transaction,
        system,
        Entry { action: "extend_series", subject: "series", subject_id: Some(series.0), detail: "" },
    )
    .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn everybody(transaction: &mut crate::database::Transaction, group: GroupId) -> Result<Vec<PersonId>, AppError> {
    const EVERYBODY: &str = "\
SELECT person_id
FROM membership
WHERE group_id = $1
    AND left_on IS NULL
UNION
SELECT supervisor_id
FROM supervision_group
WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(EVERYBODY).bind(group).fetch_all(connection).await)?)
}

/// Forgets the changes that can no longer be undone. Answers how many there were.
pub async fn forget(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM series_change WHERE made_at < $1";
    let database = system.database();
    let before = system.now() - KEPT;
    Ok(on!(database, pool => sqlx::query(FORGET).bind(before).execute(pool).await.map(|done| done.rows_affected()))?)
}
