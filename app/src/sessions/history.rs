//! What the page of a session's history shows.
//!
//! Deliberately absent: apologies, which are the member's own and are shown where they stand, and what was saved for later, which is between the sheet
//! and the one who fills it in.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::answers::SessionHead;
use super::model::{CancelReason, CorrectionReason, HostRole};
use crate::ui::{clock_time, day_month_year};

/// What happened to a session, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownHistory {
    /// What and when.
    pub head: SessionHead,
    /// What happened, the latest first.
    pub lines: Vec<HistoryLine>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// When, in UK local time; nothing where that is not known any more.
    pub at: Option<NaiveDateTime>,
    /// What.
    pub event: Event,
    /// Who did it, where the page of the session shows them; the Centre otherwise, and nothing where it is not kept.
    pub by: Option<By>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The reader.
    You,
    /// Somebody whom the page of the session names: "Dr Ruth A."
    Named(String),
    /// Whoever leads the group, while somebody else leads this session.
    GroupSupervisor,
    /// Whoever else.
    TheCentre,
}

impl By {
    /// "by you".
    pub fn words(&self) -> String {
        match self {
            Self::You => "by you".to_owned(),
            Self::Named(name) => format!("by {name}"),
            Self::GroupSupervisor => "by the group’s own supervisor".to_owned(),
            Self::TheCentre => "by the Centre".to_owned(),
        }
    }
}

/// What can happen to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was published.
    Planned,
    /// When it is, or what else of it, was changed.
    Changed(Change),
    /// It was cancelled, and why, where that still stands.
    Cancelled(Option<CancelReason>),
    /// The cancellation was taken back.
    Restored,
    /// Somebody else was found to lead it.
    Covered,
    /// The group's own supervisor leads it again.
    CoverEnded,
    /// Somebody was added beside the supervisor.
    HostAdded(Option<HostRole>),
    /// Somebody beside the supervisor was taken off.
    HostRemoved,
    /// Everybody was marked.
    Finished,
    /// A finished attendance was corrected: of how many, and why.
    Corrected(i64, CorrectionReason),
    /// The reader's own line was corrected, and why.
    OwnCorrected(CorrectionReason),
}

/// What was changed about a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When it was to begin, in UK local time, and how many minutes it was to be.
    pub before: (NaiveDateTime, i64),
    /// When it is to begin since, and how long it is.
    pub after: (NaiveDateTime, i64),
    /// Whether somebody else leads it.
    pub is_led_by_another: bool,
    /// Whether it is held elsewhere.
    pub is_elsewhere: bool,
    /// Whether it is called otherwise.
    pub is_renamed: bool,
}

impl Change {
    fn sentences(&self) -> String {
        let ((from, length_before), (to, length)) = (self.before, self.after);
        let moved = (from != to).then(|| format!("Moved from {} to {}.", day_and_time(from), day_and_time(to)));
        let longer = (length_before != length).then(|| format!("{length} minutes instead of {length_before}."));
        let led = self.is_led_by_another.then(|| "Somebody else leads it.".to_owned());
        let elsewhere = self.is_elsewhere.then(|| "It is held elsewhere.".to_owned());
        let renamed = self.is_renamed.then(|| "It is called otherwise.".to_owned());
        [moved, longer, led, elsewhere, renamed].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Event {
    /// The words that a person reads.
    pub fn words(&self) -> String {
        match self {
            Self::Planned => "Planned, with the other sessions of its series.".to_owned(),
            Self::Changed(change) => change.sentences(),
            Self::Cancelled(Some(reason)) => format!("Cancelled for everybody: {}.", reason.name()),
            Self::Cancelled(None) => "Cancelled for everybody.".to_owned(),
            Self::Restored => "Brought back: it is held after all.".to_owned(),
            Self::Covered => "Cover was arranged: somebody else leads it.".to_owned(),
            Self::CoverEnded => "The group’s own supervisor leads it again.".to_owned(),
            Self::HostAdded(Some(HostRole::CoSupervisor)) => "A co-supervisor was added.".to_owned(),
            Self::HostAdded(Some(HostRole::Observer)) => "An observer was added.".to_owned(),
            Self::HostAdded(None) => "Somebody was added beside its supervisor.".to_owned(),
            Self::HostRemoved => "Somebody beside its supervisor was taken off.".to_owned(),
            Self::Finished => "The attendance was finished: it counts as held.".to_owned(),
            Self::Corrected(1, reason) => format!("The attendance of one person was corrected. {}.", reason.name()),
            Self::Corrected(people, reason) => format!("The attendance of {people} people was corrected. {}.", reason.name()),
            Self::OwnCorrected(reason) => format!("Your attendance was corrected. {}.", reason.name()),
        }
    }

    /// What stands before it.
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Planned => "calendar-plus",
            Self::Changed(_) => "calendar-clock",
            Self::Cancelled(_) => "calendar-x",
            Self::Restored | Self::CoverEnded => "undo-2",
            Self::Covered => "arrow-left-right",
            Self::HostAdded(_) => "user-round-plus",
            Self::HostRemoved => "user-round",
            Self::Finished => "circle-check",
            Self::Corrected(..) | Self::OwnCorrected(_) => "pencil",
        }
    }
}

/// "Thursday 22 October 2026, 10:00".
fn day_and_time(moment: NaiveDateTime) -> String {
    format!("{}, {}", day_month_year(moment.date()), clock_time(moment.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_what_is_different_and_nothing_else() {
        let at = |moment: &str| moment.parse::<NaiveDateTime>().unwrap();
        let same = (at("2026-10-22T10:00:00"), 90);
        let change = Change { before: same, after: same, is_led_by_another: false, is_elsewhere: true, is_renamed: false };
        assert_eq!(Event::Changed(change).words(), "It is held elsewhere.");
        let moved = Change { after: (at("2026-10-23T09:30:00"), 60), is_elsewhere: false, ..change };
        assert_eq!(
            Event::Changed(moved).words(),
            "Moved from Thursday 22 October 2026, 10:00 to Friday 23 October 2026, 09:30. 60 minutes instead of 90."
        );
    }
}
