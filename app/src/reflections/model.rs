//! What somebody writes.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// An entry of a log.
    ReflectionId
}

/// What stands in an entry. This is what is sealed, so its fields may be added to and never renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// A title; may be empty.
    pub title: String,
    /// To [`Prompt::Happened`].
    pub happened: String,
    /// To [`Prompt::Felt`].
    pub felt: String,
    /// To [`Prompt::Wonder`].
    pub wonder: String,
    /// To [`Prompt::Bring`].
    pub bring: String,
}

/// A question that may help to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// What happened.
    Happened,
    /// What they felt.
    Felt,
    /// What they wonder.
    Wonder,
    /// What they want to bring to supervision.
    Bring,
}

impl Prompt {
    /// Every prompt, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Happened, Self::Felt, Self::Wonder, Self::Bring];

    /// The name of its field.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Felt => "felt",
            Self::Wonder => "wonder",
            Self::Bring => "bring",
        }
    }

    /// What it asks.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Happened => "What happened between us?",
            Self::Felt => "What did I feel?",
            Self::Wonder => "What do I wonder?",
            Self::Bring => "What do I want to bring to supervision?",
        }
    }
}

/// The first words of an entry without a title are so long at most.
const OPENING: usize = 90;

impl Words {
    /// What was written to a prompt.
    pub fn to(&self, prompt: Prompt) -> &str {
        match prompt {
            Prompt::Happened => &self.happened,
            Prompt::Felt => &self.felt,
            Prompt::Wonder => &self.wonder,
            Prompt::Bring => &self.bring,
        }
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        Prompt::ALL.into_iter().all(|prompt| self.to(prompt).is_empty())
    }

    /// Its title, or else its first words.
    pub fn heading(&self) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        let first = Prompt::ALL.into_iter().map(|prompt| self.to(prompt)).find(|words| !words.is_empty()).unwrap_or_default();
        let mut opening = String::new();
        for word in first.split_whitespace() {
            if opening.chars().count() + word.chars().count() >= OPENING {
                return format!("{}…", opening.trim_end());
            }
            opening.push_str(word);
            opening.push(' ');
        }
        opening.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_a_title_is_known_by_its_first_words() {
        let words = |title: &str, felt: &str| Words { title: title.to_owned(), felt: felt.to_owned(), ..Words::default() };
        assert_eq!(words("A quiet visit", "Tired.").heading(), "A quiet visit");
        assert_eq!(words("", "Tired,\nand a little cross.").heading(), "Tired, and a little cross.");
        let long = words("", &"and then ".repeat(40)).heading();
        assert!(long.ends_with("and then…") && long.chars().count() <= OPENING + 1, "{long}");
    }
}
