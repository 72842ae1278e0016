//! The doors to a clinic's session, for whoever books and for the program: the session, taken for the rest of the transaction.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;
use crate::sessions::{Course, SessionId};

/// A session of an open clinic. For whoever books it has not begun and takes place.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct ToBook {
    pub id: SessionId,
    pub code: String,
    pub group_id: GroupId,
    pub supervisor_id: PersonId,
    pub starts_local: NaiveDateTime,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
}

impl ToBook {
    /// The moments of the session, whose attendance nobody has finished.
    pub fn course(&self) -> Course {
        Course { starts_at: self.starts_at, ends_at: self.ends_at, marked_at: None, cancelled_at: self.cancelled_at }
    }
}

/// Takes a session: on Postgres whoever books the same one waits here, on SQLite the transaction already is alone. So the last place is not
/// counted by two at once, and nobody books what is cancelled or moved at this moment.
pub(super) async fn take_session(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<ToBook, AppError> {
    // The group first, as everywhere: its terms, its places and its sessions stay as they are until the place is booked.
    const TAKE_CLINIC: &str = "\
UPDATE supervision_group
SET version = version
WHERE kind = 'open_clinic'
    AND id = (SELECT s.group_id FROM session s WHERE s.code = $1)";
    const TAKE: &str = "\
UPDATE session
SET version = version
WHERE code = $1
    AND starts_at > $2
    AND cancelled_at IS NULL
    AND EXISTS (SELECT 1 FROM supervision_group g WHERE g.id = session.group_id AND g.kind = 'open_clinic' AND g.ended_at IS NULL)
RETURNING id, code, group_id, supervisor_id, starts_local, starts_at, ends_at, cancelled_at";
    const IS_CLINIC: &str = "\
SELECT COUNT(*)
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.code = $1
    AND g.kind = 'open_clinic'";

    on!(&mut transaction, connection => sqlx::query(TAKE_CLINIC).bind(code).execute(connection).await.map(|_| ()))?;
    let taken: Option<ToBook> =
        on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(code).bind(actor.now()).fetch_optional(connection).await)?;
    if let Some(session) = taken {
        return Ok(session);
    }
    let clinics: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_CLINIC).bind(code).fetch_one(connection).await)?;
    if clinics == 0 {
        return Err(AppError::NotFound);
    }
    Err(AppError::Conflict("This session has begun or was cancelled, so its places can no longer be booked or given back.".to_owned()))
}

/// Takes a session for whoever would wait for it no more, however far it has come: of one that was cancelled they are not to be told again either.
pub(super) async fn take_to_leave(transaction: &mut Transaction, code: &str) -> Result<ToBook, AppError> {
    const OF_CLINIC: &str = "\
SELECT s.id
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.code = $1
    AND g.kind = 'open_clinic'";

    let id: Option<SessionId> =
        on!(&mut transaction, connection => sqlx::query_scalar(OF_CLINIC).bind(code).fetch_optional(connection).await)?;
    let session = match id {
        Some(id) => take_to_follow(transaction, id).await?,
        None => None,
    };
    session.ok_or(AppError::NotFound)
}

/// Takes a session for the program, however far it has come.
pub(super) async fn take_to_follow(transaction: &mut Transaction, id: SessionId) -> Result<Option<ToBook>, AppError> {
    // The group first, as above.
    const TAKE_CLINIC: &str =
        "UPDATE supervision_group SET version = version WHERE id = (SELECT s.group_id FROM session s WHERE s.id = $1)";
    const TAKE: &str = "\
UPDATE session
SET version = version
WHERE id = $1
RETURNING id, code, group_id, supervisor_id, starts_local, starts_at, ends_at, cancelled_at";

    on!(&mut transaction, connection => sqlx::query(TAKE_CLINIC).bind(id).execute(connection).await.map(|_| ()))?;
    Ok(on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(id).fetch_optional(connection).await)?)
}
