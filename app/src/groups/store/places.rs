//! The places of a group: those taken by members, and those held by offers. And what joining, or the end of a group, does to who waits.

use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{GroupId, letters};
use crate::messages::queue;
use crate::people::PersonId;

/// How many places of a group are taken: by its members, and by offers that hold one. Of a second person it counts no offer, since what is
/// held for somebody is theirs to take.
///
/// It stands here alone, so that joining, offering and changing a group cannot disagree about what is left. Whoever acts on it has taken the
/// group first.
macro_rules! places_taken {
    ($group:literal) => {
        concat!(
            "((SELECT COUNT(*) FROM membership o WHERE o.group_id = ",
            $group,
            " AND o.left_on IS NULL) + (SELECT COUNT(*) FROM place_offer f WHERE f.group_id = ",
            $group,
            " AND f.ended_at IS NULL))"
        )
    };
    ($group:literal, but $person:literal) => {
        concat!(
            "((SELECT COUNT(*) FROM membership o WHERE o.group_id = ",
            $group,
            " AND o.left_on IS NULL) + (SELECT COUNT(*) FROM place_offer f WHERE f.group_id = ",
            $group,
            " AND f.ended_at IS NULL AND f.person_id <> ",
            $person,
            "))"
        )
    };
}
pub(crate) use places_taken;

/// How many places of a group that is taken are held by offers.
pub(super) async fn places_held(transaction: &mut Transaction, group: GroupId) -> Result<i64, AppError> {
    const HELD: &str = "SELECT COUNT(*) FROM place_offer WHERE group_id = $1 AND ended_at IS NULL";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(HELD).bind(group).fetch_one(connection).await)?)
}

/// Whoever has joined waits no more for a place of that kind. The offer that held it is taken up; one of another group is over.
pub(super) async fn wait_no_more(transaction: &mut Transaction, actor: &Actor, group: GroupId, person: PersonId) -> Result<(), AppError> {
    const PLACED: &str = "\
UPDATE waiting_entry
SET ended_at = $3, outcome = 'placed', version = version + 1
WHERE person_id = $2
    AND ended_at IS NULL
    AND (
        kind = (SELECT g.kind FROM supervision_group g WHERE g.id = $1)
        OR id IN (SELECT f.entry_id FROM place_offer f WHERE f.group_id = $1 AND f.person_id = $2 AND f.ended_at IS NULL)
    )";
    const TAKEN_UP: &str = "\
UPDATE place_offer
SET ended_at = $3, outcome = CASE WHEN group_id = $1 THEN 'accepted' ELSE 'withdrawn' END
WHERE person_id = $2
    AND ended_at IS NULL
    AND entry_id IN (SELECT e.id FROM waiting_entry e WHERE e.person_id = $2 AND e.ended_at IS NOT NULL)";

    for statement in [PLACED, TAKEN_UP] {
        on!(&mut transaction, connection => sqlx::query(statement)
            .bind(group)
            .bind(person)
            .bind(actor.now())
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// A group that ends holds no place any more. Whoever had an offer or waited for this group is told, and waits on.
pub(super) async fn end_the_waiting(transaction: &mut Transaction, actor: &Actor, group: GroupId) -> Result<(), AppError> {
    const WAITED: &str = "\
UPDATE waiting_entry
SET wanted_group_id = NULL, version = version + 1
WHERE wanted_group_id = $1
    AND ended_at IS NULL
RETURNING person_id";
    const OFFERED: &str = "\
UPDATE place_offer
SET ended_at = $2, outcome = 'group_ended'
WHERE group_id = $1
    AND ended_at IS NULL
RETURNING person_id";

    let mut told: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(WAITED).bind(group).fetch_all(connection).await)?;
    let offered: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(OFFERED).bind(group).bind(actor.now()).fetch_all(connection).await)?;
    told.extend(offered);
    told.sort_unstable();
    told.dedup();
    for person in told {
        queue(transaction, &letters::awaited_group_ended(person), actor.now()).await?;
    }
    Ok(())
}
