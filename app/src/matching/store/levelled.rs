//! What was changed in a proposal after the search, so that its weakest group fits better.

use ::matching::{Board, Proposal, changes};

use super::settled::{laid_out, read_proposal};
use crate::error::AppError;
use crate::matching::facts::Names;
use crate::matching::levelling::Levelled;
use crate::matching::points::Points;

/// What lies between the groups as the search had found them and those that were proposed.
pub(super) fn levelled(names: &Names<'_>, searched: &str, proposal: &Proposal) -> Result<Levelled, AppError> {
    let searched = read_proposal(searched)?;
    let score = |of: &Proposal| laid_out(Board::new(names.instance().clone(), of)).map(|board| board.score());
    let of = score(&searched)?;
    Ok(Levelled {
        moved: changes(&searched, proposal).moved.len(),
        weakest: (weakest(names, &searched), weakest(names, proposal)),
        of,
        given: of - score(proposal)?,
    })
}

/// How the weakest group stands; as well as can be where there is none.
fn weakest(names: &Names<'_>, proposal: &Proposal) -> i64 {
    proposal.groups.iter().map(|group| Points::of(names, group).rank()).min().unwrap_or(100)
}
