//! What the forms about people send, and what is valid of it.

use serde::{Deserialize, Serialize};

use super::confirmation::{Confirmed, WorksThere};
use super::email::EmailAddress;
use super::model::Standing;
use crate::access::{Role, Roles};
use crate::error::{AppError, Problem};

/// Which of the people are listed; every part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleFilter {
    /// The code of a search that was kept, since no name stands in an address.
    pub search: String,
    /// The key of a role.
    pub role: String,
    /// The slug of an authority.
    pub authority: String,
    /// The key of a standing.
    pub standing: String,
    /// The key of how far it is confirmed that they work for their authority.
    pub works_there: String,
    /// The page, counted from one.
    pub page: String,
}

impl PeopleFilter {
    /// The page that is asked for; nonsense means the first.
    pub fn page(&self) -> i64 {
        self.page.parse().unwrap_or(1).max(1)
    }

    /// The role, where there is one of that key: an unknown key filters nothing.
    pub fn role(&self) -> Option<Role> {
        Role::of_key(&self.role)
    }

    /// The standing, likewise.
    pub fn standing(&self) -> Option<Standing> {
        Standing::of_key(&self.standing)
    }

    /// How far it is confirmed that they work for their authority, likewise.
    pub fn works_there(&self) -> Option<Confirmed> {
        Confirmed::of_key(&self.works_there)
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        !self.search.trim().is_empty()
            || self.role().is_some()
            || !self.authority.is_empty()
            || self.standing().is_some()
            || self.works_there().is_some()
    }
}

/// What people are searched for, and what else narrows the list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleSearchForm {
    /// Part of a name or of an e-mail address.
    pub words: String,
    /// The key of a role.
    pub role: String,
    /// The slug of an authority.
    pub authority: String,
    /// The key of a standing.
    pub standing: String,
    /// The key of how far it is confirmed that they work for their authority.
    pub works_there: String,
}

/// Names one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// The eight-character code.
    pub code: String,
}

/// Names somebody about whom a lead has just answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerBackForm {
    /// The eight-character code.
    pub change: String,
}

/// Confirming for the Centre that somebody works for their authority.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmPersonForm {
    /// The eight-character code.
    pub code: String,
    /// The slug of the authority that was shown.
    pub authority: String,
    /// The key of how far it was confirmed as it was shown.
    pub shown: String,
    /// How the Centre knows it of the authority.
    pub how: String,
}

/// The Centre's word that somebody works for their authority, beside what was shown as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// Who it is about.
    pub code: String,
    /// The slug of the authority.
    pub authority: String,
    /// Whether a lead's word was shown that they do not work there.
    pub is_denied: bool,
    /// How the Centre knows it.
    pub how: String,
}

/// Adding somebody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPersonForm {
    /// "Dr", or empty.
    pub title: String,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The e-mail address.
    pub email: String,
    /// For example "Health visitor".
    pub profession: String,
    /// The slug of the authority, or empty for somebody of the Centre.
    pub authority: String,
    /// "named" where the authority has told the Centre that they work there, and otherwise its leads are asked.
    pub works_there: String,
    /// How it was told, or empty.
    pub how: String,
    /// The keys of the roles.
    pub roles: Vec<String>,
    /// "now" where the invitation leaves at once.
    pub invite: Vec<String>,
}

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Everything but the address.
    pub details: Details,
    /// The address.
    pub email: EmailAddress,
    /// Whose word there is that they work for their authority, where they are entered with one.
    pub works_there: WorksThere,
    /// Whether the invitation leaves at once.
    pub is_invited: bool,
}

/// Changing what is known of somebody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePersonForm {
    /// The eight-character code.
    pub code: String,
    /// The version that the form was made from.
    pub version: String,
    /// "Dr", or empty.
    pub title: String,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// For example "Health visitor".
    pub profession: String,
    /// The slug of the authority, or empty.
    pub authority: String,
    /// "named" where another authority than before has told the Centre that they work there, and otherwise its leads are asked.
    pub works_there: String,
    /// How it was told, or empty.
    pub how: String,
    /// The keys of the roles.
    pub roles: Vec<String>,
}

/// What is to be known of somebody from now on.
#[derive(Clone, Debug)]
pub struct PersonChange {
    /// Who it is about.
    pub code: String,
    /// The version that it was made from.
    pub version: i64,
    /// The whole of it.
    pub details: Details,
    /// Whose word there is that they work for an authority to which this moves them; nothing where they only come back to one that they had.
    pub works_there: Option<WorksThere>,
}

/// Correcting an address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectAddressForm {
    /// The eight-character code.
    pub code: String,
    /// The right address.
    pub email: String,
}

/// A corrected address.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Who it is about.
    pub code: String,
    /// The right address.
    pub email: EmailAddress,
}

/// What is known of somebody beside the address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// "Dr", or empty.
    pub title: String,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The profession, or empty.
    pub profession: String,
    /// The slug of the authority, or empty. Whether there is such an authority, the database knows.
    pub authority: String,
    /// At least one.
    pub roles: Roles,
}

impl Details {
    /// Whether they are a practitioner without an authority, which nobody becomes any more.
    pub fn is_practitioner_of_none(&self) -> bool {
        self.authority.is_empty() && self.roles.contains(Role::Practitioner)
    }
}

const LONGEST_TITLE: usize = 20;
const LONGEST_WORDS: usize = 80;
const LONGEST_HOW: usize = 120;
/// What is said where a practitioner would be entered with no authority, whom the community would take for somebody of the Centre.
pub(super) const PRACTITIONERS_AUTHORITY: &str = "Choose the authority that the practitioner works for";
const ADDRESS_HINT: &str = "Enter a work email address, like name@council.gov.uk";

impl NewPersonForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<NewPerson, AppError> {
        let person = self.check_row()?;
        if person.details.is_practitioner_of_none() {
            return Err(AppError::invalid("authority", PRACTITIONERS_AUTHORITY));
        }
        Ok(person)
    }

    /// The same of a row about somebody who may be here already, with an authority that the row need not repeat.
    pub fn check_row(&self) -> Result<NewPerson, AppError> {
        let email = EmailAddress::of(&self.email);
        let details = details(&self.title, &self.given_name, &self.family_name, &self.profession, &self.authority, &self.roles);
        match (details, email, works_there(&self.works_there, &self.how)) {
            (Ok(details), Some(email), Ok(works_there)) => {
                Ok(NewPerson { details, email, works_there, is_invited: !self.invite.is_empty() })
            }
            (details, email, works_there) => {
                let mut problems = details.err().unwrap_or_default();
                if email.is_none() {
                    problems.push(Problem::new("email", ADDRESS_HINT));
                }
                problems.extend(works_there.err());
                Err(AppError::Invalid(problems))
            }
        }
    }
}

impl ChangePersonForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<PersonChange, AppError> {
        let details = details(&self.title, &self.given_name, &self.family_name, &self.profession, &self.authority, &self.roles)
            .map_err(AppError::Invalid)?;
        let works_there = works_there(&self.works_there, &self.how).map_err(|problem| AppError::Invalid(vec![problem]))?;
        // A version that cannot be read is older than any: the person is told what stands there now.
        let version = self.version.parse().unwrap_or_default();
        Ok(PersonChange { code: self.code.clone(), version, details, works_there: Some(works_there) })
    }
}

impl ConfirmPersonForm {
    /// What is confirmed, or what is wrong: without how the Centre knows it, nobody could ask the authority about it later.
    pub fn check(&self) -> Result<Confirming, AppError> {
        let how = how_known(&self.how).map_err(|problem| AppError::Invalid(vec![problem]))?;
        if how.is_empty() {
            return Err(AppError::invalid("how", "Say how the authority has confirmed it, like: named on the list of 3 November"));
        }
        let is_denied = Confirmed::of_key(&self.shown) == Some(Confirmed::Denied);
        Ok(Confirming { code: self.code.clone(), authority: self.authority.clone(), is_denied, how })
    }
}

/// What is said of whether somebody works for their authority, or what is wrong with it.
pub fn works_there(key: &str, how: &str) -> Result<WorksThere, Problem> {
    Ok(WorksThere::of(key, how_known(how)?))
}

fn how_known(typed: &str) -> Result<String, Problem> {
    let how = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if how.chars().count() > LONGEST_HOW {
        return Err(Problem::new("how", format!("Shorten this to {LONGEST_HOW} characters or fewer")));
    }
    if how.chars().any(char::is_control) {
        return Err(Problem::new("how", "Type this again: it holds hidden characters"));
    }
    Ok(how)
}

impl CorrectAddressForm {
    /// What is valid of it, or what is wrong.
    pub fn check(&self) -> Result<Correction, AppError> {
        let email = EmailAddress::of(&self.email).ok_or_else(|| AppError::invalid("email", ADDRESS_HINT))?;
        Ok(Correction { code: self.code.clone(), email })
    }
}

fn details(
    title: &str,
    given_name: &str,
    family_name: &str,
    profession: &str,
    authority: &str,
    roles: &[String],
) -> Result<Details, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut words = |field: &str, typed: &str, longest: usize, missing: Option<&str>| {
        let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match missing {
            Some(missing) if words.is_empty() => problems.push(Problem::new(field, missing)),
            _ if words.chars().count() > longest => {
                problems.push(Problem::new(field, format!("Shorten this to {longest} characters or fewer")));
            }
            _ if words.chars().any(char::is_control) => problems.push(Problem::new(field, "Type this again: it holds hidden characters")),
            _ => {}
        }
        words
    };
    let title = words("title", title, LONGEST_TITLE, None);
    let given_name = words("given_name", given_name, LONGEST_WORDS, Some("Enter the first name"));
    let family_name = words("family_name", family_name, LONGEST_WORDS, Some("Enter the family name"));
    let profession = words("profession", profession, LONGEST_WORDS, None);
    let roles: Roles = roles.iter().filter_map(|key| Role::of_key(key)).collect();
    if roles.iter().next().is_none() {
        problems.push(Problem::new("roles", "Choose at least one role"));
    }
    if roles.contains(Role::AuthorityLead) && authority.is_empty() {
        problems.push(Problem::new("authority", "Choose the authority that the authority lead speaks for"));
    }
    if problems.is_empty() {
        Ok(Details { title, given_name, family_name, profession, authority: authority.to_owned(), roles })
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> NewPersonForm {
        NewPersonForm {
            given_name: " Amina ".to_owned(),
            family_name: "Rahman".to_owned(),
            email: "Amina@council.gov.uk".to_owned(),
            authority: "bradford".to_owned(),
            roles: vec!["practitioner".to_owned()],
            ..NewPersonForm::default()
        }
    }

    fn fields(answer: Result<NewPerson, AppError>) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = answer else { return Vec::new() };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn spaces_around_and_between_names_are_tidied() {
        let person = NewPersonForm { family_name: "van   der  Berg ".to_owned(), ..form() }.check().unwrap();

        assert_eq!((person.details.given_name.as_str(), person.details.family_name.as_str()), ("Amina", "van der Berg"));
        assert_eq!(person.email.as_str(), "amina@council.gov.uk");
    }

    #[test]
    fn every_problem_is_named_at_once_beside_its_field() {
        assert_eq!(fields(NewPersonForm::default().check()), ["given_name", "family_name", "roles", "email"]);
    }

    #[test]
    fn an_unknown_role_is_no_role() {
        assert_eq!(fields(NewPersonForm { roles: vec!["owner".to_owned()], ..form() }.check()), ["roles"]);
    }

    #[test]
    fn an_authority_lead_speaks_for_an_authority_and_a_new_practitioner_works_for_one() {
        for role in ["authority_lead", "practitioner"] {
            let of_none = NewPersonForm { roles: vec![role.to_owned()], authority: String::new(), ..form() };
            assert_eq!(fields(of_none.check()), ["authority"], "{role}");
        }
        let of_the_centre = NewPersonForm { roles: vec!["supervisor".to_owned()], authority: String::new(), ..form() };
        assert!(of_the_centre.check().is_ok());
    }

    #[test]
    fn the_centre_confirms_nothing_without_saying_how_it_knows() {
        let check = |how: &str| ConfirmPersonForm { how: how.to_owned(), ..ConfirmPersonForm::default() }.check();
        assert!(matches!(check("  "), Err(AppError::Invalid(_))));
        assert!(matches!(check(&"a".repeat(1_000)), Err(AppError::Invalid(_))));
        assert_eq!(check(" named on  the list ").unwrap().how, "named on the list");
    }

    #[test]
    fn a_name_of_a_thousand_letters_is_refused() {
        assert_eq!(fields(NewPersonForm { given_name: "a".repeat(1_000), ..form() }.check()), ["given_name"]);
    }

    #[test]
    fn nonsense_in_an_address_asks_for_the_first_page_and_filters_nothing() {
        let filter = PeopleFilter { page: "minus one".to_owned(), role: "owner".to_owned(), ..PeopleFilter::default() };

        assert_eq!(filter.page(), 1);
        assert!(!filter.is_narrow());
    }
}
