//! In what groups of a round should be alike or mixed: what a coordinator chooses for each criterion.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What groups should be in something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mix {
    /// Each kind beyond two takes something off.
    Alike,
    /// Each person beyond two of one kind does.
    Mixed,
    /// It counts for nothing.
    Ignored,
}

impl Mix {
    /// Every choice, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Alike, Self::Mixed, Self::Ignored];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Alike => "alike",
            Self::Mixed => "mixed",
            Self::Ignored => "ignored",
        }
    }

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alike => "Alike",
            Self::Mixed => "Mixed",
            Self::Ignored => "Does not matter",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mix| mix.key() == key)
    }
}

/// Something in which groups can be alike or mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The word in forms.
    pub key: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The name of its weight.
    pub weight: &'static str,
}

/// Every criterion that the answers of people have, in the order in which forms name them.
pub const CRITERIA: [Criterion; 6] = [
    Criterion { key: "authority", name: "Local authority", weight: "same_authority" },
    Criterion { key: "intervention", name: "Work with families", weight: "extra_intervention" },
    Criterion { key: "level", name: "Level", weight: "level" },
    Criterion { key: "profession", name: "Profession", weight: "profession" },
    Criterion { key: "language", name: "Language", weight: "language" },
    Criterion { key: "setting", name: "Setting", weight: "setting" },
];

/// What was chosen, by the words of the criteria. What is not there stays as it is.
pub type Mixes = BTreeMap<&'static str, Mix>;

/// What a form chooses.
pub fn mixes(entered: &BTreeMap<String, String>) -> Mixes {
    let chosen = |criterion: &Criterion| Some((criterion.key, Mix::of_key(entered.get(criterion.key)?)?));
    CRITERIA.iter().filter_map(chosen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_of_a_criterion_is_taken_and_nothing_of_what_it_does_not_know() {
        let entered = [("authority", "alike"), ("level", "upside down"), ("weather", "mixed")];
        let entered = entered.map(|(key, mix)| (key.to_owned(), mix.to_owned())).into();
        assert_eq!(mixes(&entered), Mixes::from([("authority", Mix::Alike)]));
    }
}
