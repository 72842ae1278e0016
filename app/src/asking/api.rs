//! Asking, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{GroupToMake, OwnAsked, RoundAnswers, RoundToAsk};
use super::forms::{AskForm, AskedAddress, MakeForm, NextForm, ReplyForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::matching::RoundAddress;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(RoundToAskOf::PATH, Permission::ManageMatching),
    asks(AskGroups::PATH, Permission::ManageMatching),
    asks(AnswersOfRound::PATH, Permission::ManageMatching),
    asks(AskNext::PATH, Permission::ManageMatching),
    asks(TakeAskingBack::PATH, Permission::ManageMatching),
    asks(GroupToMakeOf::PATH, Permission::ManageMatching),
    asks(MakeAskedGroup::PATH, Permission::ManageMatching),
    asks(OwnAskedOf::PATH, Permission::AnswerWhenAsked),
    asks(AnswerAsked::PATH, Permission::AnswerWhenAsked),
];

/// The groups of a round before anybody is asked.
#[server(prefix = "/api", endpoint = "round_to_ask")]
pub async fn round_to_ask_of(#[server(default)] form: RoundAddress) -> Result<RoundToAsk, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::round_to_ask(&actor, form.number()?).await
}

/// Asks everybody of the groups that were chosen.
#[server(prefix = "/api", endpoint = "ask_groups")]
pub async fn ask_groups(#[server(default)] form: AskForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let (number, groups) = form.check()?;
    let people = super::store::ask_groups(&actor, number, groups).await?;
    go_to(&crate::paths::round_answers(number), &format!("{people} people are asked, by one letter each. Their answers appear here."));
    Ok(())
}

/// What the people of a round's groups have answered.
#[server(prefix = "/api", endpoint = "answers_of_round")]
pub async fn answers_of_round(#[server(default)] form: RoundAddress) -> Result<RoundAnswers, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::answers_of_round(&actor, form.number()?).await
}

/// Asks somebody for a place that is open.
#[server(prefix = "/api", endpoint = "ask_next")]
pub async fn ask_next(#[server(default)] form: NextForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = form.number()?;
    super::store::ask_next(&actor, number, &form.code, &form.person).await?;
    go_to(&crate::paths::round_answers(number), "They are asked, by a letter.");
    Ok(())
}

/// Takes a question back.
#[server(prefix = "/api", endpoint = "take_asking_back")]
pub async fn take_asking_back(#[server(default)] form: AskedAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = form.number()?;
    super::store::take_back(&actor, number, &form.code).await?;
    go_to(&crate::paths::round_answers(number), "It is taken back, and everybody who had not declined is told.");
    Ok(())
}

/// What making a group would do.
#[server(prefix = "/api", endpoint = "asked_group_to_make")]
pub async fn group_to_make_of(#[server(default)] form: AskedAddress) -> Result<GroupToMake, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::group_to_make(&actor, form.number()?, &form.code).await
}

/// Makes a group of those who accept.
#[server(prefix = "/api", endpoint = "make_asked_group")]
pub async fn make_asked_group(#[server(default)] form: MakeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let slug = super::store::make_asked_group(&actor, form.number()?, &form).await?;
    go_to(
        &crate::paths::group(&slug),
        "The group is made, and everybody in it has been told. Its sessions are published as soon as all have agreed to the agreement.",
    );
    Ok(())
}

/// A group that one is asked about.
#[server(prefix = "/api", endpoint = "own_asked")]
pub async fn own_asked_of(#[server(default)] form: AskedAddress) -> Result<OwnAsked, AppError> {
    let actor = crate::access::require(Permission::AnswerWhenAsked)?;
    super::store::own_asked(&actor, &form.code).await
}

/// Accepts or declines a group that one is asked about.
#[server(prefix = "/api", endpoint = "answer_asked")]
pub async fn answer_asked(#[server(default)] form: ReplyForm) -> Result<(), AppError> {
    use super::Reply;
    use crate::access::{go_to, require};

    let actor = require(Permission::AnswerWhenAsked)?;
    let reply = form.check()?;
    super::store::reply(&actor, &form.code, reply).await?;
    let notice = match reply {
        Reply::Accepted => "Thank you. You are told as soon as the group begins.",
        Reply::Declined => "Thank you. You do not need to say why. If you are waiting for a place, you stay on the list.",
    };
    go_to(&crate::paths::asked(&form.code), notice);
    Ok(())
}
