use chrono::NaiveDate;

use super::*;
use crate::expand::Skip;
use crate::pattern::{PlaceInMonth, Rhythm};
use crate::rule::Ending;

/// Thursday 19 March 2026, 10:00; the third Thursday of its month.
fn thursday() -> NaiveDateTime {
    date(2026, 3, 19).and_hms_opt(10, 0, 0).unwrap()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn read(rule: &str) -> Pattern {
    Pattern::from_rrule(thursday(), rule).unwrap()
}

fn refusal(rule: &str) -> String {
    Pattern::from_rrule(thursday(), rule).unwrap_err().to_string()
}

#[test]
fn every_rule_that_a_series_can_have_is_read() {
    let cases = [
        ("FREQ=WEEKLY", Rhythm::Weekly { every: 1 }, None),
        ("freq=weekly;interval=2;byday=th;count=20", Rhythm::Weekly { every: 2 }, Some(Ending::Times(20))),
        ("RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20260716", Rhythm::Weekly { every: 1 }, Some(Ending::Until(date(2026, 7, 16)))),
        ("FREQ=MONTHLY;BYDAY=3TH", Rhythm::Monthly { every: 1, place: PlaceInMonth::Third }, None),
        ("FREQ=MONTHLY;BYDAY=+3TH;INTERVAL=2", Rhythm::Monthly { every: 2, place: PlaceInMonth::Third }, None),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=3;COUNT=1", Rhythm::Monthly { every: 1, place: PlaceInMonth::Third }, Some(Ending::Times(1))),
    ];
    for (rule, rhythm, ending) in cases {
        let pattern = read(rule);
        assert_eq!((pattern.rhythm(), pattern.ending()), (rhythm, ending), "{rule}");
    }
    let last = date(2026, 3, 26).and_hms_opt(10, 0, 0).unwrap();
    let pattern = Pattern::from_rrule(last, "FREQ=MONTHLY;BYDAY=-1TH").unwrap();
    assert_eq!(pattern.rhythm(), Rhythm::Monthly { every: 1, place: PlaceInMonth::Last });
}

#[test]
fn until_includes_the_session_that_begins_at_it_and_none_that_begins_after() {
    let cases = [
        ("20260402T100000", date(2026, 4, 2)),
        ("20260402T095959", date(2026, 4, 1)),
        // British Summer Time has begun by then, so that 09:00 in Greenwich is 10:00 on the wall.
        ("20260402T090000Z", date(2026, 4, 2)),
        ("20260402T085959Z", date(2026, 4, 1)),
        ("20260402T233000Z", date(2026, 4, 2)),
    ];
    for (until, last) in cases {
        assert_eq!(read(&format!("FREQ=WEEKLY;UNTIL={until}")).ending(), Some(Ending::Until(last)), "{until}");
    }
}

#[test]
fn what_a_series_cannot_be_is_refused_by_name() {
    let cases = [
        ("", "“” is not a part of a rule: parts look like FREQ=WEEKLY and are separated by semicolons."),
        ("INTERVAL=2", "FREQ is missing."),
        ("FREQ=DAILY", "FREQ=DAILY is not supported: a series is WEEKLY or MONTHLY."),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR is not supported: a series has FREQ, INTERVAL, BYDAY, BYSETPOS, COUNT or UNTIL."),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "BYDAY=TU,TH is not supported: a weekly series is held on one weekday, such as TU."),
        ("FREQ=WEEKLY;BYDAY=2TH", "BYDAY=2TH is not supported: a weekly series is held on one weekday, such as TU."),
        ("FREQ=WEEKLY;BYSETPOS=1", "BYSETPOS is not supported here: it goes with FREQ=MONTHLY and one weekday without a number."),
        ("FREQ=MONTHLY", "FREQ=MONTHLY without BYDAY is not supported: a monthly series is held on a weekday, such as BYDAY=2TU."),
        (
            "FREQ=MONTHLY;BYDAY=-2TH",
            "BYDAY=-2TH is not supported: a monthly series is held on one weekday of the month, 1 to 5 or -1 (the last), such as 2TU.",
        ),
        (
            "FREQ=MONTHLY;BYDAY=é",
            "BYDAY=é is not supported: a monthly series is held on one weekday of the month, 1 to 5 or -1 (the last), such as 2TU.",
        ),
        ("FREQ=WEEKLY;BYDAY=TU", "The start is not a date of the rule: 2026-03-19 10:00:00 is a Thursday, and the rule says BYDAY=TU."),
        ("FREQ=MONTHLY;BYDAY=2TH", "Choose a start date that is the second Thursday of its month: 19 March 2026 is not."),
        ("FREQ=WEEKLY;COUNT=10;UNTIL=20260716", "COUNT and UNTIL exclude each other."),
        ("FREQ=WEEKLY;COUNT=10000", "COUNT=10000 is not supported: a series has 1 to 5,000 sessions."),
        ("FREQ=WEEKLY;COUNT=0", "COUNT=0 is not supported: a series has 1 to 5,000 sessions."),
        ("FREQ=WEEKLY;COUNT=99999999999999999999", "COUNT=99999999999999999999 is not supported: a series has 1 to 5,000 sessions."),
        ("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL=-1 is not supported: 1 to 52 weeks or 1 to 12 months lie between sessions."),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0 is not supported: 1 to 52 weeks or 1 to 12 months lie between sessions."),
        ("FREQ=WEEKLY;UNTIL=20260318", "UNTIL=20260318 lies before the start."),
        ("FREQ=WEEKLY;UNTIL=20260319T095959Z", "UNTIL=20260319T095959Z lies before the start."),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "UNTIL=tomorrow cannot be read."),
        ("FREQ=WEEKLY;WKST=XX", "WKST=XX cannot be read."),
    ];
    for (rule, problem) in cases {
        assert_eq!(refusal(rule), problem, "{rule}");
    }
}

#[test]
fn a_rule_within_a_rule_is_refused() {
    assert_eq!(refusal("FREQ=WEEKLY;FREQ=WEEKLY"), "FREQ stands there twice.");
    assert_eq!(
        refusal("FREQ=WEEKLY;RRULE=FREQ=WEEKLY"),
        "RRULE is not supported: a series has FREQ, INTERVAL, BYDAY, BYSETPOS, COUNT or UNTIL."
    );
    assert_eq!(
        refusal("RRULE:RRULE:FREQ=WEEKLY"),
        "RRULE:FREQ is not supported: a series has FREQ, INTERVAL, BYDAY, BYSETPOS, COUNT or UNTIL."
    );
    assert_eq!(refusal(&"FREQ=WEEKLY;".repeat(1000)), "The rule is longer than 500 characters.");
}

#[test]
fn a_rule_is_written_as_calendars_read_it() {
    let cases = [
        "FREQ=WEEKLY;BYDAY=TH",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=20",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20260716T225959Z",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261217T235959Z",
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TH;COUNT=4",
    ];
    for rule in cases {
        assert_eq!(read(rule).to_rrule(&[]), rule);
    }
}

#[test]
fn the_count_that_is_written_leaves_n_sessions_when_the_skips_are_taken_out() {
    let skip = |date| Skip { date, reason: String::from("Room being painted") };
    let skips = [skip(date(2026, 3, 26)), skip(date(2026, 3, 27)), skip(date(2026, 4, 16)), skip(date(2026, 12, 24))];

    assert_eq!(read("FREQ=WEEKLY;COUNT=3").to_rrule(&skips), "FREQ=WEEKLY;BYDAY=TH;COUNT=4");
    assert_eq!(read("FREQ=WEEKLY;COUNT=2").to_rrule(&skips), "FREQ=WEEKLY;BYDAY=TH;COUNT=3");
}
