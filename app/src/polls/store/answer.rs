//! Answering by a link.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::still_asked::is_still_asked;
use crate::access::{Anyone, digest};
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::polls::answers::PollToAnswer;
use crate::polls::forms::AnswersForm;
use crate::polls::model::{Answer, PollId, PollKind, Subject, Time};
use crate::sign_in::{Limited, attempt, forgive};
use crate::ui::day_month_year;

/// Whose answers to which poll a link opens.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Opened {
    poll_id: PollId,
    person_id: PersonId,
    given_name: String,
    is_for_group: bool,
    kind: PollKind,
    length_minutes: i64,
    every_weeks: i64,
    closes_at: DateTime<Utc>,
}

impl Opened {
    fn subject(&self) -> Subject {
        Subject { kind: self.kind, length_minutes: self.length_minutes, every_weeks: self.every_weeks, closes_at: self.closes_at }
    }
}

/// A poll as the one sees it whose link it is; nothing for a link that is wrong or was taken back.
pub async fn poll_by_link(anyone: &Anyone, code: &str) -> Result<Option<PollToAnswer>, AppError> {
    let Some(opened) = open(anyone, code).await? else { return Ok(None) };
    let moment = &mut anyone.database().snapshot().await?;
    Ok(Some(PollToAnswer {
        times: times(moment, opened.poll_id).await?,
        own: own_answers(moment, &opened).await?,
        subject: opened.subject(),
        given_name: opened.given_name,
        is_for_group: opened.is_for_group,
        now: anyone.now(),
    }))
}

/// Keeps somebody's answers, in place of those that they gave before.
pub async fn answer_poll(anyone: &Anyone, form: &AnswersForm) -> Result<(), AppError> {
    let opened = open(anyone, &form.code).await?.ok_or_else(works_no_more)?;
    let subject = opened.subject();
    let mut transaction = anyone.begin().await?;
    if !take_open(&mut transaction, &opened, anyone.now()).await? {
        return Err(has_closed(&subject));
    }
    let answers = form.check(&times(&mut transaction, opened.poll_id).await?, |time| subject.words(time))?;
    if !note_answered(&mut transaction, &opened, anyone.now()).await? {
        return Err(works_no_more());
    }
    for answer in answers {
        keep(&mut transaction, &opened, answer).await?;
    }
    let entry = audit::Entry { action: "answer_poll", subject: "poll", subject_id: Some(opened.poll_id.0), detail: "" };
    audit::record_by_person(&mut transaction, opened.person_id, anyone.now(), entry).await?;
    transaction.commit().await
}

fn works_no_more() -> AppError {
    AppError::Conflict("This link does not work any more, so nothing was kept.".to_owned())
}

fn has_closed(subject: &Subject) -> AppError {
    AppError::Conflict(format!(
        "This poll could be answered until {}, so your answers were not changed. If no time suits you, tell the Centre’s coordinator.",
        day_month_year(subject.last_day())
    ))
}

/// Finds whose link it is. Links that are wrong are counted, so that nobody finds one by trying.
async fn open(anyone: &Anyone, code: &str) -> Result<Option<Opened>, AppError> {
    const OPEN: &str = concat!(
        "\
SELECT l.poll_id, l.person_id, p.given_name, q.group_id IS NOT NULL AS is_for_group, q.kind, q.length_minutes, q.every_weeks, q.closes_at
FROM poll_link l
JOIN poll q ON q.id = l.poll_id
JOIN poll_person w ON w.poll_id = l.poll_id AND w.person_id = l.person_id
JOIN person p ON p.id = l.person_id
WHERE l.code_hash = $1
    AND ",
        is_still_asked!()
    );

    let database = anyone.database();
    let tried = attempt(database, anyone.now(), &[Limited::PollLinksFrom(anyone.address())]).await?;
    let opened: Option<Opened> = on!(database, pool => sqlx::query_as(OPEN).bind(digest(code)).fetch_optional(pool).await)?;
    if opened.is_some() {
        let mut transaction = anyone.begin().await?;
        forgive(&mut transaction, &tried).await?;
        transaction.commit().await?;
    }
    Ok(opened)
}

async fn times(moment: &mut Transaction, poll: PollId) -> Result<Vec<Time>, AppError> {
    const TIMES: &str = "SELECT place, starts_on, starts_time FROM poll_time WHERE poll_id = $1 ORDER BY place";

    let rows: Vec<(i64, NaiveDate, NaiveTime)> =
        on!(&mut moment, connection => sqlx::query_as(TIMES).bind(poll).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(place, starts_on, starts_time)| Time { place, starts: starts_on.and_time(starts_time) }).collect())
}

async fn own_answers(moment: &mut Transaction, opened: &Opened) -> Result<BTreeMap<i64, Answer>, AppError> {
    const OWN: &str = "SELECT place, answer FROM poll_answer WHERE poll_id = $1 AND person_id = $2";

    let rows: Vec<(i64, Answer)> = on!(&mut moment, connection => sqlx::query_as(OWN)
        .bind(opened.poll_id)
        .bind(opened.person_id)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

/// Takes the poll while it is open: on Postgres whoever closes it waits until these answers are kept.
async fn take_open(transaction: &mut Transaction, opened: &Opened, now: DateTime<Utc>) -> Result<bool, AppError> {
    const TAKE: &str = "UPDATE poll SET closes_at = closes_at WHERE id = $1 AND closes_at > $2";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(opened.poll_id)
        .bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

async fn note_answered(transaction: &mut Transaction, opened: &Opened, now: DateTime<Utc>) -> Result<bool, AppError> {
    const NOTE: &str = "UPDATE poll_person SET answered_at = $3 WHERE poll_id = $1 AND person_id = $2 AND revoked_at IS NULL";

    let noted = on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(opened.poll_id)
        .bind(opened.person_id)
        .bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(noted > 0)
}

async fn keep(transaction: &mut Transaction, opened: &Opened, (place, answer): (i64, Answer)) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO poll_answer (poll_id, person_id, place, answer)
VALUES ($1, $2, $3, $4)
ON CONFLICT (poll_id, person_id, place) DO UPDATE SET answer = excluded.answer";

    on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(opened.poll_id)
        .bind(opened.person_id)
        .bind(place)
        .bind(answer)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
