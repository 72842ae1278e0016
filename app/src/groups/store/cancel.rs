//! Cancelling sessions for everybody: one of them, or all that are still to come.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::on_the_day::is_member_on_the_day;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{CancelReason, GroupId};

/// Cancels one session of a group by its code, unless it was cancelled or its attendance is finished. Answers whether it was cancelled now.
pub async fn cancel_one(transaction: &mut Transaction, group: GroupId, code: &str, call: Cancellation) -> Result<bool, AppError> {
    Ok(cancel(transaction, group, code, call).await? > 0)
}

/// Cancels every session of a group that has not begun. Answers how many there were.
pub(super) async fn cancel_coming(transaction: &mut Transaction, group: GroupId, call: Cancellation) -> Result<u64, AppError> {
    cancel(transaction, group, EVERY_COMING, call).await
}

/// Takes the cancellation of a session back: it is planned again, and nobody's line says that it was not held.
pub async fn restore(transaction: &mut Transaction, session: Uuid) -> Result<(), AppError> {
    const RESTORE: &str = "UPDATE session SET cancelled_at = NULL, cancelled_reason = '' WHERE id = $1";
    // Apologies that were sent before stand on the same line, and stay.
    const CLEAR: &str = "UPDATE attendance SET state = NULL WHERE session_id = $1 AND state = 'cancelled_by_centre'";
    const FORGET: &str = "DELETE FROM attendance WHERE session_id = $1 AND state IS NULL AND apologies_at IS NULL";

    for statement in [RESTORE, CLEAR, FORGET] {
        on!(&mut transaction, connection => sqlx::query(statement).bind(session).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// When sessions are cancelled, and why.
#[derive(Clone, Copy, Debug)]
pub struct Cancellation {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: CancelReason,
}

/// Takes the place of a code. No session has an empty one.
const EVERY_COMING: &str = "";

async fn cancel(transaction: &mut Transaction, group: GroupId, code: &str, call: Cancellation) -> Result<u64, AppError> {
    const CANCEL: &str = "\
UPDATE session
SET cancelled_at = $3, cancelled_reason = $4, version = version + 1
WHERE group_id = $1
    AND (code = $2 OR ($2 = '' AND starts_at > $3))
    AND cancelled_at IS NULL
    AND marked_at IS NULL";
    // The line of everybody who was expected becomes so too, and of whoever had been marked, so that nobody counts as absent.
    const LINES: &str = concat!(
        "\
INSERT INTO attendance (session_id, person_id, apologies_reason, state)
SELECT s.id, m.person_id, '', 'cancelled_by_centre'
FROM session s
JOIN membership m ON m.group_id = s.group_id
WHERE s.group_id = $1
    AND (s.code = $2 OR ($2 = '' AND s.starts_at > $3))
    AND s.cancelled_at = $3
    AND ",
        is_member_on_the_day!(),
        "
UNION
SELECT s.id, b.person_id, '', 'cancelled_by_centre'
FROM session s
JOIN booking b ON b.session_id = s.id
WHERE s.group_id = $1
    AND (s.code = $2 OR ($2 = '' AND s.starts_at > $3))
    AND s.cancelled_at = $3
UNION
SELECT s.id, marked.person_id, '', 'cancelled_by_centre'
FROM session s
JOIN attendance marked ON marked.session_id = s.id
WHERE s.group_id = $1
    AND (s.code = $2 OR ($2 = '' AND s.starts_at > $3))
    AND s.cancelled_at = $3
    AND marked.state IS NOT NULL
ON CONFLICT (session_id, person_id) DO UPDATE
SET state = excluded.state, minutes = NULL"
    );

    let cancelled = on!(&mut transaction, connection => sqlx::query(CANCEL)
        .bind(group)
        .bind(code)
        .bind(call.at)
        .bind(call.reason.key())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if cancelled > 0 {
        on!(&mut transaction, connection => sqlx::query(LINES)
            .bind(group)
            .bind(code)
            .bind(call.at)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(cancelled)
}
