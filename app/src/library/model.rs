//! Kinds, audiences, what is known of a link, and when a review is due.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// An item of the library.
    ItemId
}
identity! {
    /// A reading list.
    ListId
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// What a public body recommends.
    Guideline,
    /// What a profession or a charity holds good work to.
    Standard,
    /// An article in a journal.
    Paper,
    /// A book.
    Book,
    /// A scale or a questionnaire.
    Tool,
    /// A place with more than one thing.
    Website,
}

impl ItemKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Guideline, Self::Standard, Self::Paper, Self::Book, Self::Tool, Self::Website];

    /// The word that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guideline => "Guideline",
            Self::Standard => "Standards",
            Self::Paper => "Paper",
            Self::Book => "Book",
            Self::Tool => "Tool or measure",
            Self::Website => "Website",
        }
    }

    /// The word in the database, in forms and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Guideline => "guideline",
            Self::Standard => "standard",
            Self::Paper => "paper",
            Self::Book => "book",
            Self::Tool => "tool",
            Self::Website => "website",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Whom an item is meant for. Everybody may read it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ItemAudience {
    /// Whoever works here.
    Everyone,
    /// Those who work with families.
    Practitioners,
    /// Those who supervise.
    Supervisors,
}

impl ItemAudience {
    /// Every audience, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Practitioners, Self::Supervisors];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Practitioners => "Practitioners",
            Self::Supervisors => "Supervisors",
        }
    }

    /// The word in the database, in forms and in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Practitioners => "practitioners",
            Self::Supervisors => "supervisors",
        }
    }

    /// The audience of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.key() == key)
    }
}

/// What was found at a link when it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Nobody has looked yet.
    Unchecked,
    /// Something answers there, or sends on to where it is now.
    Answers,
    /// There is nothing at the address any more.
    Gone,
    /// Nothing answered, or not to a program.
    Unreachable,
}

/// A link, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkHealth {
    /// What was found.
    pub state: LinkState,
    /// How many times in a row nothing answered.
    pub failures: i64,
    /// On which day it was looked at.
    pub checked_on: Option<NaiveDate>,
}

/// After how many times that nothing answers a link is called broken: places have bad days, and some refuse every program.
const PATIENCE: i64 = 3;

impl LinkHealth {
    /// Whether somebody should look for another address.
    pub const fn is_broken(&self) -> bool {
        matches!(self.state, LinkState::Gone) || (matches!(self.state, LinkState::Unreachable) && self.failures >= PATIENCE)
    }

    /// What is known of it, in words.
    pub fn words(&self) -> String {
        let on = self.checked_on.map(|day| day.format(" on %-d %B %Y").to_string()).unwrap_or_default();
        match self.state {
            LinkState::Unchecked => "The link has not been looked at yet.".to_owned(),
            LinkState::Answers => format!("The link worked{on}."),
            LinkState::Gone => format!("There was nothing at this link{on}."),
            LinkState::Unreachable if self.is_broken() => format!("Nothing has answered at this link several times, the last time{on}."),
            LinkState::Unreachable => format!("Nothing answered at this link{on}. It is tried again."),
        }
    }
}

/// How long a review holds, unless its reviewer says otherwise.
pub const USUAL_REVIEW: Months = Months::new(12);

/// Whether an item wants reviewing on a day.
pub fn is_review_due(due_on: NaiveDate, today: NaiveDate) -> bool {
    due_on <= today
}

/// The part of an address that a title gives: small letters and figures with hyphens between them.
pub fn slug_of(folded_title: &str) -> String {
    const LONGEST: usize = 60;

    let mut slug = String::new();
    for word in folded_title.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_broken_once_its_page_is_gone_or_nothing_has_answered_three_times() {
        let is_broken = |state, failures| LinkHealth { state, failures, checked_on: None }.is_broken();
        assert!(is_broken(LinkState::Gone, 1) && is_broken(LinkState::Unreachable, 3));
        assert!(!is_broken(LinkState::Unreachable, 2) && !is_broken(LinkState::Answers, 0) && !is_broken(LinkState::Unchecked, 0));
    }

    #[test]
    fn an_address_is_made_of_the_words_of_a_title_and_is_not_too_long() {
        assert_eq!(slug_of("ghosts in the nursery: a psychoanalytic approach"), "ghosts-in-the-nursery-a-psychoanalytic-approach");
        assert_eq!(slug_of("  (…)  "), "");
        assert!(slug_of(&"long ".repeat(40)).len() <= 60);
    }

    #[test]
    fn every_word_is_found_by_its_key() {
        assert!(ItemKind::ALL.into_iter().all(|kind| ItemKind::of_key(kind.key()) == Some(kind)));
        assert!(ItemAudience::ALL.into_iter().all(|audience| ItemAudience::of_key(audience.key()) == Some(audience)));
    }
}
