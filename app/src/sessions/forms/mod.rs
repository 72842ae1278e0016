//! What the forms of a session send, and what of it is valid.

mod actions;
mod correction;
mod marks;
mod record;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::{ActionId, CancelReason};
use crate::error::AppError;
use crate::guard;

pub use actions::{ActionChanges, ActionsForm, NewAction};
pub use correction::{Correction, CorrectionForm};
pub use marks::{MarkForm, Marks, line_key, minutes_field, state_field};
pub use record::{Record, RecordForm, Save};

/// The session that a page is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionAddress {
    /// The code in its address.
    pub code: String,
}

/// The session of a group on a day.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DayAddress {
    /// The group's part of the address.
    pub slug: String,
    /// The day: `2026-10-22`.
    pub day: String,
}

impl DayAddress {
    /// The day, if it is one on which anybody could meet: the databases know no year so early or so late as the calendar.
    pub fn day(&self) -> Result<NaiveDate, AppError> {
        let day: Option<NaiveDate> = self.day.parse().ok();
        day.filter(|day| (2000..2200).contains(&day.year())).ok_or(AppError::NotFound)
    }
}

/// Apologies, as HTML sends them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApologiesForm {
    /// The session's code.
    pub session: String,
    /// Why, which nobody has to say.
    pub reason: String,
    /// The last day of those for whose sessions they are, as `2026-10-29`; for this session alone, [`THIS_SESSION`] or nothing.
    pub until: String,
    /// Whether the reason is nobody's although it looks like it: anything but nothing says so.
    pub nobodys: String,
}

/// Apologies for one session alone.
pub const THIS_SESSION: &str = "this";

/// The longest reason that anybody needs to give.
const LONGEST_REASON: usize = 500;

impl ApologiesForm {
    /// The reason, if it is short enough and points to no family.
    pub fn check(&self) -> Result<String, AppError> {
        let reason = self.reason.trim();
        if reason.chars().count() > LONGEST_REASON {
            return Err(AppError::invalid("reason", format!("Shorten the reason to {LONGEST_REASON} characters or fewer")));
        }
        let mut problems = Vec::new();
        guard::check("reason", reason, !self.nobodys.is_empty(), &mut problems);
        if problems.is_empty() { Ok(reason.to_owned()) } else { Err(AppError::Invalid(problems)) }
    }

    /// Until which day they are for every session of the group; nothing where they are for the one alone.
    pub fn until(&self) -> Result<Option<NaiveDate>, AppError> {
        if self.until.is_empty() || self.until == THIS_SESSION {
            return Ok(None);
        }
        let day: Option<NaiveDate> = self.until.parse().ok();
        let day = day.filter(|day| (2000..2200).contains(&day.year()));
        day.map(Some).ok_or_else(|| AppError::invalid("until", "Choose one of these"))
    }
}

/// Withdrawing apologies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    /// The session's code.
    pub session: String,
    /// Whether all that were sent at once are withdrawn: anything but nothing says so.
    pub together: String,
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
        let offered = CancelReason::OFFERED.into_iter().find(|reason| reason.key() == self.reason);
        offered.ok_or_else(|| AppError::invalid("reason", "Choose why the session cannot take place"))
    }
}

/// The version that a form was made from.
fn version_of(version: &str) -> Result<i64, AppError> {
    version.parse().map_err(|_| AppError::invalid("", "The form did not arrive whole. Please open the page again and send it once more."))
}

pub(super) fn action_of(id: &str) -> Option<ActionId> {
    id.parse().ok().map(ActionId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_cancels_one_session_since_its_group_has_ended() {
        let form = |reason: CancelReason| CancelForm { reason: reason.key().to_owned(), ..CancelForm::default() };
        assert_eq!(form(CancelReason::TooFew).check(), Ok(CancelReason::TooFew));
        assert_eq!(form(CancelReason::GroupEnded).check().unwrap_err().status(), 422);
    }
    #[test]
    fn what_could_identify_a_family_is_asked_about_and_kept_where_the_writer_says_that_it_is_nobodys() {
        let apologies = ApologiesForm { reason: "Mum Sarah Jones needs me".to_owned(), ..ApologiesForm::default() };
        assert_eq!(apologies.check().unwrap_err().status(), 422);
        let apologies = ApologiesForm { nobodys: "yes".to_owned(), ..apologies };
        assert_eq!(apologies.check(), Ok("Mum Sarah Jones needs me".to_owned()));
        let action = ActionsForm { new_words: "Ring 07700 900123".to_owned(), new_owner: "k3f9x2mv".to_owned(), ..ActionsForm::default() };
        assert_eq!(action.check().unwrap_err().status(), 422);
        assert!(ActionsForm { nobodys: "yes".to_owned(), ..action }.check().unwrap().new.is_some());
    }
}
