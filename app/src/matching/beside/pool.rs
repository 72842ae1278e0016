//! Who could be beside a supervisor in a round: frozen when it is asked, like its question.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::places::Chosen;
use crate::belonging::STARTING;
use crate::matching::candidates::{Candidate, Gathered, TAKES_ON_NO_MORE, TWO_WEEKS, supervisor_in_file};
use crate::matching::forms::RoundToAsk;
use crate::matching::model::{Part, Rule};
use crate::matching::rules::{ANYWHERE, usual_rules};
use crate::people::PersonId;
use crate::sessions::HostRole;

/// What a round is asked of places beside supervisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// For whom each group has a place.
    pub roles: Vec<HostRole>,
    /// Who could have one.
    pub pool: Vec<Free>,
    /// How long each place takes in two weeks, in minutes.
    pub minutes_of_each: i64,
    /// What coordinators had chosen on the board from which the round was run again, as long as it is possible.
    pub kept: Vec<Chosen>,
}

/// Somebody who could have a place beside a supervisor, as they were known when the round was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Free {
    /// What the files of the round call them.
    pub id: String,
    pub region: String,
    pub streams: Vec<String>,
    pub interventions: Vec<String>,
    pub modes: Vec<String>,
    /// Week, day, and from when until when.
    pub availability: Vec<(i64, i64, i64, i64)>,
    /// How many more groups they take on.
    pub most_groups: i64,
    /// The minutes that are left of their contract in two weeks; nothing where none is entered.
    pub minutes_left: Option<i64>,
    /// How many groups they have led.
    pub has_led: i64,
    /// Whether none of them is a year old.
    pub is_new: bool,
}

/// The groups that somebody has led: when the first of them was made, and how many there are.
pub type Led = (DateTime<Utc>, i64);

/// Everybody who is cleared until the last day, is neither held nor suspended, has hours left and is qualified for a kind of group. Whoever leads no further
/// group can still be there to learn.
pub fn pool(
    gathered: &Gathered,
    (asked, now): (&RoundToAsk, DateTime<Utc>),
    candidates: &[Candidate<'_>],
    led: &HashMap<PersonId, Led>,
) -> Vec<Free> {
    let may_come = |one: &&Candidate<'_>| {
        one.part == Part::Supervisor && one.obstacles.iter().all(|obstacle| TAKES_ON_NO_MORE.contains(&obstacle.as_str()))
    };
    let free = |one: &Candidate<'_>| {
        let known = one.known;
        let said = supervisor_in_file(gathered, asked, known)?;
        let contracted = gathered.said.get(&known.id).and_then(|said| said.limits.contracted_minutes);
        let minutes_led = gathered.minutes_led.get(&known.id).copied().unwrap_or_default();
        let led = led.get(&known.id);
        let is_region_asked = !asked.rules_off.contains(&Rule::Region);
        (!said.streams.is_empty() && !said.availability.is_empty()).then(|| Free {
            id: said.id,
            region: if is_region_asked { said.region } else { ANYWHERE.to_owned() },
            streams: said.streams,
            interventions: said.interventions,
            modes: said.modes,
            availability: said.availability.iter().map(|window| (window.week, window.day, window.from, window.to)).collect(),
            most_groups: said.max_groups,
            minutes_left: contracted.map(|contracted| contracted * TWO_WEEKS - minutes_led),
            has_led: led.map_or(0, |(_, count)| *count),
            is_new: led.is_none_or(|(first, _)| *first > now - STARTING),
        })
    };
    candidates.iter().filter(may_come).filter_map(free).collect()
}

/// How long a place takes in two weeks.
pub fn minutes_of_each(asked: &RoundToAsk) -> i64 {
    usual_rules().session_minutes * asked.meets_every.times_in_two_weeks()
}

impl Free {
    /// How many minutes are left to them beside so many groups of the round.
    pub fn minutes_beside(&self, groups: i64, minutes_of_each: i64) -> Option<i64> {
        self.minutes_left.map(|left| left - groups * minutes_of_each)
    }
}
