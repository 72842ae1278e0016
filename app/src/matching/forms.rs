//! What the forms of matching rounds send, and what of it can be used.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::limits::Limits;
use super::mixes::{Mixes, mixes};
use super::model::{LARGEST_WEIGHT, MeetsEvery, Rule, Strength, WEIGHTS, Weight};
use crate::error::{AppError, Problem};
use crate::registration::{REGIONS, Stream};
use crate::sessions::HostRole;

/// A round by its number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoundAddress {
    /// The number.
    pub number: String,
}

impl RoundAddress {
    /// The number; what is none is that of no round.
    pub fn number(&self) -> Result<i64, AppError> {
        self.number.parse().map_err(|_| AppError::NotFound)
    }
}

/// A board, and who or which group is chosen on it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardAddress {
    /// The number of the round.
    pub number: String,
    /// The code of a person.
    pub person: String,
    /// The place of a group, counted from one.
    pub group: String,
    /// Where the person was put by hand, though that breaks a rule: the key of a [`Whither`].
    pub to: String,
}

/// A change of a board by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardForm {
    /// The number of the round.
    pub number: String,
    /// How many changes the board had that the person was shown.
    pub seen: String,
    /// The code of the person who is moved or pinned.
    pub person: String,
    /// The key of a [`Whither`].
    pub to: String,
    /// Why a rule is broken.
    pub reason: String,
}

/// A board as somebody was shown it: the number of the round, and how many changes it had, as `7-3`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShownForm {
    /// Both.
    pub change: String,
}

/// A board as somebody was shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The number of the round.
    pub number: i64,
    /// How many changes it had.
    pub seen: i64,
}

/// Where somebody is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whither {
    /// The group at this place of the proposal.
    Group(usize),
    /// The new group that would be best for them.
    New,
    /// Those who have no place.
    List,
}

/// The most letters of a reason.
const LONGEST_REASON: usize = 300;

impl Whither {
    /// What a form sends.
    pub fn key(self) -> String {
        match self {
            Self::Group(number) => format!("group-{number}"),
            Self::New => "new".to_owned(),
            Self::List => "list".to_owned(),
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        match key {
            "new" => Some(Self::New),
            "list" => Some(Self::List),
            _ => key.strip_prefix("group-")?.parse().ok().map(Self::Group),
        }
    }
}

impl BoardForm {
    /// Which board; what is none is that of no round.
    pub fn shown(&self) -> Result<Shown, AppError> {
        let (number, seen) = (self.number.parse(), self.seen.parse());
        Ok(Shown { number: number.map_err(|_| AppError::NotFound)?, seen: seen.map_err(|_| AppError::NotFound)? })
    }

    /// Where to.
    pub fn whither(&self) -> Result<Whither, AppError> {
        Whither::of_key(&self.to).ok_or_else(|| AppError::invalid("to", "Choose where to."))
    }

    /// The reason; empty where none was given.
    pub fn reason(&self) -> Result<String, AppError> {
        let reason = self.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.chars().count() > LONGEST_REASON {
            return Err(AppError::invalid("reason", format!("Use at most {LONGEST_REASON} letters.")));
        }
        Ok(reason)
    }
}

impl Shown {
    /// What a button sends to take the last change back.
    pub fn change(self) -> String {
        format!("{}-{}", self.number, self.seen)
    }
}

impl ShownForm {
    /// Which board; what is none is that of no round.
    pub fn shown(&self) -> Result<Shown, AppError> {
        let (number, seen) = self.change.split_once('-').ok_or(AppError::NotFound)?;
        BoardForm { number: number.to_owned(), seen: seen.to_owned(), ..BoardForm::default() }.shown()
    }
}

/// The weights that a form chooses: points where somebody has entered them, and else the step of the slider.
pub fn weighed(strengths: &BTreeMap<String, String>, points: &BTreeMap<String, String>) -> Result<Weighed, AppError> {
    let (mut weighed, mut problems) = (BTreeMap::new(), Vec::new());
    for (name, words) in WEIGHTS {
        let entered = points.get(name).map(|entered| entered.trim()).filter(|entered| !entered.is_empty());
        let Some(entered) = entered else {
            weighed.extend(strengths.get(name).and_then(|place| Strength::at(place)).map(|strength| (name, Weight::Step(strength))));
            continue;
        };
        match entered.parse::<i64>() {
            Ok(weight) if (0..=LARGEST_WEIGHT).contains(&weight) => {
                weighed.insert(name, Weight::Points(weight));
            }
            _ => {
                problems
                    .push(Problem::new(&format!("weights[{name}]"), format!("{words}: use a whole number from 0 to {LARGEST_WEIGHT}.")));
            }
        }
    }
    if problems.is_empty() { Ok(weighed) } else { Err(AppError::Invalid(problems)) }
}

/// A reason in one line.
fn one_line(reason: &str) -> Result<String, AppError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > LONGEST_REASON {
        return Err(AppError::invalid("rules_reason", format!("Use at most {LONGEST_REASON} letters.")));
    }
    Ok(reason)
}

/// For whom groups are formed, and for when. What is empty leaves everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoundForm {
    /// What it is called.
    pub name: String,
    /// The key of a [`Stream`].
    pub stream: String,
    /// The slug of an authority, or `region:` and a region.
    pub place: String,
    /// From when groups meet.
    pub starts_on: String,
    /// Until when.
    pub ends_on: String,
    /// The key of a [`MeetsEvery`].
    pub meets_every: String,
    /// `yes` for those who are in such a group already, too.
    pub also_placed: String,
    /// How much each thing counts, by the names in the file: its place on a slider. What is not there is as usual.
    pub strengths: BTreeMap<String, String>,
    /// The same in points, where somebody has entered them; they go before the slider.
    pub weights: BTreeMap<String, String>,
    /// In what groups should be alike or mixed: the key of a [`Mix`](super::mixes::Mix) by that of its criterion. What is not there is as usual.
    pub mixes: BTreeMap<String, String>,
    /// Whether the weakest group goes first, as in [`weakest_first`](super::levelling::weakest_first); it does not where nothing is said.
    pub weakest_first: Vec<String>,
    /// `yes` where the rules below were shown, since a switch that is off sends nothing.
    pub rules_shown: String,
    /// The keys of every [`Rule`] that holds.
    pub rules_kept: Vec<String>,
    /// Why the others do not.
    pub rules_reason: String,
    /// `yes` where the limits below were shown.
    pub limits_shown: String,
    /// The needs that groups can meet, each with a way to meet, as [`key_of`](super::needs::key_of) names them.
    pub needs_met: Vec<String>,
    /// The most places of one authority, or empty.
    pub most_places: String,
    /// The most of their contract that a supervisor is proposed, in hundredths.
    pub most_share: String,
    /// `yes` where groups have a place for a co-supervisor.
    pub co_supervisor: String,
    /// `yes` where they have one for an observer.
    pub observer: String,
}

/// For whom groups are formed, where it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundToAsk {
    /// The kinds of group.
    pub streams: Vec<Stream>,
    /// Whose practitioners.
    pub place: Place,
    /// From when.
    pub starts_on: NaiveDate,
    /// Until when. Whoever leads holds every clearance until then.
    pub ends_on: NaiveDate,
    /// How often.
    pub meets_every: MeetsEvery,
    /// Whether those are asked who are in such a group already.
    pub also_placed: bool,
    /// The weights that were chosen.
    pub weights: Weighed,
    /// In what groups should be alike or mixed.
    pub mixes: Mixes,
    /// Whether the weakest group goes first.
    pub weakest_first: bool,
    /// The rules that do not hold.
    pub rules_off: Vec<Rule>,
    /// Why not; empty where all of them do.
    pub rules_off_reason: String,
    /// What else bounds it.
    pub limits: Limits,
    /// For whom each group has a place beside its supervisor.
    pub beside: Vec<HostRole>,
}

/// What each thing is worth, by the names in the file, where somebody has chosen it.
pub type Weighed = BTreeMap<&'static str, Weight>;

/// Whose practitioners take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Those of every authority.
    Everywhere,
    /// Those of a region.
    Region(&'static str),
    /// Those of one authority, by its slug.
    Authority(String),
}

/// The word before a region in a form.
pub const REGION: &str = "region:";

/// Groups are formed for so many days from now on.
const DAYS_AHEAD: u64 = 28;

/// And meet for so many.
const DAYS_OF_GROUPS: u64 = 26 * 7;

impl RoundForm {
    /// The form with the dates that a round usually has where none were given: from the Monday after four weeks, for half a year.
    #[must_use]
    pub fn with_dates(mut self, today: NaiveDate) -> Self {
        let monday = ::series::monday_of(today + chrono::Days::new(DAYS_AHEAD + 6));
        if self.starts_on.is_empty() {
            self.starts_on = monday.to_string();
        }
        if self.ends_on.is_empty() {
            self.ends_on = (monday + chrono::Days::new(DAYS_OF_GROUPS - 1)).to_string();
        }
        self
    }

    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<RoundToAsk, AppError> {
        let (starts_on, ends_on) = (self.starts_on.parse::<NaiveDate>().ok(), self.ends_on.parse::<NaiveDate>().ok());
        let ends_on = ends_on.filter(|ends| starts_on.is_none_or(|starts| starts <= *ends));
        let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on) else {
            let problems = [
                starts_on.is_none().then(|| Problem::new("starts_on", "Choose the day from which groups meet.")),
                ends_on.is_none().then(|| Problem::new("ends_on", "Choose the last day, after the first.")),
            ];
            return Err(AppError::Invalid(problems.into_iter().flatten().collect()));
        };
        let streams = Stream::of_key(&self.stream).map_or_else(|| Stream::ALL.to_vec(), |stream| vec![stream]);
        let place = match self.place.strip_prefix(REGION) {
            Some(name) => REGIONS.into_iter().find(|region| *region == name).map(Place::Region).ok_or(AppError::NotFound)?,
            None if self.place.is_empty() => Place::Everywhere,
            None => Place::Authority(self.place.clone()),
        };
        let meets_every =
            MeetsEvery::of_key(&self.meets_every).ok_or_else(|| AppError::invalid("meets_every", "Choose how often groups meet."))?;
        let weights = weighed(&self.strengths, &self.weights)?;
        let rules_off = self.rules_off();
        let rules_off_reason = if rules_off.is_empty() { String::new() } else { one_line(&self.rules_reason)? };
        if !rules_off.is_empty() && rules_off_reason.is_empty() {
            return Err(AppError::invalid("rules_reason", "Say why a rule is turned off. It stands in the record."));
        }
        let (also_placed, mixes) = (self.also_placed == "yes", mixes(&self.mixes));
        let (limits, beside) = (self.limits()?.unwrap_or_default(), self.beside());
        Ok(RoundToAsk {
            streams,
            place,
            starts_on,
            ends_on,
            meets_every,
            also_placed,
            weights,
            mixes,
            weakest_first: super::levelling::weakest_first(&self.weakest_first).unwrap_or_default(),
            rules_off,
            rules_off_reason,
            limits,
            beside,
        })
    }

    /// For whom each group has a place beside its supervisor.
    fn beside(&self) -> Vec<HostRole> {
        let is_asked = |role: &HostRole| match role {
            HostRole::CoSupervisor => self.co_supervisor == "yes",
            HostRole::Observer => self.observer == "yes",
        };
        HostRole::ALL.into_iter().filter(is_asked).collect()
    }

    /// The rules that were turned off.
    pub fn rules_off(&self) -> Vec<Rule> {
        let is_off = |rule: &Rule| !self.rules_kept.iter().any(|kept| kept == rule.key());
        if self.rules_shown == "yes" { Rule::ALL.into_iter().filter(is_off).collect() } else { Vec::new() }
    }

    /// What the round is called: its own name, or its number.
    pub fn name_or(&self, number: i64) -> Result<String, AppError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Ok(format!("Round {number}")),
            1..=60 => Ok(name),
            _ => Err(AppError::invalid("name", "Use at most 60 letters.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_for_everybody_and_half_a_year_unless_something_else_is_chosen() {
        let usual = RoundForm::default().with_dates("2026-10-22".parse().unwrap()).check().unwrap();
        assert_eq!((usual.starts_on.to_string(), usual.ends_on.to_string()), ("2026-11-23".to_owned(), "2027-05-23".to_owned()));
        assert_eq!((usual.streams.len(), usual.place, usual.also_placed), (3, Place::Everywhere, false));
        assert_eq!(usual.meets_every, MeetsEvery::Fortnight);
        let chosen = RoundForm { stream: "vig".to_owned(), place: "region:London".to_owned(), ..RoundForm::default() };
        let chosen = chosen.with_dates("2026-10-22".parse().unwrap()).check().unwrap();
        assert_eq!((chosen.streams, chosen.place), (vec![Stream::Vig], Place::Region("London")));
    }

    #[test]
    fn groups_meet_every_fortnight_or_every_week_and_nothing_else() {
        let form = |meets_every: &str| {
            let form = RoundForm { meets_every: meets_every.to_owned(), ..RoundForm::default() };
            form.with_dates("2026-10-22".parse().unwrap()).check()
        };
        for meets_every in MeetsEvery::ALL {
            assert_eq!(form(meets_every.key()).unwrap().meets_every, meets_every);
        }
        let Err(AppError::Invalid(problems)) = form("month") else { panic!("no round plans months") };
        assert_eq!(problems[0].field, "meets_every");
    }

    #[test]
    fn groups_have_places_beside_their_supervisor_where_they_are_asked_for() {
        let form = |co_supervisor: &str, observer: &str| {
            let form = RoundForm { co_supervisor: co_supervisor.to_owned(), observer: observer.to_owned(), ..RoundForm::default() };
            form.with_dates("2026-10-22".parse().unwrap()).check().unwrap().beside
        };
        assert_eq!((form("", ""), form("", "yes")), (vec![], vec![HostRole::Observer]));
        assert_eq!(form("yes", "yes"), HostRole::ALL);
    }

    #[test]
    fn a_weight_is_a_whole_number_and_what_is_not_chosen_is_as_usual() {
        let form = |weight: &str| {
            let weights = BTreeMap::from([("preferred_time".to_owned(), weight.to_owned()), ("unheard_of".to_owned(), "1".to_owned())]);
            RoundForm { weights, ..RoundForm::default() }.with_dates("2026-10-22".parse().unwrap()).check()
        };
        assert_eq!(form("90").unwrap().weights, BTreeMap::from([("preferred_time", Weight::Points(90))]));
        for wrong in ["-1", "10001", "1.5"] {
            let Err(AppError::Invalid(problems)) = form(wrong) else { panic!("{wrong} was taken") };
            assert_eq!(problems[0].field, "weights[preferred_time]");
        }
    }

    #[test]
    fn a_rule_is_turned_off_with_a_reason_and_only_where_it_was_shown() {
        let kept = vec!["region".to_owned(), "three".to_owned()];
        let form = RoundForm { rules_kept: kept, ..RoundForm::default() }.with_dates("2026-10-22".parse().unwrap());
        assert_eq!(form.check().unwrap().rules_off, []);
        let form = RoundForm { rules_shown: "yes".to_owned(), ..form };
        let Err(AppError::Invalid(problems)) = form.check() else { panic!("no reason was given") };
        assert_eq!(problems[0].field, "rules_reason");
        let asked = RoundForm { rules_reason: "Short  days in December".to_owned(), ..form }.check().unwrap();
        assert_eq!((asked.rules_off, asked.rules_off_reason.as_str()), (vec![Rule::Pause], "Short days in December"));
    }

    #[test]
    fn groups_do_not_end_before_they_begin() {
        let form = RoundForm { starts_on: "2026-12-01".to_owned(), ends_on: "2026-11-01".to_owned(), ..RoundForm::default() };
        let Err(AppError::Invalid(problems)) = form.check() else { panic!() };
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].field, "ends_on");
    }
}
