//! Kinds of event, answers, and how places and times are said.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::availability::KeepReason;
use crate::identity::identity;

identity! {
    /// An event.
    EventId
}

/// What an event is called in somebody's own calendar, unless they chose otherwise.
pub const NEUTRAL_TITLE: &str = "Event at the Centre";

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody speaks, and others ask.
    Webinar,
    /// A paper that all have read is talked over.
    JournalClub,
    /// A book is read together, a part at a time.
    ReadingCircle,
    /// A whole or half a day of learning.
    TrainingDay,
}

impl EventKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Webinar, Self::JournalClub, Self::ReadingCircle, Self::TrainingDay];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Webinar => "Webinar",
            Self::JournalClub => "Journal club",
            Self::ReadingCircle => "Reading circle",
            Self::TrainingDay => "Training day",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Webinar => "webinar",
            Self::JournalClub => "journal_club",
            Self::ReadingCircle => "reading_circle",
            Self::TrainingDay => "training_day",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What somebody has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They come, and have a place.
    Yes,
    /// They would come, and wait for a place.
    Waiting,
    /// They do not come.
    No,
}

/// What somebody does about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// They would like to come.
    Come,
    /// They do not come.
    StayAway,
    /// They have not answered after all.
    TakeBack,
}

impl Wish {
    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Come => "come",
            Self::StayAway => "stay_away",
            Self::TakeBack => "take_back",
        }
    }

    /// The wish of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Come, Self::StayAway, Self::TakeBack].into_iter().find(|wish| wish.key() == key)
    }
}

/// Why an event is cancelled. A list, since free text could hold what belongs to somebody's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum CancelledBecause {
    /// Whoever hosts it or speaks at it is away or unwell; which of them, and why, is nobody's business.
    LeaderAway,
    /// Too few people can come.
    TooFew,
    /// The room or the place cannot be used.
    NoRoom,
    /// It is planned for another time.
    AnotherTime,
}

impl CancelledBecause {
    /// Every reason, in the order in which the form offers them.
    pub const ALL: [Self; 4] = [Self::LeaderAway, Self::TooFew, Self::NoRoom, Self::AnotherTime];

    /// The words that everybody who answered is told.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeaderAway => "Those who were to lead it cannot be there",
            Self::TooFew => "Too few people can come",
            Self::NoRoom => "The room cannot be used",
            Self::AnotherTime => "It is planned for another time",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LeaderAway => "leader_away",
            Self::TooFew => "too_few",
            Self::NoRoom => "no_room",
            Self::AnotherTime => "another_time",
        }
    }

    /// The reason of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// Why somebody hosts an event although they are not quite free then: the reasons that hold of an event too, and their words.
pub const HOST_REASONS: [(KeepReason, &str); 3] =
    [(KeepReason::Agreed, "They have agreed to it"), (KeepReason::OnlyOnce, "It is only this once"), (KeepReason::Other, "Another reason")];

/// When answers close: how many hours before the beginning, and the words.
pub const CLOSINGS: [(i64, &str); 5] =
    [(0, "When it begins"), (2, "2 hours before"), (24, "A day before"), (72, "3 days before"), (168, "A week before")];

/// The moment after which nobody can say any more that they come.
pub fn closes_at(starts_at: DateTime<Utc>, closes_hours: i64) -> DateTime<Utc> {
    starts_at - TimeDelta::hours(closes_hours)
}

/// "3 of 30 places left", "Full", "A place for everybody".
pub fn places_in_words(capacity: Option<i64>, coming: i64) -> String {
    match capacity {
        None => "A place for everybody".to_owned(),
        Some(capacity) if coming >= capacity => "Full".to_owned(),
        Some(1) => "1 place".to_owned(),
        Some(capacity) => format!("{} of {capacity} places left", capacity - coming),
    }
}

/// "1 person is coming", "12 people are coming".
pub fn people_in_words(people: i64) -> String {
    match people {
        0 => "Nobody has said yet that they are coming".to_owned(),
        1 => "1 person is coming".to_owned(),
        more => format!("{more} people are coming"),
    }
}

/// "1 person had a place", "12 people had a place".
pub fn had_places_in_words(people: i64) -> String {
    match people {
        0 => "Nobody had a place".to_owned(),
        1 => "1 person had a place".to_owned(),
        more => format!("{more} people had a place"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_by_its_key() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::of_key(kind.key()), Some(kind));
        }
        for reason in CancelledBecause::ALL {
            assert_eq!(CancelledBecause::of_key(reason.key()), Some(reason));
        }
        for wish in [Wish::Come, Wish::StayAway, Wish::TakeBack] {
            assert_eq!(Wish::of_key(wish.key()), Some(wish));
        }
        assert_eq!((EventKind::of_key("party"), Wish::of_key("")), (None, None));
    }

    #[test]
    fn places_are_said_in_words_and_more_than_all_are_all() {
        let said = [(None, 400), (Some(30), 27), (Some(30), 30), (Some(2), 3), (Some(1), 0)]
            .map(|(capacity, coming)| places_in_words(capacity, coming));
        assert_eq!(said, ["A place for everybody", "3 of 30 places left", "Full", "Full", "1 place"]);
    }
}
