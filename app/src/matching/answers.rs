//! What the pages of matching rounds show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::beside::{AboutBeside, BesideLine};
use super::forms::RoundForm;
use super::levelling::Levelled;
use super::limits::Limits;
use super::mixes::Mix;
use super::model::{MeetsEvery, Part, RoundState, Rule, Stay};
use super::runs::WhatIf;
use crate::error::Problem;
use crate::groups::GroupKind;
use crate::people::PersonName;
use crate::sessions::HostRole;

/// A round in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    /// Its part of the address.
    pub number: i64,
    /// What it was called.
    pub name: String,
    /// For whom.
    pub about: String,
    /// How far it has come.
    pub state: RoundState,
    /// How many ask for a place.
    pub asking: i64,
    /// How many have one in the proposal.
    pub placed: i64,
    /// When it was started.
    pub started_at: DateTime<Utc>,
}

/// Somebody who was looked at for a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// Who.
    pub person: PersonName,
    /// In which part.
    pub part: Part,
    /// Whether their answers are older than six months.
    pub is_stale: bool,
    /// Why they do not take part, as sentences; none where they do.
    pub obstacles: Vec<String>,
    /// What they need that groups of the round do not have, as a sentence.
    pub needs: Option<String>,
    /// Whether they have written what else they need, before a round is started: no limit of it reckons with words.
    pub has_words: bool,
}

impl LookedAt {
    /// Whether there is anything to say of them.
    pub fn is_shown(&self) -> bool {
        self.is_stale || !self.obstacles.is_empty() || self.needs.is_some() || self.has_words
    }
}

/// What a round would be, before it is started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundToStart {
    /// What is chosen.
    pub form: RoundForm,
    /// The name that it would have, if none is given.
    pub number: i64,
    /// Who was looked at.
    pub looked_at: Vec<LookedAt>,
    /// How many practitioners have not begun to register.
    pub unregistered: i64,
    /// Every authority: slug and name.
    pub authorities: Vec<(String, String)>,
    /// The usual weights, by their names in forms.
    pub weights: Vec<WeightLine>,
    /// In what groups are usually alike or mixed, by the words of the criteria.
    pub mixes: Vec<(String, Mix)>,
    /// What is wrong with the limits that were entered.
    pub problems: Vec<Problem>,
}

/// What something is worth in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightLine {
    /// Its name in forms.
    pub name: String,
    /// The words that a person reads.
    pub words: String,
    /// Its points.
    pub points: i64,
    /// The points that it usually has.
    pub usual: i64,
}

/// The rules and weights of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRules {
    /// The number of the round.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// The rules that were turned off.
    pub off: Vec<Rule>,
    /// Why; empty where all of them hold.
    pub reason: String,
    /// How long a session lasts, in minutes.
    pub session_minutes: i64,
    /// How many can be in a group of each kind, and how many should be: the words, then the fewest, the most, and the two between which it is best.
    pub sizes: Vec<(String, [i64; 4])>,
    /// The weights.
    pub weights: Vec<WeightLine>,
    /// In what groups should be alike or mixed, by the words of the criteria.
    pub mixes: Vec<(String, Mix)>,
    /// Of each thousand points so many may be given for the weakest groups; nought where they do not go first.
    pub weakest_first: i64,
    /// What else bounds it.
    pub limits: Limits,
    /// Who stayed where they were, where it was run again from a board: the way, and how many.
    pub stay: Option<(Stay, usize)>,
}

/// A round with its board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOf {
    /// The line of the list.
    pub line: RoundLine,
    /// From when groups meet.
    pub starts_on: NaiveDate,
    /// Until when.
    pub ends_on: NaiveDate,
    /// How often.
    pub meets_every: MeetsEvery,
    /// The record.
    pub record: RoundRecord,
    /// The figures of the board; nothing while nothing is proposed.
    pub figures: Option<Figures>,
    /// The groups as they are now, the weakest first.
    pub groups: Vec<RoundGroup>,
    /// Who takes part and has no place, the most urgent first.
    pub not_placed: Vec<NotPlaced>,
    /// What was changed by hand.
    pub by_hand: ByHand,
    /// What is told of the group that was chosen, or in which the one is who was.
    pub about_group: Option<AboutGroup>,
    /// What is told of the one who was chosen.
    pub about_person: Option<AboutPerson>,
    /// Who was looked at and does not take part, or takes part with old answers.
    pub looked_at: Vec<LookedAt>,
    /// What was supposed of it.
    pub what_ifs: Vec<WhatIf>,
    /// How much of their contract supervisors would lead, the most first.
    pub hours: Vec<HoursLine>,
    /// The most of it that one is proposed, in hundredths.
    pub most_share: i64,
}

/// How long somebody would lead sessions in the first two weeks of a round, with its groups as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursLine {
    /// Who.
    pub person: PersonName,
    /// How many groups of the round they would lead.
    pub groups: usize,
    /// The minutes of all their sessions, those of these groups included.
    pub minutes: i64,
    /// Those for which their contract is, where it is entered.
    pub contracted: Option<i64>,
}

impl HoursLine {
    /// How much of the contract it is, in hundredths.
    pub fn share(&self) -> Option<i64> {
        self.contracted.map(|contracted| self.minutes * 100 / contracted)
    }
}

/// What a round's answer follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRecord {
    /// Who started it.
    pub started_by: PersonName,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
    /// Whether somebody has asked to stop it.
    pub is_stopping: bool,
    /// The seed.
    pub seed: i64,
    /// How many steps the engine may work.
    pub steps: i64,
    /// How many it has worked.
    pub steps_done: i64,
    /// What the proposal scores.
    pub score: Option<i64>,
    /// What no proposal could score more than.
    pub bound: Option<i64>,
    /// Whether groups lose points by what that leaves out: not being alike or mixed, or leaving somebody alone.
    pub bound_leaves_out: bool,
    /// How many rules were turned off.
    pub rules_off: usize,
    /// How many pairs are kept apart.
    pub conflicts: i64,
    /// For whom each group has a place beside its supervisor.
    pub beside: Vec<HostRole>,
    /// Whether the weakest group goes first.
    pub weakest_first: bool,
    /// What was changed for it once the search had ended; nothing where it does not go first, or nothing is proposed.
    pub levelled: Option<Levelled>,
    /// The round from whose board it was run again, and what it changes.
    pub again: Option<Again>,
}

/// From which board a round was run again, and what is different in its proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The number of that round.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// Who was asked to stay.
    pub stay: Stay,
    /// How many were to stay where they were.
    pub pins: usize,
    /// What that board scored, and who would notice; nothing while nothing is proposed.
    pub since: Option<Since>,
}

/// What lies between a board and the proposal that came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// What the proposal scores more.
    pub score_change: i64,
    /// How many had a place.
    pub had_place: usize,
    /// How many of them are with another supervisor, at another time or in another way.
    pub moved: usize,
    /// How many have a place who had none.
    pub newly_placed: usize,
    /// How many have none who had one.
    pub no_longer_placed: usize,
}

/// The figures above a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many have a place.
    pub placed: usize,
    /// How many groups there are.
    pub groups: usize,
    /// How many lead them.
    pub supervisors: usize,
    /// How many meet at a time that they prefer.
    pub preferred: usize,
    /// How many stay with their supervisor.
    pub staying: usize,
    /// How many of those who have a place had a supervisor of this round.
    pub had_one: usize,
    /// The weakest group, with its fit.
    pub weakest: Option<(usize, Option<i64>)>,
    /// What the groups score.
    pub score: i64,
    /// How many rules they break.
    pub broken: usize,
}

/// A group as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundGroup {
    /// Its place in the proposal, from nought.
    pub number: usize,
    /// The kind of supervision.
    pub kind: GroupKind,
    /// Who would lead it.
    pub supervisor: PersonName,
    /// "Online", "In person, London".
    pub mode: String,
    /// "Thursday 10:00 to 11:30, first week", "Thursday 10:00 to 11:30, every week".
    pub when: String,
    /// How many other times suit everybody.
    pub other_times: usize,
    /// Who would be in it.
    pub members: Vec<RoundMember>,
    /// The most who could be in it.
    pub most: i64,
    /// What it adds to the score.
    pub score: i64,
    /// The share of what was asked for that it gives, from 0 to 100; nothing where nobody asked for anything.
    pub fit: Option<i64>,
    /// What is not as it should be, as sentences.
    pub flaws: Vec<String>,
    /// The rules that it breaks, as sentences.
    pub broken: Vec<String>,
    /// Whether people were asked about it.
    pub is_asked: bool,
    /// The places beside its supervisor.
    pub beside: Vec<BesideLine>,
}

/// Somebody in a group.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundMember {
    /// Who.
    pub person: PersonName,
    /// Their level, 1 to 3.
    pub level: i64,
    /// "Bradford, Solihull Approach".
    pub about: String,
    /// Whether the time is one that they prefer.
    pub is_preferred: bool,
    /// Whether they stay with their supervisor.
    pub stays: bool,
    /// Whether they are pinned.
    pub is_pinned: bool,
    /// Whether they are not available for matching by now.
    pub is_held: bool,
}

/// Somebody without a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotPlaced {
    /// Who.
    pub person: PersonName,
    /// "Level 2, Bradford, Solihull Approach".
    pub about: String,
    /// From 0 to 100.
    pub urgency: i64,
    /// Whether they are not available for matching by now.
    pub is_held: bool,
    /// What is in the way, as a sentence.
    pub reason: String,
    /// The group that they miss by least; nothing where it was not looked for.
    pub nearest: Option<Nearest>,
}

/// A group that somebody misses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    /// Which, and what is in the way.
    pub sentence: String,
    /// What would get them in; empty where nothing can.
    pub way: String,
    /// Whether nothing is in the way.
    pub is_open: bool,
}

/// A sentence with what it adds to the score, or takes from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointLine {
    /// The sentence.
    pub sentence: String,
    /// Whether it is as it should be; nothing of what is neither, since every group has it.
    pub is_good: Option<bool>,
    /// The points.
    pub points: i64,
}

/// Why a group looks as it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutGroup {
    /// Its place in the proposal, from nought.
    pub number: usize,
    /// "Thursday 10:00 to 11:30, first week, with Judith W."
    pub about: String,
    /// What adds up to its score.
    pub points: Vec<PointLine>,
    /// When those could meet who are in it, with whoever leads it.
    pub common: TimesInCommon,
    /// The places beside its supervisor, with everybody who could have them.
    pub beside: Vec<AboutBeside>,
    /// Whether people were asked about it, so that nobody comes there by hand any more.
    pub is_asked: bool,
}

/// Where somebody is and could go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutPerson {
    /// Who.
    pub person: PersonName,
    /// "Level 2, Bradford, Solihull Approach".
    pub about: String,
    /// In which group they are, by its place in the proposal.
    pub group: Option<usize>,
    /// Whether they are pinned.
    pub is_pinned: bool,
    /// Whether they were asked for a place and have not declined, so that they are not moved by hand.
    pub is_asked: bool,
    /// Whether they are not available for matching by now, so that they are placed nowhere.
    pub is_held: bool,
    /// What the score says of their place.
    pub reasons: Vec<PointLine>,
    /// What would have to change, for each thing that they asked for and do not have there.
    pub changes: Vec<String>,
    /// The groups that they miss by least, where they have no place.
    pub nearest: Vec<Nearest>,
    /// What keeps each supervisor from having them, where they have no place.
    pub supervisors: Vec<String>,
    /// Where they could go.
    pub ways: Vec<WayToGo>,
    /// Where they were put by hand, by the key of the way; empty where nobody has put them anywhere.
    pub chosen_way: String,
}

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayToGo {
    /// What a form sends for it.
    pub key: String,
    /// "Group 3".
    pub name: String,
    /// When it meets and with whom.
    pub about: String,
    /// What it does to the score.
    pub score_change: i64,
    /// What speaks for it and against it, in one line; empty on the list.
    pub reasons: String,
    /// Whether people were asked about the group, so that nobody is moved into it by hand.
    pub is_asked: bool,
    /// The rules that it breaks, as sentences.
    pub breaks: Vec<String>,
    /// Whether they may be broken with a reason.
    pub may_be_broken: bool,
}

/// When some people could meet, by the half hours of the two weeks, or of every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimesInCommon {
    /// How many people.
    pub people: usize,
    /// How often they would meet.
    pub meets_every: MeetsEvery,
    /// The hours that are shown, such as 9 to 17.
    pub hours: Vec<i64>,
    /// The days on which whoever leads works.
    pub days: Vec<DayInCommon>,
}

/// A day of the two weeks, or of every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayInCommon {
    /// "Thursday, first week", "Thursday, every week".
    pub name: String,
    /// "Thu 1", "Thu".
    pub short: String,
    /// For each half hour how many are free, and whether it is one at which they meet.
    pub half_hours: Vec<(usize, bool)>,
    /// "10:00–12:30": when all are free.
    pub all: Vec<String>,
    /// When all but one are.
    pub all_but_one: Vec<String>,
}

/// What coordinators have changed on a board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// How many changes the board has seen.
    pub seen: i64,
    /// How many moves stand.
    pub moves: usize,
    /// How many people are pinned.
    pub pins: usize,
    /// What the moves do to the score.
    pub score_change: i64,
    /// What would be taken back.
    pub last: Option<String>,
    /// The round that was started from the board as it is now.
    pub run_again_as: Option<i64>,
    /// Every change, the last first.
    pub changes: Vec<ChangeLine>,
}

/// A change as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// "Moved Amina R. to Thursday 10:00 to 11:30, first week, with Judith W."
    pub sentence: String,
    /// Why a rule was broken; empty where none was.
    pub reason: String,
    /// Who did it.
    pub by: PersonName,
    /// When.
    pub at: DateTime<Utc>,
    /// What it did to the score.
    pub score_change: Option<i64>,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}
