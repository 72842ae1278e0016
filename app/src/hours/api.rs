//! One's own hours, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Entry, EntryToLog, Hours};
use super::forms::{EntryAddress, EntryForm, HoursAddress, PeriodForm, RestoreForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyHours::PATH, Permission::KeepOwnHours),
    asks(ChoosePeriod::PATH, Permission::KeepOwnHours),
    asks(HoursToLog::PATH, Permission::KeepOwnHours),
    asks(LogHours::PATH, Permission::KeepOwnHours),
    asks(HoursToChange::PATH, Permission::KeepOwnHours),
    asks(ChangeHours::PATH, Permission::KeepOwnHours),
    asks(RemoveHours::PATH, Permission::KeepOwnHours),
    asks(RestoreHours::PATH, Permission::KeepOwnHours),
];

/// One's own hours in a stretch of time.
#[server(prefix = "/api", endpoint = "my_hours")]
pub async fn my_hours(form: HoursAddress) -> Result<Hours, AppError> {
    let actor = crate::access::require(Permission::KeepOwnHours)?;
    super::store::hours_of(&actor, super::model::Stretch::of_key(&form.period)).await
}

/// Keeps from when until when one's registration runs.
#[server(prefix = "/api", endpoint = "choose_period")]
pub async fn choose_period(form: PeriodForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepOwnHours)?;
    super::store::choose_period(&actor, form.check()?).await?;
    go_to(crate::paths::HOURS, "Your registration period is kept.");
    Ok(())
}

/// What the form of hours had elsewhere begins with.
#[server(prefix = "/api", endpoint = "hours_to_log")]
pub async fn hours_to_log() -> Result<EntryToLog, AppError> {
    let actor = crate::access::require(Permission::KeepOwnHours)?;
    super::store::entry_to_log(&actor).await
}

/// Logs hours had elsewhere.
#[server(prefix = "/api", endpoint = "log_hours")]
pub async fn log_hours(form: EntryForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepOwnHours)?;
    let entry = form.check(::series::local(actor.now()).date())?;
    super::store::log_hours(&actor, &entry).await?;
    go_to(crate::paths::HOURS, "The hours are logged, as self-reported.");
    Ok(())
}

/// An entry of one's own, for the form that changes it.
#[server(prefix = "/api", endpoint = "hours_to_change")]
pub async fn hours_to_change(form: EntryAddress) -> Result<Entry, AppError> {
    let actor = crate::access::require(Permission::KeepOwnHours)?;
    super::store::entry_of(&actor, &form.code).await
}

/// Changes an entry of one's own.
#[server(prefix = "/api", endpoint = "change_hours")]
pub async fn change_hours(form: EntryForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepOwnHours)?;
    let shown = super::store::entry_of(&actor, &form.code).await?;
    let entry = form.check(::series::local(actor.now()).date())?;
    super::store::change_hours(&actor, (&shown.code, form.shown_version()?), &entry).await?;
    go_to(crate::paths::HOURS, "The hours are changed.");
    Ok(())
}

/// Removes an entry of one's own.
#[server(prefix = "/api", endpoint = "remove_hours")]
pub async fn remove_hours(form: EntryAddress) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::KeepOwnHours)?;
    super::store::remove_hours(&actor, &form.code).await?;
    let undo = Undo { action: RestoreHours::PATH.to_owned(), of: form.code };
    go_to_with_undo(crate::paths::HOURS, "The hours are removed. They can be put back for a day.", &undo);
    Ok(())
}

/// Puts back what one has removed.
#[server(prefix = "/api", endpoint = "restore_hours")]
pub async fn restore_hours(form: RestoreForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepOwnHours)?;
    super::store::restore_hours(&actor, &form.change).await?;
    go_to(crate::paths::HOURS, "The hours are back.");
    Ok(())
}
