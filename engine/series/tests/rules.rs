//! What a rule accepts and what it refuses, with the sentence that the person reads.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and so do the functions that it calls")]

use chrono::{NaiveDate, NaiveTime};
use series::{Ending, Ends, PlaceInMonth, Repeats, Rhythm, Rule, RuleInput, RulePart, RuleProblem};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

/// Fortnightly on Thursdays from 5 March 2026, 10:00 to 11:30, ten times.
fn fortnightly() -> RuleInput {
    RuleInput {
        start_date: date(2026, 3, 5),
        start_time: time(10, 0),
        length_minutes: 90,
        repeats: Repeats::Weeks,
        every: 2,
        ends: Some(Ending::Times(10).into()),
    }
}

fn problems(input: RuleInput) -> Vec<String> {
    Rule::new(input).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_valid_rule_keeps_what_was_asked_for() {
    let rule = Rule::new(fortnightly()).unwrap();

    assert_eq!(rule.start(), date(2026, 3, 5).and_time(time(10, 0)));
    assert_eq!(rule.length_minutes(), 90);
    assert_eq!(rule.pattern().rhythm(), Rhythm::Weekly { every: 2 });
    assert_eq!(rule.pattern().ending(), Some(Ending::Times(10)));
}

#[test]
fn a_series_without_an_end_is_refused() {
    assert_eq!(
        problems(RuleInput { ends: None, ..fortnightly() }),
        ["Choose when the series ends: on a date, after a number of sessions, or when somebody ends it."]
    );
}

#[test]
fn a_session_of_no_or_negative_length_is_refused() {
    for length_minutes in [0, -1, -90, i64::MIN] {
        assert_eq!(problems(RuleInput { length_minutes, ..fortnightly() }), ["Choose a length of at least 1 minute."]);
    }
}

#[test]
fn a_session_of_more_than_eight_hours_is_refused() {
    for length_minutes in [481, 100_000, i64::MAX] {
        assert_eq!(problems(RuleInput { length_minutes, ..fortnightly() }), ["Choose a length of at most 8 hours (480 minutes)."]);
    }
    assert!(Rule::new(RuleInput { length_minutes: 480, ..fortnightly() }).is_ok());
    assert!(Rule::new(RuleInput { length_minutes: 1, ..fortnightly() }).is_ok());
}

#[test]
fn sessions_lie_one_to_fifty_two_weeks_apart() {
    for every in [0, -1, 53, i64::MAX, i64::MIN] {
        assert_eq!(
            problems(RuleInput { every, ..fortnightly() }),
            ["Choose how many weeks lie between sessions: a number from 1 (weekly) to 52 (yearly)."]
        );
    }
    for every in [1, 52] {
        let ends = Some(Ending::Times(5).into());
        assert!(Rule::new(RuleInput { every, ends, ..fortnightly() }).is_ok());
    }
}

#[test]
fn a_series_cannot_end_before_it_starts() {
    let ends = Some(Ending::Until(date(2026, 3, 4)).into());

    assert_eq!(problems(RuleInput { ends, ..fortnightly() }), ["Choose an end date on or after the first session, 5 March 2026."]);
}

#[test]
fn a_series_may_end_on_the_day_it_starts() {
    let ends = Some(Ending::Until(date(2026, 3, 5)).into());

    assert!(Rule::new(RuleInput { ends, ..fortnightly() }).is_ok());
}

#[test]
fn a_series_has_one_to_520_sessions() {
    for times in [0, 521, u32::MAX] {
        let ends = Some(Ending::Times(times).into());
        assert_eq!(problems(RuleInput { ends, ..fortnightly() }), ["Choose a number of sessions from 1 to 520."]);
    }
}

#[test]
fn a_series_spans_five_years_at_most() {
    let refused = ["End the series on or before 5 March 2031: a series runs for five years at most."];
    for ending in [Ending::Until(date(2031, 3, 6)), Ending::Until(NaiveDate::MAX), Ending::Times(132)] {
        assert_eq!(problems(RuleInput { ends: Some(ending.into()), ..fortnightly() }), refused);
    }
    for ending in [Ending::Until(date(2031, 3, 5)), Ending::Times(131)] {
        assert!(Rule::new(RuleInput { ends: Some(ending.into()), ..fortnightly() }).is_ok());
    }
}

#[test]
fn a_series_cannot_start_in_the_hour_that_does_not_exist() {
    let start_date = date(2026, 3, 29);
    assert_eq!(
        problems(RuleInput { start_date, start_time: time(1, 30), ..fortnightly() }),
        ["Choose a start time before 01:00 or from 02:00: on 29 March 2026 the clocks go forward and 01:30 does not happen."]
    );
    assert_eq!(problems(RuleInput { start_date, start_time: time(1, 0), ..fortnightly() }).len(), 1);
    for start_time in [time(0, 59), time(2, 0)] {
        assert!(Rule::new(RuleInput { start_date, start_time, ..fortnightly() }).is_ok());
    }
}

#[test]
fn a_start_date_with_a_mistyped_year_is_refused() {
    for start_date in [date(26, 3, 5), date(1999, 12, 31), date(2090, 1, 1), date(20_226, 3, 5), NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(
            problems(RuleInput { start_date, ..fortnightly() }),
            ["Choose a start date between 1 January 2000 and 31 December 2089."]
        );
    }
}

#[test]
fn a_start_time_has_no_seconds() {
    let seconds = NaiveTime::from_hms_opt(10, 0, 1).unwrap();
    let leap_second = NaiveTime::from_hms_milli_opt(10, 0, 59, 1_500).unwrap();
    for start_time in [seconds, leap_second] {
        assert_eq!(problems(RuleInput { start_time, ..fortnightly() }), ["Choose a start time in whole minutes, such as 10:00."]);
    }
}

#[test]
fn every_problem_is_told_at_once_and_in_the_order_of_the_form() {
    let problems = Rule::new(RuleInput {
        start_date: date(26, 3, 5),
        start_time: NaiveTime::from_hms_opt(10, 0, 1).unwrap(),
        length_minutes: 0,
        repeats: Repeats::Weeks,
        every: 0,
        ends: None,
    })
    .unwrap_err();

    let parts: Vec<_> = problems.iter().map(RuleProblem::part).collect();
    assert_eq!(parts, [RulePart::StartDate, RulePart::StartTime, RulePart::Length, RulePart::Every, RulePart::Ending]);
}

#[test]
fn an_end_date_is_not_measured_against_a_mistyped_start_date() {
    let start_date = date(26, 3, 5);
    let ends = Some(Ending::Until(date(2026, 12, 17)).into());

    assert_eq!(
        problems(RuleInput { start_date, ends, ..fortnightly() }),
        ["Choose a start date between 1 January 2000 and 31 December 2089."]
    );
}

#[test]
fn a_series_may_repeat_by_the_place_of_its_first_date_in_the_month() {
    let monthly = RuleInput { repeats: Repeats::MonthsByPlace, every: 1, ..fortnightly() };
    let rhythm = |input| Rule::new(input).unwrap().pattern().rhythm();

    assert_eq!(rhythm(monthly), Rhythm::Monthly { every: 1, place: PlaceInMonth::First });
    let last = RuleInput { start_date: date(2026, 3, 26), repeats: Repeats::MonthsByLast, ..monthly };
    assert_eq!(rhythm(last), Rhythm::Monthly { every: 1, place: PlaceInMonth::Last });
    assert_eq!(
        problems(RuleInput { start_date: date(2026, 3, 19), ..last }),
        ["Choose the last Thursday of a month as the start date: after 19 March 2026 there is another in the same month."]
    );
    assert_eq!(
        problems(RuleInput { every: 13, ..monthly }),
        ["Choose how many months lie between sessions: a number from 1 (monthly) to 12 (yearly)."]
    );
}

#[test]
fn a_series_may_be_left_open_until_somebody_ends_it() {
    let open = Rule::new(RuleInput { ends: Some(Ends::Open), ..fortnightly() }).unwrap();

    assert_eq!(open.pattern().ending(), None);
}
