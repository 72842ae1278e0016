//! When people are reminded.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Problem};

/// How many hours before a session somebody is reminded, twice at most. Nought is never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// The first.
    pub first_hours: i64,
    /// The second.
    pub second_hours: i64,
}

/// What holds for whoever has chosen nothing: a week and a day before.
pub const USUAL: Reminders = Reminders { first_hours: 7 * 24, second_hours: 24 };

/// What can be chosen for the first reminder: the hours, and the words.
pub const FIRST: [(i64, &str); 4] =
    [(14 * 24, "Two weeks before"), (7 * 24, "A week before"), (3 * 24, "Three days before"), (0, "Not at all")];

/// What can be chosen for the second.
pub const SECOND: [(i64, &str); 4] = [(48, "Two days before"), (24, "A day before"), (2, "Two hours before"), (0, "Not at all")];

impl Reminders {
    /// Whether somebody who chose this is reminded so many hours before.
    pub const fn has(self, hours: i64) -> bool {
        hours > 0 && (self.first_hours == hours || self.second_hours == hours)
    }
}

/// Every number of hours that can be chosen.
pub fn every_lead() -> impl Iterator<Item = i64> {
    FIRST.into_iter().chain(SECOND).map(|(hours, _)| hours).filter(|hours| *hours > 0)
}

/// Between which beginnings the sessions lie of which it is time, at a moment, to remind so many hours before.
///
/// The time is over when half of it has passed: a reminder of next week, written on the eve, would say nothing that the other does not.
pub fn timely(hours: i64, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    (now + TimeDelta::minutes(hours * 30), now + TimeDelta::hours(hours))
}

/// What the form sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemindersForm {
    /// Hours before a session, as a number.
    pub first: String,
    /// The same for the second reminder.
    pub second: String,
}

impl RemindersForm {
    /// The choice, where each is one of those that were offered.
    pub fn check(&self) -> Result<Reminders, AppError> {
        let offered = |entered: &str, offers: [(i64, &str); 4]| {
            offers.into_iter().map(|(hours, _)| hours).find(|hours| entered.parse() == Ok(*hours))
        };
        match (offered(&self.first, FIRST), offered(&self.second, SECOND)) {
            (Some(first_hours), Some(second_hours)) => Ok(Reminders { first_hours, second_hours }),
            (first, second) => {
                let problem = |field, choice: Option<i64>| choice.is_none().then(|| Problem::new(field, "Choose when you are reminded"));
                Err(AppError::Invalid([problem("first", first), problem("second", second)].into_iter().flatten().collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(first: &str, second: &str) -> RemindersForm {
        RemindersForm { first: first.to_owned(), second: second.to_owned() }
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        assert_eq!(form("168", "24").check(), Ok(USUAL));
        assert_eq!(form("0", "0").check(), Ok(Reminders { first_hours: 0, second_hours: 0 }));
        let AppError::Invalid(problems) = form("24", "168").check().unwrap_err() else { panic!("refused for another reason") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    }

    #[test]
    fn a_reminder_is_timely_from_its_hour_until_half_of_the_time_has_passed() {
        let now: DateTime<Utc> = "2026-10-22T08:00:00Z".parse().unwrap();
        let (after, until) = timely(24, now);
        assert_eq!(
            (after.to_rfc3339(), until.to_rfc3339()),
            ("2026-10-22T20:00:00+00:00".to_owned(), "2026-10-23T08:00:00+00:00".to_owned())
        );
        assert_eq!(every_lead().collect::<Vec<_>>(), [336, 168, 72, 48, 24, 2]);
        assert!(USUAL.has(24) && !USUAL.has(48) && !Reminders { first_hours: 0, second_hours: 0 }.has(0));
    }
}
