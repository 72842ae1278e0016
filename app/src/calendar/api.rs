//! The calendar as JSON, and what the pages show.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::Calendar;
use super::views::CalendarForm;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks(CalendarFor::PATH, Permission::SeeOwnSessions)];

/// One's own sessions, or those of one's groups, on the days of a page of the calendar and on no other.
#[server(prefix = "/api", endpoint = "calendar_for")]
pub async fn calendar_for(form: CalendarForm) -> Result<Calendar, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let (days, whose) = form.check()?;
    store::calendar_for(&actor, days, whose).await
}
