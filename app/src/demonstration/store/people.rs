//! People, and what each of them has said, logged, written or raised.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;

use super::ROWS;
use crate::access::Role;
use crate::authorities::AuthorityId;
use crate::database::{Transaction, folded, on};
use crate::demonstration::availability::{Away, Hours, Said};
use crate::demonstration::busy::OtherCalendar;
use crate::demonstration::cast::Person;
use crate::demonstration::hours::Elsewhere;
use crate::demonstration::reflections::Reflection;
use crate::demonstration::register::Progress;
use crate::demonstration::themes::Themes;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonId;
use crate::reflections::store::sealed_for;
use crate::sealing::{Keyring, Sealed};

pub async fn insert_people(transaction: &mut Transaction, now: DateTime<Utc>, people: &[Person]) -> Result<(), AppError> {
    const PERSON: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, authority_id, standing, created_at, version) ";
    const ROLE: &str = "INSERT INTO person_role (person_id, role) ";

    insert!(transaction, PERSON, people, person => [
        person.id,
        &person.code,
        person.title,
        person.given_name,
        person.family_name,
        folded(person.given_name),
        folded(person.family_name),
        &person.email,
        person.profession,
        person.authority,
        person.standing,
        person.created_at,
        1_i64,
    ]);
    let roles: Vec<(PersonId, Role)> = people.iter().flat_map(|person| person.roles.iter().map(|role| (person.id, *role))).collect();
    insert!(transaction, ROLE, roles, role => [role.0, role.1]);
    insert_confirmations(transaction, now, people).await
}

/// A coordinator has the word of the authority for everybody but those about whom its lead was asked the other day.
async fn insert_confirmations(transaction: &mut Transaction, now: DateTime<Utc>, people: &[Person]) -> Result<(), AppError> {
    const CONFIRMED: &str =
        "INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_by, answered_as, how_known) ";
    const ASKED: &str = "INSERT INTO work_confirmation (person_id, authority_id, asked_at, how_known) ";
    const AGO: TimeDelta = TimeDelta::days(2);

    let coordinator = people.iter().find(|person| person.roles.contains(&Role::Coordinator)).map(|person| person.id);
    let entered = people.iter().filter_map(|person| Some((person, person.authority?)));
    let (confirmed, asked): (Vec<(&Person, AuthorityId)>, Vec<_>) = entered.partition(|(person, _)| person.works_there);
    insert!(transaction, CONFIRMED, confirmed, row => [
        row.0.id,
        row.1,
        "works_there",
        row.0.created_at,
        coordinator,
        "centre",
        "named by the authority",
    ]);
    insert!(transaction, ASKED, asked, row => [row.0.id, row.1, now - AGO, ""]);
    Ok(())
}

/// The authorities are on the register already.
pub async fn set_progress(transaction: &mut Transaction, register: &[Progress]) -> Result<(), AppError> {
    const SET: &str = "\
UPDATE authority
SET stage = $1, owner_id = $2, next_step = $3, next_step_on = $4, without_step_since = $5
WHERE id = $6";

    for progress in register {
        on!(&mut transaction, connection => sqlx::query(SET)
            .bind(progress.stage)
            .bind(progress.owner)
            .bind(progress.next_step)
            .bind(progress.next_step_on)
            .bind(progress.without_step_since)
            .bind(progress.authority)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

pub async fn insert_said(transaction: &mut Transaction, now: DateTime<Utc>, said: &[Said]) -> Result<(), AppError> {
    const LIMITS: &str = "\
INSERT INTO availability (person_id, buffer_minutes, most_in_day, most_in_week, contracted_minutes, said_at, version) ";
    const HOURS: &str = "INSERT INTO working_hours (id, person_id, weekday, starts_time, ends_time, kinds, is_preferred) ";
    const QUALIFIED: &str = "INSERT INTO qualification (person_id, kind) ";
    const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) ";

    insert!(transaction, LIMITS, said, one => [
        one.person,
        one.limits.buffer_minutes,
        one.limits.most_in_day,
        one.limits.most_in_week,
        one.limits.contracted_minutes,
        now,
        1_i64,
    ]);
    let hours: Vec<(PersonId, &Hours)> = said.iter().flat_map(|one| one.hours.iter().map(|hours| (one.person, hours))).collect();
    insert!(transaction, HOURS, hours, hours => [
        hours.1.id,
        hours.0,
        i64::from(hours.1.weekday.number_from_monday()),
        hours.1.from,
        hours.1.to,
        Json(Vec::<GroupKind>::new()),
        hours.1.is_preferred,
    ]);
    let leave: Vec<(PersonId, &Away)> = said.iter().filter_map(|one| Some((one.person, one.leave.as_ref()?))).collect();
    insert!(transaction, LEAVE, leave, leave => [leave.1.id, leave.0, leave.1.first, leave.1.last, leave.1.kind]);
    let qualified: Vec<(PersonId, GroupKind)> = said.iter().flat_map(|one| one.qualified.iter().map(|kind| (one.person, *kind))).collect();
    insert!(transaction, QUALIFIED, qualified, qualified => [qualified.0, qualified.1]);
    Ok(())
}

pub async fn insert_hours_elsewhere(transaction: &mut Transaction, elsewhere: &[Elsewhere]) -> Result<(), AppError> {
    const ELSEWHERE: &str = "\
INSERT INTO hours_elsewhere (id, code, person_id, held_on, minutes, format, intervention, supervised_by, logged_at, version) ";

    insert!(transaction, ELSEWHERE, elsewhere, entry => [
        entry.id,
        &entry.code,
        entry.person,
        entry.held_on,
        entry.minutes,
        entry.format,
        entry.intervention.key(),
        entry.supervised_by,
        entry.logged_at,
        1_i64,
    ]);
    Ok(())
}

/// Sealed with the key of demonstrations, which every server has.
pub async fn insert_reflections(transaction: &mut Transaction, reflections: &[Reflection]) -> Result<(), AppError> {
    const REFLECTION: &str = "\
INSERT INTO reflection (id, code, person_id, written_at, changed_at, key_mark, sealed, version, shared_with, shared_at, opened_at) ";

    let keyring = Keyring::of_demonstration();
    let seal = |entry: &Reflection| sealed_for(&keyring, (entry.id, entry.writer), &entry.words);
    let sealed: Vec<Sealed> = reflections.iter().map(seal).collect::<Result<_, _>>()?;
    let rows: Vec<(&Reflection, &Sealed)> = reflections.iter().zip(&sealed).collect();
    insert!(transaction, REFLECTION, rows, row => [
        row.0.id,
        &row.0.code,
        row.0.writer,
        row.0.written_at,
        row.0.written_at,
        &row.1.mark,
        &row.1.bytes,
        1_i64,
        row.0.shared.map(|shared| shared.0),
        row.0.shared.map(|shared| shared.1),
        row.0.shared.and_then(|shared| shared.2),
    ]);
    Ok(())
}

/// What supervisors raised, what was made of it, and the improvement log.
pub async fn insert_themes(transaction: &mut Transaction, themes: &Themes) -> Result<(), AppError> {
    const GATHERED: &str = "\
INSERT INTO gathered_theme (id, code, title, gathered_at, outcome, outcome_words, outcome_address, decided_at, version) ";
    const RAISED: &str = "INSERT INTO raised_theme (id, code, raised_by, raised_on, words, groups_met, intervention, gathered_id) ";
    const IMPROVEMENT: &str = "INSERT INTO improvement (id, code, gathered_id, changed_on, heard, changed) ";
    const DECIDED_AFTER: TimeDelta = TimeDelta::days(5);

    insert!(transaction, GATHERED, themes.gathered, one => [
        one.id,
        &one.code,
        one.title,
        one.at,
        one.outcome,
        one.outcome_words,
        one.outcome_address,
        one.outcome.map(|_| one.at + DECIDED_AFTER),
        1_i64,
    ]);
    insert!(transaction, RAISED, themes.raised, one => [
        one.id,
        &one.code,
        one.by,
        one.day,
        one.words,
        one.groups_met,
        one.intervention,
        one.gathered,
    ]);
    insert!(transaction, IMPROVEMENT, themes.improvements, one => [
        one.id,
        &one.code,
        one.gathered,
        one.changed_on,
        one.heard,
        one.changed,
    ]);
    Ok(())
}

/// Where it was read from is an address that nothing can reach, so it is not read again while the demonstration lasts.
pub async fn insert_other_calendars(transaction: &mut Transaction, calendars: &[OtherCalendar]) -> Result<(), AppError> {
    const CALENDAR: &str = "INSERT INTO other_calendar (person_id, address, outcome, not_understood, read_at, due_at) ";
    const BLOCK: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) ";
    const LATER: TimeDelta = TimeDelta::days(3_660);

    insert!(transaction, CALENDAR, calendars, one => [
        one.person,
        "https://calendar.example/busy.ics",
        "read",
        0_i64,
        one.read_at,
        one.read_at + LATER,
    ]);
    for one in calendars {
        insert!(transaction, BLOCK, one.blocks, block => [one.person, block.0, block.1]);
    }
    Ok(())
}
