//! The steps of coming in, the forms that take them, and what their pages show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::access::Role;

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

/// Choosing one of the invented people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DemonstrationForm {
    /// The key of the role.
    pub role: String,
    /// The page that was wanted.
    pub next: String,
}

/// Signing in with a password, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The work e-mail.
    pub email: String,
    /// The password.
    pub password: String,
    /// The page that was wanted.
    pub next: String,
}

/// Asking for a message, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    /// The work e-mail.
    pub email: String,
}

/// A link that came by e-mail.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// Its last part.
    pub token: String,
}

/// Who holds a link, for the page that it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOwner {
    /// "Amina".
    pub given_name: String,
    /// The address, which a password manager keeps beside the password.
    pub email: String,
}

/// Choosing a password by a link, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPasswordForm {
    /// The last part of the link.
    pub token: String,
    /// The password.
    pub password: String,
}

/// A one-time code or a recovery code, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    /// The code.
    pub code: String,
    /// The page that was wanted.
    pub next: String,
}

/// A picture made of dark squares, for the camera of a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// How many squares it is wide and high.
    pub width: usize,
    /// The squares, as the path of an SVG.
    pub path: String,
}

/// The secret of one-time codes that are being set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCode {
    /// For typing.
    pub key: String,
    /// For scanning.
    pub picture: Picture,
}

/// What somebody has of one-time codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeState {
    /// Since when codes are asked for, if they are.
    pub since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
    /// The code that is being set up, if one is.
    pub pending: Option<NewCode>,
    /// Whether a role asks for codes, so that they cannot be stopped.
    pub is_required: bool,
}

/// One's own password, before something that a borrowed device must not do.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnPasswordForm {
    /// The password.
    pub password: String,
}

/// Changing one's password, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePasswordForm {
    /// The password so far.
    pub password: String,
    /// The one from now on.
    pub new_password: String,
}

/// A device on which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its sign-in.
    pub sign_in: Uuid,
    /// "Firefox on Windows".
    pub words: String,
    /// When somebody signed in on it.
    pub since: DateTime<Utc>,
    /// When it was last used, to a quarter of an hour.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one in front of them.
    pub is_this: bool,
}

/// Signing out one device, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceForm {
    /// Its sign-in.
    pub device: String,
}
