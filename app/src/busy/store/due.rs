//! Reading other calendars, by whichever process comes first.

use std::collections::BTreeSet;

use calendar_files::{Busy, BusyTimes, Identity};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::access::System;
use crate::busy::address::CalendarAddress;
use crate::busy::model::Outcome;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// How long a calendar rests once it has been tried. A process that dies while it reads has put it off as well.
const REST: TimeDelta = TimeDelta::hours(2);

/// Another calendar that this process has taken.
#[derive(Clone, Debug)]
pub struct Due {
    /// Whose it is.
    pub person: PersonId,
    /// Where it is.
    pub address: CalendarAddress,
}

/// Takes the calendar that has been due for longest, if any is, and puts it off. Nothing is read for whoever can lead no session.
pub async fn take_due(system: &System) -> Result<Option<Due>, AppError> {
    // A read first: most of the time nothing is due, and a write would take the lock of the SQLite file for nothing.
    const DUE: &str = "\
SELECT c.person_id, c.due_at
FROM other_calendar c
JOIN person p ON p.id = c.person_id
JOIN person_role r ON r.person_id = c.person_id AND r.role = 'supervisor'
WHERE c.due_at <= $1
    AND p.standing = 'registered'
ORDER BY c.due_at, c.person_id
LIMIT 1";
    const TAKE: &str = "\
UPDATE other_calendar
SET due_at = $3
WHERE person_id = $1
    AND due_at = $2
RETURNING address";

    let (database, now) = (system.database(), system.now());
    loop {
        let due: Option<(PersonId, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(DUE).bind(now).fetch_optional(pool).await)?;
        let Some((person, due_at)) = due else { return Ok(None) };
        let taken: Option<String> = on!(database, pool => sqlx::query_scalar(TAKE)
            .bind(person)
            .bind(due_at)
            .bind(now + REST)
            .fetch_optional(pool).await)?;
        // Another process may have been quicker; then the next one is looked for.
        if let Some(address) = taken.and_then(|address| CalendarAddress::of(&address)) {
            return Ok(Some(Due { person, address }));
        }
    }
}

/// What a calendar knows the sessions by that somebody leads, comes to, or is in the group of, from now on, and their series.
pub async fn own_identities(system: &System, person: PersonId) -> Result<BTreeSet<Identity>, AppError> {
    const OURS: &str = "\
SELECT s.id, s.series_id
FROM session s
WHERE s.ends_at > $2
    AND (
        s.supervisor_id = $1
        OR s.group_id IN (SELECT g.id FROM supervision_group g WHERE g.supervisor_id = $1)
        OR s.group_id IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1)
        OR s.id IN (SELECT b.session_id FROM booking b WHERE b.person_id = $1)
        OR s.id IN (SELECT h.session_id FROM session_host h WHERE h.person_id = $1)
    )";

    let rows: Vec<(Uuid, Uuid)> =
        on!(system.database(), pool => sqlx::query_as(OURS).bind(person).bind(system.now()).fetch_all(pool).await)?;
    Ok(rows.into_iter().flat_map(|(session, series)| [session, series]).map(|id| Identity(id.as_u128())).collect())
}

/// Puts blocks in the place of those that were known, unless their owner has changed the address meanwhile.
pub async fn store_blocks(system: &System, due: &Due, found: &BusyTimes) -> Result<(), AppError> {
    const NOTE: &str = "\
UPDATE other_calendar
SET outcome = 'read', read_at = $3, not_understood = $4
WHERE person_id = $1
    AND address = $2";
    const FORGET: &str = "DELETE FROM busy_block WHERE person_id = $1";

    let mut transaction = system.begin().await?;
    let noted = on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(due.person)
        .bind(due.address.whole())
        .bind(system.now())
        .bind(i64::try_from(found.not_understood).unwrap_or(i64::MAX))
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if noted == 0 {
        return Ok(());
    }
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(due.person).execute(connection).await.map(|_| ()))?;
    insert(&mut transaction, due.person, &found.blocks).await?;
    transaction.commit().await
}

async fn insert(transaction: &mut Transaction, person: PersonId, blocks: &[Busy]) -> Result<(), AppError> {
    const INSERT: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) ";
    const ROWS: usize = 500;

    for rows in blocks.chunks(ROWS) {
        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(INSERT);
            statement.push_values(rows, |mut values, block| {
                values.push_bind(person).push_bind(block.starts_at).push_bind(block.ends_at);
            });
            // Each length is a statement of its own, so keeping them would serve nobody.
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Notes why a calendar could not be read. What was known before stays known.
pub async fn note_outcome(system: &System, due: &Due, outcome: Outcome) -> Result<(), AppError> {
    const NOTE: &str = "UPDATE other_calendar SET outcome = $3 WHERE person_id = $1 AND address = $2";

    on!(system.database(), pool => sqlx::query(NOTE)
        .bind(due.person)
        .bind(due.address.whole())
        .bind(outcome)
        .execute(pool).await.map(|_| ()))?;
    Ok(())
}
