//! When a session cannot be held, or only with a reason: what has passed, when those who come to it are at another, and when whoever leads it is
//! busy in another calendar.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::open::SessionToChange;
use crate::access::Actor;
use crate::availability::store::levels;
use crate::availability::{ClashKind, Level};
use crate::busy::store::{Whose, busy_blocks};
use crate::changes::answers::BusyLine;
use crate::database::{Transaction, on};
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
            FROM session_host theirs
            WHERE theirs.session_id = s.id
                AND (
                    theirs.person_id = $2
                    OR theirs.person_id IN (SELECT own.person_id FROM session_host own WHERE own.session_id = $1)
                )
        )
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
    let mut moment = actor.database().snapshot().await?;
    let elsewhere: Vec<(NaiveDateTime, DateTime<Utc>, bool)> = on!(&mut moment, connection => sqlx::query_as(ELSEWHERE)
        .bind(opened.id())
        .bind(opened.supervisor())
        .bind(from - LONGEST)
        .bind(until)
        .bind(from)
        .bind(opened.group())
        .fetch_all(connection).await)?;
    let mut busy = passed(first, last, ::series::local(actor.now()));
    for (starts, ends_at, is_supervisor) in elsewhere {
        let why = if is_supervisor {
            format!("{} leads another session", opened.supervisor_name().short)
        } else {
            "somebody who comes to it is at another session".to_owned()
        };
        busy.extend(by_day(starts, ::series::local(ends_at), &why));
    }
    busy.extend(in_another_calendar(&mut moment, session, (from, until)).await?);
    Ok(busy)
}

/// When the actor cannot hold a session that is yet to be planned: what has passed, and the sessions that they lead or are supervised in. For
/// whom else it would be is not known before its group is.
pub async fn own_busy_times(actor: &Actor, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    const OWN: &str = "\
SELECT s.starts_local, s.ends_at
FROM session s
WHERE s.starts_at > $2
    AND s.starts_at < $3
    AND s.ends_at > $4
    AND s.cancelled_at IS NULL
    AND (
        s.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = s.group_id AND m.person_id = $1 AND m.left_on IS NULL)
        OR EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id AND b.person_id = $1 AND b.place IS NOT NULL)
        OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $1)
    )
ORDER BY s.starts_at, s.id";

    let midnight = |date: NaiveDate| ::series::instant(date.and_time(NaiveTime::MIN));
    let (from, until) = (midnight(first), midnight(last + Days::new(1)));
    let database = actor.database();
    let own: Vec<(NaiveDateTime, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(OWN)
        .bind(actor.person())
        .bind(from - LONGEST)
        .bind(until)
        .bind(from)
        .fetch_all(pool).await)?;
    let mut busy = passed(first, last, ::series::local(actor.now()));
    for (starts, ends_at) in own {
        busy.extend(by_day(starts, ::series::local(ends_at), "you are at another session"));
    }
    Ok(busy)
}

/// When whoever leads the session is busy in another calendar, as seriously as that is taken.
async fn in_another_calendar(
    moment: &mut Transaction,
    session: &SessionToChange,
    days: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<BusyLine>, AppError> {
    let opened = session.opened();
    let level = levels(moment).await?.get(&ClashKind::BusyElsewhere).copied().unwrap_or(ClashKind::BusyElsewhere.usual_level());
    if level == Level::Ignore {
        return Ok(Vec::new());
    }
    let why = format!("{} is busy in another calendar", opened.supervisor_name().short);
    let blocks = busy_blocks(moment, Whose::Person(opened.supervisor()), days).await?.remove(&opened.supervisor()).unwrap_or_default();
    let lines = blocks.into_iter().flat_map(|block| by_day(::series::local(block.starts_at), ::series::local(block.ends_at), &why));
    let within = lines.filter(|line| (days.0..days.1).contains(&::series::instant(line.date.and_time(NaiveTime::MIN))));
    Ok(within.map(|line| BusyLine { needs_reason: level == Level::Warn, ..line }).collect())
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
        needs_reason: false,
    };
    days.map(line).collect()
}
