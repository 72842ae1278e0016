//! What the page of a group's agreed actions shows, and what its forms send.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::forms::action_of;
use super::model::ActionId;
use super::readers::Circle;
use crate::error::AppError;
use crate::people::PersonName;

/// How many actions that are done are on a page.
pub const DONE_ON_A_PAGE: i64 = 20;

/// The agreed actions of a group, across its sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupActions {
    /// The group's part of the address.
    pub slug: String,
    /// "Aire group".
    pub name: String,
    /// How many belong to it.
    pub members: usize,
    /// Who leads it.
    pub supervisor: PersonName,
    /// Whether the reader leads it, and so ticks and clears whosever actions they are.
    pub may_keep: bool,
    /// What is open, the oldest first.
    pub open: Vec<GroupAction>,
    /// A page of what is done, the latest first.
    pub done: Vec<GroupAction>,
    /// Which page, counted from one.
    pub page: i64,
    /// How many are done in all.
    pub done_in_all: i64,
    /// The session to which what is open is carried: its part of the address, and when it begins in UK local time.
    pub next: Option<(String, NaiveDateTime)>,
}

impl GroupActions {
    /// The people round the group, for the audience line.
    pub fn circle(&self) -> Circle {
        Circle {
            group: self.name.clone(),
            members: self.members,
            hosts: Vec::new(),
            is_booked: false,
            supervisor: self.supervisor.short.clone(),
            is_read_by_groups_supervisor: false,
        }
    }
}

/// Something that somebody of the group said they would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupAction {
    /// Which one.
    pub id: ActionId,
    /// What.
    pub words: String,
    /// Who.
    pub owner: PersonName,
    /// Whether that is the reader.
    pub is_own: bool,
    /// The day of the session at which it was agreed.
    pub agreed_on: NaiveDate,
    /// That session's part of the address, where its page is the reader's to open.
    pub session: Option<String>,
    /// The day on which it was marked as done.
    pub done_on: Option<NaiveDate>,
}

/// Whose actions, and which page of those that are done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupActionsAddress {
    /// The group's part of the address.
    pub slug: String,
    /// The page, counted from one.
    pub page: String,
}

/// One action of a group is done, or not done after all.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupActionForm {
    /// The group's part of the address.
    pub slug: String,
    /// Which action.
    pub action: String,
}

impl GroupActionForm {
    /// The action, if it can be one at all.
    pub fn check(&self) -> Result<ActionId, AppError> {
        action_of(&self.action).ok_or(AppError::NotFound)
    }
}
