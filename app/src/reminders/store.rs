//! Reminders in the database.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::letters::{Part, Reminded, reminder};
use super::model::{Reminders, USUAL, timely};
use crate::access::{Actor, System};
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::MeetingMode;
use crate::groups::store::people_of_session;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sessions::SessionId;

/// When the actor is reminded.
pub async fn reminders_of(actor: &Actor) -> Result<Reminders, AppError> {
    const CHOSEN: &str = "SELECT first_hours, second_hours FROM reminder_choice WHERE person_id = $1";

    let database = actor.database();
    let chosen: Option<(i64, i64)> = on!(database, pool => sqlx::query_as(CHOSEN).bind(actor.person()).fetch_optional(pool).await)?;
    Ok(chosen.map_or(USUAL, |(first_hours, second_hours)| Reminders { first_hours, second_hours }))
}

/// Keeps when the actor is reminded.
pub async fn choose(actor: &Actor, chosen: Reminders) -> Result<(), AppError> {
    const CHOOSE: &str = "\
INSERT INTO reminder_choice (person_id, first_hours, second_hours)
VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE
SET first_hours = excluded.first_hours, second_hours = excluded.second_hours";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(CHOOSE)
        .bind(actor.person())
        .bind(chosen.first_hours)
        .bind(chosen.second_hours)
        .execute(connection).await.map(|_| ()))?;
    let detail = format!("{} and {} hours before", chosen.first_hours, chosen.second_hours);
    let entry = audit::Entry { action: "choose_reminders", subject: "person", subject_id: Some(actor.person().0), detail: &detail };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// A session of which it is time to remind people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ToRemindOf {
    session: SessionId,
    hours: i64,
    starts_at: DateTime<Utc>,
}

/// The sessions of which it is time to remind people so many hours before, and of which nobody has been reminded.
pub(super) async fn sessions_to_remind_of(system: &System, hours: i64) -> Result<Vec<ToRemindOf>, AppError> {
    const TO_REMIND_OF: &str = "\
SELECT s.id, s.starts_at, x.published_at
FROM session s
JOIN series x ON x.id = s.series_id
WHERE s.starts_at > $1
    AND s.starts_at <= $2
    AND s.cancelled_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM reminder r
        WHERE r.session_id = s.id AND r.hours_before = $3 AND r.starts_at = s.starts_at
    )
ORDER BY s.starts_at, s.id";

    let (after, until) = timely(hours, system.now());
    let database = system.database();
    let rows: Vec<(SessionId, DateTime<Utc>, Option<DateTime<Utc>>)> = on!(database, pool => sqlx::query_as(TO_REMIND_OF)
        .bind(after)
        .bind(until)
        .bind(hours)
        .fetch_all(pool).await)?;
    // Whoever was told of a session after the reminder would have been due needs no second message in the same hour.
    let was_planned = |starts_at: DateTime<Utc>, published_at: Option<DateTime<Utc>>| {
        published_at.is_some_and(|published_at| published_at <= starts_at - TimeDelta::hours(hours))
    };
    Ok(rows
        .into_iter()
        .filter(|(_, starts_at, published_at)| was_planned(*starts_at, *published_at))
        .map(|(session, starts_at, _)| ToRemindOf { session, hours, starts_at })
        .collect())
}

/// Reminds everybody who wants it of one session, once, whichever process comes first. Says how many were written to.
pub(super) async fn remind(system: &System, due: ToRemindOf) -> Result<u64, AppError> {
    let mut transaction = system.begin().await?;
    if !take(&mut transaction, system, due).await? {
        return Ok(0);
    }
    let mut written = 0_u64;
    for row in expected(&mut transaction, due).await? {
        let (person, part, session) = row.read();
        queue(&mut transaction, &reminder(person, &session, part, system.origin()), system.now()).await?;
        written = written.saturating_add(1);
    }
    if written > 0 {
        let detail = format!("{} hours before", due.hours);
        let entry = audit::Entry { action: "remind_of_session", subject: "session", subject_id: Some(due.session.0), detail: &detail };
        audit::record_by_system(&mut transaction, system, entry).await?;
    }
    transaction.commit().await?;
    Ok(written)
}

async fn take(transaction: &mut Transaction, system: &System, due: ToRemindOf) -> Result<bool, AppError> {
    // Whoever inserts the row writes the messages; a session that was cancelled or moved meanwhile is left alone.
    const TAKE: &str = "\
INSERT INTO reminder (session_id, hours_before, starts_at, written_at)
SELECT s.id, $2, s.starts_at, $4
FROM session s
WHERE s.id = $1
    AND s.starts_at = $3
    AND s.cancelled_at IS NULL
ON CONFLICT DO NOTHING";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(due.session)
        .bind(due.hours)
        .bind(due.starts_at)
        .bind(system.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

#[derive(sqlx::FromRow)]
struct Expected {
    person_id: PersonId,
    part: Part,
    code: String,
    starts_local: NaiveDateTime,
    ends_at: DateTime<Utc>,
    length_minutes: i64,
    mode: MeetingMode,
    place: String,
    has_phone: bool,
}

impl Expected {
    fn read(self) -> (PersonId, Part, Reminded) {
        let session = Reminded {
            code: self.code,
            starts: self.starts_local,
            ends: ::series::local(self.ends_at),
            length_minutes: self.length_minutes,
            mode: self.mode,
            place: self.place,
            has_phone: self.has_phone,
        };
        (self.person_id, self.part, session)
    }
}

/// Who leads the session and whom it is for, where they have sent no apologies and want to be reminded so early.
async fn expected(transaction: &mut Transaction, due: ToRemindOf) -> Result<Vec<Expected>, AppError> {
    const EXPECTED: &str = concat!(
        "\
SELECT p.id AS person_id,
    CASE
        WHEN p.id = s.supervisor_id THEN 'leads'
        WHEN EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = p.id) THEN 'hosts'
        WHEN g.kind = 'open_clinic' THEN 'booked'
        ELSE 'member'
    END AS part,
    s.code, s.starts_local, s.ends_at, s.length_minutes, g.mode, COALESCE(NULLIF(s.place, ''), g.place) AS place,
    g.room_phone <> '' AS has_phone
FROM (
    SELECT s.supervisor_id AS person_id
    FROM session s
    WHERE s.id = $1
    UNION
    SELECT h.person_id
    FROM session_host h
    WHERE h.session_id = $1
    UNION
",
        people_of_session!(),
        "
) e
JOIN person p ON p.id = e.person_id
JOIN session s ON s.id = $1
JOIN supervision_group g ON g.id = s.group_id
LEFT JOIN reminder_choice c ON c.person_id = p.id
LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = p.id
WHERE p.standing IN ('invited', 'registered')
    AND a.apologies_at IS NULL
    AND CASE WHEN c.person_id IS NULL THEN $3 ELSE c.first_hours = $2 OR c.second_hours = $2 END
ORDER BY p.id"
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(EXPECTED)
        .bind(due.session)
        .bind(due.hours)
        .bind(USUAL.has(due.hours))
        .fetch_all(connection).await)?)
}

/// Forgets of which sessions people were reminded, once they have begun. Answers how many there were.
pub(super) async fn forget_past(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM reminder WHERE starts_at <= $1";

    Ok(on!(system.database(), pool => sqlx::query(FORGET).bind(system.now()).execute(pool).await.map(|done| done.rows_affected()))?)
}
