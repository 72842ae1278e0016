//! What the pages about people show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::confirmation::{Confirmation, Confirmed};
use super::forms::PeopleFilter;
use super::model::Standing;
use crate::access::{Role, Roles};

/// How many people are on a page of the list.
pub const PEOPLE_ON_A_PAGE: i64 = 50;

/// A page of the list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleList {
    /// What was asked for.
    pub filter: PeopleFilter,
    /// The words that were searched for.
    pub words: String,
    /// The people of this page, by family name.
    pub people: Vec<ListedPerson>,
    /// How many there are on all pages.
    pub total: i64,
    /// This page, counted from one.
    pub page: i64,
    /// The authorities to choose from.
    pub authorities: Vec<AuthorityChoice>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// The eight-character code.
    pub code: String,
    /// "Rahman, Amina".
    pub name: String,
    /// "AR".
    pub initials: String,
    /// The e-mail address.
    pub email: String,
    /// "Health visitor", or empty.
    pub profession: String,
    /// "Bradford", or empty.
    pub authority: String,
    /// What they are to the Centre.
    pub roles: Roles,
    /// How far they have come in joining.
    pub standing: Standing,
    /// How far it is confirmed that they work for their authority; nothing for somebody of the Centre.
    pub confirmed: Option<Confirmed>,
}

/// An authority in a list of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct AuthorityChoice {
    /// What stands in its address.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// What the page of one person shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says by its name what the person who is looking may do")]
pub struct PersonRecord {
    /// The eight-character code.
    pub code: String,
    /// "Dr", or empty.
    pub title: String,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The e-mail address.
    pub email: String,
    /// "Health visitor", or empty.
    pub profession: String,
    /// Where they work; nothing for somebody of the Centre.
    pub authority: Option<AuthorityChoice>,
    /// What they are to the Centre.
    pub roles: Roles,
    /// How far they have come in joining.
    pub standing: Standing,
    /// When they were added.
    pub created_at: DateTime<Utc>,
    /// Rises with every change.
    pub version: i64,
    /// The groups that they lead or are in.
    pub groups: Vec<PersonGroup>,
    /// How far it is confirmed that they work for their authority; nothing for somebody of the Centre.
    pub confirmation: Option<Confirmation>,
    /// The invitation that is on its way.
    pub invitation: Option<Invitation>,
    /// Whether it is the person who is looking.
    pub is_own: bool,
    /// Whether the person who is looking may change anything here: only administrators change administrators.
    pub may_change: bool,
    /// Whether the person who is looking may correct the address: of those with a role that needs codes, only administrators may.
    pub may_correct_address: bool,
    /// Whether the person who is looking may let them set up one-time codes again, and there are any.
    pub may_forget_codes: bool,
    /// What a form about them offers.
    pub choices: PersonChoices,
}

impl PersonRecord {
    /// "Dr Ruth Adeyemi".
    pub fn full_name(&self) -> String {
        [self.title.as_str(), self.given_name.as_str(), self.family_name.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A group in which somebody has a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonGroup {
    /// "Aire group".
    pub name: String,
    /// What stands in its address; nothing where the person who is looking may not open it.
    pub slug: Option<String>,
    /// Whether they lead it.
    pub leads: bool,
    /// The supervisor, or the one supervisee of a pair: "Dr Ruth A.".
    pub with: Option<String>,
}

/// An invitation that nobody has answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Invitation {
    /// When it was sent.
    #[cfg_attr(feature = "ssr", sqlx(rename = "created_at"))]
    pub sent_at: DateTime<Utc>,
    /// Until when its link works.
    pub expires_at: DateTime<Utc>,
}

/// What a form about a person offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChoices {
    /// The roles that the person who is looking may give.
    pub roles_to_give: Vec<Role>,
    /// The authorities to choose from.
    pub authorities: Vec<AuthorityChoice>,
}
