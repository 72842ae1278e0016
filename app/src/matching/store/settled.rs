//! The groups of a round as the coordinator has them now.

use ::matching::{BoardError, Instance, Proposal};
use chrono::NaiveDate;

use super::beside::{PlacedBeside, placed_beside};
use super::moves::changes_of;
use super::row::LimitsRow;
use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::matching::board::{Change, RoundBoard};
use crate::matching::facts::Names;
use crate::matching::limits::Limits;
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
    /// Who has a place beside the supervisor of one of them.
    pub beside: Vec<PlacedBeside>,
}

/// The groups of a round by its number; `NotFound` where there is no such round, or no proposal yet.
pub async fn settled(moment: &mut Transaction, number: i64) -> Result<Settled, AppError> {
    let round = proposed_round(moment, number).await?;
    let board = round.board(changes_of(moment, round.id).await?)?;
    let beside = placed_beside(moment, round.id, (&Names::of(&round.instance, round.meets_every), &board)).await?;
    let proposal = board.proposal;
    let Round { id, name, starts_on, ends_on, meets_every, instance, .. } = round;
    Ok(Settled { id, name, starts_on, ends_on, meets_every, instance, proposal, beside })
}

/// A round with its proposal as the engine gave it.
pub(super) struct Round {
    pub(super) id: RoundId,
    pub(super) name: String,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) meets_every: MeetsEvery,
    pub(super) limits: Limits,
    pub(super) instance: Instance,
    pub(super) proposal: Proposal,
}

pub(super) async fn proposed_round(moment: &mut Transaction, number: i64) -> Result<Round, AppError> {
    const ROUND: &str = "\
SELECT id, name, starts_on, ends_on, meets_every, instance, proposal, needs_met, most_places, most_share
FROM matching_round
WHERE number = $1
    AND proposal IS NOT NULL
    AND number > 0";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: RoundId,
        name: String,
        starts_on: NaiveDate,
        ends_on: NaiveDate,
        meets_every: MeetsEvery,
        instance: String,
        proposal: String,
        #[sqlx(flatten)]
        limits: LimitsRow,
    }

    let round: Option<Row> = on!(&mut moment, connection => sqlx::query_as(ROUND).bind(number).fetch_optional(connection).await)?;
    let Row { id, name, starts_on, ends_on, meets_every, instance, proposal, limits } = round.ok_or(AppError::NotFound)?;
    let (instance, proposal) = (read_instance(&instance)?, read_proposal(&proposal)?);
    Ok(Round { id, name, starts_on, ends_on, meets_every, limits: limits.into(), instance, proposal })
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
