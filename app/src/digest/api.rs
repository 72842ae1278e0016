//! Digests and reminders, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{DigestForm, Notifications, StopForm, ToStop};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyNotifications::PATH, Permission::UseOwnAccount),
    asks(ChooseDigests::PATH, Permission::UseCommunity),
    asks_nothing(DigestToStop::PATH),
    asks_nothing(StopDigest::PATH),
];

/// Of what one is written, and when.
#[server(prefix = "/api", endpoint = "my_notifications")]
pub async fn my_notifications() -> Result<Notifications, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    let reminders = crate::reminders::store::reminders_of(&actor).await?;
    Ok(Notifications { reminders, digests: super::store::digests_of(&actor).await? })
}

/// Chooses of which spaces one is sent a digest.
#[server(prefix = "/api", endpoint = "choose_digests")]
pub async fn choose_digests(form: DigestForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let chosen = form.check()?;
    super::store::choose(&actor, &chosen).await?;
    go_to(crate::paths::NOTIFICATIONS, "Your choice is kept.");
    Ok(())
}

/// What a link in a digest would stop.
#[server(prefix = "/api", endpoint = "digest_to_stop")]
pub async fn digest_to_stop(form: StopForm) -> Result<ToStop, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::to_stop(&anyone, &form.token).await
}

/// Stops every digest of whoever holds the link. A link that is too old is answered on its page.
#[server(prefix = "/api", endpoint = "stop_digest")]
pub async fn stop_digest(form: StopForm) -> Result<(), AppError> {
    use crate::access::{answer_here, anyone};

    let anyone = anyone()?;
    super::store::stop(&anyone, &form.token).await?;
    answer_here("stopped");
    Ok(())
}
