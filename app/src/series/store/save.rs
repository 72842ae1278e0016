//! Storing a draft, new or changed.

use sqlx::types::Json;

use super::fits::{proposal_of, refuse_blocked};
use super::open::{OpenedSeries, open_series_to_plan};
use super::plan::{Planned, check_plan};
use super::publish::{Draft, publish};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::KeepReason;
use crate::database::{Transaction, new_id, on};
use crate::diaries::PatternRow;
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::{OpenedGroup, open_group_to_plan, take_group};
use crate::people::PersonId;
use crate::series::SeriesId;
use crate::series::forms::SeriesForm;
use crate::series::words::{date_in_words, in_words};

/// What becomes of a series as soon as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It stays a draft.
    KeepAsDraft,
    /// Its sessions are made.
    Publish,
}

/// Makes a series, or changes a draft, from what a form holds. Answers its place in the group.
pub async fn save_series(actor: &Actor, form: &SeriesForm, then: Then) -> Result<i64, AppError> {
    let Some(address) = form.draft() else {
        let group = open_group_to_plan(actor, &form.slug).await?;
        let planned = check_plan(actor, &group, form).await?;
        return make_series(actor, &group, form, &planned, then).await;
    };
    let series = open_series_to_plan(actor, &address).await?;
    let planned = check_plan(actor, series.group(), form).await?;
    change_series(actor, &series, form, &planned, then).await?;
    Ok(series.number())
}

async fn make_series(actor: &Actor, group: &OpenedGroup, form: &SeriesForm, planned: &Planned, then: Then) -> Result<i64, AppError> {
    planned.check_seen(form)?;
    let mut transaction = actor.begin().await?;
    if then == Then::KeepAsDraft {
        let number = make_draft(&mut transaction, actor, group.id(), planned).await?;
        transaction.commit().await?;
        return Ok(number);
    }
    let Made { id, number, supervisor } = insert(&mut transaction, group.id(), planned).await?;
    let draft =
        Draft { id, group: group.id(), name: group.name(), supervisor, version: 1, planned, reason: KeepReason::of_key(&form.reason) };
    publish(&mut transaction, actor, &draft).await?;
    audit(&mut transaction, actor, "make_series", id).await?;
    audit(&mut transaction, actor, "publish_series", id).await?;
    transaction.commit().await?;
    Ok(number)
}

/// Makes a draft within a unit of work of which it is the last step, since it ends with an audit entry. Answers its place in the group.
pub async fn make_draft(transaction: &mut Transaction, actor: &Actor, group: GroupId, planned: &Planned) -> Result<i64, AppError> {
    let Made { id, number, supervisor } = insert(transaction, group, planned).await?;
    refuse_blocked(transaction, actor, &proposal_of(group, supervisor, &planned.held)).await?;
    audit(transaction, actor, "make_series", id).await?;
    Ok(number)
}

/// A series that is stored.
struct Made {
    id: SeriesId,
    /// Its place in the group.
    number: i64,
    /// Who leads the group, which is taken.
    supervisor: PersonId,
}

/// Takes the group and stores a series of it.
async fn insert(transaction: &mut Transaction, group: GroupId, planned: &Planned) -> Result<Made, AppError> {
    const INSERT: &str = "\
INSERT INTO series
    (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, until_on, times, skips, version, every_months, month_place, horizon_on)
VALUES ($1, $2, $3, $4, 'Europe/London', $5, $6, $7, $8, $9, 1, $10, $11, $12)";
    const COUNT: &str = "SELECT COUNT(*) FROM series WHERE group_id = $1";

    let id = SeriesId(new_id());
    let columns = PatternRow::of(&planned.pattern, planned.length_minutes);
    let supervisor = take_group(transaction, group).await?;
    refuse_second(transaction, group, &columns).await?;
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(group)
        .bind(columns.rhythm.starts_on)
        .bind(columns.rhythm.starts_time)
        .bind(columns.rhythm.length_minutes)
        .bind(columns.rhythm.every_weeks)
        .bind(columns.until_on)
        .bind(columns.times)
        .bind(Json(&planned.skips))
        .bind(columns.rhythm.every_months)
        .bind(&columns.rhythm.month_place)
        .bind(planned.horizon)
        .execute(connection).await.map(|_| ()))?;
    let number = on!(&mut transaction, connection => sqlx::query_scalar(COUNT).bind(group).fetch_one(connection).await)?;
    Ok(Made { id, number, supervisor })
}

/// Changes a draft that nobody else has changed or published since it was shown.
async fn change_series(actor: &Actor, series: &OpenedSeries, form: &SeriesForm, planned: &Planned, then: Then) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE series
SET starts_on = $3, starts_time = $4, length_minutes = $5, every_weeks = $6, until_on = $7, times = $8, skips = $9, every_months = $10,
    month_place = $11, horizon_on = $12, version = version + 1
WHERE id = $1
    AND version = $2
    AND published_at IS NULL
    AND deleted_at IS NULL";

    let columns = PatternRow::of(&planned.pattern, planned.length_minutes);
    let mut transaction = actor.begin().await?;
    let supervisor = take_group(&mut transaction, series.group().id()).await?;
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(series.id())
        .bind(form.shown_version())
        .bind(columns.rhythm.starts_on)
        .bind(columns.rhythm.starts_time)
        .bind(columns.rhythm.length_minutes)
        .bind(columns.rhythm.every_weeks)
        .bind(columns.until_on)
        .bind(columns.times)
        .bind(Json(&planned.skips))
        .bind(columns.rhythm.every_months)
        .bind(&columns.rhythm.month_place)
        .bind(planned.horizon)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Err(overtaken(series));
    }
    planned.check_seen(form)?;
    if then == Then::Publish {
        let (version, reason) = (form.shown_version() + 1, KeepReason::of_key(&form.reason));
        let draft =
            Draft { id: series.id(), group: series.group().id(), name: series.group().name(), supervisor, version, planned, reason };
        publish(&mut transaction, actor, &draft).await?;
    } else {
        refuse_blocked(&mut transaction, actor, &proposal_of(series.group().id(), supervisor, &planned.held)).await?;
    }
    audit(&mut transaction, actor, "change_series", series.id()).await?;
    if then == Then::Publish {
        audit(&mut transaction, actor, "publish_series", series.id()).await?;
    }
    transaction.commit().await
}

/// Refuses a series that begins when another of the group begins: a form that was sent twice makes one series.
async fn refuse_second(transaction: &mut Transaction, group: GroupId, columns: &PatternRow) -> Result<(), AppError> {
    const SAME: &str = "\
SELECT COUNT(*)
FROM series
WHERE group_id = $1
    AND starts_on = $2
    AND starts_time = $3
    AND deleted_at IS NULL";

    let same: i64 = on!(&mut transaction, connection => sqlx::query_scalar(SAME)
        .bind(group)
        .bind(columns.rhythm.starts_on)
        .bind(columns.rhythm.starts_time)
        .fetch_one(connection).await)?;
    if same == 0 {
        return Ok(());
    }
    Err(AppError::Conflict(
        "This group has a series that begins on this date and at this time already. You find it on the group’s page; nothing was added."
            .to_owned(),
    ))
}

/// What somebody is told whose draft was changed or published by somebody else, with the draft as it is now.
pub(super) fn overtaken(now: &OpenedSeries) -> AppError {
    let words = in_words(now.pattern(), now.length_minutes());
    let present = format!("{words}, from {}", date_in_words(now.pattern().start().date()));
    AppError::Conflict(match now.published_at() {
        Some(_) => format!("Somebody else has published this series in the meantime, so it can no longer be changed: {present}."),
        None => format!(
            "Somebody else changed this series while you had it open. It is now: {present}. What you entered is kept below; save again to put it in place of theirs."
        ),
    })
}

/// An entry of its own for each step. They come last: an entry is one that every other writer waits for.
pub(super) async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: SeriesId) -> Result<(), AppError> {
    record(transaction, actor, Entry { action, subject: "series", subject_id: Some(id.0), detail: "" }).await
}
