//! Authorities as people name them.

use std::collections::HashMap;

use super::words::{nearest, quoted};
use crate::database::folded;

/// An authority of the register.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Named {
    /// What stands in its address.
    pub slug: String,
    /// "St. Helens".
    pub name: String,
    /// Its code of the Office for National Statistics.
    pub gss_code: String,
}

/// What people call an authority beside its name, without the words that many have.
const ALSO: [(&str, &str); 13] = [
    ("durham", "county-durham"),
    ("hull", "kingston-upon-hull"),
    ("newcastle", "newcastle-upon-tyne"),
    ("telford", "telford-and-wrekin"),
    ("stoke", "stoke-on-trent"),
    ("blackburn", "blackburn-with-darwen"),
    ("redcar", "redcar-and-cleveland"),
    ("barking", "barking-and-dagenham"),
    ("iow", "isle-of-wight"),
    // Codes that have been changed since.
    ("e08000016", "barnsley"),
    ("e08000019", "sheffield"),
    ("e08000020", "gateshead"),
    ("e06000048", "northumberland"),
];

/// Words that say of what kind an authority is, and not which.
const KINDS: [&str; 19] = [
    "council",
    "councils",
    "city",
    "borough",
    "county",
    "metropolitan",
    "unitary",
    "authority",
    "district",
    "london",
    "royal",
    "of",
    "the",
    "mbc",
    "mdc",
    "bc",
    "cc",
    "cbc",
    "lb",
];

/// Every authority, by all that it is called.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by_words: HashMap<String, String>,
    register: Vec<Named>,
}

impl Names {
    /// The names of the register.
    pub fn of(register: Vec<Named>) -> Self {
        let mut by_words = HashMap::new();
        for authority in &register {
            by_words.insert(words(&authority.name), authority.slug.clone());
            by_words.insert(words(&authority.gss_code), authority.slug.clone());
        }
        let is_there = |slug: &str| register.iter().any(|authority| authority.slug == slug);
        by_words.extend(ALSO.into_iter().filter(|(_, slug)| is_there(slug)).map(|(also, slug)| (also.to_owned(), slug.to_owned())));
        Self { by_words, register }
    }

    /// The name of the authority with an address.
    pub fn name_of(&self, slug: &str) -> &str {
        self.register.iter().find(|authority| authority.slug == slug).map_or("", |authority| &authority.name)
    }

    /// What stands in the address of the authority that is meant, or what to write instead.
    pub fn find(&self, cell: &str) -> Result<String, String> {
        if let Some(slug) = self.by_words.get(&words(cell)) {
            return Ok(slug.clone());
        }
        let near = nearest(&words(cell), self.register.iter().map(|authority| authority.name.as_str()));
        Err(near.map_or_else(
            || format!("{} is not one of the 75 authorities. Write its name as it stands in the register.", quoted(cell)),
            |near| format!("{} is not one of the 75 authorities. Did you mean “{near}”?", quoted(cell)),
        ))
    }
}

/// What is left of a name for comparing: "Bristol, City of", "Bristol City Council" and "bristol" are one.
fn words(name: &str) -> String {
    let name = folded(name).replace('&', " and ");
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let which: Vec<&str> = words.iter().copied().filter(|word| !KINDS.contains(word)).collect();
    if which.is_empty() { words.join(" ") } else { which.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorities::eligible;

    /// The 75.
    pub fn register() -> Names {
        let named = |line: crate::authorities::Eligible| Named {
            slug: line.slug(),
            name: line.name.to_owned(),
            gss_code: line.gss_code.to_owned(),
        };
        Names::of(eligible().map(named).collect())
    }

    #[test]
    fn each_of_the_75_is_found_by_its_name_its_code_and_as_councils_call_themselves() {
        let names = register();
        for line in eligible() {
            for written in [
                line.name.to_owned(),
                line.gss_code.to_lowercase(),
                format!("{} Council", line.name),
                format!("London Borough of {}", line.name.to_uppercase()),
            ] {
                assert_eq!(names.find(&written), Ok(line.slug()), "{written}");
            }
        }
        for (written, slug) in [
            ("Bristol, City of", "bristol"),
            ("Bedford Borough", "bedford"),
            ("St Helens MBC", "st-helens"),
            ("Hull City Council", "kingston-upon-hull"),
            ("Kingston upon Hull, City of", "kingston-upon-hull"),
            ("Durham County Council", "county-durham"),
            ("Newcastle", "newcastle-upon-tyne"),
            ("Telford & Wrekin", "telford-and-wrekin"),
            ("E08000016", "barnsley"),
            ("E08000019", "sheffield"),
            ("E08000020", "gateshead"),
            ("E06000048", "northumberland"),
        ] {
            assert_eq!(names.find(written).as_deref(), Ok(slug), "{written}");
        }
    }

    #[test]
    fn a_name_that_is_none_of_them_is_told_which_is_near() {
        let names = register();
        assert!(names.find("Bradfrod").unwrap_err().ends_with("Did you mean “Bradford”?"));
        assert!(names.find("Leeds").unwrap_err().ends_with("as it stands in the register."));
        for nearly in ["Nottinghamshire", "Leicestershire County Council", "Derbyshire", "Kingston upon Thames", "Council", "", "E08000099"]
        {
            assert!(names.find(nearly).is_err(), "{nearly}");
        }
    }
}
