//! Themes, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Gathered, Improvements, OwnTheme, Themes};
use super::forms::{DecisionForm, GatherForm, ImprovementForm, ThemeAddress, ThemeForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyThemes::PATH, Permission::RaiseThemes),
    asks(RaiseTheme::PATH, Permission::RaiseThemes),
    asks(WithdrawTheme::PATH, Permission::RaiseThemes),
    asks(ThemesList::PATH, Permission::GatherThemes),
    asks(GatherThemes::PATH, Permission::GatherThemes),
    asks(GatheredThemeOf::PATH, Permission::GatherThemes),
    asks(TakeThemeOut::PATH, Permission::GatherThemes),
    asks(DecideTheme::PATH, Permission::GatherThemes),
    asks(AddImprovement::PATH, Permission::GatherThemes),
    asks(ImprovementsList::PATH, Permission::ReadImprovements),
];

/// The themes that one has raised, and what became of them.
#[server(prefix = "/api", endpoint = "my_themes")]
pub async fn my_themes() -> Result<Vec<OwnTheme>, AppError> {
    let actor = crate::access::require(Permission::RaiseThemes)?;
    super::store::themes_of(&actor).await
}

/// Raises a theme to the Centre.
#[server(prefix = "/api", endpoint = "raise_theme")]
pub async fn raise_theme(#[server(default)] form: ThemeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::RaiseThemes)?;
    super::store::raise(&actor, &form.check()?).await?;
    go_to(crate::paths::MY_THEMES, "Thank you. The Centre reads what you wrote, and neither who wrote it nor of which group.");
    Ok(())
}

/// Withdraws a theme of one's own that nobody has gathered yet.
#[server(prefix = "/api", endpoint = "withdraw_theme")]
pub async fn withdraw_theme(#[server(default)] form: ThemeAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::RaiseThemes)?;
    super::store::withdraw(&actor, &form.code).await?;
    go_to(crate::paths::MY_THEMES, "The theme is withdrawn and deleted.");
    Ok(())
}

/// What was raised, and what was gathered.
#[server(prefix = "/api", endpoint = "themes_list")]
pub async fn themes_list() -> Result<Themes, AppError> {
    let actor = crate::access::require(Permission::GatherThemes)?;
    super::store::themes_list(&actor).await
}

/// Gathers themes that belong together.
#[server(prefix = "/api", endpoint = "gather_themes")]
pub async fn gather_themes(#[server(default)] form: GatherForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::GatherThemes)?;
    let title = form.check()?;
    let code = super::store::gather(&actor, &form, title.as_deref()).await?;
    go_to(&crate::paths::gathered_theme(&code), "They are gathered, with everybody’s words kept.");
    Ok(())
}

/// Themes that belong together.
#[server(prefix = "/api", endpoint = "gathered_theme")]
pub async fn gathered_theme_of(#[server(default)] form: ThemeAddress) -> Result<Gathered, AppError> {
    let actor = crate::access::require(Permission::GatherThemes)?;
    super::store::gathered(&actor, &form.code).await
}

/// Takes a theme out of those that it was gathered with.
#[server(prefix = "/api", endpoint = "take_theme_out")]
pub async fn take_theme_out(#[server(default)] form: ThemeAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::GatherThemes)?;
    super::store::take_out(&actor, &form.code).await?;
    go_to(crate::paths::THEMES, "It is taken out, and can be gathered with others.");
    Ok(())
}

/// Says what became of a gathered theme, and tells those who raised it.
#[server(prefix = "/api", endpoint = "decide_theme")]
pub async fn decide_theme(#[server(default)] form: DecisionForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::GatherThemes)?;
    super::store::decide(&actor, &form.code, &form.check()?).await?;
    go_to(&crate::paths::gathered_theme(&form.code), "It is kept, and whoever raised it and wants to know is told.");
    Ok(())
}

/// Adds a line to the improvement log that comes of no theme.
#[server(prefix = "/api", endpoint = "add_improvement")]
pub async fn add_improvement(#[server(default)] form: ImprovementForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::GatherThemes)?;
    super::store::add_improvement(&actor, &form.check()?).await?;
    go_to(crate::paths::IMPROVEMENTS, "The line stands in the log, for everybody to read.");
    Ok(())
}

/// What the Centre heard and what it changed.
#[server(prefix = "/api", endpoint = "improvements_list")]
pub async fn improvements_list() -> Result<Improvements, AppError> {
    let actor = crate::access::require(Permission::ReadImprovements)?;
    super::store::improvements(&actor).await
}
