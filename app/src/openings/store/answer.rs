//! Agreeing to what somebody else asks for, or declining it.

use chrono::TimeDelta;

use super::see::asked_for;
use super::tell::tell_those_concerned;
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::on;
use crate::error::AppError;
use crate::messages::queue;
use crate::openings::forms::NewAnswer;
use crate::openings::letters::opening_answered;
use crate::paths;
use crate::people::PersonId;

/// Answers what somebody else asks for, in the other role. Whoever it concerns is told at once, unless both agree that telling puts somebody at risk.
/// Answers whether they were told.
pub async fn answer(actor: &Actor, code: &str, answer: &NewAnswer) -> Result<bool, AppError> {
    // That it is somebody else, in the other role, and that whoever asked still holds theirs, is settled here and nowhere before.
    const ANSWER: &str = "\
UPDATE opening
SET answered_by = $2, answered_as = CASE asked_as WHEN 'clinical_lead' THEN 'safeguarding_lead' ELSE 'clinical_lead' END, answered_at = $3,
    is_agreed = $4, answer_words = $5, until = CASE WHEN $4 THEN $6 ELSE until END, ended_at = $7, told_at = $8
WHERE id = $1
    AND answered_at IS NULL
    AND ended_at IS NULL
    AND until > $3
    AND asked_by <> $2
    AND EXISTS (
        SELECT 1 FROM person_role held
        WHERE held.person_id = $2 AND held.role IN ('clinical_lead', 'safeguarding_lead') AND held.role <> opening.asked_as)
    AND EXISTS (
        SELECT 1 FROM person asker
        JOIN person_role held ON held.person_id = asker.id
        WHERE asker.id = opening.asked_by AND asker.standing = 'registered' AND held.role = opening.asked_as)
RETURNING asked_by";

    let (id, hours, asks_for_silence) = asked_for(actor, code).await?;
    let (now, is_told) = (actor.now(), answer.is_agreed && !(asks_for_silence && answer.is_silent));
    let mut transaction = actor.begin().await?;
    let asked_by: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(ANSWER)
        .bind(id)
        .bind(actor.person())
        .bind(now)
        .bind(answer.is_agreed)
        .bind(&answer.words)
        .bind(now + TimeDelta::hours(hours))
        .bind((!answer.is_agreed).then_some(now))
        .bind(is_told.then_some(now))
        .fetch_optional(connection).await)?;
    let asked_by = asked_by.ok_or_else(|| {
        AppError::Conflict(
            "This is not yours to answer: you asked for it yourself, or it was answered or taken back, or its time is over.".to_owned(),
        )
    })?;
    let link = format!("{}{}", actor.origin(), paths::opening(code));
    queue(&mut transaction, &opening_answered(asked_by, &link), now).await?;
    if is_told {
        tell_those_concerned(&mut transaction, actor, id).await?;
    }
    let (action, detail) = match (answer.is_agreed, is_told) {
        (false, _) => ("decline_to_open", ""),
        (true, true) => ("agree_to_open", ""),
        (true, false) => ("agree_to_open", "without telling yet"),
    };
    audit::record(&mut transaction, actor, Entry { action, subject: "opening", subject_id: Some(id.0), detail }).await?;
    transaction.commit().await?;
    Ok(is_told)
}
