//! The list of eligible authorities that the programme published, with the codes of the Office for National Statistics.

use sha2::{Digest, Sha256};

use super::model::AuthorityId;

/// Regions as the Office for National Statistics names and orders them, from north to south.
pub const REGIONS: [&str; 9] = [
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
];

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eligible {
    /// "Bradford".
    pub name: &'static str,
    /// "E08000032".
    pub gss_code: &'static str,
    /// One of [`REGIONS`].
    pub region: &'static str,
    /// The word of its kind in the database.
    pub kind: &'static str,
}

/// Every line of the list, in the order of names.
pub fn eligible() -> impl Iterator<Item = Eligible> {
    const LIST: &str = include_str!("local_authorities.csv");

    LIST.lines().skip(1).filter_map(|line| {
        // No name holds a comma, which a test keeps true.
        let mut cells = line.split(',');
        Some(Eligible { name: cells.next()?, gss_code: cells.next()?, region: cells.next()?, kind: cells.next()? })
    })
}

impl Eligible {
    /// Follows from the code on the list, so that an authority is the same in every database and entering the list twice changes nothing. A
    /// code that is changed later leaves the identity as it is.
    pub fn id(&self) -> AuthorityId {
        let digest: [u8; 32] = Sha256::digest(format!("authority {}", self.gss_code).as_bytes()).into();
        let half = digest.first_chunk().copied().unwrap_or_default();
        AuthorityId(uuid::Builder::from_custom_bytes(half).into_uuid())
    }

    /// What stands in its address: "st-helens".
    pub fn slug(&self) -> String {
        let words: Vec<String> = self
            .name
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        words.join("-")
    }
}

/// The words for a kind of authority.
pub fn kind_in_words(kind: &str) -> &'static str {
    match kind {
        "unitary_authority" => "Unitary authority",
        "metropolitan_district" => "Metropolitan district",
        "london_borough" => "London borough",
        _ => "County",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_seventy_five_authorities_each_with_its_own_code_slug_and_identity() {
        assert_eq!(eligible().count(), 75);
        assert_eq!(eligible().map(|line| line.gss_code).collect::<BTreeSet<_>>().len(), 75);
        assert_eq!(eligible().map(|line| line.slug()).collect::<BTreeSet<_>>().len(), 75);
        assert_eq!(eligible().map(|line| line.id()).collect::<BTreeSet<_>>().len(), 75);
    }

    #[test]
    fn every_authority_is_in_a_region_and_of_a_kind() {
        for line in eligible() {
            assert!(REGIONS.contains(&line.region), "{}", line.region);
            assert!(["unitary_authority", "metropolitan_district", "london_borough", "county"].contains(&line.kind), "{}", line.kind);
        }
    }

    #[test]
    fn an_address_has_no_dots_and_no_spaces() {
        let slugs: Vec<String> = eligible().filter(|line| line.name.starts_with('S')).map(|line| line.slug()).collect();

        assert!(slugs.contains(&"st-helens".to_owned()));
        assert!(slugs.contains(&"stoke-on-trent".to_owned()));
    }
}
