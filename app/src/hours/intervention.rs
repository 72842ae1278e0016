//! On what hours of supervision were: the work in general, an intervention that has a name, or another one.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::groups::{GroupKind, intervention_name, named_interventions};

/// On which intervention supervision was, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intervention(&'static str);

impl Intervention {
    /// No single one.
    pub const GENERAL: Self = Self("general");
    /// Video Interaction Guidance.
    pub const VIG: Self = Self("vig");
    /// One that is on no list.
    pub const OTHER: Self = Self("other");

    /// Every one under which hours can count, in the order of forms and totals: those that a group can be on stand between the two that have no name.
    pub fn all() -> impl Iterator<Item = Self> {
        let named = named_interventions().map(|(key, _)| Self(key));
        [Self::GENERAL].into_iter().chain(named).chain([Self::OTHER])
    }

    /// The words that a person reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::GENERAL => "Parent-infant work in general",
            Self::OTHER => "Another intervention",
            Self(key) => intervention_name(key),
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        self.0
    }

    /// The intervention of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::all().find(|intervention| intervention.key() == key)
    }

    /// What a group of the Centre is on: what was chosen for it, and otherwise what its kind says.
    pub fn of_group(kind: GroupKind, chosen: Option<&str>) -> Self {
        let of_kind = match kind {
            GroupKind::Vig => Self::VIG,
            GroupKind::Group
            | GroupKind::Pair
            | GroupKind::OneToOne
            | GroupKind::Supervisors
            | GroupKind::Reflective
            | GroupKind::OpenClinic => Self::GENERAL,
        };
        chosen.map_or(of_kind, |key| Self::of_key(key).unwrap_or(Self::OTHER))
    }
}

/// What was kept. One that is on the list no more is another one.
impl From<String> for Intervention {
    fn from(key: String) -> Self {
        Self::of_key(&key).unwrap_or(Self::OTHER)
    }
}

impl Serialize for Intervention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Intervention {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_intervention_is_found_by_its_key_and_has_words_of_its_own() {
        for intervention in Intervention::all() {
            assert_eq!(Intervention::of_key(intervention.key()), Some(intervention));
            assert_eq!(Intervention::all().filter(|other| other.name() == intervention.name()).count(), 1, "{}", intervention.name());
            assert_eq!(Intervention::from(intervention.key().to_owned()), intervention);
        }
        assert_eq!(Intervention::of_key("choir"), None);
        assert_eq!(Intervention::from("choir".to_owned()), Intervention::OTHER);
    }

    #[test]
    fn hours_elsewhere_can_be_on_whatever_a_group_can_be_on() {
        for (key, name) in named_interventions() {
            assert_eq!(Intervention::of_key(key).map(Intervention::name), Some(name));
            assert_eq!(Intervention::of_group(GroupKind::Group, Some(key)).key(), key);
        }
        assert_eq!(Intervention::of_group(GroupKind::Vig, None), Intervention::VIG);
        assert_eq!(Intervention::of_group(GroupKind::OpenClinic, None), Intervention::GENERAL);
    }
}
