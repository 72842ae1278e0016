//! Agreed actions, as a form ticks, clears and adds them.

use serde::{Deserialize, Serialize};

use super::action_of;
use crate::error::{AppError, Problem};
use crate::guard;
use crate::sessions::model::ActionId;

/// The longest agreed action.
const LONGEST_ACTION: usize = 200;

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

impl ActionChanges {
    /// Whether nothing became of any action.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Something that somebody said they would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    /// What.
    pub words: String,
    /// The code of the person who does it.
    pub owner: String,
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
    /// Whether its words are nobody's although they look like it: anything but nothing says so.
    pub nobodys: String,
}

impl ActionsForm {
    /// What became of the actions.
    pub fn check(&self) -> Result<ActionChanges, AppError> {
        let mut problems = Vec::new();
        let new = self.new_action().check(&mut problems);
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(check_actions(Boxes { done: &self.done, was_done: &self.was_done }, new))
    }

    fn new_action(&self) -> NewActionFields<'_> {
        NewActionFields { words: &self.new_words, owner: &self.new_owner, is_nobodys: !self.nobodys.is_empty() }
    }
}

/// The fields of a new action.
pub(super) struct NewActionFields<'a> {
    pub words: &'a str,
    pub owner: &'a str,
    pub is_nobodys: bool,
}

impl NewActionFields<'_> {
    pub(super) fn check(&self, problems: &mut Vec<Problem>) -> Option<NewAction> {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return None;
        }
        if words.chars().count() > LONGEST_ACTION {
            problems.push(Problem::new("new_words", format!("Shorten the action to {LONGEST_ACTION} characters or fewer")));
        }
        guard::check("new_words", &words, self.is_nobodys, problems);
        if self.owner.is_empty() {
            problems.push(Problem::new("new_owner", "Choose who does it"));
        }
        Some(NewAction { words, owner: self.owner.to_owned() })
    }
}

/// The boxes that are ticked, and those that were when the form was made.
pub(super) struct Boxes<'a> {
    pub done: &'a [String],
    pub was_done: &'a [String],
}

pub(super) fn check_actions(boxes: Boxes<'_>, new: Option<NewAction>) -> ActionChanges {
    let ticked: Vec<ActionId> = boxes.done.iter().filter_map(|id| action_of(id)).collect();
    let were_ticked: Vec<ActionId> = boxes.was_done.iter().filter_map(|id| action_of(id)).collect();
    ActionChanges {
        done: ticked.iter().filter(|id| !were_ticked.contains(id)).copied().collect(),
        reopened: were_ticked.iter().filter(|id| !ticked.contains(id)).copied().collect(),
        new,
    }
}
