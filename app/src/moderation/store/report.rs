//! Reporting a post.

use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code, is_taken, new_id, on};
use crate::error::AppError;
use crate::moderation::answers::PostToReport;
use crate::moderation::forms::NewReport;
use crate::people::PersonId;
use crate::spaces::CaseId;
use crate::spaces::store::{
    OpenedThread, ask_at_once, ask_to_decide, is_anothers, is_shown, meant_in, who_looks_after, who_wrote_unnamed, with_names,
};

#[derive(sqlx::FromRow)]
struct Post {
    author_id: Option<PersonId>,
    version: i64,
    html: String,
}

/// A post of somebody else's that the actor can read.
async fn post_of_another(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<Post, AppError> {
    const POST: &str = concat!(
        "\
SELECT author_id, version, html
FROM post
WHERE thread_id = $1
    AND number = $2
    AND ",
        is_anothers!("post", "$3"),
        " AND ",
        is_shown!("post")
    );

    let database = actor.database();
    let post: Option<Post> = on!(database, pool => sqlx::query_as(POST)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .fetch_optional(pool).await)?;
    post.ok_or(AppError::NotFound)
}

/// What the form begins with.
pub async fn post_to_report(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<PostToReport, AppError> {
    let post = post_of_another(actor, thread, number).await?;
    let meant = meant_in(actor.database(), &[((thread.id(), number), post.html.as_str())]).await?;
    let space = thread.space();
    let line = space.line();
    Ok(PostToReport {
        space: (line.slug, line.name),
        kind: space.kind(),
        thread: (thread.number(), thread.title().to_owned()),
        number,
        html: with_names(&post.html, meant.get(&(thread.id(), number))),
        looked_after_by: who_looks_after(actor, space).await?,
    })
}

/// Reports a post, once, into the case of the post that is open. Whoever is named in it has nothing to do with the case from then on. The log is not told
/// who reported.
pub async fn report_post(actor: &Actor, thread: &OpenedThread, number: i64, report: &NewReport) -> Result<(), AppError> {
    const REPORT: &str = "\
INSERT INTO post_report (code, case_id, reporter_id, thread_id, number, reason, words, about_id, version, reported_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    let post = post_of_another(actor, thread, number).await?;
    let mut transaction = actor.begin().await?;
    let about = whom_it_is_about(&mut transaction, thread, &report.about).await?;
    // Whoever wrote it without their name must not decide about it, and is told what was decided; whoever decides sees no name.
    let author = match post.author_id {
        Some(author) => Some(author),
        None => who_wrote_unnamed(&mut transaction, (thread.id(), number)).await?,
    };
    let author = author.ok_or(AppError::NotFound)?;
    let (case, is_new) = case_of(&mut transaction, actor, (thread, number, author), about).await?;
    let reported = on!(&mut transaction, connection => sqlx::query(REPORT)
        .bind(code())
        .bind(case)
        .bind(actor.person())
        .bind(thread.id())
        .bind(number)
        .bind(report.reason)
        .bind(&report.words)
        .bind(about)
        .bind(post.version)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()));
    match reported {
        Err(error) if is_taken(&error) => {
            return Err(AppError::Conflict(
                "You have reported this post already. What becomes of it stands under “With the moderators”.".to_owned(),
            ));
        }
        other => other?,
    }
    // Whoever could decide may be another, once somebody is named.
    if report.reason.is_urgent() {
        ask_at_once(&mut transaction, case, actor.now()).await?;
    } else if is_new || about.is_some() {
        ask_to_decide(&mut transaction, case, actor.now()).await?;
    }
    let entry = audit::Entry { action: "report_post", subject: "moderation", subject_id: Some(case.0), detail: "" };
    audit::record_by_anyone(&mut transaction, actor.now(), entry).await?;
    transaction.commit().await
}

/// Somebody who looks after the space, by their code; nobody where none is named.
async fn whom_it_is_about(transaction: &mut Transaction, thread: &OpenedThread, code: &str) -> Result<Option<PersonId>, AppError> {
    const ABOUT: &str = "\
SELECT w.id
FROM person w
WHERE w.code = $1
    AND (w.id IN (SELECT o.person_id FROM space_moderator o WHERE o.space_id = $2)
        OR w.id IN (SELECT g.supervisor_id FROM supervision_group g WHERE g.id = $2))";

    if code.is_empty() {
        return Ok(None);
    }
    let found: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(ABOUT)
        .bind(code)
        .bind(thread.space().id())
        .fetch_optional(connection).await)?;
    let unknown = || AppError::invalid("about", "Choose somebody who looks after this space, or nobody in particular.");
    found.map(Some).ok_or_else(unknown)
}

/// The case of a post in which nothing is decided yet, and whether it is new. The database lets there be one: whoever is second finds that of the first.
async fn case_of(
    transaction: &mut Transaction,
    actor: &Actor,
    (thread, number, author): (&OpenedThread, i64, PersonId),
    about: Option<PersonId>,
) -> Result<(CaseId, bool), AppError> {
    const OPEN: &str = "\
INSERT INTO moderation_case (id, code, kind, space_id, author_id, thread_id, number, opened_at, state, version)
VALUES ($1, $2, 'report', $3, $4, $5, $6, $7, 'open', 1)
ON CONFLICT (thread_id, number) WHERE state <> 'closed' DO NOTHING";
    const TAKE: &str = "\
UPDATE moderation_case
SET version = version + 1, assignee_id = CASE WHEN assignee_id = $3 THEN NULL ELSE assignee_id END
WHERE thread_id = $1
    AND number = $2
    AND state <> 'closed'
RETURNING id";

    let opened = on!(&mut transaction, connection => sqlx::query(OPEN)
        .bind(CaseId(new_id()))
        .bind(code())
        .bind(thread.space().id())
        .bind(author)
        .bind(thread.id())
        .bind(number)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    let case: Option<CaseId> = on!(&mut transaction, connection => sqlx::query_scalar(TAKE)
        .bind(thread.id())
        .bind(number)
        .bind(about)
        .fetch_optional(connection).await)?;
    let decided = || AppError::Conflict("A moderator has decided about this post a moment ago. Look at it as it is now.".to_owned());
    Ok((case.ok_or_else(decided)?, opened > 0))
}
