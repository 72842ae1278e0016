//! When a group meets, in words.

use ::series::Rhythm as Repeats;
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
    /// How far apart its dates are.
    pub repeats: Repeats,
}

impl Rhythm {
    /// "Every second Thursday"; "The second Thursday of every month", which is not the same.
    pub fn days(&self) -> String {
        let day = day_name(self.starts_on.weekday());
        match self.repeats {
            Repeats::Weekly { every } => match nth(every) {
                Some(nth) => format!("Every {nth}{day}"),
                None => format!("Every {every} weeks on a {day}"),
            },
            Repeats::Monthly { every, place } => match nth(every) {
                Some(nth) => format!("The {place} {day} of every {nth}month"),
                None => format!("The {place} {day}, every {every} months"),
            },
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

/// What stands between "every" and the thing, where people say it with a word.
const fn nth(every: u32) -> Option<&'static str> {
    Some(match every {
        1 => "",
        2 => "second ",
        3 => "third ",
        4 => "fourth ",
        _ => return None,
    })
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
    use ::series::PlaceInMonth;

    use super::*;

    fn rhythm(repeats: Repeats) -> Rhythm {
        Rhythm {
            starts_on: NaiveDate::from_ymd_opt(2026, 10, 22).unwrap(),
            starts_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
            length_minutes: 90,
            repeats,
        }
    }

    #[test]
    fn a_rhythm_is_said_as_people_say_it() {
        let weekly = |every| rhythm(Repeats::Weekly { every }).to_string();
        assert_eq!(weekly(1), "Every Thursday, 10:00 to 11:30");
        assert_eq!(weekly(2), "Every second Thursday, 10:00 to 11:30");
        assert_eq!(weekly(6), "Every 6 weeks on a Thursday, 10:00 to 11:30");
    }

    #[test]
    fn a_weekday_of_the_month_is_not_said_like_every_second_week() {
        let monthly = |every, place| rhythm(Repeats::Monthly { every, place }).days();
        assert_eq!(monthly(1, PlaceInMonth::Second), "The second Thursday of every month");
        assert_eq!(monthly(2, PlaceInMonth::Last), "The last Thursday of every second month");
        assert_eq!(monthly(6, PlaceInMonth::First), "The first Thursday, every 6 months");
    }

    #[test]
    fn a_session_over_midnight_ends_in_the_morning() {
        let weekly = rhythm(Repeats::Weekly { every: 1 });
        let late = Rhythm { starts_time: NaiveTime::from_hms_opt(23, 30, 0).unwrap(), length_minutes: 60, ..weekly };
        assert_eq!(late.times(), "23:30 to 00:30");
    }
}
