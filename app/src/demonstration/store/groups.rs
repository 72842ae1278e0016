//! Groups: who is in them, what they agreed, when they meet, who came, and what they were asked.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;

use super::ROWS;
use crate::database::{Transaction, folded, on};
use crate::demonstration::agreements::{Agreement, Party};
use crate::demonstration::attendance::{Action, Attendance};
use crate::demonstration::clinics::{Booking, ClinicWait};
use crate::demonstration::drafts::NextTerm;
use crate::demonstration::groups::{Group, Member};
use crate::demonstration::plan::{Asked, Closed};
use crate::demonstration::polls::Poll;
use crate::demonstration::sessions::{Series, Session};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;
use crate::polls::Answer;
use crate::reminders::USUAL;

pub async fn insert_groups(transaction: &mut Transaction, groups: &[Group]) -> Result<(), AppError> {
    const GROUP: &str = "\
INSERT INTO supervision_group (id, slug, name, name_key, kind, intervention, supervisor_id, mode, room_url, room_phone, place, capacity, created_at, version) ";
    const MEMBER: &str = "INSERT INTO membership (group_id, person_id, joined_on) ";

    insert!(transaction, GROUP, groups, group => [
        group.id,
        &group.slug,
        &group.name,
        folded(&group.name),
        group.kind,
        group.intervention,
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

pub async fn insert_clinic_waits(transaction: &mut Transaction, waits: &[ClinicWait]) -> Result<(), AppError> {
    const WAIT: &str = "INSERT INTO clinic_wait (session_id, person_id, asked_at, asked_for, agreement_id, agreed_at) ";

    insert!(transaction, WAIT, waits, wait => [wait.session, wait.person, wait.asked_at, wait.asked_for, wait.agreement, wait.asked_at]);
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
