//! What is planned and does not fit, and what is kept so.

use std::collections::HashMap;

use chrono::{DateTime, Days as DayCount, NaiveDate, Utc};

use super::known::{Whose, known_for};
use super::rules::levels;
use crate::access::{Actor, Permission};
use crate::audit::{Entry, record};
use crate::availability::answers::{CONFLICTS_ON_A_PAGE, Conflict, ConflictsPage, SessionLink};
use crate::availability::forms::{ConflictFilter, Keep};
use crate::availability::words::{Reader, other_for, sentence, way};
use crate::availability::{Clash, ClashKind, KeepReason, Known, Level, Meeting, MeetingId, judge, judge_host, once_each};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::page_number;
use crate::people::{PersonId, PersonName};

/// How far ahead a coordinator looks at once: a quarter. Further ahead, much changes by itself.
pub(super) const QUARTER: DayCount = DayCount::new(7 * 13);

/// Every conflict in what is planned between two dates and has not begun, the most serious first: for whoever manages groups those of
/// everybody, for a supervisor their own. What is kept as it is comes with its reason.
pub async fn open_conflicts(actor: &Actor, from: NaiveDate, until: NaiveDate) -> Result<Vec<Conflict>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let whose = whose_for(actor);
    let known = known_for(&mut moment, whose, from, until).await?;
    conflicts_of(actor, &mut moment, &known, Days { whose, from, until }).await
}

/// Whose sessions of which days are looked at, the last day not included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub whose: Whose,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

fn whose_for(actor: &Actor) -> Whose {
    if actor.may(Permission::ManageGroups) { Whose::Everybody } else { Whose::Supervisor(actor.person()) }
}

/// The page of conflicts.
pub async fn conflicts_page(actor: &Actor, filter: &ConflictFilter) -> Result<ConflictsPage, AppError> {
    let from = ::series::local(actor.now()).date();
    let until = from + QUARTER;
    let whose = whose_for(actor);
    let mut moment = actor.database().snapshot().await?;
    let known = known_for(&mut moment, whose, from, until).await?;
    let mut all = conflicts_of(actor, &mut moment, &known, Days { whose, from, until }).await?;
    if let Some(kind) = ClashKind::of_key(&filter.kind) {
        all.retain(|conflict| conflict.kind == kind);
    }
    let (kept, open): (Vec<Conflict>, Vec<Conflict>) = all.into_iter().partition(|conflict| conflict.kept.is_some());
    let total = i64::try_from(open.len()).unwrap_or(i64::MAX);
    let last_page = total.div_euclid(CONFLICTS_ON_A_PAGE) + i64::from(total % CONFLICTS_ON_A_PAGE != 0 || total == 0);
    let page = page_number(&filter.page).min(last_page);
    let skipped = usize::try_from((page - 1) * CONFLICTS_ON_A_PAGE).unwrap_or_default();
    let size = usize::try_from(CONFLICTS_ON_A_PAGE).unwrap_or_default();
    Ok(ConflictsPage {
        is_everybody: whose.is_several(),
        lines: open.into_iter().skip(skipped).take(size).collect(),
        page,
        total,
        kept,
        unknown: unknown_of(&known, whose),
        until,
    })
}

/// Who leads a session and has never said any hours, by name.
fn unknown_of(known: &Known, whose: Whose) -> Vec<PersonName> {
    let leads = |person: PersonId| known.meetings.values().any(|meeting| meeting.supervisor == person);
    let is_concerned = |person: PersonId| whose.is_several() || whose.one() == person;
    let has_hours = |person: PersonId| known.availability.get(&person).is_some_and(|said| said.has_hours());
    let mut unknown: Vec<PersonName> = known
        .names
        .iter()
        .filter(|(person, _)| is_concerned(**person) && !has_hours(**person) && leads(**person))
        .map(|(_, name)| name.clone())
        .collect();
    unknown.sort_by(|one, other| one.short.cmp(&other.short));
    unknown
}

/// The conflicts of the sessions that somebody leads, or of all, that have not begun; and what keeps those away who are there beside whoever leads one,
/// which they see of themselves too.
pub(super) async fn conflicts_of(actor: &Actor, moment: &mut Transaction, known: &Known, days: Days) -> Result<Vec<Conflict>, AppError> {
    let levels = levels(moment).await?;
    let kept = kept_from(moment, actor.now()).await?;
    let Days { whose, from, until } = days;
    let is_led = |meeting: &Meeting| whose.is_several() || meeting.supervisor == whose.one();
    let ahead: Vec<&Meeting> =
        known.meetings.values().filter(|meeting| meeting.starts_at > actor.now() && (from..until).contains(&meeting.date())).collect();
    let mut clashes: Vec<Clash> = ahead.iter().filter(|meeting| is_led(meeting)).flat_map(|meeting| judge(meeting, known)).collect();
    for meeting in ahead {
        let hosts = known.hosts_of(meeting.id).iter().filter(|host| is_led(meeting) || **host == whose.one());
        clashes.extend(hosts.flat_map(|host| judge_host(meeting, *host, known)));
    }
    let reader = if actor.may(Permission::ManageGroups) { Reader::Manager } else { Reader::Supervisor(actor.person()) };
    let mut conflicts: Vec<Conflict> = once_each(clashes, known)
        .iter()
        .filter_map(|clash| {
            let level = levels.get(&clash.cause.kind()).copied().unwrap_or(Level::Warn);
            conflict(clash, known, reader, level, &kept)
        })
        .collect();
    // By level, and within it by time, which is the order that they come in.
    conflicts.sort_by_key(|conflict| conflict.level);
    Ok(conflicts)
}

/// What can be done where somebody cannot be there beside whoever leads a session.
const WAY_BESIDE: &str = "Move it, or let somebody else be there beside its supervisor.";

fn conflict(clash: &Clash, known: &Known, reader: Reader, level: Level, kept: &Kept) -> Option<Conflict> {
    if level == Level::Ignore {
        return None;
    }
    let meeting = known.meetings.get(&clash.meeting)?;
    let (kind, is_beside) = (clash.cause.kind(), clash.supervisor != meeting.supervisor);
    let is_theirs_to_keep = match reader {
        Reader::Manager => true,
        Reader::Supervisor(person) => meeting.supervisor == person,
        Reader::Anybody => false,
    };
    // What has become more serious since is looked at again.
    let kept = (level == Level::Warn).then(|| reason_for(clash, meeting, known, kept)).flatten();
    Some(Conflict {
        kind,
        level,
        session: link_to(meeting)?,
        other: other_for(clash, known, reader).and_then(link_to),
        supervisor: known.names.get(&clash.supervisor).cloned()?,
        sentence: sentence(clash, meeting, known, reader),
        is_beside,
        way: if is_beside { WAY_BESIDE.to_owned() } else { way(&clash.cause).to_owned() },
        may_keep: level == Level::Warn && kept.is_none() && is_theirs_to_keep,
        kept,
    })
}

/// Why a conflict is kept, whichever of the sessions in it the reason was given for. What was moved since is another conflict.
fn reason_for(clash: &Clash, meeting: &Meeting, known: &Known, kept: &Kept) -> Option<KeepReason> {
    let kind = clash.cause.kind();
    // Whoever leads either session is asked about what one of its members has elsewhere; of everything else it is theirs alone whose conflict it is.
    let whose = |one: &Meeting| if kind == ClashKind::MemberTwice { one.supervisor } else { clash.supervisor };
    let reason = |one: &Meeting| {
        let kept = kept.get(&(one.id, kind, whose(one))).filter(|(starts_at, _)| *starts_at == one.starts_at);
        kept.map(|(_, reason)| *reason)
    };
    let is_counted = |one: &&Meeting| {
        let monday = ::series::monday_of(one.date());
        match kind {
            ClashKind::DayCap => one.supervisor == clash.supervisor && one.date() == meeting.date(),
            ClashKind::WeekCap => one.supervisor == clash.supervisor && monday == ::series::monday_of(meeting.date()),
            _ => one.id == meeting.id || Some(one.id) == clash.cause.other(),
        }
    };
    known.meetings.values().filter(is_counted).find_map(reason)
}

pub(super) fn link_to(meeting: &Meeting) -> Option<SessionLink> {
    let code = meeting.code.clone()?;
    Some(SessionLink { code, group: meeting.group_name.clone(), starts: meeting.starts(), ends: meeting.ends() })
}

/// What is kept as it is, by session, rule and whose it is: for which time, and why.
type Kept = HashMap<(MeetingId, ClashKind, PersonId), (DateTime<Utc>, KeepReason)>;

pub(super) const KEPT: &str = "\
SELECT session_id, kind, person_id, starts_at, reason
FROM kept_conflict
WHERE starts_at > $1";

async fn kept_from(moment: &mut Transaction, from: DateTime<Utc>) -> Result<Kept, AppError> {
    let rows: Vec<(MeetingId, String, PersonId, DateTime<Utc>, KeepReason)> =
        on!(&mut moment, connection => sqlx::query_as(KEPT).bind(from).fetch_all(connection).await)?;
    let kept = |(meeting, kind, person, starts_at, reason): (MeetingId, String, _, _, _)| {
        Some(((meeting, ClashKind::of_key(&kind)?, person), (starts_at, reason)))
    };
    Ok(rows.into_iter().filter_map(kept).collect())
}

/// Leaves a conflict of somebody as it is, with a reason: for a supervisor one of a session that they lead, be it theirs or that of somebody who is there
/// beside them.
pub async fn keep_conflict(actor: &Actor, keep: &Keep) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO kept_conflict (session_id, kind, person_id, starts_at, reason, kept_by, kept_at)
SELECT s.id, $2, p.id, s.starts_at, $3, $4, $5
FROM session s
JOIN person p ON p.code = $7
WHERE s.code = $1
    AND (p.id = s.supervisor_id OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = p.id))
    AND (s.supervisor_id = $4 OR $6)
    AND s.starts_at > $5
    AND s.cancelled_at IS NULL
ON CONFLICT (session_id, kind, person_id) DO UPDATE
SET starts_at = excluded.starts_at, reason = excluded.reason, kept_by = excluded.kept_by, kept_at = excluded.kept_at
RETURNING session_id";

    let mut transaction = actor.begin().await?;
    let levels = levels(&mut transaction).await?;
    let session: Option<MeetingId> = on!(&mut transaction, connection => sqlx::query_scalar(KEEP)
        .bind(&keep.session)
        .bind(keep.kind.key())
        .bind(keep.reason)
        .bind(actor.person())
        .bind(actor.now())
        .bind(actor.may(Permission::ManageGroups))
        .bind(&keep.person)
        .fetch_optional(connection).await)?;
    let session = session.ok_or(AppError::NotFound)?;
    if levels.get(&keep.kind) != Some(&Level::Warn) {
        return Err(AppError::Conflict(
            "This is not a conflict that can be left as it is. Move the session, or find cover for it.".to_owned(),
        ));
    }
    let entry = Entry { action: "keep_conflict", subject: "session", subject_id: Some(session.0), detail: keep.kind.key() };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
