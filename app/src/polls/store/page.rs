//! What the page of a poll reads.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::open::OpenedPoll;
use crate::access::{Actor, Permission};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::polls::answers::{Answering, PollPage, Tally};
use crate::polls::model::{Answer, Time};

/// How long those who have not answered are left in peace between two messages.
pub(super) const BETWEEN_NUDGES: TimeDelta = TimeDelta::days(1);

/// A poll with how it is answered: counts for whoever plans, names for its organiser alone. All of it is as it was at one moment.
pub async fn poll_page(actor: &Actor, poll: &OpenedPoll) -> Result<PollPage, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let (asked, answered) = turnout(moment, poll).await?;
    let subject = poll.subject();
    let is_open = subject.is_open(actor.now());
    Ok(PollPage {
        code: poll.code().to_owned(),
        group: poll.group(),
        subject,
        is_organiser: poll.is_organiser(),
        times: tallies(moment, poll).await?,
        asked,
        answered,
        people: if poll.is_organiser() { people(moment, poll).await? } else { Vec::new() },
        groups: if poll.group().is_none() { groups(actor, moment).await? } else { Vec::new() },
        nudged_on: poll.nudged_at().map(|moment| ::series::local(moment).date()),
        may_nudge: is_open && answered < asked && may_nudge(poll.nudged_at(), actor.now()),
        chosen: poll.chosen(),
        now: actor.now(),
    })
}

/// Whether the last message to those who have not answered lies long enough ago.
pub(super) fn may_nudge(nudged_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    nudged_at.is_none_or(|nudged_at| nudged_at <= now - BETWEEN_NUDGES)
}

/// How many were asked and how many have answered, without those whose links were taken back.
async fn turnout(moment: &mut Transaction, poll: &OpenedPoll) -> Result<(i64, i64), AppError> {
    const TURNOUT: &str = "SELECT COUNT(*), COUNT(answered_at) FROM poll_person WHERE poll_id = $1 AND revoked_at IS NULL";

    Ok(on!(&mut moment, connection => sqlx::query_as(TURNOUT).bind(poll.id()).fetch_one(connection).await)?)
}

async fn tallies(moment: &mut Transaction, poll: &OpenedPoll) -> Result<Vec<Tally>, AppError> {
    const TALLIES: &str = "\
SELECT t.place, t.starts_on, t.starts_time,
    COUNT(CASE WHEN c.answer = 'yes' THEN 1 END) AS yes,
    COUNT(CASE WHEN c.answer = 'if_need_be' THEN 1 END) AS if_need_be,
    COUNT(CASE WHEN c.answer = 'no' THEN 1 END) AS no
FROM poll_time t
LEFT JOIN (
    SELECT a.poll_id, a.place, a.answer
    FROM poll_answer a
    JOIN poll_person w ON w.poll_id = a.poll_id AND w.person_id = a.person_id
    WHERE a.poll_id = $1
        AND w.revoked_at IS NULL
) c ON c.poll_id = t.poll_id AND c.place = t.place
WHERE t.poll_id = $1
GROUP BY t.place, t.starts_on, t.starts_time
ORDER BY t.place";

    #[derive(sqlx::FromRow)]
    struct Row {
        place: i64,
        starts_on: NaiveDate,
        starts_time: NaiveTime,
        yes: i64,
        if_need_be: i64,
        no: i64,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(TALLIES).bind(poll.id()).fetch_all(connection).await)?;
    let tally = |row: Row| Tally {
        time: Time { place: row.place, starts: row.starts_on.and_time(row.starts_time) },
        yes: row.yes,
        if_need_be: row.if_need_be,
        no: row.no,
    };
    Ok(rows.into_iter().map(tally).collect())
}

async fn people(moment: &mut Transaction, poll: &OpenedPoll) -> Result<Vec<Answering>, AppError> {
    const PEOPLE: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, w.revoked_at IS NOT NULL AS is_revoked, a.place, a.answer
FROM poll_person w
JOIN person p ON p.id = w.person_id
LEFT JOIN poll_answer a ON a.poll_id = w.poll_id AND a.person_id = w.person_id
WHERE w.poll_id = $1
ORDER BY p.given_key, p.family_key, p.id, a.place";

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        is_revoked: bool,
        place: Option<i64>,
        answer: Option<Answer>,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(poll.id()).fetch_all(connection).await)?;
    let mut people: Vec<Answering> = Vec::new();
    for row in rows {
        if people.last().is_none_or(|last| last.name.code != row.name.code) {
            people.push(Answering { name: row.name.into(), own: [].into(), is_revoked: row.is_revoked });
        }
        if let (Some(last), Some(place), Some(answer)) = (people.last_mut(), row.place, row.answer) {
            last.own.insert(place, answer);
        }
    }
    Ok(people)
}

/// The groups whose sessions the actor plans, for a poll that is for none of them yet.
async fn groups(actor: &Actor, moment: &mut Transaction) -> Result<Vec<(String, String)>, AppError> {
    const GROUPS: &str = "\
SELECT slug, name
FROM supervision_group
WHERE ended_at IS NULL
    AND kind NOT IN ('one_to_one', 'vig', 'open_clinic')
    AND (supervisor_id = $1 OR $2)
ORDER BY name, id";

    Ok(on!(&mut moment, connection => sqlx::query_as(GROUPS)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_all(connection).await)?)
}
