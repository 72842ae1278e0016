//! What came in and what was decided, month by month, without anybody's name: of the cases that the reader handles, so that a count tells nobody of a case
//! that is not theirs to know of.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::moderation::answers::Month;
use crate::moderation::model::{Outcome, median, working_minutes};
use crate::spaces::store::handles;

/// The last twelve months, the latest first; months in which nothing was are left out.
pub async fn months(actor: &Actor) -> Result<Vec<Month>, AppError> {
    const REPORTS: &str = concat!(
        "\
SELECT r.reported_at
FROM post_report r
JOIN moderation_case c ON c.id = r.case_id
WHERE r.reported_at > $2
    AND ",
        handles!("$1")
    );
    const DECISIONS: &str = concat!(
        "\
SELECT d.outcome, d.asked_at, d.decided_at
FROM moderation_decision d
JOIN moderation_case c ON c.id = d.case_id
WHERE d.decided_at > $2
    AND ",
        handles!("$1")
    );

    let since = actor.now() - TimeDelta::days(365);
    let database = actor.database();
    let reports: Vec<DateTime<Utc>> =
        on!(database, pool => sqlx::query_scalar(REPORTS).bind(actor.person()).bind(since).fetch_all(pool).await)?;
    let decisions: Vec<(Outcome, DateTime<Utc>, DateTime<Utc>)> =
        on!(database, pool => sqlx::query_as(DECISIONS).bind(actor.person()).bind(since).fetch_all(pool).await)?;
    let mut months: BTreeMap<NaiveDate, Gathered> = BTreeMap::new();
    for at in reports {
        months.entry(month_of(at)).or_default().reports += 1;
    }
    for (outcome, asked, decided) in decisions {
        let month = months.entry(month_of(decided)).or_default();
        *month.decisions.entry(outcome).or_default() += 1;
        month.minutes.push(working_minutes(::series::local(asked), ::series::local(decided)));
    }
    let month = |(month, gathered): (NaiveDate, Gathered)| Month {
        first_day: month,
        reports: gathered.reports,
        decisions: gathered.decisions.into_iter().collect(),
        median_minutes: median(gathered.minutes),
    };
    Ok(months.into_iter().rev().map(month).collect())
}

#[derive(Default)]
struct Gathered {
    reports: i64,
    decisions: BTreeMap<Outcome, i64>,
    minutes: Vec<i64>,
}

fn month_of(at: DateTime<Utc>) -> NaiveDate {
    let day = ::series::local(at).date();
    day.with_day(1).unwrap_or(day)
}
