//! A link to one's own sessions, and the choices about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Problem};

/// What somebody's own link gives. The link itself is not known any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFeed {
    /// Since when, on the calendar of the United Kingdom.
    pub made_on: NaiveDate,
    /// What was chosen.
    pub choices: FeedChoices,
}

/// What a feed says of each session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedChoices {
    /// What a session is called.
    pub titles: Titles,
    /// How long before it the device says so.
    pub alarm_minutes: Option<u32>,
}

/// What a session is called in its owner's own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Titles {
    /// "Supervision session".
    Neutral,
    /// The group's name; individual supervision stays neutral.
    Group,
}

impl Titles {
    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Group => "group",
        }
    }
}

/// The reminders that can be chosen: what is sent, how many minutes, and the words.
pub const ALARMS: [(&str, Option<u32>, &str); 5] = [
    ("none", None, "No reminder"),
    ("15", Some(15), "15 minutes before"),
    ("60", Some(60), "1 hour before"),
    ("120", Some(120), "2 hours before"),
    ("1440", Some(1_440), "1 day before"),
];

/// The choices about a feed, as they are sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedForm {
    /// `neutral` or `group`.
    pub titles: String,
    /// One of [`ALARMS`].
    pub alarm: String,
}

impl FeedForm {
    /// Checks that each is one of the choices.
    pub fn check(&self) -> Result<FeedChoices, AppError> {
        let titles = [Titles::Neutral, Titles::Group].into_iter().find(|titles| titles.key() == self.titles);
        let alarm = ALARMS.iter().find(|(key, _, _)| *key == self.alarm).map(|(_, minutes, _)| *minutes);
        match (titles, alarm) {
            (Some(titles), Some(alarm_minutes)) => Ok(FeedChoices { titles, alarm_minutes }),
            (titles, alarm) => {
                let titles = titles.is_none().then(|| Problem::new("titles", "Choose what each session is called"));
                let alarm = alarm.is_none().then(|| Problem::new("alarm", "Choose a reminder, or none"));
                Err(AppError::Invalid(titles.into_iter().chain(alarm).collect()))
            }
        }
    }
}

/// Whose feed is asked for, by the secret in its address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedAddress {
    /// 43 characters.
    pub secret: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reminder_that_is_offered_can_be_chosen_and_no_other() {
        for (key, minutes, _) in ALARMS {
            let form = FeedForm { titles: "neutral".to_owned(), alarm: key.to_owned() };
            assert_eq!(form.check(), Ok(FeedChoices { titles: Titles::Neutral, alarm_minutes: minutes }));
        }
        let AppError::Invalid(problems) = FeedForm { titles: "names".to_owned(), alarm: "7".to_owned() }.check().unwrap_err() else {
            panic!("refused for another reason")
        };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["titles", "alarm"]);
    }
}
