//! Whether planned sessions fit what else their people have.

use ::series::Occurrence;

use crate::access::{Actor, Permission};
use crate::availability::store::{Proposal, ProposedSession, refuse_or_warn};
use crate::availability::{MeetingId, Reader, Verdict};
use crate::database::{Transaction, new_id};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// Who is told what does not fit: a coordinator may know each name, a supervisor knows of their own sessions.
pub fn reader_of(actor: &Actor) -> Reader {
    if actor.may(Permission::ManageGroups) { Reader::Manager } else { Reader::Supervisor(actor.person()) }
}

/// The sessions of a series that is to be published, each with the identity that it will have.
pub(super) fn proposal_of(group: GroupId, supervisor: PersonId, held: &[Occurrence]) -> Proposal {
    let session =
        |session: &Occurrence| ProposedSession { id: MeetingId(new_id()), starts_at: session.starts_at, ends_at: session.ends_at };
    Proposal { group, supervisor, sessions: held.iter().map(session).collect(), replaces: Vec::new() }
}

/// What the dates of a plan would break, for the page that shows them.
pub(super) async fn verdict_of(actor: &Actor, group: GroupId, supervisor: PersonId, held: &[Occurrence]) -> Result<Verdict, AppError> {
    let mut moment: Transaction = actor.database().snapshot().await?;
    let to_come: Vec<Occurrence> = held.iter().filter(|session| session.starts_at > actor.now()).copied().collect();
    refuse_or_warn(&mut moment, reader_of(actor), &proposal_of(group, supervisor, &to_come)).await
}
