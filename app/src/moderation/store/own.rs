//! What of the actor's own is with the moderators, or was. No statement here reads who decided, who reported, or a note.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::moderation::answers::{OwnKind, OwnLine, OwnReports};
use crate::moderation::model::Outcome;

/// As many as stand on the page.
const SHOWN: i64 = 100;

/// Posts that wait or were sent back, decisions about one's own posts, and posts that one has reported.
pub async fn own_reports(actor: &Actor) -> Result<OwnReports, AppError> {
    const OWN: &str = "\
SELECT c.code, 'held' AS kind, CASE WHEN h.state = 'sent_back' THEN 'send_back' END AS outcome, h.written_at AS moment
FROM held_post h
JOIN moderation_case c ON c.id = h.case_id
WHERE h.author_id = $1
    AND h.state IN ('waiting', 'sent_back')
UNION ALL
SELECT d.code, 'decision', d.outcome, d.decided_at
FROM moderation_case c
JOIN moderation_decision d ON d.case_id = c.id
WHERE c.author_id = $1
    AND c.kind = 'report'
UNION ALL
SELECT r.code, 'report',
    (SELECT d.outcome FROM moderation_decision d WHERE d.case_id = r.case_id ORDER BY d.decided_at DESC LIMIT 1), r.reported_at
FROM post_report r
WHERE r.reporter_id = $1
ORDER BY moment DESC, code
LIMIT $2";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        kind: OwnKind,
        outcome: Option<Outcome>,
        moment: DateTime<Utc>,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(OWN).bind(actor.person()).bind(SHOWN).fetch_all(pool).await)?;
    let line = |row: Row| OwnLine { code: row.code, kind: row.kind, outcome: row.outcome, at: ::series::local(row.moment) };
    Ok(OwnReports { lines: rows.into_iter().map(line).collect(), now: ::series::local(actor.now()) })
}
