//! Whether changed sessions fit what else their people have.

use std::collections::BTreeMap;

use ::series::timetable::{PersonKey, Session};

use super::wish::Outcome;
use super::write::uuid;
use crate::access::Actor;
use crate::availability::store::{Kept, Proposal, ProposedSession, keep_warned, refuse_or_warn, take_supervisors};
use crate::availability::{KeepReason, MeetingId, Reader, Verdict};
use crate::database::Transaction;
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// What a change would break, for each of those who would lead the sessions.
#[derive(Debug, Default)]
pub struct Judged {
    pub verdict: Verdict,
    by_host: Vec<(Proposal, Verdict)>,
}

/// Judges every session that would be at another time, longer or shorter, or led by somebody else. A change of a title judges nothing.
pub async fn judged(moment: &mut Transaction, reader: Reader, group: GroupId, outcome: &Outcome) -> Result<Judged, AppError> {
    let mut judged = Judged::default();
    for proposal in proposals(group, outcome).into_values() {
        let verdict = refuse_or_warn(moment, reader, &proposal).await?;
        let whole = &mut judged.verdict;
        whole.blocks.extend(verdict.blocks.iter().cloned());
        whole.blocks_publishing.extend(verdict.blocks_publishing.iter().cloned());
        whole.warns.extend(verdict.warns.iter().cloned());
        whole.is_unknown |= verdict.is_unknown;
        judged.by_host.push((proposal, verdict));
    }
    Ok(judged)
}

/// Takes the diaries of all who would lead a session.
pub async fn take_hosts(transaction: &mut Transaction, group: GroupId, outcome: &Outcome) -> Result<(), AppError> {
    take_supervisors(transaction, &proposals(group, outcome).into_keys().map(|host| PersonId(uuid(host.0))).collect()).await
}

impl Judged {
    /// Writes down why what only warns was changed all the same. Answers what takes that back.
    pub async fn keep(&self, transaction: &mut Transaction, actor: &Actor, reason: KeepReason) -> Result<Vec<Kept>, AppError> {
        let mut kept = Vec::new();
        for (proposal, verdict) in &self.by_host {
            kept.extend(keep_warned(transaction, actor, proposal, verdict, reason).await?);
        }
        Ok(kept)
    }
}

fn proposals(group: GroupId, outcome: &Outcome) -> BTreeMap<PersonKey, Proposal> {
    let replaces: Vec<MeetingId> = outcome.changed().iter().filter_map(|(before, _)| before.map(meeting)).collect();
    let mut proposals: BTreeMap<PersonKey, Proposal> = BTreeMap::new();
    for (before, after) in outcome.changed() {
        let Some(after) = after.filter(|after| before.is_none_or(|before| is_elsewhere(before, after))) else { continue };
        let proposal = proposals.entry(after.details.host).or_insert_with(|| Proposal {
            group,
            supervisor: PersonId(uuid(after.details.host.0)),
            sessions: Vec::new(),
            replaces: replaces.clone(),
        });
        proposal.sessions.push(ProposedSession { id: meeting(after), starts_at: after.starts_at(), ends_at: after.ends_at() });
    }
    proposals
}

fn meeting(session: &Session) -> MeetingId {
    MeetingId(uuid(session.key.0))
}

fn is_elsewhere(before: &Session, after: &Session) -> bool {
    before.starts != after.starts
        || before.details.length_minutes != after.details.length_minutes
        || before.details.host != after.details.host
}
