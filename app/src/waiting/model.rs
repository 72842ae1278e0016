//! What somebody waits for, and where they stand.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::availability::weekday_name;
use crate::groups::MeetingMode;
use crate::identity::identity;
use crate::ui::and;

identity! {
    /// An offer of a place.
    OfferId
}

/// How soon supervision is needed, by the words in which authorities say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// At once: there is no supervision now.
    Now,
    /// Within three months.
    ThreeMonths,
    /// In three to six months.
    SixMonths,
    /// In six to twelve months.
    Year,
    /// Later than that.
    Later,
}

impl Urgency {
    /// Every degree, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Now, Self::ThreeMonths, Self::SixMonths, Self::Year, Self::Later];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Now => "Now: there is no supervision",
            Self::ThreeMonths => "Within 3 months",
            Self::SixMonths => "In 3 to 6 months",
            Self::Year => "In 6 to 12 months",
            Self::Later => "Later",
        }
    }

    /// The word in forms and addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::ThreeMonths => "within-3-months",
            Self::SixMonths => "within-6-months",
            Self::Year => "within-12-months",
            Self::Later => "later",
        }
    }

    /// The degree of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.key() == key)
    }

    /// The number in the database, by which lists are ordered: 1 is now.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Now => 1,
            Self::ThreeMonths => 2,
            Self::SixMonths => 3,
            Self::Year => 4,
            Self::Later => 5,
        }
    }

    /// The degree of a number. The table's own check lets no other through.
    pub fn of_rank(rank: i64) -> Self {
        Self::ALL.into_iter().find(|urgency| urgency.rank() == rank).unwrap_or(Self::Later)
    }
}

/// How somebody would meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Online alone.
    Online,
    /// In person alone.
    InPerson,
    /// Whichever there is.
    Either,
}

impl Way {
    /// Every way, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Online, Self::InPerson, Self::Either];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "Online",
            Self::InPerson => "In person",
            Self::Either => "Online or in person",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::InPerson => "in_person",
            Self::Either => "either",
        }
    }

    /// The way of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }

    /// Whether a group that meets so would do.
    pub const fn suits(self, mode: MeetingMode) -> bool {
        matches!((self, mode), (Self::Either, _) | (Self::Online, MeetingMode::Online) | (Self::InPerson, MeetingMode::InPerson))
    }
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Until 12:00.
    Morning,
    /// From 12:00 to 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

impl PartOfDay {
    /// Every part, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The part in which a session begins.
    pub fn of(time: NaiveTime) -> Self {
        match time.hour() {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// The word in the database and in forms, and what a person reads.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }
}

/// A part of a weekday, every week: "Thursday mornings".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartOfWeek {
    /// The day.
    pub weekday: Weekday,
    /// Which part of it.
    pub part: PartOfDay,
}

impl PartOfWeek {
    /// The days that can be asked for.
    pub const DAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

    /// The part of the week in which a session begins, on the clocks of the United Kingdom.
    pub fn of(starts: NaiveDateTime) -> Self {
        Self { weekday: starts.weekday(), part: PartOfDay::of(starts.time()) }
    }

    /// The word in the database and in forms: "thursday-morning".
    pub fn key(self) -> String {
        format!("{}-{}", weekday_name(self.weekday).to_lowercase(), self.part.word())
    }

    /// The part of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        let parts = Self::DAYS.into_iter().flat_map(|weekday| PartOfDay::ALL.map(|part| Self { weekday, part }));
        parts.into_iter().find(|part| part.key() == key)
    }
}

impl std::fmt::Display for PartOfWeek {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}s", weekday_name(self.weekday), self.part.word())
    }
}

/// "Monday mornings, Thursday mornings and afternoons"; the keys are in the order of the week.
pub fn times_in_words(keys: &[String]) -> String {
    let parts: Vec<PartOfWeek> = keys.iter().filter_map(|key| PartOfWeek::of_key(key)).collect();
    let days = PartOfWeek::DAYS.into_iter().filter_map(|weekday| {
        let words: Vec<String> = parts.iter().filter(|part| part.weekday == weekday).map(|part| format!("{}s", part.part.word())).collect();
        (!words.is_empty()).then(|| format!("{} {}", weekday_name(weekday), and(&words)))
    });
    days.collect::<Vec<_>>().join(", ")
}

/// The part of the week in which a group usually meets: that of most of its next sessions, the earliest where several are as many.
pub fn usual_part(starts: &[NaiveDateTime]) -> Option<PartOfWeek> {
    let parts: Vec<PartOfWeek> = starts.iter().copied().map(PartOfWeek::of).collect();
    let count = |part: &PartOfWeek| parts.iter().filter(|other| *other == part).count();
    let most = parts.iter().map(count).max()?;
    parts.iter().copied().find(|part| count(part) == most)
}

/// How many working days an offer holds a place.
const WORKING_DAYS_HELD: u8 = 5;

/// Until when a place is held that is offered now: 17:00 on the fifth working day.
pub fn hold_until(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = ::series::working_days_after(::series::local(now).date(), WORKING_DAYS_HELD);
    ::series::instant(day.and_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default()))
}

/// For how many days somebody has waited.
pub fn days_since(since: DateTime<Utc>, today: NaiveDate) -> i64 {
    today.signed_duration_since(::series::local(since).date()).num_days().max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn keys(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_word_of_a_form_is_found_by_its_key() {
        for urgency in Urgency::ALL {
            assert_eq!((Urgency::of_key(urgency.key()), Urgency::of_rank(urgency.rank())), (Some(urgency), urgency));
        }
        for way in Way::ALL {
            assert_eq!(Way::of_key(way.key()), Some(way));
        }
        assert_eq!(PartOfWeek::of_key("thursday-morning").unwrap().to_string(), "Thursday mornings");
        assert_eq!(PartOfWeek::of_key("sunday-morning"), None);
    }

    #[test]
    fn times_are_said_day_by_day() {
        let times = keys(&["monday-morning", "thursday-morning", "thursday-afternoon"]);
        assert_eq!(times_in_words(&times), "Monday mornings, Thursday mornings and afternoons");
    }

    #[test]
    fn a_group_meets_when_most_of_its_next_sessions_are() {
        let starts = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<NaiveDateTime>>();
        // The first of them was moved.
        let usual = usual_part(&starts(&["2026-10-23T14:00:00", "2026-10-29T10:00:00", "2026-11-05T10:00:00"]));
        assert_eq!(usual.unwrap().key(), "thursday-morning");
        assert_eq!(usual_part(&[]), None);
    }

    #[test]
    fn a_place_is_held_for_five_working_days() {
        // From a Thursday in summer time to the Thursday after, in winter time.
        assert_eq!(hold_until(at("2026-10-22T08:00:00Z")), at("2026-10-29T17:00:00Z"));
        // Over Christmas: the 25th and the 28th are bank holidays.
        assert_eq!(hold_until(at("2026-12-23T08:00:00Z")), at("2027-01-04T17:00:00Z"));
    }
}
