//! When a session cannot be held: what has passed, and when those who come to it are at another.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::open::SessionToChange;
use crate::access::Actor;
use crate::changes::answers::BusyLine;
use crate::database::on;
use crate::error::AppError;
use crate::ui::clock_time;

/// No session lasts longer.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Every stretch of some days at which the session cannot be held. Who of the members is elsewhere, and where, is not said.
pub async fn busy_times(
    actor: &Actor,
    session: &SessionToChange,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<BusyLine>, AppError> {
    const ELSEWHERE: &str = "\
SELECT s.starts_local, s.ends_at, s.supervisor_id = $2 AS is_supervisor
FROM session s
WHERE s.starts_at > $3
    AND s.starts_at < $4
    AND s.ends_at > $5
    AND s.cancelled_at IS NULL
    AND s.id <> $1
    AND (
        s.supervisor_id = $2
        OR EXISTS (
            SELECT 1
            FROM membership theirs
            WHERE theirs.group_id = s.group_id
                AND theirs.left_on IS NULL
                AND (
                    theirs.person_id = $2
                    OR EXISTS (
                        SELECT 1
                        FROM membership own
                        WHERE own.group_id = $6
                            AND own.person_id = theirs.person_id
                            AND own.left_on IS NULL
                    )
                    OR EXISTS (
                        SELECT 1
                        FROM booking own
                        WHERE own.session_id = $1
                            AND own.person_id = theirs.person_id
                            AND own.place IS NOT NULL
                    )
                )
        )
        OR EXISTS (
            SELECT 1
            FROM booking theirs
            WHERE theirs.session_id = s.id
                AND theirs.place IS NOT NULL
                AND (
                    theirs.person_id = $2
                    OR EXISTS (
                        SELECT 1
                        FROM membership own
                        WHERE own.group_id = $6
                            AND own.person_id = theirs.person_id
                            AND own.left_on IS NULL
                    )
                    OR EXISTS (
                        SELECT 1
                        FROM booking own
                        WHERE own.session_id = $1
                            AND own.person_id = theirs.person_id
                            AND own.place IS NOT NULL
                    )
                )
        )
    )
ORDER BY s.starts_at, s.id";

    let opened = session.opened();
    let midnight = |date: NaiveDate| ::series::instant(date.and_time(NaiveTime::MIN));
    let (from, until) = (midnight(first), midnight(last + Days::new(1)));
    let database = actor.database();
    let elsewhere: Vec<(NaiveDateTime, DateTime<Utc>, bool)> = on!(database, pool => sqlx::query_as(ELSEWHERE)
        .bind(opened.id())
        .bind(opened.supervisor())
        .bind(from - LONGEST)
        .bind(until)
        .bind(from)
        .bind(opened.group())
        .fetch_all(pool).await)?;
    let mut busy = passed(first, last, ::series::local(actor.now()));
    for (starts, ends_at, is_supervisor) in elsewhere {
        let why = if is_supervisor {
            format!("{} leads another session", opened.supervisor_name().short)
        } else {
            "somebody who comes to it is at another session".to_owned()
        };
        busy.extend(by_day(starts, ::series::local(ends_at), &why));
    }
    Ok(busy)
}

/// What has passed of some days.
fn passed(first: NaiveDate, last: NaiveDate, now: NaiveDateTime) -> Vec<BusyLine> {
    let until = now.min((last + Days::new(1)).and_time(NaiveTime::MIN));
    by_day(first.and_time(NaiveTime::MIN), until, "it has passed")
}

/// A stretch of time as its part of each day.
fn by_day(starts: NaiveDateTime, ends: NaiveDateTime, why: &str) -> Vec<BusyLine> {
    let days = starts.date().iter_days().take_while(|date| date.and_time(NaiveTime::MIN) < ends);
    let line = |date: NaiveDate| BusyLine {
        date,
        from: if date == starts.date() { clock_time(starts.time()) } else { "00:00".to_owned() },
        to: if date == ends.date() { clock_time(ends.time()) } else { "24:00".to_owned() },
        why: why.to_owned(),
    };
    days.map(line).collect()
}
