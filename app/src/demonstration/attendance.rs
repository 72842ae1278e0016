//! Who was there, who cannot come, and what they said they would do.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::cast::Cast;
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use super::sessions::{Series, Session, is_soon, was_there};
use crate::groups::GroupId;
use crate::people::PersonId;

/// One person at one session.
#[derive(Debug, PartialEq)]
pub struct Attendance {
    pub session: Uuid,
    pub person: PersonId,
    pub apologies_at: Option<DateTime<Utc>>,
    pub apologies_reason: &'static str,
    pub state: Option<&'static str>,
    pub minutes: Option<i64>,
}

/// What somebody said they would do.
#[derive(Debug, PartialEq)]
pub struct Action {
    pub id: Uuid,
    pub group: GroupId,
    pub session: Uuid,
    pub owner: PersonId,
    pub words: &'static str,
    pub created_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

const REASONS: [&str; 6] = ["", "", "Annual leave", "A training day that was moved", "Clinic cover at short notice", "Unwell"];

const WORDS: [&str; 12] = [
    "Ask the hub lead for a protected hour after group",
    "Bring one moment that stayed with you",
    "Write down what you would like to try, before the next visit",
    "Speak to your manager about the size of the caseload",
    "Read the two pages on endings and bring a question",
    "Try a pause before answering, and notice what happens",
    "Ask the infant feeding team how they share the work",
    "Find out who covers when you are away",
    "Bring the question about beginning with fathers",
    "Note what was different in the visits that went well",
    "Share the reading list with the group",
    "Plan the last session with the family hub in mind",
];

/// Invents who was there, and who will not be.
pub fn attendance(seed: u64, present: Present, cast: &Cast, groups: &[Group], series: &[Series]) -> Vec<Attendance> {
    let mut draw = Draw::of(seed, "attendance");
    let groups: HashMap<GroupId, &Group> = groups.iter().map(|group| (group.id, group)).collect();
    let mut attendance = Vec::new();
    for series in series {
        let Some(group) = groups.get(&series.group) else { continue };
        let next = series.sessions.iter().find(|session| session.starts_at > present.now).map(|session| session.id);
        for session in &series.sessions {
            for member in group.members.iter().filter(|member| was_there(member.joined_on, session)) {
                let person = member.person;
                // A demonstration opens with the Aire group's next session: one of the group cannot come, so that the page has something to
                // say, and everybody else can, Amina above all.
                let is_opening = group.slug == AIRE && next == Some(session.id);
                let is_kept_away = is_opening && cast.companions.get(2) == Some(&person);
                if is_opening && !is_kept_away {
                    continue;
                }
                if let Some(one) = one(&mut draw, present, session, person, series.length_minutes, is_kept_away) {
                    attendance.push(one);
                }
            }
        }
    }
    attendance
}

fn one(draw: &mut Draw, present: Present, session: &Session, person: PersonId, length: i64, is_kept_away: bool) -> Option<Attendance> {
    let one = Attendance { session: session.id, person, apologies_at: None, apologies_reason: "", state: None, minutes: None };
    let told_at = (session.starts_at - TimeDelta::hours(i64::from(draw.between(3, 120)))).min(present.now - TimeDelta::hours(1));
    if session.cancelled.is_some() {
        return Some(Attendance { state: Some("cancelled_by_centre"), ..one });
    }
    if session.marked_at.is_some() {
        let (state, minutes) = state(draw, length);
        let has_apologies = state == "apologies";
        let apologies_at = has_apologies.then_some(told_at);
        let apologies_reason = if has_apologies { draw.word(&REASONS) } else { "" };
        return Some(Attendance { state: Some(state), minutes, apologies_at, apologies_reason, ..one });
    }
    let cannot_come = is_kept_away || draw.chance(6) && (is_soon(session, present) || session.ends_at <= present.now);
    cannot_come.then(|| Attendance { apologies_at: Some(told_at), apologies_reason: draw.word(&REASONS), ..one })
}

/// The states of one person, about as often as they come up; the seventh is for everybody at once.
fn state(draw: &mut Draw, length: i64) -> (&'static str, Option<i64>) {
    match draw.below(100) {
        0..80 => ("attended", None),
        80..84 => ("late", Some(length - i64::from(draw.between(10, 25)))),
        84..87 => ("left_early", Some(length - i64::from(draw.between(10, 40)))),
        87..94 => ("apologies", None),
        94..96 => ("did_not_attend", None),
        _ => ("cancelled_by_member", None),
    }
}

/// Invents what people said they would do: now and then in the last months, and twice for Amina.
pub fn actions(seed: u64, present: Present, cast: &Cast, groups: &[Group], series: &[Series]) -> Vec<Action> {
    let mut draw = Draw::of(seed, "actions");
    let groups: HashMap<GroupId, &Group> = groups.iter().map(|group| (group.id, group)).collect();
    let mut actions = Vec::new();
    for series in series {
        let Some(group) = groups.get(&series.group) else { continue };
        let held = series.sessions.iter().rev().filter(|session| session.marked_at.is_some());
        for (ago, session) in held.take(6).enumerate() {
            let is_amina = group.slug == AIRE && matches!(ago, 0 | 2);
            let members: Vec<PersonId> =
                group.members.iter().filter(|member| was_there(member.joined_on, session)).map(|member| member.person).collect();
            let owner = if is_amina { Some(cast.amina) } else { draw.pick(&members).copied().filter(|_| draw.chance(30)) };
            let Some(owner) = owner else { continue };
            let is_done = !is_amina && (owner == cast.amina || draw.chance(if ago == 0 { 30 } else { 85 }));
            let done_at = (session.ends_at + TimeDelta::days(i64::from(draw.between(1, 12)))).min(present.now);
            actions.push(Action {
                id: draw.id(),
                group: series.group,
                session: session.id,
                owner,
                words: draw.word(&WORDS),
                created_at: session.ends_at,
                done_at: is_done.then_some(done_at),
            });
        }
    }
    actions
}
