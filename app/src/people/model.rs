//! Names and standing.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// A person.
    PersonId
}

/// How far somebody has come in joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Known to the Centre, and nothing sent yet.
    NotInvited,
    /// An invitation is on its way.
    Invited,
    /// Has a password.
    Registered,
    /// May not come in.
    Suspended,
}

impl Standing {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotInvited => "Not invited",
            Self::Invited => "Invited",
            Self::Registered => "Registered",
            Self::Suspended => "Suspended",
        }
    }

    /// Every standing, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::NotInvited, Self::Invited, Self::Registered, Self::Suspended];

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotInvited => "not_invited",
            Self::Invited => "invited",
            Self::Registered => "registered",
            Self::Suspended => "suspended",
        }
    }

    /// The standing of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.key() == key)
    }
}

/// Somebody as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// The eight-character code that addresses them.
    pub code: String,
    /// "Dr Ruth A."
    pub short: String,
    /// "RA".
    pub initials: String,
}

/// A name as the product shows it: first name and initial, with a title where there is one ("Dr Ruth A.").
pub fn short_name(title: &str, given_name: &str, family_name: &str) -> String {
    let mut name = String::new();
    if !title.is_empty() {
        name.push_str(title);
        name.push(' ');
    }
    name.push_str(given_name);
    if let Some(initial) = family_name.chars().next() {
        name.push(' ');
        name.push(initial);
        name.push('.');
    }
    name
}

/// The two letters of an avatar.
pub fn initials(given_name: &str, family_name: &str) -> String {
    given_name.chars().next().into_iter().chain(family_name.chars().next()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_first_name_and_initial() {
        assert_eq!(short_name("", "Amina", "Rahman"), "Amina R.");
        assert_eq!(short_name("Dr", "Ruth", "Adeyemi"), "Dr Ruth A.");
        assert_eq!(initials("zoë", "Ångström"), "ZÅ");
    }
}
