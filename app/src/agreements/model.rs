//! The parts of a text.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// One version of a group's agreement.
    AgreementId
}

/// A part of an agreement's text under its heading. Two versions are compared heading by heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// "Confidentiality and its limits".
    pub heading: String,
    /// Plain text; an empty line begins a new paragraph.
    pub text: String,
}

/// The number of a version as it stands in an address: `v2`.
pub fn version_of_address(part: &str) -> Option<i64> {
    let figures = part.strip_prefix('v')?;
    figures.parse().ok().filter(|version| *version >= 1 && figures.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_stands_in_an_address_as_v_and_a_number() {
        assert_eq!(version_of_address("v2"), Some(2));
        for other in ["2", "v", "v0", "v-1", "v+1", "vv1", "v99999999999999999999", ""] {
            assert_eq!(version_of_address(other), None, "{other}");
        }
    }
}
