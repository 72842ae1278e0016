//! The groups of a round as the coordinator has them now.

use ::matching::{Instance, Proposal};
use chrono::NaiveDate;

use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::matching::model::RoundId;

/// A round to which groups are proposed.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Which.
    pub id: RoundId,
    /// What it is called.
    pub name: String,
    /// From when groups meet.
    pub starts_on: NaiveDate,
    /// Until when.
    pub ends_on: NaiveDate,
    /// What was asked.
    pub instance: Instance,
    /// The groups as they are now.
    pub proposal: Proposal,
}

/// The groups of a round by its number; `NotFound` where there is no such round, or no proposal yet.
pub async fn settled(moment: &mut Transaction, number: i64) -> Result<Settled, AppError> {
    const ROUND: &str = "\
SELECT id, name, starts_on, ends_on, instance, proposal
FROM matching_round
WHERE number = $1
    AND proposal IS NOT NULL";

    let round: Option<(RoundId, String, NaiveDate, NaiveDate, String, String)> =
        on!(&mut moment, connection => sqlx::query_as(ROUND).bind(number).fetch_optional(connection).await)?;
    let (id, name, starts_on, ends_on, instance, proposal) = round.ok_or(AppError::NotFound)?;
    let instance = Instance::read(instance.as_bytes()).map_err(|_| unavailable("the question of a round cannot be read back"))?;
    let proposal = Proposal::read(proposal.as_bytes()).map_err(|_| unavailable("the proposal of a round cannot be read back"))?;
    Ok(Settled { id, name, starts_on, ends_on, instance, proposal })
}
