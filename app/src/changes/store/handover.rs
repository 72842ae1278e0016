//! Changing a group, which may give its coming sessions to another supervisor.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::access::Actor;
use crate::availability::store::{Proposal, ProposedSession, keep_warned, refuse_or_warn, take_supervisor};
use crate::availability::{KeepReason, MeetingId, Verdict};
use crate::database::Transaction;
use crate::error::AppError;
use crate::groups::store::{HandedOver, OpenedGroup};
use crate::groups::{GroupForm, GroupId};
use crate::series::store::reader_of;
use crate::ui::{and, day_and_month};

/// Changes a group. Whoever takes it over has to have time for every session that comes with it, or a reason where that is only warned of.
pub async fn change_group(actor: &Actor, group: &OpenedGroup, form: &GroupForm) -> Result<(), AppError> {
    let details = form.check()?;
    let mut changed = crate::groups::store::change_group(actor, group, form.shown_version(), &details).await?;
    if let Some(handed_over) = changed.handed_over() {
        check_fit(changed.transaction(), actor, &proposal_of(group.id(), handed_over), KeepReason::of_key(&form.reason)).await?;
    }
    changed.commit().await
}

fn proposal_of(group: GroupId, HandedOver { to, sessions }: HandedOver) -> Proposal {
    let sessions = sessions.into_iter().map(|(id, starts_at, ends_at)| ProposedSession { id: MeetingId(id), starts_at, ends_at });
    Proposal { group, supervisor: to, sessions: sessions.collect(), replaces: Vec::new() }
}

async fn check_fit(transaction: &mut Transaction, actor: &Actor, proposal: &Proposal, reason: Option<KeepReason>) -> Result<(), AppError> {
    take_supervisor(transaction, proposal.supervisor).await?;
    let verdict = refuse_or_warn(transaction, reader_of(actor), proposal).await?;
    refuse(&verdict)?;
    verdict.refuse_to_change(reason)?;
    if let Some(reason) = reason {
        keep_warned(transaction, actor, proposal, &verdict, reason).await?;
    }
    Ok(())
}

/// Refuses with every date on which whoever takes the group over cannot lead it.
fn refuse(verdict: &Verdict) -> Result<(), AppError> {
    let mut serious = verdict.blocks.iter().chain(&verdict.blocks_publishing).peekable();
    let Some(first) = serious.peek().map(|finding| finding.plain.clone()) else { return Ok(()) };
    let dates: BTreeSet<NaiveDate> = serious.map(|finding| finding.starts.date()).collect();
    let dates: Vec<String> = dates.into_iter().map(day_and_month).collect();
    Err(AppError::Conflict(format!(
        "Whoever you chose cannot take over what is planned on {}. {first} Nothing was changed: move those sessions or find cover for them first, or choose somebody else.",
        and(&dates)
    )))
}
