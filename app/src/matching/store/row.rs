//! The columns of a round in one line.

use chrono::{DateTime, Utc};

use crate::matching::answers::RoundLine;
use crate::matching::model::RoundState;

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
