//! What sessions that are only planned would break: the hook for whoever publishes a series, edits one, or moves a session.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::kept::{Kept, KeptRow, Key, kept_of, write_kept};
use super::known::{Stretch, Whose, elsewhere, known_with_group};
use super::rules::levels;
use super::said::said_from;
use crate::access::Actor;
use crate::availability::answers::{Finding, Verdict};
use crate::availability::words::{Reader, sentence};
use crate::availability::{Clash, ClashKind, KeepReason, Known, Level, Meeting, MeetingId, judge, judge_host, once_each};
use crate::database::{Transaction, on};
use crate::diaries::guests_of;
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// Sessions of one group as they would be.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Whose sessions they are.
    pub group: GroupId,
    /// Who would lead them.
    pub supervisor: PersonId,
    /// Every session as it would be: those that are new, and those that are moved.
    pub sessions: Vec<ProposedSession>,
    /// Stored sessions that would no longer be as they are: those that are moved, and those that are cancelled or removed.
    pub replaces: Vec<MeetingId>,
}

/// One session as it would be.
#[derive(Clone, Copy, Debug)]
pub struct ProposedSession {
    /// Its identity: that of the stored session, or the one that it is going to be stored by.
    pub id: MeetingId,
    /// When it would begin.
    pub starts_at: DateTime<Utc>,
    /// When it would end.
    pub ends_at: DateTime<Utc>,
}

/// What planned sessions would break, judged beside everything else that the people in it have: a few statements for what is known,
/// however many sessions there are.
///
/// Show the verdict where a plan is previewed. Before a draft is saved call [`Verdict::refuse_to_save`], before it is published
/// [`Verdict::refuse_to_publish`] with the reason that was chosen, and then [`keep_warned`] with the stored sessions. For the answer still to
/// hold when the sessions are stored, ask within that transaction, after [`take_supervisor`](fn@take_supervisor): whoever plans for the
/// same supervisor at the same time waits there.
pub async fn refuse_or_warn(moment: &mut Transaction, reader: Reader, proposal: &Proposal) -> Result<Verdict, AppError> {
    let levels = levels(moment).await?;
    judged(moment, (reader, &levels), proposal, &mut Vec::new()).await
}

/// The same of several plans, each beside those before it, as they would be stored one after the other.
pub async fn refuse_or_warn_together(moment: &mut Transaction, reader: Reader, proposals: &[Proposal]) -> Result<Vec<Verdict>, AppError> {
    let levels = levels(moment).await?;
    let (mut before, mut verdicts) = (Vec::new(), Vec::new());
    for proposal in proposals {
        verdicts.push(judged(moment, (reader, &levels), proposal, &mut before).await?);
    }
    Ok(verdicts)
}

/// Sessions that are only planned, each with those who would come to it.
type OnlyPlanned = Vec<(Meeting, Vec<PersonId>)>;

/// What a plan would break beside what is stored and what is planned before it, among which it stands from then on.
async fn judged(
    moment: &mut Transaction,
    (reader, levels): (Reader, &HashMap<ClashKind, Level>),
    proposal: &Proposal,
    before: &mut OnlyPlanned,
) -> Result<Verdict, AppError> {
    let Some(days) = days_of(proposal) else { return Ok(Verdict::default()) };
    let mut known = known_with_group(moment, Whose::Supervisor(proposal.supervisor), Some(proposal.group), days).await?;
    let guests = guests_of(moment, proposal.group).await?;
    known.forget(&proposal.replaces.iter().copied().chain(proposal.sessions.iter().map(|session| session.id)).collect::<HashSet<_>>());
    let group = group_of(moment, proposal).await?;
    for (meeting, people) in before.iter() {
        known.plan(meeting.clone(), people);
    }
    for session in &proposal.sessions {
        let guests = guests.iter().filter(|(_, at)| *at == session.id.0).map(|(person, _)| *person);
        let people: Vec<PersonId> = group.members.iter().copied().chain(guests).collect();
        let meeting = meeting_of(proposal, &group, session);
        known.plan(meeting.clone(), &people);
        before.push((meeting, people));
    }
    known.names.entry(proposal.supervisor).or_insert_with(|| group.supervisor.into());
    let hosts = hosts_of(moment, proposal).await?;
    let instants = days.instants();
    for host in hosts.keys() {
        known.availability.extend(said_from(moment, Whose::Supervisor(*host), days.from).await?);
        known.elsewhere.extend(elsewhere(moment, Whose::Supervisor(*host), instants).await?);
    }
    known.names.extend(hosts.iter().map(|(host, at)| (*host, at.name.clone())));
    Ok(verdict(&known, (proposal, &hosts), reader, levels))
}

/// Takes a supervisor's diary for the rest of the transaction: whoever takes it next waits here, so that no two put a session at one time.
pub async fn take_supervisor(transaction: &mut Transaction, supervisor: PersonId) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE person SET version = version WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(supervisor).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Takes the diaries of several, always in the order of their identity, so that no two wait for each other.
pub async fn take_supervisors(transaction: &mut Transaction, supervisors: &BTreeSet<PersonId>) -> Result<(), AppError> {
    for supervisor in supervisors {
        take_supervisor(transaction, *supervisor).await?;
    }
    Ok(())
}

/// Writes down why what only warns was planned all the same. The sessions must be stored already; the audit entry is the caller's. Answers what was
/// kept of the same before, for whoever may take it back.
pub async fn keep_warned(
    transaction: &mut Transaction,
    actor: &Actor,
    proposal: &Proposal,
    verdict: &Verdict,
    reason: KeepReason,
) -> Result<Vec<Kept>, AppError> {
    let before = kept_of(transaction, proposal.group, actor.now()).await?;
    let mut kept = Vec::new();
    let sessions: HashMap<_, _> = proposal.sessions.iter().map(|session| (::series::local(session.starts_at), session)).collect();
    for finding in &verdict.warns {
        let Some(session) = sessions.get(&finding.starts) else { continue };
        let row = KeptRow { starts_at: session.starts_at, reason, kept_by: actor.person(), kept_at: actor.now() };
        let key = Key { session: session.id, kind: finding.kind.key().to_owned(), person: finding.person };
        write_kept(transaction, &key, &row).await?;
        kept.push(Kept { before: before.get(&key).copied(), key });
    }
    Ok(kept)
}

/// The days from the first planned session to the last.
fn days_of(proposal: &Proposal) -> Option<Stretch> {
    let dates = || proposal.sessions.iter().map(|session| ::series::local(session.starts_at).date());
    let until: NaiveDate = dates().max()? + Days::new(1);
    Some(Stretch { from: dates().min()?, until })
}

/// Somebody who is beside whoever leads some of the planned sessions.
struct HostAt {
    name: PersonName,
    sessions: Vec<MeetingId>,
}

/// Who leads the planned sessions together with their supervisor or observes them; mostly nobody.
async fn hosts_of(moment: &mut Transaction, proposal: &Proposal) -> Result<BTreeMap<PersonId, HostAt>, AppError> {
    const HOSTS: &str = "\
SELECT h.person_id, h.session_id, p.code, p.title, p.given_name, p.family_name
FROM session s
JOIN session_host h ON h.session_id = s.id
JOIN person p ON p.id = h.person_id
WHERE s.group_id = $1
ORDER BY h.person_id, h.session_id";

    #[derive(sqlx::FromRow)]
    struct Row {
        person_id: PersonId,
        session_id: MeetingId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(HOSTS).bind(proposal.group).fetch_all(connection).await)?;
    let is_planned = |row: &Row| proposal.sessions.iter().any(|session| session.id == row.session_id);
    let mut hosts: BTreeMap<PersonId, HostAt> = BTreeMap::new();
    for row in rows.into_iter().filter(is_planned).filter(|row| row.person_id != proposal.supervisor) {
        let Row { person_id, session_id, name } = row;
        hosts.entry(person_id).or_insert_with(|| HostAt { name: name.into(), sessions: Vec::new() }).sessions.push(session_id);
    }
    Ok(hosts)
}

/// What is known of the group whose sessions are planned.
struct Group {
    name: String,
    kind: GroupKind,
    supervisor: NameRow,
    members: Vec<PersonId>,
}

async fn group_of(moment: &mut Transaction, proposal: &Proposal) -> Result<Group, AppError> {
    const GROUP: &str = "\
SELECT g.name AS group_name, g.kind, p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN person p ON p.id = $2
WHERE g.id = $1";
    #[derive(sqlx::FromRow)]
    struct Row {
        group_name: String,
        kind: GroupKind,
        #[sqlx(flatten)]
        supervisor: NameRow,
    }

    let row: Row = on!(&mut moment, connection => sqlx::query_as(GROUP)
        .bind(proposal.group)
        .bind(proposal.supervisor)
        .fetch_one(connection).await)?;
    let members = members_of(moment, proposal.group).await?;
    Ok(Group { name: row.group_name, kind: row.kind, supervisor: row.supervisor, members })
}

/// Who is supervised in a group now.
pub(super) async fn members_of(moment: &mut Transaction, group: GroupId) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL ORDER BY person_id";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(MEMBERS).bind(group).fetch_all(connection).await)?)
}

fn meeting_of(proposal: &Proposal, group: &Group, session: &ProposedSession) -> Meeting {
    Meeting {
        id: session.id,
        code: None,
        group: proposal.group,
        group_name: group.name.clone(),
        kind: group.kind,
        supervisor: proposal.supervisor,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
    }
}

fn verdict(
    known: &Known,
    (proposal, hosts): (&Proposal, &BTreeMap<PersonId, HostAt>),
    reader: Reader,
    levels: &HashMap<ClashKind, Level>,
) -> Verdict {
    let planned = proposal.sessions.iter().filter_map(|session| known.meetings.get(&session.id));
    let mut clashes: Vec<Clash> = planned.flat_map(|meeting| judge(meeting, known)).collect();
    for (host, at) in hosts {
        let meetings = at.sessions.iter().filter_map(|session| known.meetings.get(session));
        clashes.extend(meetings.flat_map(|meeting| judge_host(meeting, *host, known)));
    }
    let has_hours = known.availability.get(&proposal.supervisor).is_some_and(|said| said.has_hours());
    let mut verdict = Verdict { is_unknown: !has_hours, ..Verdict::default() };
    for clash in once_each(clashes, known) {
        let kind = clash.cause.kind();
        let (Some(meeting), Some(level)) = (known.meetings.get(&clash.meeting), levels.get(&kind).copied()) else { continue };
        verdict.add(Finding {
            kind,
            level,
            person: clash.supervisor,
            is_of_leader: clash.supervisor == meeting.supervisor && !matches!(kind, ClashKind::MemberTwice | ClashKind::Closed),
            starts: meeting.starts(),
            sentence: sentence(&clash, meeting, known, reader),
            plain: sentence(&clash, meeting, known, Reader::Anybody),
        });
    }
    verdict
}
