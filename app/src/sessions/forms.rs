//! What the forms of a session send, and what of it is valid.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answers::Mark;
use super::model::{ActionId, AttendanceState, CancelReason, CorrectionReason};
use crate::error::{AppError, Problem};
use crate::paths;

/// The session that a page is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionAddress {
    /// The code in its address.
    pub code: String,
}

/// Apologies, as HTML sends them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApologiesForm {
    /// The session's code.
    pub session: String,
    /// Why, which nobody has to say.
    pub reason: String,
}

/// The longest reason that anybody needs to give.
const LONGEST_REASON: usize = 500;
/// The longest agreed action.
const LONGEST_ACTION: usize = 200;

impl ApologiesForm {
    /// The reason, if it is short enough.
    pub fn check(&self) -> Result<String, AppError> {
        let reason = self.reason.trim();
        if reason.chars().count() > LONGEST_REASON {
            return Err(AppError::invalid("reason", format!("Shorten the reason to {LONGEST_REASON} characters or fewer")));
        }
        Ok(reason.to_owned())
    }
}

/// Withdrawing apologies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    /// The session's code.
    pub session: String,
}

/// One's own action is done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FinishActionForm {
    /// The session on whose page it stands.
    pub session: String,
    /// Which action.
    pub action: String,
}

impl FinishActionForm {
    /// The action, if it can be one at all.
    pub fn check(&self) -> Result<ActionId, AppError> {
        action_of(&self.action).ok_or(AppError::NotFound)
    }
}

/// Cancelling a session.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// The session's code.
    pub session: String,
    /// Why, as a key of the list.
    pub reason: String,
}

impl CancelForm {
    /// The reason, which everybody is told.
    pub fn check(&self) -> Result<CancelReason, AppError> {
        CancelReason::of_key(&self.reason).ok_or_else(|| AppError::invalid("reason", "Choose why the session cannot take place"))
    }
}

/// A line of the attendance sheet, as HTML sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    /// The key of a state; absent where none is chosen.
    pub state: String,
    /// The minutes of a part.
    pub minutes: String,
}

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
    /// Everybody who has not sent apologies was there; keep it for now.
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
            Save::AllPresent => (paths::record(code), "Everybody without apologies is marked present. Finish when it is right."),
            Save::ForLater if self.actions.new.is_some() => {
                (format!("{}#actions", paths::record(code)), "Saved with the new action. The attendance is not finished yet.")
            }
            Save::ForLater => (paths::record(code), "Saved for later. The attendance is not finished yet."),
        }
    }
}

/// What is marked, by the person's code.
pub type Marks = BTreeMap<String, Mark>;

/// What became of the agreed actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionChanges {
    /// Done now.
    pub done: Vec<ActionId>,
    /// Not done after all.
    pub reopened: Vec<ActionId>,
    /// Agreed at this session.
    pub new: Option<NewAction>,
}

/// Something that somebody said they would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    /// What.
    pub words: String,
    /// The code of the person who does it.
    pub owner: String,
}

impl RecordForm {
    /// The record, if it can be one of a session of this length.
    pub fn check(&self, length_minutes: i64) -> Result<Record, AppError> {
        let mut problems = Vec::new();
        let save = Save::of_key(&self.save);
        let marks = check_marks(&self.marks, length_minutes, save, &mut problems);
        let boxes = Boxes { done: &self.done, was_done: &self.was_done };
        let actions = check_actions(boxes, check_new_action(&self.new_words, &self.new_owner, &mut problems));
        let version = version_of(&self.version)?;
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(Record { version, marks, actions, save })
    }
}

/// The actions of a session whose attendance is finished, as HTML sends them: the fields of [`RecordForm`] that are about actions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionsForm {
    /// The session's code.
    pub session: String,
    /// The actions whose box is ticked.
    pub done: Vec<String>,
    /// The actions whose box was ticked when the form was made.
    pub was_done: Vec<String>,
    /// A new action.
    pub new_words: String,
    /// Whose it is, as a person's code.
    pub new_owner: String,
}

impl ActionsForm {
    /// What became of the actions.
    pub fn check(&self) -> Result<ActionChanges, AppError> {
        let mut problems = Vec::new();
        let new = check_new_action(&self.new_words, &self.new_owner, &mut problems);
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(check_actions(Boxes { done: &self.done, was_done: &self.was_done }, new))
    }
}

/// The boxes that are ticked, and those that were when the form was made.
struct Boxes<'a> {
    done: &'a [String],
    was_done: &'a [String],
}

fn check_actions(boxes: Boxes<'_>, new: Option<NewAction>) -> ActionChanges {
    let ticked: Vec<ActionId> = boxes.done.iter().filter_map(|id| action_of(id)).collect();
    let were_ticked: Vec<ActionId> = boxes.was_done.iter().filter_map(|id| action_of(id)).collect();
    ActionChanges {
        done: ticked.iter().filter(|id| !were_ticked.contains(id)).copied().collect(),
        reopened: were_ticked.iter().filter(|id| !ticked.contains(id)).copied().collect(),
        new,
    }
}

fn check_new_action(words: &str, owner: &str, problems: &mut Vec<Problem>) -> Option<NewAction> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return None;
    }
    if words.chars().count() > LONGEST_ACTION {
        problems.push(Problem::new("new_words", format!("Shorten the action to {LONGEST_ACTION} characters or fewer")));
    }
    if owner.is_empty() {
        problems.push(Problem::new("new_owner", "Choose who does it"));
    }
    Some(NewAction { words, owner: owner.to_owned() })
}

/// A correction of a finished attendance, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectionForm {
    /// The session's code.
    pub session: String,
    /// The version that the form was made from.
    pub version: String,
    /// A line for each person, by [`line_key`].
    pub marks: BTreeMap<String, MarkForm>,
    /// Why, as a key of the list.
    pub reason: String,
}

/// A correction that holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The version that the form was made from.
    pub version: i64,
    /// What is marked, by the person's code.
    pub marks: Marks,
    /// Why.
    pub reason: CorrectionReason,
}

impl CorrectionForm {
    /// The correction, if it can be one of a session of this length.
    pub fn check(&self, length_minutes: i64) -> Result<Correction, AppError> {
        let mut problems = Vec::new();
        let marks = check_marks(&self.marks, length_minutes, Save::Finish, &mut problems);
        let version = version_of(&self.version)?;
        let Some(reason) = CorrectionReason::of_key(&self.reason) else {
            problems.push(Problem::new("reason", "Choose why it is corrected"));
            return Err(AppError::Invalid(problems));
        };
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(Correction { version, marks, reason })
    }
}

/// The name of a person's line in a form. A code of figures alone would be read as a place in a list, hence the letter before it.
pub fn line_key(code: &str) -> String {
    format!("m{code}")
}

/// The name of the field that holds the state of a person's line.
pub fn state_field(code: &str) -> String {
    format!("marks[{}][state]", line_key(code))
}

/// The name of the field that holds the minutes of a person's line.
pub fn minutes_field(code: &str) -> String {
    format!("marks[{}][minutes]", line_key(code))
}

fn check_marks(lines: &BTreeMap<String, MarkForm>, length_minutes: i64, save: Save, problems: &mut Vec<Problem>) -> Marks {
    let mut marks = Marks::new();
    for (key, line) in lines {
        let Some(code) = key.strip_prefix('m') else { continue };
        let state = AttendanceState::of_key(&line.state).filter(|state| AttendanceState::OF_ONE.contains(state));
        let Some(state) = state else { continue };
        if !state.is_part() {
            marks.insert(code.to_owned(), Mark { state, minutes: None });
            continue;
        }
        let minutes = line.minutes.trim();
        match minutes.parse::<i64>() {
            Ok(minutes) if (1..length_minutes).contains(&minutes) => {
                marks.insert(code.to_owned(), Mark { state, minutes: Some(minutes) });
            }
            Err(_) if minutes.is_empty() && save != Save::Finish => {
                marks.insert(code.to_owned(), Mark { state, minutes: None });
            }
            _ => problems.push(Problem::new(
                &minutes_field(code),
                format!("Enter the minutes attended, from 1 to {}", length_minutes.saturating_sub(1)),
            )),
        }
    }
    marks
}

fn version_of(version: &str) -> Result<i64, AppError> {
    version.parse().map_err(|_| AppError::invalid("", "The form did not arrive whole. Please open the page again and send it once more."))
}

fn action_of(id: &str) -> Option<ActionId> {
    id.parse().ok().map(ActionId)
}

#[cfg(test)]
mod tests {
    use super::*;

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
