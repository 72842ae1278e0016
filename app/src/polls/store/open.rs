//! The one door to a poll, for those who plan.

use chrono::{DateTime, Utc};

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::polls::model::{PollId, PollKind, Subject};

/// A poll that the actor may see, because the database said so. Only [`open_poll`] makes one.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenedPoll {
    id: PollId,
    code: String,
    kind: PollKind,
    length_minutes: i64,
    every_weeks: i64,
    closes_at: DateTime<Utc>,
    nudged_at: Option<DateTime<Utc>>,
    chosen: Option<i64>,
    is_organiser: bool,
    slug: Option<String>,
    group_name: Option<String>,
}

/// Opens the poll at a code for its organiser, for the supervisor of its group and for whoever manages groups.
pub async fn open_poll(actor: &Actor, code: &str) -> Result<OpenedPoll, AppError> {
    const OPEN: &str = "\
SELECT q.id, q.code, q.kind, q.length_minutes, q.every_weeks, q.closes_at, q.nudged_at, q.chosen, q.organiser_id = $2 AS is_organiser,
    g.slug, g.name AS group_name
FROM poll q
LEFT JOIN supervision_group g ON g.id = q.group_id
WHERE q.code = $1
    AND (q.organiser_id = $2 OR g.supervisor_id = $2 OR $3)";

    let database = actor.database();
    let poll: Option<OpenedPoll> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(code)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_optional(pool).await)?;
    poll.ok_or(AppError::NotFound)
}

impl OpenedPoll {
    /// Which poll it is.
    pub fn id(&self) -> PollId {
        self.id
    }

    /// Its part of the address.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is asked.
    pub fn subject(&self) -> Subject {
        Subject { kind: self.kind, length_minutes: self.length_minutes, every_weeks: self.every_weeks, closes_at: self.closes_at }
    }

    /// The group that it is for: its part of the address and its name.
    pub fn group(&self) -> Option<(String, String)> {
        self.slug.clone().zip(self.group_name.clone())
    }

    /// Whether the actor made it, and so reads who answered what.
    pub fn is_organiser(&self) -> bool {
        self.is_organiser
    }

    /// When those who had not answered were asked once more.
    pub fn nudged_at(&self) -> Option<DateTime<Utc>> {
        self.nudged_at
    }

    /// The time that became a series.
    pub fn chosen(&self) -> Option<i64> {
        self.chosen
    }
}
