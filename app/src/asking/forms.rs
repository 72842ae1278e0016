//! What the forms of asking send, and what of it can be used.

use serde::{Deserialize, Serialize};

use super::model::Reply;
use crate::error::AppError;

/// Asking the people of several groups of a round.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// The number of the round.
    pub number: String,
    /// The groups as they were shown.
    pub groups: Vec<String>,
}

impl AskForm {
    /// The round, and the groups that were chosen.
    pub fn check(&self) -> Result<(i64, &[String]), AppError> {
        let number = number_of(&self.number)?;
        if self.groups.is_empty() {
            return Err(AppError::invalid("groups", "Choose at least one group."));
        }
        Ok((number, &self.groups))
    }
}

/// A group that people are asked about, or somebody who is asked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedAddress {
    /// The number of the round; empty where it is known by the code.
    pub number: String,
    /// Its part of the address.
    pub code: String,
}

impl AskedAddress {
    /// The number; what is none is that of no round.
    pub fn number(&self) -> Result<i64, AppError> {
        number_of(&self.number)
    }
}

/// Asking somebody for a place that is open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NextForm {
    /// The number of the round.
    pub number: String,
    /// The group's part of the address.
    pub code: String,
    /// The code of a person.
    pub person: String,
}

impl NextForm {
    /// The number; what is none is that of no round.
    pub fn number(&self) -> Result<i64, AppError> {
        number_of(&self.number)
    }
}

/// Accepting or declining. There is no field for a reason.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    /// Its part of the address.
    pub code: String,
    /// The key of a [`Reply`].
    pub reply: String,
}

impl ReplyForm {
    /// What is answered.
    pub fn check(&self) -> Result<Reply, AppError> {
        Reply::of_key(&self.reply).ok_or_else(|| AppError::invalid("reply", "Choose one of the two answers."))
    }
}

/// Making a group of those who accept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MakeForm {
    /// The number of the round.
    pub number: String,
    /// The group's part of the address.
    pub code: String,
    /// The version that was shown: whoever answers meanwhile changes it.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// The address of the outside room, for online.
    pub room_url: String,
    /// The telephone number of that room.
    pub room_phone: String,
    /// Where it meets, for in person.
    pub place: String,
}

impl MakeForm {
    /// The number; what is none is that of no round.
    pub fn number(&self) -> Result<i64, AppError> {
        number_of(&self.number)
    }

    /// The version that was shown; one that was tampered with is no version.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

fn number_of(text: &str) -> Result<i64, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}
