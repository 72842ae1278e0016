//! Changing a group, which may give its coming sessions to another supervisor: all of them, or those that the new one can lead.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Actor;
use crate::availability::store::{Proposal, ProposedSession, keep_warned, refuse_or_warn, take_supervisor};
use crate::availability::{Finding, KeepReason, MeetingId, Reader, Verdict};
use crate::changes::answers::{StayLine, WhatStays};
use crate::database::{Transaction, on};
use crate::error::{AppError, Problem};
use crate::groups::store::{HandedOver, OpenedGroup, supervisor_of_code};
use crate::groups::{GroupForm, GroupId};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::series::store::reader_of;
use crate::ui::{and, day_and_month};

/// Sessions that were not handed over with their group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stayed {
    /// The code of whoever leads them still.
    pub with: String,
    /// How many they are.
    pub sessions: usize,
}

impl Stayed {
    /// What the person is told on the page on which cover is found for them.
    pub fn notice(&self) -> String {
        let stays = match self.sessions {
            1 => "One session stays with whoever led it until now, and needs cover: it is below.".to_owned(),
            several => format!("{several} sessions stay with whoever led them until now, and need cover: they are below."),
        };
        format!("The group is handed over, and everybody is told. {stays}")
    }
}

/// Changes a group. Whoever takes it over has to have time for every session that comes with it, or a reason where that is only warned of; those that they
/// cannot lead stay with whoever led the group, where the one who changes it was shown which those are and wants it so.
pub async fn change_group(actor: &Actor, group: &OpenedGroup, form: &GroupForm) -> Result<Option<Stayed>, AppError> {
    let details = form.check()?;
    let mut changed = crate::groups::store::change_group(actor, group, form.shown_version(), &details).await?;
    let Some(handed_over) = changed.handed_over() else {
        changed.commit().await?;
        return Ok(None);
    };
    let reason = KeepReason::of_key(&form.reason);
    take_supervisor(changed.transaction(), handed_over.to).await?;
    let parted = parted(changed.transaction(), reader_of(actor), proposal_of(group.id(), &handed_over)).await?;
    parted.check_asked(form, reason)?;
    let stays: BTreeSet<Uuid> = parted.stays.iter().map(|(session, _)| session.id.0).collect();
    changed.let_stay(&stays).await?;
    if let Some(reason) = reason {
        keep_warned(changed.transaction(), actor, &parted.fits, &parted.verdict, reason).await?;
    }
    let with = code_of(changed.transaction(), handed_over.from).await?;
    changed.commit().await?;
    Ok((!stays.is_empty()).then_some(Stayed { with, sessions: stays.len() }))
}

fn proposal_of(group: GroupId, HandedOver { to, sessions, .. }: &HandedOver) -> Proposal {
    let sessions =
        sessions.iter().map(|(id, starts_at, ends_at)| ProposedSession { id: MeetingId(*id), starts_at: *starts_at, ends_at: *ends_at });
    Proposal { group, supervisor: *to, sessions: sessions.collect(), replaces: Vec::new() }
}

async fn code_of(transaction: &mut Transaction, person: PersonId) -> Result<String, AppError> {
    const CODE: &str = "SELECT code FROM person WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(CODE).bind(person).fetch_one(connection).await)?)
}

/// What of the sessions of a group somebody could take over, and what not.
struct Parted {
    /// Those that they could lead.
    fits: Proposal,
    /// What only warns of these.
    verdict: Verdict,
    /// Those that they cannot lead, in order, with why.
    stays: Vec<(ProposedSession, Vec<Finding>)>,
}

/// Leaves out one session after the other that cannot be led, until the others can: how many there may be in a week depends on which are left.
async fn parted(moment: &mut Transaction, reader: Reader, all: Proposal) -> Result<Parted, AppError> {
    let (mut fits, mut stays) = (all, Vec::new());
    loop {
        let verdict = refuse_or_warn(moment, reader, &fits).await?.of_leader();
        let why = |session: &ProposedSession| -> Vec<Finding> {
            let starts = ::series::local(session.starts_at);
            verdict.blocks.iter().chain(&verdict.blocks_publishing).filter(|finding| finding.starts == starts).cloned().collect()
        };
        let (cannot, can): (Vec<_>, Vec<_>) =
            fits.sessions.iter().map(|session| (*session, why(session))).partition(|(_, why)| !why.is_empty());
        if cannot.is_empty() {
            stays.sort_by_key(|(session, _): &(ProposedSession, _)| (session.starts_at, session.id));
            return Ok(Parted { fits, verdict, stays });
        }
        fits.sessions = can.into_iter().map(|(session, _)| session).collect();
        // Whoever takes the group over does not lead these, whatever stands in the row meanwhile.
        fits.replaces.extend(cannot.iter().map(|(session, _)| session.id));
        stays.extend(cannot);
    }
}

impl Parted {
    /// Refuses what cannot be done, and asks for all that has to be said before it is.
    fn check_asked(&self, form: &GroupForm, reason: Option<KeepReason>) -> Result<(), AppError> {
        if self.fits.sessions.is_empty() && !self.stays.is_empty() {
            return Err(AppError::invalid("supervisor", format!("{} Nothing was changed: choose somebody else.", self.refusal())));
        }
        let mut problems = Vec::new();
        if !self.stays.is_empty() && !form.stays.contains(&self.mark()) {
            let sentence = format!(
                "{} Nothing was changed yet: look below at what would stay, and say whether the others are handed over.",
                self.refusal()
            );
            problems.push(Problem::new("stays", sentence));
        }
        match self.verdict.refuse_to_change(reason) {
            Err(AppError::Invalid(more)) => problems.extend(more),
            other => other?,
        }
        if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
    }

    /// "Whoever you chose cannot take over what is planned on Thursday 5 November. The supervisor is away …"
    fn refusal(&self) -> String {
        let dates: BTreeSet<NaiveDate> = self.stays.iter().map(|(session, _)| ::series::local(session.starts_at).date()).collect();
        let dates: Vec<String> = dates.into_iter().map(day_and_month).collect();
        let first = self.stays.iter().flat_map(|(_, why)| why).next().map(|finding| finding.plain.as_str()).unwrap_or_default();
        format!("Whoever you chose cannot take over what is planned on {}. {first}", and(&dates))
    }

    /// A short mark of who would take over and of what would stay, by which what is stored is what was shown.
    fn mark(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.fits.supervisor.0.as_bytes());
        for (session, why) in &self.stays {
            hash.update(session.id.0.as_bytes());
            hash.update(session.starts_at.to_rfc3339().as_bytes());
            hash.update(why.iter().map(|finding| finding.kind.key()).collect::<Vec<_>>().join(" ").as_bytes());
        }
        data_encoding::HEXLOWER.encode(hash.finalize().get(..8).unwrap_or_default())
    }
}

/// What would stay with whoever leads a group now if somebody else took it over, as the form asks; nothing where they could lead every session.
pub async fn what_stays(actor: &Actor, group: &OpenedGroup, form: &GroupForm) -> Result<Option<WhatStays>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let to = match supervisor_of_code(&mut moment, form.supervisor.trim()).await {
        Ok(to) if to != group.supervisor() => to,
        // What is wrong with the supervisor is said where they are chosen.
        Ok(_) | Err(AppError::Invalid(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let (from, sessions) = led_now(&mut moment, actor, group).await?;
    let parted = parted(
        &mut moment,
        reader_of(actor),
        Proposal {
            group: group.id(),
            supervisor: to,
            sessions: sessions.iter().map(|row| ProposedSession { id: row.id, starts_at: row.starts_at, ends_at: row.ends_at }).collect(),
            replaces: Vec::new(),
        },
    )
    .await?;
    if parted.stays.is_empty() || parted.fits.sessions.is_empty() {
        return Ok(None);
    }
    let seen = parted.mark();
    let line = |(session, why): &(ProposedSession, Vec<Finding>)| {
        let row = sessions.iter().find(|row| row.id == session.id)?;
        let starts = ::series::local(session.starts_at);
        Some(StayLine { code: row.code.clone(), starts, why: why.iter().map(|finding| finding.sentence.clone()).collect() })
    };
    let stays = parted.stays.iter().filter_map(line).collect();
    Ok(Some(WhatStays { from, handed_over: parted.fits.sessions.len(), stays, seen }))
}

/// A coming session of a group that its supervisor leads.
#[derive(sqlx::FromRow)]
struct LedNow {
    id: MeetingId,
    code: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// Who leads a group, and the coming sessions that would go with it: those under cover would not.
async fn led_now(moment: &mut Transaction, actor: &Actor, group: &OpenedGroup) -> Result<(PersonName, Vec<LedNow>), AppError> {
    const NAME: &str = "SELECT code, title, given_name, family_name FROM person WHERE id = $1";
    const LED: &str = "\
SELECT id, code, starts_at, ends_at
FROM session
WHERE group_id = $1
    AND supervisor_id = $2
    AND starts_at > $3
    AND cancelled_at IS NULL
ORDER BY starts_at, id";

    let name: NameRow = on!(&mut moment, connection => sqlx::query_as(NAME).bind(group.supervisor()).fetch_one(connection).await)?;
    let led = on!(&mut moment, connection => sqlx::query_as(LED)
        .bind(group.id())
        .bind(group.supervisor())
        .bind(actor.now())
        .fetch_all(connection).await)?;
    Ok((name.into(), led))
}
