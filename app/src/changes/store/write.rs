//! A change of published series, written so that nobody has overtaken it.

use ::series::timetable::{Delta, RowChange, Series, Session};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

use crate::database::{Transaction, code, new_id, on};
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

/// Rows in one statement: a statement may have 32,766 values on SQLite.
const ROWS: usize = 500;

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
        let changed: Vec<(&Session, &Session)> = self.delta.sessions.iter().filter_map(both).collect();
        let moved: Vec<&Session> = changed
            .iter()
            .filter(|(before, after)| before.slot != after.slot || before.series != after.series)
            .map(|(before, _)| *before)
            .collect();
        for sessions in moved.chunks(ROWS) {
            self.lift(transaction, sessions).await?;
        }
        for change in &self.delta.sessions {
            if let RowChange::Removed(session) = change {
                self.remove_session(transaction, session).await?;
            }
        }
        for sessions in changed.chunks(ROWS) {
            self.change_sessions(transaction, sessions).await?;
            self.remember(transaction, sessions).await?;
        }
        for (before, after) in &changed {
            match (&before.cancelled, &after.cancelled) {
                (None, Some(reason)) => self.cancel(transaction, after, reason).await?,
                (Some(_), None) => restore(transaction, uuid(after.key.0)).await?,
                (None, None) | (Some(_), Some(_)) => {}
            }
        }
        let added: Vec<&Session> = self.delta.sessions.iter().filter_map(new).collect();
        for sessions in added.chunks(ROWS) {
            self.add_sessions(transaction, sessions).await?;
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

    async fn lift(&self, transaction: &mut Transaction, sessions: &[&Session]) -> Result<(), AppError> {
        const LIFT: &str = "UPDATE session SET slot = NULL WHERE (id, version) IN (";

        let lifted = on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(LIFT);
            statement.push_values(sessions, |mut values, session| {
                values.push_bind(uuid(session.key.0)).push_bind(self.version(session.key.0));
            });
            statement.push(")");
            statement.build().persistent(false).execute(connection).await.map(|done| done.rows_affected())
        })?;
        every_one(sessions.len(), lifted)
    }

    /// Each only as it was when it was read.
    async fn change_sessions(&self, transaction: &mut Transaction, sessions: &[(&Session, &Session)]) -> Result<(), AppError> {
        // Both databases call the columns of a list of values so.
        const CHANGE: &str = "\
UPDATE session
SET series_id = v.column3, slot = v.column4, starts_local = v.column5, starts_at = v.column6, ends_at = v.column7, length_minutes = v.column8,
    supervisor_id = v.column9, place = v.column10, title = v.column11, version = session.version + 1
FROM (";
        const AS_READ: &str = ") AS v WHERE session.id = v.column1 AND session.version = v.column2";

        let changed = on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(CHANGE);
            statement.push_values(sessions, |mut values, (_, after)| {
                values
                    .push_bind(uuid(after.key.0))
                    .push_bind(self.version(after.key.0))
                    .push_bind(uuid(after.series.0))
                    .push_bind(after.slot)
                    .push_bind(after.starts)
                    .push_bind(after.starts_at())
                    .push_bind(after.ends_at())
                    .push_bind(i64::from(after.details.length_minutes))
                    .push_bind(uuid(after.details.host.0))
                    .push_bind(&after.details.place)
                    .push_bind(&after.details.title);
            });
            statement.push(AS_READ);
            statement.build().persistent(false).execute(connection).await.map(|done| done.rows_affected())
        })?;
        every_one(sessions.len(), changed)
    }

    /// Keeps how each stood before, where those at it would see a difference.
    async fn remember(&self, transaction: &mut Transaction, sessions: &[(&Session, &Session)]) -> Result<(), AppError> {
        const REMEMBER: &str = "\
INSERT INTO session_change
    (id, session_id, changed_at, what, starts_before, starts_after, length_before, length_after, is_led_by_another, is_elsewhere, is_renamed) ";

        let seen: Vec<(&Session, &Session, &str)> =
            sessions.iter().filter_map(|(before, after)| Some((*before, *after, seen_change(before, after)?))).collect();
        if seen.is_empty() {
            return Ok(());
        }
        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(REMEMBER);
            statement.push_values(&seen, |mut values, (before, after, what)| {
                values
                    .push_bind(new_id())
                    .push_bind(uuid(after.key.0))
                    .push_bind(self.now)
                    .push_bind(*what)
                    .push_bind(before.starts)
                    .push_bind(after.starts)
                    .push_bind(i64::from(before.details.length_minutes))
                    .push_bind(i64::from(after.details.length_minutes))
                    .push_bind(before.details.host != after.details.host)
                    .push_bind(before.details.place != after.details.place)
                    .push_bind(before.details.title != after.details.title);
            });
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
        Ok(())
    }

    async fn cancel(&self, transaction: &mut Transaction, session: &Session, reason: &str) -> Result<(), AppError> {
        let reason = CancelReason::of_key(reason).unwrap_or(CancelReason::Other);
        let is_cancelled = cancel_one(transaction, self.group, self.rows.code(session.key), Cancellation { at: self.now, reason }).await?;
        if is_cancelled { Ok(()) } else { Err(AppError::Conflict(OVERTAKEN.to_owned())) }
    }

    async fn add_sessions(&self, transaction: &mut Transaction, sessions: &[&Session]) -> Result<(), AppError> {
        const ADD: &str = "\
INSERT INTO session
    (id, code, group_id, series_id, slot, supervisor_id, place, title, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_reason, version) ";

        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(ADD);
            statement.push_values(sessions, |mut values, session| {
                values
                    .push_bind(uuid(session.key.0))
                    .push_bind(code())
                    .push_bind(self.group)
                    .push_bind(uuid(session.series.0))
                    .push_bind(session.slot)
                    .push_bind(uuid(session.details.host.0))
                    .push_bind(&session.details.place)
                    .push_bind(&session.details.title)
                    .push_bind(session.starts)
                    .push_bind("Europe/London")
                    .push_bind(i64::from(session.details.length_minutes))
                    .push_bind(session.starts_at())
                    .push_bind(session.ends_at())
                    .push_bind("")
                    .push_bind(1_i64);
            });
            // Each length is a statement of its own, so keeping them would serve nobody.
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
        Ok(())
    }

    /// A session that a change had made. One that somebody has sent apologies for, booked or waited for since is somebody's, and stays.
    async fn remove_session(&self, transaction: &mut Transaction, session: &Session) -> Result<(), AppError> {
        const REMOVE: &str = "\
DELETE FROM session
WHERE id = $1
    AND version = $2
    AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = session.id)
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = session.id)
    AND NOT EXISTS (SELECT 1 FROM clinic_wait w WHERE w.session_id = session.id)
    AND NOT EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = session.id)";
        const FORGET_CONFLICTS: &str = "DELETE FROM kept_conflict WHERE session_id = $1";
        const FORGET_CHANGES: &str = "DELETE FROM session_change WHERE session_id = $1";

        for statement in [FORGET_CONFLICTS, FORGET_CHANGES] {
            on!(&mut transaction, connection => sqlx::query(statement).bind(uuid(session.key.0)).execute(connection).await.map(|_| ()))?;
        }
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

/// A session that is there before and after.
fn both(change: &RowChange<Session>) -> Option<(&Session, &Session)> {
    match change {
        RowChange::Changed { before, after } => Some((before, after)),
        RowChange::Added(_) | RowChange::Removed(_) => None,
    }
}

/// What those at a session see of its change; nothing where only its place in the series is another.
fn seen_change(before: &Session, after: &Session) -> Option<&'static str> {
    match (&before.cancelled, &after.cancelled) {
        (None, Some(_)) => Some("cancelled"),
        (Some(_), None) => Some("restored"),
        _ => (before.starts != after.starts || before.details != after.details).then_some("changed"),
    }
}

/// A session that was not there before.
fn new(change: &RowChange<Session>) -> Option<&Session> {
    match change {
        RowChange::Added(session) => Some(session),
        RowChange::Changed { .. } | RowChange::Removed(_) => None,
    }
}

fn every_one(asked: usize, written: u64) -> Result<(), AppError> {
    if u64::try_from(asked) == Ok(written) { Ok(()) } else { Err(AppError::Conflict(OVERTAKEN.to_owned())) }
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
