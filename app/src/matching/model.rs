//! What a round is, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::registration::Stream;

identity! {
    /// A matching round.
    RoundId
}

/// How far a round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Nobody works on it yet.
    Waiting,
    /// The engine works on it.
    Running,
    /// Its proposal is kept.
    Done,
    /// The engine could not read it.
    Failed,
}

impl RoundState {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting to begin",
            Self::Running => "Being worked on",
            Self::Done => "Proposed",
            Self::Failed => "Could not be worked on",
        }
    }

    /// Whether nothing more comes of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// What the score of a round is made of: each name in forms, with its words. What is taken off says so.
pub const WEIGHTS: [(&str, &str); 17] = [
    ("placed", "A place for somebody"),
    ("urgency", "Each step of urgency, from 0 to 100"),
    ("same_supervisor", "Staying with one’s supervisor"),
    ("preferred_time", "A preferred time"),
    ("open_group", "Opening a group (taken off)"),
    ("below_target", "Each person fewer than there should be (taken off)"),
    ("above_target", "Each person more than there should be (taken off)"),
    ("same_authority", "Local authority, alike or mixed (taken off)"),
    ("lone_novice", "Each person alone at level 1, in a profession, a language or a setting (taken off)"),
    ("extra_intervention", "Work with families, alike or mixed (taken off)"),
    ("level", "Level, alike or mixed (taken off)"),
    ("profession", "Profession, alike or mixed (taken off)"),
    ("language", "Language, alike or mixed (taken off)"),
    ("setting", "Setting, alike or mixed (taken off)"),
    ("together", "Each person who is without one with whom they are kept together (taken off)"),
    ("acquainted", "Each person who is with one whom they know from a group before (taken off)"),
    ("load_step", "Each further group of one supervisor (taken off)"),
];

/// What everything else is measured by, so that it stays as it is unless a number is entered.
pub const MEASURE: &str = "placed";

/// The most that one of them may be.
pub const LARGEST_WEIGHT: i64 = 10_000;

/// How much something counts beside what is usual: what a slider says in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It counts for nothing.
    NotAtAll,
    /// Half as much.
    Half,
    /// As much as it mostly does.
    AsUsual,
    /// Twice as much.
    Twice,
    /// Four times as much.
    FourTimes,
}

impl Strength {
    /// Every one, from the left of the slider to its right.
    pub const ALL: [Self; 5] = [Self::NotAtAll, Self::Half, Self::AsUsual, Self::Twice, Self::FourTimes];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAtAll => "Not at all",
            Self::Half => "Half",
            Self::AsUsual => "As usual",
            Self::Twice => "Twice",
            Self::FourTimes => "Four times",
        }
    }

    /// The points that it makes of the usual ones.
    pub const fn of(self, usual: i64) -> i64 {
        match self {
            Self::NotAtAll => 0,
            Self::Half => usual / 2,
            Self::AsUsual => usual,
            Self::Twice => usual * 2,
            Self::FourTimes => usual * 4,
        }
    }

    /// Its place on the slider, counted from nought.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default()
    }

    /// The one at a place.
    pub fn at(place: &str) -> Option<Self> {
        Self::ALL.get(place.parse::<usize>().ok()?).copied()
    }

    /// The one that makes these points of the usual ones, if one does.
    pub fn giving(points: i64, usual: i64) -> Option<Self> {
        [Self::AsUsual].into_iter().chain(Self::ALL).find(|one| one.of(usual) == points)
    }
}

/// What somebody has chosen that something is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A step of the slider.
    Step(Strength),
    /// So many points.
    Points(i64),
}

impl Weight {
    /// Its points, where it usually has so many.
    pub const fn of(self, usual: i64) -> i64 {
        match self {
            Self::Step(strength) => strength.of(usual),
            Self::Points(points) => points,
        }
    }
}

/// A hard rule that a round can do without, with a reason. Whatever is not named here holds in every round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Time between two groups of one supervisor.
    Pause,
    /// Whoever meets in person is of one region.
    Region,
    /// No group of fewer than three.
    Three,
}

impl Rule {
    /// Every one, in the order in which forms name them.
    pub const ALL: [Self; 3] = [Self::Pause, Self::Region, Self::Three];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Region => "region",
            Self::Three => "three",
        }
    }

    /// What it asks.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pause => "A quarter of an hour between two groups of one supervisor",
            Self::Region => "In person only with people of one’s own region",
            Self::Three => "At least three people in a group",
        }
    }

    /// What becomes possible without it.
    pub const fn without(self) -> &'static str {
        match self {
            Self::Pause => "One supervisor may lead two groups without a pause between them",
            Self::Region => "People of different regions may meet in person",
            Self::Three => "Two people are enough for a group",
        }
    }
}

/// How often the groups of a round meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MeetsEvery {
    /// In the first of two weeks, or in the second.
    #[default]
    Fortnight,
    /// In both of them, on the same day and at the same time.
    Week,
}

impl MeetsEvery {
    /// Each, in the order in which forms name them.
    pub const ALL: [Self; 2] = [Self::Fortnight, Self::Week];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fortnight => "fortnight",
            Self::Week => "week",
        }
    }

    /// The one of a word. Every round was fortnightly before there was a choice.
    pub fn of_key(key: &str) -> Option<Self> {
        if key.is_empty() { Some(Self::default()) } else { Self::ALL.into_iter().find(|one| one.key() == key) }
    }

    /// "Every fortnight".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fortnight => "Every fortnight",
            Self::Week => "Every week",
        }
    }

    /// The weeks between two sessions of a group, and so those of the cycle in which a round thinks.
    pub const fn weeks(self) -> u8 {
        match self {
            Self::Fortnight => 2,
            Self::Week => 1,
        }
    }

    /// How often a group meets in two weeks.
    pub const fn times_in_two_weeks(self) -> i64 {
        match self {
            Self::Fortnight => 1,
            Self::Week => 2,
        }
    }
}

/// Who stays where they are when a round is run again. Whoever is pinned always does, and whoever was asked and has not declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Stay {
    /// Everybody who has a place in a group that breaks no rule.
    Everybody,
    /// Nobody else.
    Pinned,
}

impl Stay {
    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Pinned => "pinned",
        }
    }

    /// The one of a word. Nobody is moved because a form says nothing.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "" | "everybody" => Some(Self::Everybody),
            "pinned" => Some(Self::Pinned),
            _ => None,
        }
    }
}

/// What is supposed of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supposed {
    /// So many more supervisors for a kind of group.
    Supervisors { stream: Stream, count: i64 },
    /// Everybody is free in the evening too.
    Evenings,
    /// Every authority takes part.
    EveryAuthority,
}

impl Supposed {
    /// The words that a person reads.
    pub fn name(self) -> String {
        match self {
            Self::Supervisors { stream, count: 1 } => format!("One more supervisor: {}", stream.name()),
            Self::Supervisors { stream, count } => format!("{count} more supervisors: {}", stream.name()),
            Self::Evenings => "Evenings from 17:00 to 20:00 for everybody".to_owned(),
            Self::EveryAuthority => "All 75 authorities".to_owned(),
        }
    }
}

/// The most supervisors that can be supposed.
pub const MOST_SUPPOSED: i64 = 20;

/// In which part somebody is in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// They ask for a place.
    Practitioner,
    /// They lead.
    Supervisor,
}

/// What a coordinator does with a board by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Moves somebody.
    Move,
    /// Says that somebody stays where they are when the round is run again.
    Pin,
    /// Takes that back.
    Unpin,
    /// Gives a place beside a supervisor to somebody, or to nobody.
    Beside,
    /// Takes back the last change that stands.
    TakeBack,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_a_slider_is_found_by_its_points_and_the_usual_one_before_others() {
        for strength in Strength::ALL {
            assert_eq!(Strength::giving(strength.of(60), 60), Some(strength));
            assert_eq!(Strength::at(&strength.place().to_string()), Some(strength));
        }
        assert_eq!(Strength::giving(90, 60), None);
        assert_eq!(Strength::giving(0, 0), Some(Strength::AsUsual));
        assert_eq!((Strength::at("5"), Strength::at("-1"), Strength::at("")), (None, None, None));
    }
}
