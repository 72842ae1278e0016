//! Answering, confirming, and saying what one offers.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::read::registrations;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::registration::answers::Registration;
use crate::registration::forms::{HoursOfWeekForm, NewOffering, StepForm};

/// Keeps the answer to one question. What was changed has to be confirmed again; the answer to a question that is new to somebody who has confirmed
/// changes nothing of what they confirmed.
pub async fn answer_step(actor: &Actor, form: &StepForm) -> Result<Registration, AppError> {
    let mut transaction = actor.begin().await?;
    let before = own(&mut transaction, actor).await?;
    let mut answered = form.answer(&before, actor.roles())?;
    if answered != before && before.answered.contains(&form.step()?) {
        answered.confirmed_at = None;
    }
    save(&mut transaction, actor, &answered).await?;
    let entry =
        Entry { action: "answer_registration", subject: "registration", subject_id: Some(actor.person().0), detail: form.step()?.key() };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(answered)
}

/// Adds hours to a week or takes them away, without the painter.
pub async fn change_hours(actor: &Actor, form: &HoursOfWeekForm) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let before = own(&mut transaction, actor).await?;
    let changed = Registration { confirmed_at: None, ..form.change(&before)? };
    save(&mut transaction, actor, &changed).await?;
    let entry = Entry { action: "answer_registration", subject: "registration", subject_id: Some(actor.person().0), detail: "hours" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Says that every answer is right. A question that is new to somebody who has confirmed keeps nobody from confirming again.
pub async fn confirm(actor: &Actor) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let before = own(&mut transaction, actor).await?;
    if before.confirmed_at.is_none() && before.next_step().is_some() {
        return Err(AppError::Conflict(
            "Some questions are not answered yet. Answer them first, then say that all of it is right.".to_owned(),
        ));
    }
    save(&mut transaction, actor, &Registration { confirmed_at: Some(actor.now()), ..before }).await?;
    let entry = Entry { action: "confirm_registration", subject: "registration", subject_id: Some(actor.person().0), detail: "" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

async fn own(transaction: &mut Transaction, actor: &Actor) -> Result<Registration, AppError> {
    let registered = registrations(transaction, Some(actor.person())).await?.remove(&actor.person());
    Ok(registered.map(|registered| registered.registration).unwrap_or_default())
}

/// Keeps what somebody has answered elsewhere, within a unit of work that goes on. Answers that there are already are theirs: the file is refused.
pub async fn bring_answers(transaction: &mut Transaction, actor: &Actor, person: PersonId, answers: &Registration) -> Result<(), AppError> {
    let kept = supervisor_of(transaction, &answers.kept_supervisor).await?;
    note_who_belonged(transaction, actor.now()).await?;
    save_of(transaction, person, &Registration { version: 0, ..answers.clone() }, kept).await?;
    let entry = Entry { action: "bring_registration", subject: "registration", subject_id: Some(person.0), detail: "" };
    record(transaction, actor, entry).await
}

/// Stores all of it, if nobody has since it was read.
async fn save(transaction: &mut Transaction, actor: &Actor, registration: &Registration) -> Result<(), AppError> {
    let kept = supervisor_to_keep(transaction, actor, &registration.kept_supervisor).await?;
    note_who_belonged(transaction, actor.now()).await?;
    save_of(transaction, actor.person(), registration, kept).await
}

async fn save_of(
    transaction: &mut Transaction,
    person: PersonId,
    registration: &Registration,
    kept: Option<PersonId>,
) -> Result<(), AppError> {
    const SAVE: &str = "\
INSERT INTO registration (person_id, answered, experience, supervised_elsewhere, stream, intervention, competence, way, urgency, first_week,
    second_week, manager, manager_email, kept_supervisor_id, access_needs, language, avoided_emails, avoided_authorities, shared,
    confirmed_at, setting, wished_emails, needs, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 1)
ON CONFLICT (person_id) DO UPDATE
SET answered = excluded.answered, experience = excluded.experience, supervised_elsewhere = excluded.supervised_elsewhere,
    stream = excluded.stream, intervention = excluded.intervention, competence = excluded.competence, way = excluded.way,
    urgency = excluded.urgency, first_week = excluded.first_week, second_week = excluded.second_week, manager = excluded.manager,
    manager_email = excluded.manager_email, kept_supervisor_id = excluded.kept_supervisor_id, access_needs = excluded.access_needs,
    language = excluded.language, avoided_emails = excluded.avoided_emails, avoided_authorities = excluded.avoided_authorities,
    shared = excluded.shared, confirmed_at = excluded.confirmed_at, setting = excluded.setting, wished_emails = excluded.wished_emails,
    needs = excluded.needs, version = registration.version + 1
WHERE registration.version = $24";

    let saved = on!(&mut transaction, connection => sqlx::query(SAVE)
        .bind(person)
        .bind(Json(&registration.answered))
        .bind(registration.experience)
        .bind(registration.elsewhere)
        .bind(registration.stream)
        .bind(&registration.intervention)
        .bind(registration.competence)
        .bind(registration.way)
        .bind(registration.urgency.map(crate::waiting::Urgency::rank))
        .bind(&registration.first_week)
        .bind(&registration.second_week)
        .bind(registration.manager)
        .bind(&registration.manager_email)
        .bind(kept)
        .bind(&registration.access_needs)
        .bind(&registration.language)
        .bind(Json(&registration.avoided_emails))
        .bind(Json(&registration.avoided_authorities))
        .bind(Json(&registration.shared))
        .bind(registration.confirmed_at)
        .bind(registration.setting)
        .bind(Json(&registration.wished_emails))
        .bind(Json(&registration.needs))
        .bind(registration.version)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if saved == 0 {
        return Err(outdated());
    }
    Ok(())
}

fn outdated() -> AppError {
    AppError::Conflict(
        "This was changed while you had it open, in another window. What you entered is kept below; look at it, then save again."
            .to_owned(),
    )
}

/// The supervisor of a code, whoever has supervised whom here: what is brought may be older than that.
async fn supervisor_of(transaction: &mut Transaction, code: &str) -> Result<Option<PersonId>, AppError> {
    const SUPERVISOR: &str = "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.code = $1";

    if code.is_empty() {
        return Ok(None);
    }
    let supervisor: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(SUPERVISOR).bind(code).fetch_optional(connection).await)?;
    supervisor.map(Some).ok_or(AppError::NotFound)
}

/// The supervisor of a code, if it is one who supervises or has supervised the actor, or whom a coordinator has brought with their answers.
async fn supervisor_to_keep(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<Option<PersonId>, AppError> {
    const KEPT: &str = "\
SELECT s.id
FROM person s
WHERE s.code = $2
    AND (
        EXISTS (
            SELECT 1
            FROM membership m
            JOIN supervision_group g ON g.id = m.group_id
            WHERE m.person_id = $1
                AND g.supervisor_id = s.id
        )
        OR EXISTS (SELECT 1 FROM registration r WHERE r.person_id = $1 AND r.kept_supervisor_id = s.id)
    )";

    if code.is_empty() {
        return Ok(None);
    }
    let kept: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(KEPT)
        .bind(actor.person())
        .bind(code)
        .fetch_optional(connection).await)?;
    kept.map(Some).ok_or_else(|| AppError::invalid("kept_supervisor", "Choose one of those who supervise you, or nobody."))
}

/// Keeps what a supervisor offers, if nobody has changed it since it was shown.
pub async fn save_offering(actor: &Actor, offering: &NewOffering) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    offer_within(&mut transaction, actor, actor.person(), offering).await?;
    transaction.commit().await
}

/// The same of somebody who has said it elsewhere, within a unit of work that goes on.
pub async fn offer_within(transaction: &mut Transaction, actor: &Actor, person: PersonId, offering: &NewOffering) -> Result<(), AppError> {
    const SAVE: &str = "\
INSERT INTO offering (person_id, interventions, way, region, most_groups, confirmed_at, version)
VALUES ($1, $2, $3, $4, $5, $6, 1)
ON CONFLICT (person_id) DO UPDATE
SET interventions = excluded.interventions, way = excluded.way, region = excluded.region, most_groups = excluded.most_groups,
    confirmed_at = excluded.confirmed_at, version = offering.version + 1
WHERE offering.version = $7";

    let now: DateTime<Utc> = actor.now();
    note_who_belonged(transaction, now).await?;
    let saved = on!(&mut transaction, connection => sqlx::query(SAVE)
        .bind(person)
        .bind(Json(&offering.interventions))
        .bind(offering.way)
        .bind(&offering.region)
        .bind(offering.most_groups)
        .bind(now)
        .bind(offering.shown)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if saved == 0 {
        return Err(outdated());
    }
    let entry = Entry { action: "say_offering", subject: "registration", subject_id: Some(person.0), detail: "" };
    record(transaction, actor, entry).await
}

/// Takes back what was brought of somebody's answers and offering, if nobody has changed it since. Answers whether all that was brought is gone.
pub async fn take_brought_back(
    transaction: &mut Transaction,
    (person, now): (PersonId, DateTime<Utc>),
    answers: bool,
    offering: bool,
) -> Result<bool, AppError> {
    const ANSWERS: &str = "DELETE FROM registration WHERE person_id = $1 AND version = 1";
    const OFFERING: &str = "DELETE FROM offering WHERE person_id = $1 AND version = 1";

    note_who_belonged(transaction, now).await?;
    for statement in [answers.then_some(ANSWERS), offering.then_some(OFFERING)].into_iter().flatten() {
        let removed = on!(&mut transaction, connection => sqlx::query(statement)
            .bind(person)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if removed == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}
