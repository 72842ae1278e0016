//! What somebody's own account shows, and the choices about how pages look.

use serde::{Deserialize, Serialize};

use crate::access::Role;

/// What the Centre knows of somebody, as they see it themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// "Dr Ruth Adeyemi".
    pub name: String,
    /// The address with which they sign in.
    pub email: String,
    /// "Health visitor", or empty.
    pub profession: String,
    /// "Bradford", or empty.
    pub authority: String,
    /// Whether they are of the Centre, or their authority has confirmed that they work there.
    pub works_there: bool,
    /// Whether their authority has said that they do not.
    pub is_denied: bool,
    /// What they are to the Centre.
    pub roles: Vec<Role>,
    /// Whether they wait for a place at an open clinic, also where they can book none any more.
    pub waits_at_clinics: bool,
}

/// How pages look on a device, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppearanceForm {
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// `month`, `week`, `day`, `agenda` or `last`.
    pub calendar: String,
    /// `on` or `off`.
    pub keys: String,
}
