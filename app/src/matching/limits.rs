//! What bounds a round beside its rules: the needs that its groups can meet, how many places one authority has, and how much of their contract supervisors are
//! proposed. They are kept with the round, and can be others where it is run again.

use serde::{Deserialize, Serialize};

use super::forms::RoundForm;
use super::needs::{Needing, NeedsMet};
use crate::error::{AppError, Problem};

/// What bounds a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The needs that its groups can meet; nothing in a round from before that was asked, in which needs did not count.
    pub needs_met: Option<NeedsMet>,
    /// The most places of one authority, where there is such a number.
    pub most_places: Option<i64>,
    /// The most of their contract that a supervisor is proposed, in hundredths.
    pub most_share: i64,
}

/// A contract, in hundredths of itself.
pub const ALL_OF_IT: i64 = 100;

/// More places than an authority could ask for.
const MOST_PLACES: i64 = 999;

/// Nobody is asked to work more than twice what their contract is for.
const MOST_SHARE: i64 = 200;

impl Default for Limits {
    fn default() -> Self {
        Self { needs_met: Some(NeedsMet::usual()), most_places: None, most_share: ALL_OF_IT }
    }
}

/// What a form sends of them.
#[derive(Clone, Copy, Debug)]
pub struct Entered<'a> {
    /// `yes` where they were shown, since a switch that is off sends nothing.
    pub shown: &'a str,
    /// The keys of the needs that are met.
    pub needs_met: &'a [String],
    /// A whole number, or empty.
    pub most_places: &'a str,
    /// A whole number.
    pub most_share: &'a str,
}

impl Entered<'_> {
    /// What is valid of it, or everything that is wrong; nothing where they were not shown.
    pub fn check(self) -> Result<Option<Limits>, AppError> {
        if self.shown != "yes" {
            return Ok(None);
        }
        let needs_met = NeedsMet::of_keys(self.needs_met);
        let number = |entered: &str, most: i64| entered.trim().parse::<i64>().ok().filter(|number| (1..=most).contains(number));
        let most_places = number(self.most_places, MOST_PLACES);
        let most_share = number(self.most_share, MOST_SHARE);
        let problems = [
            needs_met.is_none().then(|| Problem::new("needs_met", "Choose of the needs that are listed.")),
            (most_places.is_none() && !self.most_places.trim().is_empty()).then(|| {
                Problem::new("most_places", format!("Use a whole number from 1 to {MOST_PLACES}, or leave it empty for no limit."))
            }),
            most_share.is_none().then(|| Problem::new("most_share", format!("Use a whole number from 1 to {MOST_SHARE}."))),
        ];
        let problems: Vec<Problem> = problems.into_iter().flatten().collect();
        match (needs_met, most_share) {
            (Some(needs_met), Some(most_share)) if problems.is_empty() => {
                Ok(Some(Limits { needs_met: Some(needs_met), most_places, most_share }))
            }
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

impl RoundForm {
    /// The form with the limits that a round usually has where none were entered.
    #[must_use]
    pub fn with_limits(self) -> Self {
        if self.limits_shown == "yes" { self } else { self.limited(&Limits::default()) }
    }

    /// The same with other limits.
    #[must_use]
    pub fn limited(self, limits: &Limits) -> Self {
        Self {
            limits_shown: "yes".to_owned(),
            needs_met: limits.needs_met.as_ref().map(NeedsMet::keys).unwrap_or_default(),
            most_places: limits.most_places.map(|most| most.to_string()).unwrap_or_default(),
            most_share: limits.most_share.to_string(),
            ..self
        }
    }

    /// The limits that were entered, if they were shown.
    pub fn limits(&self) -> Result<Option<Limits>, AppError> {
        let Self { limits_shown: shown, needs_met, most_places, most_share, .. } = self;
        Entered { shown, needs_met, most_places, most_share }.check()
    }
}

/// What a round keeps of somebody beside its file, so that it can be run again with other limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Of whoever asks for a place and needs something to take part.
    Needs(Needing),
    /// Of whoever leads and has a contract.
    Contract(Contract),
}

impl Kept {
    /// What somebody needs, where it is that.
    pub fn needing(self) -> Option<Needing> {
        match self {
            Self::Needs(needing) => Some(needing),
            Self::Contract(_) => None,
        }
    }
}

/// What a supervisor's contract is for in two weeks, and what is gone of it. As in [`Needing`], what is named stands in the order in which Postgres keeps
/// it, so that a backup says the same from either database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The minutes of sessions that they lead anyway.
    pub led: i64,
    /// Those of the contract.
    pub minutes: i64,
    /// How many groups they take on, whatever their contract is.
    pub most_groups: i64,
}

impl Contract {
    /// For how many more groups it has hours, each of so many minutes in two weeks, if so many hundredths of it are proposed at most.
    pub fn room(&self, most_share: i64, each_takes: i64) -> i64 {
        ((self.minutes * most_share / ALL_OF_IT - self.led) / each_takes.max(1)).max(0)
    }

    /// How many groups they can be proposed.
    pub fn groups(&self, most_share: i64, each_takes: i64) -> i64 {
        self.most_groups.min(self.room(most_share, each_takes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered<'a>(needs_met: &'a [String], most_places: &'a str, most_share: &'a str) -> Entered<'a> {
        Entered { shown: "yes", needs_met, most_places, most_share }
    }

    fn wrong(entered: Entered<'_>) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = entered.check() else { panic!("{entered:?} was taken") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn limits_are_whole_numbers_and_needs_that_are_listed_and_nothing_where_they_were_not_shown() {
        let usual = Limits::default();
        let keys = usual.needs_met.as_ref().unwrap().keys();
        assert_eq!(entered(&keys, "", "100").check().unwrap(), Some(usual.clone()));
        assert_eq!(entered(&keys, " 6 ", "80").check().unwrap(), Some(Limits { most_places: Some(6), most_share: 80, ..usual }));
        for number in ["-1", "0", "1000", "six", "1.5"] {
            assert_eq!(wrong(entered(&[], number, "100")), ["most_places"], "{number}");
        }
        for share in ["", "-5", "0", "201", "all"] {
            assert_eq!(wrong(entered(&[], "", share)), ["most_share"], "{share}");
        }
        assert_eq!(wrong(entered(&["wings-online".to_owned()], "many", "")), ["needs_met", "most_places", "most_share"]);
        assert_eq!(Entered { shown: "", ..entered(&[], "many", "") }.check().unwrap(), None);
    }

    #[test]
    fn a_contract_has_hours_for_as_many_groups_as_the_share_of_it_that_may_be_proposed() {
        let contract = Contract { most_groups: 5, minutes: 600, led: 120 };
        let groups = |share| contract.groups(share, 90);
        assert_eq!([groups(100), groups(80), groups(50), groups(20), groups(10)], [5, 4, 2, 0, 0]);
        assert_eq!(Contract { most_groups: 1, ..contract }.groups(100, 90), 1);
    }
}
