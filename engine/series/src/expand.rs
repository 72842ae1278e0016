//! From a rule to its sessions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::pattern::Pattern;
use crate::rule::{Ending, Rule};
use crate::uk_time::{instant, local};

/// One session that a rule asks for and that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Place among the sessions that are held: 1, 2, 3 without gaps.
    pub number: u32,
    /// What the clocks of the United Kingdom show when it starts. It differs from the rule's time only where that time does not exist.
    pub local: NaiveDateTime,
    pub starts_at: DateTime<Utc>,
    /// The start and the rule's length in elapsed minutes.
    pub ends_at: DateTime<Utc>,
}

/// A date on which the rule asks for a session and none is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    pub date: NaiveDate,
    /// Why, in words that a member can read: "Bank holiday: Good Friday".
    pub reason: String,
}

/// The sessions of a rule that are held, in order.
///
/// A skip on a date that the rule does not ask for changes nothing. "Times" counts sessions that are held, so a skip makes the
/// series longer; "until" counts to the date. "Times" gives up at the end of 2099, and then returns fewer.
pub fn expand(rule: &Rule, skips: &[Skip]) -> Vec<Occurrence> {
    expand_pattern(&rule.pattern(), rule.length_minutes(), skips, None)
}

/// The sessions of a pattern that are held, in order; of one without an ending those up to the horizon, the date itself included.
pub fn expand_pattern(pattern: &Pattern, length_minutes: u32, skips: &[Skip], horizon: Option<NaiveDate>) -> Vec<Occurrence> {
    let walked = walk(pattern, horizon, stored_reasons(skips));
    occurrences(pattern, length_minutes, &walked.held)
}

/// What a walk through the dates of a pattern has found.
pub(crate) struct Walked {
    pub(crate) held: Vec<NaiveDate>,
    pub(crate) skipped: Vec<Skip>,
}

/// Walks through the dates of a pattern and asks of each whether there is a reason to skip it.
///
/// The horizon cuts a pattern without an ending and no other. Skips after the last session of "n times" are not asked for: they
/// belong to no series.
pub(crate) fn walk(pattern: &Pattern, horizon: Option<NaiveDate>, mut reason_to_skip: impl FnMut(NaiveDate) -> Option<String>) -> Walked {
    let wanted = match pattern.ending() {
        Some(Ending::Times(times)) => usize::try_from(times).unwrap_or(usize::MAX),
        Some(Ending::Until(_)) | None => usize::MAX,
    };
    let mut walked = Walked { held: Vec::new(), skipped: Vec::new() };
    for date in dates_until(pattern, horizon) {
        if walked.held.len() >= wanted {
            break;
        }
        match reason_to_skip(date) {
            Some(reason) => walked.skipped.push(Skip { date, reason }),
            None => walked.held.push(date),
        }
    }
    walked
}

/// The dates of a pattern before anything is skipped; one without an ending has none beyond the horizon, or none at all without one.
pub(crate) fn dates_until(pattern: &Pattern, horizon: Option<NaiveDate>) -> impl Iterator<Item = NaiveDate> + use<> {
    let last = match pattern.ending() {
        Some(_) => NaiveDate::MAX,
        None => horizon.unwrap_or(NaiveDate::MIN),
    };
    pattern.dates().take_while(move |date| *date <= last)
}

/// Reasons from a list in which they were stored.
pub(crate) fn stored_reasons(skips: &[Skip]) -> impl FnMut(NaiveDate) -> Option<String> {
    let reasons: BTreeMap<NaiveDate, &str> = skips.iter().rev().map(|skip| (skip.date, skip.reason.as_str())).collect();
    move |date| reasons.get(&date).map(|reason| (*reason).to_owned())
}

/// The sessions of the dates that are held.
pub(crate) fn occurrences(pattern: &Pattern, length_minutes: u32, held: &[NaiveDate]) -> Vec<Occurrence> {
    let length = TimeDelta::minutes(i64::from(length_minutes));
    (1..)
        .zip(held)
        .map(|(number, date)| {
            let starts_at = instant(pattern.slot_on(*date));
            // The local time is read back from the instant, so that the two agree in the hour that does not exist as well.
            Occurrence { number, local: local(starts_at), starts_at, ends_at: starts_at + length }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Repeats, RuleInput};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// "2026-03-19T10:00", weekly or otherwise.
    fn rule(start: &str, every_weeks: i64, ending: Ending) -> Rule {
        let start = NaiveDateTime::parse_from_str(start, "%Y-%m-%dT%H:%M").unwrap();
        Rule::new(RuleInput {
            start_date: start.date(),
            start_time: start.time(),
            length_minutes: 90,
            repeats: Repeats::Weeks,
            every: every_weeks,
            ends: Some(ending.into()),
        })
        .unwrap()
    }

    fn skip(date: NaiveDate) -> Skip {
        Skip { date, reason: String::from("Room being painted") }
    }

    /// Local start, start and end in UTC, one line a session.
    fn lines(occurrences: &[Occurrence]) -> Vec<String> {
        occurrences
            .iter()
            .map(|held| {
                format!(
                    "{}: {} = {} to {}",
                    held.number,
                    held.local.format("%a %d %b %H:%M"),
                    held.starts_at.format("%H:%MZ"),
                    held.ends_at.format("%H:%MZ"),
                )
            })
            .collect()
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_when_the_clocks_go_forward() {
        assert_eq!(
            lines(&expand(&rule("2026-03-26T10:00", 1, Ending::Times(2)), &[])),
            ["1: Thu 26 Mar 10:00 = 10:00Z to 11:30Z", "2: Thu 02 Apr 10:00 = 09:00Z to 10:30Z"]
        );
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_when_the_clocks_go_back() {
        assert_eq!(
            lines(&expand(&rule("2026-10-15T10:00", 2, Ending::Until(date(2026, 10, 29))), &[])),
            ["1: Thu 15 Oct 10:00 = 09:00Z to 10:30Z", "2: Thu 29 Oct 10:00 = 10:00Z to 11:30Z"]
        );
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_on_the_very_days_of_the_change() {
        assert_eq!(
            lines(&expand(&rule("2026-03-29T10:00", 30, Ending::Times(2)), &[])),
            ["1: Sun 29 Mar 10:00 = 09:00Z to 10:30Z", "2: Sun 25 Oct 10:00 = 10:00Z to 11:30Z"]
        );
    }

    #[test]
    fn a_session_in_the_hour_that_does_not_exist_is_held_an_hour_later_on_the_clock() {
        assert_eq!(
            lines(&expand(&rule("2026-03-22T01:30", 1, Ending::Times(3)), &[])),
            ["1: Sun 22 Mar 01:30 = 01:30Z to 03:00Z", "2: Sun 29 Mar 02:30 = 01:30Z to 03:00Z", "3: Sun 05 Apr 01:30 = 00:30Z to 02:00Z",]
        );
    }

    #[test]
    fn a_session_in_the_hour_that_exists_twice_is_held_in_the_first() {
        assert_eq!(
            lines(&expand(&rule("2026-10-18T01:30", 1, Ending::Times(3)), &[])),
            ["1: Sun 18 Oct 01:30 = 00:30Z to 02:00Z", "2: Sun 25 Oct 01:30 = 00:30Z to 02:00Z", "3: Sun 01 Nov 01:30 = 01:30Z to 03:00Z",]
        );
    }

    #[test]
    fn until_includes_its_own_date_and_loses_a_skipped_one() {
        let rule = rule("2026-05-07T10:00", 1, Ending::Until(date(2026, 5, 28)));

        let held = expand(&rule, &[skip(date(2026, 5, 14))]);

        let dates: Vec<_> = held.iter().map(|held| (held.number, held.local.date())).collect();
        assert_eq!(dates, [(1, date(2026, 5, 7)), (2, date(2026, 5, 21)), (3, date(2026, 5, 28))]);
    }

    #[test]
    fn times_counts_sessions_that_are_held_and_runs_on_after_a_skip() {
        let rule = rule("2026-05-07T10:00", 2, Ending::Times(3));

        let held = expand(&rule, &[skip(date(2026, 5, 7)), skip(date(2026, 6, 4))]);

        let dates: Vec<_> = held.iter().map(|held| (held.number, held.local.date())).collect();
        assert_eq!(dates, [(1, date(2026, 5, 21)), (2, date(2026, 6, 18)), (3, date(2026, 7, 2))]);
    }

    #[test]
    fn a_skip_on_another_day_changes_nothing() {
        let rule = rule("2026-05-07T10:00", 2, Ending::Times(3));

        assert_eq!(expand(&rule, &[skip(date(2026, 5, 14)), skip(date(2026, 5, 8))]), expand(&rule, &[]));
    }

    #[test]
    fn a_series_of_which_every_date_is_skipped_is_empty() {
        let rule = rule("2026-05-07T10:00", 1, Ending::Until(date(2026, 5, 7)));

        assert_eq!(expand(&rule, &[skip(date(2026, 5, 7))]), []);
    }
}
