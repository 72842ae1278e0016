//! A group whose sessions come to an end: what is known of it, and what was decided about it.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::answers::in_words;
use crate::people::PersonName;
use crate::ui::day_month_year;

/// How long before the last session that is planned those who plan are asked what comes next.
pub const NOTICE: TimeDelta = TimeDelta::weeks(6);

/// A group after whose last planned session, which is near or over, nothing comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningOut {
    /// The group's part of the address.
    pub group_slug: String,
    /// "Aire group".
    pub group_name: String,
    /// Who leads it.
    pub supervisor: PersonName,
    /// The other of two, where it is individual supervision: many such groups have one name.
    pub supervisee: Option<PersonName>,
    /// The day of its last session.
    pub last_on: NaiveDate,
    /// What comes next, where somebody has decided it.
    pub decided: Option<Decided>,
    /// The day on which this is so.
    pub today: NaiveDate,
}

/// A decision about what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What was decided.
    pub what: NextStep,
    /// The day by which it is to be done; of an end, the day itself.
    pub by: NaiveDate,
}

/// What can be decided instead of planning the next series at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// The group goes on; its next series is planned later.
    Later,
    /// The group looks at its agreement first.
    Review,
    /// The group comes to an end.
    End,
}

impl NextStep {
    /// Every step, in the order in which the form offers them.
    pub const ALL: [Self; 3] = [Self::Later, Self::Review, Self::End];

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Review => "review",
            Self::End => "end",
        }
    }

    /// The step of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }
}

impl RunningOut {
    /// "Aire group"; "One-to-one supervision, Esther K.".
    pub fn name(&self) -> String {
        match &self.supervisee {
            Some(supervisee) => format!("{}, {}", self.group_name, supervisee.short),
            None => self.group_name.clone(),
        }
    }

    /// Whether somebody has to decide, or to do what was decided: a decision holds until its day and no longer.
    pub fn waits(&self) -> bool {
        self.decided.is_none_or(|decided| decided.by < self.today)
    }

    /// Whether the group has had its last session.
    pub fn has_stopped(&self) -> bool {
        self.last_on < self.today
    }

    /// "ends in five weeks", "has had its last session".
    pub fn in_short(&self) -> String {
        match self.last_on.signed_duration_since(self.today).num_days() {
            ..0 => "has had its last session".to_owned(),
            0 => "ends today".to_owned(),
            1 => "ends tomorrow".to_owned(),
            days @ 2..14 => format!("ends in {} days", counted(days)),
            days => format!("ends in {} weeks", counted(days / 7)),
        }
    }

    /// "Its last session is on Thursday 26 November 2026, and nothing is planned after it."
    pub fn sentence(&self) -> String {
        let day = day_month_year(self.last_on);
        if self.has_stopped() {
            format!("Its last session was on {day}, and nothing is planned.")
        } else {
            format!("Its last session is on {day}, and nothing is planned after it.")
        }
    }
}

impl Decided {
    /// What was decided, and whether its day has passed.
    pub fn sentence(&self, today: NaiveDate) -> String {
        let day = day_month_year(self.by);
        match (self.what, self.by < today) {
            (NextStep::Later, false) => format!("The group continues; the next series is planned by {day}."),
            (NextStep::Later, true) => format!("The next series was to be planned by {day}."),
            (NextStep::Review, false) => format!("The agreement is reviewed first, by {day}."),
            (NextStep::Review, true) => format!("The agreement was to be reviewed by {day}."),
            (NextStep::End, false) => format!("It ends on {day}."),
            (NextStep::End, true) => format!("It was to end on {day}, and a coordinator has not ended it yet."),
        }
    }
}

fn counted(count: i64) -> String {
    in_words(usize::try_from(count).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn running_out(last_on: &str, decided: Option<(NextStep, &str)>) -> RunningOut {
        RunningOut {
            group_slug: "trent".to_owned(),
            group_name: "Trent group".to_owned(),
            supervisor: person("Ruth A."),
            supervisee: None,
            last_on: date(last_on),
            decided: decided.map(|(what, by)| Decided { what, by: date(by) }),
            today: date("2026-10-22"),
        }
    }

    fn person(short: &str) -> PersonName {
        PersonName { code: "abcd2345".to_owned(), short: short.to_owned(), initials: String::new() }
    }

    #[test]
    fn of_two_pairs_of_one_name_each_is_known_by_whom_it_is_for() {
        let pair = RunningOut {
            group_name: "VIG supervision".to_owned(),
            supervisee: Some(person("Esther K.")),
            ..running_out("2026-12-03", None)
        };
        assert_eq!(pair.name(), "VIG supervision, Esther K.");
    }

    #[test]
    fn how_long_is_left_is_said_in_weeks_and_at_the_end_in_days() {
        for (last_on, words) in [
            ("2026-12-03", "ends in six weeks"),
            ("2026-11-05", "ends in two weeks"),
            ("2026-11-04", "ends in 13 days"),
            ("2026-10-23", "ends tomorrow"),
            ("2026-10-22", "ends today"),
            ("2026-10-21", "has had its last session"),
        ] {
            assert_eq!(running_out(last_on, None).in_short(), words);
        }
    }

    #[test]
    fn a_decision_holds_until_its_day_and_then_the_question_is_open_again() {
        assert!(running_out("2026-11-26", None).waits());
        for step in NextStep::ALL {
            assert!(!running_out("2026-10-01", Some((step, "2026-10-22"))).waits());
            assert!(running_out("2026-11-26", Some((step, "2026-10-21"))).waits());
            assert_eq!(NextStep::of_key(step.key()), Some(step));
        }
    }
}
