//! Accepting and declining. The answer is kept, and nothing beside it.

use crate::access::Actor;
use crate::asking::model::{AskedGroupId, Reply};
use crate::audit::{Entry, record};
use crate::database::{Transaction, is_taken, on};
use crate::error::AppError;
use crate::matching::Part;

/// Keeps what the actor answers, in place of what they answered before.
pub async fn reply(actor: &Actor, code: &str, reply: Reply) -> Result<(), AppError> {
    const REPLY: &str = "\
UPDATE asked_person
SET answer = $3, answered_at = $4
WHERE code = $1
    AND person_id = $2
    AND ended_at IS NULL
RETURNING part";

    let mut transaction = actor.begin().await?;
    let group = take_group_of(&mut transaction, actor, code).await?;
    let replied: Result<Option<Part>, sqlx::Error> = on!(&mut transaction, connection => sqlx::query_scalar(REPLY)
        .bind(code)
        .bind(actor.person())
        .bind(reply)
        .bind(actor.now())
        .fetch_optional(connection).await);
    let part = match replied {
        Ok(part) => part.ok_or_else(too_late)?,
        Err(cause) if is_taken(&cause) => return Err(asked_about_another()),
        Err(cause) => return Err(cause.into()),
    };
    if part == Part::Practitioner && reply == Reply::Accepted {
        check_there_is_a_place(&mut transaction, group).await?;
    }
    // That they have answered is written down, and not what.
    record(&mut transaction, actor, Entry { action: "answer_asked", subject: "asked_group", subject_id: Some(group.0), detail: "" })
        .await?;
    transaction.commit().await
}

fn too_late() -> AppError {
    AppError::Conflict("This group has begun, or was not to be, in the meantime. Your answer was not changed.".to_owned())
}

fn asked_about_another() -> AppError {
    AppError::Conflict(
        "You have been asked about another group since you declined this one. Decline that one first, if you would rather be in this one."
            .to_owned(),
    )
}

/// Takes the group that the actor is asked about, so that it is not made while they answer.
async fn take_group_of(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<AskedGroupId, AppError> {
    const TAKE: &str = "\
UPDATE asked_group
SET version = version + 1
WHERE id = (SELECT w.asked_group_id FROM asked_person w WHERE w.code = $1 AND w.person_id = $2)
RETURNING id";

    let taken: Option<AskedGroupId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(code).bind(actor.person()).fetch_optional(connection).await)?;
    taken.ok_or(AppError::NotFound)
}

/// Whoever declined before finds their place taken once somebody else was asked for it.
async fn check_there_is_a_place(transaction: &mut Transaction, group: AskedGroupId) -> Result<(), AppError> {
    const LEFT: &str = "\
SELECT g.places - (
    SELECT COUNT(*)
    FROM asked_person w
    WHERE w.asked_group_id = g.id
        AND w.part = 'practitioner'
        AND (w.answer IS NULL OR w.answer = 'accepted')
)
FROM asked_group g
WHERE g.id = $1";

    let left: i64 = on!(&mut transaction, connection => sqlx::query_scalar(LEFT).bind(group).fetch_one(connection).await)?;
    if left >= 0 {
        return Ok(());
    }
    Err(AppError::Conflict(
        "The place that you had declined is held for somebody else by now. Please ask the Centre’s coordinator.".to_owned(),
    ))
}
