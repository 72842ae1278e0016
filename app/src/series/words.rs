//! How a series is said: its rule, its dates, and what the clocks do meanwhile.

use ::series::{ClockChange, Ending, Occurrence, Pattern, Skip, clock_change};
use chrono::{NaiveDate, NaiveDateTime};

use super::answers::{DateLine, Plan};
use crate::groups::Rhythm;
use crate::ui::and;

/// "Every second Thursday, 10:00 to 11:30, until 16 July 2027".
pub fn in_words(pattern: &Pattern, length_minutes: u32) -> String {
    let rhythm = Rhythm {
        starts_on: pattern.start().date(),
        starts_time: pattern.start().time(),
        length_minutes: i64::from(length_minutes),
        repeats: pattern.rhythm(),
    };
    match pattern.ending() {
        Some(Ending::Until(last)) => format!("{rhythm}, until {}", date_in_words(last)),
        Some(Ending::Times(1)) => format!("{rhythm}, once"),
        Some(Ending::Times(times)) => format!("{rhythm}, {times} times"),
        None => format!("{rhythm}, until somebody ends it"),
    }
}

/// What the clocks do between two dates: "The clocks go back on 25 October 2026. Sessions keep their usual time."
pub fn clock_changes(first: NaiveDate, last: NaiveDate) -> String {
    let changes: Vec<String> = first
        .iter_days()
        .take_while(|date| *date <= last)
        .filter_map(|date| clock_change(date).map(|change| format!("{} on {}", direction(change), date_in_words(date))))
        .collect();
    if changes.is_empty() { String::new() } else { format!("The clocks go {}. Sessions keep their usual time.", and(&changes)) }
}

const fn direction(change: ClockChange) -> &'static str {
    match change {
        ClockChange::Forward => "forward",
        ClockChange::Back => "back",
    }
}

/// "16 July 2027".
pub fn date_in_words(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "Thu 22 Oct 2026", as it stands in a list of dates.
pub fn date_with_day(starts: NaiveDateTime) -> String {
    starts.format("%a %-d %b %Y").to_string()
}

/// Every date of a pattern, held or skipped.
pub fn plan_of(pattern: &Pattern, length_minutes: u32, (held, skips): (&[Occurrence], &[Skip])) -> Plan {
    let held_lines = held.iter().map(|occurrence| DateLine { starts: occurrence.local, skipped: None, session: None, is_cancelled: false });
    let dates = in_order(held_lines.chain(skipped_lines(pattern, skips)));
    Plan { words: in_words(pattern, length_minutes), clocks: clocks_of(held), dates }
}

/// The dates of a pattern on which no session is held.
pub fn skipped_lines(pattern: &Pattern, skips: &[Skip]) -> impl Iterator<Item = DateLine> {
    let time = pattern.start().time();
    skips.iter().map(move |skip| DateLine {
        starts: skip.date.and_time(time),
        skipped: Some(skip.reason.clone()),
        session: None,
        is_cancelled: false,
    })
}

/// "18 sessions are held and 2 dates are skipped. All times are UK time."
pub fn count_in_words(held: usize, skips: usize) -> String {
    let held = if held == 1 { "One session is held".to_owned() } else { format!("{held} sessions are held") };
    let skips = match skips {
        0 => "no date is skipped".to_owned(),
        1 => "one date is skipped".to_owned(),
        _ => format!("{skips} dates are skipped"),
    };
    format!("{held}, and {skips}. All times are UK time.")
}

/// The dates that are skipped as a form carries them, so that what is stored is what was seen.
pub fn dates_of(skips: &[Skip]) -> String {
    skips.iter().map(|skip| skip.date.to_string()).collect::<Vec<_>>().join(",")
}

/// Lines by date.
pub fn in_order(lines: impl Iterator<Item = DateLine>) -> Vec<DateLine> {
    let mut lines: Vec<DateLine> = lines.collect();
    lines.sort_by_key(|line| line.starts);
    lines
}

/// What the clocks do between the first session and the last.
pub fn clocks_of(held: &[Occurrence]) -> String {
    match (held.first(), held.last()) {
        (Some(first), Some(last)) => clock_changes(first.local.date(), last.local.date()),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use ::series::{Closure, DaysOff, Rhythm, preview_pattern};

    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn pattern(ending: Option<Ending>) -> Pattern {
        let start = date(2026, 10, 22).and_hms_opt(10, 0, 0).unwrap();
        Pattern::new(start, Rhythm::Weekly { every: 2 }, ending).unwrap()
    }

    fn plan(closures: &[Closure]) -> Plan {
        let pattern = pattern(Some(Ending::Times(6)));
        let preview = preview_pattern(&pattern, 90, DaysOff { closures, leave: &[] }, None);
        plan_of(&pattern, 90, (&preview.held, &preview.skipped))
    }

    #[test]
    fn a_series_is_said_with_its_rhythm_and_its_end() {
        let words = |ending| in_words(&pattern(ending), 90);
        assert_eq!(words(Some(Ending::Until(date(2027, 7, 16)))), "Every second Thursday, 10:00 to 11:30, until 16 July 2027");
        assert_eq!(words(Some(Ending::Times(12))), "Every second Thursday, 10:00 to 11:30, 12 times");
        assert_eq!(words(None), "Every second Thursday, 10:00 to 11:30, until somebody ends it");
    }

    #[test]
    fn every_change_of_the_clocks_between_two_dates_is_said_in_one_sentence() {
        assert_eq!(clock_changes(date(2026, 11, 1), date(2027, 3, 27)), "");
        assert_eq!(
            clock_changes(date(2026, 10, 22), date(2026, 12, 1)),
            "The clocks go back on 25 October 2026. Sessions keep their usual time."
        );
        assert_eq!(
            clock_changes(date(2026, 10, 22), date(2027, 11, 4)),
            "The clocks go back on 25 October 2026, forward on 28 March 2027 and back on 31 October 2027. Sessions keep their usual time."
        );
    }

    #[test]
    fn a_plan_has_every_date_in_order_with_the_reason_for_each_that_is_skipped() {
        let open = plan(&[]);
        assert_eq!((open.held(), open.skips()), (6, 0));
        let plan = plan(&[Closure { first: date(2026, 11, 5), last: date(2026, 11, 5), name: "Staff learning day".to_owned() }]);
        assert_eq!((plan.held(), plan.skips()), (6, 1));
        assert!(plan.dates.is_sorted_by_key(|line| line.starts));
        assert_eq!(plan.dates[1].skipped.as_deref(), Some("Centre closed: Staff learning day"));
    }
}
