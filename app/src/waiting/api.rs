//! The waiting list, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{MyWaiting, OwnEntry, WaitingList, WhoFits};
use super::forms::{OfferForm, PlaceAddress, ReturnForm, WaitingAddress, WaitingFilter, WaitingForm};
use super::where_to::WhereTo;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyWaitingOf::PATH, Permission::AskForSupervision),
    asks(WaitingToChange::PATH, Permission::AskForSupervision),
    asks(AskForSupervision::PATH, Permission::AskForSupervision),
    asks(ChangeWaiting::PATH, Permission::AskForSupervision),
    asks(LeaveWaiting::PATH, Permission::AskForSupervision),
    asks(ReturnToWaiting::PATH, Permission::AskForSupervision),
    asks(AcceptOffer::PATH, Permission::AskForSupervision),
    asks(DeclineOffer::PATH, Permission::AskForSupervision),
    asks(WaitingListFor::PATH, Permission::ManageWaiting),
    asks(WhoFitsIn::PATH, Permission::ManageWaiting),
    asks(WhereCouldTheyGo::PATH, Permission::ManageWaiting),
    asks(OfferPlace::PATH, Permission::ManageWaiting),
    asks(WithdrawOffer::PATH, Permission::ManageWaiting),
];

/// What one waits for, and the places that are held for one.
#[server(prefix = "/api", endpoint = "my_waiting")]
pub async fn my_waiting_of() -> Result<MyWaiting, AppError> {
    let actor = crate::access::require(Permission::AskForSupervision)?;
    super::store::my_waiting(&actor).await
}

/// What the form begins with that changes an entry.
#[server(prefix = "/api", endpoint = "waiting_to_change")]
pub async fn waiting_to_change(#[server(default)] form: WaitingAddress) -> Result<OwnEntry, AppError> {
    let actor = crate::access::require(Permission::AskForSupervision)?;
    super::store::own_entry(&actor, &form.code).await
}

/// Asks for supervision.
#[server(prefix = "/api", endpoint = "ask_for_supervision")]
pub async fn ask_for_supervision(#[server(default)] form: WaitingForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AskForSupervision)?;
    let asked = form.check(actor.roles())?;
    super::store::ask_for_supervision(&actor, &asked).await?;
    go_to(crate::paths::MY_WAITING, "You are on the list. You will be told as soon as a place is free that fits.");
    Ok(())
}

/// Changes what one asked for, in one's place.
#[server(prefix = "/api", endpoint = "change_waiting")]
pub async fn change_waiting(#[server(default)] form: WaitingForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AskForSupervision)?;
    let asked = form.check(actor.roles())?;
    super::store::change_waiting(&actor, &form.code, form.shown_version(), &asked).await?;
    go_to(crate::paths::MY_WAITING, "It is changed. The day on which you asked still counts.");
    Ok(())
}

/// Leaves a list.
#[server(prefix = "/api", endpoint = "leave_waiting")]
pub async fn leave_waiting(#[server(default)] form: WaitingAddress) -> Result<(), AppError> {
    use crate::access::{go_to_with_undo, require};

    let actor = require(Permission::AskForSupervision)?;
    let undo = super::store::leave_list(&actor, &form.code).await?;
    go_to_with_undo(crate::paths::MY_WAITING, "You have left the list. What you asked for is kept, should you ask again.", &undo);
    Ok(())
}

/// Comes back to a list that one has just left.
#[server(prefix = "/api", endpoint = "return_to_waiting")]
pub async fn return_to_waiting(#[server(default)] form: ReturnForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AskForSupervision)?;
    super::store::return_to_list(&actor, &form.change).await?;
    go_to(crate::paths::MY_WAITING, "You are on the list again, where you were.");
    Ok(())
}

/// Takes a place that is held for one.
#[server(prefix = "/api", endpoint = "accept_offer")]
pub async fn accept_offer(#[server(default)] form: WaitingAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AskForSupervision)?;
    let slug = super::store::accept_offer(&actor, &form.code).await?;
    go_to(
        &crate::paths::group(&slug),
        "The place is yours. Its agreement, if there is one, is on this page: please read it before your first session.",
    );
    Ok(())
}

/// Leaves a place that is held for one to somebody else.
#[server(prefix = "/api", endpoint = "decline_offer")]
pub async fn decline_offer(#[server(default)] form: WaitingAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::AskForSupervision)?;
    super::store::decline_offer(&actor, &form.code).await?;
    go_to(crate::paths::MY_WAITING, "Thank you. You do not need to say why. You stay on the list, where you are.");
    Ok(())
}

/// Everybody who waits.
#[server(prefix = "/api", endpoint = "waiting_list")]
pub async fn waiting_list_for(#[server(default)] form: WaitingFilter) -> Result<WaitingList, AppError> {
    let actor = crate::access::require(Permission::ManageWaiting)?;
    super::store::waiting_list(&actor, &form).await
}

/// Who waits and fits a group, and for whom a place in it is held.
#[server(prefix = "/api", endpoint = "who_fits")]
pub async fn who_fits_in(#[server(default)] form: PlaceAddress) -> Result<WhoFits, AppError> {
    let actor = crate::access::require(Permission::ManageWaiting)?;
    let group = crate::groups::store::open_group_to_change(&actor, &form.slug).await?;
    super::store::who_fits(&actor, &group).await
}

/// Where somebody who waits could go.
#[server(prefix = "/api", endpoint = "where_could_they_go")]
pub async fn where_could_they_go(#[server(default)] form: WaitingAddress) -> Result<WhereTo, AppError> {
    let actor = crate::access::require(Permission::ManageWaiting)?;
    super::store::where_to(&actor, &form.code).await
}

/// Holds a place for somebody who waits.
#[server(prefix = "/api", endpoint = "offer_place")]
pub async fn offer_place(#[server(default)] form: OfferForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageWaiting)?;
    let group = crate::groups::store::open_group_to_change(&actor, &form.slug).await?;
    super::store::offer_place(&actor, &group, &form.code).await?;
    go_to(&crate::paths::group_members(group.slug()), "The place is held for five working days, and they have been told.");
    Ok(())
}

/// Takes an offer back.
#[server(prefix = "/api", endpoint = "withdraw_offer")]
pub async fn withdraw_offer(#[server(default)] form: OfferForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageWaiting)?;
    super::store::withdraw_offer(&actor, &form.code).await?;
    let back = if form.slug.is_empty() { crate::paths::WAITING.to_owned() } else { crate::paths::group_members(&form.slug) };
    go_to(&back, "The offer is withdrawn, and they have been told. The place is free again.");
    Ok(())
}
