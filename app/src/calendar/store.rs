//! Reading a calendar: one statement, whatever the stretch of days.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::model::{Calendar, Days, Occurrence, Part};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::groups::{GroupKind, MeetingMode};
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::sessions::{AttendanceState, Course};

/// From a statement that names sessions and the actor's part in them (`id`, `part`) to all that a calendar says of each. `$1` is the actor.
///
/// Members are those who belong to the group on the session's day: somebody who has left no longer counts, nor do their apologies.
macro_rules! occurrences {
    ($mine:literal) => {
        concat!(
            "WITH mine AS (\n",
            $mine,
            ")
SELECT s.code AS session_code, g.name AS group_name, g.slug AS group_slug, g.kind, g.mode, g.place, s.number,
    (SELECT MAX(whole.number) FROM session whole WHERE whole.series_id = s.series_id) AS of_number,
    s.starts_local, s.length_minutes, s.starts_at, s.ends_at, s.marked_at, s.cancelled_at, mine.part,
    p.code, p.title, p.given_name, p.family_name,
    MIN(one.code) AS one_code, MIN(one.title) AS one_title, MIN(one.given_name) AS one_given_name, MIN(one.family_name) AS one_family_name,
    COUNT(m.person_id) AS members,
    COUNT(a.apologies_at) AS apologies,
    COUNT(CASE WHEN a.state IN ('attended', 'late', 'left_early') THEN 1 END) AS attended,
    COUNT(CASE WHEN a.person_id = $1 THEN a.apologies_at END) AS own_apologies,
    MAX(CASE WHEN a.person_id = $1 THEN a.state END) AS own_state
FROM mine
JOIN session s ON s.id = mine.id
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
LEFT JOIN membership m ON m.group_id = s.group_id
    AND s.starts_local >= m.joined_on
    AND (m.left_on IS NULL OR s.starts_local < m.left_on)
LEFT JOIN person one ON one.id = m.person_id AND g.kind IN ('one_to_one', 'vig')
LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = m.person_id
GROUP BY s.id, g.id, p.id, mine.part
ORDER BY s.starts_at, s.id"
        )
    };
}

/// The sessions that begin on those days and that the actor leads, or that fall within their membership of a group.
pub async fn calendar_for(actor: &Actor, days: Days) -> Result<Calendar, AppError> {
    let (from, until) = days.instants();
    let database = actor.database();
    let rows: Vec<Row> =
        on!(database, pool => sqlx::query_as(CALENDAR).bind(actor.person()).bind(from).bind(until).fetch_all(pool).await)?;
    Ok(Calendar { now: actor.now(), days, occurrences: rows.into_iter().map(Occurrence::from).collect() })
}

const CALENDAR: &str = occurrences!(
    "\
    SELECT s.id, 'member' AS part
    FROM membership m
    JOIN session s ON s.group_id = m.group_id
    WHERE m.person_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
        AND s.starts_local >= m.joined_on
        AND (m.left_on IS NULL OR s.starts_local < m.left_on)
        AND s.supervisor_id <> $1
    UNION ALL
    SELECT s.id, 'leads' AS part
    FROM session s
    WHERE s.supervisor_id = $1
        AND s.starts_at >= $2
        AND s.starts_at < $3
"
);

/// The next sessions of the actor's calendar that are not over, soonest first, at most as many as asked for.
pub async fn next_sessions(actor: &Actor, at_most: i64) -> Result<Vec<Occurrence>, AppError> {
    let now = actor.now();
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(NEXT)
        .bind(actor.person())
        .bind(now - LONGEST)
        .bind(now + HORIZON)
        .bind(now)
        .bind(at_most)
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Occurrence::from).collect())
}

/// No session lasts longer, so one that began earlier is over; it keeps the search to the index on beginnings.
const LONGEST: chrono::TimeDelta = chrono::TimeDelta::hours(24);
/// How far ahead is looked for the next sessions: as far as anybody plans a quarter.
const HORIZON: chrono::TimeDelta = chrono::TimeDelta::weeks(16);

const NEXT: &str = occurrences!(
    "\
    SELECT id, part
    FROM (
        SELECT s.id, s.starts_at, 'member' AS part
        FROM membership m
        JOIN session s ON s.group_id = m.group_id
        WHERE m.person_id = $1
            AND m.left_on IS NULL
            AND s.starts_at > $2
            AND s.starts_at < $3
            AND s.ends_at > $4
            AND s.starts_local >= m.joined_on
            AND s.supervisor_id <> $1
        UNION ALL
        SELECT s.id, s.starts_at, 'leads' AS part
        FROM session s
        WHERE s.supervisor_id = $1
            AND s.starts_at > $2
            AND s.starts_at < $3
            AND s.ends_at > $4
    ) coming
    ORDER BY starts_at, id
    LIMIT $5
"
);

#[derive(sqlx::FromRow)]
struct Row {
    session_code: String,
    group_name: String,
    group_slug: String,
    kind: GroupKind,
    mode: MeetingMode,
    place: String,
    number: i64,
    of_number: i64,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    marked_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    part: Part,
    #[sqlx(flatten)]
    supervisor: NameRow,
    one_code: Option<String>,
    one_title: Option<String>,
    one_given_name: Option<String>,
    one_family_name: Option<String>,
    members: i64,
    apologies: i64,
    attended: i64,
    own_apologies: i64,
    own_state: Option<AttendanceState>,
}

impl From<Row> for Occurrence {
    fn from(row: Row) -> Self {
        Self {
            supervisee: row.supervisee(),
            ends_local: ::series::local(row.ends_at),
            course: Course { starts_at: row.starts_at, ends_at: row.ends_at, marked_at: row.marked_at, cancelled_at: row.cancelled_at },
            code: row.session_code,
            group_name: row.group_name,
            group_slug: row.group_slug,
            kind: row.kind,
            mode: row.mode,
            place: row.place,
            number: row.number,
            of: row.of_number,
            supervisor: row.supervisor.into(),
            starts_local: row.starts_local,
            length_minutes: row.length_minutes,
            part: row.part,
            members: row.members,
            apologies: row.apologies,
            attended: row.attended,
            own_apologies: row.own_apologies > 0,
            own_state: row.own_state,
        }
    }
}

impl Row {
    /// The other person of individual supervision, where there is just one.
    fn supervisee(&self) -> Option<PersonName> {
        let row = NameRow {
            code: self.one_code.clone()?,
            title: self.one_title.clone()?,
            given_name: self.one_given_name.clone()?,
            family_name: self.one_family_name.clone()?,
        };
        (self.members == 1).then(|| row.into())
    }
}
