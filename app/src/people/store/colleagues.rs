//! What a lead of an authority says of those who are entered with it.

use chrono::{DateTime, TimeDelta, Utc};

use super::confirm::works_there;
use super::coordinators::coordinators;
use super::found::note;
use crate::access::Actor;
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::{Waits, queue_until, take_back};
use crate::people::confirmation::{Colleague, Colleagues, LeadsAnswer};
use crate::people::letters;
use crate::people::model::{PersonId, Standing, initials};

/// From a list of columns to those who wait for the word of the lead `$1`: of the lead's own authority at this moment, and nobody whom it does not concern.
/// A lead of whom it is not confirmed themself says nothing of others.
macro_rules! waiting_for_lead {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            "
FROM work_confirmation c
JOIN person lead ON lead.id = $1 AND lead.authority_id = c.authority_id
JOIN person p ON p.id = c.person_id AND p.authority_id = c.authority_id
WHERE c.answer IS NULL
    AND p.id <> lead.id
    AND p.standing <> 'suspended'
    AND ",
            works_there!("lead"),
            "
",
            $end
        )
    };
}

/// How long an answer can be taken back by whoever gave it.
const TAKEN_BACK_WITHIN: TimeDelta = TimeDelta::hours(1);
/// How long coordinators are not yet told that somebody does not work there, so that a slip of the finger tells them nothing.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// Those who wait for the actor's word.
pub async fn colleagues_of(actor: &Actor) -> Result<Colleagues, AppError> {
    const AUTHORITY: &str = concat!(
        "SELECT a.name, ",
        works_there!("p"),
        " AS is_open FROM person p JOIN authority a ON a.id = p.authority_id WHERE p.id = $1"
    );
    const WAITING: &str = waiting_for_lead!(
        "p.code, p.title, p.given_name, p.family_name, p.profession, p.standing,
    (SELECT MAX(l.created_at) FROM one_time_link l WHERE l.person_id = p.id AND l.purpose = 'invitation') AS invited_at",
        "ORDER BY c.asked_at, p.family_key, p.given_key, p.id"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        title: String,
        given_name: String,
        family_name: String,
        profession: String,
        standing: Standing,
        invited_at: Option<DateTime<Utc>>,
    }

    let database = actor.database();
    let authority: Option<(String, bool)> =
        on!(database, pool => sqlx::query_as(AUTHORITY).bind(actor.person()).fetch_optional(pool).await)?;
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(WAITING).bind(actor.person()).fetch_all(pool).await)?;
    let colleague = |row: Row| Colleague {
        name: format!("{} {} {}", row.title, row.given_name, row.family_name).trim().to_owned(),
        initials: initials(&row.given_name, &row.family_name),
        code: row.code,
        profession: row.profession,
        standing: row.standing,
        invited_on: row.invited_at.map(|at| ::series::local(at).date()),
    };
    let (authority, is_open) = authority.unwrap_or_default();
    Ok(Colleagues { authority, is_open, waiting: rows.into_iter().map(colleague).collect() })
}

/// How many wait for the actor's word, and since when the first of them does.
pub async fn colleagues_waiting(actor: &Actor, moment: &mut Transaction) -> Result<(i64, Option<DateTime<Utc>>), AppError> {
    const COUNT: &str = waiting_for_lead!("COUNT(*), MIN(c.asked_at)", "");

    Ok(on!(&mut moment, connection => sqlx::query_as(COUNT).bind(actor.person()).fetch_one(connection).await)?)
}

/// Says of somebody of the actor's own authority that they work there, or that they do not. Of two who answer at once the first is heard.
pub async fn answer_about(actor: &Actor, code: &str, answer: LeadsAnswer) -> Result<(), AppError> {
    const ANSWER: &str = concat!(
        "\
UPDATE work_confirmation
SET answer = $2, answered_at = $3, answered_by = $1, answered_as = 'authority_lead', how_known = ''
WHERE answer IS NULL
    AND authority_id = (SELECT lead.authority_id FROM person lead WHERE lead.id = $1 AND ",
        works_there!("lead"),
        ")
    AND person_id = $4"
    );

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = colleague(transaction, actor, code).await?;
    note_who_belonged(transaction, actor.now()).await?;
    let answered = on!(&mut transaction, connection => sqlx::query(ANSWER)
        .bind(actor.person())
        .bind(answer)
        .bind(actor.now())
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if answered == 0 {
        return Err(AppError::Conflict("Somebody has answered for this person meanwhile.".to_owned()));
    }
    if answer == LeadsAnswer::WorksThere {
        note(transaction, actor, "confirm_work", person, "for the authority").await?;
        return unit.commit().await;
    }
    note(transaction, actor, "deny_work", person, "").await?;
    let waits = Waits { now: actor.now(), until: actor.now() + GRACE, about: Some(person.0) };
    for coordinator in coordinators(transaction).await? {
        queue_until(transaction, &letters::does_not_work_there(coordinator, actor.origin()), &[], waits).await?;
    }
    unit.commit().await
}

/// Takes back what the actor has just answered: they wait again.
pub async fn take_answer_back(actor: &Actor, code: &str) -> Result<(), AppError> {
    const TAKE_BACK: &str = concat!(
        "\
UPDATE work_confirmation
SET answer = NULL, answered_at = NULL, answered_by = NULL, answered_as = NULL
WHERE answered_by = $1
    AND answered_as = 'authority_lead'
    AND answered_at > $2
    AND authority_id = (SELECT lead.authority_id FROM person lead WHERE lead.id = $1 AND ",
        works_there!("lead"),
        ")
    AND person_id = $3"
    );

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = colleague(transaction, actor, code).await?;
    note_who_belonged(transaction, actor.now()).await?;
    let taken_back = on!(&mut transaction, connection => sqlx::query(TAKE_BACK)
        .bind(actor.person())
        .bind(actor.now() - TAKEN_BACK_WITHIN)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken_back == 0 {
        return Err(AppError::Conflict("This answer cannot be taken back any more. Please tell the Centre’s coordinator.".to_owned()));
    }
    take_back(transaction, person.0).await?;
    note(transaction, actor, "take_back_work", person, "").await?;
    unit.commit().await
}

/// Somebody of the actor's own authority of whom its leads were asked. Everybody else is not there, and nobody is for a lead of whom it is not confirmed.
async fn colleague(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<PersonId, AppError> {
    const COLLEAGUE: &str = concat!(
        "\
SELECT p.id
FROM person p
JOIN person lead ON lead.id = $1 AND lead.authority_id = p.authority_id
JOIN work_confirmation c ON c.person_id = p.id AND c.authority_id = p.authority_id AND c.asked_at IS NOT NULL
WHERE p.code = $2
    AND p.id <> lead.id
    AND p.standing <> 'suspended'
    AND ",
        works_there!("lead")
    );

    let person: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(COLLEAGUE)
        .bind(actor.person())
        .bind(code)
        .fetch_optional(connection).await)?;
    person.ok_or(AppError::NotFound)
}
