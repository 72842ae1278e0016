//! A change of published series, written so that nobody has overtaken it.

use ::series::timetable::{Delta, RowChange, Series, Session};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::database::{Transaction, code, on};
use crate::diaries::{PatternRow, Rows};
use crate::error::AppError;
use crate::groups::store::{Cancellation, cancel_one, restore};
use crate::groups::{CancelReason, GroupId};

/// A change that is to be written, to series of a group that is taken.
#[derive(Clone, Copy)]
pub struct Write<'a> {
    pub group: GroupId,
    pub rows: &'a Rows,
    pub delta: &'a Delta,
    pub now: DateTime<Utc>,
}

/// What somebody is told who was not quick enough.
const OVERTAKEN: &str = "Somebody else has changed these sessions meanwhile. Nothing was changed; look at them as they are now.";

/// Binds the identity of a series and all that an edit can change of it, as `$1` to `$14`.
macro_rules! series_columns {
    ($statement:expr, $series:expr) => {{
        let columns = PatternRow::of(&$series.pattern, $series.details.length_minutes);
        $statement
            .bind(uuid($series.key.0))
            .bind(columns.rhythm.starts_on)
            .bind(columns.rhythm.starts_time)
            .bind(columns.rhythm.length_minutes)
            .bind(columns.rhythm.every_weeks)
            .bind(columns.rhythm.every_months)
            .bind(columns.rhythm.month_place)
            .bind(columns.until_on)
            .bind(columns.times)
            .bind(horizon_of($series))
            .bind(Json(&$series.skips))
            .bind(uuid($series.details.host.0))
            .bind(&$series.details.place)
            .bind(&$series.details.title)
    }};
}

impl Write<'_> {
    /// Writes every row, each only as it was when it was read.
    pub async fn run(&self, transaction: &mut Transaction) -> Result<(), AppError> {
        for change in &self.delta.series {
            match change {
                RowChange::Added(series) => self.add_series(transaction, series).await?,
                RowChange::Changed { after, .. } => self.change_series(transaction, after).await?,
                RowChange::Removed(_) => {}
            }
        }
        // Slots are let go of first, since two sessions may change places.
        for change in &self.delta.sessions {
            match change {
                RowChange::Changed { before, after } if before.slot != after.slot || before.series != after.series => {
                    self.lift(transaction, before).await?;
                }
                RowChange::Removed(session) => self.remove_session(transaction, session).await?,
                RowChange::Changed { .. } | RowChange::Added(_) => {}
            }
        }
        for change in &self.delta.sessions {
            match change {
                RowChange::Changed { before, after } => self.change_session(transaction, before, after).await?,
                RowChange::Added(session) => self.add_session(transaction, session).await?,
                RowChange::Removed(_) => {}
            }
        }
        for change in &self.delta.series {
            if let RowChange::Removed(series) = change {
                self.remove_series(transaction, series).await?;
            }
        }
        Ok(())
    }

    async fn add_series(&self, transaction: &mut Transaction, series: &Series) -> Result<(), AppError> {
        const ADD: &str = "\
INSERT INTO series
    (id, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, supervisor_id, place, title,
    zone, group_id, published_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'Europe/London', $15, $16, 1)";

        on!(&mut transaction, connection => series_columns!(sqlx::query(ADD), series)
            .bind(self.group)
            .bind(self.now)
            .execute(connection).await.map(|_| ()))?;
        Ok(())
    }

    async fn change_series(&self, transaction: &mut Transaction, series: &Series) -> Result<(), AppError> {
        const CHANGE: &str = "\
UPDATE series
SET starts_on = $2, starts_time = $3, length_minutes = $4, every_weeks = $5, every_months = $6, month_place = $7, until_on = $8, times = $9,
    horizon_on = $10, skips = $11, supervisor_id = $12, place = $13, title = $14, version = version + 1
WHERE id = $1
    AND version = $15";

        let changed = on!(&mut transaction, connection => series_columns!(sqlx::query(CHANGE), series)
            .bind(self.version(series.key.0))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(changed)
    }

    /// A series that a change had made, whose sessions have gone back to where they were.
    async fn remove_series(&self, transaction: &mut Transaction, series: &Series) -> Result<(), AppError> {
        const REMOVE: &str = "DELETE FROM series WHERE id = $1 AND version = $2";
        let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
            .bind(uuid(series.key.0))
            .bind(self.version(series.key.0))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(removed)
    }

    async fn lift(&self, transaction: &mut Transaction, session: &Session) -> Result<(), AppError> {
        const LIFT: &str = "UPDATE session SET slot = NULL WHERE id = $1 AND version = $2";
        let lifted = on!(&mut transaction, connection => sqlx::query(LIFT)
            .bind(uuid(session.key.0))
            .bind(self.version(session.key.0))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(lifted)
    }

    async fn change_session(&self, transaction: &mut Transaction, before: &Session, after: &Session) -> Result<(), AppError> {
        const CHANGE: &str = "\
UPDATE session
SET series_id = $3, slot = $4, starts_local = $5, starts_at = $6, ends_at = $7, length_minutes = $8, supervisor_id = $9, place = $10, title = $11,
    version = version + 1
WHERE id = $1
    AND version = $2";

        let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
            .bind(uuid(after.key.0))
            .bind(self.version(after.key.0))
            .bind(uuid(after.series.0))
            .bind(after.slot)
            .bind(after.starts)
            .bind(after.starts_at())
            .bind(after.ends_at())
            .bind(i64::from(after.details.length_minutes))
            .bind(uuid(after.details.host.0))
            .bind(&after.details.place)
            .bind(&after.details.title)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(changed)?;
        match (&before.cancelled, &after.cancelled) {
            (None, Some(reason)) => self.cancel(transaction, after, reason).await,
            (Some(_), None) => restore(transaction, uuid(after.key.0)).await,
            (None, None) | (Some(_), Some(_)) => Ok(()),
        }
    }

    async fn cancel(&self, transaction: &mut Transaction, session: &Session, reason: &str) -> Result<(), AppError> {
        let reason = CancelReason::of_key(reason).unwrap_or(CancelReason::Other);
        let is_cancelled = cancel_one(transaction, self.group, self.rows.code(session.key), Cancellation { at: self.now, reason }).await?;
        if is_cancelled { Ok(()) } else { Err(AppError::Conflict(OVERTAKEN.to_owned())) }
    }

    async fn add_session(&self, transaction: &mut Transaction, session: &Session) -> Result<(), AppError> {
        const ADD: &str = "\
INSERT INTO session
    (id, code, group_id, series_id, slot, supervisor_id, place, title, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_reason, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Europe/London', $10, $11, $12, '', 1)";

        on!(&mut transaction, connection => sqlx::query(ADD)
            .bind(uuid(session.key.0))
            .bind(code())
            .bind(self.group)
            .bind(uuid(session.series.0))
            .bind(session.slot)
            .bind(uuid(session.details.host.0))
            .bind(&session.details.place)
            .bind(&session.details.title)
            .bind(session.starts)
            .bind(i64::from(session.details.length_minutes))
            .bind(session.starts_at())
            .bind(session.ends_at())
            .execute(connection).await.map(|_| ()))?;
        Ok(())
    }

    /// A session that a change had made. One that somebody has sent apologies for or booked since is somebody's, and stays.
    async fn remove_session(&self, transaction: &mut Transaction, session: &Session) -> Result<(), AppError> {
        const REMOVE: &str = "\
DELETE FROM session
WHERE id = $1
    AND version = $2
    AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = session.id)
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = session.id)
    AND NOT EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = session.id)";
        const FORGET: &str = "DELETE FROM kept_conflict WHERE session_id = $1";

        on!(&mut transaction, connection => sqlx::query(FORGET).bind(uuid(session.key.0)).execute(connection).await.map(|_| ()))?;
        let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
            .bind(uuid(session.key.0))
            .bind(self.version(session.key.0))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(removed)
    }

    fn version(&self, key: u128) -> i64 {
        self.rows.version(key)
    }
}

fn just_one(rows: u64) -> Result<(), AppError> {
    if rows == 1 { Ok(()) } else { Err(AppError::Conflict(OVERTAKEN.to_owned())) }
}

/// Of use only to a pattern without an ending.
fn horizon_of(series: &Series) -> Option<NaiveDate> {
    series.horizon.filter(|_| series.pattern.ending().is_none())
}

/// A key of the engine as the database has it.
pub fn uuid(key: u128) -> Uuid {
    Uuid::from_u128(key)
}
