//! Renewals, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::RenewalPage;
use super::forms::DecisionForm;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::groups::{GroupAddress, RunningOut};

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(GroupsThatRunOut::PATH, Permission::PlanSessions),
    asks(GroupsYouLeadThatRunOut::PATH, Permission::SeeOwnSessions),
    asks(RenewalOf::PATH, Permission::PlanSessions),
    asks(DecideRenewal::PATH, Permission::PlanSessions),
];

/// The groups that run out: those that one leads; every group for whoever manages groups.
#[server(prefix = "/api", endpoint = "groups_that_run_out")]
pub async fn groups_that_run_out() -> Result<Vec<RunningOut>, AppError> {
    use crate::groups::store::{Whose, groups_running_out};

    let actor = crate::access::require(Permission::PlanSessions)?;
    let whose = if actor.may(Permission::ManageGroups) { Whose::Every } else { Whose::Led };
    groups_running_out(&actor, &mut actor.database().snapshot().await?, whose).await
}

/// The groups that one leads and that run out, beside one's calendar; nobody else leads any.
#[server(prefix = "/api", endpoint = "groups_you_lead_that_run_out")]
pub async fn groups_you_lead_that_run_out() -> Result<Vec<RunningOut>, AppError> {
    use crate::groups::store::{Whose, groups_running_out};

    let actor = crate::access::require(Permission::SeeOwnSessions)?;
    if !actor.may(Permission::PlanSessions) {
        return Ok(Vec::new());
    }
    groups_running_out(&actor, &mut actor.database().snapshot().await?, Whose::Led).await
}

/// What can come after a group's last session.
#[server(prefix = "/api", endpoint = "renewal_of")]
pub async fn renewal_of(form: GroupAddress) -> Result<RenewalPage, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let group = crate::groups::store::open_group_to_plan(&actor, &form.slug).await?;
    super::store::renewal_page(&actor, &group).await
}

/// Writes down what was decided.
#[server(prefix = "/api", endpoint = "decide_renewal")]
pub async fn decide_renewal(form: DecisionForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let group = crate::groups::store::open_group_to_plan(&actor, &form.slug).await?;
    let decided = form.check(::series::local(actor.now()).date())?;
    super::store::decide(&actor, &group, form.shown_version(), decided).await?;
    go_to(&crate::paths::group(group.slug()), "The decision is written down. Nobody has been told of it by e-mail.");
    Ok(())
}
