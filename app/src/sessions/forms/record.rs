//! The whole record of a session, saved at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::actions::{ActionChanges, Boxes, NewActionFields, check_actions};
use super::marks::{MarkForm, Marks, check_marks};
use super::version_of;
use crate::error::AppError;
use crate::paths;

/// The whole record of a session, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordForm {
    /// The session's code.
    pub session: String,
    /// The version that the form was made from.
    pub version: String,
    /// A line for each person, by [`line_key`].
    pub marks: BTreeMap<String, MarkForm>,
    /// The actions whose box is ticked.
    pub done: Vec<String>,
    /// The actions whose box was ticked when the form was made, so that only what was changed here is changed there.
    pub was_done: Vec<String>,
    /// A new action.
    pub new_words: String,
    /// Whose it is, as a person's code.
    pub new_owner: String,
    /// Whether its words are nobody's although they look like it: anything but nothing says so.
    pub nobodys: String,
    /// Which button was pressed.
    pub save: String,
}

/// What the button of a record asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Save {
    /// Everything is right: the session counts.
    Finish,
    /// Keep it as it is for now.
    ForLater,
    /// Everybody who is not marked yet and has not sent apologies was there; keep it for now.
    AllPresent,
}

impl Save {
    /// The value of the button.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Finish => "finish",
            Self::ForLater => "later",
            Self::AllPresent => "all_present",
        }
    }

    /// The button of a value. Anything else keeps what was entered and counts nothing.
    fn of_key(key: &str) -> Self {
        [Self::Finish, Self::AllPresent].into_iter().find(|save| save.key() == key).unwrap_or(Self::ForLater)
    }
}

/// A record that holds together, whoever is on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The version that the form was made from.
    pub version: i64,
    /// What is marked, by the person's code.
    pub marks: Marks,
    /// What became of the actions.
    pub actions: ActionChanges,
    /// Which button was pressed.
    pub save: Save,
}

impl Record {
    /// Where the person goes once it is saved, and what they are told there.
    pub fn answer(&self, code: &str) -> (String, &'static str) {
        match self.save {
            Save::Finish => (paths::session(code), "The attendance is finished. The session counts as held."),
            Save::AllPresent => (paths::record(code), "Everybody else is marked present. Finish when it is right."),
            Save::ForLater if self.actions.new.is_some() => {
                (format!("{}#actions", paths::record(code)), "Saved with the new action. The attendance is not finished yet.")
            }
            Save::ForLater => (paths::record(code), "Saved for later. The attendance is not finished yet."),
        }
    }
}

impl RecordForm {
    /// The version that the form was made from.
    pub fn shown_version(&self) -> Result<i64, AppError> {
        version_of(&self.version)
    }

    /// The record, if it can be one of a session of this length.
    pub fn check(&self, length_minutes: i64) -> Result<Record, AppError> {
        let mut problems = Vec::new();
        let save = Save::of_key(&self.save);
        let marks = check_marks(&self.marks, length_minutes, save, &mut problems);
        let boxes = Boxes { done: &self.done, was_done: &self.was_done };
        let new = NewActionFields { words: &self.new_words, owner: &self.new_owner, is_nobodys: !self.nobodys.is_empty() };
        let actions = check_actions(boxes, new.check(&mut problems));
        let version = self.shown_version()?;
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(Record { version, marks, actions, save })
    }
}

#[cfg(test)]
mod tests {
    use super::super::line_key;
    use super::*;
    use crate::sessions::answers::Mark;
    use crate::sessions::model::{ActionId, AttendanceState};

    fn line(state: &str, minutes: &str) -> MarkForm {
        MarkForm { state: state.to_owned(), minutes: minutes.to_owned() }
    }

    fn form(save: Save, lines: &[(&str, MarkForm)]) -> RecordForm {
        RecordForm {
            version: "1".to_owned(),
            save: save.key().to_owned(),
            marks: lines.iter().map(|(code, line)| (line_key(code), line.clone())).collect(),
            ..RecordForm::default()
        }
    }

    #[test]
    fn minutes_count_only_for_a_part() {
        let record = form(Save::Finish, &[("amina234", line("attended", "17")), ("tom23456", line("late", "65"))]).check(90).unwrap();
        assert_eq!(record.marks["amina234"], Mark { state: AttendanceState::Attended, minutes: None });
        assert_eq!(record.marks["tom23456"], Mark { state: AttendanceState::Late, minutes: Some(65) });
    }

    #[test]
    fn a_part_is_shorter_than_the_session_and_is_said_before_the_end() {
        for minutes in ["", "0", "90", "-5", "an hour"] {
            let problems = form(Save::Finish, &[("tom23456", line("left_early", minutes))]).check(90).unwrap_err();
            let AppError::Invalid(problems) = problems else { panic!("{problems:?}") };
            assert_eq!(problems[0].field, "marks[mtom23456][minutes]");
        }
        assert!(form(Save::ForLater, &[("tom23456", line("left_early", ""))]).check(90).is_ok());
    }

    #[test]
    fn nobody_is_cancelled_by_the_centre_alone() {
        let record = form(Save::Finish, &[("amina234", line("cancelled_by_centre", ""))]).check(90).unwrap();
        assert!(record.marks.is_empty());
    }

    #[test]
    fn only_boxes_that_were_changed_here_change_anything() {
        let [kept, ticked, cleared] = [1, 2, 3].map(uuid::Uuid::from_u128);
        let record = RecordForm {
            done: vec![kept.to_string(), ticked.to_string()],
            was_done: vec![kept.to_string(), cleared.to_string()],
            ..form(Save::ForLater, &[])
        };
        let record = record.check(90).unwrap();
        assert_eq!((record.actions.done, record.actions.reopened), (vec![ActionId(ticked)], vec![ActionId(cleared)]));
    }

    #[test]
    fn an_action_needs_somebody_to_do_it() {
        let lonely = RecordForm { new_words: "Ask for a protected hour".to_owned(), ..form(Save::ForLater, &[]) };
        assert_eq!(lonely.check(90), Err(AppError::invalid("new_owner", "Choose who does it")));
    }
}
