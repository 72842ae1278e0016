//! Series, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{DraftsPage, GroupToPlan, PlanPage, SeriesPage};
use super::forms::{DraftsForm, SeriesAddress, SeriesForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(SeriesAt::PATH, Permission::SeeOwnGroups),
    asks(GroupsToPlan::PATH, Permission::PlanSessions),
    asks(SeriesToPlan::PATH, Permission::PlanSessions),
    asks(SaveSeries::PATH, Permission::PlanSessions),
    asks(PublishSeries::PATH, Permission::PlanSessions),
    asks(DeleteDraft::PATH, Permission::PlanSessions),
    asks(DraftsToPublish::PATH, Permission::PlanSessions),
    asks(PublishDrafts::PATH, Permission::PlanSessions),
];

/// A series with its dates.
#[server(prefix = "/api", endpoint = "series_at")]
pub async fn series_at(form: SeriesAddress) -> Result<SeriesPage, AppError> {
    let actor = crate::access::require(Permission::SeeOwnGroups)?;
    let series = super::store::open_series(&actor, &form).await?;
    super::store::series_page(&actor, &series).await
}

/// The groups for which somebody may plan a session.
#[server(prefix = "/api", endpoint = "groups_to_plan")]
pub async fn groups_to_plan() -> Result<Vec<GroupToPlan>, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    super::store::groups_to_plan(&actor).await
}

/// The form of a series, new or a draft, with every date that its answers give.
#[server(prefix = "/api", endpoint = "series_to_plan")]
pub async fn series_to_plan(form: SeriesForm) -> Result<PlanPage, AppError> {
    use super::store::{open_series_to_plan, page_of_draft, page_of_new};

    let actor = crate::access::require(Permission::PlanSessions)?;
    match form.draft() {
        None => {
            let group = crate::groups::store::open_group_to_plan(&actor, &form.slug).await?;
            page_of_new(&actor, &group, form).await
        }
        Some(address) => {
            let series = open_series_to_plan(&actor, &address).await?;
            page_of_draft(&actor, &series, form).await
        }
    }
}

/// Saves a draft, and publishes it where that was asked for.
#[server(prefix = "/api", endpoint = "save_series")]
pub async fn save_series(form: SeriesForm) -> Result<(), AppError> {
    use super::store::{Then, save_series};
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let then = if form.then == super::forms::PUBLISH { Then::Publish } else { Then::KeepAsDraft };
    let number = save_series(&actor, &form, then).await?;
    let notice = match then {
        Then::Publish => "The series is published. The members and the supervisor have been told.",
        Then::KeepAsDraft => "The series is saved as a draft. Nobody has been told of it.",
    };
    go_to(&crate::paths::series(&form.slug, number), notice);
    Ok(())
}

/// Publishes a draft as it is.
#[server(prefix = "/api", endpoint = "publish_series")]
pub async fn publish_series(form: SeriesAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let series = super::store::open_series_to_plan(&actor, &form).await?;
    super::store::publish_series(&actor, &series, &form).await?;
    go_to(&crate::paths::series(&form.slug, series.number()), "The series is published. The members and the supervisor have been told.");
    Ok(())
}

/// Deletes a draft.
#[server(prefix = "/api", endpoint = "delete_draft")]
pub async fn delete_draft(form: SeriesAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let series = super::store::open_series_to_plan(&actor, &form).await?;
    super::store::delete_draft(&actor, &series, form.shown_version()).await?;
    go_to(&crate::paths::group(&form.slug), "The draft is deleted. Nobody had been told of it.");
    Ok(())
}

/// Every draft that one plans, with what publishing the chosen ones would do.
#[server(prefix = "/api", endpoint = "drafts_to_publish")]
pub async fn drafts_to_publish(#[server(default)] form: DraftsForm) -> Result<DraftsPage, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    super::store::drafts_page(&actor, &form).await
}

/// Publishes several drafts together, or none of them.
#[server(prefix = "/api", endpoint = "publish_drafts")]
pub async fn publish_drafts(#[server(default)] form: DraftsForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let notice = match super::store::publish_drafts(&actor, &form).await? {
        1 => "The series is published. The members and the supervisor have been told.".to_owned(),
        several => format!("{several} series are published. Everybody in them has been told, by one message each."),
    };
    go_to(crate::paths::DRAFTS, &notice);
    Ok(())
}
