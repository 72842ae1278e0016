//! Deciding about a case, and telling those whom it concerns.

use chrono::TimeDelta;

use super::open::OpenedCase;
use super::work::overtaken;
use crate::access::Actor;
use crate::database::{Transaction, code, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::moderation::forms::NewDecision;
use crate::moderation::letters::{your_post_decided, your_report_decided};
use crate::moderation::model::Outcome;
use crate::people::PersonId;
use crate::spaces::HiddenAs;
use crate::spaces::store::{drop_held_files, handles, hide_post, record_case, show_held, show_post_again};

/// Decides about a case that was shown in a version, with all that follows, and tells its author and whoever reported the post.
pub async fn decide(actor: &Actor, case: &OpenedCase, decision: &NewDecision) -> Result<(), AppError> {
    const CLOSE: &str = concat!(
        "\
UPDATE moderation_case AS c
SET state = 'closed', closed_at = $4, assignee_id = $1, version = version + 1
WHERE c.id = $2
    AND c.version = $3
    AND c.state <> 'closed'
    AND ",
        handles!("$1")
    );
    const DECIDE: &str = "\
INSERT INTO moderation_decision (code, case_id, decided_by, asked_at, decided_at, outcome, reason, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    let mut transaction = actor.begin().await?;
    let closed = on!(&mut transaction, connection => sqlx::query(CLOSE)
        .bind(actor.person())
        .bind(case.id)
        .bind(decision.version)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if closed == 0 {
        return Err(overtaken());
    }
    let code = code();
    on!(&mut transaction, connection => sqlx::query(DECIDE)
        .bind(&code)
        .bind(case.id)
        .bind(actor.person())
        .bind(case.asked_at)
        .bind(actor.now())
        .bind(decision.outcome)
        .bind(decision.reason)
        .bind(&decision.words)
        .execute(connection).await.map(|_| ()))?;
    follow(&mut transaction, actor, case, (&code, decision)).await?;
    tell(&mut transaction, actor, case, (&code, decision.outcome)).await?;
    record_case(&mut transaction, actor, "decide_case", case.id).await?;
    transaction.commit().await
}

/// What a decision does. One that is made again takes the place of the first, with all that the first has done.
async fn follow(
    transaction: &mut Transaction,
    actor: &Actor,
    case: &OpenedCase,
    (code, decision): (&str, &NewDecision),
) -> Result<(), AppError> {
    const END_PAUSES: &str = "\
UPDATE posting_pause
SET ended_at = $2
WHERE ended_at IS NULL
    AND decision IN (SELECT d.code FROM moderation_decision d WHERE d.case_id = $1)";
    const SEND_BACK: &str = "UPDATE held_post SET state = 'sent_back' WHERE case_id = $1 AND state = 'waiting'";
    const ANSWER: &str = "UPDATE appeal SET answered_at = $2 WHERE case_id = $1 AND answered_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(END_PAUSES).bind(case.id).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(ANSWER).bind(case.id).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    match (decision.outcome, case.thread_id.zip(case.number)) {
        (Outcome::Leave | Outcome::Warn, Some(post)) => show_post_again(transaction, actor, post).await,
        (Outcome::Ask, Some(post)) => hide_post(transaction, post, HiddenAs::ToChange).await,
        (Outcome::Hide, Some(post)) => hide_post(transaction, post, HiddenAs::Hidden).await,
        (Outcome::Pause, Some(post)) => {
            hide_post(transaction, post, HiddenAs::Hidden).await?;
            pause(transaction, actor, case, (code, decision.days.unwrap_or(1))).await
        }
        (Outcome::Show, None) => show_held(transaction, actor, case.id).await,
        (Outcome::SendBack, None) => {
            let sent = on!(&mut transaction, connection => sqlx::query(SEND_BACK)
                .bind(case.id)
                .execute(connection).await.map(|done| done.rows_affected()))?;
            if sent == 0 {
                return Err(overtaken());
            }
            // Whoever changes it attaches again what may be shown.
            drop_held_files(transaction, case.id).await
        }
        // What can be decided about the one cannot be about the other; the form was checked.
        _ => Err(AppError::NotFound),
    }
}

/// The author posts nothing in the space for so many days.
async fn pause(transaction: &mut Transaction, actor: &Actor, case: &OpenedCase, (code, days): (&str, i64)) -> Result<(), AppError> {
    const PAUSE: &str = "INSERT INTO posting_pause (decision, person_id, space_id, ends_at) VALUES ($1, $2, $3, $4)";

    on!(&mut transaction, connection => sqlx::query(PAUSE)
        .bind(code)
        .bind(case.author_id)
        .bind(case.space_id)
        .bind(actor.now() + TimeDelta::days(days))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Writes to the author, and to everybody who reported the post; nothing that the one is told holds the other.
async fn tell(transaction: &mut Transaction, actor: &Actor, case: &OpenedCase, (code, outcome): (&str, Outcome)) -> Result<(), AppError> {
    const REPORTS: &str = "SELECT code, reporter_id FROM post_report WHERE case_id = $1 ORDER BY code";

    // Where nothing is left to look at, a letter about a post that waits is for its author's own page: it would name a code of another.
    let own_code = if case.is_report() { code } else { &case.code };
    queue(transaction, &your_post_decided(case.author_id, outcome, own_code, actor.origin()), actor.now()).await?;
    let reports: Vec<(String, PersonId)> =
        on!(&mut transaction, connection => sqlx::query_as(REPORTS).bind(case.id).fetch_all(connection).await)?;
    for (report, reporter) in reports {
        queue(transaction, &your_report_decided(reporter, outcome, &report, actor.origin()), actor.now()).await?;
    }
    Ok(())
}
