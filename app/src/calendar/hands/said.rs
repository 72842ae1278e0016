//! What is said of a session in somebody's hand: where it is, and why it cannot be there or will need a reason.

use leptos::prelude::*;

use super::Hands;
use super::busy::Busy;
use super::days::Days;
use super::moving::Moving;

/// What is said where the server did not tell when a session cannot be held.
const UNREAD: &str = "when it cannot be held could not be read, so its page will say it";

impl Hands {
    /// Says where it is, and why it cannot be there, if it cannot.
    pub(super) fn say(self, hand: &Moving, days: &Days) {
        let words = days.words(hand.spot);
        let why = match (self.refusal(hand, days), self.warning(hand, days)) {
            (Some(why), _) => format!("not possible, {why}"),
            (None, Some(why)) => format!("{why}, so a reason will be asked for"),
            (None, None) if self.is_unread.get_value() => UNREAD.to_owned(),
            (None, None) => String::new(),
        };
        hand.warn(&why);
        self.said.set(if why.is_empty() { words } else { format!("{words}: {why}") });
    }

    /// Why it cannot be held where it is, if it cannot.
    pub(super) fn refusal(self, hand: &Moving, days: &Days) -> Option<String> {
        days.why_gone(hand.began.day, hand.spot.day).or_else(|| self.why(hand, days, |one| !one.needs_reason))
    }

    /// Why a reason will be asked for where it is, if one will.
    fn warning(self, hand: &Moving, days: &Days) -> Option<String> {
        self.why(hand, days, |one| one.needs_reason)
    }

    pub(super) fn why(self, hand: &Moving, days: &Days, is_meant: impl Fn(&Busy) -> bool) -> Option<String> {
        let overlaps = |one: &&Busy| is_meant(one) && days.meets(one, hand.spot);
        self.busy.with_value(|busy| busy.iter().find(overlaps).map(|one| one.why.clone()))
    }
}
