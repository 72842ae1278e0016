//! Laying out the library, and looking at its links, one at a time. Several processes may do so at once.

use std::future::Future;

use super::model::LinkState;
use super::store::{lay_out_library, note_link, take_due_link};
use crate::access::System;
use crate::busy::{CalendarAddress, NotFetched};
use crate::error::AppError;

/// How many are looked at in one round, so that a round ends.
const MOST_IN_A_ROUND: u64 = 20;

/// Looks at every link that is due. Answers how many were looked at. `look` answers with which status a page answers at an address.
pub async fn check_links<F>(system: &System, look: impl Fn(CalendarAddress) -> F) -> Result<u64, AppError>
where
    F: Future<Output = Result<u16, NotFetched>>,
{
    let mut looked_at = lay_out_library(system).await?;
    let most = looked_at.saturating_add(MOST_IN_A_ROUND);
    // What is invented asks nobody outside.
    while !system.is_demonstration()
        && looked_at < most
        && let Some(due) = take_due_link(system).await?
    {
        looked_at = looked_at.saturating_add(1);
        let found = match CalendarAddress::of(&due.link) {
            Some(address) => found(look(address).await),
            None => LinkState::Unreachable,
        };
        note_link(system, &due, found).await?;
    }
    Ok(looked_at)
}

/// What a status means. Whoever sends on is there; whoever refuses a program may still answer people.
fn found(answered: Result<u16, NotFetched>) -> LinkState {
    match answered {
        Ok(200..=399) => LinkState::Answers,
        Ok(404 | 410) => LinkState::Gone,
        Ok(_) | Err(_) => LinkState::Unreachable,
    }
}
