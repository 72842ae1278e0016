//! The sessions that wait for their attendance, and those whose supervisor or, once that person is gone, coordinators have to be reminded.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::leader::is_leader_there;
use crate::access::{Actor, Permission, System};
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::messages::queue;
use crate::people::store::coordinators;
use crate::people::{PersonId, short_name};
use crate::sessions::answers::{Unmarked, session_name};
use crate::sessions::letters::{attendance_left_behind, attendance_to_finish};
use crate::sessions::model::{Course, SessionId, long_overdue_before};

/// The actor's sessions that are over and not finished, oldest first; for a coordinator also those of whoever can finish none any more, and
/// those that have not been finished for more than five working days.
pub async fn sessions_to_mark(actor: &Actor) -> Result<Vec<Unmarked>, AppError> {
    const TO_MARK: &str = concat!(
        "\
SELECT s.code, g.kind, g.name, s.starts_local, s.starts_at, s.ends_at, s.supervisor_id = $1 AS is_own,
    p.title, p.given_name, p.family_name, ",
        is_leader_there!(),
        " AS is_leader_there,
    EXISTS (SELECT 1 FROM attendance t WHERE t.session_id = s.id AND t.state IS NOT NULL) AS is_begun
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
WHERE (s.supervisor_id = $1 OR ($3 AND (s.ends_at < $4 OR NOT ",
        is_leader_there!(),
        ")))
    AND s.ends_at <= $2
    AND s.marked_at IS NULL
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at, s.code"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        kind: GroupKind,
        name: String,
        starts_local: NaiveDateTime,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        is_own: bool,
        title: String,
        given_name: String,
        family_name: String,
        is_leader_there: bool,
        is_begun: bool,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(TO_MARK)
        .bind(actor.person())
        .bind(actor.now())
        .bind(actor.may(Permission::ManageGroups))
        .bind(long_overdue_before(actor.now()))
        .fetch_all(pool).await)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let course = Course { starts_at: row.starts_at, ends_at: row.ends_at, marked_at: None, cancelled_at: None };
            Unmarked {
                code: row.code,
                kind: row.kind,
                name: session_name(row.kind, &row.name),
                starts: row.starts_local,
                ends: ::series::local(row.ends_at),
                due: course.due(),
                is_overdue: course.is_overdue(actor.now()),
                is_begun: row.is_begun,
                is_left_behind: !row.is_own && !row.is_leader_there,
                waits_for: (!row.is_own && row.is_leader_there).then(|| short_name(&row.title, &row.given_name, &row.family_name)),
            }
        })
        .collect())
}

/// The sessions whose attendance was due and whose supervisor has not been reminded.
pub async fn sessions_to_chase(system: &System) -> Result<Vec<SessionId>, AppError> {
    const TO_CHASE: &str = "\
SELECT id, starts_at, ends_at
FROM session
WHERE marked_at IS NULL
    AND cancelled_at IS NULL
    AND chased_at IS NULL
    AND ends_at <= $1
ORDER BY ends_at, id";

    let database = system.database();
    // Two working days are at least one day and a night; which of these are due is for the calendar to say.
    let candidates: Vec<(SessionId, DateTime<Utc>, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(TO_CHASE)
        .bind(system.now() - TimeDelta::days(1))
        .fetch_all(pool).await)?;
    Ok(candidates
        .into_iter()
        .filter(|(_, starts_at, ends_at)| {
            let course = Course { starts_at: *starts_at, ends_at: *ends_at, marked_at: None, cancelled_at: None };
            course.is_overdue(system.now())
        })
        .map(|(session, ..)| session)
        .collect())
}

/// Reminds the supervisor of one session, once, whichever process comes first; the coordinators where the supervisor is gone. Says whether
/// it was this one.
pub async fn chase(system: &System, session: SessionId) -> Result<bool, AppError> {
    let mut transaction = system.begin().await?;
    let Some((supervisor, starts, code)) = take(&mut transaction, system, session).await? else { return Ok(false) };
    if is_there(&mut transaction, supervisor).await? {
        queue(&mut transaction, &attendance_to_finish(supervisor, starts.date(), system.origin()), system.now()).await?;
    } else {
        for coordinator in coordinators(&mut transaction).await? {
            let letter = attendance_left_behind(coordinator, starts.date(), (system.origin(), &code));
            queue(&mut transaction, &letter, system.now()).await?;
        }
    }
    let entry = audit::Entry { action: "chase_attendance", subject: "session", subject_id: Some(session.0), detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn is_there(transaction: &mut Transaction, person: PersonId) -> Result<bool, AppError> {
    const COUNT: &str = concat!("SELECT COUNT(*) FROM person p WHERE p.id = $1 AND ", is_leader_there!());

    let count: i64 = on!(&mut transaction, connection => sqlx::query_scalar(COUNT).bind(person).fetch_one(connection).await)?;
    Ok(count > 0)
}

async fn take(
    transaction: &mut Transaction,
    system: &System,
    session: SessionId,
) -> Result<Option<(PersonId, NaiveDateTime, String)>, AppError> {
    // Whoever sets the moment sends the message; on Postgres a second process waits here and then finds it set.
    const CHASE: &str = "\
UPDATE session
SET chased_at = $2
WHERE id = $1
    AND chased_at IS NULL
    AND marked_at IS NULL
    AND cancelled_at IS NULL
RETURNING supervisor_id, starts_local, code";

    Ok(on!(&mut transaction, connection => sqlx::query_as(CHASE)
        .bind(session)
        .bind(system.now())
        .fetch_optional(connection).await)?)
}
