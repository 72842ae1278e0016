//! The `rrule` crate, which shares no code with this one, finds the same instants for every rule that both can express.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and so do the functions that it calls")]

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use rrule::RRuleSet;
use series::{Ending, Pattern, PlaceInMonth, Rhythm, expand_line, instant};

/// Zones that change their clocks in spring, in autumn, by half an hour, and never; none changes them at midnight, when `rrule` finds no day.
const ZONES: [&str; 8] = [
    "Europe/London",
    "Europe/London",
    "Europe/Paris",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Asia/Kolkata",
];

#[derive(Debug, Clone)]
struct Line {
    zone: &'static str,
    start: NaiveDateTime,
    rule: String,
    skip: Vec<NaiveDate>,
}

fn any_start() -> impl Strategy<Value = NaiveDateTime> {
    let days = prop_oneof![0_u64..18_000, (0_u64..2_570).prop_map(|weeks| weeks * 7 + 2)];
    let minutes = prop_oneof![2 => 0_u32..1440, 1 => 0_u32..240];
    (days, minutes).prop_map(|(days, minutes)| {
        // A Friday, so that two days later is a Sunday, when most clocks change.
        let date = NaiveDate::from_ymd_opt(1999, 1, 1).unwrap() + Days::new(days);
        date.and_time(NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap())
    })
}

const fn code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn any_frequency(start: NaiveDateTime) -> impl Strategy<Value = String> {
    let code = code(start.weekday());
    let nth = start.day().div_ceil(7).to_string();
    let is_last = (start.date() + Days::new(7)).month() != start.month();
    let places = if is_last { vec![nth, "-1".to_owned()] } else { vec![nth] };
    let weekly = (1_u32..=10, any::<bool>()).prop_map(move |(every, names_day)| {
        let day = if names_day { format!(";BYDAY={code}") } else { String::new() };
        format!("FREQ=WEEKLY;INTERVAL={every}{day}")
    });
    let monthly = (1_u32..=12, prop::sample::select(places), any::<bool>()).prop_map(move |(every, place, is_position)| {
        let day = if is_position { format!("BYDAY={code};BYSETPOS={place}") } else { format!("BYDAY={place}{code}") };
        format!("FREQ=MONTHLY;INTERVAL={every};{day}")
    });
    prop_oneof![weekly, monthly]
}

/// Half of the ends are just before, at and just after a time at which a session could start.
fn any_ending(zone: &'static str, start: NaiveDateTime) -> impl Strategy<Value = String> {
    let zone: Tz = zone.parse().unwrap();
    let until = (0_u64..2_000, prop_oneof![-2_i64..=2, -90_000_i64..90_000]).prop_map(move |(days, seconds)| {
        let near = start + Days::new(days);
        let instant = zone.from_local_datetime(&near).earliest().map_or(near.and_utc(), |near| near.to_utc()) + TimeDelta::seconds(seconds);
        instant.format(";UNTIL=%Y%m%dT%H%M%SZ").to_string()
    });
    prop_oneof![until, (1_u32..40).prop_map(|times| format!(";COUNT={times}"))]
}

prop_compose! {
    fn any_line()(zone in prop::sample::select(ZONES.to_vec()), start in any_start())(
        frequency in any_frequency(start),
        ending in any_ending(zone, start),
        skip in prop::collection::vec((0_u64..60).prop_map(move |weeks| start.date() + Days::new(weeks * 7)), 0..6),
        zone in Just(zone),
        start in Just(start),
    ) -> Line {
        Line { zone, start, rule: format!("{frequency}{ending}"), skip }
    }
}

/// The instants by the `rrule` crate, or `None` where it refuses the rule.
fn by_rrule(zone: &str, start: NaiveDateTime, rule: &str) -> Option<Vec<chrono::DateTime<rrule::Tz>>> {
    let text = format!("DTSTART;TZID={zone}:{}\nRRULE:{rule}", start.format("%Y%m%dT%H%M%S"));
    let set: RRuleSet = text.parse().ok()?;
    Some(set.all_unchecked())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_instants_of_a_line_are_those_of_the_rrule_crate(line in any_line()) {
        let zone: Tz = line.zone.parse().unwrap();
        // A start that the clocks show twice or never is refused there, or here.
        prop_assume!(zone.from_local_datetime(&line.start).single().is_some());
        let answer = expand_line(&serde_json::json!({
            "start": line.start.format("%Y-%m-%dT%H:%M").to_string(),
            "zone": line.zone,
            "rule": line.rule,
            "skip": line.skip,
        }).to_string());

        let expected = by_rrule(line.zone, line.start, &line.rule).map(|instants| {
            let held = instants.into_iter().filter(|instant| !line.skip.contains(&instant.date_naive()));
            held.map(|instant| instant.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)).collect::<Vec<_>>()
        });

        match expected {
            // Here the zone data end; there the last offset goes on for ever.
            Some(expected) if expected.iter().any(|instant| instant.as_str() >= "2100") => {
                prop_assert!(answer.contains("COUNT reaches beyond 31 December 2099"), "{}", answer);
            }
            Some(expected) => prop_assert_eq!(answer, serde_json::to_string(&expected).unwrap()),
            None => prop_assert!(answer.contains("UNTIL=") && answer.contains("lies before the start."), "{}", answer),
        }
    }

    #[test]
    fn a_pattern_is_written_so_that_others_find_its_dates_and_reads_back_as_itself(
        start in any_start(),
        every in 1_u32..=12,
        is_monthly in any::<bool>(),
        times in 1_u32..40,
        days in prop::option::of(0_u64..1_500),
    ) {
        prop_assume!(chrono_tz::Europe::London.from_local_datetime(&start).single().is_some());
        let place = if PlaceInMonth::is_last(start.date()) { PlaceInMonth::Last } else { PlaceInMonth::of(start.date()) };
        let rhythm = if is_monthly { Rhythm::Monthly { every, place } } else { Rhythm::Weekly { every } };
        let ending = days.map_or(Ending::Times(times), |days| Ending::Until(start.date() + Days::new(days)));
        let pattern = Pattern::new(start, rhythm, Some(ending)).unwrap();

        let rule = pattern.to_rrule(&[]);

        prop_assert_eq!(Pattern::from_rrule(start, &rule), Ok(pattern));
        let most = usize::try_from(times).unwrap();
        let found: Vec<_> = by_rrule("Europe/London", start, &rule).unwrap().iter().map(|found| found.with_timezone(&Utc)).collect();
        let dates = pattern.dates().take(if days.is_none() { most } else { usize::MAX });
        prop_assert_eq!(dates.map(|date| instant(pattern.slot_on(date))).collect::<Vec<_>>(), found);
    }
}
