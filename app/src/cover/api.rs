//! Finding cover and giving it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Candidate, CoverForPage, CoverPage};
use super::forms::{CoverAddress, CoverForm, EndCoverForm, KindForm};
use crate::access::{Asks, Permission, asks};
use crate::availability::LeaveForm;
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(CoverNeeded::PATH, Permission::ArrangeCover),
    asks(CoverFor::PATH, Permission::ArrangeCover),
    asks(MarkAway::PATH, Permission::ArrangeCover),
    asks(GiveCover::PATH, Permission::ArrangeCover),
    asks(EndCover::PATH, Permission::ArrangeCover),
    asks(WhoCouldLead::PATH, Permission::ManageGroups),
];

/// Whose sessions need cover.
#[server(prefix = "/api", endpoint = "cover_needed")]
pub async fn cover_needed() -> Result<CoverPage, AppError> {
    let actor = crate::access::require(Permission::ArrangeCover)?;
    super::store::cover_needed(&actor).await
}

/// The sessions of one supervisor that need cover, each with everybody who could.
#[server(prefix = "/api", endpoint = "cover_for")]
pub async fn cover_for(#[server(default)] form: CoverAddress) -> Result<CoverForPage, AppError> {
    let actor = crate::access::require(Permission::ArrangeCover)?;
    let away = super::store::open_absence(&actor, &form.person).await?;
    super::store::cover_for(&actor, &away).await
}

/// Notes that a supervisor is away for some days, and goes on to the sessions that need cover.
#[server(prefix = "/api", endpoint = "mark_away")]
pub async fn mark_away(#[server(default)] form: LeaveForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::availability::store::{add_leave, open_availability};

    let actor = require(Permission::ArrangeCover)?;
    if form.person.is_empty() {
        return Err(AppError::invalid("person", "Choose who is away."));
    }
    let opened = open_availability(&actor, &form.person).await?;
    let leave = form.check(::series::local(actor.now()).date())?;
    add_leave(&actor, &opened, &leave).await?;
    go_to(&crate::paths::cover_for(&form.person), "The days away are saved. The sessions that need cover are below.");
    Ok(())
}

/// Gives a session to somebody who is qualified and free for it.
#[server(prefix = "/api", endpoint = "give_cover")]
pub async fn give_cover(#[server(default)] form: CoverForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ArrangeCover)?;
    super::store::give_cover(&actor, &form).await?;
    go_to(&crate::paths::cover_for(&form.from), "Cover is arranged. The members and both supervisors have been told.");
    Ok(())
}

/// Gives a session that has cover back to the group's supervisor.
#[server(prefix = "/api", endpoint = "end_cover")]
pub async fn end_cover(#[server(default)] form: EndCoverForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ArrangeCover)?;
    super::store::end_cover(&actor, &form).await?;
    go_to(
        &crate::paths::cover_for(&form.from),
        "The session is the group’s supervisor’s again. The members and both supervisors have been told.",
    );
    Ok(())
}

/// Everybody who can lead a group of a kind, the first proposed first; and last those who may not lead the one that there is.
#[server(prefix = "/api", endpoint = "who_could_lead")]
pub async fn who_could_lead(#[server(default)] form: KindForm) -> Result<Vec<Candidate>, AppError> {
    use crate::groups::GroupKind;
    use crate::groups::store::open_group_to_change;

    let actor = crate::access::require(Permission::ManageGroups)?;
    let kind = GroupKind::of_key(&form.kind).unwrap_or(GroupKind::Group);
    let group = if form.group.is_empty() { None } else { Some(open_group_to_change(&actor, &form.group).await?) };
    super::store::who_could_lead(&actor, kind, group.as_ref()).await
}
