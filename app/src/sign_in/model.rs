//! The steps of coming in, and the forms that take them.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::paths;

/// What is still to come before a sign-in lets somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A one-time code.
    CodeNeeded,
    /// Setting up one-time codes, for a role that needs one and a person who has none yet.
    CodeSetUp,
    /// Nothing.
    Complete,
}

/// One of the invented people of a demonstration, each of whom stands for a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemonstrationPerson {
    /// The role.
    pub role: Role,
    /// "Amina R."
    pub short: String,
    /// "AR".
    pub initials: String,
    /// The eight-character code.
    pub code: String,
    /// "Bradford", or empty.
    pub place: String,
}

/// The address of the person who stands for a role in a demonstration; `.example` belongs to nobody (RFC 2606).
pub fn demonstration_email(role: Role) -> String {
    format!("{}@demonstration.example", role.key().replace('_', "-"))
}

/// Choosing one of the invented people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DemonstrationForm {
    /// The key of the role.
    pub role: String,
    /// The page that was wanted.
    pub next: String,
}

/// Where to go after signing in: the page that was wanted, where that is a page of this site, and otherwise Today.
pub fn local_path(next: &str) -> &str {
    let mut characters = next.chars();
    let is_local = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    let is_plain = next.chars().all(|character| character.is_ascii_graphic() && character != '\\');
    let is_elsewhere = !next.starts_with(paths::SIGN_IN);
    if is_local && is_plain && is_elsewhere { next } else { paths::TODAY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_was_wanted_is_one_of_this_site() {
        assert_eq!(local_path("/calendar/week/2026-10-19?show=group"), "/calendar/week/2026-10-19?show=group");
        for elsewhere in ["", "//evil.example", "/\\evil.example", "https://evil.example", "today", "/a\r\nx: y", "/a\\b", "/sign-in/code"]
        {
            assert_eq!(local_path(elsewhere), paths::TODAY, "{elsewhere}");
        }
    }

    #[test]
    fn each_role_has_an_address_of_its_own_in_a_demonstration() {
        assert_eq!(demonstration_email(Role::ClinicalLead), "clinical-lead@demonstration.example");
    }
}
