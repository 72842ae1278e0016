//! Whether people are free to lead what is no supervision session: the hook for events.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use super::conflicts::link_to;
use super::kept::{Kept, KeptRow, Key, put_back, write_unless_kept};
use super::known::{Whose, known_for};
use super::rules::levels;
use crate::access::Actor;
use crate::availability::answers::{Finding, SessionLink, Verdict};
use crate::availability::words::{Reader, other_for, sentence_of_event};
use crate::availability::{Clash, ClashKind, KeepReason, Known, Level, Meeting, MeetingId, judge_other};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::store::NameRow;

/// An event as it would be.
#[derive(Clone, Copy, Debug)]
pub struct EventPlan {
    /// Its identity, which is nobody's where it is new.
    pub event: MeetingId,
    /// Who would host it.
    pub host: PersonId,
    /// When it would begin, and when it would end.
    pub span: (DateTime<Utc>, DateTime<Utc>),
}

/// What an event would break, and what of it can be looked at.
#[derive(Debug, Default)]
pub struct EventVerdict {
    /// What it would break.
    pub verdict: Verdict,
    /// The sessions in the way of which the reader may know.
    pub sessions: Vec<SessionLink>,
    /// The events in the way. Who may read of them is not known here.
    pub events: Vec<MeetingId>,
    /// What only warns of sessions that its host leads, with their times.
    warned: Vec<(Key, DateTime<Utc>)>,
}

/// What an event would break, judged like a session beside everything else that its host has.
///
/// Ask within the transaction that publishes or moves it, after [`take_supervisor`](fn@super::take_supervisor), refuse by the verdict, and write down the
/// reason for what only warns with [`keep_beside_event`].
pub async fn judge_event(moment: &mut Transaction, reader: Reader, plan: &EventPlan) -> Result<EventVerdict, AppError> {
    let mut known = known_around(moment, Whose::Supervisor(plan.host), plan).await?;
    name_host(moment, &mut known, plan.host).await?;
    Ok(judged(plan, &known, (reader, &levels(moment).await?)))
}

/// Whoever has nothing else in those weeks has a name all the same.
async fn name_host(moment: &mut Transaction, known: &mut Known, host: PersonId) -> Result<(), AppError> {
    const NAME: &str = "SELECT code, title, given_name, family_name FROM person WHERE id = $1";

    if known.names.contains_key(&host) {
        return Ok(());
    }
    let name: Option<NameRow> = on!(&mut moment, connection => sqlx::query_as(NAME).bind(host).fetch_optional(connection).await)?;
    known.names.extend(name.map(|name| (host, name.into())));
    Ok(())
}

/// The same for each of some people who could host it, in their order, with one reading of what everybody has.
pub async fn judge_hosts(
    moment: &mut Transaction,
    reader: Reader,
    plan: &EventPlan,
    hosts: &[PersonId],
) -> Result<Vec<EventVerdict>, AppError> {
    let known = known_around(moment, Whose::Everybody, plan).await?;
    let levels = levels(moment).await?;
    Ok(hosts.iter().map(|host| judged(&EventPlan { host: *host, ..*plan }, &known, (reader, &levels))).collect())
}

fn judged(plan: &EventPlan, known: &Known, (reader, levels): (Reader, &HashMap<ClashKind, Level>)) -> EventVerdict {
    let meeting = meeting_of(plan);
    let mut judged = EventVerdict::default();
    for clash in judge_other(&meeting, known) {
        let kind = clash.cause.kind();
        let level = levels.get(&kind).copied().unwrap_or(kind.usual_level());
        if level == Level::Ignore {
            continue;
        }
        judged.look_at(&clash, known, reader);
        judged.warned.extend(warned_of(&clash, known).filter(|_| level == Level::Warn));
        judged.verdict.add(Finding {
            kind,
            level,
            person: plan.host,
            is_of_leader: kind != ClashKind::Closed,
            starts: meeting.starts(),
            sentence: sentence_of_event(&clash, &meeting, known, reader),
            plain: sentence_of_event(&clash, &meeting, known, Reader::Anybody),
        });
    }
    judged
}

impl EventVerdict {
    /// What of it is so because of who hosts it: that the Centre is closed is as true whoever does.
    #[must_use]
    pub fn of_host(self) -> Self {
        Self { verdict: self.verdict.of_leader(), ..self }
    }

    /// Notes what is in the way.
    fn look_at(&mut self, clash: &Clash, known: &Known, reader: Reader) {
        self.sessions.extend(other_for(clash, known, reader).and_then(link_to));
        self.events.extend(clash.cause.other().filter(|other| known.hosts_event(clash.supervisor, *other)));
    }
}

/// What is kept where an event of somebody is planned beside a session that they lead although it does not quite fit: theirs, at that session.
fn warned_of(clash: &Clash, known: &Known) -> Option<(Key, DateTime<Utc>)> {
    let other = known.meetings.get(&clash.cause.other()?).filter(|other| other.supervisor == clash.supervisor)?;
    Some((Key { session: other.id, kind: clash.cause.kind().key().to_owned(), person: clash.supervisor }, other.starts_at))
}

/// Writes down why an event was planned beside sessions of its host although it does not quite fit, so that nobody is asked about the same there once more.
/// Where something else breaks the same rule there, for which a reason is kept already, that one stays.
pub async fn keep_beside_event(
    transaction: &mut Transaction,
    actor: &Actor,
    judged: &EventVerdict,
    reason: KeepReason,
) -> Result<(), AppError> {
    for (key, starts_at) in &judged.warned {
        let row = KeptRow { starts_at: *starts_at, reason, kept_by: actor.person(), kept_at: actor.now() };
        write_unless_kept(transaction, key, &row).await?;
    }
    Ok(())
}

/// Forgets why an event stood beside sessions of its host, where it is to stand no more. Where something else breaks the same rule at a session, what is
/// kept may be of that, and holds until the session begins or is moved. Ask after [`take_supervisor`](fn@super::take_supervisor): what somebody plans for
/// the same host at this moment may be kept in the same place.
pub async fn forget_beside_event(transaction: &mut Transaction, plan: &EventPlan) -> Result<(), AppError> {
    let known = known_around(transaction, Whose::Supervisor(plan.host), plan).await?;
    let beside = judge_other(&meeting_of(plan), &known);
    let kept = beside.iter().filter(|clash| !breaks_anyway(clash, &known)).filter_map(|clash| warned_of(clash, &known));
    let kept: Vec<Kept> = kept.map(|(key, _)| Kept { key, before: None }).collect();
    put_back(transaction, &kept).await
}

/// Whether the session that is in the way of an event breaks the same rule without it.
fn breaks_anyway(clash: &Clash, known: &Known) -> bool {
    let session = clash.cause.other().and_then(|other| known.meetings.get(&other));
    session.is_some_and(|session| judge_other(session, known).iter().any(|other| other.cause.kind() == clash.cause.kind()))
}

/// What is known around the time of an event, as if it were not there.
async fn known_around(moment: &mut Transaction, whose: Whose, plan: &EventPlan) -> Result<Known, AppError> {
    let day = |at| ::series::local(at).date();
    let (starts_at, ends_at) = plan.span;
    let mut known = known_for(moment, whose, day(starts_at), day(ends_at) + Days::new(1)).await?;
    known.forget(&HashSet::from([plan.event]));
    Ok(known)
}

fn meeting_of(plan: &EventPlan) -> Meeting {
    let (starts_at, ends_at) = plan.span;
    Meeting {
        id: plan.event,
        code: None,
        group: GroupId(Uuid::nil()),
        group_name: String::new(),
        kind: GroupKind::Group,
        supervisor: plan.host,
        starts_at,
        ends_at,
    }
}
