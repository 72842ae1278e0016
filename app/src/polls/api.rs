//! Polls, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{PollLine, PollPage, PollToAnswer, PollToMake};
use super::forms::{AnswersForm, NewPollAddress, PollAddress, PollForm, RevokeForm, TakeTimeForm};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(PollsList::PATH, Permission::PlanSessions),
    asks(PollOf::PATH, Permission::PlanSessions),
    asks(PollToMakeFor::PATH, Permission::PlanSessions),
    asks(MakePoll::PATH, Permission::PlanSessions),
    asks(ClosePoll::PATH, Permission::PlanSessions),
    asks(NudgePoll::PATH, Permission::PlanSessions),
    asks(RevokeLinks::PATH, Permission::PlanSessions),
    asks(TakeTime::PATH, Permission::PlanSessions),
    asks_nothing(PollByLink::PATH),
    asks_nothing(AnswerPoll::PATH),
];

/// The polls that one has made, or of groups that one leads; every poll for whoever manages groups.
#[server(prefix = "/api", endpoint = "polls_list")]
pub async fn polls_list() -> Result<Vec<PollLine>, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    super::store::polls_list(&actor).await
}

/// A poll with how it is answered.
#[server(prefix = "/api", endpoint = "poll_of")]
pub async fn poll_of(form: PollAddress) -> Result<PollPage, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let poll = super::store::open_poll(&actor, &form.code).await?;
    super::store::poll_page(&actor, &poll).await
}

/// What the form of a new poll begins with.
#[server(prefix = "/api", endpoint = "poll_to_make_for")]
pub async fn poll_to_make_for(form: NewPollAddress) -> Result<PollToMake, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let asked = super::store::open_whom_to_ask(&actor, &form.slug).await?;
    super::store::poll_to_make(&actor, &asked).await
}

/// Makes a poll, and sends a link to everybody who is asked.
#[server(prefix = "/api", endpoint = "make_poll")]
pub async fn make_poll(form: PollForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let asked = super::store::open_whom_to_ask(&actor, &form.slug).await?;
    let poll = form.check(::series::local(actor.now()).date())?;
    let code = super::store::make_poll(&actor, &asked, &poll).await?;
    go_to(&crate::paths::poll(&code), "The times are offered. Everybody who is asked gets an email with a link of their own.");
    Ok(())
}

/// Closes a poll before its time.
#[server(prefix = "/api", endpoint = "close_poll")]
pub async fn close_poll(form: PollAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let poll = super::store::open_poll(&actor, &form.code).await?;
    super::store::close_poll(&actor, &poll).await?;
    go_to(&crate::paths::poll(poll.code()), "The poll is closed. Nobody can change their answers any more.");
    Ok(())
}

/// Asks those once more who have not answered.
#[server(prefix = "/api", endpoint = "nudge_poll")]
pub async fn nudge_poll(form: PollAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let poll = super::store::open_poll(&actor, &form.code).await?;
    super::store::nudge(&actor, &poll).await?;
    go_to(&crate::paths::poll(poll.code()), "Those who have not answered have been asked once more.");
    Ok(())
}

/// Takes back the links of somebody, whose answers count no more.
#[server(prefix = "/api", endpoint = "revoke_links")]
pub async fn revoke_links(form: RevokeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let poll = super::store::open_poll(&actor, &form.code).await?;
    super::store::revoke_links(&actor, &poll, &form.person).await?;
    go_to(&crate::paths::poll(poll.code()), "Their link works no more, and their answers are not counted.");
    Ok(())
}

/// Makes one of the times the series, as a draft, which closes the poll.
#[server(prefix = "/api", endpoint = "take_time")]
pub async fn take_time(form: TakeTimeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let poll = super::store::open_poll(&actor, &form.code).await?;
    let drafted = super::store::take_time(&actor, &poll, &form).await?;
    go_to(
        &crate::paths::series(&drafted.slug, drafted.number),
        "The poll is closed, and the series is a draft. Nobody is told of it until you publish it.",
    );
    Ok(())
}

/// A poll by the link in a message; nothing where the link is wrong or was taken back, which look the same.
#[server(prefix = "/api", endpoint = "poll_by_link")]
pub async fn poll_by_link(form: PollAddress) -> Result<Option<PollToAnswer>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::poll_by_link(&anyone, &form.code).await
}

/// Keeps somebody's answers.
#[server(prefix = "/api", endpoint = "answer_poll")]
pub async fn answer_poll(form: AnswersForm) -> Result<(), AppError> {
    use crate::access::{anyone, go_to};

    let anyone = anyone()?;
    super::store::answer_poll(&anyone, &form).await?;
    go_to(&crate::paths::answer_poll(&form.code), "Thank you. Your answers are kept. Until the poll closes you can change them here.");
    Ok(())
}
