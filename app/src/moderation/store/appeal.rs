//! Asking for another decision, by somebody who has not decided.

use chrono::TimeDelta;

use crate::access::Actor;
use crate::audit;
use crate::database::{is_taken, on};
use crate::error::AppError;
use crate::moderation::model::APPEAL_DAYS;
use crate::spaces::CaseId;
use crate::spaces::store::ask_to_decide;

/// Asks for another decision about the post that the actor has reported or written, by the code of their report or of the decision.
pub async fn appeal(actor: &Actor, code: &str, words: &str) -> Result<(), AppError> {
    const WHICH: &str = "\
SELECT c.id
FROM moderation_case c
WHERE c.kind = 'report'
    AND (c.id IN (SELECT r.case_id FROM post_report r WHERE r.code = $1 AND r.reporter_id = $2)
        OR (c.author_id = $2 AND c.id IN (SELECT d.case_id FROM moderation_decision d WHERE d.code = $1)))";
    const REOPEN: &str = "\
UPDATE moderation_case
SET state = 'appealed', closed_at = NULL, assignee_id = NULL, opened_at = $2, version = version + 1
WHERE id = $1
    AND (SELECT MIN(d.decided_at) FROM moderation_decision d WHERE d.case_id = moderation_case.id) > $3";
    const APPEAL: &str = "INSERT INTO appeal (case_id, person_id, words, appealed_at) VALUES ($1, $2, $3, $4)";

    let mut transaction = actor.begin().await?;
    let case: Option<CaseId> = on!(&mut transaction, connection => sqlx::query_scalar(WHICH)
        .bind(code)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let case = case.ok_or(AppError::NotFound)?;
    let reopened = on!(&mut transaction, connection => sqlx::query(REOPEN)
        .bind(case)
        .bind(actor.now())
        .bind(actor.now() - TimeDelta::days(APPEAL_DAYS))
        .execute(connection).await.map(|done| done.rows_affected()));
    match reopened {
        Err(error) if is_taken(&error) => {
            return Err(AppError::Conflict("This post is being looked at again already. Please wait for what is decided.".to_owned()));
        }
        Ok(0) => {
            return Err(AppError::Conflict(format!(
                "You can ask for another decision for {APPEAL_DAYS} days after the first, and not before it."
            )));
        }
        other => other?,
    };
    let appealed = on!(&mut transaction, connection => sqlx::query(APPEAL)
        .bind(case)
        .bind(actor.person())
        .bind(words)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()));
    match appealed {
        Err(error) if is_taken(&error) => return Err(AppError::Conflict("You have asked for another decision already.".to_owned())),
        other => other?,
    }
    ask_to_decide(&mut transaction, case, actor.now()).await?;
    // Whoever asks may be the one who reported, which the log is not told.
    let entry = audit::Entry { action: "appeal", subject: "moderation", subject_id: Some(case.0), detail: "" };
    audit::record_by_anyone(&mut transaction, actor.now(), entry).await?;
    transaction.commit().await
}
