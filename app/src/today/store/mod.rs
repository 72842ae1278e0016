//! What Today is made of, in as few statements as there are kinds of thing.

mod waiting;

use chrono::{NaiveDate, NaiveTime};

use self::waiting::{asked, away, colleagues, missed, offers, renewals, waiting_at_the_centre, waiting_for};
use super::model::{Attendee, NextSession, Overview, OwnSupervision, Practice, Waiting};
use super::words::financial_year_start;
use crate::access::{Actor, Permission};
use crate::asking::store::asked_lines;
use crate::calendar::Occurrence;
use crate::calendar::store as calendar;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::store::coming_up;
use crate::groups::store::{chain_above, is_member_on_the_day};
use crate::overdue::store::own_overdue;
use crate::people::store::NameRow;
use crate::sessions::SessionState;

/// The next session, three that follow, and one more, since a session that was cancelled is told but is never the next one.
const SESSIONS_READ: i64 = 5;
/// How many are looked through for one that is held, where the first few are all cancelled.
const SESSIONS_READ_BEYOND: i64 = 100;

/// All that Today shows, as it was at one moment: one connection answers every statement.
pub async fn overview(actor: &Actor) -> Result<Overview, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let (next, coming) = if actor.may(Permission::SeeOwnSessions) { sessions(actor, moment).await? } else { (None, Vec::new()) };
    let events = if actor.may(Permission::UseCommunity) { coming_up(actor, moment).await? } else { Vec::new() };
    let mut waiting = waiting_for(actor, moment).await?;
    waiting.extend(renewals(actor, moment).await?);
    if actor.may(Permission::MarkAttendance) {
        waiting.extend(missed(actor, moment).await?);
    }
    if actor.may(Permission::SeeConflicts) {
        waiting.extend(away(actor, moment).await?);
    }
    waiting.extend(offers(actor, moment).await?);
    waiting.extend(asked(actor, moment).await?);
    waiting.extend(colleagues(actor, moment).await?);
    if actor.may(Permission::ManageAuthorities) {
        waiting.extend(waiting_at_the_centre(actor, moment).await?);
    }
    waiting.sort_by_key(Waiting::due);
    let practice = if actor.may(Permission::SeeSupervisionChain) { Some(practice(actor, moment).await?) } else { None };
    Ok(Overview { now: actor.now(), next, coming, events, waiting, practice })
}

async fn sessions(actor: &Actor, moment: &mut Transaction) -> Result<(Option<NextSession>, Vec<Occurrence>), AppError> {
    let is_held = |occurrence: &Occurrence| occurrence.state(actor.now()) != SessionState::Cancelled;
    let mut coming = calendar::next_sessions(actor, moment, SESSIONS_READ).await?;
    if !coming.is_empty() && !coming.iter().any(is_held) {
        // A whole month may be off, as in August; what is held after it is still what is next.
        coming = calendar::next_sessions(actor, moment, SESSIONS_READ_BEYOND).await?;
    }
    let next = match coming.iter().position(is_held) {
        Some(place) => {
            let occurrence = coming.remove(place);
            Some(NextSession { others: others_at(actor, moment, &occurrence.code).await?, occurrence })
        }
        None => None,
    };
    coming.truncate(3);
    Ok((next, coming))
}

/// The others at a session that is in the actor's calendar; of any other session, nobody.
pub async fn others_at(actor: &Actor, moment: &mut Transaction, code: &str) -> Result<Vec<Attendee>, AppError> {
    const OTHERS: &str = concat!(
        "\
SELECT p.code, p.title, p.given_name, p.family_name, a.apologies_at IS NOT NULL AS has_sent_apologies
FROM (
    SELECT s.id AS session_id, m.person_id
    FROM session s
    JOIN membership m ON m.group_id = s.group_id
    WHERE s.code = $1
        AND ",
        is_member_on_the_day!(),
        "
        AND (
            s.supervisor_id = $2
            OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $2)
            OR EXISTS (SELECT 1 FROM membership own WHERE own.group_id = s.group_id AND own.person_id = $2 AND own.left_on IS NULL)
        )
    UNION
    SELECT b.session_id, b.person_id
    FROM session s
    JOIN booking b ON b.session_id = s.id
    WHERE s.code = $1
        AND (
            s.supervisor_id = $2
            OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $2)
            OR EXISTS (SELECT 1 FROM booking own WHERE own.session_id = s.id AND own.person_id = $2 AND own.place IS NOT NULL)
        )
) come
JOIN person p ON p.id = come.person_id
LEFT JOIN attendance a ON a.session_id = come.session_id AND a.person_id = come.person_id
WHERE come.person_id <> $2
ORDER BY p.given_key, p.family_key, p.id"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        has_sent_apologies: bool,
    }

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(OTHERS).bind(code).bind(actor.person()).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| Attendee { name: row.name.into(), has_sent_apologies: row.has_sent_apologies }).collect())
}

async fn practice(actor: &Actor, moment: &mut Transaction) -> Result<Practice, AppError> {
    let since = financial_year_start(::series::local(actor.now()).date());
    Ok(Practice { chain: chain_above(actor, moment).await?, minutes: minutes_attended(actor, moment, since).await?, since })
}

/// How much supervision the actor has attended since a day, in minutes: what was marked and finished, and no more.
pub async fn minutes_attended(actor: &Actor, moment: &mut Transaction, since: NaiveDate) -> Result<i64, AppError> {
    const MINUTES: &str = "\
SELECT CAST(COALESCE(SUM(CASE WHEN a.state = 'attended' THEN s.length_minutes ELSE COALESCE(a.minutes, s.length_minutes) END), 0) AS BIGINT)
FROM attendance a
JOIN session s ON s.id = a.session_id
WHERE a.person_id = $1
    AND a.state IN ('attended', 'late', 'left_early')
    AND s.starts_at >= $2
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL";

    let since = ::series::instant(since.and_time(NaiveTime::MIN));
    Ok(on!(&mut moment, connection => sqlx::query_scalar(MINUTES).bind(actor.person()).bind(since).fetch_one(connection).await)?)
}

/// How far ahead one's own sessions are listed.
const AHEAD: chrono::TimeDelta = chrono::TimeDelta::weeks(16);

/// The page of one's own supervision.
pub async fn own_supervision(actor: &Actor) -> Result<OwnSupervision, AppError> {
    let now = actor.now();
    let moment = &mut actor.database().snapshot().await?;
    let practice = practice(actor, moment).await?;
    let overdue = own_overdue(actor, moment).await?.into_iter().next();
    let from = ::series::instant(practice.since.and_time(NaiveTime::MIN));
    let sessions = calendar::own_supervision(actor, moment, from, now + AHEAD).await?;
    let (mut past, coming): (Vec<Occurrence>, Vec<Occurrence>) = sessions.into_iter().partition(|session| session.course.ends_at <= now);
    past.reverse();
    Ok(OwnSupervision { now, practice, overdue, asked: asked_lines(actor, moment).await?, coming, past })
}

#[cfg(test)]
mod tests;
