//! Offering a place, which holds it, and taking an offer back.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, Placing, check_may_be_placed, check_may_join, person_who_may_join, places_taken, take_group};
use crate::groups::{GroupId, GroupKind};
use crate::messages::queue;
use crate::people::PersonId;
use crate::waiting::letters;
use crate::waiting::model::{OfferId, hold_until};

/// Holds a place for somebody who waits, if there is one, and tells them.
pub async fn offer_place(actor: &Actor, group: &OpenedGroup, entry: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let supervisor = take_group(&mut transaction, group.id()).await?;
    let holding = Holding {
        group: group.id(),
        kind: group.kind(),
        supervisor,
        by: Some(actor),
        offered_by: actor.person(),
        now: actor.now(),
        origin: actor.origin(),
    };
    let offer = hold_place(&mut transaction, &holding, entry).await?;
    record(&mut transaction, actor, Entry { action: "offer_place", subject: "offer", subject_id: Some(offer.0), detail: "" }).await?;
    transaction.commit().await
}

/// A group that is taken, and who offers a place in it.
#[derive(Debug)]
pub(super) struct Holding<'a> {
    pub group: GroupId,
    pub kind: GroupKind,
    pub supervisor: PersonId,
    /// Who offers it by hand, where it is not passed on.
    pub by: Option<&'a Actor>,
    pub offered_by: PersonId,
    pub now: DateTime<Utc>,
    pub origin: &'a str,
}

/// Holds a place in a group that is taken. The count and the place are one statement, as where somebody joins.
pub(super) async fn hold_place(transaction: &mut Transaction, holding: &Holding<'_>, entry: &str) -> Result<OfferId, AppError> {
    const HOLD: &str = concat!(
        "\
INSERT INTO place_offer (id, code, entry_id, person_id, group_id, offered_by, offered_at, holds_until)
SELECT $1, $2, $3, $4, g.id, $6, $7, $8
FROM supervision_group g
WHERE g.id = $5
    AND g.ended_at IS NULL
    AND ",
        places_taken!("$5"),
        " < g.capacity
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = $5 AND m.person_id = $4 AND m.left_on IS NULL)
ON CONFLICT DO NOTHING"
    );

    let person_code = who_waits(transaction, holding.kind, entry).await?;
    let person = person_who_may_join(transaction, holding.kind, &person_code).await?;
    let placing = Placing { group: holding.group, supervisor: holding.supervisor, person };
    check_may_join(transaction, placing).await?;
    check_may_be_placed(transaction, holding.by, placing).await?;
    let entry_id = take_entry(transaction, entry).await?;
    let (offer, until) = (OfferId(new_id()), hold_until(holding.now));
    let held = on!(&mut transaction, connection => sqlx::query(HOLD)
        .bind(offer)
        .bind(code())
        .bind(entry_id)
        .bind(person)
        .bind(holding.group)
        .bind(holding.offered_by)
        .bind(holding.now)
        .bind(until)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if held == 0 {
        return Err(why_not(transaction, entry_id).await?);
    }
    queue(transaction, &letters::place_offered(person, until, holding.origin), holding.now).await?;
    Ok(offer)
}

fn waits_no_more() -> AppError {
    AppError::Conflict("This person is no longer waiting for that kind of supervision. The others who fit are below.".to_owned())
}

/// The code of whoever waits for a kind by an entry.
async fn who_waits(transaction: &mut Transaction, kind: GroupKind, entry: &str) -> Result<String, AppError> {
    const WHO: &str = "\
SELECT p.code
FROM waiting_entry e
JOIN person p ON p.id = e.person_id
WHERE e.code = $1
    AND e.kind = $2
    AND e.ended_at IS NULL";

    let person: Option<String> =
        on!(&mut transaction, connection => sqlx::query_scalar(WHO).bind(entry).bind(kind).fetch_optional(connection).await)?;
    person.ok_or_else(waits_no_more)
}

/// Takes an entry for the rest of the transaction, so that nobody leaves the list while they are offered a place.
async fn take_entry(transaction: &mut Transaction, entry: &str) -> Result<Uuid, AppError> {
    const TAKE: &str = "UPDATE waiting_entry SET version = version WHERE code = $1 AND ended_at IS NULL RETURNING id";

    let taken: Option<Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(entry).fetch_optional(connection).await)?;
    taken.ok_or_else(waits_no_more)
}

/// Why no place could be held a moment ago.
async fn why_not(transaction: &mut Transaction, entry: Uuid) -> Result<AppError, AppError> {
    const HAS_OFFER: &str = "SELECT COUNT(*) FROM place_offer WHERE entry_id = $1 AND ended_at IS NULL";

    let offers: i64 = on!(&mut transaction, connection => sqlx::query_scalar(HAS_OFFER).bind(entry).fetch_one(connection).await)?;
    let sentence = if offers > 0 {
        "A place is held for this person already. They are asked about one at a time."
    } else {
        "Every place in this group is taken, or held for somebody by an offer. Nothing was offered."
    };
    Ok(AppError::Conflict(sentence.to_owned()))
}

/// Takes an offer back that has not been answered. The place is free again, and the person is told.
pub async fn withdraw_offer(actor: &Actor, offer: &str) -> Result<(), AppError> {
    const WITHDRAW: &str = "\
UPDATE place_offer
SET ended_at = $2, outcome = 'withdrawn'
WHERE code = $1
    AND ended_at IS NULL
RETURNING id, person_id";

    let mut transaction = actor.begin().await?;
    let withdrawn: Option<(Uuid, PersonId)> =
        on!(&mut transaction, connection => sqlx::query_as(WITHDRAW).bind(offer).bind(actor.now()).fetch_optional(connection).await)?;
    let Some((id, person)) = withdrawn else {
        return Err(AppError::Conflict("This offer has been answered or has run out in the meantime.".to_owned()));
    };
    queue(&mut transaction, &letters::offer_withdrawn(person), actor.now()).await?;
    record(&mut transaction, actor, Entry { action: "withdraw_offer", subject: "offer", subject_id: Some(id), detail: "" }).await?;
    transaction.commit().await
}
