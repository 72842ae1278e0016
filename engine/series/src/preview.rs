//! What a rule would give, shown before anything is saved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days_off::{Closure, DaysOff};
use crate::expand::{Occurrence, Skip, occurrences, walk};
use crate::pattern::Pattern;
use crate::rule::{Ending, Rule};

/// The sessions of a series, and the dates that are left out with their reasons.
///
/// `expand(&rule, &preview.skipped)` gives `preview.held` again, today and after the closures have been edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub held: Vec<Occurrence>,
    /// In order of date; none lies after the last session of "n times".
    pub skipped: Vec<Skip>,
    /// How many of "n times" found no date before the end of 2099. It is 0 unless closures swallow years.
    pub short_by: u32,
}

/// The sessions of a rule when bank holidays of England and Wales and the given closures are skipped.
///
/// A date that is both is named as the bank holiday; of several closures the first in the list is named.
pub fn preview(rule: &Rule, closures: &[Closure]) -> Preview {
    preview_pattern(&rule.pattern(), rule.length_minutes(), DaysOff { closures, leave: &[] }, None)
}

/// The sessions of a pattern when bank holidays of England and Wales, closures and leave are skipped.
///
/// One without an ending is shown up to the horizon, the date itself included, and without a horizon not at all. A pattern with an
/// ending is shown whole.
pub fn preview_pattern(pattern: &Pattern, length_minutes: u32, days_off: DaysOff<'_>, horizon: Option<NaiveDate>) -> Preview {
    let walked = walk(pattern, horizon, days_off.reasons());
    let held = occurrences(pattern, length_minutes, &walked.held);
    let short_by = match pattern.ending() {
        Some(Ending::Until(_)) | None => 0,
        Some(Ending::Times(times)) => times.saturating_sub(held.last().map_or(0, |last| last.number)),
    };
    Preview { held, skipped: walked.skipped, short_by }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::days_off::Leave;
    use crate::expand::expand;
    use crate::pattern::{PlaceInMonth, Rhythm};
    use crate::rule::{Repeats, RuleInput};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn rule(start_date: NaiveDate, every_weeks: i64, ending: Ending) -> Rule {
        Rule::new(RuleInput {
            start_date,
            start_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
            length_minutes: 90,
            repeats: Repeats::Weeks,
            every: every_weeks,
            ends: Some(ending.into()),
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

    #[test]
    fn leave_is_skipped_without_saying_why_anybody_is_away() {
        let start = date(2026, 11, 5).and_hms_opt(10, 0, 0).unwrap();
        let thursdays = Pattern::new(start, Rhythm::Weekly { every: 1 }, Some(Ending::Times(3))).unwrap();
        let leave = [Leave { first: date(2026, 11, 9), last: date(2026, 11, 13) }];

        let preview = preview_pattern(&thursdays, 60, DaysOff { closures: &[], leave: &leave }, None);

        assert_eq!(skipped(&preview), [(date(2026, 11, 12), "Supervisor on leave")]);
        assert_eq!(dates(&preview), [date(2026, 11, 5), date(2026, 11, 19), date(2026, 11, 26)]);
    }

    #[test]
    fn a_series_without_an_ending_is_shown_up_to_its_horizon() {
        let start = date(2026, 10, 29).and_hms_opt(14, 0, 0).unwrap();
        let last_thursdays = Pattern::new(start, Rhythm::Monthly { every: 1, place: PlaceInMonth::Last }, None).unwrap();

        let to_march = preview_pattern(&last_thursdays, 90, DaysOff::default(), Some(date(2027, 2, 25)));

        assert_eq!(dates(&to_march), [date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 31), date(2027, 1, 28), date(2027, 2, 25)]);
        assert_eq!(dates(&preview_pattern(&last_thursdays, 90, DaysOff::default(), None)), []);
    }
}
