//! A board as the engine in a browser is given it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::by_now::known_by_now;
use super::moves::changes_of;
use super::page::seen_in;
use super::settled::proposed_round;
use crate::access::Actor;
use crate::database::unavailable;
use crate::error::AppError;
use crate::matching::needs::Mode;
use crate::matching::words::Seen;
use crate::registration::intervention_name;

/// A board with the names by which its people are told of.
#[derive(Debug, Serialize)]
struct BoardInHand {
    /// How many changes it has had.
    seen: i64,
    /// What was asked, with who may not meet and who is not available by now, in the format `supervision-matching/1`.
    round: String,
    /// The groups as they are now, in the format `supervision-matching-proposal/1`.
    groups: String,
    /// What the round's file calls somebody or something, and what people do, in turns; and of whoever does not meet in a way since it lacks what they need,
    /// the two names with why.
    names: Vec<String>,
}

/// The board of a round as it is now, as JSON; `NotFound` while there is none.
pub async fn board_in_hand(actor: &Actor, number: i64) -> Result<String, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let round = proposed_round(moment, number).await?;
    let board = round.board(changes_of(moment, round.id).await?)?;
    let seen = seen_in(moment, round.id).await?;
    let why_not = |id: &String, seen: &Seen| {
        let of_mode = |mode: Mode| Some([format!("{id} {}", mode.key()), seen.why_not_by_mode(mode.key())?]);
        Mode::ALL.into_iter().filter_map(of_mode).collect::<Vec<_>>()
    };
    let not_in: Vec<[String; 2]> = seen.iter().flat_map(|(id, seen)| why_not(id, seen)).collect();
    let people = seen.into_iter().map(|(id, seen)| [id, seen.looked_at.person.short]);
    let work: BTreeSet<&str> = round.instance.practitioners.iter().map(|one| one.intervention.as_str()).collect();
    let work = work.into_iter().map(|key| [key.to_owned(), intervention_name(key).to_owned()]);
    let names = people.chain(work).chain(not_in).flatten().collect();
    let unwritten = |_| unavailable("a board cannot be written");
    let by_now = known_by_now(moment, (round.id, &round.instance)).await?;
    let round = by_now.for_board(&board.proposal).write().map_err(unwritten)?;
    let in_hand = BoardInHand { seen: board.position(), round, groups: board.proposal.write(), names };
    serde_json::to_string(&in_hand).map_err(unwritten)
}
