//! The door to a case.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::short_name;
use crate::spaces::store::{handles, readable, starters_since};
use crate::spaces::{CaseId, SpaceId, ThreadId};

/// A case that the actor handles, because the database said so. Only [`open_case`] makes one.
#[derive(Clone, Debug, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
pub struct OpenedCase {
    pub(super) id: CaseId,
    pub(super) code: String,
    pub(super) version: i64,
    pub(super) space_id: SpaceId,
    pub(super) author_id: PersonId,
    /// The post that was reported.
    pub(super) thread_id: Option<ThreadId>,
    pub(super) number: Option<i64>,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) is_closed: bool,
    pub(super) is_appealed: bool,
    pub(super) is_mine: bool,
    /// Whether it stands in the closed space of a group that the actor leads.
    pub(super) may_pass_on: bool,
    taken_title: Option<String>,
    taken_given: Option<String>,
    taken_family: Option<String>,
    pub(super) space_name: Option<String>,
    /// The space, where the actor may read it.
    pub(super) read_slug: Option<String>,
    pub(super) read_name: Option<String>,
}

/// Opens a case for whoever handles it; for anybody else it is not there.
pub async fn open_case(actor: &Actor, code: &str) -> Result<OpenedCase, AppError> {
    const OPEN: &str = concat!(
        "\
SELECT c.id, c.code, c.version, c.space_id, c.author_id, c.thread_id, c.number, c.opened_at AS asked_at,
    c.state = 'closed' AS is_closed, c.state = 'appealed' AS is_appealed, COALESCE(c.assignee_id = $1, FALSE) AS is_mine,
    g.id IS NOT NULL AND c.state <> 'closed' AS may_pass_on,
    a.title AS taken_title, a.given_name AS taken_given, a.family_name AS taken_family, s.name AS space_name,
    r.slug AS read_slug, r.name AS read_name
FROM moderation_case c
LEFT JOIN space s ON s.id = c.space_id
LEFT JOIN supervision_group g ON g.id = c.space_id AND g.supervisor_id = $1
LEFT JOIN person a ON a.id = c.assignee_id
LEFT JOIN (",
        readable!("$1", "$2"),
        ") r ON r.id = c.space_id
WHERE c.code = $3
    AND ",
        handles!("$1")
    );

    let database = actor.database();
    let case: Option<OpenedCase> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(code)
        .fetch_optional(pool).await)?;
    case.ok_or(AppError::NotFound)
}

impl OpenedCase {
    /// Whether a post was reported; otherwise one waits to be seen.
    pub fn is_report(&self) -> bool {
        self.thread_id.is_some()
    }

    /// Who has taken it.
    pub(super) fn taken_by(&self) -> Option<String> {
        let ((title, given), family) = self.taken_title.as_ref().zip(self.taken_given.as_ref()).zip(self.taken_family.as_ref())?;
        Some(short_name(title, given, family))
    }
}
