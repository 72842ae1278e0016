//! Conflicts that are kept as they are: for somebody at a session at one time, until it has begun.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::System;
use crate::availability::{KeepReason, MeetingId};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// A rule that a session breaks and that was kept as it is, with what had been kept of it before: nothing where nothing was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    #[serde(flatten)]
    pub(super) key: Key,
    pub(super) before: Option<KeptRow>,
}

/// For which time it is kept, why, by whom and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub(super) struct KeptRow {
    pub starts_at: DateTime<Utc>,
    pub reason: KeepReason,
    pub kept_by: PersonId,
    pub kept_at: DateTime<Utc>,
}

/// What is kept: of which session, the word of which rule, and whose it is: of whoever leads the session, or of somebody who is there beside them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Key {
    pub session: MeetingId,
    pub kind: String,
    pub person: PersonId,
}

/// All that is kept of a group's sessions that are still to come.
pub(super) async fn kept_of(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<HashMap<Key, KeptRow>, AppError> {
    const KEPT: &str = "\
SELECT k.session_id, k.kind, k.person_id, k.starts_at, k.reason, k.kept_by, k.kept_at
FROM session s
JOIN kept_conflict k ON k.session_id = s.id
WHERE s.group_id = $1
    AND k.starts_at > $2";

    #[derive(sqlx::FromRow)]
    struct Row {
        session_id: MeetingId,
        kind: String,
        person_id: PersonId,
        #[sqlx(flatten)]
        kept: KeptRow,
    }

    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(KEPT).bind(group).bind(now).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| (Key { session: row.session_id, kind: row.kind, person: row.person_id }, row.kept)).collect())
}

/// What a conflict is kept with.
macro_rules! keep {
    () => {
        "\
INSERT INTO kept_conflict (session_id, kind, person_id, starts_at, reason, kept_by, kept_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (session_id, kind, person_id) DO UPDATE
SET starts_at = excluded.starts_at, reason = excluded.reason, kept_by = excluded.kept_by, kept_at = excluded.kept_at"
    };
}

pub(super) async fn write_kept(transaction: &mut Transaction, key: &Key, row: &KeptRow) -> Result<(), AppError> {
    write(transaction, keep!(), (key, row)).await
}

/// The same where nothing is kept of it for that time: a reason that somebody gave for something else stays.
pub(super) async fn write_unless_kept(transaction: &mut Transaction, key: &Key, row: &KeptRow) -> Result<(), AppError> {
    write(transaction, concat!(keep!(), "\nWHERE kept_conflict.starts_at <> excluded.starts_at"), (key, row)).await
}

async fn write(transaction: &mut Transaction, keep: &'static str, (key, row): (&Key, &KeptRow)) -> Result<(), AppError> {
    on!(&mut transaction, connection => sqlx::query(keep)
        .bind(key.session)
        .bind(&key.kind)
        .bind(key.person)
        .bind(row.starts_at)
        .bind(row.reason)
        .bind(row.kept_by)
        .bind(row.kept_at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Takes back what was kept, so that what had been kept before holds again.
pub async fn put_back(transaction: &mut Transaction, kept: &[Kept]) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM kept_conflict WHERE session_id = $1 AND kind = $2 AND person_id = $3";

    for Kept { key, before } in kept {
        match before {
            Some(row) => write_kept(transaction, key, row).await?,
            None => {
                on!(&mut transaction, connection => sqlx::query(FORGET)
                    .bind(key.session)
                    .bind(&key.kind)
                    .bind(key.person)
                    .execute(connection).await.map(|_| ()))?;
            }
        }
    }
    Ok(())
}

/// Forgets what was kept of sessions that have begun: nobody asks about it any more. Answers how much there was.
pub async fn forget_kept(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM kept_conflict WHERE starts_at <= $1";

    let database = system.database();
    Ok(on!(database, pool => sqlx::query(FORGET).bind(system.now()).execute(pool).await.map(|done| done.rows_affected()))?)
}
