//! Kinds of group and ways to meet.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::ui::lower_first;

identity! {
    /// A supervision group.
    GroupId
}

/// What kind of supervision a group is for: its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A group of three to eight; four to six are best.
    Group,
    /// Two supervisees and a supervisor.
    Pair,
    /// One supervisee and a supervisor.
    OneToOne,
    /// Video Interaction Guidance supervision.
    Vig,
    /// Supervision of supervisors.
    Supervisors,
    /// A group that reflects on its practice together, without turns of supervision.
    Reflective,
    /// Sessions without standing members: whoever wants to come books a place at one of them.
    OpenClinic,
}

impl GroupKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 7] = [Self::Group, Self::Pair, Self::OneToOne, Self::Vig, Self::Supervisors, Self::Reflective, Self::OpenClinic];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Group => "Group",
            Self::Pair => "Pair",
            Self::OneToOne => "One-to-one",
            Self::Vig => "VIG supervision",
            Self::Supervisors => "Supervisors’ group",
            Self::Reflective => "Reflective practice group",
            Self::OpenClinic => "Open clinic",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Pair => "pair",
            Self::OneToOne => "one_to_one",
            Self::Vig => "vig",
            Self::Supervisors => "supervisors",
            Self::Reflective => "reflective",
            Self::OpenClinic => "open_clinic",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The word in the address of a calendar: `?show=group,vig`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Pair => "pair",
            Self::OneToOne => "one",
            Self::Vig => "vig",
            Self::Supervisors => "own",
            Self::Reflective => "reflective",
            Self::OpenClinic => "clinic",
        }
    }

    /// How many places it may have, without the supervisor.
    pub const fn places(self) -> RangeInclusive<i64> {
        match self {
            Self::Pair => 2..=2,
            Self::OneToOne => 1..=1,
            // Given to one person, or to a group.
            Self::Vig => 1..=6,
            Self::Group | Self::Reflective => 3..=MOST_PLACES,
            Self::Supervisors | Self::OpenClinic => 1..=MOST_PLACES,
        }
    }

    /// "from 3 to 8 places", "2 places", "one place".
    pub fn places_in_words(self) -> String {
        match self.places().into_inner() {
            (1, 1) => "one place".to_owned(),
            (least, most) if least == most => format!("{most} places"),
            (least, most) => format!("from {least} to {most} places"),
        }
    }

    /// Whether people belong to it, and come to all of its sessions; at an open clinic they book a place at one.
    pub const fn has_members(self) -> bool {
        !matches!(self, Self::OpenClinic)
    }

    /// Whether its kind alone is its title where no person may be named: supervision of one person has no name of its own.
    pub const fn is_named_by_kind(self) -> bool {
        matches!(self, Self::OneToOne | Self::Vig)
    }

    /// The `data-kind` that colours it (design, 3.2).
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Group | Self::Reflective => "group",
            Self::Pair | Self::OneToOne => "one",
            Self::Vig => "vig",
            Self::Supervisors => "own",
            Self::OpenClinic => "event",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Group | Self::Pair => "users-round",
            Self::OneToOne => "user-round",
            Self::Vig => "clapperboard",
            Self::Supervisors => "layers",
            Self::Reflective => "messages-square",
            Self::OpenClinic => "book-open",
        }
    }
}

/// "4 of 6 places taken", "All 6 places taken"; where there is one alone, "The place is taken".
#[cfg(feature = "ssr")]
pub fn places_taken_in_words(taken: usize, places: i64) -> String {
    match (i64::try_from(taken).unwrap_or(i64::MAX), places) {
        (0, 1) => "The place is free".to_owned(),
        (_, 1) => "The place is taken".to_owned(),
        (taken, places) if taken >= places => format!("All {places} places taken"),
        (taken, places) => format!("{taken} of {places} places taken"),
    }
}

/// The name of a group, or of a session, within a sentence: "Aire group" as it stands, and one that says what it is begins small there, as in "the agreement of
/// one-to-one supervision".
pub fn within_sentence(name: &str) -> String {
    let kinds = [GroupKind::OneToOne, GroupKind::Supervisors, GroupKind::Reflective, GroupKind::OpenClinic];
    let is_said = kinds.map(GroupKind::name).iter().chain(&["Supervision"]).any(|words| name.starts_with(words));
    if is_said { lower_first(name) } else { name.to_owned() }
}

/// The most places that any kind has, also in the database.
pub const MOST_PLACES: i64 = 8;

/// How a group meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MeetingMode {
    /// In the outside room whose address the group has.
    Online,
    /// At a place.
    InPerson,
}

impl MeetingMode {
    /// Every mode, in the order in which forms offer them.
    pub const ALL: [Self; 2] = [Self::Online, Self::InPerson];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "Online",
            Self::InPerson => "In person",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::InPerson => "in_person",
        }
    }

    /// The mode of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.key() == key)
    }
}

/// Why the Centre cancels a session. A list, since free text could hold what belongs to somebody's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The supervisor is away or unwell; which of the two is nobody's business.
    SupervisorAway,
    /// Too few members are able to come.
    TooFew,
    /// The room, the place or the line is not to be had.
    NowhereToMeet,
    /// The Centre is closed.
    CentreClosed,
    /// Anything else.
    Other,
    /// The series was changed and has no date in its place any more. Nobody chooses this: it comes with the change.
    NoDate,
    /// The group meets no more. Nobody chooses this for a session: it comes with the end of its group.
    GroupEnded,
}

impl CancelReason {
    /// Every reason that can be chosen for one session, in the order in which the form offers them.
    pub const OFFERED: [Self; 5] = [Self::SupervisorAway, Self::TooFew, Self::NowhereToMeet, Self::CentreClosed, Self::Other];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SupervisorAway => "The supervisor cannot come",
            Self::TooFew => "Too few people can come",
            Self::NowhereToMeet => "There is nowhere to meet",
            Self::CentreClosed => "The Centre is closed",
            Self::Other => "Another reason",
            Self::NoDate => "The series has no date in its place any more",
            Self::GroupEnded => "The group has ended",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SupervisorAway => "supervisor_away",
            Self::TooFew => "too_few",
            Self::NowhereToMeet => "nowhere_to_meet",
            Self::CentreClosed => "centre_closed",
            Self::Other => "other",
            Self::NoDate => ::series::timetable::NO_DATE,
            Self::GroupEnded => "group_ended",
        }
    }

    /// The reason of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::OFFERED.into_iter().chain([Self::NoDate, Self::GroupEnded]).find(|reason| reason.key() == key)
    }
}

/// What somebody is to a group; the closest relation where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Leads it.
    Supervisor,
    /// Is supervised in it.
    Member,
    /// Neither, but manages every group of the Centre.
    Manager,
}

/// The part of an address that a name gives: "Aire group" is found at `/groups/aire`.
///
/// Letters and figures are kept in lower case, everything between them becomes one hyphen, and the word "group" at the end is left out,
/// since the address says it already. A name without a letter gives `group`, and no group stands where a new one is made.
pub fn slug_of_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '’' && letter != '\'')
        .map(|word| word.replace(['’', '\''], "").to_ascii_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let named = match words.split_last() {
        Some((last, before)) if last == "group" && !before.is_empty() => before,
        _ => &words,
    };
    match named.join("-") {
        slug if slug.is_empty() => "group".to_owned(),
        slug if slug == "new" => "new-group".to_owned(),
        slug => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_for_cancelling_is_found_by_its_key() {
        for reason in CancelReason::OFFERED.into_iter().chain([CancelReason::GroupEnded]) {
            assert_eq!(CancelReason::of_key(reason.key()), Some(reason));
        }
        assert_eq!(CancelReason::of_key("a headache"), None);
    }

    #[test]
    fn a_name_that_says_what_it_is_begins_small_within_a_sentence() {
        for (name, within) in [
            ("Aire group", "Aire group"),
            ("VIG supervision", "VIG supervision"),
            ("One-to-one supervision", "one-to-one supervision"),
            ("Supervision, Thursday 22 October", "supervision, Thursday 22 October"),
            ("Supervisors’ group", "supervisors’ group"),
            ("", ""),
        ] {
            assert_eq!(within_sentence(name), within);
        }
    }

    #[test]
    fn every_kind_is_found_by_its_key_has_words_of_its_own_and_fits_what_is_stored() {
        for kind in GroupKind::ALL {
            assert_eq!(GroupKind::of_key(kind.key()), Some(kind));
            let same = |other: &GroupKind| other.name() == kind.name() || other.word() == kind.word();
            assert_eq!(GroupKind::ALL.iter().filter(|other| same(other)).count(), 1);
            assert!(*kind.places().start() >= 1 && *kind.places().end() <= MOST_PLACES);
        }
        assert_eq!(GroupKind::Group.places_in_words(), "from 3 to 8 places");
        assert_eq!(GroupKind::OneToOne.places_in_words(), "one place");
    }

    #[test]
    fn how_many_places_are_taken_is_said_in_words_also_of_one_alone() {
        let said = [(0, 6), (4, 6), (6, 6), (7, 6), (0, 1), (1, 1)].map(|(taken, places)| places_taken_in_words(taken, places));
        let words = [
            "0 of 6 places taken",
            "4 of 6 places taken",
            "All 6 places taken",
            "All 6 places taken",
            "The place is free",
            "The place is taken",
        ];
        assert_eq!(said, words);
    }

    #[test]
    fn a_slug_can_be_guessed_from_the_name() {
        assert_eq!(slug_of_name("Aire group"), "aire");
        assert_eq!(slug_of_name("Supervisors’ group 2"), "supervisors-group-2");
        assert_eq!(slug_of_name("  Upper  Derwent "), "upper-derwent");
        assert_eq!(slug_of_name("Group"), "group");
        assert_eq!(slug_of_name("…"), "group");
        assert_eq!(slug_of_name("New group"), "new-group");
    }
}
