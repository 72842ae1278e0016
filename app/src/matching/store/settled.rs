//! The groups of a round as the coordinator has them now.

use ::matching::{BoardError, Instance, Proposal};
use chrono::NaiveDate;

use super::moves::changes_of;
use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::matching::board::{Change, RoundBoard};
use crate::matching::model::{MeetsEvery, RoundId};

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
    /// How often.
    pub meets_every: MeetsEvery,
    /// What was asked.
    pub instance: Instance,
    /// The groups as they are now.
    pub proposal: Proposal,
}

/// The groups of a round by its number; `NotFound` where there is no such round, or no proposal yet.
pub async fn settled(moment: &mut Transaction, number: i64) -> Result<Settled, AppError> {
    let round = proposed_round(moment, number).await?;
    let proposal = round.board(changes_of(moment, round.id).await?)?.proposal;
    let Round { id, name, starts_on, ends_on, meets_every, instance, .. } = round;
    Ok(Settled { id, name, starts_on, ends_on, meets_every, instance, proposal })
}

/// A round with its proposal as the engine gave it.
pub(super) struct Round {
    pub(super) id: RoundId,
    pub(super) name: String,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) meets_every: MeetsEvery,
    pub(super) instance: Instance,
    pub(super) proposal: Proposal,
}

pub(super) async fn proposed_round(moment: &mut Transaction, number: i64) -> Result<Round, AppError> {
    const ROUND: &str = "\
SELECT id, name, starts_on, ends_on, meets_every, instance, proposal
FROM matching_round
WHERE number = $1
    AND proposal IS NOT NULL
    AND number > 0";

    type Row = (RoundId, String, NaiveDate, NaiveDate, MeetsEvery, String, String);
    let round: Option<Row> = on!(&mut moment, connection => sqlx::query_as(ROUND).bind(number).fetch_optional(connection).await)?;
    let (id, name, starts_on, ends_on, meets_every, instance, proposal) = round.ok_or(AppError::NotFound)?;
    Ok(Round { id, name, starts_on, ends_on, meets_every, instance: read_instance(&instance)?, proposal: read_proposal(&proposal)? })
}

impl Round {
    /// Its board with these changes.
    pub(super) fn board(&self, changes: Vec<Change>) -> Result<RoundBoard, AppError> {
        lay(&self.instance, &self.proposal, changes)
    }
}

pub(super) fn lay(instance: &Instance, proposal: &Proposal, changes: Vec<Change>) -> Result<RoundBoard, AppError> {
    laid_out(RoundBoard::lay(instance, proposal, changes))
}

/// What follows from a board; its own changes fit it.
pub(super) fn laid_out<T>(laid: Result<T, BoardError>) -> Result<T, AppError> {
    laid.map_err(|_| unavailable("the changes of a board do not fit its proposal"))
}

pub(super) fn read_instance(text: &str) -> Result<Instance, AppError> {
    Instance::read(text.as_bytes()).map_err(|_| unavailable("the question of a round cannot be read back"))
}

pub(super) fn read_proposal(text: &str) -> Result<Proposal, AppError> {
    Proposal::read(text.as_bytes()).map_err(|_| unavailable("the proposal of a round cannot be read back"))
}
