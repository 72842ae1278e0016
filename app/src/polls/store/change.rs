//! What an organiser does with a poll: close it, ask once more, take back a link, make a series of a time.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::make::make_link;
use super::open::OpenedPoll;
use super::page::{BETWEEN_NUDGES, may_nudge};
use super::still_asked::is_still_asked;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::Rhythm;
use crate::groups::store::open_group_to_plan;
use crate::messages::queue;
use crate::people::PersonId;
use crate::polls::forms::TakeTimeForm;
use crate::polls::letters::{Invitation, reminder};
use crate::polls::model::PollKind;
use crate::series::{Ends, Opening};

/// Closes a poll before its time. One that is closed already stays as it is.
pub async fn close_poll(actor: &Actor, poll: &OpenedPoll) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    if close(&mut transaction, actor, poll).await? {
        audit(&mut transaction, actor, poll, "close_poll").await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn close(transaction: &mut Transaction, actor: &Actor, poll: &OpenedPoll) -> Result<bool, AppError> {
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

/// Takes one of the times: the poll closes, and what is answered is the form of a series that begins with it.
pub async fn take_time(actor: &Actor, poll: &OpenedPoll, form: &TakeTimeForm) -> Result<String, AppError> {
    const TAKE: &str = "\
UPDATE poll
SET chosen = $2
WHERE id = $1
    AND EXISTS (SELECT 1 FROM poll_time t WHERE t.poll_id = $1 AND t.place = $2)";

    let slug = poll.group().map_or_else(|| form.slug.clone(), |(slug, _)| slug);
    if slug.is_empty() {
        return Err(AppError::invalid("slug", "Choose the group that meets then, or make one first."));
    }
    let group = open_group_to_plan(actor, &slug).await?;
    let place: i64 = form.place.parse().map_err(|_| AppError::invalid("place", "Choose one of the times."))?;
    let mut transaction = actor.begin().await?;
    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(poll.id())
        .bind(place)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Err(AppError::invalid("place", "Choose one of the times."));
    }
    close(&mut transaction, actor, poll).await?;
    let starts = starts_of(&mut transaction, poll, place).await?;
    audit(&mut transaction, actor, poll, "take_poll_time").await?;
    transaction.commit().await?;
    Ok(opening(poll, starts, ::series::local(actor.now()).date()).form(group.slug()))
}

async fn starts_of(transaction: &mut Transaction, poll: &OpenedPoll, place: i64) -> Result<NaiveDateTime, AppError> {
    const STARTS: &str = "SELECT starts_on, starts_time FROM poll_time WHERE poll_id = $1 AND place = $2";

    let (starts_on, starts_time): (NaiveDate, NaiveTime) = on!(&mut transaction, connection => sqlx::query_as(STARTS)
        .bind(poll.id())
        .bind(place)
        .fetch_one(connection).await)?;
    Ok(starts_on.and_time(starts_time))
}

/// How long a series is that a poll opens the form of, until somebody says otherwise.
const HALF_A_YEAR: Months = Months::new(6);

/// Of a time of the week, half a year in its rhythm, from the first that is still to come; of a date, the one session.
fn opening(poll: &OpenedPoll, starts: NaiveDateTime, today: NaiveDate) -> Opening {
    let subject = poll.subject();
    let rhythm = Rhythm {
        starts_on: starts.date(),
        starts_time: starts.time(),
        length_minutes: subject.length_minutes,
        repeats: ::series::Rhythm::Weekly { every: u32::try_from(subject.every_weeks).unwrap_or(1) },
    };
    match subject.kind {
        PollKind::Dates => Opening { rhythm, ends: Ends::Times(1) },
        PollKind::Weekly => {
            let opening = Opening { rhythm, ends: Ends::Until(starts.date().checked_add_months(HALF_A_YEAR).unwrap_or(starts.date())) };
            if starts.date() > today { opening } else { opening.taken_up_after(today) }
        }
    }
}

async fn audit(transaction: &mut Transaction, actor: &Actor, poll: &OpenedPoll, action: &'static str) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "poll", subject_id: Some(poll.id().0), detail: "" }).await
}
