//! The keys with which logs are sealed: which of them a database needs, with which its servers seal, and sealing everything anew.

use uuid::Uuid;

use super::seal::{resealed, resealed_draft};
use crate::access::System;
use crate::audit;
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::reflections::model::ReflectionId;
use crate::sealing::{Keyring, Sealed};

/// How many are sealed anew in one unit of work: whoever writes meanwhile waits no longer than for these.
const AT_ONCE: i64 = 100;

/// The marks of the keys that are needed to open every log: for the start of a server, before anybody is there.
pub async fn marks_in_use(database: &Database) -> Result<Vec<String>, AppError> {
    const MARKS: &str = "SELECT key_mark FROM reflection UNION SELECT key_mark FROM reflection_draft ORDER BY key_mark";

    Ok(on!(database, pool => sqlx::query_scalar(MARKS).fetch_all(pool).await)?)
}

/// The mark of the key with which the servers of this database seal; none before the first has started.
pub async fn sealed_with(database: &Database) -> Result<Option<String>, AppError> {
    const MARK: &str = "SELECT mark FROM sealing_key WHERE id = 1";

    Ok(on!(database, pool => sqlx::query_scalar(MARK).fetch_optional(pool).await)?)
}

/// Says with which key a server seals from now on, if its keyring holds the one with which the servers of this database have sealed until now. Answers the
/// mark of a key that it lacks.
pub async fn seals_with(database: &Database, keyring: &Keyring) -> Result<Option<String>, AppError> {
    const SAY: &str =
        "INSERT INTO sealing_key (id, mark) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET mark = sealing_key.mark RETURNING mark";
    const TURN: &str = "UPDATE sealing_key SET mark = $1 WHERE id = 1";

    let Some(own) = keyring.mark() else { return Ok(None) };
    let mut transaction = database.begin().await?;
    let said: String = on!(&mut transaction, connection => sqlx::query_scalar(SAY).bind(own).fetch_one(connection).await)?;
    if !keyring.accounts_for(&said) {
        return Ok(Some(said));
    }
    on!(&mut transaction, connection => sqlx::query(TURN).bind(own).execute(connection).await.map(|_| ()))?;
    transaction.commit().await?;
    Ok(None)
}

/// What became of sealing everything anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// How many entries and drafts are sealed with the newest key that were not before.
    pub done: u64,
    /// How many stay closed, since their key is gone or they were changed underneath.
    pub closed: u64,
}

/// Seals with the newest key what another one seals, a part at a time: whoever stops it loses nothing, and whoever begins again goes on where it stopped.
/// Nothing of an entry changes by it, so that a window in which somebody writes is not overtaken; what is written meanwhile is left as it is written.
pub async fn reseal(system: &System, keyring: &Keyring) -> Result<Resealed, AppError> {
    let mut resealed = Resealed::default();
    let mut after = Uuid::nil();
    while let Some(last) = reseal_entries(system, keyring, after, &mut resealed).await? {
        after = last;
    }
    let mut after = (Uuid::nil(), String::new());
    while let Some(last) = reseal_drafts(system, keyring, after, &mut resealed).await? {
        after = last;
    }
    Ok(resealed)
}

#[derive(sqlx::FromRow)]
struct Entry {
    id: ReflectionId,
    person_id: PersonId,
    key_mark: String,
    sealed: Vec<u8>,
    version: i64,
}

async fn reseal_entries(system: &System, keyring: &Keyring, after: Uuid, resealed_so_far: &mut Resealed) -> Result<Option<Uuid>, AppError> {
    const OTHERS: &str = "\
SELECT id, person_id, key_mark, sealed, version
FROM reflection
WHERE key_mark <> $1
    AND id > $2
ORDER BY id
LIMIT $3";
    const RESEAL: &str = "UPDATE reflection SET key_mark = $4, sealed = $5 WHERE id = $1 AND key_mark = $2 AND version = $3";

    let mut transaction = system.begin().await?;
    let entries: Vec<Entry> = on!(&mut transaction, connection => sqlx::query_as(OTHERS)
        .bind(keyring.mark())
        .bind(after)
        .bind(AT_ONCE)
        .fetch_all(connection).await)?;
    let last = entries.last().map(|entry| entry.id.0);
    let mut part = Resealed::default();
    for Entry { id, person_id, key_mark, sealed, version } in entries {
        let before = Sealed { mark: key_mark, bytes: sealed };
        let Some(anew) = resealed(keyring, (id, person_id), &before)? else {
            part.closed += 1;
            continue;
        };
        part.done += on!(&mut transaction, connection => sqlx::query(RESEAL)
            .bind(id)
            .bind(&before.mark)
            .bind(version)
            .bind(&anew.mark)
            .bind(&anew.bytes)
            .execute(connection).await.map(|done| done.rows_affected()))?;
    }
    keep(transaction, system, part, resealed_so_far).await?;
    Ok(last)
}

#[derive(sqlx::FromRow)]
struct Draft {
    person_id: PersonId,
    code: String,
    key_mark: String,
    sealed: Vec<u8>,
    kept: i64,
}

async fn reseal_drafts(
    system: &System,
    keyring: &Keyring,
    (person, code): (Uuid, String),
    resealed_so_far: &mut Resealed,
) -> Result<Option<(Uuid, String)>, AppError> {
    const OTHERS: &str = "\
SELECT person_id, code, key_mark, sealed, kept
FROM reflection_draft
WHERE key_mark <> $1
    AND (person_id > $2 OR (person_id = $2 AND code > $3))
ORDER BY person_id, code
LIMIT $4";
    const RESEAL: &str =
        "UPDATE reflection_draft SET key_mark = $5, sealed = $6 WHERE person_id = $1 AND code = $2 AND key_mark = $3 AND kept = $4";

    let mut transaction = system.begin().await?;
    let drafts: Vec<Draft> = on!(&mut transaction, connection => sqlx::query_as(OTHERS)
        .bind(keyring.mark())
        .bind(person)
        .bind(code)
        .bind(AT_ONCE)
        .fetch_all(connection).await)?;
    let last = drafts.last().map(|draft| (draft.person_id.0, draft.code.clone()));
    let mut part = Resealed::default();
    for Draft { person_id, code, key_mark, sealed, kept } in drafts {
        let before = Sealed { mark: key_mark, bytes: sealed };
        let Some(anew) = resealed_draft(keyring, &code, person_id, &before)? else {
            part.closed += 1;
            continue;
        };
        part.done += on!(&mut transaction, connection => sqlx::query(RESEAL)
            .bind(person_id)
            .bind(&code)
            .bind(&before.mark)
            .bind(kept)
            .bind(&anew.mark)
            .bind(&anew.bytes)
            .execute(connection).await.map(|done| done.rows_affected()))?;
    }
    keep(transaction, system, part, resealed_so_far).await?;
    Ok(last)
}

/// Keeps one part, and counts it once it is kept. The log is told how many there were, and not whose.
async fn keep(mut transaction: Transaction, system: &System, part: Resealed, so_far: &mut Resealed) -> Result<(), AppError> {
    if part.done > 0 {
        let detail = part.done.to_string();
        let entry = audit::Entry { action: "reseal_logs", subject: "reflection", subject_id: None, detail: &detail };
        audit::record_by_system(&mut transaction, system, entry).await?;
    }
    transaction.commit().await?;
    so_far.done += part.done;
    so_far.closed += part.closed;
    Ok(())
}
