//! One event of a file, whatever the file is for.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use series::{instant, local};

use crate::content::{Content, Text};
use crate::uk_zone::{Instant, Local};

/// What a session is called in a calendar unless its owner chose otherwise.
pub const NEUTRAL_TITLE: &str = "Supervision session";

/// What a calendar knows something by, for good: the identity of a session's or of a series' row. It stands in no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity(pub u128);

impl fmt::Display for Identity {
    /// As a UUID (RFC 7986, section 5.3).
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        for (place, digit) in digits.chars().enumerate() {
            if matches!(place, 8 | 12 | 16 | 20) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{digit}")?;
        }
        Ok(())
    }
}

/// An event, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vevent {
    pub identity: Identity,
    pub sequence: i64,
    pub stamped: DateTime<Utc>,
    pub starts: NaiveDateTime,
    pub length_minutes: u32,
    pub repeats: Repeats,
    pub title: String,
    /// Empty where nothing is said of it.
    pub location: String,
    pub description: &'static str,
    pub address: String,
    pub is_cancelled: bool,
    pub alarm_minutes: Option<u32>,
}

/// What an event stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// One session.
    Once,
    /// A whole series.
    Rule {
        rule: String,
        /// Dates of the rule on which nothing is held.
        except: Vec<NaiveDateTime>,
        /// What is held besides.
        also: Vec<NaiveDateTime>,
    },
    /// The session of a series that would have begun then.
    InsteadOf(NaiveDateTime),
}

impl Vevent {
    /// Writes the event.
    pub fn write(&self, content: &mut Content) {
        content.ready("BEGIN:VEVENT\r\n");
        content.line(format_args!("UID:{}", self.identity));
        content.line(format_args!("DTSTAMP:{}", Instant(self.stamped)));
        content.line(format_args!("SEQUENCE:{}", self.sequence));
        if let Repeats::InsteadOf(slot) = &self.repeats {
            content.line(format_args!("RECURRENCE-ID{}", Local(*slot)));
        }
        content.line(format_args!("DTSTART{}", Local(self.starts)));
        self.write_end(content);
        if let Repeats::Rule { rule, except, also } = &self.repeats {
            content.line(format_args!("RRULE:{rule}"));
            for date in except {
                content.line(format_args!("EXDATE{}", Local(*date)));
            }
            for date in also {
                content.line(format_args!("RDATE{}", Local(*date)));
            }
        }
        content.line(format_args!("SUMMARY:{}", Text(&self.title)));
        if !self.location.is_empty() {
            content.line(format_args!("LOCATION:{}", Text(&self.location)));
        }
        if !self.description.is_empty() {
            content.line(format_args!("DESCRIPTION:{}", Text(self.description)));
        }
        content.line(format_args!("URL:{}", self.address));
        content.line(format_args!("STATUS:{}", if self.is_cancelled { "CANCELLED" } else { "CONFIRMED" }));
        content.line(format_args!("TRANSP:{}", if self.is_cancelled { "TRANSPARENT" } else { "OPAQUE" }));
        // Whoever may look into the owner's calendar sees that they are busy, and no more.
        content.ready("CLASS:PRIVATE\r\n");
        if let Some(minutes) = self.alarm_minutes.filter(|_| !self.is_cancelled) {
            content.ready("BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
            content.line(format_args!("DESCRIPTION:{}", Text(&self.title)));
            content.line(format_args!("TRIGGER:-PT{minutes}M"));
            content.ready("END:VALARM\r\n");
        }
        content.ready("END:VEVENT\r\n");
    }

    /// The end on the clock; or, where the clock shows that time twice and means the other, how long it lasts.
    fn write_end(&self, content: &mut Content) {
        let ends_at = instant(self.starts) + TimeDelta::minutes(i64::from(self.length_minutes));
        let ends = local(ends_at);
        if instant(ends) == ends_at {
            content.line(format_args!("DTEND{}", Local(ends)));
        } else {
            content.line(format_args!("DURATION:PT{}M", self.length_minutes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_written_as_a_uuid() {
        assert_eq!(Identity(0x0198_c3a0_0000_7000_8000_0000_0000_0001).to_string(), "0198c3a0-0000-7000-8000-000000000001");
        assert_eq!(Identity(1).to_string(), "00000000-0000-0000-0000-000000000001");
    }
}
