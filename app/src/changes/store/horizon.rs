//! Series without an end: their sessions are planned as time goes on.

use std::collections::BTreeSet;

use ::series::timetable::{Circumstances, Extension, RowChange, SeriesKey, Session, Timetable};
use ::series::{Skip, local};
use chrono::{Days, NaiveDate};

use super::fits::{judged, take_hosts};
use super::undo::KEPT;
use super::wish::Outcome;
use super::write::Write;
use crate::access::System;
use crate::audit::{Entry, record_by_system};
use crate::availability::Reader;
use crate::changes::letters::{dates_left_out, sessions_added};
use crate::database::{Transaction, new_id, on};
use crate::diaries::{Posting, diary_with, series_to_edit};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::{slug_of, take_group};
use crate::messages::queue;
use crate::people::PersonId;
use crate::people::store::coordinators;
use crate::series::SeriesId;
use crate::series::outlook::PLANNED_AHEAD;
use crate::series::store::{days_off_from, has_agreed};

/// Further sessions are planned once less than this is left, so that a group hears of them once a quarter.
const LEFT: Days = Days::new(13 * 7);

/// Why no session is held on a date on which something else is planned for its people. Members read it, so it says nothing of whose.
const LEFT_OUT: &str = "It does not fit what else is planned";

/// The series without an end of which less than a quarter is still planned, with their groups and who leads those.
///
/// A group without an agreement that its supervisor has agreed to is not planned on: it runs out, which those who plan it are asked about.
pub async fn series_to_extend(system: &System) -> Result<Vec<(SeriesId, GroupId, PersonId)>, AppError> {
    const DUE: &str = concat!(
        "\
SELECT n.id, n.group_id, g.supervisor_id
FROM series n
JOIN supervision_group g ON g.id = n.group_id
WHERE n.horizon_on < $1
    AND n.published_at IS NOT NULL
    AND g.ended_at IS NULL
    AND ",
        has_agreed!("n.group_id", "g.supervisor_id"),
        "
ORDER BY n.id"
    );

    let until = local(system.now()).date() + LEFT;
    let database = system.database();
    Ok(on!(database, pool => sqlx::query_as(DUE).bind(until).fetch_all(pool).await)?)
}

/// Plans a series for another half year from today and tells its group. Dates that do not fit what else is planned are left out, which those are
/// told who plan it. Answers whether anything was planned.
pub async fn extend(system: &System, (series, group, supervisor): (SeriesId, GroupId, PersonId)) -> Result<bool, AppError> {
    let today = local(system.now()).date();
    let days_off = days_off_from(system.database(), supervisor, today).await?;
    let mut transaction = system.begin().await?;
    let present = take_group(&mut transaction, group).await?;
    if present != supervisor || !is_agreed(&mut transaction, group, supervisor).await? {
        return Ok(false);
    }
    let key = SeriesKey(series.0.as_u128());
    let rows = series_to_edit(&mut transaction, &BTreeSet::from([key])).await?;
    let circumstances = Circumstances { now: system.now(), days_off: days_off.get() };
    let (outcome, left_out) = what_fits(&mut transaction, (group, &rows.timetable), (key, today + PLANNED_AHEAD), circumstances).await?;
    // Another process has been quicker, or there is nothing to add.
    if outcome.delta.is_empty() {
        return Ok(false);
    }
    Write { group, rows: &rows, delta: &outcome.delta, now: system.now() }.run(&mut transaction).await?;
    let added: Vec<&Session> = outcome.delta.sessions.iter().filter_map(RowChange::after).collect();
    if !added.is_empty() {
        let posting = Posting::by_itself(system);
        let news = diary_with(&mut transaction, (group, rows.timetable.clone()), posting).await?.news_of(&outcome.delta)?;
        for person in everybody(&mut transaction, group).await? {
            news.write(&mut transaction, &sessions_added(person, &added)).await?;
        }
    }
    tell_planners(&mut transaction, system, (group, supervisor), &left_out).await?;
    record_by_system(
        &mut transaction,
        system,
        Entry { action: "extend_series", subject: "series", subject_id: Some(series.0), detail: "" },
    )
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// What a series comes to up to a date without the dates on which it would break what nothing may be published with, and those dates.
async fn what_fits(
    transaction: &mut Transaction,
    (group, timetable): (GroupId, &Timetable),
    (series, horizon): (SeriesKey, NaiveDate),
    circumstances: Circumstances<'_>,
) -> Result<(Outcome, Vec<Skip>), AppError> {
    let mut left_out: Vec<Skip> = Vec::new();
    loop {
        let extension = Extension { series, horizon, left_out: &left_out };
        let extended = timetable.extend(extension, circumstances, || new_id().as_u128());
        let delta = extended.map_err(|problem| AppError::Conflict(problem.to_string()))?.delta;
        let outcome = Outcome { delta, ..Outcome::default() };
        take_hosts(transaction, group, &outcome).await?;
        let verdict = judged(transaction, Reader::Anybody, group, &outcome).await?.verdict;
        let dates: BTreeSet<NaiveDate> =
            verdict.blocks.iter().chain(&verdict.blocks_publishing).map(|finding| finding.starts.date()).collect();
        if dates.is_empty() {
            return Ok((outcome, left_out));
        }
        // Of too many in a week only one is said at a time, so that it is asked again without it.
        left_out.extend(dates.into_iter().map(|date| Skip { date, reason: LEFT_OUT.to_owned() }));
        left_out.sort_by_key(|skip| skip.date);
    }
}

/// Tells those who plan a series which of its dates were left out.
async fn tell_planners(
    transaction: &mut Transaction,
    system: &System,
    (group, supervisor): (GroupId, PersonId),
    left_out: &[Skip],
) -> Result<(), AppError> {
    if left_out.is_empty() {
        return Ok(());
    }
    let dates: Vec<NaiveDate> = left_out.iter().map(|skip| skip.date).collect();
    let slug = slug_of(transaction, group).await?;
    let planners: BTreeSet<PersonId> = coordinators(transaction).await?.into_iter().chain([supervisor]).collect();
    for person in planners {
        queue(transaction, &dates_left_out(person, &dates, &slug), system.now()).await?;
    }
    Ok(())
}

/// Whether a group that is taken has an agreement that its supervisor has agreed to.
async fn is_agreed(transaction: &mut Transaction, group: GroupId, supervisor: PersonId) -> Result<bool, AppError> {
    const AGREED: &str = concat!("SELECT COUNT(*) FROM supervision_group WHERE id = $1 AND ", has_agreed!("$1", "$2"));

    let agreed: i64 = on!(&mut transaction, connection => sqlx::query_scalar(AGREED)
        .bind(group)
        .bind(supervisor)
        .fetch_one(connection).await)?;
    Ok(agreed > 0)
}

async fn everybody(transaction: &mut Transaction, group: GroupId) -> Result<Vec<PersonId>, AppError> {
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
