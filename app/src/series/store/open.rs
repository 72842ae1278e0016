//! The one door to a series.

use ::series::{Occurrence, Pattern, Skip, expand_pattern};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::access::Actor;
use crate::database::on;
use crate::diaries::PatternRow;
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, open_group};
use crate::series::SeriesId;
use crate::series::forms::SeriesAddress;

/// A series that the actor may see, because the database said so. Only [`open_series`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedSeries {
    group: OpenedGroup,
    id: SeriesId,
    number: i64,
    pattern: Pattern,
    length_minutes: u32,
    horizon_on: Option<NaiveDate>,
    skips: Vec<Skip>,
    published_at: Option<DateTime<Utc>>,
    version: i64,
}

/// Opens a series of a group that the actor may see. A draft is there for those alone who plan the group's sessions.
pub async fn open_series(actor: &Actor, address: &SeriesAddress) -> Result<OpenedSeries, AppError> {
    const OPEN: &str = "\
SELECT n.id, n.starts_on, n.starts_time, n.length_minutes, n.every_weeks, n.every_months, n.month_place, n.until_on, n.times, n.horizon_on, n.skips,
    n.published_at, n.version
FROM (
    SELECT id, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, published_at,
        deleted_at, version, ROW_NUMBER() OVER (ORDER BY id) AS number
    FROM series
    WHERE group_id = $1
) n
WHERE n.number = $2
    AND n.deleted_at IS NULL
    AND (n.published_at IS NOT NULL OR $3)";

    let group = open_group(actor, &address.slug).await?;
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(group.id())
        .bind(address.place())
        .bind(group.may_be_planned())
        .fetch_optional(pool).await)?;
    row.ok_or(AppError::NotFound)?.opened(group, address.place())
}

/// Opens a series for those who plan the group's sessions.
pub async fn open_series_to_plan(actor: &Actor, address: &SeriesAddress) -> Result<OpenedSeries, AppError> {
    let series = open_series(actor, address).await?;
    if series.group.may_be_planned() { Ok(series) } else { Err(AppError::NotFound) }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SeriesId,
    #[sqlx(flatten)]
    pattern: PatternRow,
    horizon_on: Option<NaiveDate>,
    skips: Json<Vec<Skip>>,
    published_at: Option<DateTime<Utc>>,
    version: i64,
}

impl Row {
    fn opened(self, group: OpenedGroup, number: i64) -> Result<OpenedSeries, AppError> {
        Ok(OpenedSeries {
            group,
            id: self.id,
            number,
            pattern: self.pattern.pattern()?,
            length_minutes: self.pattern.length_minutes()?,
            horizon_on: self.horizon_on,
            skips: self.skips.0,
            published_at: self.published_at,
            version: self.version,
        })
    }
}

impl OpenedSeries {
    /// Whose series it is.
    pub fn group(&self) -> &OpenedGroup {
        &self.group
    }

    /// Which series it is.
    pub fn id(&self) -> SeriesId {
        self.id
    }

    /// Its place in the group, counted from one.
    pub fn number(&self) -> i64 {
        self.number
    }

    /// What it repeats.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// How long its sessions last.
    pub fn length_minutes(&self) -> u32 {
        self.length_minutes
    }

    /// How far it has been planned, where it has no end.
    pub fn horizon_on(&self) -> Option<NaiveDate> {
        self.horizon_on
    }

    /// The sessions that its pattern gives.
    pub fn held(&self) -> Vec<Occurrence> {
        expand_pattern(&self.pattern, self.length_minutes, &self.skips, self.horizon_on)
    }

    /// The dates that were shown as skipped when it was saved.
    pub fn skips(&self) -> &[Skip] {
        &self.skips
    }

    /// When it was published.
    pub fn published_at(&self) -> Option<DateTime<Utc>> {
        self.published_at
    }

    /// Rises with every change.
    pub fn version(&self) -> i64 {
        self.version
    }
}
