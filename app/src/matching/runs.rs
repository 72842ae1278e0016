//! Running a round again from its board, and supposing something of it: what the forms send, and what the pages show.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answers::WeightLine;
use super::forms::{RoundAddress, Shown, ShownForm, Weighed, weighed};
use super::levelling::weakest_first;
use super::limits::{Entered, Limits};
use super::mixes::{Mix, Mixes, mixes};
use super::model::{MOST_SUPPOSED, RoundState, Stay, Supposed};
use crate::error::AppError;
use crate::people::PersonName;
use crate::registration::Stream;

/// What running a round again would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAgain {
    /// The number of the round.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// How many changes its board has had.
    pub seen: i64,
    /// How many have a place on it, but for those who are left out.
    pub placed: usize,
    /// How many of them are pinned, or asked and have not declined.
    pub held: usize,
    /// How many more are in groups that break a rule.
    pub in_broken: usize,
    /// How many have none.
    pub without_place: usize,
    /// Who has no part in it, since they are not available for matching by now.
    pub left_out: Vec<PersonName>,
    /// Who had no part in the round, and could have one by now.
    pub available_again: Vec<PersonName>,
    /// The weights of the round.
    pub weights: Vec<WeightLine>,
    /// In what its groups should be alike or mixed, by the words of the criteria.
    pub mixes: Vec<(String, Mix)>,
    /// Whether its weakest group went first.
    pub weakest_first: bool,
    /// Its limits.
    pub limits: Limits,
    /// How many were left out of it since the places of their authority were taken.
    pub over: usize,
    /// How many supervisors were, since no more of their contract may be proposed, and have nothing else in the way.
    pub out_of_hours: usize,
    /// The rounds that were started from the board as it is now: the number and the name.
    pub before: Vec<(i64, String)>,
}

/// Running a round again from its board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    /// The board as it was shown, as in [`ShownForm`].
    pub change: String,
    /// The key of a [`Stay`].
    pub stay: String,
    /// `yes` where those are taken in who had no part in the round, and could have one by now.
    pub take_in: Vec<String>,
    /// The codes of those who were named there: nobody is taken in of whom nobody has read.
    pub take_in_whom: Vec<String>,
    /// As in [`RoundForm`].
    pub strengths: BTreeMap<String, String>,
    /// As in [`RoundForm`].
    pub weights: BTreeMap<String, String>,
    /// As in [`RoundForm`].
    pub mixes: BTreeMap<String, String>,
    /// As in [`RoundForm`]; where nothing is said it stays as it was in the round.
    pub weakest_first: Vec<String>,
    /// As in [`RoundForm`].
    pub limits_shown: String,
    /// As in [`RoundForm`].
    pub needs_met: Vec<String>,
    /// As in [`RoundForm`].
    pub most_places: String,
    /// As in [`RoundForm`].
    pub most_share: String,
}

/// Running a round again, where it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToRunAgain {
    /// Which board.
    pub shown: Shown,
    /// Who stays.
    pub stay: Stay,
    /// The codes of those who are taken in, who had no part in the round, where they could have one by now.
    pub take_in: Vec<String>,
    /// The weights that were chosen.
    pub weights: Weighed,
    /// In what groups should be alike or mixed.
    pub mixes: Mixes,
    /// Whether the weakest group goes first; nothing where that stays as it was.
    pub weakest_first: Option<bool>,
    /// What bounds it; nothing where that is as in the round before.
    pub limits: Option<Limits>,
}

impl AgainForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<ToRunAgain, AppError> {
        let shown = ShownForm { change: self.change.clone() }.shown()?;
        let stay = Stay::of_key(&self.stay).ok_or_else(|| AppError::invalid("stay", "Choose who stays."))?;
        let (weights, mixes) = (weighed(&self.strengths, &self.weights)?, mixes(&self.mixes));
        let is_ticked = self.take_in.iter().any(|word| word == "yes");
        let take_in = if is_ticked { self.take_in_whom.clone() } else { Vec::new() };
        let Self { limits_shown: shown_limits, needs_met, most_places, most_share, .. } = self;
        let limits = Entered { shown: shown_limits, needs_met, most_places, most_share }.check()?;
        let weakest_first = weakest_first(&self.weakest_first);
        Ok(ToRunAgain { shown, stay, take_in, weights, mixes, weakest_first, limits })
    }
}

/// Supposing something of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupposeForm {
    /// The number of the round.
    pub number: String,
    /// `supervisors`, `evenings` or `authorities`.
    pub what: String,
    /// How many supervisors.
    pub count: String,
    /// The key of a [`Stream`].
    pub stream: String,
}

impl SupposeForm {
    /// Which round, and what.
    pub fn check(&self) -> Result<(i64, Supposed), AppError> {
        let number = RoundAddress { number: self.number.clone() }.number()?;
        let supposed = match self.what.as_str() {
            "evenings" => Supposed::Evenings,
            "authorities" => Supposed::EveryAuthority,
            "supervisors" => {
                let count = self.count.trim().parse().ok().filter(|count| (1..=MOST_SUPPOSED).contains(count));
                let count = count.ok_or_else(|| AppError::invalid("count", format!("Enter a whole number from 1 to {MOST_SUPPOSED}.")))?;
                let stream = Stream::of_key(&self.stream).ok_or_else(|| AppError::invalid("stream", "Choose a kind of group."))?;
                Supposed::Supervisors { stream, count }
            }
            _ => return Err(AppError::invalid("what", "Choose what is supposed.")),
        };
        Ok((number, supposed))
    }
}

/// Deleting what was supposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ForgetForm {
    /// Its own number.
    pub what_if: String,
}

/// What a round would give if something were otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// What a form sends for it.
    pub number: i64,
    /// What is supposed.
    pub supposed: Supposed,
    /// When it was asked, with what was known then of who may not meet and who is not available.
    pub asked_at: DateTime<Utc>,
    /// How far the engine has come.
    pub state: RoundState,
    /// How many would be placed, whoever is invented among them.
    pub placed: i64,
    /// In how many groups.
    pub groups: usize,
    /// What they would score.
    pub score: Option<i64>,
    /// How many of the round would gain a place.
    pub gain: usize,
    /// How many would lose theirs.
    pub lose: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::model::{Strength, Weight};

    #[test]
    fn points_that_are_entered_go_before_the_slider() {
        let strengths = BTreeMap::from([("load_step".to_owned(), "4".to_owned()), ("open_group".to_owned(), "0".to_owned())]);
        let weights = BTreeMap::from([("load_step".to_owned(), "7".to_owned()), ("open_group".to_owned(), " ".to_owned())]);
        let form = AgainForm { change: "7-3".to_owned(), strengths, weights, ..AgainForm::default() }.check().unwrap();
        let expected = [("load_step", Weight::Points(7)), ("open_group", Weight::Step(Strength::NotAtAll))];
        assert_eq!(form.weights, BTreeMap::from(expected));
        assert_eq!((form.shown, form.stay), (Shown { number: 7, seen: 3 }, Stay::Everybody));
    }

    #[test]
    fn so_many_supervisors_are_supposed_as_a_form_says_and_no_more_than_it_takes() {
        let form = |count: &str| SupposeForm {
            number: "7".to_owned(),
            what: "supervisors".to_owned(),
            count: count.to_owned(),
            stream: "vig".to_owned(),
        };
        assert_eq!(form("2").check().unwrap(), (7, Supposed::Supervisors { stream: Stream::Vig, count: 2 }));
        for wrong in ["0", "21", "", "two"] {
            let Err(AppError::Invalid(problems)) = form(wrong).check() else { panic!("{wrong} was taken") };
            assert_eq!(problems[0].field, "count");
        }
        assert!(matches!(SupposeForm { what: "rain".to_owned(), ..form("2") }.check(), Err(AppError::Invalid(_))));
    }
}
