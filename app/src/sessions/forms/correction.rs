//! A correction of a finished attendance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::marks::{MarkForm, Marks, check_marks};
use super::record::Save;
use super::version_of;
use crate::error::{AppError, Problem};
use crate::sessions::model::CorrectionReason;

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
