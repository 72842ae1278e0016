//! What waits for somebody: agreements, sessions to mark, what they said they would do; and for whoever coordinates, the Centre's.

use chrono::{DateTime, Days, TimeDelta, Utc};

use crate::access::{Actor, Permission};
use crate::asking::AskedLine;
use crate::asking::store::asked_lines;
use crate::availability::store::{AwayFrom, away_from_sessions};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::RunningOut;
use crate::groups::store::{Whose, groups_running_out, is_member_on_the_day};
use crate::people::store::{NameRow, colleagues_waiting, has_lead};
use crate::sessions::long_overdue_before;
use crate::sessions::store::is_leader_there;
use crate::today::model::Waiting;
use crate::waiting::store::places_held_for;

const WAITING: &str = "\
SELECT 'agreement' AS what, g.name AS group_name, g.slug AS group_slug, '' AS code, '' AS words, a.version,
    a.proposed_at AS since, a.proposed_at AS until
FROM agreement_party own
JOIN agreement a ON a.id = own.agreement_id
JOIN supervision_group g ON g.id = a.group_id
WHERE own.person_id = $1
    AND own.agreed_at IS NULL
    AND a.ended_at IS NULL
    AND g.ended_at IS NULL
    AND (
        g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL)
    )
UNION ALL
SELECT 'to_mark', g.name, g.slug, s.code, '', 0, s.starts_at, s.ends_at
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.supervisor_id = $1
    AND s.ends_at <= $2
    AND s.marked_at IS NULL
    AND s.cancelled_at IS NULL
UNION ALL
SELECT 'action', g.name, g.slug, COALESCE(n.code, CASE WHEN g.kind = 'open_clinic' THEN said.code ELSE '' END), x.words, 0, said.starts_at,
    COALESCE(n.starts_at, said.starts_at)
FROM agreed_action x
JOIN supervision_group g ON g.id = x.group_id
JOIN session said ON said.id = x.session_id
LEFT JOIN session n ON n.group_id = x.group_id
    AND g.kind <> 'open_clinic'
    AND n.starts_at = (
        SELECT MIN(later.starts_at)
        FROM session later
        WHERE later.group_id = x.group_id
            AND later.starts_at > said.starts_at
            AND later.ends_at > $2
            AND later.cancelled_at IS NULL
    )
WHERE x.owner_id = $1
    AND x.done_at IS NULL
    AND (
        g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL)
        OR EXISTS (SELECT 1 FROM booking b WHERE b.session_id = said.id AND b.person_id = $1)
    )";

/// Agreements that wait for the actor's word, sessions that they led and have not marked, and what they said they would do.
pub async fn waiting_for(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    let rows: Vec<WaitingRow> =
        on!(&mut moment, connection => sqlx::query_as(WAITING).bind(actor.person()).bind(actor.now()).fetch_all(connection).await)?;
    // Whoever supervises no more can mark nothing; a coordinator does so in their place.
    let may_mark = actor.may(Permission::MarkAttendance);
    let waiting = rows.into_iter().filter_map(WaitingRow::read);
    Ok(waiting.filter(|waiting| may_mark || !matches!(waiting, Waiting::ToMark { .. })).collect())
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    what: String,
    group_name: String,
    group_slug: String,
    code: String,
    words: String,
    version: i64,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl WaitingRow {
    fn read(self) -> Option<Waiting> {
        let Self { what, group_name, group_slug, code, words, version, since, until } = self;
        let (since, until) = (::series::local(since).date(), ::series::local(until).date());
        Some(match what.as_str() {
            "agreement" => Waiting::Agreement { group_name, group_slug, version, since },
            "to_mark" => Waiting::ToMark { code, group_name, held_on: since, due: ::series::working_days_after(until, 2) },
            "action" => {
                Waiting::Action { words, group_name, group_slug, said_on: since, next: (!code.is_empty()).then_some((code, until)) }
            }
            _ => return None,
        })
    }
}

/// How far back is looked for sessions that somebody missed: longer ago, nobody needs a word any more.
const MISSED_WITHIN: TimeDelta = TimeDelta::weeks(26);

// SQLite takes the tables of a CROSS JOIN in the order in which they stand: first the few that were missed, then their sessions.
pub(super) const MISSED: &str = concat!(
    "\
SELECT p.code, p.title, p.given_name, p.family_name, g.name AS group_name, g.slug AS group_slug,
    COUNT(*) AS missed, MAX(s.starts_at) AS last_at
FROM supervision_group g
JOIN membership m ON m.group_id = g.id AND m.left_on IS NULL
JOIN person p ON p.id = m.person_id
JOIN attendance a ON a.person_id = m.person_id AND a.state = 'did_not_attend'
CROSS JOIN session s
WHERE g.supervisor_id = $1
    AND g.ended_at IS NULL
    AND s.id = a.session_id
    AND s.group_id = g.id
    AND s.starts_at >= $2
    AND ",
    is_member_on_the_day!(),
    "
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM session later
        JOIN attendance other ON other.session_id = later.id AND other.person_id = m.person_id
        WHERE later.group_id = g.id
            AND later.starts_at > s.starts_at
            AND later.marked_at IS NOT NULL
            AND later.cancelled_at IS NULL
            AND other.state <> 'did_not_attend'
    )
GROUP BY p.id, p.code, p.title, p.given_name, p.family_name, g.id, g.name, g.slug
HAVING COUNT(*) >= 2
ORDER BY last_at, p.code"
);

/// Members of the groups that the actor leads who have missed the last two sessions, or more, without apologies.
pub async fn missed(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        group_name: String,
        group_slug: String,
        missed: i64,
        last_at: DateTime<Utc>,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(MISSED)
        .bind(actor.person())
        .bind(actor.now() - MISSED_WITHIN)
        .fetch_all(connection).await)?;
    let waiting = |row: Row| {
        let Row { name, group_name, group_slug, missed, last_at } = row;
        Waiting::Missed { name: name.into(), group_name, group_slug, count: missed, last_on: ::series::local(last_at).date() }
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Sessions that are planned for days on which whoever leads them is away: one's own, and for whoever manages groups the others' in one line.
pub async fn away(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    let (own, others): (Vec<AwayFrom>, Vec<AwayFrom>) = away_from_sessions(actor, moment).await?.into_iter().partition(|away| away.is_own);
    let waiting = |away: &[AwayFrom]| {
        let first = away.first()?;
        Some(Waiting::Away {
            who: (!first.is_own && away.len() == 1).then(|| first.name.clone()),
            supervisors: away.len(),
            sessions: away.iter().map(|away| away.sessions).sum(),
            first_on: first.first_on,
        })
    };
    Ok([waiting(&own), waiting(&others)].into_iter().flatten().collect())
}

/// Groups coming to an end and about which nobody has decided: each that the actor leads, and for whoever manages groups how many there are.
pub async fn renewals(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    let mut waiting = Vec::new();
    if actor.may(Permission::PlanSessions) {
        let led = groups_running_out(actor, moment, Whose::Led).await?;
        waiting.extend(led.into_iter().filter(RunningOut::waits).map(|group| Waiting::Renewal { group }));
    }
    if actor.may(Permission::ManageGroups) {
        let every = groups_running_out(actor, moment, Whose::Every).await?;
        let count = |counts: fn(&RunningOut) -> bool| every.iter().filter(|group| group.waits() && counts(group)).count();
        let (count, stopped) = (count(|_| true), count(RunningOut::has_stopped));
        if count > 0 {
            waiting.push(Waiting::Renewals { count: of_count(count), stopped: of_count(stopped) });
        }
    }
    Ok(waiting)
}

/// Places that are held for the actor.
pub async fn offers(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    if !actor.may(Permission::AskForSupervision) {
        return Ok(Vec::new());
    }
    let offers = places_held_for(actor, moment).await?.into_iter();
    Ok(offers.map(|(group_name, until)| Waiting::Offer { group_name, until }).collect())
}

/// Groups that the actor is asked about and has not answered.
pub async fn asked(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    let asked = asked_lines(actor, moment).await?.into_iter().filter(|line| line.reply.is_none());
    Ok(asked.map(|AskedLine { code, kind, as_what, asked_on, .. }| Waiting::Asked { code, kind, as_what, asked_on }).collect())
}

/// People of the actor's authority who wait for its word.
pub async fn colleagues(actor: &Actor, moment: &mut Transaction) -> Result<Option<Waiting>, AppError> {
    if !actor.may(Permission::ConfirmColleagues) {
        return Ok(None);
    }
    let (count, since) = colleagues_waiting(actor, moment).await?;
    Ok(since.map(|since| Waiting::Colleagues { count, since: ::series::local(since).date() }))
}

fn of_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// After how many days without a next step an authority waits for its coordinator (feature 5.2).
const DAYS_WITHOUT_STEP: u64 = 60;

/// What waits for whoever coordinates: attendances that nobody else can finish, authorities, people whose invitation has run out,
/// those who do not work where they are entered, and those whom nobody of their authority can confirm.
pub async fn waiting_at_the_centre(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Waiting>, AppError> {
    const COUNTS: &str = concat!(
        "\
SELECT
    (
        SELECT COUNT(*)
        FROM session s
        JOIN person p ON p.id = s.supervisor_id
        WHERE s.ends_at <= $2
            AND s.marked_at IS NULL
            AND s.cancelled_at IS NULL
            AND NOT ",
        is_leader_there!(),
        "
    ) AS left_behind,
    (
        SELECT COUNT(*)
        FROM session s
        JOIN person p ON p.id = s.supervisor_id
        WHERE s.ends_at < $3
            AND s.supervisor_id <> $4
            AND s.marked_at IS NULL
            AND s.cancelled_at IS NULL
            AND ",
        is_leader_there!(),
        "
    ) AS unmarked,
    (
        SELECT COUNT(*)
        FROM authority
        WHERE stage <> 'paused' AND (next_step_on < $1 OR without_step_since < $1)
    ) AS authorities,
    (
        SELECT COUNT(*)
        FROM person p
        WHERE p.standing = 'invited'
            AND NOT EXISTS (
                SELECT 1
                FROM one_time_link l
                WHERE l.person_id = p.id AND l.purpose = 'invitation' AND l.used_at IS NULL AND l.expires_at > $2
            )
    ) AS invited,
    (
        SELECT COUNT(*)
        FROM work_confirmation c
        JOIN person p ON p.id = c.person_id AND p.authority_id = c.authority_id
        WHERE c.answer = 'does_not' AND p.standing <> 'suspended'
    ) AS not_there,
    (
        SELECT COUNT(*)
        FROM work_confirmation c
        JOIN person p ON p.id = c.person_id AND p.authority_id = c.authority_id
        WHERE c.answer IS NULL AND p.standing <> 'suspended' AND NOT ",
        has_lead!(),
        "
    ) AS no_lead"
    );

    let today = ::series::local(actor.now()).date();
    let long_ago = today.checked_sub_days(Days::new(DAYS_WITHOUT_STEP)).unwrap_or(today);
    let counts: (i64, i64, i64, i64, i64, i64) = on!(&mut moment, connection => sqlx::query_as(COUNTS)
        .bind(long_ago)
        .bind(actor.now())
        .bind(long_overdue_before(actor.now()))
        .bind(actor.person())
        .fetch_one(connection).await)?;
    let (left_behind, unmarked, authorities, invited, not_there, no_lead) = counts;
    let waiting = [
        (left_behind, Waiting::LeftBehind { count: left_behind }),
        (unmarked, Waiting::Unmarked { count: unmarked }),
        (authorities, Waiting::Authorities { count: authorities }),
        (invited, Waiting::Invited { count: invited }),
        (not_there, Waiting::NotThere { count: not_there }),
        (no_lead, Waiting::NoLead { count: no_lead }),
    ];
    Ok(waiting.into_iter().filter(|(count, _)| *count > 0).map(|(_, waiting)| waiting).collect())
}
