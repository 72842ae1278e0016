//! How each kind of conflict is treated.

use std::collections::HashMap;

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::answers::ConflictRules;
use crate::availability::forms::RuleChange;
use crate::availability::{ClashKind, Level};
use crate::database::{Transaction, on};
use crate::error::AppError;

/// How every kind is treated: as a coordinator has decided, and otherwise as the product proposes.
pub async fn levels(moment: &mut Transaction) -> Result<HashMap<ClashKind, Level>, AppError> {
    const RULES: &str = "SELECT kind, level FROM conflict_rule";

    let rows: Vec<(String, Level)> = on!(&mut moment, connection => sqlx::query_as(RULES).fetch_all(connection).await)?;
    let mut levels: HashMap<ClashKind, Level> = ClashKind::ALL.into_iter().map(|kind| (kind, kind.usual_level())).collect();
    levels.extend(rows.into_iter().filter_map(|(kind, level)| Some((ClashKind::of_key(&kind)?, level))));
    Ok(levels)
}

/// Every kind with its level, in order.
pub async fn rules(actor: &Actor) -> Result<ConflictRules, AppError> {
    let levels = levels(&mut actor.database().snapshot().await?).await?;
    let level = |kind: ClashKind| levels.get(&kind).copied().unwrap_or(kind.usual_level());
    Ok(ConflictRules { rules: ClashKind::ALL.map(|kind| (kind, level(kind))).to_vec() })
}

/// Treats kinds of conflict otherwise from now on. Where somebody else has changed one of them since it was shown, nothing is changed.
pub async fn change_rules(actor: &Actor, changes: &[RuleChange]) -> Result<(), AppError> {
    // A kind that nobody has changed yet has no row, and the first of two who change it makes the row.
    const CHANGE: &str = "\
INSERT INTO conflict_rule (kind, level, changed_by, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (kind) DO UPDATE
SET level = excluded.level, changed_by = excluded.changed_by, changed_at = excluded.changed_at
WHERE conflict_rule.level = $5";

    let mut transaction = actor.begin().await?;
    for change in changes {
        let written = on!(&mut transaction, connection => sqlx::query(CHANGE)
            .bind(change.kind.key())
            .bind(change.to)
            .bind(actor.person())
            .bind(actor.now())
            .bind(change.from)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(AppError::Conflict(format!(
                "Somebody else changed how “{}” is treated while you had this open. Nothing was changed; look at the page as it is now, then choose again.",
                change.kind.name()
            )));
        }
        let detail = format!("{}: {}", change.kind.key(), change.to.key());
        record(
            &mut transaction,
            actor,
            Entry { action: "change_conflict_rule", subject: "conflict_rule", subject_id: None, detail: &detail },
        )
        .await?;
    }
    transaction.commit().await
}
