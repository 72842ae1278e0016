//! The hours of every week, said line by line or painted.

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::availability::model::Stretch;
use crate::availability::week::Week;
use crate::error::{AppError, Problem};
use crate::groups::GroupKind;

/// Adding working hours, to one day or to several alike.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The days of the week, from `1` for Monday.
    pub weekdays: Vec<String>,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// The keys of the kinds of supervision; none for every kind.
    pub kinds: Vec<String>,
    /// `yes` for the time that they would choose.
    pub preferred: String,
}

/// Working hours that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHours {
    /// Each day.
    pub weekdays: Vec<Weekday>,
    /// From when to when.
    pub stretch: Stretch,
    /// For which kinds; none named means every kind.
    pub kinds: Vec<GroupKind>,
    /// Whether it is the time that they would choose.
    pub is_preferred: bool,
}

impl HoursForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<NewHours, AppError> {
        let weekdays: Vec<Weekday> = self.weekdays.iter().filter_map(|day| weekday_of(day)).collect();
        let stretch = stretch_of(("from", &self.from), ("to", &self.to));
        let kinds: Vec<GroupKind> = self.kinds.iter().filter_map(|kind| GroupKind::of_key(kind)).collect();
        let no_day = weekdays.is_empty().then(|| Problem::new("weekdays", "Choose at least one day of the week."));
        let is_preferred = self.preferred == YES;
        match (no_day, stretch) {
            (None, Ok(stretch)) => Ok(NewHours { weekdays, stretch, kinds, is_preferred }),
            (no_day, stretch) => Err(AppError::Invalid(no_day.into_iter().chain(stretch.err().unwrap_or_default()).collect())),
        }
    }
}

/// Painting the hours of every week.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WeekForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The week as the person was shown it.
    pub shown: String,
    /// The week as it was painted.
    pub painted: String,
}

/// A week that was painted over another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaintedWeek {
    /// As it was shown.
    pub shown: Week,
    /// As it is now.
    pub painted: Week,
}

impl WeekForm {
    /// What is valid of it.
    pub fn check(&self) -> Result<PaintedWeek, AppError> {
        match (Week::of_figures(&self.shown), Week::of_figures(&self.painted)) {
            (Some(shown), Some(painted)) => Ok(PaintedWeek { shown, painted }),
            _ => Err(AppError::invalid("", "The week did not arrive whole. Please paint it again, or use the form below it.")),
        }
    }
}

/// What a tick box sends.
pub const YES: &str = "yes";

/// The day of the week of a figure in a form.
fn weekday_of(figure: &str) -> Option<Weekday> {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    days.into_iter().find(|day| day.number_from_monday().to_string() == figure)
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

/// From one time to a later one, each a field's name and what was typed into it.
pub(super) fn stretch_of(from: (&str, &str), to: (&str, &str)) -> Result<Stretch, Vec<Problem>> {
    match (time_of(from.1), time_of(to.1)) {
        (Some(starts), Some(ends)) => {
            Stretch::new(starts, ends).ok_or_else(|| vec![Problem::new(to.0, "Choose an end after the beginning, on the same day.")])
        }
        (starts, ends) => {
            let no_start = starts.is_none().then(|| Problem::new(from.0, "Choose when it begins, such as 09:00."));
            let no_end = ends.is_none().then(|| Problem::new(to.0, "Choose when it ends, such as 17:00."));
            Err(no_start.into_iter().chain(no_end).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fields;
    use super::*;
    use crate::availability::model::fixture::stretch;

    fn hours() -> HoursForm {
        HoursForm {
            weekdays: vec!["1".to_owned(), "4".to_owned()],
            from: "09:00".to_owned(),
            to: "12:30".to_owned(),
            kinds: vec!["vig".to_owned()],
            ..HoursForm::default()
        }
    }

    #[test]
    fn hours_are_given_to_several_days_at_once() {
        let expected = NewHours {
            weekdays: vec![Weekday::Mon, Weekday::Thu],
            stretch: stretch("09:00", "12:30"),
            kinds: vec![GroupKind::Vig],
            is_preferred: false,
        };
        assert_eq!(hours().check(), Ok(expected));
    }

    #[test]
    fn everything_that_is_wrong_with_hours_is_said_at_once() {
        assert_eq!(fields(HoursForm::default().check()), ["weekdays", "from", "to"]);
        assert_eq!(fields(HoursForm { to: "09:00".to_owned(), ..hours() }.check()), ["to"]);
        assert_eq!(
            fields(HoursForm { weekdays: vec!["8".to_owned(), "x".to_owned()], to: "25:00".to_owned(), ..hours() }.check()),
            ["weekdays", "to"]
        );
    }
}
