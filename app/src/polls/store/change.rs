//! What an organiser does with a poll: close it, ask once more, take back a link.

use super::make::make_link;
use super::open::OpenedPoll;
use super::page::{BETWEEN_NUDGES, may_nudge};
use super::still_asked::is_still_asked;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::polls::letters::{Invitation, reminder};

/// Closes a poll before its time. One that is closed already stays as it is.
pub async fn close_poll(actor: &Actor, poll: &OpenedPoll) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    if close(&mut transaction, actor, poll).await? {
        audit(&mut transaction, actor, poll, "close_poll").await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Closes a poll, if it is open. Says whether it was.
pub(super) async fn close(transaction: &mut Transaction, actor: &Actor, poll: &OpenedPoll) -> Result<bool, AppError> {
    const CLOSE: &str = "UPDATE poll SET closes_at = $2, told_at = $2 WHERE id = $1 AND closes_at > $2";

    let closed = on!(&mut transaction, connection => sqlx::query(CLOSE)
        .bind(poll.id())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(closed > 0)
}

/// Asks those once more who have not answered, each by a link of its own; once a day at most, whoever presses.
pub async fn nudge(actor: &Actor, poll: &OpenedPoll) -> Result<(), AppError> {
    const TAKE: &str = "\
UPDATE poll
SET nudged_at = $2
WHERE id = $1
    AND closes_at > $2
    AND (nudged_at IS NULL OR nudged_at <= $3)";
    const SILENT: &str = concat!(
        "\
SELECT w.person_id
FROM poll_person w
JOIN poll q ON q.id = w.poll_id
JOIN person p ON p.id = w.person_id
WHERE w.poll_id = $1
    AND w.answered_at IS NULL
    AND ",
        is_still_asked!(),
        "
ORDER BY w.person_id"
    );
    const TIMES: &str = "SELECT COUNT(*) FROM poll_time WHERE poll_id = $1";

    let now = actor.now();
    let mut transaction = actor.begin().await?;
    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(poll.id())
        .bind(now)
        .bind(now - BETWEEN_NUDGES)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Err(not_now(poll, actor));
    }
    let times: i64 = on!(&mut transaction, connection => sqlx::query_scalar(TIMES).bind(poll.id()).fetch_one(connection).await)?;
    let letter = Invitation { times, last_day: poll.subject().last_day(), is_for_group: poll.group().is_some(), origin: actor.origin() };
    let silent: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(SILENT).bind(poll.id()).fetch_all(connection).await)?;
    for person in silent {
        let link = make_link(&mut transaction, poll.id(), person, now).await?;
        queue(&mut transaction, &reminder(person, &letter, &link), now).await?;
    }
    audit(&mut transaction, actor, poll, "nudge_poll").await?;
    transaction.commit().await
}

fn not_now(poll: &OpenedPoll, actor: &Actor) -> AppError {
    AppError::Conflict(if poll.subject().is_open(actor.now()) || !may_nudge(poll.nudged_at(), actor.now()) {
        "Those who have not answered were asked once more within the past day. Please leave them a day.".to_owned()
    } else {
        "This poll has closed, so nobody can be asked any more.".to_owned()
    })
}

/// Takes back the links of somebody, whose answers count no more. It is for the organiser, who alone knows who is asked.
pub async fn revoke_links(actor: &Actor, poll: &OpenedPoll, person: &str) -> Result<(), AppError> {
    const REVOKE: &str = "\
UPDATE poll_person
SET revoked_at = $3
WHERE poll_id = $1
    AND person_id = (SELECT p.id FROM person p WHERE p.code = $2)
    AND revoked_at IS NULL";

    if !poll.is_organiser() {
        return Err(AppError::NotFound);
    }
    let mut transaction = actor.begin().await?;
    let revoked = on!(&mut transaction, connection => sqlx::query(REVOKE)
        .bind(poll.id())
        .bind(person)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    // A second press finds it done.
    if revoked > 0 {
        audit(&mut transaction, actor, poll, "revoke_poll_links").await?;
        transaction.commit().await?;
    }
    Ok(())
}

pub(super) async fn audit(transaction: &mut Transaction, actor: &Actor, poll: &OpenedPoll, action: &'static str) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "poll", subject_id: Some(poll.id().0), detail: "" }).await
}
