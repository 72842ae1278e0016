//! The published sessions that fall into some days.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::access::Actor;
use crate::closures::answers::{ClosureToSet, FallingSession, StoredClosure};
use crate::closures::forms::ClosureForm;
use crate::closures::model::ClosedDays;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;

/// What the form of a closure shows: the closure as it is stored, and the sessions that fall into the days that stand in the form, or into its own.
pub async fn closure_to_set(actor: &Actor, form: &ClosureForm) -> Result<ClosureToSet, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let stored = match form.code.as_str() {
        "" => None,
        code => Some(stored_closure(&mut moment, code).await?.ok_or(AppError::NotFound)?),
    };
    let Some(days) = form.days().or_else(|| stored.as_ref().map(|stored| stored.days)) else {
        return Ok(ClosureToSet { stored, falling: Vec::new(), seen: String::new() });
    };
    let falling = falling_into(&mut moment, days, actor.now()).await?;
    let seen = as_seen(days, falling.len());
    Ok(ClosureToSet { stored, falling, seen })
}

/// A closure by its part of the address.
pub(super) async fn stored_closure(moment: &mut Transaction, code: &str) -> Result<Option<StoredClosure>, AppError> {
    const STORED: &str = "SELECT code, reason AS name, starts_on, ends_on, version FROM closure WHERE code = $1";

    let row: Option<(String, String, NaiveDate, NaiveDate, i64)> =
        on!(&mut moment, connection => sqlx::query_as(STORED).bind(code).fetch_optional(connection).await)?;
    Ok(row.map(|(code, name, first, last, version)| StoredClosure { code, name, days: ClosedDays { first, last }, version }))
}

/// The sessions of some days that are published, still to come and not cancelled, the soonest first.
async fn falling_into(moment: &mut Transaction, days: ClosedDays, now: DateTime<Utc>) -> Result<Vec<FallingSession>, AppError> {
    const FALLING: &str = "\
SELECT s.code AS session_code, g.name AS group_name, s.starts_at, s.ends_at, p.code, p.title, p.given_name, p.family_name
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
WHERE s.starts_at >= $1
    AND s.starts_at < $2
    AND s.starts_at > $3
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at, s.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        session_code: String,
        group_name: String,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        #[sqlx(flatten)]
        supervisor: NameRow,
    }

    let (from, until) = instants(days);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(FALLING)
        .bind(from)
        .bind(until)
        .bind(now)
        .fetch_all(connection).await)?;
    let falling = rows.into_iter().map(|row| FallingSession {
        code: row.session_code,
        group: row.group_name,
        starts: ::series::local(row.starts_at),
        ends: ::series::local(row.ends_at),
        supervisor: row.supervisor.into(),
    });
    Ok(falling.collect())
}

/// Refuses to save days into which other sessions fall than were shown.
pub(super) async fn check_seen(transaction: &mut Transaction, days: ClosedDays, now: DateTime<Utc>, seen: &str) -> Result<(), AppError> {
    const COUNT: &str = "\
SELECT COUNT(*)
FROM session
WHERE starts_at >= $1
    AND starts_at < $2
    AND starts_at > $3
    AND cancelled_at IS NULL";

    let (from, until) = instants(days);
    let count: i64 = on!(&mut transaction, connection => sqlx::query_scalar(COUNT)
        .bind(from)
        .bind(until)
        .bind(now)
        .fetch_one(connection).await)?;
    let count = usize::try_from(count).unwrap_or_default();
    if count == 0 || seen == as_seen(days, count) {
        return Ok(());
    }
    let sessions = if count == 1 { "One published session falls".to_owned() } else { format!("{count} published sessions fall") };
    Err(AppError::Conflict(format!(
        "{sessions} into these days. Nothing is saved yet: look at the list below, then save again. Closing the days moves and cancels nothing."
    )))
}

/// The days that were shown with how many sessions fell into them.
fn as_seen(days: ClosedDays, sessions: usize) -> String {
    format!("{} {} {sessions}", days.first, days.last)
}

/// From the beginning of the first day to the end of the last, on the clocks of the United Kingdom.
fn instants(days: ClosedDays) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = |day: NaiveDate| ::series::instant(day.and_time(NaiveTime::MIN));
    (midnight(days.first), midnight(days.last + Days::new(1)))
}
