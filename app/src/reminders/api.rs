//! Reminders, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::RemindersForm;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(ChooseReminders::PATH, Permission::UseOwnAccount)];

/// Chooses when one is reminded.
#[server(prefix = "/api", endpoint = "choose_reminders")]
pub async fn choose_reminders(form: RemindersForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseOwnAccount)?;
    let chosen = form.check()?;
    super::store::choose(&actor, chosen).await?;
    go_to(crate::paths::NOTIFICATIONS, "Your choice is kept.");
    Ok(())
}
