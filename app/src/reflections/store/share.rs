//! Sharing one entry with one's supervisor, and taking it back.

use chrono::{DateTime, TimeDelta, Utc};

use super::seal::opened;
use super::write::log_is_kept;
use crate::access::Actor;
use crate::access_log::{RecordKind, note_opened};
use crate::database::on;
use crate::error::AppError;
use crate::messages::{self, Waits, queue_until};
use crate::people::{PersonId, short_name};
use crate::reflections::answers::{SharedEntry, SharedLine};
use crate::reflections::letters::entry_shared;
use crate::reflections::model::{ReflectionId, Words};
use crate::sealing::Sealed;

/// For so long the supervisor is told of nothing, so that an entry which is taken back at once was never shared.
const BEFORE_TOLD: TimeDelta = TimeDelta::minutes(10);

/// Shares an entry of the actor's with somebody who leads a group that they are in now. One that is shared stays as it is.
pub async fn share(actor: &Actor, code: &str, supervisor: &str) -> Result<(), AppError> {
    const SUPERVISOR: &str = "\
SELECT DISTINCT p.id
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
JOIN person p ON p.id = g.supervisor_id
WHERE m.person_id = $1
    AND m.left_on IS NULL
    AND g.ended_at IS NULL
    AND p.code = $2";
    const SHARE: &str = "\
UPDATE reflection
SET shared_with = $3, shared_at = $4, opened_at = NULL
WHERE code = $1
    AND person_id = $2
    AND removed_at IS NULL
    AND shared_with IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let supervisor: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(SUPERVISOR)
        .bind(actor.person())
        .bind(supervisor)
        .fetch_optional(connection).await)?;
    let supervisor = supervisor.ok_or(AppError::NotFound)?;
    let shared: Option<ReflectionId> = on!(&mut transaction, connection => sqlx::query_scalar(SHARE)
        .bind(code)
        .bind(actor.person())
        .bind(supervisor)
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = shared.ok_or_else(|| {
        AppError::Conflict(
            "This entry is shared already, or was removed in the meantime. Take it back first if you want to share it with somebody else."
                .to_owned(),
        )
    })?;
    let waits = Waits { now: actor.now(), until: actor.now() + BEFORE_TOLD, about: Some(id.0) };
    queue_until(&mut transaction, &entry_shared(supervisor, actor.origin()), &[], waits).await?;
    log_is_kept(&mut transaction, actor).await?;
    transaction.commit().await
}

/// Takes back an entry of the actor's, with the message about it if that has not left. A second press finds it done.
pub async fn take_back(actor: &Actor, code: &str) -> Result<(), AppError> {
    const TAKE_BACK: &str = "\
UPDATE reflection
SET shared_with = NULL, shared_at = NULL, opened_at = NULL
WHERE code = $1
    AND person_id = $2
    AND removed_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let taken: Option<ReflectionId> = on!(&mut transaction, connection => sqlx::query_scalar(TAKE_BACK)
        .bind(code)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let id = taken.ok_or(AppError::NotFound)?;
    messages::take_back(&mut transaction, id.0).await?;
    log_is_kept(&mut transaction, actor).await?;
    transaction.commit().await
}

/// What is read of an entry that is shared with `$1` by somebody whom they supervise at this moment.
macro_rules! shared {
    ($rest:literal) => {
        concat!(
            "\
SELECT r.id, r.code, r.person_id, r.written_at, r.key_mark, r.sealed, r.shared_at, r.opened_at, p.title, p.given_name, p.family_name
FROM reflection r
JOIN person p ON p.id = r.person_id
WHERE r.shared_with = $1
    AND r.removed_at IS NULL
    AND ",
            supervises_now!("$1"),
            "
",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ReflectionId,
    code: String,
    person_id: PersonId,
    written_at: DateTime<Utc>,
    key_mark: String,
    sealed: Vec<u8>,
    shared_at: DateTime<Utc>,
    opened_at: Option<DateTime<Utc>>,
    title: String,
    given_name: String,
    family_name: String,
}

impl Row {
    fn words(&self, actor: &Actor) -> Option<Words> {
        let sealed = Sealed { mark: self.key_mark.clone(), bytes: self.sealed.clone() };
        opened(actor.keyring(), (self.id, self.person_id), &sealed)
    }

    fn writer(&self) -> String {
        short_name(&self.title, &self.given_name, &self.family_name)
    }
}

/// What is shared with the actor, the latest first.
pub async fn shared_with(actor: &Actor) -> Result<Vec<SharedLine>, AppError> {
    const SHARED: &str = shared!("ORDER BY r.shared_at DESC, r.id");

    let rows: Vec<Row> = on!(actor.database(), pool => sqlx::query_as(SHARED).bind(actor.person()).fetch_all(pool).await)?;
    let line = |row: Row| SharedLine {
        writer: row.writer(),
        // What stands in it is seen by whoever opens it, which its writer is told.
        heading: row.opened_at.and_then(|_| row.words(actor)).map(|words| words.heading()),
        since: row.shared_at,
        is_opened: row.opened_at.is_some(),
        code: row.code,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Opens an entry that is shared with the actor. The writer sees that it was opened; what is not shared is as what never was.
pub async fn open_shared(actor: &Actor, code: &str) -> Result<SharedEntry, AppError> {
    const SHARED: &str = shared!("    AND r.code = $2");
    // Whoever takes it back at this moment comes before or after, and not between.
    const OPENED: &str = "UPDATE reflection SET opened_at = COALESCE(opened_at, $3) WHERE code = $1 AND shared_with = $2";

    let mut transaction = actor.begin().await?;
    let row: Option<Row> =
        on!(&mut transaction, connection => sqlx::query_as(SHARED).bind(actor.person()).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let opened = on!(&mut transaction, connection => sqlx::query(OPENED)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if opened == 0 {
        return Err(AppError::NotFound);
    }
    note_opened(&mut transaction, actor, row.person_id, RecordKind::SharedEntry).await?;
    if row.opened_at.is_none() {
        log_is_kept(&mut transaction, actor).await?;
    }
    transaction.commit().await?;
    Ok(SharedEntry { writer: row.writer(), written: ::series::local(row.written_at), words: row.words(actor) })
}
