//! One thing of the actor's own that is with the moderators, or was.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::moderation::answers::{Decided, OwnKind, OwnReport};
use crate::moderation::model::{Outcome, last_day_to_appeal};
use crate::spaces::store::{Desk, files_of_draft, open_held, people_of_codes, readable, starters_since, to_a_stranger, with_names};
use crate::spaces::{Attached, Because, CaseId, Reason, SpaceId, post_address};

/// A report of the actor's, a decision about a post of theirs, or a post of theirs that waits. What is neither is not there.
///
/// The columns: of a report what its maker said, and the last decision; of a decision that decision; of what waits its text, and why it was sent back.
const OWN: &str = concat!(
    "\
WITH own AS (
    SELECT r.code, 'report' AS kind, r.case_id, r.thread_id, r.number, r.reason, r.words,
        (SELECT d.code FROM moderation_decision d WHERE d.case_id = r.case_id ORDER BY d.decided_at DESC LIMIT 1) AS decision
    FROM post_report r
    WHERE r.code = $3 AND r.reporter_id = $1
    UNION ALL
    SELECT d.code, 'decision', c.id, c.thread_id, c.number, CAST(NULL AS TEXT), '', d.code
    FROM moderation_decision d
    JOIN moderation_case c ON c.id = d.case_id
    WHERE d.code = $3 AND c.author_id = $1 AND c.kind = 'report'
    UNION ALL
    SELECT c.code, 'held', c.id, h.thread_id, h.number, CAST(NULL AS TEXT), '',
        (SELECT d.code FROM moderation_decision d WHERE d.case_id = c.id ORDER BY d.decided_at DESC LIMIT 1)
    FROM held_post h
    JOIN moderation_case c ON c.id = h.case_id
    WHERE c.code = $3 AND h.author_id = $1
)
SELECT o.case_id, m.space_id, o.kind, o.reason, o.words, d.outcome, d.reason AS decision_reason, d.words AS decision_words, d.decided_at, z.ends_at,
    (SELECT MIN(f.decided_at) FROM moderation_decision f WHERE f.case_id = o.case_id) AS first_at, a.words AS appealed,
    r.slug, t.number AS thread_number, COALESCE(NULLIF(x.title, ''), t.title) AS thread_title, o.number AS post_number,
    COALESCE(x.html, p.html, h.html, '') AS html,
    COALESCE(h.title, '') AS title, COALESCE(h.source, '') AS source, h.because, COALESCE(h.state, '') AS state
FROM own o
JOIN moderation_case m ON m.id = o.case_id
LEFT JOIN moderation_decision d ON d.code = o.decision
LEFT JOIN posting_pause z ON z.decision = d.code AND z.person_id = $1 AND z.ended_at IS NULL
LEFT JOIN appeal a ON a.case_id = o.case_id AND a.person_id = $1
LEFT JOIN held_post h ON h.case_id = o.case_id
LEFT JOIN thread t ON t.id = o.thread_id
LEFT JOIN post p ON p.thread_id = o.thread_id AND p.number = o.number AND o.kind = 'decision'
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
LEFT JOIN (",
    readable!("$1", "$2"),
    ") r ON r.id = m.space_id"
);

#[derive(sqlx::FromRow)]
struct Row {
    case_id: CaseId,
    space_id: SpaceId,
    kind: OwnKind,
    reason: Option<Reason>,
    words: String,
    outcome: Option<Outcome>,
    decision_reason: Option<Reason>,
    decision_words: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    first_at: Option<DateTime<Utc>>,
    appealed: Option<String>,
    slug: Option<String>,
    thread_number: Option<i64>,
    thread_title: Option<String>,
    post_number: Option<i64>,
    html: String,
    title: String,
    source: String,
    because: Option<Because>,
    state: String,
}

/// What became of it, as far as the actor is told.
pub async fn own_report(actor: &Actor, code: &str) -> Result<OwnReport, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(OWN)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(code)
        .fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let meant = people_of_codes(&mut moment, row.space_id, &[row.html.as_str()]).await?;
    let meant = if row.slug.is_some() { meant } else { to_a_stranger(meant) };
    drop(moment);
    let place = row.slug.as_ref().zip(row.thread_number).zip(row.thread_title.clone());
    let place = place.map(|((slug, thread), title)| (title, post_address(slug, thread, row.post_number.unwrap_or(1))));
    let now = ::series::local(actor.now());
    let last_day = row.first_at.map(|at| last_day_to_appeal(::series::local(at)));
    let may_appeal = row.kind != OwnKind::Held && row.appealed.is_none();
    let is_to_change = row.kind == OwnKind::Held && matches!(row.state.as_str(), "waiting" | "sent_back");
    let (files, takes_files) = if is_to_change { files_of(actor, row.case_id, code).await? } else { (Vec::new(), false) };
    Ok(OwnReport {
        files,
        takes_files,
        code: code.to_owned(),
        kind: row.kind,
        place,
        title: row.title.clone(),
        source: if is_to_change { row.source.clone() } else { String::new() },
        html: with_names(&row.html, Some(&meant)),
        because: row.because.filter(|_| row.state == "waiting"),
        reason: row.reason,
        words: row.words.clone(),
        decided: decided(&row),
        paused_until: row.ends_at.map(::series::local).filter(|until| *until > now),
        may_appeal_until: last_day.filter(|day| may_appeal && now.date() <= *day),
        appealed: row.appealed,
        now,
    })
}

/// What waits with a post, and whether more can be attached to it: its space takes files, and its writer still reads it.
async fn files_of(actor: &Actor, case: CaseId, code: &str) -> Result<(Vec<Attached>, bool), AppError> {
    let takes_files = match open_held(actor, code).await {
        Ok(held) => held.space().takes_files(),
        Err(AppError::NotFound) => false,
        Err(other) => return Err(other),
    };
    Ok((files_of_draft(actor, &Desk::Held(case)).await?, takes_files))
}

/// What was decided, without by whom. Whoever reported a post is told neither why nor what its author is told.
fn decided(row: &Row) -> Option<Decided> {
    let (outcome, at) = row.outcome.zip(row.decided_at)?;
    // What was changed after it was sent back waits again.
    if row.kind == OwnKind::Held && row.state == "waiting" {
        return None;
    }
    let is_author = row.kind != OwnKind::Report;
    Some(Decided {
        outcome,
        reason: row.decision_reason.filter(|_| is_author),
        words: row.decision_words.clone().filter(|_| is_author).unwrap_or_default(),
        by: None,
        at: ::series::local(at),
    })
}
