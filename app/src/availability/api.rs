//! Saying when one can be planned, and looking at what does not fit.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AvailabilityPage, ConflictRules, ConflictsPage};
use super::forms::{
    AvailabilityAddress, ConflictFilter, DateForm, HoursForm, KeepForm, LeaveForm, LimitsForm, LineForm, QualificationsForm, RulesForm,
    WeekForm,
};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(AvailabilityOf::PATH, Permission::SayAvailability),
    asks(AddWorkingHours::PATH, Permission::SayAvailability),
    asks(RemoveWorkingHours::PATH, Permission::SayAvailability),
    asks(SetWeek::PATH, Permission::SayAvailability),
    asks(SetDate::PATH, Permission::SayAvailability),
    asks(RemoveDate::PATH, Permission::SayAvailability),
    asks(AddLeave::PATH, Permission::SayAvailability),
    asks(RemoveLeave::PATH, Permission::SayAvailability),
    asks(SetLimits::PATH, Permission::SayAvailability),
    asks(SetQualifications::PATH, Permission::ManageGroups),
    asks(Conflicts::PATH, Permission::SeeConflicts),
    asks(KeepConflict::PATH, Permission::SeeConflicts),
    asks(ConflictRulesNow::PATH, Permission::ManageConflictRules),
    asks(ChangeConflictRules::PATH, Permission::ManageConflictRules),
];

/// What a supervisor has said, the next days as they are free, and what is planned and does not fit.
#[server(prefix = "/api", endpoint = "availability_of")]
pub async fn availability_of(#[server(default)] form: AvailabilityAddress) -> Result<AvailabilityPage, AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability_to_read(&actor, &form.person).await?;
    super::store::availability_page(&actor, &opened, &form.kind).await
}

/// The page on which somebody's availability stands.
#[cfg(feature = "ssr")]
fn page_of(opened: &super::store::OpenedAvailability) -> String {
    if opened.is_own() { crate::paths::AVAILABILITY.to_owned() } else { crate::paths::person_availability(&opened.name().code) }
}

/// Goes back to the page on which somebody's availability stands, and says how many sessions that are planned already do not fit it.
#[cfg(feature = "ssr")]
async fn show_saved(actor: &crate::access::Actor, opened: &super::store::OpenedAvailability, saved: &str) -> Result<(), AppError> {
    let planned = match super::store::unfit_sessions(actor, opened).await? {
        0 => String::new(),
        1 => " One session that is planned already does not fit. It is listed below.".to_owned(),
        several => format!(" {several} sessions that are planned already do not fit. They are listed below."),
    };
    crate::access::go_to(&page_of(opened), &format!("{saved}{planned}"));
    Ok(())
}

/// Adds working hours to one day of the week or to several alike.
#[server(prefix = "/api", endpoint = "add_working_hours")]
pub async fn add_working_hours(#[server(default)] form: HoursForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    let hours = form.check()?;
    super::store::add_hours(&actor, &opened, &hours).await?;
    show_saved(&actor, &opened, "The hours are saved.").await
}

/// Removes a line of the working hours.
#[server(prefix = "/api", endpoint = "remove_working_hours")]
pub async fn remove_working_hours(#[server(default)] form: LineForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    super::store::remove_hours(&actor, &opened, form.line()?).await?;
    show_saved(&actor, &opened, "The hours are removed.").await
}

/// Puts a painted week in place of the hours that are for every kind of supervision.
#[server(prefix = "/api", endpoint = "set_week")]
pub async fn set_week(#[server(default)] form: WeekForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    let week = form.check()?;
    super::store::set_week(&actor, &opened, &week).await?;
    show_saved(&actor, &opened, "The hours are saved.").await
}

/// Says what holds on one date.
#[server(prefix = "/api", endpoint = "set_date")]
pub async fn set_date(#[server(default)] form: DateForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    let date = form.check(::series::local(actor.now()).date())?;
    super::store::set_date(&actor, &opened, &date).await?;
    show_saved(&actor, &opened, "The date is saved.").await
}

/// Lets the usual hours hold on a date again.
#[server(prefix = "/api", endpoint = "remove_date")]
pub async fn remove_date(#[server(default)] form: DateForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    super::store::remove_date(&actor, &opened, form.date()?).await?;
    show_saved(&actor, &opened, "The usual hours hold on that date again.").await
}

/// Notes days away.
#[server(prefix = "/api", endpoint = "add_leave")]
pub async fn add_leave(#[server(default)] form: LeaveForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    let leave = form.check(::series::local(actor.now()).date())?;
    super::store::add_leave(&actor, &opened, &leave).await?;
    show_saved(&actor, &opened, "The days away are saved.").await
}

/// Removes days away.
#[server(prefix = "/api", endpoint = "remove_leave")]
pub async fn remove_leave(#[server(default)] form: LineForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    super::store::remove_leave(&actor, &opened, form.line()?).await?;
    show_saved(&actor, &opened, "The days away are removed.").await
}

/// Sets the limits.
#[server(prefix = "/api", endpoint = "set_limits")]
pub async fn set_limits(#[server(default)] form: LimitsForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::SayAvailability)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    let limits = form.check()?;
    super::store::set_limits(&actor, &opened, form.shown_version(), &limits).await?;
    go_to(&page_of(&opened), "The limits are saved.");
    Ok(())
}

/// Writes down what a supervisor is qualified to lead.
#[server(prefix = "/api", endpoint = "set_qualifications")]
pub async fn set_qualifications(#[server(default)] form: QualificationsForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let opened = super::store::open_availability(&actor, &form.person).await?;
    super::store::set_qualifications(&actor, &opened, &form.check()).await?;
    go_to(&page_of(&opened), "It is written down what they are qualified to lead.");
    Ok(())
}

/// What is planned and does not fit.
#[server(prefix = "/api", endpoint = "conflicts")]
pub async fn conflicts(#[server(default)] form: ConflictFilter) -> Result<ConflictsPage, AppError> {
    let actor = crate::access::require(Permission::SeeConflicts)?;
    super::store::conflicts_page(&actor, &form).await
}

/// Leaves a conflict as it is, with a reason.
#[server(prefix = "/api", endpoint = "keep_conflict")]
pub async fn keep_conflict(#[server(default)] form: KeepForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::SeeConflicts)?;
    let keep = form.check()?;
    super::store::keep_conflict(&actor, &keep).await?;
    go_to(crate::paths::CONFLICTS, "It is left as it is, and your reason is kept with it.");
    Ok(())
}

/// How each kind of conflict is treated.
#[server(prefix = "/api", endpoint = "conflict_rules")]
pub async fn conflict_rules_now() -> Result<ConflictRules, AppError> {
    let actor = crate::access::require(Permission::ManageConflictRules)?;
    super::store::rules(&actor).await
}

/// Treats kinds of conflict otherwise from now on.
#[server(prefix = "/api", endpoint = "change_conflict_rules")]
pub async fn change_conflict_rules(#[server(default)] form: RulesForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageConflictRules)?;
    let changes = form.check()?;
    super::store::change_rules(&actor, &changes).await?;
    go_to(crate::paths::CONFLICT_RULES, "The rules are saved. They hold for what is planned already too.");
    Ok(())
}
