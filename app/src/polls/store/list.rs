//! The list of polls.

use chrono::{DateTime, Utc};

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::polls::answers::PollLine;
use crate::polls::model::{PollKind, Subject};

/// As many polls as the list shows.
const SHOWN: i64 = 100;

/// The polls that the actor has made or whose group they lead; every poll for whoever manages groups. The newest stand first.
pub async fn polls_list(actor: &Actor) -> Result<Vec<PollLine>, AppError> {
    const LIST: &str = "\
SELECT q.code, g.name AS group_name, q.kind, q.length_minutes, q.every_weeks, q.closes_at,
    (SELECT COUNT(*) FROM poll_person w WHERE w.poll_id = q.id AND w.revoked_at IS NULL) AS asked,
    (SELECT COUNT(*) FROM poll_person w WHERE w.poll_id = q.id AND w.revoked_at IS NULL AND w.answered_at IS NOT NULL) AS answered
FROM poll q
LEFT JOIN supervision_group g ON g.id = q.group_id
WHERE q.organiser_id = $1 OR g.supervisor_id = $1 OR $2
ORDER BY q.created_at DESC, q.id DESC
LIMIT $3";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        group_name: Option<String>,
        kind: PollKind,
        length_minutes: i64,
        every_weeks: i64,
        closes_at: DateTime<Utc>,
        asked: i64,
        answered: i64,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LIST)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .bind(SHOWN)
        .fetch_all(pool).await)?;
    let line = |row: Row| {
        let Row { code, group_name, kind, length_minutes, every_weeks, closes_at, asked, answered } = row;
        let subject = Subject { kind, length_minutes, every_weeks, closes_at };
        PollLine { code, group_name, subject, asked, answered, is_open: subject.is_open(actor.now()) }
    };
    Ok(rows.into_iter().map(line).collect())
}
