//! Reading a calendar: one statement for its sessions, whatever the stretch of days, one for its events, and one for closures; one more for what comes after
//! days on which there is nothing, and one for the contract of whoever leads groups.

mod row;

use chrono::{DateTime, NaiveDateTime, Utc};

use self::row::Row;
use super::days::Days;
use super::model::Calendar;
use super::occurrence::Occurrence;
use super::views::Whose;
use crate::access::{Actor, Permission};
use crate::closures::store::closures_from;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::store::occasions_of;
use crate::groups::store::{is_member_on_the_day, place_in_series};

/// From a statement that names sessions and the actor's part in them (`id`, `part`) to all that a calendar says of each. `$1` is the actor.
///
/// What the supervisor has marked is nobody else's until it is finished, and how many came is for whoever leads.
///
/// Members are those who belong to the group on the session's day: somebody who has left no longer counts, nor do their apologies. At an open
/// clinic they are those who have booked.
macro_rules! occurrences {
    ($($mine:tt)+) => {
        concat!(
            "WITH mine AS (\n",
            $($mine)+,
            ")
SELECT s.code AS session_code, g.name AS group_name, g.slug AS group_slug, g.kind, g.mode, COALESCE(NULLIF(s.place, ''), g.place) AS place, s.title AS session_title, g.room_phone, ",
            place_in_series!(),
            ",
    s.starts_local, s.length_minutes, s.starts_at, s.ends_at, s.marked_at, s.cancelled_at, mine.part, g.supervisor_id = $1 AS is_planner,
    p.code, p.title, p.given_name, p.family_name,
    usual.code AS usual_code, usual.title AS usual_title, usual.given_name AS usual_given_name, usual.family_name AS usual_family_name,
    one.code AS one_code, one.title AS one_title, one.given_name AS one_given_name, one.family_name AS one_family_name,
    (
        SELECT COUNT(*)
        FROM membership m
        WHERE m.group_id = s.group_id AND ",
            is_member_on_the_day!(),
            "
    ) + (SELECT COUNT(*) FROM booking b WHERE b.session_id = s.id) AS members,
    (
        SELECT COUNT(*)
        FROM attendance a
        JOIN membership m ON m.group_id = s.group_id AND m.person_id = a.person_id
        WHERE a.session_id = s.id
            AND a.apologies_at IS NOT NULL
            AND ",
            is_member_on_the_day!(),
            "
    ) + (
        SELECT COUNT(*)
        FROM attendance a
        JOIN booking b ON b.session_id = a.session_id AND b.person_id = a.person_id
        WHERE a.session_id = s.id AND a.apologies_at IS NOT NULL
    ) AS apologies,
    (
        SELECT COUNT(*)
        FROM attendance a
        WHERE mine.part = 'leads' AND a.session_id = s.id AND a.state IN ('attended', 'late', 'left_early')
    ) AS attended,
    own.apologies_at AS own_apologies_at,
    CASE WHEN s.marked_at IS NOT NULL THEN own.state END AS own_state
FROM mine
JOIN session s ON s.id = mine.id
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
LEFT JOIN person usual ON usual.id = g.supervisor_id AND g.supervisor_id <> s.supervisor_id
LEFT JOIN attendance own ON own.session_id = s.id AND own.person_id = $1
LEFT JOIN person one ON one.id = (
    SELECT m.person_id
    FROM membership m
    WHERE g.kind IN ('one_to_one', 'vig')
        AND m.group_id = s.group_id
        AND ",
            is_member_on_the_day!(),
            "
    LIMIT 1
)
ORDER BY s.starts_at, s.id"
        )
    };
}

/// The sessions that begin on those days: those that the actor leads, that fall within their membership of a group or at which they have
/// booked a place, with the events of their own calendar; or every session of the groups that they lead or are in.
pub async fn calendar_for(actor: &Actor, days: Days, whose: Whose) -> Result<Calendar, AppError> {
    let statement = match whose {
        Whose::Mine => CALENDAR,
        Whose::Groups => GROUPS,
    };
    let (from, until) = days.instants();
    let mut moment = actor.database().snapshot().await?;
    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(statement).bind(actor.person()).bind(from).bind(until).fetch_all(connection).await)?;
    let mut occurrences: Vec<Occurrence> = rows.into_iter().map(Occurrence::from).collect();
    if whose == Whose::Mine && actor.may(Permission::UseCommunity) {
        let occasions = occasions_of(&mut moment, (actor.person(), actor.now()), (from, until)).await?;
        occurrences.extend(occasions.into_iter().map(Occurrence::from));
        occurrences.sort_by_key(|occurrence| occurrence.course.starts_at);
    }
    let closures = closures_from(&mut moment, days.first()).await?;
    let is_empty = whose == Whose::Mine && occurrences.is_empty();
    let next = if is_empty { next_after(actor, &mut moment, until).await? } else { None };
    let leads = whose == Whose::Mine && actor.may(Permission::MarkAttendance);
    let contracted_minutes = if leads { contracted_minutes(actor, &mut moment).await? } else { None };
    Ok(Calendar { now: actor.now(), days, occurrences, closures, next, contracted_minutes })
}

/// How many minutes a week the actor's contract is for, where somebody has entered it.
async fn contracted_minutes(actor: &Actor, moment: &mut Transaction) -> Result<Option<i64>, AppError> {
    const CONTRACT: &str = "SELECT contracted_minutes FROM availability WHERE person_id = $1 AND contracted_minutes > 0";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(CONTRACT).bind(actor.person()).fetch_optional(connection).await)?)
}

/// When the actor's next session begins that is not over at a moment and takes place.
async fn next_after(actor: &Actor, moment: &mut Transaction, from: DateTime<Utc>) -> Result<Option<NaiveDateTime>, AppError> {
    /// So many sessions are seldom cancelled one after the other.
    const LOOKED_AT: usize = 20;

    let mut from = from;
    loop {
        let sessions = sessions_from(actor, moment, from, i64::try_from(LOOKED_AT).unwrap_or(i64::MAX)).await?;
        if let Some(next) = sessions.iter().find(|session| session.course.cancelled_at.is_none()) {
            return Ok(Some(next.starts_local));
        }
        match sessions.last() {
            Some(last) if sessions.len() == LOOKED_AT => from = last.course.ends_at,
            _ => return Ok(None),
        }
    }
}

/// The sessions of the actor's groups, and those at which they have booked a place, not those that they lead, that begin between two moments.
macro_rules! as_a_member {
    () => {
        concat!(
            "\
    SELECT s.id, 'member' AS part
    FROM membership m
    JOIN session s ON s.group_id = m.group_id
    WHERE m.person_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
        AND ",
            $crate::groups::store::is_member_on_the_day!(),
            "
        AND s.supervisor_id <> $1
    UNION ALL
    SELECT s.id, 'member' AS part
    FROM booking b
    JOIN session s ON s.id = b.session_id
    WHERE b.person_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
        AND s.supervisor_id <> $1
"
        )
    };
}
pub(crate) use as_a_member;

/// The same, the sessions that they lead and those at which they are a guest beside the supervisor: all that a calendar holds.
macro_rules! own_sessions {
    () => {
        concat!(
            $crate::calendar::store::as_a_member!(),
            "\
    UNION ALL
    SELECT s.id, 'hosts' AS part
    FROM session_host h
    JOIN session s ON s.id = h.session_id
    WHERE h.person_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
        AND s.supervisor_id <> $1
    UNION ALL
    SELECT s.id, 'leads' AS part
    FROM session s
    WHERE s.supervisor_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
"
        )
    };
}
pub(crate) use own_sessions;

const CALENDAR: &str = occurrences!(own_sessions!());

/// Another supervisor may lead a session of one's own group, and one may lead a session of somebody else's, which is not shown here.
const GROUPS: &str = occurrences!(
    as_a_member!(),
    "\
    UNION ALL
    SELECT s.id, CASE WHEN s.supervisor_id = $1 THEN 'leads' ELSE 'covered' END AS part
    FROM supervision_group ours
    JOIN session s ON s.group_id = ours.id
    WHERE ours.supervisor_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
"
);

/// The next sessions of the actor's calendar that are not over, soonest first, at most as many as asked for.
pub async fn next_sessions(actor: &Actor, moment: &mut Transaction, at_most: i64) -> Result<Vec<Occurrence>, AppError> {
    sessions_from(actor, moment, actor.now(), at_most).await
}

/// The same of those that are not over at another moment.
async fn sessions_from(actor: &Actor, moment: &mut Transaction, from: DateTime<Utc>, at_most: i64) -> Result<Vec<Occurrence>, AppError> {
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(NEXT)
        .bind(actor.person())
        .bind(from - LONGEST)
        .bind(from + HORIZON)
        .bind(from)
        .bind(at_most)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(Occurrence::from).collect())
}

/// No session lasts longer, so one that began earlier is over; it keeps the search to the index on beginnings.
const LONGEST: chrono::TimeDelta = chrono::TimeDelta::hours(24);
/// How many weeks ahead is looked for the next sessions: as far as anybody plans a quarter.
pub const WEEKS_AHEAD: i64 = 16;
const HORIZON: chrono::TimeDelta = chrono::TimeDelta::weeks(WEEKS_AHEAD);

const NEXT: &str = occurrences!(
    "\
    SELECT id, part
    FROM (
        SELECT s.id, s.starts_at, 'member' AS part
        FROM membership m
        JOIN session s ON s.group_id = m.group_id
        WHERE m.person_id = $1
            AND s.starts_at > $2
            AND s.starts_at < $3
            AND s.ends_at > $4
            AND ",
    is_member_on_the_day!(),
    "
            AND s.supervisor_id <> $1
        UNION ALL
        SELECT s.id, s.starts_at, 'member' AS part
        FROM booking b
        JOIN session s ON s.id = b.session_id
        WHERE b.person_id = $1
            AND s.starts_at > $2
            AND s.starts_at < $3
            AND s.ends_at > $4
            AND s.supervisor_id <> $1
        UNION ALL
        SELECT s.id, s.starts_at, 'hosts' AS part
        FROM session_host h
        JOIN session s ON s.id = h.session_id
        WHERE h.person_id = $1
            AND s.starts_at > $2
            AND s.starts_at < $3
            AND s.ends_at > $4
            AND s.supervisor_id <> $1
        UNION ALL
        SELECT id, starts_at, part
        FROM (
            SELECT s.id, s.starts_at, 'leads' AS part
            FROM session s
            WHERE s.supervisor_id = $1
                AND s.starts_at > $2
                AND s.starts_at < $3
                AND s.ends_at > $4
            ORDER BY s.starts_at
            LIMIT $5
        ) led
    ) coming
    ORDER BY starts_at, id
    LIMIT $5
"
);

/// One's own supervision: the sessions of the actor's groups, not those that they lead, that begin between two moments.
pub async fn own_supervision(
    actor: &Actor,
    moment: &mut Transaction,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Occurrence>, AppError> {
    const OWN: &str = occurrences!(as_a_member!());

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(OWN).bind(actor.person()).bind(from).bind(until).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(Occurrence::from).collect())
}

#[cfg(test)]
mod tests;
