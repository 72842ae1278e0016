//! Many rows at a time. The rows are the plan's own; each table has one statement.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;

use super::agreements::{Agreement, Party};
use super::attendance::{Action, Attendance};
use super::availability::{Away, Hours, Said};
use super::busy::OtherCalendar;
use super::cast::Person;
use super::clinics::Booking;
use super::drafts::NextTerm;
use super::groups::{Group, Member};
use super::hours::Elsewhere;
use super::plan::{Asked, Closed};
use super::polls::Poll;
use super::reflections::Reflection;
use super::register::Progress;
use super::registration::{Registrations, every_step};
use super::sessions::{Series, Session};
use super::themes::Themes;
use super::waiting::{Offer, Waiting};
use crate::access::Role;
use crate::database::{Transaction, folded, on};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::matching::RoundForm;
use crate::matching::store::{Start, freeze_round};
use crate::people::PersonId;
use crate::polls::Answer;
use crate::reflections::store::sealed_for;
use crate::reminders::USUAL;
use crate::sealing::{Keyring, Sealed};

/// What the audit log says of it, by which it is recognised later.
pub const LOADED: &str = "load_demonstration";

/// Rows in one statement: a statement may have 32,766 values on SQLite, and the widest table has 21 columns.
const ROWS: usize = 500;

/// Whether the demonstration was loaded before.
pub async fn is_demonstration(transaction: &mut Transaction) -> Result<bool, AppError> {
    const LOADS: &str = "SELECT COUNT(*) FROM audit_entry WHERE action = $1";
    let loads: i64 = on!(&mut transaction, connection => sqlx::query_scalar(LOADS).bind(LOADED).fetch_one(connection).await)?;
    Ok(loads > 0)
}

/// Whether anybody is there.
pub async fn has_people(transaction: &mut Transaction) -> Result<bool, AppError> {
    const PEOPLE: &str = "SELECT COUNT(*) FROM person";
    let people: i64 = on!(&mut transaction, connection => sqlx::query_scalar(PEOPLE).fetch_one(connection).await)?;
    Ok(people > 0)
}

/// Inserts rows, many to a statement: `insert!(transaction, "INSERT INTO … ", rows, row => [row.id, row.name])`.
macro_rules! insert {
    ($transaction:expr, $into:expr, $rows:expr, $row:ident => [$($value:expr),+ $(,)?]) => {
        for rows in $rows.chunks(ROWS) {
            on!(&mut $transaction, connection => {
                let mut statement = QueryBuilder::new($into);
                statement.push_values(rows, |mut values, $row| {
                    $(values.push_bind($value);)+
                });
                // Each length is a statement of its own, so keeping them would serve nobody.
                statement.build().persistent(false).execute(connection).await.map(|_| ())
            })?;
        }
    };
}

pub async fn insert_people(transaction: &mut Transaction, people: &[Person]) -> Result<(), AppError> {
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

pub async fn insert_groups(transaction: &mut Transaction, groups: &[Group]) -> Result<(), AppError> {
    const GROUP: &str = "\
INSERT INTO supervision_group (id, slug, name, name_key, kind, supervisor_id, mode, room_url, room_phone, place, capacity, created_at, version) ";
    const MEMBER: &str = "INSERT INTO membership (group_id, person_id, joined_on) ";

    insert!(transaction, GROUP, groups, group => [
        group.id,
        &group.slug,
        &group.name,
        folded(&group.name),
        group.kind,
        group.supervisor,
        group.mode,
        &group.room_url,
        &group.room_phone,
        group.place,
        group.capacity,
        group.created_at,
        1_i64,
    ]);
    let members: Vec<(GroupId, Member)> = groups.iter().flat_map(|group| group.members.iter().map(|member| (group.id, *member))).collect();
    insert!(transaction, MEMBER, members, member => [member.0, member.1.person, member.1.joined_on]);
    Ok(())
}

pub async fn insert_agreements(transaction: &mut Transaction, agreements: &[Agreement]) -> Result<(), AppError> {
    const AGREEMENT: &str = "\
INSERT INTO agreement (id, group_id, version, sections, review_on, promised_weeks, proposed_by, proposed_at, in_force_at, ended_at) ";
    const PARTY: &str = "INSERT INTO agreement_party (agreement_id, person_id, agreed_at) ";

    insert!(transaction, AGREEMENT, agreements, agreement => [
        agreement.id,
        agreement.group,
        agreement.version,
        Json(&agreement.sections),
        agreement.review_on,
        agreement.promised_weeks,
        agreement.proposed_by,
        agreement.proposed_at,
        agreement.in_force_at,
        agreement.ended_at,
    ]);
    let parties: Vec<(uuid::Uuid, &Party)> =
        agreements.iter().flat_map(|agreement| agreement.parties.iter().map(|party| (agreement.id, party))).collect();
    insert!(transaction, PARTY, parties, party => [party.0, party.1.person, party.1.agreed_at]);
    Ok(())
}

pub async fn insert_closures(transaction: &mut Transaction, closures: &[Closed]) -> Result<(), AppError> {
    const CLOSURE: &str = "INSERT INTO closure (id, code, starts_on, ends_on, reason, version) ";

    insert!(transaction, CLOSURE, closures, closed => [closed.id, &closed.code, closed.closure.first, closed.closure.last, &closed.closure.name, 1_i64]);
    Ok(())
}

pub async fn insert_series(transaction: &mut Transaction, series: &[Series]) -> Result<(), AppError> {
    const SERIES: &str = "\
INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, until_on, skips, published_at, version, supervisor_id) ";
    const SESSION: &str = "\
INSERT INTO session (id, code, group_id, series_id, slot, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at,
    cancelled_at, cancelled_reason, marked_at, version) ";

    insert!(transaction, SERIES, series, series => [
        series.id,
        series.group,
        series.starts_on,
        series.starts_time,
        "Europe/London",
        series.length_minutes,
        series.every_weeks,
        series.until_on,
        Json(&series.skips),
        series.published_at,
        1_i64,
        series.supervisor,
    ]);
    let sessions: Vec<(&Series, &Session)> =
        series.iter().flat_map(|series| series.sessions.iter().map(move |session| (series, session))).collect();
    insert!(transaction, SESSION, sessions, session => [
        session.1.id,
        &session.1.code,
        session.0.group,
        session.0.id,
        session.1.starts_local.date(),
        session.1.supervisor,
        session.1.starts_local,
        "Europe/London",
        session.0.length_minutes,
        session.1.starts_at,
        session.1.ends_at,
        session.1.cancelled.as_ref().map(|cancelled| cancelled.at),
        session.1.cancelled.as_ref().map_or("", |cancelled| cancelled.reason),
        session.1.marked_at,
        1_i64,
    ]);
    Ok(())
}

pub async fn insert_drafts(transaction: &mut Transaction, drafts: &[NextTerm]) -> Result<(), AppError> {
    const DRAFT: &str =
        "INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, until_on, skips, version) ";

    insert!(transaction, DRAFT, drafts, draft => [
        draft.id,
        draft.group,
        draft.starts_on,
        draft.starts_time,
        "Europe/London",
        draft.length_minutes,
        draft.every_weeks,
        draft.until_on,
        Json(&draft.skips),
        1_i64,
    ]);
    Ok(())
}

/// What would have been asked and written before the demonstration began, so that it does not begin with hundreds of messages.
pub async fn insert_what_was_told(transaction: &mut Transaction, asked: &[Asked], now: DateTime<Utc>) -> Result<(), AppError> {
    const ASKED: &str = "INSERT INTO renewal (series_id, asked_at, version) ";
    const REMINDED: &str = "\
INSERT INTO reminder (session_id, hours_before, starts_at, written_at)
SELECT id, $1, starts_at, $2
FROM session
WHERE starts_at > $2
    AND starts_at <= $3
    AND cancelled_at IS NULL";

    insert!(transaction, ASKED, asked, asked => [asked.series, asked.at, 1_i64]);
    for hours in [USUAL.first_hours, USUAL.second_hours] {
        on!(&mut transaction, connection => sqlx::query(REMINDED)
            .bind(hours)
            .bind(now)
            .bind(now + TimeDelta::hours(hours))
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

pub async fn insert_attendance(transaction: &mut Transaction, attendance: &[Attendance]) -> Result<(), AppError> {
    const ATTENDANCE: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason, state, minutes) ";

    insert!(transaction, ATTENDANCE, attendance, one => [
        one.session,
        one.person,
        one.apologies_at,
        one.apologies_reason,
        one.state,
        one.minutes,
    ]);
    Ok(())
}

pub async fn insert_bookings(transaction: &mut Transaction, bookings: &[Booking]) -> Result<(), AppError> {
    const BOOKING: &str = "INSERT INTO booking (session_id, person_id, place, booked_at) ";

    insert!(transaction, BOOKING, bookings, booking => [booking.session, booking.person, booking.place, booking.booked_at]);
    Ok(())
}

pub async fn insert_actions(transaction: &mut Transaction, actions: &[Action]) -> Result<(), AppError> {
    const ACTION: &str = "INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at, done_at) ";

    insert!(transaction, ACTION, actions, action => [
        action.id,
        action.group,
        action.session,
        action.owner,
        action.words,
        action.created_at,
        action.done_at,
    ]);
    Ok(())
}

/// No link is stored: what would stand in a message that nobody was sent is of no use to anybody.
pub async fn insert_polls(transaction: &mut Transaction, polls: &[Poll]) -> Result<(), AppError> {
    const POLL: &str = "\
INSERT INTO poll (id, code, group_id, organiser_id, kind, length_minutes, every_weeks, created_at, closes_at) ";
    const TIME: &str = "INSERT INTO poll_time (poll_id, place, starts_on, starts_time) ";
    const ASKED: &str = "INSERT INTO poll_person (poll_id, person_id, answered_at) ";
    const ANSWER: &str = "INSERT INTO poll_answer (poll_id, person_id, place, answer) ";

    insert!(transaction, POLL, polls, poll => [
        poll.id,
        &poll.code,
        poll.group,
        poll.organiser,
        poll.kind,
        poll.length_minutes,
        poll.every_weeks,
        poll.created_at,
        poll.closes_at,
    ]);
    for poll in polls {
        let times: Vec<(i64, NaiveDateTime)> = (1..).zip(poll.times.iter().copied()).collect();
        insert!(transaction, TIME, times, time => [poll.id, time.0, time.1.date(), time.1.time()]);
        insert!(transaction, ASKED, poll.asked, asked => [poll.id, asked.person, asked.answered_at]);
        let answers: Vec<(PersonId, i64, Answer)> =
            poll.asked.iter().flat_map(|asked| (1..).zip(&asked.answers).map(|(place, answer)| (asked.person, place, *answer))).collect();
        insert!(transaction, ANSWER, answers, answer => [poll.id, answer.0, answer.1, answer.2]);
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
        entry.intervention,
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
    first_week, second_week, manager, manager_email, kept_supervisor_id, access_needs, language, avoided_emails, avoided_authorities, shared,
    confirmed_at, version) ";
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
    let form = RoundForm { name: "Newcomers".to_owned(), ..RoundForm::default() }.with_dates(::series::local(now).date());
    match freeze_round(transaction, Start { by, at: now, steps: STEPS }, &form).await {
        Ok(_) | Err(AppError::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
