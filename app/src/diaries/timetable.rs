//! Published series as the engine knows them, read whole.

use std::collections::{BTreeMap, BTreeSet};

use ::series::Skip;
use ::series::timetable::{Details, PersonKey, Series, SeriesKey, Session, SessionKey, Timetable};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::pattern::PatternRow;
use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// Series with all their sessions, and how often each row had been changed when it was read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// What they are to the engine.
    pub timetable: Timetable,
    versions: BTreeMap<Uuid, i64>,
    codes: BTreeMap<SessionKey, String>,
}

impl Rows {
    /// How often the row of a key had been changed.
    pub fn version(&self, key: u128) -> i64 {
        self.versions.get(&Uuid::from_u128(key)).copied().unwrap_or_default()
    }

    /// The code in a session's address.
    pub fn code(&self, session: SessionKey) -> &str {
        self.codes.get(&session).map(String::as_str).unwrap_or_default()
    }
}

/// Reads series whole, for an edit: nothing is made of rows that do not belong together.
pub async fn series_to_edit(transaction: &mut Transaction, keys: &BTreeSet<SeriesKey>) -> Result<Rows, AppError> {
    let rows = read(transaction, keys).await?;
    if rows.timetable.is_consistent() {
        return Ok(rows);
    }
    Err(unavailable("a stored series and its sessions do not belong together"))
}

/// The published series of a group that have sessions to come, whole.
pub(super) async fn series_ahead(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<Timetable, AppError> {
    const AHEAD: &str = "\
SELECT n.id
FROM series n
WHERE n.group_id = $1
    AND n.published_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM session s WHERE s.series_id = n.id AND s.starts_at > $2)";

    let ahead: Vec<Uuid> =
        on!(&mut transaction, connection => sqlx::query_scalar(AHEAD).bind(group).bind(now).fetch_all(connection).await)?;
    Ok(read(transaction, &ahead.into_iter().map(|id| SeriesKey(id.as_u128())).collect()).await?.timetable)
}

async fn read(transaction: &mut Transaction, keys: &BTreeSet<SeriesKey>) -> Result<Rows, AppError> {
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
    Ok(rows)
}

async fn series_row(transaction: &mut Transaction, key: SeriesKey) -> Result<Option<SeriesRow>, AppError> {
    const SERIES: &str = "\
SELECT id, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, supervisor_id, place,
    title, version
FROM series
WHERE id = $1
    AND published_at IS NOT NULL";

    Ok(on!(&mut transaction, connection => sqlx::query_as(SERIES).bind(Uuid::from_u128(key.0)).fetch_optional(connection).await)?)
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

    Ok(on!(&mut transaction, connection => sqlx::query_as(SESSIONS).bind(Uuid::from_u128(key.0)).fetch_all(connection).await)?)
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
