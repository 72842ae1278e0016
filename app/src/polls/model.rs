//! Times and answers, and how they are said.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::ui::{day_month_year, time_range};

identity! {
    /// A poll.
    PollId
}

/// What kind of times are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum PollKind {
    /// Times of a week, for a series.
    Weekly,
    /// Single dates.
    Dates,
}

impl PollKind {
    /// The word in the database, in forms and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Dates => "dates",
        }
    }

    /// The kind of a word; anything else asks for times of a week.
    pub fn of_key(key: &str) -> Self {
        if key == Self::Dates.key() { Self::Dates } else { Self::Weekly }
    }
}

/// How a time suits somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It suits.
    Yes,
    /// It can be made to suit.
    IfNeedBe,
    /// It does not.
    No,
}

impl Answer {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::IfNeedBe, Self::No];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::IfNeedBe => "If need be",
            Self::No => "No",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::IfNeedBe => "if_need_be",
            Self::No => "no",
        }
    }

    /// The answer of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }
}

/// The most times that one poll offers.
pub const MOST_TIMES: usize = 20;

/// A time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Its place in the poll, counted from one.
    pub place: i64,
    /// When it begins; of the times of a week, the first.
    pub starts: NaiveDateTime,
}

/// What a poll is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Times of a week, or dates.
    pub kind: PollKind,
    /// How long a session would last.
    pub length_minutes: i64,
    /// Weeks from one session to the next.
    pub every_weeks: i64,
    /// When it closes, or has closed.
    pub closes_at: DateTime<Utc>,
}

impl Subject {
    /// "Thursday, 10:00 to 11:30", "Thursday 22 October 2026, 10:00 to 11:30".
    pub fn words(&self, time: Time) -> String {
        let hours = time_range(time.starts, time.starts + TimeDelta::minutes(self.length_minutes));
        match self.kind {
            PollKind::Weekly => format!("{}, {hours}", time.starts.format("%A")),
            PollKind::Dates => format!("{}, {hours}", day_month_year(time.starts.date())),
        }
    }

    /// "every second week" of times of a week; nothing of dates.
    pub fn rhythm(&self) -> Option<String> {
        match (self.kind, self.every_weeks) {
            (PollKind::Dates, _) => None,
            (PollKind::Weekly, 1) => Some("every week".to_owned()),
            (PollKind::Weekly, 2) => Some("every second week".to_owned()),
            (PollKind::Weekly, weeks) => Some(format!("every {weeks} weeks")),
        }
    }

    /// Whether it can be answered.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        now < self.closes_at
    }

    /// The last day on which it can be answered.
    pub fn last_day(&self) -> NaiveDate {
        (::series::local(self.closes_at) - TimeDelta::milliseconds(1)).date()
    }
}

/// The moment at which a poll closes that can be answered on a day: the end of the day in the United Kingdom.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    ::series::instant((day + TimeDelta::days(1)).and_time(chrono::NaiveTime::MIN))
}

/// The first day from a date on that is the same day of the week as another.
pub fn first_from(date: NaiveDate, weekday: chrono::Weekday) -> NaiveDate {
    date.iter_days().take(7).find(|day| day.weekday() == weekday).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_can_be_answered_until_the_end_of_its_last_day() {
        let last_day: NaiveDate = "2026-10-24".parse().unwrap();
        let closes_at = end_of(last_day);
        assert_eq!(closes_at.to_rfc3339(), "2026-10-24T23:00:00+00:00");
        let subject = Subject { kind: PollKind::Weekly, length_minutes: 90, every_weeks: 2, closes_at };
        assert!(subject.is_open("2026-10-24T22:59:59Z".parse().unwrap()) && !subject.is_open(closes_at));
        assert_eq!(subject.last_day(), last_day);
    }

    #[test]
    fn a_time_is_said_by_its_day_of_the_week_or_by_its_date() {
        let time = Time { place: 1, starts: "2026-10-22T10:00:00".parse().unwrap() };
        let weekly = Subject { kind: PollKind::Weekly, length_minutes: 90, every_weeks: 2, closes_at: DateTime::UNIX_EPOCH };
        assert_eq!(weekly.words(time), "Thursday, 10:00 to 11:30");
        assert_eq!(weekly.rhythm().as_deref(), Some("every second week"));
        let dates = Subject { kind: PollKind::Dates, ..weekly };
        assert_eq!((dates.words(time).as_str(), dates.rhythm()), ("Thursday 22 October 2026, 10:00 to 11:30", None));
    }

    #[test]
    fn every_answer_is_found_by_its_key() {
        for answer in Answer::ALL {
            assert_eq!(Answer::of_key(answer.key()), Some(answer));
        }
        assert_eq!(Answer::of_key("perhaps"), None);
    }
}
