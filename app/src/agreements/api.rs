//! Agreements, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AgreementView, ProposalDraft};
use super::forms::{AgreeForm, AgreementAddress, ProposalForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(AgreementOf::PATH, Permission::SeeOwnGroups),
    asks(AgreementToPropose::PATH, Permission::PlanSessions),
    asks(ProposeAgreement::PATH, Permission::PlanSessions),
    asks(AgreeToAgreement::PATH, Permission::AgreeToAgreement),
];

/// The agreement of a group: the version asked for, or the one that matters to the reader now.
#[server(prefix = "/api", endpoint = "agreement_of")]
pub async fn agreement_of(form: AgreementAddress) -> Result<AgreementView, AppError> {
    let actor = crate::access::require(Permission::SeeOwnGroups)?;
    let group = crate::groups::store::open_group(&actor, &form.slug).await?;
    super::store::agreement_view(&actor, &group, &form.version).await
}

/// What the form begins with that proposes a text.
#[server(prefix = "/api", endpoint = "agreement_to_propose")]
pub async fn agreement_to_propose(form: AgreementAddress) -> Result<ProposalDraft, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let group = crate::groups::store::open_group_to_plan(&actor, &form.slug).await?;
    super::store::proposal_draft(&actor, &group).await
}

/// Proposes a text and asks everybody in the group to agree.
#[server(prefix = "/api", endpoint = "propose_agreement")]
pub async fn propose_agreement(form: ProposalForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let group = crate::groups::store::open_group_to_plan(&actor, &form.slug).await?;
    let start = super::store::proposal_draft(&actor, &group).await?;
    let proposal = form.check(&start.sections, ::series::local(actor.now()).date())?;
    let version = super::store::propose_agreement(&actor, &group, &proposal).await?;
    go_to(&crate::paths::agreement_version(group.slug(), version), "The text is proposed, and everybody in the group is asked to agree.");
    Ok(())
}

/// Agrees to the text that the person has read.
#[server(prefix = "/api", endpoint = "agree_to_agreement")]
pub async fn agree_to_agreement(form: AgreeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AgreeToAgreement)?;
    let group = crate::groups::store::open_group(&actor, &form.slug).await?;
    let version = form.check()?;
    let is_in_force = super::store::agree_to_agreement(&actor, &group, version).await?;
    let notice = if is_in_force {
        "Thank you. Everybody has agreed, so the agreement is in force."
    } else {
        "Thank you. Your agreement is recorded."
    };
    go_to(&crate::paths::agreement_version(group.slug(), version), notice);
    Ok(())
}
