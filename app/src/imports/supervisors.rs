//! Supervisors as people name them: by their work email or their code, and never by a name, which two of them may have.

use std::collections::HashMap;

use super::plan::{KnownPeople, KnownPerson};
use super::words::{plain, quoted};
use crate::access::Role;
use crate::people::EmailAddress;

/// Everybody who supervises, as far as a cell may mean them.
#[derive(Clone, Debug, Default)]
pub struct Supervisors {
    codes_by_email: HashMap<String, String>,
    in_words_by_code: HashMap<String, String>,
}

impl Supervisors {
    /// Those among the people who are here.
    pub fn of(known: &KnownPeople) -> Self {
        let supervisors = || known.iter().filter(|(_, person)| person.details.roles.contains(Role::Supervisor));
        let in_words = |(email, person): (&String, &KnownPerson)| {
            let words = format!("{} {} ({email})", person.details.given_name, person.details.family_name);
            (person.code.clone(), words)
        };
        Self {
            codes_by_email: supervisors().map(|(email, person)| (email.clone(), person.code.clone())).collect(),
            in_words_by_code: supervisors().map(in_words).collect(),
        }
    }

    /// The code of whoever is meant, empty where a cell says that it is nobody; or what to write instead.
    pub fn find(&self, cell: &str) -> Result<String, String> {
        if let Some(email) = EmailAddress::of(cell) {
            let code = self.codes_by_email.get(email.as_str()).cloned();
            return code.ok_or_else(|| {
                format!(
                    "Nobody who supervises here has the address {}. Correct it, or leave the cell empty. If they are in this file too, take them first, and bring this row again.",
                    quoted(cell)
                )
            });
        }
        let code = cell.trim().to_lowercase();
        if self.in_words_by_code.contains_key(&code) {
            return Ok(code);
        }
        if matches!(plain(cell).as_str(), "none" | "no" | "nobody" | "noone" | "na" | "nobodyinparticular") {
            return Ok(String::new());
        }
        Err(format!(
            "{} is neither the work email nor the code of somebody who supervises here. Write one of the two: a name is not enough, since two people may have one.",
            quoted(cell)
        ))
    }

    /// "Ruth Adeyemi (ruth@centre.example)", of a code.
    pub fn in_words(&self, code: &str) -> &str {
        self.in_words_by_code.get(code).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Roles;
    use crate::people::{Details, PersonId, Standing};

    fn person(code: &str, given_name: &str, roles: &str) -> KnownPerson {
        KnownPerson {
            id: PersonId(uuid::Uuid::nil()),
            code: code.to_owned(),
            version: 1,
            standing: Standing::Registered,
            details: Details {
                title: String::new(),
                given_name: given_name.to_owned(),
                family_name: "Adeyemi".to_owned(),
                profession: String::new(),
                authority: String::new(),
                roles: Roles::of_list(roles),
            },
            may_change: true,
            is_own: false,
            has_answers: false,
            has_offering: false,
            clearances: Vec::new(),
        }
    }

    #[test]
    fn a_supervisor_is_found_by_email_or_code_and_never_by_a_name_that_two_may_have() {
        let known = KnownPeople::from([
            ("ruth@centre.example".to_owned(), person("k3f9x2mv", "Ruth", "supervisor,coordinator")),
            ("ruth@trust.example".to_owned(), person("p6kuv7vq", "Ruth", "supervisor")),
            ("amina@council.example".to_owned(), person("tj94959f", "Amina", "practitioner")),
        ]);
        let supervisors = Supervisors::of(&known);
        for (cell, code) in [(" RUTH@trust.example", "p6kuv7vq"), ("K3F9X2MV", "k3f9x2mv"), ("nobody", ""), ("None", "")] {
            assert_eq!(supervisors.find(cell).as_deref(), Ok(code), "{cell}");
        }
        for name in ["Ruth Adeyemi", "Adeyemi, Ruth", "Ruth", "tj94959f"] {
            assert!(supervisors.find(name).unwrap_err().contains("a name is not enough"), "{name}");
        }
        for email in ["amina@council.example", "somebody@centre.example"] {
            assert!(supervisors.find(email).unwrap_err().starts_with("Nobody who supervises here"), "{email}");
        }
        assert_eq!([supervisors.in_words("p6kuv7vq"), supervisors.in_words("")], ["Ruth Adeyemi (ruth@trust.example)", ""]);
    }
}
