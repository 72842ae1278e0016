//! What of the calendar is shown, as it stands in the address of a page: whose sessions, which kinds, and whether for paper.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::kind::{OccurrenceKind, boxes};
use super::views::Whose;

/// `?of=groups` for every session of one's groups, `?show=group,vig` for some kinds alone, `?print` for paper. Without a choice it is one's
/// own sessions of every kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose sessions.
    pub whose: Whose,
    kinds: Vec<&'static str>,
    /// Whether the page is to be printed.
    pub is_for_paper: bool,
}

impl Shown {
    /// What the address asks for. A form sends a parameter for each box, a link has them in one.
    pub fn of_request() -> Self {
        let query = use_query_map().get_untracked();
        let kinds = query.get_all("show").unwrap_or_default().join(",");
        let is_for_paper = query.get("print").is_some();
        Self { is_for_paper, ..Self::of_words(&query.get("of").unwrap_or_default(), &kinds) }
    }

    pub(super) fn of_words(whose: &str, kinds: &str) -> Self {
        let chosen: Vec<&str> = kinds.split(',').collect();
        let all: Vec<&str> = boxes().iter().map(|kind| kind.word).collect();
        let kinds: Vec<&str> = all.iter().copied().filter(|word| chosen.contains(word)).collect();
        let kinds = if kinds.is_empty() { all } else { kinds };
        Self { whose: Whose::of_key(whose), kinds, is_for_paper: false }
    }

    /// Whether a kind is shown.
    pub fn has(&self, kind: OccurrenceKind) -> bool {
        self.has_box(kind.word())
    }

    /// Whether the box of a word is ticked.
    pub fn has_box(&self, word: &str) -> bool {
        self.kinds.contains(&word)
    }

    /// The same of somebody's sessions.
    #[must_use]
    pub fn of(&self, whose: Whose) -> Self {
        Self { whose, ..self.clone() }
    }

    /// The same with every kind.
    #[must_use]
    pub fn of_every_kind(&self) -> Self {
        Self { kinds: boxes().iter().map(|kind| kind.word).collect(), ..self.clone() }
    }

    /// The same on the screen.
    #[must_use]
    pub fn on_screen(&self) -> Self {
        Self { is_for_paper: false, ..self.clone() }
    }

    /// The one address at which a page shows the same.
    pub fn address(&self, path: &str) -> String {
        let is_whole = self.kinds.len() == boxes().len();
        let said = [
            (self.whose != Whose::default()).then(|| format!("of={}", self.whose.key())),
            (!is_whole).then(|| format!("show={}", self.kinds.join(","))),
            self.is_for_paper.then(|| "print".to_owned()),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: &str = "/calendar/week/2026-10-19";

    #[test]
    fn a_choice_has_one_address_however_it_was_sent() {
        for words in ["group,vig", "vig,group", "vig,group,journal", "group,group,vig"] {
            assert_eq!(Shown::of_words("", words).address(WEEK), "/calendar/week/2026-10-19?show=group,vig");
            let printed = Shown { is_for_paper: true, ..Shown::of_words("groups", words) };
            assert_eq!(printed.address(WEEK), "/calendar/week/2026-10-19?of=groups&show=group,vig&print");
        }
    }

    #[test]
    fn kinds_of_one_colour_are_told_apart() {
        let shown = Shown::of_words("", "reflective");
        assert!(shown.has_box("reflective") && !shown.has_box("group") && !shown.has_box("event"));
    }

    #[test]
    fn everything_and_nothing_chosen_are_the_plain_address() {
        for (whose, kinds) in [("", ""), ("mine", "journal"), ("everybody", "group,pair,one,vig,own,reflective,clinic,event")] {
            assert_eq!(Shown::of_words(whose, kinds).address(WEEK), WEEK);
        }
    }
}
