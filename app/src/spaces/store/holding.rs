//! Whether something is shown at once, and keeping what is not. What waits is no post yet, so that nothing that reads posts can show or count it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::apart::{check_unnamed, record};
use super::handling::ask_to_decide;
use super::held_files::{drop_held_files, files_held_in};
use super::meant::people_of_codes;
use super::open::{OpenedSpace, OpenedThread};
use super::page::with_names;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::spaces::held::{Approval, Because, CaseId, HeldPost, Posting, Reason, paused_until};
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

#[derive(sqlx::FromRow)]
struct Rules {
    approval: Approval,
    is_slowed: bool,
    has_posted: bool,
    ends_at: Option<DateTime<Utc>>,
    reason: Option<Reason>,
}

impl Rules {
    /// What becomes of something with its writer's name, or without. Nobody's is let through without a name for who they are: that it did not wait would tell
    /// those who decide something of whose it is.
    pub fn posting(&self, space: &OpenedSpace, is_unnamed: bool) -> Posting {
        let waits = match self.approval {
            // Whoever looks after the space would be asked about themselves.
            _ if space.is_moderator() && !is_unnamed => None,
            _ if self.is_slowed => Some(Because::Slowed),
            Approval::All => Some(Because::All),
            Approval::First if is_unnamed || !self.has_posted => Some(Because::First),
            Approval::First | Approval::Off => None,
        };
        let paused = self.ends_at.map(|until| (::series::local(until), self.reason.unwrap_or(Reason::Other)));
        Posting { approval: self.approval, waits, paused }
    }
}

/// What would become of something that the actor posts now with their name.
pub async fn posting_in(
    actor: &Actor,
    moment: &mut Transaction,
    space: &OpenedSpace,
    thread: Option<ThreadId>,
) -> Result<Posting, AppError> {
    Ok(rules(actor, moment, space, thread).await?.posting(space, false))
}

/// What would become of it without their name.
pub async fn unnamed_posting_in(
    actor: &Actor,
    moment: &mut Transaction,
    space: &OpenedSpace,
    thread: Option<ThreadId>,
) -> Result<Posting, AppError> {
    Ok(rules(actor, moment, space, thread).await?.posting(space, true))
}

async fn rules(actor: &Actor, moment: &mut Transaction, space: &OpenedSpace, thread: Option<ThreadId>) -> Result<Rules, AppError> {
    const RULES: &str = "\
SELECT COALESCE(s.approval, 'off') AS approval, t.slowed_at IS NOT NULL AS is_slowed,
    COALESCE(s.approval, 'off') <> 'first' OR EXISTS (
        SELECT 1
        FROM post own
        JOIN thread own_t ON own_t.id = own.thread_id
        WHERE own.author_id = $1 AND own_t.space_id = $2 AND own.hidden_as IS NULL) AS has_posted,
    z.ends_at, d.reason
FROM person me
LEFT JOIN space s ON s.id = $2
LEFT JOIN thread t ON t.id = $3
LEFT JOIN posting_pause z ON z.person_id = me.id AND z.space_id = $2 AND z.ends_at > $4 AND z.ended_at IS NULL
LEFT JOIN moderation_decision d ON d.code = z.decision
WHERE me.id = $1
ORDER BY z.ends_at DESC
LIMIT 1";

    Ok(on!(&mut moment, connection => sqlx::query_as(RULES)
        .bind(actor.person())
        .bind(space.id())
        .bind(thread)
        .bind(actor.now())
        .fetch_one(connection).await)?)
}

/// Why what the actor posts waits, decided in the unit of work in which it is posted: whoever is paused is told so, and nothing is posted.
pub(super) async fn why_it_waits(
    transaction: &mut Transaction,
    actor: &Actor,
    (space, thread): (&OpenedSpace, Option<ThreadId>),
    text: &Written,
) -> Result<Option<Because>, AppError> {
    let posting = rules(actor, transaction, space, thread).await?.posting(space, text.is_unnamed());
    if let Some(paused) = posting.paused {
        let told = paused_until(paused, ::series::local(actor.now()));
        return Err(AppError::Conflict(format!("{told} What you wrote is still in the box, and you can keep it as a draft.")));
    }
    Ok(if text.is_marked() { Some(Because::Marked) } else { posting.waits })
}

/// What is kept until somebody has looked at it.
pub(super) struct Holding<'a> {
    pub space: SpaceId,
    pub thread: Option<ThreadId>,
    /// The post that it changes.
    pub number: Option<i64>,
    pub quoted: Option<i64>,
    pub title: &'a str,
    pub text: &'a Written,
    pub because: Because,
}

/// Keeps a post for those who look after the space, and asks them. Answers the case in which it waits.
pub(super) async fn hold(transaction: &mut Transaction, actor: &Actor, holding: &Holding<'_>) -> Result<CaseId, AppError> {
    const CASE: &str = "\
INSERT INTO moderation_case (id, code, kind, space_id, author_id, opened_at, state, version)
VALUES ($1, $2, 'waiting', $3, $4, $5, 'open', 1)";
    const HOLD: &str = "\
INSERT INTO held_post (case_id, author_id, thread_id, number, quoted, title, source, html, because, state, written_at, is_unnamed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11)";

    // A post that is there without a name is changed without one, whatever the space allows by now.
    if holding.text.is_unnamed() && holding.number.is_none() {
        check_unnamed(transaction, holding.space).await?;
    }
    let case = CaseId(new_id());
    on!(&mut transaction, connection => sqlx::query(CASE)
        .bind(case)
        .bind(code())
        .bind(holding.space)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(HOLD)
        .bind(case)
        .bind(actor.person())
        .bind(holding.thread)
        .bind(holding.number)
        .bind(holding.quoted)
        .bind(holding.title)
        .bind(holding.text.source())
        .bind(holding.text.html())
        .bind(holding.because)
        .bind(actor.now())
        .bind(holding.text.is_unnamed())
        .execute(connection).await.map(|_| ()))?;
    ask_to_decide(transaction, case, actor.now()).await?;
    record_own(transaction, actor, "hold_post", (case, holding.text.is_unnamed())).await?;
    Ok(case)
}

/// Writes into the log what was done about a case. Whom the case is about cannot read it there.
pub(crate) async fn record_case(transaction: &mut Transaction, actor: &Actor, action: &'static str, case: CaseId) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "moderation", subject_id: Some(case.0), detail: "" }).await
}

/// Writes into the log what somebody did about what waits of their own: by whom, unless it is to bear no name.
async fn record_own(
    transaction: &mut Transaction,
    actor: &Actor,
    action: &'static str,
    (case, is_unnamed): (CaseId, bool),
) -> Result<(), AppError> {
    record(transaction, actor, is_unnamed, audit::Entry { action, subject: "moderation", subject_id: Some(case.0), detail: "" }).await
}

#[derive(sqlx::FromRow)]
struct Row {
    case_id: CaseId,
    code: String,
    title: String,
    html: String,
    changes: Option<i64>,
    because: Because,
    is_sent_back: bool,
    written_at: DateTime<Utc>,
}

/// What of the actor's own waits for a thread, or was sent back: for their eyes alone.
pub(super) async fn held_in(actor: &Actor, moment: &mut Transaction, thread: &OpenedThread) -> Result<Vec<HeldPost>, AppError> {
    const HELD: &str = "\
SELECT h.case_id, c.code, h.title, h.html, h.number AS changes, h.because, h.state = 'sent_back' AS is_sent_back, h.written_at
FROM held_post h
JOIN moderation_case c ON c.id = h.case_id
WHERE h.author_id = $1
    AND h.thread_id = $2
    AND h.state IN ('waiting', 'sent_back')
ORDER BY h.written_at, c.code";

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(HELD).bind(actor.person()).bind(thread.id()).fetch_all(connection).await)?;
    let mut files = if rows.is_empty() { BTreeMap::new() } else { files_held_in(actor, moment, thread.id()).await? };
    let texts: Vec<&str> = rows.iter().map(|row| row.html.as_str()).collect();
    let meant = people_of_codes(moment, thread.space().id(), &texts).await?;
    let held = |row: Row| HeldPost {
        files: files.remove(&row.case_id).unwrap_or_default(),
        code: row.code,
        title: row.title,
        html: with_names(&row.html, Some(&meant)),
        changes: row.changes,
        because: row.because,
        is_sent_back: row.is_sent_back,
        written_at: ::series::local(row.written_at),
    };
    Ok(rows.into_iter().map(held).collect())
}

/// Changes what waits or was sent back: it is looked at again from the beginning.
pub async fn change_held(actor: &Actor, code: &str, title: &str, text: &Written) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE held_post
SET title = $3, source = $4, html = $5, state = 'waiting', written_at = $6
WHERE case_id = (SELECT c.id FROM moderation_case c WHERE c.code = $1)
    AND author_id = $2
    AND state IN ('waiting', 'sent_back')
    AND (title = '') = ($3 = '')
RETURNING case_id, is_unnamed";
    const REOPEN: &str = "\
UPDATE moderation_case
SET state = 'open', closed_at = NULL, opened_at = $2, version = version + 1
WHERE id = $1";

    let mut transaction = actor.begin().await?;
    take_case(&mut transaction, code).await?;
    let changed: Option<(CaseId, bool)> = on!(&mut transaction, connection => sqlx::query_as(CHANGE)
        .bind(code)
        .bind(actor.person())
        .bind(title)
        .bind(text.source())
        .bind(text.html())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let (case, is_unnamed) = changed.ok_or(AppError::NotFound)?;
    on!(&mut transaction, connection => sqlx::query(REOPEN)
        .bind(case)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    ask_to_decide(&mut transaction, case, actor.now()).await?;
    record_own(&mut transaction, actor, "change_held_post", (case, is_unnamed)).await?;
    transaction.commit().await
}

/// Takes a case before what it holds, as whoever decides does, so that neither waits for the other.
async fn take_case(transaction: &mut Transaction, code: &str) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE moderation_case SET version = version WHERE code = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(code).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Takes back what waits or was sent back: what it says is gone.
pub async fn withdraw_held(actor: &Actor, code: &str) -> Result<(), AppError> {
    const WHICH: &str = "\
SELECT h.case_id, h.is_unnamed
FROM held_post h
JOIN moderation_case c ON c.id = h.case_id
WHERE c.code = $1
    AND h.author_id = $2
    AND h.state IN ('waiting', 'sent_back')";

    let mut transaction = actor.begin().await?;
    take_case(&mut transaction, code).await?;
    let found: Option<(CaseId, bool)> = on!(&mut transaction, connection => sqlx::query_as(WHICH)
        .bind(code)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let (case, is_unnamed) = found.ok_or(AppError::NotFound)?;
    if !drop_held(&mut transaction, actor, case).await? {
        return Err(AppError::Conflict("A moderator has decided a moment ago. Look at it as it is now.".to_owned()));
    }
    record_own(&mut transaction, actor, "withdraw_held_post", (case, is_unnamed)).await?;
    transaction.commit().await
}

/// Takes back whatever would change a post that its author withdraws, or changes otherwise.
pub(super) async fn drop_changes(transaction: &mut Transaction, actor: &Actor, thread: ThreadId, number: i64) -> Result<(), AppError> {
    const CHANGES: &str = "\
SELECT case_id
FROM held_post
WHERE thread_id = $1
    AND number = $2
    AND author_id = $3
    AND state IN ('waiting', 'sent_back')
ORDER BY case_id";

    let changes: Vec<CaseId> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGES)
        .bind(thread)
        .bind(number)
        .bind(actor.person())
        .fetch_all(connection).await)?;
    for case in changes {
        drop_held(transaction, actor, case).await?;
    }
    Ok(())
}

/// Whether it was still to be decided.
async fn drop_held(transaction: &mut Transaction, actor: &Actor, case: CaseId) -> Result<bool, AppError> {
    const DROP: &str = "\
UPDATE held_post
SET title = '', source = '', html = '', state = 'withdrawn'
WHERE case_id = $1
    AND state IN ('waiting', 'sent_back')";
    const CLOSE: &str =
        "UPDATE moderation_case SET state = 'closed', closed_at = COALESCE(closed_at, $2), version = version + 1 WHERE id = $1";

    // The case comes before what it holds, as for whoever decides.
    on!(&mut transaction, connection => sqlx::query(CLOSE)
        .bind(case)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let dropped = on!(&mut transaction, connection => sqlx::query(DROP)
        .bind(case)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    drop_held_files(transaction, case).await?;
    Ok(dropped > 0)
}
