//! What a series is called and how it is said.

use ::series::{Ending, Rule};

use crate::groups::Rhythm;
use crate::identity::identity;

identity! {
    /// A series of a group.
    SeriesId
}

/// "Every second Thursday, 10:00 to 11:30, until 16 July 2027".
pub fn in_words(rule: &Rule) -> String {
    let rhythm = Rhythm {
        starts_on: rule.start().date(),
        starts_time: rule.start().time(),
        length_minutes: i64::from(rule.length_minutes()),
        every_weeks: i64::from(rule.every_weeks()),
    };
    match rule.ending() {
        Ending::Until(last) => format!("{rhythm}, until {}", last.format("%-d %B %Y")),
        Ending::Times(1) => format!("{rhythm}, once"),
        Ending::Times(times) => format!("{rhythm}, {times} times"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;

    fn rule(ending: Ending) -> Rule {
        Rule::new(::series::RuleInput {
            start_date: NaiveDate::from_ymd_opt(2026, 10, 22).unwrap(),
            start_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
            length_minutes: 90,
            every_weeks: 2,
            ending: Some(ending),
        })
        .unwrap()
    }

    #[test]
    fn a_series_is_said_with_its_rhythm_and_its_end() {
        let until = rule(Ending::Until(NaiveDate::from_ymd_opt(2027, 7, 16).unwrap()));
        assert_eq!(in_words(&until), "Every second Thursday, 10:00 to 11:30, until 16 July 2027");
        assert_eq!(in_words(&rule(Ending::Times(12))), "Every second Thursday, 10:00 to 11:30, 12 times");
    }
}
