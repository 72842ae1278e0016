//! Reading what supervisors have said: one statement for each kind of thing, whether of one supervisor or of all.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, Weekday};
use sqlx::types::Json;

use super::known::Whose;
use crate::availability::{Availability, DateOverride, Leave, LeaveId, LeaveKind, Limits, Stretch, WorkingHours, WorkingHoursId};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonId;

/// What supervisors have said, from a date on. Whoever is missing has said nothing at all.
pub async fn said_from(moment: &mut Transaction, whose: Whose, from: NaiveDate) -> Result<HashMap<PersonId, Availability>, AppError> {
    let mut said: HashMap<PersonId, Availability> = HashMap::new();
    for (person, limits) in limits_of(moment, whose).await? {
        said.entry(person).or_default().limits = limits;
    }
    for (person, hours) in hours_of(moment, whose).await? {
        said.entry(person).or_default().hours.push(hours);
    }
    for (person, date) in dates_of(moment, whose, from).await? {
        said.entry(person).or_default().overrides.push(date);
    }
    for (person, leave) in leave_of(moment, whose, from).await? {
        said.entry(person).or_default().leave.push(leave);
    }
    Ok(said)
}

/// The days on which a supervisor is away, from a date on, as the engine of series steps over them.
pub async fn leave_from(moment: &mut Transaction, person: PersonId, from: NaiveDate) -> Result<Vec<::series::Leave>, AppError> {
    let leave = leave_of(moment, Whose::Supervisor(person), from).await?;
    Ok(leave.into_iter().map(|(_, leave)| ::series::Leave { first: leave.first, last: leave.last }).collect())
}

/// The same of every supervisor who is away.
pub async fn leave_of_supervisors(moment: &mut Transaction, from: NaiveDate) -> Result<HashMap<PersonId, Vec<::series::Leave>>, AppError> {
    let mut leave: HashMap<PersonId, Vec<::series::Leave>> = HashMap::new();
    for (person, away) in leave_of(moment, Whose::Supervisors, from).await? {
        leave.entry(person).or_default().push(::series::Leave { first: away.first, last: away.last });
    }
    Ok(leave)
}

async fn limits_of(moment: &mut Transaction, whose: Whose) -> Result<Vec<(PersonId, Limits)>, AppError> {
    const LIMITS: &str = "\
SELECT person_id, buffer_minutes, most_in_day, most_in_week, contracted_minutes
FROM availability
WHERE person_id = $1
    OR $2";

    type Row = (PersonId, i64, Option<i64>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(LIMITS)
        .bind(whose.one())
        .bind(whose.is_several())
        .fetch_all(connection).await)?;
    let limits = |(person, buffer_minutes, most_in_day, most_in_week, contracted_minutes)| {
        (person, Limits { buffer_minutes, most_in_day, most_in_week, contracted_minutes })
    };
    Ok(rows.into_iter().map(limits).collect())
}

pub(super) async fn hours_of(moment: &mut Transaction, whose: Whose) -> Result<Vec<(PersonId, WorkingHours)>, AppError> {
    const HOURS: &str = "\
SELECT person_id, id, weekday, starts_time, ends_time, kinds, is_preferred
FROM working_hours
WHERE person_id = $1
    OR $2
ORDER BY person_id, weekday, starts_time, ends_time";

    type Row = (PersonId, WorkingHoursId, i64, NaiveTime, NaiveTime, Json<Vec<GroupKind>>, bool);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(HOURS)
        .bind(whose.one())
        .bind(whose.is_several())
        .fetch_all(connection).await)?;
    // What the table's own rules let in is a day of the week and a stretch.
    let hours = |(person, id, weekday, from, to, Json(kinds), is_preferred)| {
        let (weekday, stretch) = (weekday_of(weekday)?, Stretch::new(from, to)?);
        Some((person, WorkingHours { id, weekday, stretch, kinds, is_preferred }))
    };
    Ok(rows.into_iter().filter_map(hours).collect())
}

/// The day of the week of a figure, from 1 for Monday.
fn weekday_of(figure: i64) -> Option<Weekday> {
    u8::try_from(figure - 1).ok().and_then(|figure| Weekday::try_from(figure).ok())
}

async fn dates_of(moment: &mut Transaction, whose: Whose, from: NaiveDate) -> Result<Vec<(PersonId, DateOverride)>, AppError> {
    const DATES: &str = "\
SELECT person_id, on_date, starts_time, ends_time
FROM date_override
WHERE (person_id = $1 OR $2)
    AND on_date >= $3
ORDER BY person_id, on_date";

    type Row = (PersonId, NaiveDate, Option<NaiveTime>, Option<NaiveTime>);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(DATES)
        .bind(whose.one())
        .bind(whose.is_several())
        .bind(from)
        .fetch_all(connection).await)?;
    let date = |(person, on, starts, ends): Row| {
        let hours = starts.zip(ends).and_then(|(starts, ends)| Stretch::new(starts, ends));
        (person, DateOverride { on, hours })
    };
    Ok(rows.into_iter().map(date).collect())
}

async fn leave_of(moment: &mut Transaction, whose: Whose, from: NaiveDate) -> Result<Vec<(PersonId, Leave)>, AppError> {
    const LEAVE: &str = "\
SELECT person_id, id, starts_on, ends_on, kind
FROM leave
WHERE (person_id = $1 OR $2)
    AND ends_on >= $3
ORDER BY person_id, starts_on, ends_on, id";

    type Row = (PersonId, LeaveId, NaiveDate, NaiveDate, LeaveKind);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(LEAVE)
        .bind(whose.one())
        .bind(whose.is_several())
        .bind(from)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(person, id, first, last, kind)| (person, Leave { id, first, last, kind })).collect())
}
