//! The columns of a round in one line, and those of its limits.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::matching::answers::RoundLine;
use crate::matching::limits::Limits;
use crate::matching::model::RoundState;
use crate::matching::needs::NeedsMet;

/// `r.number, r.name, r.about, r.state, r.placed, r.started_at` and `asking`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct LineRow {
    number: i64,
    name: String,
    about: String,
    state: RoundState,
    asking: i64,
    placed: i64,
    started_at: DateTime<Utc>,
}

impl From<LineRow> for RoundLine {
    fn from(row: LineRow) -> Self {
        let LineRow { number, name, about, state, asking, placed, started_at } = row;
        Self { number, name, about, state, asking, placed, started_at }
    }
}

/// `needs_met, most_places, most_share`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct LimitsRow {
    needs_met: Option<Json<NeedsMet>>,
    most_places: Option<i64>,
    most_share: i64,
}

impl From<LimitsRow> for Limits {
    fn from(row: LimitsRow) -> Self {
        Self { needs_met: row.needs_met.map(|met| met.0), most_places: row.most_places, most_share: row.most_share }
    }
}
