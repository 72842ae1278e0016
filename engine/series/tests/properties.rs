//! What holds for every series, whatever its rule and its skips.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and so do the functions that it calls")]

mod law;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use law::{is_in_the_missing_hour, naive_instant};
use proptest::prelude::*;
use series::{Closure, Ending, Ends, Repeats, Rhythm, Rule, RuleInput, Skip, expand, instant, local, preview, working_days_after};

prop_compose! {
    fn any_date()(days in 0_u64..12_000) -> NaiveDate {
        NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + Days::new(days)
    }
}

fn far_away_date(days: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX)
}

/// Any minute of the day; half of them where the clocks change.
fn any_time() -> impl Strategy<Value = NaiveTime> {
    let minutes = prop_oneof![0_u32..1440, 0_u32..180];
    minutes.prop_map(|minutes| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap())
}

/// Any date; half of them Sundays, because the clocks change on Sundays.
fn any_start_date() -> impl Strategy<Value = NaiveDate> {
    let sundays = any_date().prop_map(|date| date - Days::new(u64::from(date.weekday().num_days_from_sunday())));
    prop_oneof![any_date(), sundays]
}

/// A series within five years.
fn any_ending(start_date: NaiveDate, every_weeks: u32) -> impl Strategy<Value = Ending> {
    let until = (0_u64..1826).prop_map(move |days| Ending::Until(start_date + Days::new(days)));
    let times = (1..=260 / every_weeks).prop_map(Ending::Times);
    prop_oneof![until, times]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let weeks = prop_oneof![Just(1_u32), Just(2_u32), 1_u32..=52];
    (any_start_date(), any_time(), 1_i64..=480, weeks)
        .prop_flat_map(|(start_date, start_time, length_minutes, every_weeks)| {
            any_ending(start_date, every_weeks).prop_map(move |ending| RuleInput {
                start_date,
                start_time,
                length_minutes,
                repeats: Repeats::Weeks,
                every: i64::from(every_weeks),
                ends: Some(ending.into()),
            })
        })
        .prop_filter("the first session exists on the clock", |input| !is_in_the_missing_hour(input.start_date.and_time(input.start_time)))
        .prop_map(|input| Rule::new(input).unwrap())
}

fn weeks_between(rule: &Rule) -> u32 {
    match rule.pattern().rhythm() {
        Rhythm::Weekly { every } => every,
        Rhythm::Monthly { .. } => unreachable!("these rules repeat by weeks"),
    }
}

/// Skips on dates of the rule, few enough that "n times" stays within its ten years, and some on other days.
fn any_skips(rule: Rule) -> impl Strategy<Value = Vec<Skip>> {
    let start_date = rule.start().date();
    let every_weeks = u64::from(weeks_between(&rule));
    let most = usize::try_from(200 / every_weeks).unwrap();
    let on_the_rule = (0_u64..=260 / every_weeks).prop_map(move |step| start_date + Days::new(step * every_weeks * 7));
    let elsewhere = (0_u64..1826).prop_map(move |days| start_date + Days::new(days));
    let dates = prop::collection::vec(prop_oneof![4 => on_the_rule, 1 => elsewhere], 0..=most.min(40));
    dates.prop_map(|dates| dates.into_iter().map(|date| Skip { date, reason: String::from("Room being painted") }).collect())
}

fn rule_and_skips() -> impl Strategy<Value = (Rule, Vec<Skip>)> {
    any_rule().prop_flat_map(|rule| (Just(rule), any_skips(rule)))
}

prop_compose! {
    fn any_closure()(first in any_date(), days in 0_u64..30) -> Closure {
        Closure { first, last: first + Days::new(days), name: String::from("Christmas closure") }
    }
}

fn is_skipped(date: NaiveDate, skips: &[Skip]) -> bool {
    skips.iter().any(|skip| skip.date == date)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn local_time_is_constant_and_moves_only_where_it_does_not_exist((rule, skips) in rule_and_skips()) {
        for held in expand(&rule, &skips) {
            let asked = held.local.date().and_time(rule.start().time());
            if is_in_the_missing_hour(asked) {
                prop_assert_eq!(held.local, asked + TimeDelta::hours(1));
            } else {
                prop_assert_eq!(held.local, asked);
            }
        }
    }

    #[test]
    fn instants_agree_with_local_time_and_with_the_law_on_summer_time((rule, skips) in rule_and_skips()) {
        for held in expand(&rule, &skips) {
            prop_assert_eq!(held.starts_at, naive_instant(held.local));
            prop_assert_eq!(instant(held.local), held.starts_at);
            prop_assert_eq!(local(held.starts_at), held.local);
            prop_assert_eq!(held.ends_at - held.starts_at, TimeDelta::minutes(i64::from(rule.length_minutes())));
        }
    }

    #[test]
    fn sessions_come_strictly_one_after_another((rule, skips) in rule_and_skips()) {
        let held = expand(&rule, &skips);
        for pair in held.windows(2) {
            prop_assert!(pair[0].ends_at < pair[1].starts_at);
            prop_assert!(pair[0].local < pair[1].local);
        }
    }

    #[test]
    fn n_weeks_lie_between_sessions_unless_the_dates_between_are_skipped((rule, skips) in rule_and_skips()) {
        let rhythm = Days::new(u64::from(weeks_between(&rule)) * 7);
        let mut expected = rule.start().date();
        for held in expand(&rule, &skips) {
            while expected < held.local.date() {
                prop_assert!(is_skipped(expected, &skips));
                expected = expected + rhythm;
            }
            prop_assert_eq!(held.local.date(), expected);
            expected = expected + rhythm;
        }
    }

    #[test]
    fn no_session_is_held_on_a_skipped_date((rule, skips) in rule_and_skips()) {
        for held in expand(&rule, &skips) {
            prop_assert!(!is_skipped(held.local.date(), &skips));
        }
    }

    #[test]
    fn n_times_holds_exactly_n_sessions((rule, skips) in rule_and_skips()) {
        if let Some(Ending::Times(times)) = rule.pattern().ending() {
            prop_assert_eq!(expand(&rule, &skips).len(), usize::try_from(times).unwrap());
        }
    }

    #[test]
    fn until_is_never_passed_and_no_date_before_it_is_forgotten((rule, skips) in rule_and_skips()) {
        if let Some(Ending::Until(until)) = rule.pattern().ending() {
            let held = expand(&rule, &skips);
            prop_assert!(held.iter().all(|held| held.local.date() <= until));

            let weeks = (until - rule.start().date()).num_weeks();
            let asked = weeks / i64::from(weeks_between(&rule)) + 1;
            let skipped = (0..asked)
                .map(|step| rule.start().date() + TimeDelta::weeks(step * i64::from(weeks_between(&rule))))
                .filter(|date| is_skipped(*date, &skips))
                .count();
            prop_assert_eq!(held.len() + skipped, usize::try_from(asked).unwrap());
        }
    }

    #[test]
    fn numbers_are_contiguous_from_one((rule, skips) in rule_and_skips()) {
        for (number, held) in (1_u32..).zip(expand(&rule, &skips)) {
            prop_assert_eq!(held.number, number);
        }
    }

    #[test]
    fn a_preview_and_its_skips_expand_to_the_same_sessions(
        rule in any_rule(),
        closures in prop::collection::vec(any_closure(), 0..20),
    ) {
        let preview = preview(&rule, &closures);

        prop_assert_eq!(expand(&rule, &preview.skipped), preview.held.clone());
        prop_assert_eq!(preview.short_by, 0);
        for held in &preview.held {
            prop_assert!(!closures.iter().any(|closure| closure.contains(held.local.date())));
            prop_assert_eq!(series::bank_holiday_on(held.local.date()), None);
        }
    }

    #[test]
    fn any_minute_of_the_clock_has_an_instant_that_reads_back_as_itself(date in any_start_date(), time in any_time()) {
        let wall = date.and_time(time);

        if is_in_the_missing_hour(wall) {
            prop_assert!(!series::local_time_exists(wall));
            prop_assert_eq!(local(instant(wall)), wall + TimeDelta::hours(1));
        } else {
            prop_assert!(series::local_time_exists(wall));
            prop_assert_eq!(local(instant(wall)), wall);
            prop_assert_eq!(instant(wall), naive_instant(wall));
        }
    }

    #[test]
    fn a_rule_is_made_or_every_problem_has_a_sentence(
        start_date in prop_oneof![any_date(), any::<i32>().prop_map(far_away_date)],
        seconds in prop_oneof![0_u32..86_400, (0_u32..1440).prop_map(|minutes| minutes * 60)],
        length_minutes in prop_oneof![any::<i64>(), -10_i64..500],
        every in prop_oneof![any::<i64>(), -2_i64..60],
        repeats in prop_oneof![Just(Repeats::Weeks), Just(Repeats::MonthsByPlace), Just(Repeats::MonthsByLast)],
        times in prop_oneof![any::<Option<u32>>(), (0_u32..30).prop_map(Some)],
    ) {
        let start_time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap();
        let ends = times.map(|times| Ends::With(Ending::Times(times)));
        match Rule::new(RuleInput { start_date, start_time, length_minutes, repeats, every, ends }) {
            Ok(rule) => prop_assert!(!expand(&rule, &[]).is_empty()),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|problem| problem.to_string().ends_with('.')));
            }
        }
    }

    #[test]
    fn the_next_working_day_follows_the_one_before(date in any_date(), days in 1_u8..40) {
        let before = working_days_after(date, days - 1);
        let after = working_days_after(date, days);

        prop_assert!(series::is_working_day(after));
        prop_assert!(before.iter_days().skip(1).take_while(|day| *day < after).all(|day| !series::is_working_day(day)));
    }
}
