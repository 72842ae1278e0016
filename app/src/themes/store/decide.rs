//! What became of a gathered theme, and telling those who raised it.

use super::gather::audit;
use super::improvements::{Line, insert};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::themes::forms::NewDecision;
use crate::themes::letters::theme_answered;
use crate::themes::model::GatheredId;

/// Decides a gathered theme, once. Whoever raised a part of it and wants to know is told, and the improvement log has its line.
pub async fn decide(actor: &Actor, code: &str, decision: &NewDecision) -> Result<(), AppError> {
    const DECIDE: &str = "\
UPDATE gathered_theme
SET outcome = $3, outcome_words = $4, outcome_address = $5, decided_at = $6, version = version + 1
WHERE code = $1
    AND version = $2
    AND outcome IS NULL
RETURNING id";
    const WHO_RAISED: &str =
        "SELECT DISTINCT raised_by FROM raised_theme WHERE gathered_id = $1 AND raised_by IS NOT NULL ORDER BY raised_by";

    let mut transaction = actor.begin().await?;
    let decided: Option<GatheredId> = on!(&mut transaction, connection => sqlx::query_scalar(DECIDE)
        .bind(code)
        .bind(decision.version)
        .bind(decision.outcome)
        .bind(&decision.words)
        .bind(&decision.address)
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = decided.ok_or_else(|| {
        AppError::Conflict(
            "This was changed or decided a moment ago. What you entered is still here, and beside it what stands there now.".to_owned(),
        )
    })?;
    if let Some((heard, changed_on)) = &decision.improvement {
        let line = Line { gathered: Some(id), heard, changed: &decision.words, changed_on: *changed_on };
        insert(&mut transaction, line).await?;
    }
    let who: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(WHO_RAISED).bind(id).fetch_all(connection).await)?;
    for person in who {
        queue(&mut transaction, &theme_answered(person, actor.origin()), actor.now()).await?;
    }
    audit(&mut transaction, actor, "decide_theme", id).await?;
    transaction.commit().await
}
