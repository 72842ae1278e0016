//! Changes of published series, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{BusyLine, CancelSeriesPage, ChangePage, WhatStays};
use super::forms::{BusyForm, CancelSeriesForm, ChangeForm, DetailsForm, TimesForm, UndoForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::groups::GroupForm;

/// What each function asks for.
pub const ASKS: &[Asks] = &[
    asks(SessionToChange::PATH, Permission::PlanSessions),
    asks(BusyTimes::PATH, Permission::PlanSessions),
    asks(BusyLeaders::PATH, Permission::ManageGroups),
    asks(ChangeTimes::PATH, Permission::PlanSessions),
    asks(PreviewDetails::PATH, Permission::PlanSessions),
    asks(ChangeDetails::PATH, Permission::PlanSessions),
    asks(SessionsToCancel::PATH, Permission::CancelSessions),
    asks(CancelSeries::PATH, Permission::CancelSessions),
    asks(UndoChange::PATH, Permission::PlanSessions),
    asks(WhatWouldStay::PATH, Permission::ManageGroups),
    asks(ChangeGroup::PATH, Permission::ManageGroups),
];

/// The forms that change a session, with what the answers would come to.
#[server(prefix = "/api", endpoint = "session_to_change")]
pub async fn session_to_change(form: ChangeForm) -> Result<ChangePage, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let session = super::store::open_to_change(&actor, &form.times.session).await?;
    super::store::change_page(&actor, &session, form).await
}

/// When a session cannot be held, for the page on which it is moved or planned by hand.
#[server(prefix = "/api", endpoint = "busy_times")]
pub async fn busy_times(form: BusyForm) -> Result<Vec<BusyLine>, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    if form.session.is_empty() {
        return super::store::own_busy_times(&actor, form.check()?).await;
    }
    let session = super::store::open_to_change(&actor, &form.session).await?;
    super::store::busy_times(&actor, &session, form.check()?).await
}

/// Where the browser asks that.
pub const BUSY_TIMES: &str = BusyTimes::PATH;

/// When each of those who can lead could not hold a session at the time of day that it has, for the board, on which it is moved by hand.
#[server(prefix = "/api", endpoint = "busy_leaders")]
pub async fn busy_leaders(form: BusyForm) -> Result<Vec<BusyLine>, AppError> {
    let actor = crate::access::require(Permission::ManageGroups)?;
    let session = super::store::open_to_change(&actor, &form.session).await?;
    super::store::busy_leaders(&actor, &session, form.check()?).await
}

/// Where the browser asks that.
pub const BUSY_LEADERS: &str = BusyLeaders::PATH;

/// Gives sessions another time, length or supervisor.
#[server(prefix = "/api", endpoint = "change_times")]
pub async fn change_times(form: TimesForm) -> Result<(), AppError> {
    use crate::access::{go_to_with_undo, require};
    use crate::sessions::Back;

    let actor = require(Permission::PlanSessions)?;
    let session = super::store::open_to_change(&actor, &form.session).await?;
    let times = form.check().map_err(AppError::Invalid)?;
    let change = super::store::change_times(&actor, &session, times, &form).await?;
    go_to_with_undo(&Back::after(&form.back, &form.session, times.starts.date()), &change.notice(), &change.undo());
    Ok(())
}

/// Shows what another place or title would come to, on the page on which it was typed.
#[server(prefix = "/api", endpoint = "preview_details")]
pub async fn preview_details(form: DetailsForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    super::store::open_to_change(&actor, &form.session).await?;
    form.check()?;
    crate::access::answer_here(&form.as_answer()?);
    Ok(())
}

/// Gives sessions another place or title.
#[server(prefix = "/api", endpoint = "change_details")]
pub async fn change_details(form: DetailsForm) -> Result<(), AppError> {
    use crate::access::{go_to_with_undo, require};
    use crate::sessions::Back;

    let actor = require(Permission::PlanSessions)?;
    let session = super::store::open_to_change(&actor, &form.session).await?;
    let scope = form.check()?;
    let change = super::store::change_details(&actor, &session, scope, &form).await?;
    let back = Back::after(&form.back, &form.session, session.opened().starts_local().date());
    go_to_with_undo(&back, &change.notice(), &change.undo());
    Ok(())
}

/// What cancelling a session, or several of its series, would come to.
#[server(prefix = "/api", endpoint = "sessions_to_cancel")]
pub async fn sessions_to_cancel(form: CancelSeriesForm) -> Result<CancelSeriesPage, AppError> {
    let actor = crate::access::require(Permission::CancelSessions)?;
    let session = super::store::open_to_cancel(&actor, &form.session, form.scope()).await?;
    super::store::cancel_page(&actor, &session, form.scope()).await
}

/// Cancels a session that has not begun, it and the following, or all that have not begun.
#[server(prefix = "/api", endpoint = "cancel_series")]
pub async fn cancel_series(form: CancelSeriesForm) -> Result<(), AppError> {
    use crate::access::{go_to_with_undo, require};

    let actor = require(Permission::CancelSessions)?;
    let session = super::store::open_to_cancel(&actor, &form.session, form.scope()).await?;
    let (scope, reason) = form.check()?;
    let change = super::store::cancel_series(&actor, &session, (scope, reason), &form.seen).await?;
    go_to_with_undo(&crate::paths::session(&form.session), &change.notice(), &change.undo());
    Ok(())
}

/// Takes a change back.
#[server(prefix = "/api", endpoint = "undo_change")]
pub async fn undo_change(form: UndoForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::sessions::Back;

    let actor = require(Permission::PlanSessions)?;
    let undone = super::store::undo_change(&actor, &form.change).await?;
    go_to(&Back::after(&form.back, &undone.session, undone.day), undone.notice());
    Ok(())
}

/// What would stay with whoever leads a group now, if whom the form names took it over.
#[server(prefix = "/api", endpoint = "what_would_stay")]
pub async fn what_would_stay(#[server(default)] form: GroupForm) -> Result<Option<WhatStays>, AppError> {
    let actor = crate::access::require(Permission::ManageGroups)?;
    let group = crate::groups::store::open_group_to_change(&actor, &form.slug).await?;
    super::store::what_stays(&actor, &group, &form).await
}

/// Changes a group's name, kind, supervisor, places or room. Another supervisor takes over its coming sessions, which have to fit them; those that do not
/// can stay with whoever led it, and then need cover.
#[server(prefix = "/api", endpoint = "change_group")]
pub async fn change_group(form: GroupForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let group = crate::groups::store::open_group(&actor, &form.slug).await?;
    match super::store::change_group(&actor, &group, &form).await? {
        None => go_to(&crate::paths::group(group.slug()), "The group is changed."),
        Some(stayed) => go_to(&crate::paths::cover_for(&stayed.with), &stayed.notice()),
    }
    Ok(())
}

/// Where a group is changed.
pub const CHANGE_GROUP: &str = ChangeGroup::PATH;
