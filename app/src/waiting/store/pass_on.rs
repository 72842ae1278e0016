//! A place that was declined, or not answered about in time, goes to the next who fits.

use chrono::{DateTime, Utc};

use super::fit::{place_in, ranked};
use super::offer::{Holding, hold_place};
use crate::access::System;
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::take_group;
use crate::groups::{GroupId, GroupKind};
use crate::messages::queue;
use crate::people::PersonId;
use crate::people::store::coordinators;
use crate::waiting::letters::{self, Outcome};
use crate::waiting::model::OfferId;

/// An offer after which somebody else can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    offer: OfferId,
    group: GroupId,
}

/// The offers that were declined or have run out, and whose place nobody has passed on yet.
pub async fn offers_to_pass_on(system: &System) -> Result<Vec<Passing>, AppError> {
    const TO_PASS_ON: &str = "\
SELECT id, group_id
FROM place_offer
WHERE passed_on_at IS NULL
    AND (outcome IS NULL OR outcome = 'declined')
    AND (outcome = 'declined' OR (ended_at IS NULL AND holds_until <= $1))
ORDER BY holds_until, id";

    let database = system.database();
    let rows: Vec<(OfferId, GroupId)> = on!(database, pool => sqlx::query_as(TO_PASS_ON).bind(system.now()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(offer, group)| Passing { offer, group }).collect())
}

/// Ends one offer and offers its place to the next who fits, once, whichever process comes first. Says whether it was this one.
pub async fn pass_on(system: &System, passing: &Passing) -> Result<bool, AppError> {
    let mut transaction = system.begin().await?;
    let supervisor = take_group(&mut transaction, passing.group).await?;
    let Some(ended) = take_offer(&mut transaction, passing.offer, system.now()).await? else { return Ok(false) };
    if ended.outcome == Outcome::RanOut {
        queue(&mut transaction, &letters::offer_ran_out(ended.person), system.now()).await?;
    }
    let group = group_of(&mut transaction, passing.group).await?;
    let mut is_offered_again = false;
    if !group.is_ended {
        let holding = Holding {
            group: passing.group,
            kind: group.kind,
            supervisor,
            by: None,
            offered_by: ended.offered_by,
            now: system.now(),
            origin: system.origin(),
        };
        is_offered_again = offer_to_the_next(&mut transaction, &holding).await?;
        let link = format!("{}{}", system.origin(), crate::paths::group_members(&group.slug));
        for coordinator in told_of(&mut transaction, ended.offered_by).await? {
            let letter = letters::offer_ended(coordinator, ended.outcome, is_offered_again, &link);
            queue(&mut transaction, &letter, system.now()).await?;
        }
    }
    let detail = if is_offered_again { "offered to the next" } else { "nobody else fits" };
    let entry = Entry { action: "pass_on_offer", subject: "offer", subject_id: Some(passing.offer.0), detail };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

/// An offer that has ended.
struct Ended {
    person: PersonId,
    offered_by: PersonId,
    outcome: Outcome,
}

async fn take_offer(transaction: &mut Transaction, offer: OfferId, now: DateTime<Utc>) -> Result<Option<Ended>, AppError> {
    const TAKE: &str = "\
UPDATE place_offer
SET passed_on_at = $2, ended_at = COALESCE(ended_at, $2), outcome = COALESCE(outcome, 'expired')
WHERE id = $1
    AND passed_on_at IS NULL
    AND (outcome = 'declined' OR (ended_at IS NULL AND holds_until <= $2))
RETURNING person_id, offered_by, outcome";

    let taken: Option<(PersonId, PersonId, String)> =
        on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(offer).bind(now).fetch_optional(connection).await)?;
    Ok(taken.map(|(person, offered_by, outcome)| Ended {
        person,
        offered_by,
        outcome: if outcome == "declined" { Outcome::Declined } else { Outcome::RanOut },
    }))
}

#[derive(sqlx::FromRow)]
struct GroupRow {
    slug: String,
    kind: GroupKind,
    is_ended: bool,
}

async fn group_of(transaction: &mut Transaction, group: GroupId) -> Result<GroupRow, AppError> {
    const GROUP: &str = "SELECT slug, kind, ended_at IS NOT NULL AS is_ended FROM supervision_group WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_as(GROUP).bind(group).fetch_one(connection).await)?)
}

/// Offers the place to the first who fits and can be asked; nothing where the place is gone or nobody does.
async fn offer_to_the_next(transaction: &mut Transaction, holding: &Holding<'_>) -> Result<bool, AppError> {
    let (place, free) = place_in(transaction, holding.group, holding.now).await?;
    if free <= 0 {
        return Ok(false);
    }
    for (waiting, _) in ranked(transaction, (holding.group, holding.supervisor), place).await?.fitting {
        match hold_place(transaction, holding, &waiting.entry).await {
            Ok(_) => return Ok(true),
            // Somebody who may not join, or waits no more since they were read: the one after them is asked.
            Err(AppError::Conflict(_) | AppError::Invalid(_) | AppError::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(false)
}

/// Whoever made the offer, while they coordinate; all who do, where they are gone.
async fn told_of(transaction: &mut Transaction, offered_by: PersonId) -> Result<Vec<PersonId>, AppError> {
    let every = coordinators(transaction).await?;
    Ok(if every.contains(&offered_by) { vec![offered_by] } else { every })
}
