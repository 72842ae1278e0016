//! The question and the answer of a round as files, byte for byte as the engine had and gave them; and its board for the engine in a browser.

use serde::Deserialize;

use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;

/// Whose files are asked for.
#[derive(Debug, Deserialize)]
pub struct RoundFileAddress {
    /// The number of the round.
    pub round: i64,
}

/// The question, in the format `supervision-matching/1`.
pub async fn instance_file(visit: &Visit, address: &RoundFileAddress) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::ManageMatching)?;
    super::store::round_text(&actor, address.round).await.map(|(instance, _)| instance)
}

/// The board from which it was run again, and who was pinned; nothing of a round that was not.
pub async fn begun_file(visit: &Visit, address: &RoundFileAddress) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::ManageMatching)?;
    super::store::begun_text(&actor, address.round).await
}

/// The answer, in the format `supervision-matching-proposal/1`; nothing while there is none.
pub async fn proposal_file(visit: &Visit, address: &RoundFileAddress) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::ManageMatching)?;
    super::store::round_text(&actor, address.round).await?.1.ok_or(AppError::NotFound)
}

/// The board as it is now, for the engine in a browser; nothing while there is none.
pub async fn board_file(visit: &Visit, address: &RoundFileAddress) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::ManageMatching)?;
    super::store::board_in_hand(&actor, address.round).await
}
