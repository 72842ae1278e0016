//! Who could cover each session, in the order in which they are proposed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::absence::Absence;
use super::apart::{Parted, WhoComes};
use super::needed::{AHEAD, needs_cover};
use crate::access::{Actor, Permission};
use crate::availability::store::{FreeSupervisor, Whose, free_supervisors, known_for, qualified};
use crate::availability::{Meeting, MeetingId};
use crate::cover::answers::{Candidate, CoverForPage, CoveredSession, OpenSession};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::{has_stayed, whose_group};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::store::NameRow;

/// How far back and ahead covers are counted.
const QUARTER: TimeDelta = TimeDelta::days(91);

/// The sessions of somebody that need cover, each with whoever is qualified and free for it and may meet those who come, and those that have it.
pub async fn cover_for(actor: &Actor, away: &Absence) -> Result<CoverForPage, AppError> {
    let today = ::series::local(actor.now()).date();
    let mut moment = actor.database().snapshot().await?;
    let (meetings, stayed) = meetings_that_need_it(actor, &mut moment, away, today).await?;
    let free = free_supervisors(&mut moment, &meetings).await?;
    let standing = Standing::read(&mut moment, actor.now()).await?;
    let who_comes = WhoComes::read(&mut moment, actor, away.person).await?;
    let told = |meeting: &Meeting, free: Vec<FreeSupervisor>| standing.proposed(meeting, free).into_iter().map(|(_, candidate)| candidate);
    let names = |meeting: &Meeting, free: Vec<FreeSupervisor>| told(meeting, free).map(|candidate| candidate.name.short).collect();
    let may_know = actor.may(Permission::ManageMatching);
    let open = meetings.iter().zip(free).filter_map(|(meeting, free)| {
        let Parted { may_lead, kept_apart, held } = who_comes.parted(meeting.id, free);
        Some(OpenSession {
            code: meeting.code.clone()?,
            group: meeting.group_name.clone(),
            kind: meeting.kind,
            starts: meeting.starts(),
            ends: meeting.ends(),
            has_stayed: stayed.contains(&meeting.id),
            candidates: told(meeting, may_lead).collect(),
            kept_apart: names(meeting, kept_apart),
            held: if may_know { names(meeting, held) } else { Vec::new() },
        })
    });
    Ok(CoverForPage {
        person: away.name.clone(),
        is_gone: away.is_gone,
        open: open.collect(),
        covered: covered(actor, &mut moment, away.person).await?,
    })
}

/// The sessions that need cover, and which of them stayed when their group was handed over.
async fn meetings_that_need_it(
    actor: &Actor,
    moment: &mut Transaction,
    away: &Absence,
    today: NaiveDate,
) -> Result<(Vec<Meeting>, HashSet<MeetingId>), AppError> {
    let known = known_for(moment, Whose::Supervisor(away.person), today, today + AHEAD).await?;
    let gone: HashSet<PersonId> = away.is_gone.then_some(away.person).into_iter().collect();
    let is_theirs =
        |meeting: &&Meeting| meeting.supervisor == away.person && meeting.starts_at > actor.now() && needs_cover(meeting, &known, &gone);
    let mut meetings: Vec<Meeting> = known.meetings.values().filter(is_theirs).cloned().collect();
    meetings.sort_by_key(|meeting| (meeting.starts_at, meeting.id));
    Ok((meetings, known.stayed))
}

/// What the order of those who are free depends on, beside the hours that are left to them.
pub(super) struct Standing {
    /// The kinds of supervision that somebody leads or has led.
    kinds: HashSet<(PersonId, GroupKind)>,
    /// What somebody is qualified for, beside what every supervisor leads.
    qualified: HashSet<(PersonId, GroupKind)>,
    /// How many sessions somebody covers within a quarter on either side of now.
    covers: HashMap<PersonId, i64>,
}

impl Standing {
    pub(super) async fn read(moment: &mut Transaction, now: DateTime<Utc>) -> Result<Self, AppError> {
        const KINDS: &str = "SELECT DISTINCT supervisor_id, kind FROM supervision_group";
        const COVERS: &str = concat!(
            "\
SELECT s.supervisor_id, COUNT(*)
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.starts_at >= $1
    AND s.starts_at < $2
    AND s.cancelled_at IS NULL
    AND s.supervisor_id <> ",
            whose_group!(),
            "
GROUP BY s.supervisor_id"
        );

        let kinds: Vec<(PersonId, GroupKind)> = on!(&mut moment, connection => sqlx::query_as(KINDS).fetch_all(connection).await)?;
        let covers: Vec<(PersonId, i64)> = on!(&mut moment, connection => sqlx::query_as(COVERS)
            .bind(now - QUARTER)
            .bind(now + QUARTER)
            .fetch_all(connection).await)?;
        Ok(Self { kinds: kinds.into_iter().collect(), qualified: qualified(moment).await?, covers: covers.into_iter().collect() })
    }

    /// Whether somebody may lead such a session. Video Interaction Guidance, and supervision of supervisors, are led by those of whom it is written
    /// down that they are qualified for it; what else there is, every supervisor leads.
    pub(super) fn is_qualified(&self, person: PersonId, kind: GroupKind) -> bool {
        match kind {
            GroupKind::Group | GroupKind::Pair | GroupKind::OneToOne | GroupKind::Reflective | GroupKind::OpenClinic => true,
            GroupKind::Vig | GroupKind::Supervisors => self.qualified.contains(&(person, kind)),
        }
    }

    /// Whether somebody leads or has led such groups.
    pub(super) fn leads(&self, person: PersonId, kind: GroupKind) -> bool {
        self.kinds.contains(&(person, kind))
    }

    /// How many sessions somebody covers within a quarter on either side of now.
    pub(super) fn covers(&self, person: PersonId) -> i64 {
        self.covers.get(&person).copied().unwrap_or_default()
    }

    /// Those who are qualified, in the order of the contracted hours left to them; among equals whoever leads such sessions comes first, and then
    /// whoever has covered least.
    pub(super) fn proposed(&self, meeting: &Meeting, free: Vec<FreeSupervisor>) -> Vec<(PersonId, Candidate)> {
        let leads = |one: &FreeSupervisor| self.leads(one.person, meeting.kind);
        let mut free: Vec<(i64, FreeSupervisor)> =
            free.into_iter().filter(|one| self.is_qualified(one.person, meeting.kind)).map(|one| (self.covers(one.person), one)).collect();
        free.sort_by_key(|(covers, one)| {
            (!one.has_said, one.minutes_left.is_none(), one.minutes_left.map(|minutes| -minutes), !leads(one), *covers)
        });
        free.into_iter()
            .map(|(covers, one)| {
                let reason = reason(&one, meeting.kind, leads(&one), covers);
                (one.person, Candidate { name: one.name, reason })
            })
            .collect()
    }
}

/// "Free. 12 hours of the contract are left in that week. Leads groups. Has covered twice of late."
fn reason(free: &FreeSupervisor, kind: GroupKind, leads: bool, covers: i64) -> String {
    let is_free = if free.has_said { "Free then." } else { "Has said no working hours, so ask first." };
    let hours = match free.minutes_left {
        None => String::new(),
        Some(minutes) if minutes <= 0 => " No contracted hours are left in that week.".to_owned(),
        Some(minutes) => format!(" {} of the contract left in that week.", hours_left(minutes)),
    };
    let experience = experience(kind, leads);
    format!("{is_free}{hours}{experience}{}", recent_covers(covers))
}

/// How often somebody covers.
pub(super) fn recent_covers(covers: i64) -> String {
    match covers {
        0 => " No recent cover.".to_owned(),
        1 => " One cover of late.".to_owned(),
        several => format!(" {several} covers of late."),
    }
}

/// What somebody who is qualified for a kind of supervision leads of it.
pub(super) const fn experience(kind: GroupKind, leads: bool) -> &'static str {
    match (kind, leads) {
        (GroupKind::Group, true) => " Leads groups.",
        (GroupKind::Pair, true) => " Supervises pairs.",
        (GroupKind::Reflective, true) => " Leads reflective practice groups.",
        (GroupKind::OpenClinic, true) => " Leads open clinics.",
        (GroupKind::OneToOne, true) => " Gives one-to-one supervision.",
        (GroupKind::Vig, true) => " Qualified for VIG supervision, and gives it.",
        (GroupKind::Vig, false) => " Qualified for VIG supervision.",
        (GroupKind::Supervisors, true) => " Qualified to supervise supervisors, and does.",
        (GroupKind::Supervisors, false) => " Qualified to supervise supervisors.",
        (GroupKind::Group | GroupKind::Pair | GroupKind::OneToOne | GroupKind::Reflective | GroupKind::OpenClinic, false) => "",
    }
}

/// "12 hours", "7 hours 30 minutes", "45 minutes".
pub(super) fn hours_left(minutes: i64) -> String {
    let unit = |count: i64, unit: &str| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    match (minutes / 60, minutes % 60) {
        (0, rest) => unit(rest, "minute"),
        (hours, 0) => unit(hours, "hour"),
        (hours, rest) => format!("{} {}", unit(hours, "hour"), unit(rest, "minute")),
    }
}

/// The sessions to come of somebody's groups that another leads; but for those that only stayed with whoever led the group before, and need cover still.
async fn covered(actor: &Actor, moment: &mut Transaction, person: PersonId) -> Result<Vec<CoveredSession>, AppError> {
    const COVERED: &str = concat!(
        "\
SELECT s.code AS session_code, g.name AS group_name, s.starts_at, s.ends_at, p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN session s ON s.group_id = g.id
JOIN person p ON p.id = s.supervisor_id
WHERE g.supervisor_id = $1
    AND s.supervisor_id <> $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
    AND NOT ",
        has_stayed!(),
        "
ORDER BY s.starts_at, s.id"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        session_code: String,
        group_name: String,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        #[sqlx(flatten)]
        cover: NameRow,
    }

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(COVERED).bind(person).bind(actor.now()).fetch_all(connection).await)?;
    let covered = rows.into_iter().map(|row| CoveredSession {
        code: row.session_code,
        group: row.group_name,
        starts: ::series::local(row.starts_at),
        ends: ::series::local(row.ends_at),
        cover: row.cover.into(),
    });
    Ok(covered.collect())
}

/// A session that can be given to somebody, as it was read.
pub(super) struct Given {
    pub meeting: Meeting,
    pub version: i64,
}

/// A session as the rules look at it, by its code, while it can still be given to somebody.
pub(super) async fn meeting_to_give(actor: &Actor, transaction: &mut Transaction, code: &str) -> Result<Option<Given>, AppError> {
    const MEETING: &str = "\
SELECT s.id, s.code, s.group_id, g.name AS group_name, g.kind, s.supervisor_id, s.starts_at, s.ends_at, s.version
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.code = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
    AND s.marked_at IS NULL";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: MeetingId,
        code: String,
        group_id: GroupId,
        group_name: String,
        kind: GroupKind,
        supervisor_id: PersonId,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        version: i64,
    }

    let row: Option<Row> =
        on!(&mut transaction, connection => sqlx::query_as(MEETING).bind(code).bind(actor.now()).fetch_optional(connection).await)?;
    Ok(row.map(|row| {
        let Row { id, code, group_id, group_name, kind, supervisor_id, starts_at, ends_at, version } = row;
        let meeting = Meeting { id, code: Some(code), group: group_id, group_name, kind, supervisor: supervisor_id, starts_at, ends_at };
        Given { meeting, version }
    }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::people::PersonName;

    fn free(minutes_left: Option<i64>, has_said: bool) -> FreeSupervisor {
        let name = PersonName { code: "abcd2345".to_owned(), short: "Nadia H.".to_owned(), initials: "NH".to_owned() };
        FreeSupervisor { person: PersonId(Uuid::nil()), name, minutes_left, has_said }
    }

    #[test]
    fn why_somebody_is_proposed_is_said_in_words() {
        assert_eq!(
            reason(&free(Some(450), true), GroupKind::Group, true, 2),
            "Free then. 7 hours 30 minutes of the contract left in that week. Leads groups. 2 covers of late."
        );
        assert_eq!(
            reason(&free(Some(-30), true), GroupKind::OneToOne, false, 0),
            "Free then. No contracted hours are left in that week. No recent cover."
        );
        assert_eq!(reason(&free(None, false), GroupKind::Group, false, 1), "Has said no working hours, so ask first. One cover of late.");
    }
}
