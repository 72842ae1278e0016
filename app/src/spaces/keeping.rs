//! What the forms send by which coordinators make spaces and say who looks after them.

use serde::{Deserialize, Serialize};

use super::held::Approval;
use super::model::SpaceKind;
use super::plain::plain_line;
use crate::error::{AppError, Problem};
use crate::groups::named_interventions;
use crate::people::EmailAddress;
use crate::registration::REGIONS;

/// A space as it is made or changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SpaceForm {
    /// Its part of the address; empty of a new one.
    pub slug: String,
    /// The version that was shown.
    pub version: String,
    /// For whom it is, by [`whom_key`]; of a new one alone.
    pub whom: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// Who looks after it, by their work emails.
    pub moderators: String,
    /// Ticked where people may post without their name.
    pub unnamed: Vec<String>,
    /// The key of an [`Approval`].
    pub approval: String,
}

/// A space that can be stored. Only [`SpaceForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceDetails {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) moderators: Vec<EmailAddress>,
    pub(super) allows_unnamed: bool,
    pub(super) approval: Approval,
}

/// The most people who look after one space.
const MOST_MODERATORS: usize = 20;

impl SpaceForm {
    /// What can be changed of a space, or everything that has to be put right.
    pub fn check(&self) -> Result<SpaceDetails, AppError> {
        let (name, about) = (plain_line(&self.name), plain_line(&self.about));
        let mut problems = Vec::new();
        if !(2..=60).contains(&name.chars().count()) {
            problems.push(Problem::new("name", "Enter a name of 2 to 60 characters, such as “Endings”."));
        }
        if about.chars().count() > 200 {
            problems.push(Problem::new("about", "Say in at most 200 characters what it is about."));
        }
        let entered: Vec<&str> = self.moderators.split([',', ';', '\n']).map(str::trim).filter(|entered| !entered.is_empty()).collect();
        let moderators: Vec<EmailAddress> = entered.iter().filter_map(|entered| EmailAddress::of(entered)).collect();
        if moderators.len() < entered.len() {
            problems
                .push(Problem::new("moderators", "One of these is no email address. Enter each like name@council.gov.uk, one on a line."));
        } else if moderators.is_empty() || moderators.len() > MOST_MODERATORS {
            problems.push(Problem::new("moderators", format!("Enter the work emails of 1 to {MOST_MODERATORS} people, one on a line.")));
        }
        let allows_unnamed = !self.unnamed.is_empty();
        let approval = Approval::of_key(&self.approval).unwrap_or_default();
        if problems.is_empty() {
            Ok(SpaceDetails { name, about, moderators, allows_unnamed, approval })
        } else {
            Err(AppError::Invalid(problems))
        }
    }

    /// For whom a new space is.
    pub fn check_whom(&self) -> Result<(SpaceKind, String), AppError> {
        whom_of_key(&self.whom).ok_or_else(|| AppError::invalid("whom", "Choose for whom the space is."))
    }
}

/// What a choice of the form is called: `centre`, `intervention:vig`, `region:London`.
pub fn whom_key(kind: SpaceKind, subject: &str) -> String {
    match kind {
        SpaceKind::Centre => "centre".to_owned(),
        SpaceKind::Supervisors => "supervisors".to_owned(),
        SpaceKind::NewStarters => "new_starters".to_owned(),
        SpaceKind::Intervention => format!("intervention:{subject}"),
        SpaceKind::Region => format!("region:{subject}"),
        SpaceKind::Group => String::new(),
    }
}

/// Everything that can be chosen, in the order of the form: for whom, which intervention or region, and the words.
pub fn whom_choices() -> Vec<(SpaceKind, &'static str, String)> {
    let always = [
        (SpaceKind::Centre, "", "Everybody in the community".to_owned()),
        (SpaceKind::Supervisors, "", "Supervisors".to_owned()),
        (SpaceKind::NewStarters, "", "New starters, in their first year".to_owned()),
    ];
    let work = named_interventions().map(|(key, name)| (SpaceKind::Intervention, key, format!("Whoever works with {name}")));
    let regions = REGIONS.iter().map(|region| (SpaceKind::Region, *region, format!("Whoever works in the region {region}")));
    always.into_iter().chain(work).chain(regions).collect()
}

fn whom_of_key(key: &str) -> Option<(SpaceKind, String)> {
    let chosen = whom_choices().into_iter().find(|(kind, subject, _)| whom_key(*kind, subject) == key)?;
    Some((chosen.0, chosen.1.to_owned()))
}

/// The words for whom a space is.
pub fn whom_in_words(kind: SpaceKind, subject: &str) -> String {
    let chosen = whom_choices().into_iter().find(|(other, key, _)| *other == kind && *key == subject);
    chosen.map(|(_, _, words)| words).unwrap_or_default()
}

/// A space in the list of whoever makes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSpace {
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// For whom it is.
    pub kind: SpaceKind,
    /// Which intervention or region.
    pub subject: String,
    /// Who looks after it, by their work emails.
    pub moderators: Vec<String>,
    /// Whether people may post in it without their name.
    pub allows_unnamed: bool,
    /// Whether what is written in it is looked at first.
    pub approval: Approval,
    /// The version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_found_by_its_key_and_nothing_else_is() {
        for (kind, subject, _) in whom_choices() {
            assert_eq!(whom_of_key(&whom_key(kind, subject)), Some((kind, subject.to_owned())));
        }
        for nonsense in ["", "group", "intervention:", "region:Wales"] {
            assert_eq!(whom_of_key(nonsense), None);
        }
    }

    #[test]
    fn a_space_has_a_name_and_somebody_who_looks_after_it() {
        let form = SpaceForm { name: " Endings ".into(), moderators: "ruth@council.gov.uk\n".into(), ..SpaceForm::default() };
        assert_eq!(form.check().unwrap().name, "Endings");
        let AppError::Invalid(problems) = SpaceForm::default().check().unwrap_err() else { panic!("another reason") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["name", "moderators"]);
    }
}
