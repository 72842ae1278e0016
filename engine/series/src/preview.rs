//! What a rule would give, shown before anything is saved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::bank_holidays::bank_holiday_on;
use crate::expand::{Occurrence, Skip, walk};
use crate::rule::{Ending, Rule};

/// The sessions of a series, and the dates that are left out with their reasons.
///
/// `expand(&rule, &preview.skipped)` gives `preview.held` again, today and after the closures have been edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub held: Vec<Occurrence>,
    /// In order of date; none lies after the last session of "n times".
    pub skipped: Vec<Skip>,
    /// How many of "n times" found no date within ten years of the start. It is 0 unless closures swallow years.
    pub short_by: u32,
}

/// Days on which the centre is closed, the first and the last included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    pub first: NaiveDate,
    /// A closure of one day has the same `first` and `last`; one whose `last` comes before its `first` closes nothing.
    pub last: NaiveDate,
    /// What the centre calls it: "Christmas closure".
    pub name: String,
}

/// The sessions of a rule when bank holidays of England and Wales and the given closures are skipped.
///
/// A date that is both is named as the bank holiday; of several closures the first in the list is named.
pub fn preview(rule: &Rule, closures: &[Closure]) -> Preview {
    let walked = walk(rule, |date| reason_to_skip(date, closures));
    let short_by = match rule.ending() {
        Ending::Until(_) => 0,
        Ending::Times(times) => times.saturating_sub(walked.held.last().map_or(0, |last| last.number)),
    };
    Preview { held: walked.held, skipped: walked.skipped, short_by }
}

impl Closure {
    /// Whether the centre is closed for this reason on a date.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

fn reason_to_skip(date: NaiveDate, closures: &[Closure]) -> Option<String> {
    if let Some(bank_holiday) = bank_holiday_on(date) {
        return Some(bank_holiday.to_string());
    }
    let closure = closures.iter().find(|closure| closure.contains(date))?;
    Some(format!("Centre closed: {}", closure.name))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::expand::expand;
    use crate::rule::RuleInput;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn rule(start_date: NaiveDate, every_weeks: i64, ending: Ending) -> Rule {
        Rule::new(RuleInput {
            start_date,
            start_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
            length_minutes: 90,
            every_weeks,
            ending: Some(ending),
        })
        .unwrap()
    }

    fn christmas_closure() -> Closure {
        Closure { first: date(2026, 12, 21), last: date(2027, 1, 3), name: String::from("Christmas closure") }
    }

    fn skipped(preview: &Preview) -> Vec<(NaiveDate, &str)> {
        preview.skipped.iter().map(|skip| (skip.date, skip.reason.as_str())).collect()
    }

    fn dates(preview: &Preview) -> Vec<NaiveDate> {
        preview.held.iter().map(|held| held.local.date()).collect()
    }

    #[test]
    fn bank_holidays_and_closures_are_skipped_with_their_reasons() {
        let fridays = rule(date(2026, 12, 11), 1, Ending::Until(date(2027, 1, 8)));

        let preview = preview(&fridays, &[christmas_closure()]);

        assert_eq!(dates(&preview), [date(2026, 12, 11), date(2026, 12, 18), date(2027, 1, 8)]);
        assert_eq!(
            skipped(&preview),
            [(date(2026, 12, 25), "Bank holiday: Christmas Day"), (date(2027, 1, 1), "Bank holiday: New Year’s Day"),]
        );
    }

    #[test]
    fn a_fortnightly_thursday_crosses_the_clock_change_and_the_christmas_closure() {
        let thursdays = rule(date(2026, 10, 15), 2, Ending::Times(6));

        let preview = preview(&thursdays, &[christmas_closure()]);

        assert_eq!(skipped(&preview), [(date(2026, 12, 24), "Centre closed: Christmas closure")]);
        assert_eq!(
            dates(&preview),
            [date(2026, 10, 15), date(2026, 10, 29), date(2026, 11, 12), date(2026, 11, 26), date(2026, 12, 10), date(2027, 1, 7),]
        );
        assert!(preview.held.iter().all(|held| held.local.time() == thursdays.start().time()));
        assert_eq!(preview.short_by, 0);
    }

    #[test]
    fn a_closure_covers_its_first_and_its_last_day_and_no_more() {
        let closure = christmas_closure();

        assert!(!closure.contains(date(2026, 12, 20)));
        assert!(closure.contains(date(2026, 12, 21)));
        assert!(closure.contains(date(2027, 1, 3)));
        assert!(!closure.contains(date(2027, 1, 4)));
    }

    #[test]
    fn a_closure_that_ends_before_it_begins_closes_nothing() {
        let closure = Closure { first: date(2026, 12, 21), last: date(2026, 12, 20), name: String::from("Mistyped") };
        let mondays = rule(date(2026, 12, 14), 1, Ending::Times(2));

        assert_eq!(preview(&mondays, &[closure]).skipped, []);
    }

    #[test]
    fn the_skips_of_a_preview_give_the_same_sessions_again() {
        let fridays = rule(date(2026, 1, 2), 1, Ending::Times(52));

        let preview = preview(&fridays, &[christmas_closure()]);

        assert_eq!(expand(&fridays, &preview.skipped), preview.held);
    }

    #[test]
    fn skips_after_the_last_session_are_not_shown() {
        let fridays = rule(date(2026, 12, 11), 1, Ending::Times(2));

        assert_eq!(skipped(&preview(&fridays, &[christmas_closure()])), []);
    }

    #[test]
    fn a_closure_without_an_end_in_sight_leaves_the_series_short_and_says_by_how_many() {
        let endless = Closure { first: date(2026, 5, 21), last: NaiveDate::MAX, name: String::from("Mistyped") };
        let thursdays = rule(date(2026, 5, 7), 1, Ending::Times(10));

        let preview = preview(&thursdays, &[endless]);

        assert_eq!(dates(&preview), [date(2026, 5, 7), date(2026, 5, 14)]);
        assert_eq!(preview.short_by, 8);
    }
}
