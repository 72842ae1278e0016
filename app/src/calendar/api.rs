//! The calendar as JSON, and what the pages show.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::days::DayForm;
use super::model::Calendar;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(WeekFor::PATH, Permission::SeeOwnSessions), asks(AgendaFrom::PATH, Permission::SeeOwnSessions)];

/// One's own sessions in the week that a day is in.
#[server(prefix = "/api", endpoint = "week_for")]
pub async fn week_for(form: DayForm) -> Result<Calendar, AppError> {
    use super::days::Days;
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let day = form.check()?;
    store::calendar_for(&actor, Days::week_of(day)).await
}

/// One's own sessions in the thirty days from a day on.
#[server(prefix = "/api", endpoint = "agenda_from")]
pub async fn agenda_from(form: DayForm) -> Result<Calendar, AppError> {
    use super::days::Days;
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let day = form.check()?;
    store::calendar_for(&actor, Days::agenda_from(day)).await
}
