//! When supervision is due, and how that is said.

use chrono::{Days, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::groups::{GroupKind, in_words, within_sentence};
use crate::people::PersonName;
use crate::ui::{day_and_month, day_month_year};

/// How long a session may wait for its attendance to be finished before anybody is called overdue.
const FOR_MARKING: TimeDelta = TimeDelta::days(7);

/// Somebody whose supervision in a group is overdue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Who.
    pub person: PersonName,
    /// "Bradford", or empty.
    pub authority: String,
    /// "Aire group".
    pub group_name: String,
    /// The group's part of the address.
    pub group_slug: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// How far apart its sessions are, as promised.
    pub promise: Promise,
    /// The day of the last session that they attended.
    pub last_on: Option<NaiveDate>,
    /// The day on which the next was due.
    pub due_on: NaiveDate,
    /// The day of the next that is planned and for which they have not sent apologies.
    pub next_on: Option<NaiveDate>,
    /// The day on which this is so.
    pub today: NaiveDate,
}

/// Those who are overdue, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueList {
    /// This part of the list, those first who have waited longest.
    pub lines: Vec<Overdue>,
    /// Which part it is, counted from one.
    pub page: i64,
    /// How many there are in all.
    pub total: i64,
    /// How many of them have nothing planned.
    pub without_next: i64,
}

/// How many lines one part of the list has.
pub const LINES_ON_A_PAGE: i64 = 25;

/// Which part of the list is asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OverduePart {
    /// Counted from one.
    pub page: String,
}

/// How far apart sessions are promised to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Promise {
    /// So many weeks.
    Weeks(u32),
    /// So many months.
    Months(u32),
}

impl Promise {
    /// The most days that can lie between two sessions: five weeks between two that are held on the same day of each month.
    fn days_between(self) -> Days {
        let weeks = match self {
            Self::Weeks(every) => every,
            Self::Months(every) => every.saturating_mul(9).div_ceil(2),
        };
        Days::new(u64::from(weeks) * 7)
    }
}

/// What somebody has had in a group, and what is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Had {
    /// The day of the last session that they attended.
    pub last: Option<NaiveDate>,
    /// The day of the first session since they joined.
    pub first: Option<NaiveDate>,
    /// The day of the next that is planned.
    pub next: Option<NaiveDate>,
    /// Since when they are promised sessions: the day on which the agreement came into force, or on which they joined after that.
    pub promised_since: Option<NaiveDate>,
}

/// The day on which somebody's next session was due: as long as is promised after the last that they attended, or the first since they joined. Where
/// a group has had no session and none is planned, the promise counts from the day on which it was made.
pub fn due_on(had: Had, promise: Promise) -> Option<NaiveDate> {
    let after = |day: NaiveDate| day.checked_add_days(promise.days_between());
    let promised = had.promised_since.filter(|_| had.next.is_none());
    had.last.and_then(after).or(had.first).or(promised.and_then(after))
}

/// Whether a session that was due on a day is overdue on another.
pub fn is_overdue(due_on: NaiveDate, today: NaiveDate) -> bool {
    today.signed_duration_since(due_on) > FOR_MARKING
}

impl Overdue {
    /// For how many days a session has been due.
    pub fn days(&self) -> i64 {
        self.today.signed_duration_since(self.due_on).num_days()
    }

    /// "8 days", "three weeks".
    pub fn by_how_much(&self) -> String {
        match self.days() {
            days @ ..14 => format!("{days} days"),
            days => format!("{} weeks", in_words(usize::try_from(days / 7).unwrap_or_default())),
        }
    }

    /// "every week", "every second week", "every 6 weeks", "every month".
    pub fn promise_in_words(&self) -> String {
        let (every, unit) = match self.promise {
            Promise::Weeks(every) => (every, "week"),
            Promise::Months(every) => (every, "month"),
        };
        match every {
            1 => format!("every {unit}"),
            2 => format!("every second {unit}"),
            3 => format!("every third {unit}"),
            4 => format!("every fourth {unit}"),
            more => format!("every {more} {unit}s"),
        }
    }

    /// What the person is told: calm, and whose turn it is.
    pub fn sentence(&self) -> String {
        let group = within_sentence(&self.group_name);
        let last = match self.last_on {
            Some(day) => format!("You were last at a session of {group} on {}", day_and_month(day)),
            None => format!("You have not been at a session of {group} yet"),
        };
        let next = match self.next_on {
            Some(day) => format!("Your next is on {}.", day_month_year(day)),
            None => "None is planned for you yet; the Centre’s coordinator sees this too, and can help.".to_owned(),
        };
        format!("{last}; it is to meet {}. {next}", self.promise_in_words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORTNIGHTLY: Promise = Promise::Weeks(2);

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn supervision_is_due_one_rhythm_after_the_last_that_was_attended() {
        let had = |last: Option<&str>, first: Option<&str>| Had { last: last.map(date), first: first.map(date), ..Had::default() };
        assert_eq!(due_on(had(Some("2026-10-01"), Some("2026-04-02")), FORTNIGHTLY), Some(date("2026-10-15")));
        assert_eq!(due_on(had(None, Some("2026-10-01")), FORTNIGHTLY), Some(date("2026-10-01")));
        assert_eq!(due_on(Had::default(), FORTNIGHTLY), None);
        // The second Tuesdays of September and October 2026 are five weeks apart.
        assert_eq!(due_on(had(Some("2026-09-08"), None), Promise::Months(1)), Some(date("2026-10-13")));
    }

    #[test]
    fn where_nothing_was_held_and_nothing_is_planned_the_promise_counts_from_its_day() {
        let promised = Had { promised_since: Some(date("2026-09-01")), ..Had::default() };
        assert_eq!(due_on(promised, FORTNIGHTLY), Some(date("2026-09-15")));
        assert_eq!(due_on(Had { next: Some(date("2026-11-05")), ..promised }, FORTNIGHTLY), None);
        assert_eq!(due_on(Had { first: Some(date("2026-10-01")), ..promised }, FORTNIGHTLY), Some(date("2026-10-01")));
    }

    #[test]
    fn it_is_overdue_when_a_week_for_marking_has_passed_as_well() {
        assert!(!is_overdue(date("2026-10-15"), date("2026-10-22")));
        assert!(is_overdue(date("2026-10-14"), date("2026-10-22")));
        assert!(!is_overdue(date("2026-10-29"), date("2026-10-22")));
    }

    #[test]
    fn somebody_is_told_calmly_when_they_were_last_there_and_what_comes() {
        let overdue = Overdue {
            person: PersonName { code: String::new(), short: "Amina R.".to_owned(), initials: "AR".to_owned() },
            authority: String::new(),
            group_name: "Aire group".to_owned(),
            group_slug: "aire".to_owned(),
            kind: GroupKind::Group,
            promise: FORTNIGHTLY,
            last_on: Some(date("2026-09-17")),
            due_on: date("2026-10-01"),
            next_on: Some(date("2026-10-29")),
            today: date("2026-10-22"),
        };
        assert_eq!(
            overdue.sentence(),
            "You were last at a session of Aire group on Thursday 17 September; it is to meet every second week. Your next is on Thursday 29 October 2026."
        );
        assert_eq!(overdue.by_how_much(), "three weeks");
        let never = Overdue { last_on: None, next_on: None, due_on: date("2026-10-10"), ..overdue };
        assert!(never.sentence().starts_with("You have not been at a session of Aire group yet;"));
        assert_eq!(never.by_how_much(), "12 days");
    }
}
