//! Published series as the engine edits them: read whole, and written as a change that nobody has overtaken.

use std::collections::{BTreeMap, BTreeSet};

use ::series::Skip;
use ::series::timetable::{Delta, Details, PersonKey, RowChange, Series, SeriesKey, Session, SessionKey, Timetable};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::database::{Transaction, code, on, unavailable};
use crate::error::AppError;
use crate::groups::CancelReason;
use crate::groups::GroupId;
use crate::groups::store::{Cancellation, cancel_one, restore};
use crate::people::PersonId;
use crate::series::store::PatternRow;

/// Series with all their sessions, and how often each row had been changed when it was read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub timetable: Timetable,
    versions: BTreeMap<Uuid, i64>,
    codes: BTreeMap<SessionKey, String>,
}

/// Reads series whole.
pub async fn read(transaction: &mut Transaction, keys: &BTreeSet<SeriesKey>) -> Result<Rows, AppError> {
    let (mut series, mut sessions, mut rows) = (Vec::new(), Vec::new(), Rows::default());
    for key in keys {
        let Some(row) = series_row(transaction, *key).await? else { continue };
        rows.versions.insert(row.id, row.version);
        series.push(row.series()?);
        for row in session_rows(transaction, *key).await? {
            rows.versions.insert(row.id, row.version);
            rows.codes.insert(SessionKey(row.id.as_u128()), row.code.clone());
            sessions.push(row.session()?);
        }
    }
    rows.timetable = Timetable::of(series, sessions);
    if rows.timetable.is_consistent() {
        return Ok(rows);
    }
    Err(unavailable("a stored series and its sessions do not belong together"))
}

async fn series_row(transaction: &mut Transaction, key: SeriesKey) -> Result<Option<SeriesRow>, AppError> {
    const SERIES: &str = "\
SELECT id, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, supervisor_id, place,
    title, version
FROM series
WHERE id = $1
    AND published_at IS NOT NULL";

    Ok(on!(&mut transaction, connection => sqlx::query_as(SERIES).bind(uuid(key.0)).fetch_optional(connection).await)?)
}

async fn session_rows(transaction: &mut Transaction, key: SeriesKey) -> Result<Vec<SessionRow>, AppError> {
    // Whoever was marked by a cancellation was not at the session.
    const SESSIONS: &str = "\
SELECT s.id, s.code, s.series_id, s.slot, s.starts_local, s.length_minutes, s.supervisor_id, s.place, s.title, s.cancelled_at IS NOT NULL AS is_cancelled,
    s.cancelled_reason, s.version,
    s.marked_at IS NOT NULL OR EXISTS (
        SELECT 1
        FROM attendance a
        WHERE a.session_id = s.id AND a.state <> 'cancelled_by_centre'
    ) AS is_attended
FROM session s
WHERE s.series_id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_as(SESSIONS).bind(uuid(key.0)).fetch_all(connection).await)?)
}

#[derive(sqlx::FromRow)]
struct SeriesRow {
    id: Uuid,
    #[sqlx(flatten)]
    pattern: PatternRow,
    horizon_on: Option<NaiveDate>,
    skips: Json<Vec<Skip>>,
    supervisor_id: PersonId,
    place: String,
    title: String,
    version: i64,
}

impl SeriesRow {
    fn series(self) -> Result<Series, AppError> {
        Ok(Series {
            key: SeriesKey(self.id.as_u128()),
            pattern: self.pattern.pattern()?,
            details: Details {
                length_minutes: self.pattern.length_minutes()?,
                host: PersonKey(self.supervisor_id.0.as_u128()),
                place: self.place,
                title: self.title,
            },
            skips: self.skips.0,
            horizon: self.horizon_on,
        })
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: Uuid,
    code: String,
    series_id: Uuid,
    slot: Option<NaiveDate>,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    supervisor_id: PersonId,
    place: String,
    title: String,
    is_cancelled: bool,
    cancelled_reason: String,
    version: i64,
    is_attended: bool,
}

impl SessionRow {
    fn session(self) -> Result<Session, AppError> {
        let length = u32::try_from(self.length_minutes).map_err(|_| unavailable("a stored session has no length"))?;
        Ok(Session {
            key: SessionKey(self.id.as_u128()),
            series: SeriesKey(self.series_id.as_u128()),
            slot: self.slot,
            starts: self.starts_local,
            details: Details {
                length_minutes: length,
                host: PersonKey(self.supervisor_id.0.as_u128()),
                place: self.place,
                title: self.title,
            },
            cancelled: self.is_cancelled.then_some(self.cancelled_reason),
            is_attended: self.is_attended,
        })
    }
}

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
    (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, supervisor_id,
    place, title, published_at, version)
VALUES ($1, $2, $3, $4, 'Europe/London', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)";

        let columns = PatternRow::of(&series.pattern, series.details.length_minutes);
        on!(&mut transaction, connection => sqlx::query(ADD)
            .bind(uuid(series.key.0))
            .bind(self.group)
            .bind(columns.rhythm.starts_on)
            .bind(columns.rhythm.starts_time)
            .bind(columns.rhythm.length_minutes)
            .bind(columns.rhythm.every_weeks)
            .bind(columns.rhythm.every_months)
            .bind(&columns.rhythm.month_place)
            .bind(columns.until_on)
            .bind(columns.times)
            .bind(horizon_of(series))
            .bind(Json(&series.skips))
            .bind(uuid(series.details.host.0))
            .bind(&series.details.place)
            .bind(&series.details.title)
            .bind(self.now)
            .execute(connection).await.map(|_| ()))?;
        Ok(())
    }

    async fn change_series(&self, transaction: &mut Transaction, series: &Series) -> Result<(), AppError> {
        const CHANGE: &str = "\
UPDATE series
SET starts_on = $3, starts_time = $4, length_minutes = $5, every_weeks = $6, every_months = $7, month_place = $8, until_on = $9, times = $10,
    horizon_on = $11, skips = $12, supervisor_id = $13, place = $14, title = $15, version = version + 1
WHERE id = $1
    AND version = $2";

        let columns = PatternRow::of(&series.pattern, series.details.length_minutes);
        let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
            .bind(uuid(series.key.0))
            .bind(self.version(series.key.0))
            .bind(columns.rhythm.starts_on)
            .bind(columns.rhythm.starts_time)
            .bind(columns.rhythm.length_minutes)
            .bind(columns.rhythm.every_weeks)
            .bind(columns.rhythm.every_months)
            .bind(&columns.rhythm.month_place)
            .bind(columns.until_on)
            .bind(columns.times)
            .bind(horizon_of(series))
            .bind(Json(&series.skips))
            .bind(uuid(series.details.host.0))
            .bind(&series.details.place)
            .bind(&series.details.title)
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
        let code = self.rows.codes.get(&session.key).map(String::as_str).unwrap_or_default();
        let is_cancelled = cancel_one(transaction, self.group, code, Cancellation { at: self.now, reason }).await?;
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

        let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
            .bind(uuid(session.key.0))
            .bind(self.version(session.key.0))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        just_one(removed)
    }

    fn version(&self, key: u128) -> i64 {
        self.rows.versions.get(&uuid(key)).copied().unwrap_or_default()
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
