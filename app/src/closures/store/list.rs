//! Reading closures: for whatever plans sessions, and for the list of a year.

use ::series::{Closure, bank_holidays};
use chrono::{NaiveDate, NaiveTime};

use crate::access::Actor;
use crate::closures::answers::{ClosedLine, ClosuresPage};
use crate::closures::model::ClosedDays;
use crate::database::{Transaction, on};
use crate::error::AppError;

/// The closures that have not ended before a date, as the engine steps over them.
pub async fn closures_from(moment: &mut Transaction, date: NaiveDate) -> Result<Vec<Closure>, AppError> {
    const CLOSURES: &str = "\
SELECT starts_on, ends_on, reason
FROM closure
WHERE ends_on >= $1
ORDER BY starts_on, id";

    let rows: Vec<(NaiveDate, NaiveDate, String)> =
        on!(&mut moment, connection => sqlx::query_as(CLOSURES).bind(date).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(first, last, name)| Closure { first, last, name }).collect())
}

/// The closures of a year and its bank holidays, by date, with how many sessions fall into each closure.
pub async fn closures_page(actor: &Actor, year: i32) -> Result<ClosuresPage, AppError> {
    const OF_YEAR: &str = "\
SELECT c.code, c.reason AS name, c.starts_on, c.ends_on, COUNT(s.id) AS sessions
FROM closure c
LEFT JOIN session s ON DATE(s.starts_local) BETWEEN c.starts_on AND c.ends_on
    AND s.starts_at > $3
    AND s.starts_at >= $4
    AND s.starts_at < $5
    AND s.cancelled_at IS NULL
WHERE c.starts_on <= $2
    AND c.ends_on >= $1
GROUP BY c.code, c.reason, c.starts_on, c.ends_on
ORDER BY c.starts_on, c.ends_on";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        name: String,
        starts_on: NaiveDate,
        ends_on: NaiveDate,
        sessions: i64,
    }

    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
    // A closure may begin in the year before and end in the next; sessions are looked for among those of a few weeks on either side.
    let (from, until) = (first - BESIDE, last + BESIDE);
    let instant = |day: NaiveDate| ::series::instant(day.and_time(NaiveTime::MIN));
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(OF_YEAR)
        .bind(first)
        .bind(last)
        .bind(actor.now())
        .bind(instant(from))
        .bind(instant(until))
        .fetch_all(pool).await)?;
    let closures = rows.into_iter().map(|row| ClosedLine::Closure {
        code: row.code,
        name: row.name,
        days: ClosedDays { first: row.starts_on, last: row.ends_on },
        sessions: row.sessions,
    });
    let holidays =
        bank_holidays(year).into_iter().map(|holiday| ClosedLine::BankHoliday { name: holiday.name.to_owned(), date: holiday.date });
    let mut lines: Vec<ClosedLine> = closures.chain(holidays).collect();
    lines.sort_by_key(ClosedLine::first);
    Ok(ClosuresPage { year, lines })
}

/// Longer than any closure.
const BESIDE: chrono::Days = chrono::Days::new(61);
