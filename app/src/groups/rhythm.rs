//! When a group meets, in words.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use crate::ui::clock_time;

/// How often, on which day and at what time a series is held. Times are UK local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// The first date, which fixes the day of the week.
    pub starts_on: NaiveDate,
    /// When a session begins.
    pub starts_time: NaiveTime,
    /// How long it lasts.
    pub length_minutes: i64,
    /// Weeks from one session to the next.
    pub every_weeks: i64,
}

impl Rhythm {
    /// "Every second Thursday".
    pub fn days(&self) -> String {
        let day = day_name(self.starts_on.weekday());
        match self.every_weeks {
            1 => format!("Every {day}"),
            2 => format!("Every second {day}"),
            3 => format!("Every third {day}"),
            4 => format!("Every fourth {day}"),
            weeks => format!("Every {weeks} weeks on a {day}"),
        }
    }

    /// "10:00 to 11:30".
    pub fn times(&self) -> String {
        let ends = self.starts_time.overflowing_add_signed(TimeDelta::minutes(self.length_minutes)).0;
        format!("{} to {}", clock_time(self.starts_time), clock_time(ends))
    }
}

/// "Every second Thursday, 10:00 to 11:30".
impl std::fmt::Display for Rhythm {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}, {}", self.days(), self.times())
    }
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(every_weeks: i64) -> Rhythm {
        Rhythm {
            starts_on: NaiveDate::from_ymd_opt(2026, 10, 22).unwrap(),
            starts_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
            length_minutes: 90,
            every_weeks,
        }
    }

    #[test]
    fn a_rhythm_is_said_as_people_say_it() {
        assert_eq!(rhythm(1).to_string(), "Every Thursday, 10:00 to 11:30");
        assert_eq!(rhythm(2).to_string(), "Every second Thursday, 10:00 to 11:30");
        assert_eq!(rhythm(6).to_string(), "Every 6 weeks on a Thursday, 10:00 to 11:30");
    }

    #[test]
    fn a_session_over_midnight_ends_in_the_morning() {
        let late = Rhythm { starts_time: NaiveTime::from_hms_opt(23, 30, 0).unwrap(), length_minutes: 60, ..rhythm(1) };
        assert_eq!(late.times(), "23:30 to 00:30");
    }
}
