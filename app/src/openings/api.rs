//! Openings, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Opened, Opening, OpeningLine, ToAsk};
use super::forms::{AnswerForm, AskForm, OpeningAddress};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(OpeningsList::PATH, Permission::OpenTogether),
    asks(OpeningToAsk::PATH, Permission::OpenTogether),
    asks(AskToOpen::PATH, Permission::OpenTogether),
    asks(OpeningOf::PATH, Permission::OpenTogether),
    asks(AnswerOpening::PATH, Permission::OpenTogether),
    asks(TakeBackOpening::PATH, Permission::OpenTogether),
    asks(ReadOpened::PATH, Permission::OpenTogether),
    asks(TellOfOpening::PATH, Permission::OpenTogether),
];

/// What one has asked for, answered or been asked.
#[server(prefix = "/api", endpoint = "openings_list")]
pub async fn openings_list() -> Result<Vec<OpeningLine>, AppError> {
    let actor = crate::access::require(Permission::OpenTogether)?;
    super::store::openings(&actor).await
}

/// What the form begins with by which one asks.
#[server(prefix = "/api", endpoint = "opening_to_ask")]
pub async fn opening_to_ask() -> Result<ToAsk, AppError> {
    let actor = crate::access::require(Permission::OpenTogether)?;
    super::store::to_ask(&actor).await
}

/// Asks to open something.
#[server(prefix = "/api", endpoint = "ask_to_open")]
pub async fn ask_to_open(#[server(default)] form: AskForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::OpenTogether)?;
    let code = super::store::ask(&actor, &form.check()?).await?;
    go_to(&crate::paths::opening(&code), "Whoever can agree to it is told. Nothing is open yet.");
    Ok(())
}

/// What was asked for, and what was answered.
#[server(prefix = "/api", endpoint = "opening_of")]
pub async fn opening_of(#[server(default)] form: OpeningAddress) -> Result<Opening, AppError> {
    let actor = crate::access::require(Permission::OpenTogether)?;
    super::store::opening(&actor, &form.code).await
}

/// Agrees to what somebody else asks for, or declines it.
#[server(prefix = "/api", endpoint = "answer_opening")]
pub async fn answer_opening(#[server(default)] form: AnswerForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::OpenTogether)?;
    let answer = form.check()?;
    let is_told = super::store::answer(&actor, &form.code, &answer).await?;
    let notice = match (answer.is_agreed, is_told) {
        (false, _) => "It stays closed, and whoever asked is told why.",
        (true, true) => "It is open for the two of you. Whoever it concerns is told.",
        (true, false) => "It is open for the two of you. Whoever it concerns is not told yet.",
    };
    go_to(&crate::paths::opening(&form.code), notice);
    Ok(())
}

/// Takes back what one has asked for and nobody has answered.
#[server(prefix = "/api", endpoint = "take_back_opening")]
pub async fn take_back_opening(#[server(default)] form: OpeningAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::OpenTogether)?;
    super::store::take_back(&actor, &form.code).await?;
    go_to(&crate::paths::opening(&form.code), "It is taken back. Nothing was opened, and whoever could have agreed sees that.");
    Ok(())
}

/// Reads what one has opened with somebody else, while it is open.
#[server(prefix = "/api", endpoint = "read_opened")]
pub async fn read_opened(#[server(default)] form: OpeningAddress) -> Result<Opened, AppError> {
    let actor = crate::access::require(Permission::OpenTogether)?;
    super::store::read(&actor, &form.code, &form.page).await
}

/// Has those told whom an opening concerns, now that it puts nobody at risk.
#[server(prefix = "/api", endpoint = "tell_of_opening")]
pub async fn tell_of_opening(#[server(default)] form: OpeningAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::OpenTogether)?;
    super::store::tell(&actor, &form.code).await?;
    go_to(&crate::paths::opening(&form.code), "Whoever it concerns is told now.");
    Ok(())
}

/// What is in a file of what one has opened with somebody else, while it is open, and of which kind it is.
#[cfg(feature = "ssr")]
pub async fn opened_file(
    visit: &crate::access::Visit,
    form: &super::forms::OpenedFileAddress,
) -> Result<(crate::spaces::FileKind, Vec<u8>), AppError> {
    let actor = crate::access::require_of(visit, Permission::OpenTogether)?;
    super::store::file(&actor, &form.opening, &form.code).await
}
