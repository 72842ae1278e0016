//! From the text of a recurrence rule to a pattern.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;

use super::RruleProblem;
use super::parts::Parts;
use super::print::code_of;
use crate::clocks::{instant_in, local_in};
use crate::pattern::{Pattern, PatternProblem, PlaceInMonth, Rhythm};
use crate::rule::Ending;

/// Reads the rule of a series that starts at a local time of a zone.
pub(crate) fn parse(zone: Tz, start: NaiveDateTime, text: &str) -> Result<Pattern, RruleProblem> {
    let parts = Parts::of(text)?;
    let rhythm = rhythm_of(&parts, start)?;
    let ending = ending_of(&parts, zone, start)?;
    Pattern::new(start, rhythm, ending).map_err(|problem| in_words_of_the_rule(problem, &parts))
}

fn rhythm_of(parts: &Parts<'_>, start: NaiveDateTime) -> Result<Rhythm, RruleProblem> {
    let every = match parts.interval {
        Some(value) => whole_number(value).ok_or_else(|| RruleProblem::IntervalOutOfRange { value: value.to_owned() })?,
        None => 1,
    };
    match parts.frequency.map(str::to_ascii_uppercase).as_deref() {
        None => Err(RruleProblem::NoFrequency),
        Some("WEEKLY") => {
            check_weekly_day(parts, start)?;
            Ok(Rhythm::Weekly { every })
        }
        Some("MONTHLY") => Ok(Rhythm::Monthly { every, place: place_of(parts, start)? }),
        Some(value) => Err(RruleProblem::FrequencyNotSupported { value: value.to_owned() }),
    }
}

fn check_weekly_day(parts: &Parts<'_>, start: NaiveDateTime) -> Result<(), RruleProblem> {
    if parts.position.is_some() {
        return Err(RruleProblem::PositionNotSupported);
    }
    let Some(value) = parts.days else {
        return Ok(());
    };
    match weekday_of(value) {
        None => Err(RruleProblem::WeeklyDaysNotSupported { value: value.to_owned() }),
        Some(weekday) if weekday == start.weekday() => Ok(()),
        Some(_) => Err(RruleProblem::StartNotInRule { start, rule_says: format!("BYDAY={value}") }),
    }
}

/// `BYDAY=2TU`, or `BYDAY=TU;BYSETPOS=2`, which is the same.
fn place_of(parts: &Parts<'_>, start: NaiveDateTime) -> Result<PlaceInMonth, RruleProblem> {
    let value = parts.days.ok_or(RruleProblem::NoMonthlyDay)?;
    let refused = || RruleProblem::MonthlyDaysNotSupported { value: value.to_owned() };
    let (number, code) = value.split_at_checked(value.len().saturating_sub(2)).ok_or_else(refused)?;
    let weekday = weekday_of(code).ok_or_else(refused)?;
    let number = match (number, parts.position) {
        ("", Some(position)) => position,
        ("", None) => return Err(refused()),
        (number, None) => number,
        (_, Some(_)) => return Err(RruleProblem::PositionNotSupported),
    };
    let place = match number.strip_prefix('+').unwrap_or(number) {
        "1" => PlaceInMonth::First,
        "2" => PlaceInMonth::Second,
        "3" => PlaceInMonth::Third,
        "4" => PlaceInMonth::Fourth,
        "5" => PlaceInMonth::Fifth,
        "-1" => PlaceInMonth::Last,
        _ if parts.position.is_some() => return Err(RruleProblem::Unreadable { name: "BYSETPOS", value: number.to_owned() }),
        _ => return Err(refused()),
    };
    if weekday != start.weekday() {
        return Err(RruleProblem::StartNotInRule { start, rule_says: format!("BYDAY={value}") });
    }
    Ok(place)
}

fn ending_of(parts: &Parts<'_>, zone: Tz, start: NaiveDateTime) -> Result<Option<Ending>, RruleProblem> {
    if let Some(value) = parts.count {
        let times = whole_number(value).ok_or_else(|| RruleProblem::CountOutOfRange { value: value.to_owned() })?;
        return Ok(Some(Ending::Times(times)));
    }
    let Some(value) = parts.until else {
        return Ok(None);
    };
    let until = until_of(value).ok_or_else(|| RruleProblem::Unreadable { name: "UNTIL", value: value.to_owned() })?;
    until
        .last_date(zone, start)
        .map(|date| Some(Ending::Until(date)))
        .ok_or_else(|| RruleProblem::UntilBeforeStart { value: value.to_owned() })
}

/// The three ways to write an end; all of them include the moment that they name.
enum Until {
    Date(NaiveDate),
    Local(NaiveDateTime),
    Instant(DateTime<Utc>),
}

fn until_of(value: &str) -> Option<Until> {
    if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        return date_time_of(utc).map(|instant| Until::Instant(instant.and_utc()));
    }
    if value.len() == 8 {
        return NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(Until::Date);
    }
    date_time_of(value).map(Until::Local)
}

/// `20260716T100000`, and nothing that is nearly so.
fn date_time_of(value: &str) -> Option<NaiveDateTime> {
    if value.len() != 15 {
        return None;
    }
    NaiveDateTime::parse_from_str(&value.to_ascii_uppercase(), "%Y%m%dT%H%M%S").ok()
}

impl Until {
    /// The last date on which a session that begins at the time of the start is still within the rule; `None` before the start.
    fn last_date(&self, zone: Tz, start: NaiveDateTime) -> Option<NaiveDate> {
        let (date, is_reached) = match *self {
            Self::Date(date) => (date, true),
            Self::Local(local) => (local.date(), local.date().and_time(start.time()) <= local),
            Self::Instant(instant) => {
                let date = local_in(zone, instant).date();
                (date, instant_in(zone, date.and_time(start.time())) <= instant)
            }
        };
        let date = if is_reached { date } else { date.pred_opt()? };
        (date >= start.date()).then_some(date)
    }
}

fn in_words_of_the_rule(problem: PatternProblem, parts: &Parts<'_>) -> RruleProblem {
    let value = |part: Option<&str>| part.unwrap_or_default().to_owned();
    match problem {
        PatternProblem::EveryWeeksOutOfRange | PatternProblem::EveryMonthsOutOfRange => {
            RruleProblem::IntervalOutOfRange { value: value(parts.interval) }
        }
        PatternProblem::TimesOutOfRange => RruleProblem::CountOutOfRange { value: value(parts.count) },
        PatternProblem::UntilBeforeStart { .. } => RruleProblem::UntilBeforeStart { value: value(parts.until) },
        PatternProblem::StartOutOfRange | PatternProblem::StartNotInMinutes | PatternProblem::StartNotOnRhythm { .. } => {
            RruleProblem::Pattern(problem)
        }
    }
}

fn weekday_of(code: &str) -> Option<Weekday> {
    let mut weekday = Weekday::Mon;
    for _ in 0..7 {
        if code.eq_ignore_ascii_case(code_of(weekday)) {
            return Some(weekday);
        }
        weekday = weekday.succ();
    }
    None
}

/// Figures alone: neither a sign nor a space.
fn whole_number(value: &str) -> Option<u32> {
    value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok()).flatten()
}
