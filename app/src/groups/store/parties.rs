//! What joining and leaving do to a group's agreement: who is asked, who no longer is, and when a text comes into force.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// Takes a group for the rest of the transaction: on Postgres whoever takes it next waits here, on SQLite the transaction already is alone.
///
/// Whatever counts the members or the parties of a group takes it first, so that the count is still true when it is acted upon. Answers who
/// leads the group, which cannot change until the transaction is over.
pub async fn take_group(transaction: &mut Transaction, group: GroupId) -> Result<PersonId, AppError> {
    const TAKE: &str = "UPDATE supervision_group SET version = version WHERE id = $1 RETURNING supervisor_id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(group).fetch_one(connection).await)?)
}

/// The part of a group's address, for letters that lead to it.
pub async fn slug_of(transaction: &mut Transaction, group: GroupId) -> Result<String, AppError> {
    const SLUG: &str = "SELECT slug FROM supervision_group WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(SLUG).bind(group).fetch_one(connection).await)?)
}

/// Asks somebody to agree to what is in force or proposed. Answers whether there was anything to ask.
pub(super) async fn ask_newcomer(transaction: &mut Transaction, group: GroupId, person: PersonId) -> Result<bool, AppError> {
    const ASK: &str = "\
INSERT INTO agreement_party (agreement_id, person_id)
SELECT id, $2
FROM agreement
WHERE group_id = $1
    AND ended_at IS NULL
ON CONFLICT DO NOTHING";

    let asked = on!(&mut transaction, connection => sqlx::query(ASK)
        .bind(group)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(asked > 0)
}

/// Asks somebody no longer who has left, which may be what a proposed text was waiting for. What they agreed to before stays on record.
pub(super) async fn release_party(transaction: &mut Transaction, actor: &Actor, group: GroupId, person: PersonId) -> Result<(), AppError> {
    const RELEASE: &str = "\
DELETE FROM agreement_party
WHERE person_id = $2
    AND agreed_at IS NULL
    AND agreement_id IN (SELECT id FROM agreement WHERE group_id = $1 AND ended_at IS NULL)";

    on!(&mut transaction, connection => sqlx::query(RELEASE).bind(group).bind(person).execute(connection).await.map(|_| ()))?;
    bring_into_force(transaction, actor, group).await?;
    Ok(())
}

/// Brings a proposed text into force if nobody is left who has not agreed to it; the version before ends at the same moment.
///
/// The group must be taken: two who agree last at once would otherwise each wait for the other.
pub async fn bring_into_force(transaction: &mut Transaction, actor: &Actor, group: GroupId) -> Result<Option<i64>, AppError> {
    const AGREED: &str = "\
SELECT a.id, a.version
FROM agreement a
WHERE a.group_id = $1
    AND a.in_force_at IS NULL
    AND a.ended_at IS NULL
    AND EXISTS (SELECT 1 FROM agreement_party p WHERE p.agreement_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM agreement_party p WHERE p.agreement_id = a.id AND p.agreed_at IS NULL)";
    const BEGIN: &str = "UPDATE agreement SET in_force_at = $2 WHERE id = $1";

    let agreed: Option<(Uuid, i64)> =
        on!(&mut transaction, connection => sqlx::query_as(AGREED).bind(group).fetch_optional(connection).await)?;
    let Some((agreement, version)) = agreed else { return Ok(None) };
    end_agreement_in_force(transaction, group, actor.now()).await?;
    on!(&mut transaction, connection => sqlx::query(BEGIN).bind(agreement).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    let entry = Entry {
        action: "bring_agreement_into_force",
        subject: "agreement",
        subject_id: Some(agreement),
        detail: &format!("version {version}"),
    };
    record(transaction, actor, entry).await?;
    Ok(Some(version))
}

async fn end_agreement_in_force(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<(), AppError> {
    const END: &str = "\
UPDATE agreement
SET ended_at = $2
WHERE group_id = $1
    AND in_force_at IS NOT NULL
    AND ended_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(END).bind(group).bind(now).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Ends every text of a group that meets no more, and asks nobody any longer.
pub(super) async fn end_agreements(transaction: &mut Transaction, actor: &Actor, group: GroupId) -> Result<(), AppError> {
    const RELEASE_ALL: &str = "\
DELETE FROM agreement_party
WHERE agreed_at IS NULL
    AND agreement_id IN (SELECT id FROM agreement WHERE group_id = $1 AND ended_at IS NULL)";
    const END_ALL: &str = "UPDATE agreement SET ended_at = $2 WHERE group_id = $1 AND ended_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(RELEASE_ALL).bind(group).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(END_ALL).bind(group).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    Ok(())
}
