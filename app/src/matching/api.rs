//! Matching rounds, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{RoundLine, RoundOf, RoundRules, RoundToStart};
use super::beside::BesideForm;
use super::forms::{BoardAddress, BoardForm, RoundAddress, RoundForm, ShownForm};
use super::runs::{AgainForm, ForgetForm, RoundAgain, SupposeForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(RoundsList::PATH, Permission::ManageMatching),
    asks(RoundToStartFor::PATH, Permission::ManageMatching),
    asks(StartRound::PATH, Permission::ManageMatching),
    asks(RoundByNumber::PATH, Permission::ManageMatching),
    asks(RulesOfRound::PATH, Permission::ManageMatching),
    asks(StopRound::PATH, Permission::ManageMatching),
    asks(MovePerson::PATH, Permission::ManageMatching),
    asks(PinPerson::PATH, Permission::ManageMatching),
    asks(UnpinPerson::PATH, Permission::ManageMatching),
    asks(TakeBackMove::PATH, Permission::ManageMatching),
    asks(ChooseBeside::PATH, Permission::ManageMatching),
    asks(SupposeOfRound::PATH, Permission::ManageMatching),
    asks(ForgetWhatIf::PATH, Permission::ManageMatching),
    asks(RoundToRunAgain::PATH, Permission::ManageMatching),
    asks(RunRoundAgain::PATH, Permission::ManageMatching),
];

/// Every round.
#[server(prefix = "/api", endpoint = "rounds_list")]
pub async fn rounds_list() -> Result<Vec<RoundLine>, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::rounds_list(&actor).await
}

/// Who would take part in a round, and what is in the way of the others.
#[server(prefix = "/api", endpoint = "round_to_start")]
pub async fn round_to_start_for(#[server(default)] form: RoundForm) -> Result<RoundToStart, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::round_to_start(&actor, form.with_dates(::series::local(actor.now()).date())).await
}

/// Starts a round: what it is asked is frozen, and the engine takes it up.
#[server(prefix = "/api", endpoint = "start_round")]
pub async fn start_round(#[server(default)] form: RoundForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = super::store::start_round(&actor, &form).await?;
    go_to(&crate::paths::round(number), "The round is started. Nobody is told anything of it.");
    Ok(())
}

/// A round with its board.
#[server(prefix = "/api", endpoint = "round_by_number")]
pub async fn round_by_number(#[server(default)] form: BoardAddress) -> Result<RoundOf, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::open_round(&actor, &form, crate::news::is_asked_again()).await
}

/// The rules and weights of a round.
#[server(prefix = "/api", endpoint = "rules_of_round")]
pub async fn rules_of_round(#[server(default)] form: RoundAddress) -> Result<RoundRules, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::rules_of(&actor, form.number()?).await
}

/// Asks the engine to stop and keep what it has.
#[server(prefix = "/api", endpoint = "stop_round")]
pub async fn stop_round(#[server(default)] form: RoundAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = form.number()?;
    super::store::stop_round(&actor, number).await?;
    go_to(&crate::paths::round(number), "The engine stops in a moment, and keeps the best groups that it has.");
    Ok(())
}

/// Moves somebody on a board.
#[server(prefix = "/api", endpoint = "move_person")]
pub async fn move_person(#[server(default)] form: BoardForm) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ManageMatching)?;
    let shown = super::store::move_person(&actor, &form).await?;
    let undo = Undo { action: TakeBackMove::PATH.to_owned(), of: shown.change() };
    go_to_with_undo(&crate::paths::person_on_board(shown.number, &form.person), "Moved. Nobody is told anything of it.", &undo);
    Ok(())
}

/// Says that somebody stays in their group when the round is run again.
#[server(prefix = "/api", endpoint = "pin_person")]
pub async fn pin_person(#[server(default)] form: BoardForm) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ManageMatching)?;
    let shown = super::store::pin_person(&actor, &form).await?;
    let undo = Undo { action: TakeBackMove::PATH.to_owned(), of: shown.change() };
    go_to_with_undo(&crate::paths::person_on_board(shown.number, &form.person), "Pinned: they stay there when it is run again.", &undo);
    Ok(())
}

/// Takes a pin away.
#[server(prefix = "/api", endpoint = "unpin_person")]
pub async fn unpin_person(#[server(default)] form: BoardForm) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ManageMatching)?;
    let shown = super::store::unpin_person(&actor, &form).await?;
    let undo = Undo { action: TakeBackMove::PATH.to_owned(), of: shown.change() };
    go_to_with_undo(&crate::paths::person_on_board(shown.number, &form.person), "The pin is taken away.", &undo);
    Ok(())
}

/// Gives a place beside the supervisor of a group to somebody, or to nobody.
#[server(prefix = "/api", endpoint = "choose_beside")]
pub async fn choose_beside(#[server(default)] form: BesideForm) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ManageMatching)?;
    let shown = super::store::choose_beside(&actor, &form).await?;
    let undo = Undo { action: TakeBackMove::PATH.to_owned(), of: shown.change() };
    let group = form.place()?.saturating_add(1);
    go_to_with_undo(&crate::paths::group_on_board(shown.number, group), "It is changed. Nobody is told anything of it.", &undo);
    Ok(())
}

/// Takes back the last change of a board that stands.
#[server(prefix = "/api", endpoint = "take_back_move")]
pub async fn take_back_move(#[server(default)] form: ShownForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let shown = super::store::take_back(&actor, form.shown()?).await?;
    go_to(&crate::paths::round(shown.number), "The last change is taken back.");
    Ok(())
}

/// Supposes something of a round, and asks the engine what it would give.
#[server(prefix = "/api", endpoint = "suppose_of_round")]
pub async fn suppose_of_round(#[server(default)] form: SupposeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let (number, supposed) = form.check()?;
    super::store::suppose(&actor, number, supposed).await?;
    go_to(&crate::paths::round(number), "The engine takes it up in a few seconds. It is under What if, below the board.");
    Ok(())
}

/// Deletes what was supposed.
#[server(prefix = "/api", endpoint = "forget_what_if")]
pub async fn forget_what_if(#[server(default)] form: ForgetForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = super::store::forget_what_if(&actor, form.what_if.parse().map_err(|_| AppError::NotFound)?).await?;
    go_to(&crate::paths::round(number), "It is deleted.");
    Ok(())
}

/// What running a round again would do, before it is done.
#[server(prefix = "/api", endpoint = "round_to_run_again")]
pub async fn round_to_run_again(#[server(default)] form: RoundAddress) -> Result<RoundAgain, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::round_to_run_again(&actor, form.number()?).await
}

/// Starts a round from a board, and keeps in their places whoever shall stay.
#[server(prefix = "/api", endpoint = "run_round_again")]
pub async fn run_round_again(#[server(default)] form: AgainForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = super::store::run_again(&actor, &form.check()?).await?;
    go_to(&crate::paths::round(number), "It is run again from the board. Nobody is told anything of it.");
    Ok(())
}
