//! A line of JSON in, the instants of its rule out, so that any other tool can check the engine.
//!
//! ```text
//! {"start": "2026-03-19T10:00", "zone": "Europe/London", "rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=20", "skip": ["2026-04-02"]}
//! ["2026-03-19T10:00:00Z","2026-04-16T09:00:00Z",…]
//! ```
//!
//! `COUNT` counts as RFC 5545 counts: a skipped date is one of them. `skip` may be left out. `horizon`, a date, ends a rule that has neither
//! `COUNT` nor `UNTIL`. What cannot be used is answered with the field that has to change: `{"field":"zone","error":"…"}`.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, SecondsFormat};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use crate::clocks::{exists_in, instant_in};
use crate::expand::dates_until;
use crate::pattern::Pattern;
use crate::rrule::parse;
use crate::rule::Ending;

/// The instants of a rule, as a line of JSON. In the browser the zone can only be `Europe/London`.
pub fn expand_line(line: &str) -> String {
    let answer = match instants(line) {
        Ok(instants) => Value::from(instants),
        Err(Refusal { field, error }) => json!({ "field": field, "error": error }),
    };
    answer.to_string()
}

/// Why a line cannot be used, and the field that has to change.
struct Refusal {
    field: String,
    error: String,
}

/// More is no series.
const MOST_OCCURRENCES: usize = 5_000;
const LONGEST_LINE: usize = 100_000;
const FIELDS: [&str; 5] = ["start", "zone", "rule", "skip", "horizon"];

fn instants(line: &str) -> Result<Vec<String>, Refusal> {
    let fields = fields(line)?;
    let zone = zone(&fields)?;
    let start = start(&fields, zone)?;
    let rule = text(&fields, "rule")?;
    let pattern = parse(zone, start, rule).map_err(|problem| refusal("rule", problem))?;
    let horizon = horizon(&fields, &pattern)?;
    let skipped = skipped(&fields)?;
    let most = match pattern.ending() {
        Some(Ending::Times(times)) => usize::try_from(times).unwrap_or(usize::MAX),
        Some(Ending::Until(_)) | None => MOST_OCCURRENCES.saturating_add(1),
    };
    let dates: Vec<NaiveDate> = dates_until(&pattern, horizon).take(most).collect();
    if dates.len() > MOST_OCCURRENCES {
        return Err(refusal("rule", format_args!("The rule has more than {MOST_OCCURRENCES} occurrences.")));
    }
    if matches!(pattern.ending(), Some(Ending::Times(_))) && dates.len() < most {
        return Err(refusal("rule", "COUNT reaches beyond 31 December 2099, where the zone data end."));
    }
    let held = dates.into_iter().filter(|date| !skipped.contains(date));
    Ok(held.map(|date| instant_in(zone, pattern.slot_on(date)).to_rfc3339_opts(SecondsFormat::Secs, true)).collect())
}

fn fields(line: &str) -> Result<Map<String, Value>, Refusal> {
    if line.len() > LONGEST_LINE {
        return Err(refusal("", format_args!("The line is longer than {LONGEST_LINE} characters.")));
    }
    let fields = match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(refusal("", "The line is not a JSON object.")),
        Err(error) => return Err(refusal("", format_args!("The line is not JSON: {error}."))),
    };
    match fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        Some(unknown) => Err(refusal(unknown, format_args!("There is no such field; the fields are {}.", FIELDS.join(", ")))),
        None => Ok(fields),
    }
}

fn zone(fields: &Map<String, Value>) -> Result<Tz, Refusal> {
    let name = text(fields, "zone")?;
    name.parse().map_err(|_| refusal("zone", format_args!("“{name}” is not a time zone that is known here; Europe/London is one.")))
}

fn start(fields: &Map<String, Value>, zone: Tz) -> Result<NaiveDateTime, Refusal> {
    let text = text(fields, "start")?;
    let start = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .map_err(|_| refusal("start", format_args!("“{text}” is not a local time such as 2026-03-19T10:00.")))?;
    if exists_in(zone, start) {
        return Ok(start);
    }
    Err(refusal("start", format_args!("The clocks of {zone} never show {text}.")))
}

fn horizon(fields: &Map<String, Value>, pattern: &Pattern) -> Result<Option<NaiveDate>, Refusal> {
    if !fields.contains_key("horizon") {
        return match pattern.ending() {
            Some(_) => Ok(None),
            None => {
                Err(refusal("rule", "The rule has neither COUNT nor UNTIL. Give one of them, or a horizon: the last date to expand to."))
            }
        };
    }
    let text = text(fields, "horizon")?;
    date(text).map(Some).ok_or_else(|| refusal("horizon", format_args!("“{text}” is not a date such as 2026-04-03.")))
}

fn skipped(fields: &Map<String, Value>) -> Result<BTreeSet<NaiveDate>, Refusal> {
    let dates = match fields.get("skip") {
        None => return Ok(BTreeSet::new()),
        Some(Value::Array(dates)) => dates,
        Some(_) => return Err(refusal("skip", "It is not a list of dates.")),
    };
    let read = |(place, value): (usize, &Value)| {
        value
            .as_str()
            .and_then(date)
            .ok_or_else(|| refusal(&format!("skip[{place}]"), format_args!("{value} is not a date such as \"2026-04-03\".")))
    };
    dates.iter().enumerate().map(read).collect()
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, Refusal> {
    match fields.get(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(refusal(name, "It is not a text.")),
        None => Err(refusal(name, "It is missing.")),
    }
}

/// `2026-04-03` and nothing that is nearly so.
fn date(text: &str) -> Option<NaiveDate> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

fn refusal(field: &str, error: impl ToString) -> Refusal {
    Refusal { field: field.to_owned(), error: error.to_string() }
}
