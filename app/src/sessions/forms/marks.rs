//! The lines of the attendance sheet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::Save;
use crate::error::Problem;
use crate::sessions::answers::Mark;
use crate::sessions::model::AttendanceState;

/// A line of the attendance sheet, as HTML sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    /// The key of a state; absent where none is chosen.
    pub state: String,
    /// The minutes of a part.
    pub minutes: String,
}

/// What is marked, by the person's code.
pub type Marks = BTreeMap<String, Mark>;

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

pub(super) fn check_marks(lines: &BTreeMap<String, MarkForm>, length_minutes: i64, save: Save, problems: &mut Vec<Problem>) -> Marks {
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
