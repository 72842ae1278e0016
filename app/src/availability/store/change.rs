//! Changing what a supervisor has said.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::known::Whose;
use super::open::OpenedAvailability;
use super::said::hours_of;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::forms::{NewHours, NewLeave, PaintedWeek, hours_of_minutes};
use crate::availability::letters::availability_changed;
use crate::availability::week::{DAYS, Week};
use crate::availability::{DateOverride, Limits, WorkingHours};
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;

/// More lines than this nobody needs, and a page of them nobody reads.
const MOST_LINES: i64 = 100;

/// Adds hours to days of the week. A line that is there already takes on the kinds that are named now.
pub async fn add_hours(actor: &Actor, opened: &OpenedAvailability, hours: &NewHours) -> Result<(), AppError> {
    const COUNT: &str = "SELECT COUNT(*) FROM working_hours WHERE person_id = $1";

    let mut transaction = actor.begin().await?;
    take(&mut transaction, opened.person(), actor.now()).await?;
    insert_hours(&mut transaction, opened.person(), hours).await?;
    let lines: i64 = on!(&mut transaction, connection => sqlx::query_scalar(COUNT).bind(opened.person()).fetch_one(connection).await)?;
    if lines > MOST_LINES {
        return Err(AppError::invalid("weekdays", format!("Keep to {MOST_LINES} lines. Remove some that overlap, then add these.")));
    }
    finish(transaction, actor, opened, "hours added").await
}

async fn insert_hours(transaction: &mut Transaction, person: PersonId, hours: &NewHours) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO working_hours (id, person_id, weekday, starts_time, ends_time, kinds, is_preferred)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (person_id, weekday, starts_time, ends_time) DO UPDATE
SET kinds = excluded.kinds, is_preferred = excluded.is_preferred";

    for weekday in &hours.weekdays {
        on!(&mut transaction, connection => sqlx::query(ADD)
            .bind(new_id())
            .bind(person)
            .bind(i64::from(weekday.number_from_monday()))
            .bind(hours.stretch.from())
            .bind(hours.stretch.to())
            .bind(Json(&hours.kinds))
            .bind(hours.is_preferred)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Removes a line of the working hours.
pub async fn remove_hours(actor: &Actor, opened: &OpenedAvailability, line: Uuid) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM working_hours WHERE id = $1 AND person_id = $2";

    let mut transaction = actor.begin().await?;
    let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
        .bind(line)
        .bind(opened.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    check_there(removed)?;
    finish(transaction, actor, opened, "hours removed").await
}

/// Puts a painted week in place of the hours that are for every kind of supervision, if they are still as they were shown. A day that
/// was not painted keeps its lines as they are, to the minute.
pub async fn set_week(actor: &Actor, opened: &OpenedAvailability, week: &PaintedWeek) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM working_hours WHERE id = $1";

    let mut transaction = actor.begin().await?;
    take(&mut transaction, opened.person(), actor.now()).await?;
    let hours = hours_of(&mut transaction, Whose::Supervisor(opened.person())).await?;
    let lines: Vec<WorkingHours> = hours.into_iter().map(|(_, line)| line).filter(|line| line.kinds.is_empty()).collect();
    if Week::of_hours(&lines) != week.shown {
        return Err(AppError::Conflict(
            "These hours were changed while you had them open. The list below has them as they are now. What you painted is still here; save it again to put it in their place."
                .to_owned(),
        ));
    }
    for (day, weekday) in DAYS.into_iter().enumerate().filter(|(day, _)| week.painted.day(*day) != week.shown.day(*day)) {
        for line in lines.iter().filter(|line| line.weekday == weekday) {
            on!(&mut transaction, connection => sqlx::query(REMOVE).bind(line.id).execute(connection).await.map(|_| ()))?;
        }
        for (stretch, is_preferred) in week.painted.stretches(day) {
            let hours = NewHours { weekdays: vec![weekday], stretch, kinds: Vec::new(), is_preferred };
            insert_hours(&mut transaction, opened.person(), &hours).await?;
        }
    }
    finish(transaction, actor, opened, "week painted").await
}

/// Says what holds on one date, in place of what was said of it before.
pub async fn set_date(actor: &Actor, opened: &OpenedAvailability, date: &DateOverride) -> Result<(), AppError> {
    const SET: &str = "\
INSERT INTO date_override (person_id, on_date, starts_time, ends_time)
VALUES ($1, $2, $3, $4)
ON CONFLICT (person_id, on_date) DO UPDATE
SET starts_time = excluded.starts_time, ends_time = excluded.ends_time";

    let mut transaction = actor.begin().await?;
    take(&mut transaction, opened.person(), actor.now()).await?;
    on!(&mut transaction, connection => sqlx::query(SET)
        .bind(opened.person())
        .bind(date.on)
        .bind(date.hours.map(|hours| hours.from()))
        .bind(date.hours.map(|hours| hours.to()))
        .execute(connection).await.map(|_| ()))?;
    finish(transaction, actor, opened, "date set").await
}

/// Lets the usual hours hold on a date again.
pub async fn remove_date(actor: &Actor, opened: &OpenedAvailability, date: NaiveDate) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM date_override WHERE person_id = $1 AND on_date = $2";

    let mut transaction = actor.begin().await?;
    let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
        .bind(opened.person())
        .bind(date)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    check_there(removed)?;
    finish(transaction, actor, opened, "date removed").await
}

/// Notes days away.
pub async fn add_leave(actor: &Actor, opened: &OpenedAvailability, leave: &NewLeave) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO leave (id, person_id, starts_on, ends_on, kind)
SELECT $1, $2, $3, $4, $5
WHERE NOT EXISTS (SELECT 1 FROM leave l WHERE l.person_id = $2 AND l.starts_on = $3 AND l.ends_on = $4)";

    let mut transaction = actor.begin().await?;
    // Whoever sends the same form twice waits here for the first, and adds nothing.
    take(&mut transaction, opened.person(), actor.now()).await?;
    on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(new_id())
        .bind(opened.person())
        .bind(leave.first)
        .bind(leave.last)
        .bind(leave.kind)
        .execute(connection).await.map(|_| ()))?;
    finish(transaction, actor, opened, "leave added").await
}

/// Removes days away.
pub async fn remove_leave(actor: &Actor, opened: &OpenedAvailability, line: Uuid) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM leave WHERE id = $1 AND person_id = $2";

    let mut transaction = actor.begin().await?;
    let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
        .bind(line)
        .bind(opened.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    check_there(removed)?;
    finish(transaction, actor, opened, "leave removed").await
}

/// Sets the limits, if nobody else has changed them since they were shown.
pub async fn set_limits(actor: &Actor, opened: &OpenedAvailability, shown: i64, limits: &Limits) -> Result<(), AppError> {
    const SET: &str = "\
UPDATE availability
SET buffer_minutes = $3, most_in_day = $4, most_in_week = $5, contracted_minutes = $6, said_at = $7, version = version + 1
WHERE person_id = $1
    AND version = $2";

    let mut transaction = actor.begin().await?;
    take(&mut transaction, opened.person(), actor.now()).await?;
    let set = on!(&mut transaction, connection => sqlx::query(SET)
        .bind(opened.person())
        .bind(shown)
        .bind(limits.buffer_minutes)
        .bind(limits.most_in_day)
        .bind(limits.most_in_week)
        .bind(limits.contracted_minutes)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if set == 0 {
        return Err(overtaken(&mut transaction, opened.person()).await?);
    }
    finish(transaction, actor, opened, "limits").await
}

async fn overtaken(transaction: &mut Transaction, person: PersonId) -> Result<AppError, AppError> {
    const NOW: &str = "SELECT buffer_minutes, most_in_day, most_in_week, contracted_minutes FROM availability WHERE person_id = $1";

    let (buffer, day, week, contracted): (i64, Option<i64>, Option<i64>, Option<i64>) =
        on!(&mut transaction, connection => sqlx::query_as(NOW).bind(person).fetch_one(connection).await)?;
    let or_none = |limit: Option<i64>| limit.map_or_else(|| "no limit".to_owned(), |limit| limit.to_string());
    let contracted = contracted.map_or_else(|| "not entered".to_owned(), hours_of_minutes);
    Ok(AppError::Conflict(format!(
        "Somebody else changed these limits while you had them open. They are now: {buffer} minutes after a session, {} in a day, {} in a week, contracted hours {contracted}. What you entered is kept below; save again to put it in place of theirs.",
        or_none(day),
        or_none(week)
    )))
}

/// Takes somebody's availability for the rest of the transaction, and begins it where nothing was ever said.
async fn take(transaction: &mut Transaction, person: PersonId, now: DateTime<Utc>) -> Result<(), AppError> {
    const TAKE: &str = "\
INSERT INTO availability (person_id, buffer_minutes, said_at, version)
VALUES ($1, $2, $3, 0)
ON CONFLICT (person_id) DO UPDATE
SET said_at = excluded.said_at";

    on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(person)
        .bind(Limits::USUAL_BUFFER)
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Two windows may show the same line.
fn check_there(removed: u64) -> Result<(), AppError> {
    if removed > 0 {
        return Ok(());
    }
    Err(AppError::Conflict("That was removed already. Nothing else has changed.".to_owned()))
}

/// Tells a supervisor what somebody else has changed for them, and writes it down.
pub(super) async fn finish(mut transaction: Transaction, actor: &Actor, opened: &OpenedAvailability, what: &str) -> Result<(), AppError> {
    if !opened.is_own() {
        queue(&mut transaction, &availability_changed(opened.person()), actor.now()).await?;
    }
    let entry = Entry { action: "change_availability", subject: "person", subject_id: Some(opened.person().0), detail: what };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
