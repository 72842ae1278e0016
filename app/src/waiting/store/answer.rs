//! Taking a place that is held, or leaving it to somebody else.

use uuid::Uuid;

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::{Placing, give_place, record_place_given, take_group};
use crate::messages::queue;
use crate::people::PersonId;
use crate::people::store::coordinators;
use crate::waiting::letters;

/// Takes the place that an offer holds for the actor: they join as everybody does who is given a place. Answers the group's part of the address.
pub async fn accept_offer(actor: &Actor, code: &str) -> Result<String, AppError> {
    const FIND: &str = "\
SELECT f.group_id
FROM place_offer f
WHERE f.code = $1
    AND f.person_id = $2";
    const STILL_HELD: &str = "\
SELECT f.id, f.offered_by, g.slug
FROM place_offer f
JOIN supervision_group g ON g.id = f.group_id
WHERE f.code = $1
    AND f.person_id = $2
    AND f.ended_at IS NULL
    AND f.holds_until > $3";

    const IS_TAKEN: &str = "SELECT COUNT(*) FROM place_offer WHERE id = $1 AND outcome = 'accepted'";

    let mut transaction = actor.begin().await?;
    let found: Option<GroupId> =
        on!(&mut transaction, connection => sqlx::query_scalar(FIND).bind(code).bind(actor.person()).fetch_optional(connection).await)?;
    let group = found.ok_or(AppError::NotFound)?;
    // Whatever gives the place to somebody else takes the group first, so the place that is held now stays there.
    let supervisor = take_group(&mut transaction, group).await?;
    let held: Option<(Uuid, PersonId, String)> = on!(&mut transaction, connection => sqlx::query_as(STILL_HELD)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let (offer, offered_by, slug) = held.ok_or_else(held_no_more)?;
    give_place(&mut transaction, actor, Placing { group, supervisor, person: actor.person() }).await.map_err(in_other_words)?;
    // It may have been withdrawn at this moment.
    let taken: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_TAKEN).bind(offer).fetch_one(connection).await)?;
    if taken == 0 {
        return Err(held_no_more());
    }
    let link = format!("{}{}", actor.origin(), crate::paths::group_members(&slug));
    // Whoever offered it may coordinate no more.
    let coordinators = coordinators(&mut transaction).await?;
    for person in if coordinators.contains(&offered_by) { vec![offered_by] } else { coordinators } {
        queue(&mut transaction, &letters::offer_accepted(person, &link), actor.now()).await?;
    }
    record_place_given(&mut transaction, actor, (group, actor.person())).await?;
    record(&mut transaction, actor, Entry { action: "accept_offer", subject: "offer", subject_id: Some(offer), detail: "" }).await?;
    transaction.commit().await?;
    Ok(slug)
}

fn held_no_more() -> AppError {
    AppError::Conflict("This place is no longer held for you. You are still on the list, and will be told when another is free.".to_owned())
}

/// What a coordinator is told about a group is not for whoever would join it.
fn in_other_words(refusal: AppError) -> AppError {
    match refusal {
        AppError::Conflict(_) | AppError::Invalid(_) => AppError::Conflict(
            "This place cannot be given to you any more, since the group has changed. Please ask the Centre’s coordinator; you are still on the list.".to_owned(),
        ),
        other => other,
    }
}

/// Leaves a place that is held for the actor to somebody else. They stay on the list as they were, and need not say why.
pub async fn decline_offer(actor: &Actor, code: &str) -> Result<(), AppError> {
    const DECLINE: &str = "\
UPDATE place_offer
SET ended_at = $3, outcome = 'declined'
WHERE code = $1
    AND person_id = $2
    AND ended_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let declined: Option<Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(DECLINE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let Some(offer) = declined else { return Err(why_not(&mut transaction, actor, code).await?) };
    record(&mut transaction, actor, Entry { action: "decline_offer", subject: "offer", subject_id: Some(offer), detail: "" }).await?;
    transaction.commit().await
}

async fn why_not(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<AppError, AppError> {
    const IS_THEIRS: &str = "SELECT COUNT(*) FROM place_offer WHERE code = $1 AND person_id = $2";

    let theirs: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_THEIRS)
        .bind(code)
        .bind(actor.person())
        .fetch_one(connection).await)?;
    Ok(if theirs > 0 { held_no_more() } else { AppError::NotFound })
}
