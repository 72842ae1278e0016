//! What somebody has begun to write in their log and not kept yet: one copy for each entry, sealed as entries are, found again on another device.

use chrono::{DateTime, Utc};

use super::seal::{opened_draft, sealed_draft};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::reflections::answers::Begun;
use crate::reflections::forms::NewEntry;
use crate::sealing::Sealed;

/// What is read of a copy. `$1` is the writer.
macro_rules! drafts {
    ($rest:literal) => {
        concat!(
            "SELECT d.code, d.session, d.version, d.saved_at, d.key_mark, d.sealed, d.kept FROM reflection_draft d WHERE d.person_id = $1 ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    session: String,
    version: i64,
    saved_at: DateTime<Utc>,
    key_mark: String,
    sealed: Vec<u8>,
    kept: i64,
}

impl Row {
    fn begun(self, actor: &Actor) -> Begun {
        let sealed = Sealed { mark: self.key_mark, bytes: self.sealed };
        Begun {
            words: opened_draft(actor.keyring(), &self.code, actor.person(), &sealed).unwrap_or_default(),
            code: self.code,
            session: self.session,
            version: self.version,
            saved_at: ::series::local(self.saved_at),
            kept: self.kept,
        }
    }
}

/// What the actor has begun to write in an entry.
pub(super) async fn begun_in(moment: &mut Transaction, actor: &Actor, code: &str) -> Result<Option<Begun>, AppError> {
    const IN: &str = drafts!("AND d.code = $2");

    let row: Option<Row> =
        on!(&mut *moment, connection => sqlx::query_as(IN).bind(actor.person()).bind(code).fetch_optional(connection).await)?;
    Ok(row.map(|row| row.begun(actor)))
}

/// What the actor has begun to write that is no entry yet, the latest of it.
pub(super) async fn begun_anew(moment: &mut Transaction, actor: &Actor) -> Result<Option<Begun>, AppError> {
    const ANEW: &str = drafts!("AND d.version = 0 ORDER BY d.saved_at DESC, d.code LIMIT 1");

    let row: Option<Row> = on!(&mut *moment, connection => sqlx::query_as(ANEW).bind(actor.person()).fetch_optional(connection).await)?;
    Ok(row.map(|row| row.begun(actor)))
}

/// Keeps what is typed in a window that knows of a copy which was `kept` so often; 0 of none. What was written in another window since is not
/// written over, and what became an entry is begun no more. Answers how often it is kept now.
pub async fn keep_begun(actor: &Actor, entry: &NewEntry, kept: i64) -> Result<i64, AppError> {
    const FIRST: &str = "\
INSERT INTO reflection_draft (person_id, code, session, version, saved_at, key_mark, sealed, kept)
SELECT $1, $2, $3, $4, $5, $6, $7, $8 + 1
WHERE $4 = (SELECT COALESCE(MAX(r.version), 0) FROM reflection r WHERE r.code = $2)
ON CONFLICT (person_id, code) DO NOTHING
RETURNING kept";
    const AGAIN: &str = "\
UPDATE reflection_draft
SET session = $3, version = $4, saved_at = $5, key_mark = $6, sealed = $7, kept = $8 + 1
WHERE person_id = $1
    AND code = $2
    AND kept = $8
RETURNING kept";

    if entry.is_blank() {
        drop_begun(actor, &entry.code).await?;
        return Ok(0);
    }
    let sealed = sealed_draft(actor.keyring(), &entry.code, actor.person(), &entry.words)?;
    let statement = if kept == 0 { FIRST } else { AGAIN };
    let mut transaction = actor.begin().await?;
    let kept: Option<i64> = on!(&mut transaction, connection => sqlx::query_scalar(statement)
        .bind(actor.person())
        .bind(&entry.code)
        .bind(&entry.session)
        .bind(entry.version)
        .bind(actor.now())
        .bind(&sealed.mark)
        .bind(&sealed.bytes)
        .bind(kept)
        .fetch_optional(connection).await)?;
    transaction.commit().await?;
    kept.ok_or_else(|| AppError::Conflict(WRITTEN_ELSEWHERE.to_owned()))
}

/// Said where a window is open that does not know of the latest copy.
const WRITTEN_ELSEWHERE: &str =
    "You have written here in another window since. What you type now is not kept by itself: press “Keep it” when you are done.";

/// Forgets what the actor has begun to write in an entry.
pub async fn drop_begun(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    forget_begun(&mut transaction, actor, code).await?;
    transaction.commit().await
}

/// The same within a unit of work: what was kept is begun no more.
pub(super) async fn forget_begun(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM reflection_draft WHERE person_id = $1 AND code = $2";

    on!(&mut transaction, connection => sqlx::query(FORGET).bind(actor.person()).bind(code).execute(connection).await.map(|_| ()))?;
    Ok(())
}
