//! A year of sessions, each series as the engine expands it.

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use series::{Closure, Ending, Repeats, Rule, RuleInput, Skip, preview};
use uuid::Uuid;

use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::groups::{CancelReason, GroupId};
use crate::people::PersonId;
use crate::sessions::due_on;

/// A group's rhythm, published.
#[derive(Debug, PartialEq)]
pub struct Series {
    pub id: Uuid,
    pub group: GroupId,
    pub supervisor: PersonId,
    pub starts_on: NaiveDate,
    pub starts_time: NaiveTime,
    pub length_minutes: i64,
    pub every_weeks: i64,
    pub until_on: NaiveDate,
    pub skips: Vec<Skip>,
    pub published_at: DateTime<Utc>,
    pub sessions: Vec<Session>,
}

/// One session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub id: Uuid,
    pub code: String,
    pub supervisor: PersonId,
    pub starts_local: NaiveDateTime,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub cancelled: Option<Cancelled>,
    pub marked_at: Option<DateTime<Utc>>,
}

/// When it was called off, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Cancelled {
    pub at: DateTime<Utc>,
    pub reason: &'static str,
}

const REASONS: [&str; 3] = [CancelReason::SupervisorAway.key(), CancelReason::SupervisorAway.key(), CancelReason::NowhereToMeet.key()];

/// How many of her latest sessions Ruth has still to mark; all before them are done.
const TO_MARK: usize = 3;

/// Expands the rhythm of every group.
pub fn series(seed: u64, present: Present, groups: &[Group], closed: &[Closure]) -> Vec<Series> {
    let mut draw = Draw::of(seed, "sessions");
    let mut series: Vec<Series> = groups.iter().filter_map(|group| of_group(&mut draw, present, group, closed)).collect();
    let ruth = groups.iter().find(|group| group.slug == AIRE).map(|group| group.supervisor);
    let unmarked = latest_of(ruth, present.now, &series);
    let led = series.iter_mut().flat_map(|series| series.sessions.iter_mut());
    for session in led.filter(|session| is_to_mark(session, ruth, present.now)) {
        let marked_at = (session.ends_at + TimeDelta::minutes(10)).min(present.now);
        session.marked_at = (!unmarked.contains(&session.id)).then_some(marked_at);
    }
    series
}

fn of_group(draw: &mut Draw, present: Present, group: &Group, closed: &[Closure]) -> Option<Series> {
    let rhythm = group.rhythm?;
    let input = RuleInput {
        start_date: rhythm.first,
        start_time: rhythm.slot.time,
        length_minutes: i64::from(rhythm.slot.minutes),
        repeats: Repeats::Weeks,
        every: i64::from(rhythm.every_weeks),
        ends: Some(Ending::Until(rhythm.until).into()),
    };
    // The rhythms are ours and are all in order; one that were not would simply not be held.
    let preview = preview(&Rule::new(input).ok()?, closed);
    let sessions = preview.held.into_iter().map(|occurrence| session(draw, present, group, occurrence)).collect();
    Some(Series {
        id: draw.id(),
        group: group.id,
        supervisor: group.supervisor,
        starts_on: rhythm.first,
        starts_time: rhythm.slot.time,
        length_minutes: i64::from(rhythm.slot.minutes),
        every_weeks: i64::from(rhythm.every_weeks),
        until_on: rhythm.until,
        skips: preview.skipped,
        published_at: group.created_at + TimeDelta::days(4),
        sessions,
    })
}

fn session(draw: &mut Draw, present: Present, group: &Group, occurrence: ::series::Occurrence) -> Session {
    let is_over = occurrence.ends_at <= present.now;
    let is_today = occurrence.local.date() == present.today;
    let is_called_off = draw.chance(2) && !is_today && occurrence.starts_at < present.now + TimeDelta::days(10);
    let at = (occurrence.starts_at - TimeDelta::hours(26)).min(present.now - TimeDelta::hours(2));
    let cancelled = is_called_off.then(|| Cancelled { at, reason: draw.word(&REASONS) });
    // Marked by most before they go home; what is a day or two old may wait.
    let is_recent = due_on(occurrence.local.date()) >= present.today;
    let is_marked = is_over && cancelled.is_none() && draw.chance(if is_recent { 60 } else { 99 });
    let marked_at = (occurrence.ends_at + TimeDelta::minutes(i64::from(draw.between(2, 45)))).min(present.now);
    Session {
        id: draw.id(),
        code: draw.code(),
        supervisor: group.supervisor,
        starts_local: occurrence.local,
        starts_at: occurrence.starts_at,
        ends_at: occurrence.ends_at,
        cancelled,
        marked_at: is_marked.then_some(marked_at),
    }
}

/// The latest sessions that somebody has led, for them to mark.
fn latest_of(supervisor: Option<PersonId>, now: DateTime<Utc>, series: &[Series]) -> HashSet<Uuid> {
    let mut led: Vec<&Session> =
        series.iter().flat_map(|series| series.sessions.iter()).filter(|session| is_to_mark(session, supervisor, now)).collect();
    led.sort_by_key(|session| session.ends_at);
    led.into_iter().rev().take(TO_MARK).map(|session| session.id).collect()
}

fn is_to_mark(session: &Session, supervisor: Option<PersonId>, now: DateTime<Utc>) -> bool {
    Some(session.supervisor) == supervisor && session.ends_at <= now && session.cancelled.is_none()
}

/// Whether a member was in the group on the day of a session.
pub fn was_there(joined_on: NaiveDate, session: &Session) -> bool {
    session.starts_local.date() >= joined_on
}

/// How far ahead people know that they cannot come.
pub fn is_soon(session: &Session, present: Present) -> bool {
    session.starts_at > present.now && session.starts_local.date() <= present.today + Days::new(28)
}
