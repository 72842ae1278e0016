//! Having one's busy times read from another calendar.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::forms::AddressForm;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(AddCalendar::PATH, Permission::ShareBusyTimes),
    asks(ReadCalendarAgain::PATH, Permission::ShareBusyTimes),
    asks(ForgetCalendar::PATH, Permission::ShareBusyTimes),
];

/// Has another calendar read from now on, in the place of one before it.
#[server(prefix = "/api", endpoint = "add_calendar")]
pub async fn add_calendar(#[server(default)] form: AddressForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ShareBusyTimes)?;
    super::store::add_calendar(&actor, &form.check()?).await?;
    go_to(crate::paths::AVAILABILITY, "The address is kept. Your busy times will be read within a minute or two.");
    Ok(())
}

/// Has it read without waiting for the next time.
#[server(prefix = "/api", endpoint = "read_calendar_again")]
pub async fn read_calendar_again() -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ShareBusyTimes)?;
    super::store::read_calendar_again(&actor).await?;
    go_to(crate::paths::AVAILABILITY, "Your other calendar will be read within a minute or two.");
    Ok(())
}

/// Has nothing read any more, and forgets what was.
#[server(prefix = "/api", endpoint = "forget_calendar")]
pub async fn forget_calendar() -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ShareBusyTimes)?;
    super::store::forget_calendar(&actor).await?;
    go_to(crate::paths::AVAILABILITY, "The address is forgotten, and so are the busy times that came from it.");
    Ok(())
}
