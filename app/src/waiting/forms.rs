//! What the forms of the waiting list send, and what of it can be used.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answers::Asked;
use super::model::{PartOfDay, PartOfWeek, Urgency, Way};
use crate::access::Role;
use crate::access::Roles;
use crate::availability::weekday_name;
use crate::error::{AppError, Problem};
use crate::groups::GroupKind;

/// Asking for supervision, or changing what was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitingForm {
    /// The entry that is changed; empty for a new one.
    pub code: String,
    /// The version that the person was shown.
    pub version: String,
    /// The key of a [`GroupKind`]; of an entry it stays what it is.
    pub kind: String,
    /// The key of a [`Way`].
    pub way: String,
    /// The keys of the parts of each weekday that suit, by its name.
    pub times: BTreeMap<String, Vec<String>>,
    /// The key of an [`Urgency`].
    pub urgency: String,
    /// A group by its name, or empty.
    pub wanted: String,
}

/// The name of the field of a weekday.
pub fn times_field(weekday: chrono::Weekday) -> String {
    format!("times[{}]", weekday_name(weekday).to_lowercase())
}

/// The longest name of a group that can be asked for.
const LONGEST_NAME: usize = 60;

impl WaitingForm {
    /// What is asked for, or everything that has to change, in the order of the form.
    pub fn check(&self, roles: &Roles) -> Result<Asked, AppError> {
        let kind = GroupKind::of_key(&self.kind).filter(|kind| kinds_for(roles).contains(kind));
        let (way, urgency, times) = (Way::of_key(&self.way), Urgency::of_key(&self.urgency), self.chosen_times());
        let wanted = self.wanted.split_whitespace().collect::<Vec<_>>().join(" ");
        let first_day = PartOfWeek::DAYS.first().copied().map(times_field).unwrap_or_default();
        let problems: Vec<Problem> = [
            kind.is_none().then(|| Problem::new("kind", "Choose what kind of supervision you ask for.")),
            way.is_none().then(|| Problem::new("way", "Choose how you would meet.")),
            times.is_empty().then(|| Problem::new(&first_day, "Choose at least one part of a day that suits you.")),
            urgency.is_none().then(|| Problem::new("urgency", "Choose how soon you need supervision.")),
            (wanted.chars().count() > LONGEST_NAME)
                .then(|| Problem::new("wanted", format!("Enter the group’s name alone, in at most {LONGEST_NAME} letters."))),
        ]
        .into_iter()
        .flatten()
        .collect();
        let (true, Some(kind), Some(way), Some(urgency)) = (problems.is_empty(), kind, way, urgency) else {
            return Err(AppError::Invalid(problems));
        };
        Ok(Asked { kind, way, times, urgency, wanted })
    }

    /// The times in the order of the week, each once; a word that is none counts for nothing.
    fn chosen_times(&self) -> Vec<String> {
        let sent: Vec<&String> = self.times.values().flatten().collect();
        let week = PartOfWeek::DAYS.into_iter().flat_map(|weekday| PartOfDay::ALL.map(|part| PartOfWeek { weekday, part }.key()));
        week.filter(|key| sent.contains(&key)).collect()
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// The kinds that somebody can ask for: a supervisors’ group is for supervisors, and nobody waits for what is booked session by session.
pub fn kinds_for(roles: &Roles) -> Vec<GroupKind> {
    let is_for_them = |kind: &GroupKind| kind.has_members() && (*kind != GroupKind::Supervisors || roles.contains(Role::Supervisor));
    GroupKind::ALL.into_iter().filter(is_for_them).collect()
}

/// Which of one's entries or offers a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitingAddress {
    /// Its part of the address.
    pub code: String,
}

/// What a button beside a notice takes back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    /// The entry that was left.
    pub change: String,
}

/// Which entries are listed. What is empty leaves every one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaitingFilter {
    /// The key of a [`GroupKind`].
    pub kind: String,
    /// The key of an [`Urgency`].
    pub urgency: String,
    /// `yes` for those for whom a place is held, `no` for the others.
    pub offer: String,
    /// Which page, counted from one.
    pub page: String,
}

impl WaitingFilter {
    /// Whether it leaves anybody out.
    pub fn is_narrow(&self) -> bool {
        !(self.kind.is_empty() && self.urgency.is_empty() && self.offer.is_empty())
    }

    /// The kind, where one was chosen that there is.
    pub fn kind_key(&self) -> &'static str {
        GroupKind::of_key(&self.kind).map_or("", GroupKind::key)
    }

    /// The rank of the urgency that was chosen, or 0.
    pub fn rank(&self) -> i64 {
        Urgency::of_key(&self.urgency).map_or(0, Urgency::rank)
    }

    /// `yes`, `no` or nothing.
    pub fn offer_key(&self) -> &'static str {
        match self.offer.as_str() {
            "yes" => "yes",
            "no" => "no",
            _ => "",
        }
    }
}

/// Of which group it is asked who fits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceAddress {
    /// The group's part of the address.
    pub slug: String,
}

/// Offering a place, or taking an offer back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    /// The group's part of the address.
    pub slug: String,
    /// The entry that is offered a place, or the offer that is taken back.
    pub code: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> WaitingForm {
        let word = str::to_owned;
        WaitingForm {
            kind: word("vig"),
            way: word("online"),
            times: BTreeMap::from([
                (word("thursday"), vec![word("thursday-morning"), word("nonsense")]),
                (word("monday"), vec![word("monday-evening")]),
            ]),
            urgency: word("now"),
            wanted: word("  Aire   group "),
            ..WaitingForm::default()
        }
    }

    #[test]
    fn what_is_asked_for_is_read_and_its_times_stand_in_the_order_of_the_week() {
        let asked = form().check(&Roles::of_list("practitioner")).unwrap();
        assert_eq!((asked.kind, asked.way, asked.urgency), (GroupKind::Vig, Way::Online, Urgency::Now));
        assert_eq!(asked.times, ["monday-evening", "thursday-morning"]);
        assert_eq!(asked.wanted, "Aire group");
    }

    #[test]
    fn an_empty_form_says_everything_that_is_missing() {
        let Err(AppError::Invalid(problems)) = WaitingForm::default().check(&Roles::of_list("practitioner")) else { panic!() };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["kind", "way", "times[monday]", "urgency"]);
    }

    #[test]
    fn a_supervisors_group_is_for_supervisors() {
        let form = WaitingForm { kind: "supervisors".to_owned(), ..form() };
        assert!(form.check(&Roles::of_list("practitioner")).is_err());
        assert!(form.check(&Roles::of_list("practitioner,supervisor")).is_ok());
    }
}
