//! What `server series expand` answers.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, and so do the functions that it calls")]

use proptest::prelude::*;
use series::expand_line;

/// A fortnightly Thursday, with one field replaced.
fn line(field: &str, value: &str) -> String {
    let mut fields = serde_json::json!({ "start": "2026-03-19T10:00", "zone": "Europe/London", "rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3" });
    fields[field] = serde_json::from_str(value).unwrap();
    fields.to_string()
}

/// The field and the sentence of a refusal.
fn refusal(line: &str) -> (String, String) {
    let answer: serde_json::Value = serde_json::from_str(&expand_line(line)).unwrap();
    let text = |field: &str| answer[field].as_str().unwrap().to_owned();
    (text("field"), text("error"))
}

fn refused(field: &str, error: &str) -> (String, String) {
    (field.to_owned(), error.to_owned())
}

#[test]
fn a_line_is_answered_with_its_instants() {
    let line =
        r#"{"start": "2026-03-19T10:00", "zone": "Europe/London", "rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=20", "skip": ["2026-04-03"]}"#;

    let answer = expand_line(line);

    let instants: Vec<String> = serde_json::from_str(&answer).unwrap();
    assert_eq!(instants.len(), 20);
    assert_eq!(instants[..3], ["2026-03-19T10:00:00Z", "2026-04-02T09:00:00Z", "2026-04-16T09:00:00Z"]);
    assert_eq!(instants[16..18], ["2026-10-29T10:00:00Z", "2026-11-12T10:00:00Z"]);
}

#[test]
fn a_skipped_date_counts_as_rfc_5545_counts_it() {
    assert_eq!(expand_line(&line("skip", r#"["2026-04-02"]"#)), r#"["2026-03-19T10:00:00Z","2026-04-16T09:00:00Z"]"#);
}

#[test]
fn every_zone_has_its_own_clocks() {
    assert_eq!(
        expand_line(r#"{"start":"2026-03-01T02:30","zone":"America/New_York","rule":"FREQ=WEEKLY;COUNT=3"}"#),
        r#"["2026-03-01T07:30:00Z","2026-03-08T07:30:00Z","2026-03-15T06:30:00Z"]"#
    );
    assert_eq!(
        expand_line(r#"{"start":"2026-09-27T10:00:00","zone":"Australia/Sydney","rule":"FREQ=MONTHLY;BYDAY=-1SU;UNTIL=20261031"}"#),
        r#"["2026-09-27T00:00:00Z","2026-10-24T23:00:00Z"]"#
    );
}

#[test]
fn the_missing_hour_is_read_in_winter_time_and_the_double_hour_in_summer_time() {
    assert_eq!(
        expand_line(r#"{"start":"2026-03-22T01:30","zone":"Europe/London","rule":"FREQ=WEEKLY;INTERVAL=31;COUNT=2"}"#),
        r#"["2026-03-22T01:30:00Z","2026-10-25T00:30:00Z"]"#
    );
    assert_eq!(
        expand_line(r#"{"start":"2026-03-22T01:30","zone":"Europe/London","rule":"FREQ=WEEKLY;COUNT=2"}"#),
        r#"["2026-03-22T01:30:00Z","2026-03-29T01:30:00Z"]"#
    );
}

#[test]
fn a_rule_without_an_end_needs_a_horizon() {
    assert_eq!(
        refusal(&line("rule", r#""FREQ=WEEKLY""#)),
        refused("rule", "The rule has neither COUNT nor UNTIL. Give one of them, or a horizon: the last date to expand to.")
    );
    let with_horizon = r#"{"start":"2026-03-19T10:00","zone":"Europe/London","rule":"FREQ=WEEKLY","horizon":"2026-03-26"}"#;
    assert_eq!(expand_line(with_horizon), r#"["2026-03-19T10:00:00Z","2026-03-26T10:00:00Z"]"#);
}

#[test]
fn what_cannot_be_used_is_named_by_its_field() {
    let cases = [
        (line("start", r#""2026-03-19""#), "start", "“2026-03-19” is not a local time such as 2026-03-19T10:00."),
        (line("start", r#""2026-03-29T01:30""#), "start", "The clocks of Europe/London never show 2026-03-29T01:30."),
        (line("start", "7"), "start", "It is not a text."),
        (line("zone", r#""Europe/Leeds""#), "zone", "“Europe/Leeds” is not a time zone that is known here; Europe/London is one."),
        (line("rule", r#""FREQ=DAILY""#), "rule", "FREQ=DAILY is not supported: a series is WEEKLY or MONTHLY."),
        (line("rule", r#""FREQ=WEEKLY;UNTIL=20260318""#), "rule", "UNTIL=20260318 lies before the start."),
        (line("rule", r#""FREQ=WEEKLY;COUNT=10000""#), "rule", "COUNT=10000 is not supported: a series has 1 to 5,000 sessions."),
        (line("rule", r#""FREQ=WEEKLY;COUNT=4000""#), "rule", "COUNT reaches beyond 31 December 2099, where the zone data end."),
        (
            line("rule", r#""FREQ=WEEKLY;RRULE=FREQ=WEEKLY""#),
            "rule",
            "RRULE is not supported: a series has FREQ, INTERVAL, BYDAY, BYSETPOS, COUNT or UNTIL.",
        ),
        (line("skip", r#"["2026-04-02", "soon"]"#), "skip[1]", r#""soon" is not a date such as "2026-04-03"."#),
        (line("skip", r#""2026-04-02""#), "skip", "It is not a list of dates."),
        (line("horizon", r#""never""#), "horizon", "“never” is not a date such as 2026-04-03."),
        (line("until", r#""2026-04-02""#), "until", "There is no such field; the fields are start, zone, rule, skip, horizon."),
        (r#"{"zone":"Europe/London","rule":"FREQ=WEEKLY"}"#.to_owned(), "start", "It is missing."),
        ("[1]".to_owned(), "", "The line is not a JSON object."),
        (format!("\"{}\"", "a".repeat(100_000)), "", "The line is longer than 100000 characters."),
    ];
    for (line, field, error) in cases {
        assert_eq!(refusal(&line), refused(field, error));
    }
}

#[test]
fn what_is_not_json_is_refused_with_the_place() {
    for line in ["{", ""] {
        assert!(refusal(line).1.starts_with("The line is not JSON: "));
    }
}

#[test]
fn no_line_makes_more_than_five_thousand_instants() {
    let century = r#"{"start":"1970-01-01T10:00","zone":"UTC","rule":"FREQ=WEEKLY;UNTIL=99991231"}"#;
    assert_eq!(refusal(century), refused("rule", "The rule has more than 5000 occurrences."));
    let most = r#"{"start":"1970-01-01T10:00","zone":"UTC","rule":"FREQ=WEEKLY;COUNT=5000"}"#;
    assert_eq!(serde_json::from_str::<Vec<String>>(&expand_line(most)).unwrap().len(), 5_000);
}

/// Rules that are nearly right, and some that are nothing of the kind.
fn any_rule() -> impl Strategy<Value = String> {
    let names = vec!["FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST", "BYMONTH", "RRULE", ""];
    let values = vec![
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        "1",
        "2",
        "-1",
        "3TH",
        "TH",
        "-1TH",
        "\u{e9}",
        "0",
        "5000",
        "20270101",
        "20270101T100000Z",
        "20260319T",
        "",
    ];
    let part = (prop::sample::select(names), prop::sample::select(values)).prop_map(|(name, value)| format!("{name}={value}"));
    prop_oneof![
        8 => prop::collection::vec(part, 1..5).prop_map(|parts| format!("FREQ=WEEKLY;{}", parts[1..].join(";"))),
        4 => "BYDAY=-?[0-9]?(TH|TU)".prop_map(|day| format!("FREQ=MONTHLY;{day};COUNT=4")),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn whatever_a_line_says_it_is_answered(start in prop_oneof![Just("2026-03-19T10:00".to_owned()), any::<String>()], rule in any_rule(), rest in any::<String>()) {
        let whole = serde_json::json!({ "start": start, "zone": "Europe/London", "rule": rule }).to_string();
        for line in [whole.clone(), format!("{whole}{rest}"), rest] {
            let answer: serde_json::Value = serde_json::from_str(&expand_line(&line)).unwrap();
            prop_assert!(answer.is_array() || !answer["error"].as_str().unwrap().is_empty());
        }
    }
}
