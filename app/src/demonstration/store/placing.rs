//! Who waits for a place, what groups are formed by, and the round in which they are.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;

use super::ROWS;
use crate::database::{Transaction, on};
use crate::demonstration::registration::{Registrations, every_step};
use crate::demonstration::waiting::{Offer, Waiting};
use crate::error::AppError;
use crate::matching::RoundForm;
use crate::matching::store::{Start, freeze_round};
use crate::people::PersonId;

pub async fn insert_waiting(transaction: &mut Transaction, waiting: &[Waiting]) -> Result<(), AppError> {
    const ENTRY: &str = "\
INSERT INTO waiting_entry (id, code, person_id, kind, way, times, urgency, wanted_words, asked_at, version) ";
    const OFFER: &str = "\
INSERT INTO place_offer (id, code, entry_id, person_id, group_id, offered_by, offered_at, holds_until) ";

    insert!(transaction, ENTRY, waiting, one => [
        one.id,
        &one.code,
        one.person,
        one.kind,
        one.way,
        Json(&one.times),
        one.urgency.rank(),
        "",
        one.asked_at,
        1_i64,
    ]);
    let offers: Vec<(&Waiting, &Offer)> = waiting.iter().filter_map(|one| Some((one, one.offer.as_ref()?))).collect();
    insert!(transaction, OFFER, offers, offer => [
        offer.1.id,
        &offer.1.code,
        offer.0.id,
        offer.0.person,
        offer.1.group,
        offer.1.offered_by,
        offer.1.offered_at,
        offer.1.until,
    ]);
    Ok(())
}

pub async fn insert_registrations(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    registrations: &Registrations,
) -> Result<(), AppError> {
    const ANSWERS: &str = "\
INSERT INTO registration (person_id, answered, experience, supervised_elsewhere, setting, stream, intervention, competence, way, urgency,
    first_week, second_week, manager, manager_email, kept_supervisor_id, needs, access_needs, language, avoided_emails, avoided_authorities,
    shared, confirmed_at, version) ";
    const OFFERING: &str = "INSERT INTO offering (person_id, interventions, way, region, most_groups, confirmed_at, version) ";
    const CLEARANCE: &str = "INSERT INTO clearance (person_id, kind, good_until, noted_by, noted_at) ";
    const APART: &str = "INSERT INTO kept_apart (id, person_id, other_id, noted_by, noted_at) ";
    const HELD: &str = "INSERT INTO safety_hold (id, person_id, held_by, held_at) ";

    let nobody: Vec<String> = Vec::new();
    insert!(transaction, ANSWERS, registrations.answers, one => [
        one.person,
        Json(every_step()),
        one.experience,
        one.elsewhere,
        one.setting,
        one.stream,
        one.intervention,
        one.competence,
        one.way,
        one.urgency.rank(),
        &one.first_week,
        &one.second_week,
        one.manager(),
        &one.manager_email,
        one.kept_supervisor,
        Json(&one.needs),
        one.access_needs,
        "",
        Json(&nobody),
        Json(&nobody),
        Json(&one.shared),
        one.confirmed_at,
        1_i64,
    ]);
    insert!(transaction, OFFERING, registrations.offers, one => [
        one.person,
        Json(&one.interventions),
        one.way,
        one.region,
        one.most_groups,
        one.confirmed_at,
        1_i64,
    ]);
    let clearances = registrations.offers.iter().flat_map(|one| one.clearances.iter().map(|(kind, until)| (one.person, *kind, *until)));
    // Whoever noted them is the one who noted who is kept apart.
    let noted_by = registrations.apart.map(|apart| apart.3);
    let clearances: Vec<_> = clearances.filter_map(|line| Some((line, noted_by?))).collect();
    insert!(transaction, CLEARANCE, clearances, line => [line.0.0, line.0.1, line.0.2, line.1, now]);
    let apart: Vec<_> = registrations.apart.into_iter().collect();
    insert!(transaction, APART, apart, line => [line.0, line.1, line.2, line.3, now]);
    let held: Vec<_> = registrations.held.into_iter().collect();
    insert!(transaction, HELD, held, line => [line.0, line.1, line.2, now]);
    Ok(())
}

/// Starts a round for those who have no group. Where nobody would take part there is none.
pub async fn start_round(transaction: &mut Transaction, now: DateTime<Utc>, coordinators: &[PersonId]) -> Result<(), AppError> {
    // A first look is enough: whoever tries the demonstration waits for it.
    const STEPS: i64 = 6;

    let Some(by) = coordinators.first().copied() else { return Ok(()) };
    let form =
        RoundForm { name: "Newcomers".to_owned(), co_supervisor: "yes".to_owned(), observer: "yes".to_owned(), ..RoundForm::default() }
            .with_dates(::series::local(now).date());
    match freeze_round(transaction, Start { by, at: now, steps: STEPS }, &form).await {
        Ok(_) | Err(AppError::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
