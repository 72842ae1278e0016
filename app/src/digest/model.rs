//! How often somebody is sent a digest, and when the next one is due.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{AppError, Problem};
use crate::reminders::Reminders;
use crate::spaces::SpaceKind;

/// How often somebody is sent a digest of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every day.
    Daily,
    /// Every Monday.
    Weekly,
}

/// What can be chosen for a space: the key, and the words.
pub const CHOICES: [(&str, &str); 3] = [("off", "No digest"), ("daily", "Every day"), ("weekly", "Every Monday")];

impl Rhythm {
    /// The key in the form.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }
}

/// What somebody is written of, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notifications {
    /// When they are reminded of sessions.
    pub reminders: Reminders,
    /// The spaces that they may read, each with its digest.
    pub digests: Vec<DigestLine>,
}

/// A space with its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// The space's part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// For whom it is.
    pub kind: SpaceKind,
    /// How often, if at all.
    pub rhythm: Option<Rhythm>,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DigestForm {
    /// What was chosen, by the space's part of the address.
    pub spaces: BTreeMap<String, String>,
}

impl DigestForm {
    /// The choices, where each is one of those that were offered.
    pub fn check(&self) -> Result<BTreeMap<String, Option<Rhythm>>, AppError> {
        let chosen = |key: &str| match key {
            "off" => Some(None),
            "daily" => Some(Some(Rhythm::Daily)),
            "weekly" => Some(Some(Rhythm::Weekly)),
            _ => None,
        };
        let unknown = self.spaces.iter().filter(|(_, key)| chosen(key).is_none());
        let problems: Vec<Problem> = unknown.map(|(slug, _)| Problem::new(&digest_field(slug), "Choose how often.")).collect();
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        Ok(self.spaces.iter().filter_map(|(slug, key)| Some((slug.clone(), chosen(key)?))).collect())
    }
}

/// The field of a space.
pub fn digest_field(slug: &str) -> String {
    format!("spaces[{slug}]")
}

/// What stops every digest of whoever holds the link.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StopForm {
    /// The secret in the link.
    pub token: String,
}

/// What a link to stop a digest finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToStop {
    /// There is a digest to be stopped.
    Digest,
    /// It has been stopped.
    Nothing,
    /// Nobody's link, or one that is too old.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        let form = |key: &str| DigestForm { spaces: [("all".to_owned(), key.to_owned())].into() };
        for (key, _) in CHOICES {
            let rhythm = form(key).check().unwrap()["all"];
            assert_eq!(rhythm.map_or("off", Rhythm::key), key);
        }
        let AppError::Invalid(problems) = form("hourly").check().unwrap_err() else { panic!("another reason") };
        assert_eq!(problems[0].field, "spaces[all]");
    }
}
