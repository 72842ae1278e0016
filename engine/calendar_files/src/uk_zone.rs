//! The clocks of the United Kingdom as a calendar file describes them.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::content::Content;

/// The rules that have held since 1997: forward at 01:00 UTC on the last Sunday in March, back at 01:00 UTC on the last in October.
const ZONE: &str = "\
BEGIN:VTIMEZONE\r
TZID:Europe/London\r
BEGIN:DAYLIGHT\r
TZNAME:BST\r
DTSTART:19970330T010000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZNAME:GMT\r
DTSTART:19971026T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
";

/// Describes the zone, once in each file that names it.
pub fn describe(content: &mut Content) {
    content.ready(ZONE);
}

/// A local time as the value of a property, with the zone as its parameter: `;TZID=Europe/London:20261022T100000`.
#[derive(Clone, Copy, Debug)]
pub struct Local(pub NaiveDateTime);

impl fmt::Display for Local {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, ";TZID=Europe/London:{}", self.0.format("%Y%m%dT%H%M%S"))
    }
}

/// An instant: `20261022T090000Z`.
#[derive(Clone, Copy, Debug)]
pub struct Instant(pub DateTime<Utc>);

impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y%m%dT%H%M%SZ"))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate, Weekday};
    use series::{ClockChange, clock_change};

    /// The zone data of the engine end with the year 2099.
    #[test]
    fn the_rules_are_those_by_which_the_engine_reckons() {
        let first = NaiveDate::from_ymd_opt(1998, 1, 1).unwrap();
        for date in first.iter_days().take_while(|date| date.year() < 2099) {
            let is_last_sunday = date.weekday() == Weekday::Sun && date.day() > 24;
            let expected = match date.month() {
                3 if is_last_sunday => Some(ClockChange::Forward),
                10 if is_last_sunday => Some(ClockChange::Back),
                _ => None,
            };
            assert_eq!(clock_change(date), expected, "{date}");
        }
    }
}
