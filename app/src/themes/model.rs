//! What becomes of a theme, and how few groups are told.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::identity::identity;

/// How often everybody is asked what the community takes up next.
pub const A_YEAR: TimeDelta = TimeDelta::days(365);

/// Whether it is time to ask everybody again what the community takes up next: a year after the last day on which they could say so.
pub fn is_time_to_ask(last_asked: NaiveDate, today: NaiveDate) -> bool {
    last_asked + A_YEAR < today
}

identity! {
    /// A theme as somebody raised it.
    ThemeId
}

identity! {
    /// Themes that belong together.
    GatheredId
}

identity! {
    /// A line of the improvement log.
    ImprovementId
}

/// In which work a theme was met. No finer: on rare work a theme would say by itself in whose group it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// No single intervention.
    General,
    /// Video Interaction Guidance.
    Vig,
    /// Another intervention.
    Other,
}

impl Work {
    /// All of it, in the order in which the form offers it.
    pub const ALL: [Self; 3] = [Self::General, Self::Vig, Self::Other];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "Parent-infant work in general",
            Self::Vig => "Video Interaction Guidance (VIG)",
            Self::Other => "Another intervention",
        }
    }

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Vig => "vig",
            Self::Other => "other",
        }
    }

    /// The work of a word, if there is any.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|work| work.key() == key)
    }
}

/// What became of a gathered theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something to read or to use.
    Resource,
    /// Something to come to.
    Event,
    /// A change at the Centre, which stands in the improvement log.
    Improvement,
    /// Nothing for now, with a reason.
    SetAside,
}

impl Outcome {
    /// Every outcome, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Resource, Self::Event, Self::Improvement, Self::SetAside];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resource => "A resource",
            Self::Event => "An event",
            Self::Improvement => "A change at the Centre",
            Self::SetAside => "Set aside for now",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Event => "event",
            Self::Improvement => "improvement",
            Self::SetAside => "set_aside",
        }
    }

    /// The outcome of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// Fewer groups than that are told to nobody but coordinators, since they could point to one of them.
const FEWEST: i64 = 5;

/// In how many groups something was met, as everybody may read it: "12 groups", "fewer than 5 groups".
pub fn groups_told(groups: i64) -> String {
    if groups < FEWEST { format!("fewer than {FEWEST} groups") } else { format!("{groups} groups") }
}

/// A number of groups that may be told, and nought in the place of one that is too small.
pub const fn at_least_fewest(groups: i64) -> i64 {
    if groups < FEWEST { 0 } else { groups }
}

/// The same for coordinators, exactly: "1 group".
pub fn groups_exactly(groups: i64) -> String {
    if groups == 1 { "1 group".to_owned() } else { format!("{groups} groups") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_time_to_ask_a_year_after_the_last_answer_could_be_given() {
        let today = "2026-10-22".parse().unwrap();
        assert!(is_time_to_ask("2025-10-21".parse().unwrap(), today));
        assert!(!is_time_to_ask("2025-10-22".parse().unwrap(), today) && !is_time_to_ask("2026-11-05".parse().unwrap(), today));
    }

    #[test]
    fn few_groups_are_not_counted_out() {
        assert_eq!([1, 4, 5, 12].map(groups_told), ["fewer than 5 groups", "fewer than 5 groups", "5 groups", "12 groups"]);
        assert_eq!([1, 4].map(groups_exactly), ["1 group", "4 groups"]);
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::of_key(outcome.key()), Some(outcome));
        }
    }
}
