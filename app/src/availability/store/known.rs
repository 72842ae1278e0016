//! Reading when people are in sessions or host events, and when another calendar of theirs is busy: a statement for each, whatever the stretch of days
//! and however many people.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::said::said_from;
use crate::availability::{Known, Meeting, MeetingId, Part, Taken};
use crate::busy::BusyBlock;
use crate::busy::store::{Whose as Busy, busy_blocks};
use crate::closures::store::closures_from;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::{has_stayed, is_member_on_the_day};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::store::NameRow;

/// Whose sessions are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A supervisor's, and those of everybody whom they supervise.
    Supervisor(PersonId),
    /// Every supervisor's.
    Supervisors,
    /// Those of supervisors who are away on some day, or can no longer lead a session.
    Away,
    /// Everybody's.
    Everybody,
}

impl Whose {
    /// The one supervisor. Nobody has the identity that stands for several.
    pub(super) fn one(self) -> PersonId {
        match self {
            Self::Supervisor(person) => person,
            Self::Supervisors | Self::Away | Self::Everybody => PersonId(uuid::Uuid::nil()),
        }
    }

    /// Whether it is more than one supervisor.
    pub(super) fn is_several(self) -> bool {
        !matches!(self, Self::Supervisor(_))
    }
}

/// From a list of people (`person_id`) to every session that they lead or are supervised at and every published event that they host, begun between `$1`
/// and `$2` and not cancelled.
///
/// Whoever has sent apologies is not at the session. SQLite takes the tables of a `CROSS JOIN` in the order in which they stand, and so goes
/// from the people to their sessions; left to itself it looks at every session of these days.
macro_rules! sessions_of {
    ($people:expr) => {
        concat!(
            "WITH people AS (\n",
            $people,
            "\n)
SELECT taken.person_id, taken.part, s.id AS id, s.code AS session_code, s.group_id, g.name AS group_name, g.kind, s.supervisor_id,
    s.starts_at AS starts_at, s.ends_at, ",
            has_stayed!(),
            " AS has_stayed, p.code, p.title, p.given_name, p.family_name
FROM (
    SELECT people.person_id, 'leads' AS part, s.id
    FROM people
    JOIN session s ON s.supervisor_id = people.person_id
    WHERE s.starts_at >= $1
        AND s.starts_at < $2
        AND s.cancelled_at IS NULL
    UNION ALL
    SELECT people.person_id, 'member' AS part, s.id
    FROM people
    CROSS JOIN membership m
    CROSS JOIN session s
    WHERE m.person_id = people.person_id
        AND s.group_id = m.group_id
        AND s.starts_at >= $1
        AND s.starts_at < $2
        AND s.cancelled_at IS NULL
        AND s.supervisor_id <> people.person_id
        AND ",
            is_member_on_the_day!(),
            "
        AND NOT EXISTS (
            SELECT 1
            FROM attendance a
            WHERE a.session_id = s.id
                AND a.person_id = people.person_id
                AND a.apologies_at IS NOT NULL
        )
    UNION ALL
    SELECT people.person_id, 'member' AS part, s.id
    FROM people
    CROSS JOIN booking b
    CROSS JOIN session s
    WHERE b.person_id = people.person_id
        AND b.place IS NOT NULL
        AND s.id = b.session_id
        AND s.starts_at >= $1
        AND s.starts_at < $2
        AND s.cancelled_at IS NULL
        AND s.supervisor_id <> people.person_id
    UNION ALL
    SELECT people.person_id, 'beside' AS part, s.id
    FROM people
    CROSS JOIN session_host h
    CROSS JOIN session s
    WHERE h.person_id = people.person_id
        AND s.id = h.session_id
        AND s.starts_at >= $1
        AND s.starts_at < $2
        AND s.cancelled_at IS NULL
        AND s.supervisor_id <> people.person_id
) taken
JOIN session s ON s.id = taken.id
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = taken.person_id
UNION ALL
SELECT people.person_id, 'hosts', e.id, e.code, NULL, NULL, NULL, e.host_id, e.starts_at, e.ends_at, FALSE, p.code, p.title, p.given_name, p.family_name
FROM people
CROSS JOIN event e
CROSS JOIN person p
WHERE e.host_id = people.person_id
    AND e.starts_at >= $1
    AND e.starts_at < $2
    AND e.published_at IS NOT NULL
    AND e.cancelled_at IS NULL
    AND p.id = people.person_id
ORDER BY starts_at, id"
        )
    };
}

pub(super) const OF_EVERYBODY: &str = sessions_of!("    SELECT id AS person_id FROM person");

pub(super) const OF_SUPERVISORS: &str = sessions_of!("    SELECT person_id FROM person_role WHERE role = 'supervisor'");

/// Of whoever has noted days away, or a date that cannot be planned, from a date on (`$3`), of whoever can no longer lead a session, and of those with whom
/// one stayed when its group was handed over.
pub(super) const OF_AWAY: &str = sessions_of!(concat!(
    "\
    SELECT person_id
    FROM leave
    WHERE ends_on >= $3
    UNION
    SELECT person_id
    FROM date_override
    WHERE on_date >= $3
        AND starts_time IS NULL
    UNION
    SELECT p.id
    FROM person p
    WHERE EXISTS (SELECT 1 FROM session led WHERE led.supervisor_id = p.id AND led.starts_at >= $1 AND led.starts_at < $2)
        AND (p.standing = 'suspended' OR NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor'))
    UNION
    SELECT s.supervisor_id
    FROM session s
    CROSS JOIN supervision_group g
    WHERE g.id = s.group_id
        AND ",
    has_stayed!()
));

/// Those of a supervisor (`$3`) and of everybody whom they supervise at a session of these days, or in a group (`$4`).
pub(super) const OF_SUPERVISOR: &str = sessions_of!(concat!(
    "\
    SELECT p.id AS person_id
    FROM person p
    WHERE p.id = $3
    UNION
    SELECT m.person_id
    FROM session s
    JOIN membership m ON m.group_id = s.group_id
    WHERE s.supervisor_id = $3
        AND s.starts_at >= $1
        AND s.starts_at < $2
        AND ",
    is_member_on_the_day!(),
    "
    UNION
    SELECT h.person_id
    FROM session s
    JOIN session_host h ON h.session_id = s.id
    WHERE s.supervisor_id = $3
        AND s.starts_at >= $1
        AND s.starts_at < $2
    UNION
    SELECT b.person_id
    FROM session s
    JOIN booking b ON b.session_id = s.id
    WHERE s.supervisor_id = $3
        AND s.starts_at >= $1
        AND s.starts_at < $2
    UNION
    SELECT m.person_id
    FROM membership m
    WHERE m.group_id = $4
        AND m.left_on IS NULL"
));

#[derive(sqlx::FromRow)]
struct Row {
    person_id: PersonId,
    part: Part,
    id: MeetingId,
    session_code: String,
    /// Whose session it is, its name and what it is for; nothing of an event.
    group_id: Option<GroupId>,
    group_name: Option<String>,
    kind: Option<GroupKind>,
    supervisor_id: PersonId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    has_stayed: bool,
    #[sqlx(flatten)]
    name: NameRow,
}

/// All that the rules look at for the days between two dates, the second not included.
pub async fn known_for(moment: &mut Transaction, whose: Whose, from: NaiveDate, until: NaiveDate) -> Result<Known, AppError> {
    known_with_group(moment, whose, None, Stretch { from, until }).await
}

/// A stretch of days, the last not included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Stretch {
    /// Whole weeks, with a day before and after: some rules count by week, and a session may go on past midnight.
    pub(super) fn instants(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let first = ::series::monday_of(self.from) - Days::new(1);
        let last = ::series::monday_of(self.until) + Days::new(8);
        (::series::instant(first.and_time(NaiveTime::MIN)), ::series::instant(last.and_time(NaiveTime::MIN)))
    }
}

/// The same, with the members of a group whose sessions are only planned.
pub(super) async fn known_with_group(
    moment: &mut Transaction,
    whose: Whose,
    group: Option<GroupId>,
    days: Stretch,
) -> Result<Known, AppError> {
    let (from, until) = days.instants();
    let group = group.unwrap_or(GroupId(uuid::Uuid::nil()));
    let rows: Vec<Row> = match whose {
        Whose::Everybody => {
            on!(&mut moment, connection => sqlx::query_as(OF_EVERYBODY).bind(from).bind(until).fetch_all(connection).await)?
        }
        Whose::Supervisors => {
            on!(&mut moment, connection => sqlx::query_as(OF_SUPERVISORS).bind(from).bind(until).fetch_all(connection).await)?
        }
        Whose::Away => on!(&mut moment, connection => sqlx::query_as(OF_AWAY)
            .bind(from)
            .bind(until)
            .bind(days.from)
            .fetch_all(connection).await)?,
        Whose::Supervisor(person) => on!(&mut moment, connection => sqlx::query_as(OF_SUPERVISOR)
            .bind(from)
            .bind(until)
            .bind(person)
            .bind(group)
            .fetch_all(connection).await)?,
    };
    let mut known = gathered(rows);
    known.closures = closures_from(moment, days.from).await?;
    // Whoever is there beside one supervisor has said something too.
    let said_by = if known.hosts.is_empty() || whose.is_several() { whose } else { Whose::Supervisors };
    known.availability = said_from(moment, said_by, days.from).await?;
    known.elsewhere = elsewhere(moment, said_by, (from, until)).await?;
    Ok(known)
}

/// When those whose sessions are read are busy in another calendar. For whoever is away it is not asked.
pub(super) async fn elsewhere(
    moment: &mut Transaction,
    whose: Whose,
    days: (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<PersonId, Vec<BusyBlock>>, AppError> {
    match whose {
        Whose::Supervisor(person) => busy_blocks(moment, Busy::Person(person), days).await,
        Whose::Supervisors | Whose::Everybody => busy_blocks(moment, Busy::Everybody, days).await,
        Whose::Away => Ok(HashMap::new()),
    }
}

fn gathered(rows: Vec<Row>) -> Known {
    let mut known = Known::default();
    let mut taken: HashMap<PersonId, Vec<Taken>> = HashMap::new();
    for row in rows {
        let Row { person_id, part, id, starts_at, ends_at, .. } = row;
        taken.entry(person_id).or_default().push(Taken { meeting: id, part, starts_at, ends_at });
        if row.has_stayed {
            known.stayed.insert(id);
        }
        if matches!(part, Part::Member | Part::Beside) {
            known.members.entry(id).or_default().push(person_id);
        }
        if part == Part::Beside {
            known.hosts.entry(id).or_default().push(person_id);
        }
        known.names.entry(person_id).or_insert_with(|| row.name.into());
        let (Some(group), Some(group_name), Some(kind)) = (row.group_id, row.group_name, row.kind) else { continue };
        known.meetings.entry(id).or_insert_with(|| Meeting {
            id,
            code: Some(row.session_code),
            group,
            group_name,
            kind,
            supervisor: row.supervisor_id,
            starts_at,
            ends_at,
        });
    }
    known.taken = taken;
    known
}
