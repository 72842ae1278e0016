//! Agreeing, and whether everybody has.

use super::super::model::AgreementId;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::{OpenedGroup, bring_into_force, take_group};

/// Records that the actor agrees to a version. Answers whether it came into force by that.
pub async fn agree_to_agreement(actor: &Actor, group: &OpenedGroup, version: i64) -> Result<bool, AppError> {
    const AGREE: &str = "\
UPDATE agreement_party
SET agreed_at = $3
WHERE person_id = $2
    AND agreed_at IS NULL
    AND agreement_id = (SELECT id FROM agreement WHERE group_id = $1 AND version = $4 AND ended_at IS NULL)
RETURNING agreement_id";

    let mut transaction = actor.begin().await?;
    take_group(&mut transaction, group.id()).await?;
    let agreed: Option<AgreementId> = on!(&mut transaction, connection => sqlx::query_scalar(AGREE)
        .bind(group.id())
        .bind(actor.person())
        .bind(actor.now())
        .bind(version)
        .fetch_optional(connection).await)?;
    let Some(agreement) = agreed else { return Err(why_not(&mut transaction, actor, group.id(), version).await?) };
    let entry =
        Entry { action: "agree_to_agreement", subject: "agreement", subject_id: Some(agreement.0), detail: &format!("version {version}") };
    record(&mut transaction, actor, entry).await?;
    let in_force = bring_into_force(&mut transaction, actor, group.id()).await?;
    transaction.commit().await?;
    Ok(in_force == Some(version))
}

/// Why there was nothing to agree to.
async fn why_not(transaction: &mut Transaction, actor: &Actor, group: GroupId, version: i64) -> Result<AppError, AppError> {
    const ASKED: &str = "\
SELECT COUNT(*)
FROM agreement_party p
JOIN agreement a ON a.id = p.agreement_id
WHERE a.group_id = $1
    AND a.version = $2
    AND a.ended_at IS NULL
    AND p.person_id = $3";
    const IS_ENDED: &str = "SELECT COUNT(*) FROM agreement WHERE group_id = $1 AND version = $2 AND ended_at IS NOT NULL";

    let asked: i64 = on!(&mut transaction, connection => sqlx::query_scalar(ASKED)
        .bind(group)
        .bind(version)
        .bind(actor.person())
        .fetch_one(connection).await)?;
    if asked > 0 {
        return Ok(AppError::Conflict("You have agreed to this version already.".to_owned()));
    }
    let ended: i64 =
        on!(&mut transaction, connection => sqlx::query_scalar(IS_ENDED).bind(group).bind(version).fetch_one(connection).await)?;
    if ended > 0 {
        return Ok(AppError::Conflict("A newer text was proposed while you were reading. Please read that one.".to_owned()));
    }
    Ok(AppError::NotFound)
}
