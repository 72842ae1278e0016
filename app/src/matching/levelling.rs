//! The weakest group first: what a form chooses, and what came of it. The engine does it, see `levelling` there.

use serde::{Deserialize, Serialize};

/// Whether the weakest group goes first, where a form has the switch for it: that sends `no` in any case, and `yes` as well where it is on.
pub fn weakest_first(words: &[String]) -> Option<bool> {
    (!words.is_empty()).then(|| words.iter().any(|word| word == "yes"))
}

/// What was changed in a proposal so that its weakest group fits better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levelled {
    /// How many are in another group than the search had put them.
    pub moved: usize,
    /// How its weakest group stood before, and how it stands, by its fit.
    pub weakest: (i64, i64),
    /// What the groups scored before.
    pub of: i64,
    /// How many points of that were given for it.
    pub given: i64,
}

impl Levelled {
    /// "The weakest group went first: 2 people are in another group than most points would have put them in. …"
    #[cfg(feature = "ssr")]
    pub fn in_words(self) -> String {
        use crate::ui::figure;

        let Self { moved, weakest: (before, after), of, given } = self;
        let who = match moved {
            0 => {
                return "The weakest group went first, and no move was found for the points that may be given, so none were given."
                    .to_owned();
            }
            1 => "one person is in another group than most points would have put them in".to_owned(),
            more => format!("{more} people are in other groups than most points would have put them in"),
        };
        let weakest = if after > before {
            format!("The weakest group fits {after} instead of {before}.")
        } else {
            format!("The weakest group fits {after} as before, and others that were weak fit better.")
        };
        let cost = match given {
            1 => format!("1 point of {} was given for it.", figure(of)),
            2.. => format!("{} points of {} were given for it.", figure(given), figure(of)),
            _ => "No points were given for it.".to_owned(),
        };
        format!("The weakest group went first: {who}. {weakest} {cost}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_the_switch_says_nothing_of_it_and_one_with_it_whether_it_is_on() {
        let said = |words: &[&str]| weakest_first(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!((said(&[]), said(&["no"]), said(&["no", "yes"])), (None, Some(false), Some(true)));
    }

    #[test]
    fn what_was_given_for_the_weakest_group_is_said() {
        let said = |moved, weakest, given| Levelled { moved, weakest, of: 104_000, given }.in_words();
        assert_eq!(
            said(2, (33, 50), 21),
            "The weakest group went first: 2 people are in other groups than most points would have put them in. The weakest group fits 50 instead of 33. \
             21 points of 104,000 were given for it."
        );
        assert!(
            said(1, (33, 33), 1).ends_with("fits 33 as before, and others that were weak fit better. 1 point of 104,000 was given for it.")
        );
        assert!(said(2, (33, 50), 0).ends_with("No points were given for it."));
        assert!(said(0, (33, 33), 0).ends_with("no move was found for the points that may be given, so none were given."));
    }
}
