//! How much can be planned, and for which kinds of supervision.

use serde::{Deserialize, Serialize};

use crate::availability::model::Limits;
use crate::error::{AppError, Problem};
use crate::groups::GroupKind;

/// How much can be planned.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitsForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The version that the person was shown.
    pub version: String,
    /// Minutes after a session.
    pub buffer: String,
    /// The most sessions of a day, or empty.
    pub most_in_day: String,
    /// The most sessions of a week, or empty.
    pub most_in_week: String,
    /// Hours of sessions in a week by the contract, or empty: `7.5`.
    pub contracted: String,
}

impl LimitsForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<Limits, AppError> {
        let buffer = whole("buffer", &self.buffer, 0..=240, "Enter the minutes after a session, from 0 to 240.")
            .and_then(|minutes| minutes.ok_or_else(|| Problem::new("buffer", "Enter the minutes after a session, from 0 to 240.")));
        let day = whole("most_in_day", &self.most_in_day, 1..=20, "Enter a number of sessions from 1 to 20, or nothing for no limit.");
        let week = whole("most_in_week", &self.most_in_week, 1..=60, "Enter a number of sessions from 1 to 60, or nothing for no limit.");
        let contracted = minutes_of_hours(&self.contracted);
        match (buffer, day, week, contracted) {
            (Ok(buffer_minutes), Ok(most_in_day), Ok(most_in_week), Ok(contracted_minutes)) => {
                Ok(Limits { buffer_minutes, most_in_day, most_in_week, contracted_minutes })
            }
            (buffer, day, week, contracted) => {
                Err(AppError::Invalid([buffer.err(), day.err(), week.err(), contracted.err()].into_iter().flatten().collect()))
            }
        }
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(-1)
    }
}

/// What somebody is qualified for, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QualificationsForm {
    /// The person's code.
    pub person: String,
    /// The keys of the kinds that stood there when the page was shown, with a comma between them.
    pub shown: String,
    /// The keys of the kinds.
    pub qualified: Vec<String>,
}

/// What somebody is to be qualified for, and what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifications {
    pub shown: Vec<GroupKind>,
    pub kinds: Vec<GroupKind>,
}

impl Qualifications {
    /// The kinds that not every supervisor leads, in the order in which forms name them.
    pub const KINDS: [GroupKind; 2] = [GroupKind::Vig, GroupKind::Supervisors];
}

impl QualificationsForm {
    /// What is valid of it; a word that names no such kind is none.
    pub fn check(&self) -> Qualifications {
        let named = |words: &[&str]| Qualifications::KINDS.into_iter().filter(|kind| words.contains(&kind.key())).collect();
        let sent: Vec<&str> = self.qualified.iter().map(String::as_str).collect();
        Qualifications { shown: named(&self.shown.split(',').collect::<Vec<_>>()), kinds: named(&sent) }
    }
}

fn whole(field: &str, text: &str, range: std::ops::RangeInclusive<i64>, otherwise: &str) -> Result<Option<i64>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().ok().filter(|figure| range.contains(figure)).map(Some).ok_or_else(|| Problem::new(field, otherwise))
}

/// Hours as people write them, in whole minutes: `7.5`, `7,5` or `7:30`; nothing where nothing was entered.
fn minutes_of_hours(text: &str) -> Result<Option<i64>, Problem> {
    let problem = || Problem::new("contracted", "Enter hours from 1 to 50, such as 7.5, or nothing.");
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let (hours, part) = text.split_once(['.', ':']).unwrap_or((&text, "0"));
    let hours: i64 = hours.parse().map_err(|_| problem())?;
    let minutes = match part {
        part if text.contains(':') => part.parse().ok().filter(|minutes| (0..60).contains(minutes)),
        "0" | "00" => Some(0),
        "25" => Some(15),
        "5" | "50" => Some(30),
        "75" => Some(45),
        _ => None,
    };
    let minutes: i64 = minutes.ok_or_else(problem)?;
    Some(hours.checked_mul(60).ok_or_else(problem)? + minutes).filter(|minutes| (60..=3000).contains(minutes)).map(Some).ok_or_else(problem)
}

/// Minutes as hours in a form: "7.5".
pub fn hours_of_minutes(minutes: i64) -> String {
    match minutes % 60 {
        0 => format!("{}", minutes / 60),
        15 => format!("{}.25", minutes / 60),
        30 => format!("{}.5", minutes / 60),
        45 => format!("{}.75", minutes / 60),
        rest => format!("{}:{rest:02}", minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fields;
    use super::*;

    #[test]
    fn contracted_hours_are_taken_as_people_write_them() {
        for (text, minutes) in [("7.5", Some(450)), ("7,5", Some(450)), ("7:30", Some(450)), ("20", Some(1200)), ("", None)] {
            let form = LimitsForm { buffer: "15".to_owned(), contracted: text.to_owned(), ..LimitsForm::default() };
            assert_eq!(form.check().map(|limits| limits.contracted_minutes), Ok(minutes), "{text}");
        }
        for text in ["0.5", "51", "7.3", "many", "-3", "99999999999999999999", "7:75"] {
            let form = LimitsForm { buffer: "15".to_owned(), contracted: text.to_owned(), ..LimitsForm::default() };
            assert_eq!(fields(form.check()), ["contracted"], "{text}");
        }
        assert_eq!([hours_of_minutes(450), hours_of_minutes(1200), hours_of_minutes(70)], ["7.5", "20", "1:10"]);
    }

    #[test]
    fn limits_may_be_left_open_and_the_buffer_may_not() {
        assert_eq!(
            fields(LimitsForm { most_in_day: "0".to_owned(), most_in_week: "61".to_owned(), ..LimitsForm::default() }.check()),
            ["buffer", "most_in_day", "most_in_week"]
        );
    }
}
