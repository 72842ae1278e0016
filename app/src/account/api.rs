//! One's own account.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::held::Held;
use super::model::{Account, AppearanceForm};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyAccount::PATH, Permission::UseOwnAccount),
    asks(MyData::PATH, Permission::UseOwnAccount),
    asks_nothing(ChooseAppearance::PATH),
];

/// What the Centre knows of oneself.
#[server(prefix = "/api", endpoint = "my_account")]
pub async fn my_account() -> Result<Account, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::account_of(&actor).await
}

/// How much is held about oneself, part by part.
#[server(prefix = "/api", endpoint = "my_data")]
pub async fn my_data() -> Result<Held, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::held_store::held_about(&actor).await
}

/// Chooses how pages look on this device, whoever uses it.
#[server(prefix = "/api", endpoint = "choose_appearance")]
pub async fn choose_appearance(form: AppearanceForm) -> Result<(), AppError> {
    use crate::access::{anyone, go_to, remember};
    use crate::paths;

    let anyone = anyone()?;
    let appearance = form.check()?;
    remember(anyone.origin(), "theme", appearance.theme);
    remember(anyone.origin(), "calendar", appearance.calendar);
    remember(anyone.origin(), "keys", appearance.keys);
    go_to(paths::APPEARANCE, "This device keeps your choice.");
    Ok(())
}
