//! Coming in, as server functions. All but the last steps are open to anyone: nobody is anybody yet.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{DemonstrationForm, DemonstrationPerson};
use crate::access::{Asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks_nothing(DemonstrationPeople::PATH), asks_nothing(EnterDemonstration::PATH)];

/// The invented people of a demonstration; outside of one, nobody.
#[server(prefix = "/api", endpoint = "demonstration_people")]
pub async fn demonstration_people() -> Result<Vec<DemonstrationPerson>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::demonstration_people(&anyone).await
}

/// Signs in as one of the invented people of a demonstration.
#[server(prefix = "/api", endpoint = "enter_demonstration")]
pub async fn enter_demonstration(form: DemonstrationForm) -> Result<(), AppError> {
    use crate::access::{Role, anyone, go_to, hand_over};
    use crate::sign_in::local_path;

    let anyone = anyone()?;
    let role = Role::of_key(&form.role).ok_or(AppError::NotFound)?;
    let sign_in = super::store::enter_demonstration(&anyone, role).await?;
    hand_over(anyone.origin(), &sign_in.token, sign_in.seconds);
    go_to(local_path(&form.next), "");
    Ok(())
}
