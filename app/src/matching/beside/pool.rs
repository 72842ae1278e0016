//! Who could be beside a supervisor in a round: frozen when it is asked, like its question.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::places::Chosen;
use crate::belonging::STARTING;
use crate::matching::bounded::contract;
use crate::matching::candidates::{Candidate, Gathered, NO_HOURS_LEFT, TAKES_ON_NO_MORE, groups_left, supervisor_in_file};
use crate::matching::forms::RoundToAsk;
use crate::matching::limits::{ALL_OF_IT, Contract};
use crate::matching::model::{Part, Rule};
use crate::matching::rules::ANYWHERE;
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
    /// The most of their contract that anybody is proposed, in hundredths.
    pub most_share: i64,
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
    /// How many more groups they take on, whatever their contract is.
    pub most_groups: i64,
    /// Their contract; nothing where none is entered.
    pub contract: Option<Contract>,
    /// How many groups they have led.
    pub has_led: i64,
    /// Whether none of them is a year old.
    pub is_new: bool,
}

/// The groups that somebody has led: when the first of them was made, and how many there are.
pub type Led = (DateTime<Utc>, i64);

/// Everybody who is cleared until the last day, is neither held nor suspended, and is qualified for a kind of group. Whoever leads no further group can still be
/// there to learn, and whoever has no hours left for one may have them where the round is run again with more of each contract.
pub fn pool(
    gathered: &Gathered,
    (asked, now): (&RoundToAsk, DateTime<Utc>),
    candidates: &[Candidate<'_>],
    led: &HashMap<PersonId, Led>,
) -> Vec<Free> {
    let may_come = |one: &&Candidate<'_>| {
        let can_be_beside = |obstacle: &String| obstacle == NO_HOURS_LEFT || TAKES_ON_NO_MORE.contains(&obstacle.as_str());
        one.part == Part::Supervisor && one.obstacles.iter().all(can_be_beside)
    };
    let free = |one: &Candidate<'_>| {
        let known = one.known;
        let said = supervisor_in_file(gathered, asked, known)?;
        let offering = gathered.offerings.get(&known.id)?;
        let led = led.get(&known.id);
        let is_region_asked = !asked.rules_off.contains(&Rule::Region);
        (!said.streams.is_empty() && !said.availability.is_empty()).then(|| Free {
            id: said.id,
            region: if is_region_asked { said.region } else { ANYWHERE.to_owned() },
            streams: said.streams,
            interventions: said.interventions,
            modes: said.modes,
            availability: said.availability.iter().map(|window| (window.week, window.day, window.from, window.to)).collect(),
            most_groups: groups_left(gathered, known, offering),
            contract: contract(gathered, known, offering),
            has_led: led.map_or(0, |(_, count)| *count),
            is_new: led.is_none_or(|(first, _)| *first > now - STARTING),
        })
    };
    candidates.iter().filter(may_come).filter_map(free).collect()
}

impl Asked {
    /// How many minutes are left to somebody beside so many groups of the round, of what they are proposed of their contract at most.
    pub fn minutes_left(&self, one: &Free, groups: i64) -> Option<i64> {
        one.contract.map(|contract| contract.minutes * self.most_share / ALL_OF_IT - contract.led - groups * self.minutes_of_each)
    }
}
