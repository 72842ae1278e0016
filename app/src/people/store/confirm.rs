//! Whether somebody works for their authority: asking its leads, their answers, and the Centre's.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::found::{authority_of, find, note};
use crate::access::Actor;
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::confirmation::{Confirmation, Confirmed, WorksThere};
use crate::people::forms::Confirming;
use crate::people::letters;
use crate::people::model::{PersonId, short_name};

/// Whether the community is open to somebody: they are of the Centre, or it is confirmed that they work for their authority. `$person` is a row of `person`.
macro_rules! works_there {
    ($person:literal) => {
        concat!(
            "(",
            $person,
            ".authority_id IS NULL OR EXISTS (SELECT 1 FROM work_confirmation ok WHERE ok.person_id = ",
            $person,
            ".id AND ok.authority_id = ",
            $person,
            ".authority_id AND ok.answer = 'works_there'))"
        )
    };
}
pub(crate) use works_there;

/// Whether the authority of somebody has another lead who can answer for them: registered, and confirmed to work there. `p` is a row of `person`.
macro_rules! has_lead {
    () => {
        concat!(
            "EXISTS (
        SELECT 1
        FROM person lead
        JOIN person_role r ON r.person_id = lead.id AND r.role = 'authority_lead'
        WHERE lead.authority_id = p.authority_id AND lead.id <> p.id AND lead.standing = 'registered' AND ",
            $crate::people::store::works_there!("lead"),
            ")"
        )
    };
}
pub(crate) use has_lead;

/// How far it is confirmed, as the key of a [`Confirmed`]; empty for somebody of the Centre. `p` is a row of `person` and `c` what is known for its authority.
macro_rules! confirmed_column {
    () => {
        concat!(
            "CASE
    WHEN p.authority_id IS NULL THEN ''
    WHEN c.answer = 'works_there' THEN 'yes'
    WHEN c.answer = 'does_not' THEN 'denied'
    WHEN ",
            $crate::people::store::has_lead!(),
            " THEN 'waits'
    ELSE 'no_lead' END"
        )
    };
}
pub(super) use confirmed_column;

/// For how long a lead who was told that somebody waits is not told again: twenty people of one spreadsheet are one letter.
const TOLD_FOR: TimeDelta = TimeDelta::days(1);

/// Keeps what is said where somebody is entered with an authority, or moved to one, and asks its leads where nobody has their word.
pub(super) async fn keep_works_there(
    transaction: &mut Transaction,
    actor: &Actor,
    (person, authority): (PersonId, Uuid),
    said: &WorksThere,
) -> Result<(), AppError> {
    const NAMED: &str = "\
INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_by, answered_as, how_known)
VALUES ($1, $2, 'works_there', $3, $4, 'centre', $5)
ON CONFLICT (person_id, authority_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at, answered_by = excluded.answered_by, answered_as = excluded.answered_as,
    how_known = excluded.how_known";
    const ASK: &str = "\
INSERT INTO work_confirmation (person_id, authority_id, asked_at, told_at, how_known)
VALUES ($1, $2, $3, $4, '')
ON CONFLICT (person_id, authority_id) DO UPDATE
SET asked_at = excluded.asked_at, told_at = excluded.told_at, answer = NULL, answered_at = NULL, answered_by = NULL, answered_as = NULL,
    how_known = ''";

    match said {
        WorksThere::Named { how } => {
            on!(&mut transaction, connection => sqlx::query(NAMED)
                .bind(person)
                .bind(authority)
                .bind(actor.now())
                .bind(actor.person())
                .bind(how)
                .execute(connection).await.map(|_| ()))?;
            note(transaction, actor, "confirm_work", person, "for the Centre").await
        }
        WorksThere::ToBeAsked => {
            let is_told = tell_leads(transaction, actor, (person, authority)).await?;
            on!(&mut transaction, connection => sqlx::query(ASK)
                .bind(person)
                .bind(authority)
                .bind(actor.now())
                .bind(is_told.then_some(actor.now()))
                .execute(connection).await.map(|_| ()))?;
            note(transaction, actor, "ask_about_work", person, "").await
        }
    }
}

/// Writes to the leads of an authority that somebody waits, unless they were told of somebody else within the day. Answers whether anybody was written to:
/// an authority without a lead who can answer was told of nobody.
async fn tell_leads(transaction: &mut Transaction, actor: &Actor, (person, authority): (PersonId, Uuid)) -> Result<bool, AppError> {
    const TOLD: &str = "SELECT COUNT(*) FROM work_confirmation WHERE authority_id = $1 AND told_at > $2";
    const LEADS: &str = concat!(
        "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'authority_lead'
WHERE p.authority_id = $1
    AND p.id <> $2
    AND p.standing = 'registered'
    AND ",
        works_there!("p"),
        "
ORDER BY p.id"
    );

    let told: i64 = on!(&mut transaction, connection => sqlx::query_scalar(TOLD)
        .bind(authority)
        .bind(actor.now() - TOLD_FOR)
        .fetch_one(connection).await)?;
    if told > 0 {
        return Ok(false);
    }
    let leads: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(LEADS).bind(authority).bind(person).fetch_all(connection).await)?;
    for lead in &leads {
        queue(transaction, &letters::somebody_waits_for_your_word(*lead, actor.origin()), actor.now()).await?;
    }
    Ok(!leads.is_empty())
}

/// Confirms for the Centre, which has the word of the authority, what was shown as not confirmed. Whatever was said meanwhile, and a move to another authority,
/// is for the actor to see first.
pub async fn confirm_person(actor: &Actor, confirming: &Confirming) -> Result<(), AppError> {
    // The row is taken, so that nobody is moved before it is confirmed.
    const TAKE: &str = "UPDATE person SET version = version WHERE code = $1";
    const CONFIRM: &str = "\
INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_by, answered_as, how_known)
VALUES ($1, $2, 'works_there', $3, $4, 'centre', $5)
ON CONFLICT (person_id, authority_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at, answered_by = excluded.answered_by, answered_as = excluded.answered_as,
    how_known = excluded.how_known
WHERE COALESCE(work_confirmation.answer, '') = $6";

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    note_who_belonged(transaction, actor.now()).await?;
    on!(&mut transaction, connection => sqlx::query(TAKE).bind(&confirming.code).execute(connection).await.map(|_| ()))?;
    let person = find(transaction, actor, &confirming.code).await?;
    let authority = authority_of(transaction, &person.details.authority).await?;
    let authority = authority.ok_or_else(|| overtaken("They work for the Centre now, so there is no authority to confirm it."))?;
    if person.details.authority != confirming.authority {
        return Err(overtaken(
            "Somebody has moved them to another authority since you opened the page. Look at it again before you confirm.",
        ));
    }
    let confirmed = on!(&mut transaction, connection => sqlx::query(CONFIRM)
        .bind(person.id)
        .bind(authority)
        .bind(actor.now())
        .bind(actor.person())
        .bind(&confirming.how)
        .bind(if confirming.is_denied { "does_not" } else { "" })
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if confirmed == 0 {
        return Err(overtaken("Somebody has answered for this person since you opened the page. Look at it again before you confirm."));
    }
    note(transaction, actor, "confirm_work", person.id, "for the Centre").await?;
    unit.commit().await
}

fn overtaken(sentence: &str) -> AppError {
    AppError::Conflict(sentence.to_owned())
}

/// How it stands with somebody; nothing for whoever works for the Centre.
pub(super) async fn confirmation_of(actor: &Actor, person: PersonId) -> Result<Option<Confirmation>, AppError> {
    const CONFIRMATION: &str = concat!(
        "\
SELECT ",
        confirmed_column!(),
        " AS confirmed, c.asked_at, c.answered_at, COALESCE(c.answered_as = 'authority_lead', FALSE) AS is_of_lead,
    COALESCE(c.how_known, '') AS how, b.title, b.given_name, b.family_name
FROM person p
LEFT JOIN work_confirmation c ON c.person_id = p.id AND c.authority_id = p.authority_id
LEFT JOIN person b ON b.id = c.answered_by
WHERE p.id = $1"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        confirmed: String,
        asked_at: Option<DateTime<Utc>>,
        answered_at: Option<DateTime<Utc>>,
        is_of_lead: bool,
        how: String,
        title: Option<String>,
        given_name: Option<String>,
        family_name: Option<String>,
    }

    let row: Row = on!(actor.database(), pool => sqlx::query_as(CONFIRMATION).bind(person).fetch_one(pool).await)?;
    let name = row.given_name.zip(row.family_name);
    Ok(Confirmed::of_key(&row.confirmed).map(|confirmed| Confirmation {
        confirmed,
        asked_at: row.asked_at,
        answered_at: row.answered_at,
        by: name.map(|(given_name, family_name)| short_name(row.title.as_deref().unwrap_or_default(), &given_name, &family_name)),
        is_of_lead: row.is_of_lead,
        how: row.how,
    }))
}
