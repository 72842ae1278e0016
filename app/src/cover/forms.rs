//! What the forms of cover send.

use serde::{Deserialize, Serialize};

/// Whose sessions a page is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CoverAddress {
    /// The code of the supervisor who is away.
    pub person: String,
}

/// For which kind of supervision, or which group, somebody is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KindForm {
    /// The key of a [`crate::groups::GroupKind`]; a group where it is none.
    pub kind: String,
    /// The group's part of the address, where there is one already.
    pub group: String,
}

/// Giving a session back to the group's supervisor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndCoverForm {
    /// The session's part of the address.
    pub session: String,
    /// The code of the supervisor who covers it.
    pub cover: String,
    /// The code of the supervisor whose page it stands on.
    pub from: String,
}

/// Giving a session to somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CoverForm {
    /// The session's part of the address.
    pub session: String,
    /// The code of the supervisor who was to lead it when the page was shown.
    pub from: String,
    /// The code of the supervisor who leads it instead.
    pub to: String,
}
