//! What there is to decide, and what was decided.

use chrono::{DateTime, Utc};

use super::counts::months;
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::moderation::answers::{Queue, QueueLine};
use crate::moderation::model::Outcome;
use crate::people::short_name;
use crate::spaces::store::handles;
use crate::spaces::{Because, Reason};

/// As many as stand on the page: those who decide within a working day never have as many to decide.
const SHOWN: i64 = 200;

macro_rules! lines {
    ($condition:literal, $order:literal) => {
        concat!(
            "\
SELECT c.code, h.because, s.name AS space, c.state = 'appealed' AS is_appealed, c.opened_at AS asked_at, c.closed_at,
    COALESCE(c.assignee_id = $1, FALSE) AS is_mine, a.title, a.given_name, a.family_name,
    COALESCE((SELECT STRING_AGG(r.reason, ',') FROM post_report r WHERE r.case_id = c.id), '') AS reasons,
    (SELECT d.outcome FROM moderation_decision d WHERE d.case_id = c.id ORDER BY d.decided_at DESC LIMIT 1) AS outcome
FROM moderation_case c
LEFT JOIN held_post h ON h.case_id = c.id
LEFT JOIN space s ON s.id = c.space_id
LEFT JOIN person a ON a.id = c.assignee_id
WHERE ",
            $condition,
            "
    AND ",
            handles!("$1"),
            "
ORDER BY ",
            $order,
            "
LIMIT $2"
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    because: Option<Because>,
    space: Option<String>,
    is_appealed: bool,
    asked_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    is_mine: bool,
    title: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    reasons: String,
    outcome: Option<Outcome>,
}

/// The cases that the actor handles; whoever may decide nothing finds none.
pub async fn queue_of(actor: &Actor, is_closed: bool) -> Result<Queue, AppError> {
    const OPEN: &str = lines!("c.state <> 'closed'", "c.opened_at, c.id");
    const CLOSED: &str = lines!("c.state = 'closed'", "c.closed_at DESC, c.id DESC");

    let statement = if is_closed { CLOSED } else { OPEN };
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(statement).bind(actor.person()).bind(SHOWN).fetch_all(pool).await)?;
    Ok(Queue {
        is_closed,
        lines: rows.into_iter().map(QueueLine::from).collect(),
        months: if actor.may(Permission::Moderate) { months(actor).await? } else { Vec::new() },
        now: ::series::local(actor.now()),
    })
}

impl From<Row> for QueueLine {
    fn from(row: Row) -> Self {
        let taken_by = row.title.zip(row.given_name).zip(row.family_name);
        let mut reasons: Vec<Reason> = Reason::EACH.into_iter().collect();
        reasons.retain(|reason| row.reasons.split(',').any(|key| key == reason.key()));
        Self {
            code: row.code,
            reasons,
            because: row.because,
            space: row.space,
            is_appealed: row.is_appealed,
            asked_at: ::series::local(row.closed_at.unwrap_or(row.asked_at)),
            taken_by: taken_by.map(|((title, given_name), family_name)| short_name(&title, &given_name, &family_name)),
            is_mine: row.is_mine,
            outcome: row.outcome,
        }
    }
}
