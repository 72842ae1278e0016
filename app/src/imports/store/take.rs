//! Taking what was brought: each row as it was shown, all of them in one unit of work.

use sqlx::types::Json;
use uuid::Uuid;

use super::keep::{entry, open_import};
use super::known::{against, known_people};
use crate::access::Actor;
use crate::audit::record;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::imports::plan::{Plan, Planned, changed_meanwhile, plan};
use crate::imports::sheet::{Sheet, SheetRow};
use crate::people::store::{add_within, change_within, send_invitation};
use crate::people::{NewPerson, PersonChange, PersonId, WorksThere};
use crate::registration::store::{bring_answers, bring_clearances, offer_within};

/// Adds and changes whoever the file holds rightly. A row that somebody was quicker with is left, and the others are taken all the same.
pub async fn take(actor: &Actor, code: &str, works_there: &WorksThere) -> Result<(), AppError> {
    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let opened = open_import(transaction, actor, code).await?;
    claim(transaction, actor, opened.id).await?;
    let known = known_people(transaction, actor).await?;
    let against = against(transaction, actor, &known).await?;
    let sheet = &opened.sheet.0;
    let (mut left, mut taken) = (Vec::new(), 0_usize);
    for Planned { row, plan } in plan(sheet, &known, &against) {
        let problems = match plan {
            Err(problems) => problems,
            Ok(plan) if !plan.is_new() => continue,
            Ok(plan) => {
                if take_row(transaction, actor, opened.id, (&plan, works_there)).await? {
                    taken += 1;
                    continue;
                }
                vec![changed_meanwhile(plan.known.is_some())]
            }
        };
        let problems = problems.iter().map(|problem| sheet.to_mend(problem)).collect();
        left.push(SheetRow { problems, ..row.clone() });
    }
    if taken == 0 {
        return Err(AppError::Conflict("There is nothing in this file to take any more. Open the page again to see why.".to_owned()));
    }
    keep_left(transaction, opened.id, &Sheet { rows: left, headings: sheet.headings.clone() }).await?;
    record(transaction, actor, entry("take_import", opened.id, &format!("{taken} people"))).await?;
    unit.commit().await
}

/// Of two windows that take it at once, one does.
async fn claim(transaction: &mut Transaction, actor: &Actor, import: Uuid) -> Result<(), AppError> {
    const CLAIM: &str = "UPDATE people_import SET taken_at = $1 WHERE id = $2 AND taken_at IS NULL";

    let claimed = on!(&mut transaction, connection => sqlx::query(CLAIM)
        .bind(actor.now())
        .bind(import)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if claimed == 0 {
        return Err(AppError::Conflict("This file was taken already, in another window.".to_owned()));
    }
    Ok(())
}

/// Takes a row, or leaves all of it where somebody was quicker.
async fn take_row(transaction: &mut Transaction, actor: &Actor, import: Uuid, row: (&Plan, &WorksThere)) -> Result<bool, AppError> {
    let mark = transaction.mark().await?;
    match write(transaction, actor, import, row).await {
        Ok(()) => {
            transaction.keep(mark).await?;
            Ok(true)
        }
        Err(AppError::Invalid(_) | AppError::Conflict(_) | AppError::NotAllowed | AppError::NotFound) => {
            transaction.back_to(mark).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

async fn write(
    transaction: &mut Transaction,
    actor: &Actor,
    import: Uuid,
    (plan, works_there): (&Plan, &WorksThere),
) -> Result<(), AppError> {
    const LINE: &str = "\
INSERT INTO people_import_line (import_id, person_id, version, was, has_answers, has_offering, clearances)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

    let (person, version) = write_person(transaction, actor, (plan, works_there)).await?;
    if let Some(answers) = &plan.answers {
        bring_answers(transaction, actor, person, answers).await?;
    }
    if let Some(offering) = &plan.offering {
        offer_within(transaction, actor, person, offering).await?;
    }
    let clearances = bring_clearances(transaction, actor, person, &plan.clearances).await?;
    on!(&mut transaction, connection => sqlx::query(LINE)
        .bind(import)
        .bind(person)
        .bind(version)
        .bind(plan.known.as_ref().map(|known| Json(&known.details)))
        .bind(plan.answers.is_some())
        .bind(plan.offering.is_some())
        .bind(Json(&clearances))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Answers who it is, and the version that is stored from then on.
async fn write_person(
    transaction: &mut Transaction,
    actor: &Actor,
    (plan, works_there): (&Plan, &WorksThere),
) -> Result<(PersonId, i64), AppError> {
    let works_there = works_there.clone();
    let Some(known) = &plan.known else {
        let person = NewPerson { details: plan.details.clone(), email: plan.brought.email.clone(), works_there, is_invited: false };
        let (person, _) = add_within(transaction, actor, &person).await?;
        return Ok((person, 1));
    };
    let (code, details) = (known.code.clone(), plan.details.clone());
    let change = PersonChange { code, version: known.version, details, works_there: Some(works_there) };
    let is_changed = change_within(transaction, actor, &change).await?;
    Ok((known.id, known.version + i64::from(is_changed)))
}

/// Of what was brought, only the rows are kept that were left.
async fn keep_left(transaction: &mut Transaction, import: Uuid, left: &Sheet) -> Result<(), AppError> {
    const KEEP_LEFT: &str = "UPDATE people_import SET sheet = $1 WHERE id = $2";

    on!(&mut transaction, connection => sqlx::query(KEEP_LEFT)
        .bind(Json(left))
        .bind(import)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Invites whoever an import has added and nobody has invited yet. Answers how many.
pub async fn invite_added(actor: &Actor, code: &str) -> Result<usize, AppError> {
    const TO_INVITE: &str = "\
SELECT p.id
FROM people_import_line l
JOIN person p ON p.id = l.person_id
WHERE l.import_id = $1
    AND l.was IS NULL
    AND p.standing = 'not_invited'
ORDER BY p.id";

    let mut transaction = actor.begin().await?;
    let opened = open_import(&mut transaction, actor, code).await?;
    let people: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TO_INVITE).bind(opened.id).fetch_all(connection).await)?;
    if people.is_empty() {
        return Err(AppError::Conflict("Everybody who was added by this file has been invited already.".to_owned()));
    }
    for person in &people {
        send_invitation(&mut transaction, actor, *person).await?;
    }
    transaction.commit().await?;
    Ok(people.len())
}
