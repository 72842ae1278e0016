//! What a round would give if something were otherwise: asked by the same engine, shown beside the round, and never asked about.

use std::collections::HashSet;

use ::matching::Proposal;
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::by_now::{ByNow, known_by_now};
use super::settled::{proposed_round, read_proposal};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, is_taken, new_id, on, unavailable};
use crate::error::AppError;
use crate::matching::model::{RoundId, RoundState, Supposed};
use crate::matching::runs::WhatIf;
use crate::matching::what_if::supposing;

/// Asks what a round would give, with what is known by now of who may not meet and who is not available. What-ifs have numbers below nought, so that no
/// address leads to them.
pub async fn suppose(actor: &Actor, number: i64, supposed: Supposed) -> Result<(), AppError> {
    const LOWEST: &str = "SELECT COALESCE(MIN(number), 0) FROM matching_round";
    const SUPPOSE: &str = "\
INSERT INTO matching_round
    (id, number, name, about, starts_on, ends_on, instance, seed, steps, steps_done, state, placed, started_by, started_at, meets_every)
SELECT $1, $2, r.name, r.about, r.starts_on, r.ends_on, $3, r.seed, r.steps, 0, 'waiting', 0, $4, $5, r.meets_every
FROM matching_round r
WHERE r.id = $6";
    const NOTE: &str = "INSERT INTO what_if (round_id, of_round_id, supposed) VALUES ($1, $2, $3)";

    let mut transaction = actor.begin().await?;
    let round = proposed_round(&mut transaction, number).await?;
    let by_now = known_by_now(&mut transaction, (round.id, &round.instance)).await?;
    let asked = by_now.everybody_out().without(by_now.instance.clone());
    let text = supposing(asked, supposed, round.meets_every).write().map_err(|_| unavailable("a round cannot be written"))?;
    let lowest: i64 = on!(&mut transaction, connection => sqlx::query_scalar(LOWEST).fetch_one(connection).await)?;
    let id = RoundId(new_id());
    let stored = on!(&mut transaction, connection => sqlx::query(SUPPOSE)
        .bind(id)
        .bind(lowest.min(0) - 1)
        .bind(&text)
        .bind(actor.person())
        .bind(actor.now())
        .bind(round.id)
        .execute(connection).await.map(|_| ()));
    match stored {
        Err(cause) if is_taken(&cause) => {
            return Err(AppError::Conflict("Somebody else asked something a moment ago. Look at it, then ask again.".to_owned()));
        }
        stored => stored?,
    }
    on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(id)
        .bind(round.id)
        .bind(Json(supposed))
        .execute(connection).await.map(|_| ()))?;
    let detail = format!("round {number}");
    let entry = Entry { action: "suppose", subject: "round", subject_id: Some(round.id.0), detail: &detail };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// What was supposed of a round, the last first, beside the groups as they are now. Whoever is not available by now loses no place by it.
pub(super) async fn what_ifs(
    moment: &mut Transaction,
    round: RoundId,
    (now, by_now): (&Proposal, &ByNow),
) -> Result<Vec<WhatIf>, AppError> {
    const WHAT_IFS: &str = "\
SELECT r.number, w.supposed, r.started_at, r.state, r.placed, r.score, r.proposal
FROM what_if w
JOIN matching_round r ON r.id = w.round_id
WHERE w.of_round_id = $1
ORDER BY r.number";

    type Row = (i64, Json<Supposed>, DateTime<Utc>, RoundState, i64, Option<i64>, Option<String>);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(WHAT_IFS).bind(round).fetch_all(connection).await)?;
    let placed_now = placed(now);
    let mut what_ifs = Vec::with_capacity(rows.len());
    for (number, Json(supposed), asked_at, state, placed_then, score, proposal) in rows {
        let proposal = proposal.as_deref().map(read_proposal).transpose()?;
        let there = proposal.as_ref().map(placed).unwrap_or_default();
        let loses = |who: &&&str| !there.contains(*who) && !by_now.is_out(who);
        what_ifs.push(WhatIf {
            number,
            supposed,
            asked_at,
            state,
            placed: placed_then,
            groups: proposal.as_ref().map_or(0, |proposal| proposal.groups.len()),
            score,
            gain: there.iter().filter(|who| who.starts_with("p-") && !placed_now.contains(*who)).count(),
            lose: if proposal.is_some() { placed_now.iter().filter(loses).count() } else { 0 },
        });
    }
    Ok(what_ifs)
}

fn placed(proposal: &Proposal) -> HashSet<&str> {
    proposal.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect()
}

/// Deletes a what-if. A round is never deleted.
pub async fn forget_what_if(actor: &Actor, number: i64) -> Result<i64, AppError> {
    const FORGET: &str = "\
DELETE FROM what_if
WHERE round_id = (SELECT r.id FROM matching_round r WHERE r.number = $1)
RETURNING round_id, of_round_id";
    const DELETE: &str = "DELETE FROM matching_round WHERE id = $1 AND number < 0";
    const NUMBER: &str = "SELECT number FROM matching_round WHERE id = $1";

    let mut transaction = actor.begin().await?;
    let forgotten: Option<(RoundId, RoundId)> =
        on!(&mut transaction, connection => sqlx::query_as(FORGET).bind(number).fetch_optional(connection).await)?;
    let (id, of) = forgotten.ok_or(AppError::NotFound)?;
    on!(&mut transaction, connection => sqlx::query(DELETE).bind(id).execute(connection).await.map(|_| ()))?;
    let of: i64 = on!(&mut transaction, connection => sqlx::query_scalar(NUMBER).bind(of).fetch_one(connection).await)?;
    let detail = format!("round {of}");
    record(&mut transaction, actor, Entry { action: "forget_what_if", subject: "round", subject_id: None, detail: &detail }).await?;
    transaction.commit().await?;
    Ok(of)
}
