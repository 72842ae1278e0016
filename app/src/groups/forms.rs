//! What the forms of groups send, and what of it can be used.

use serde::{Deserialize, Serialize};

use super::intervention::named_intervention;
use super::model::{GroupKind, MOST_PLACES, MeetingMode};
use crate::error::{AppError, Problem};

/// Making a group, or changing one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupForm {
    /// The group that is changed; empty for a new one.
    pub slug: String,
    /// The version that the person was shown.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// The key of a [`GroupKind`].
    pub kind: String,
    /// The key of a named intervention; empty where it is on none in particular.
    pub intervention: String,
    /// The supervisor's code.
    pub supervisor: String,
    /// How many places it has.
    pub capacity: String,
    /// The key of a [`MeetingMode`].
    pub mode: String,
    /// The address of the outside room.
    pub room_url: String,
    /// The telephone number of that room.
    pub room_phone: String,
    /// Where it meets in person.
    pub place: String,
    /// Why somebody else takes it over although its sessions do not quite fit them; empty where they do.
    pub reason: String,
    /// The mark of the sessions that were shown to stay with whoever led it, where the others are to be handed over without them.
    pub stays: Vec<String>,
}

/// A group's details that can be stored. Only [`GroupForm::check`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDetails {
    pub(super) name: String,
    pub(super) kind: GroupKind,
    pub(super) intervention: Option<&'static str>,
    pub(super) supervisor: String,
    pub(super) capacity: i64,
    pub(super) mode: MeetingMode,
    pub(super) room_url: String,
    pub(super) room_phone: String,
    pub(super) place: String,
}

impl GroupDetails {
    /// Whether people belong to it, so that the next step is to add them.
    pub fn has_members(&self) -> bool {
        self.kind.has_members()
    }
}

const LONGEST_NAME: usize = 60;
const LONGEST_ADDRESS: usize = 500;
const LONGEST_PHONE: usize = 40;
const LONGEST_PLACE: usize = 200;

impl GroupForm {
    /// Everything that has to change before the group can be stored, or the group's details.
    pub fn check(&self) -> Result<GroupDetails, AppError> {
        let kind = GroupKind::of_key(&self.kind);
        let mode = MeetingMode::of_key(&self.mode);
        let intervention = named_intervention(&self.intervention);
        let is_unknown = intervention.is_none() && !self.intervention.is_empty();
        let capacity = check_capacity(&self.capacity, kind);
        let problems: Vec<Problem> = [
            check_name(&self.name),
            kind.is_none().then(|| Problem::new("kind", "Choose what kind of supervision it is for.")),
            is_unknown.then(|| Problem::new("intervention", "Choose an intervention from the list, or that it is not one in particular.")),
            self.supervisor.trim().is_empty().then(|| Problem::new("supervisor", "Choose a supervisor.")),
            capacity.clone().err(),
            mode.is_none().then(|| Problem::new("mode", "Choose whether it meets online or in person.")),
            check_room_url(&self.room_url, mode),
            check_room_phone(&self.room_phone),
            check_place(&self.place, mode),
        ]
        .into_iter()
        .flatten()
        .collect();
        let (true, Some(kind), Some(mode), Ok(capacity)) = (problems.is_empty(), kind, mode, capacity) else {
            return Err(AppError::Invalid(problems));
        };
        Ok(GroupDetails {
            name: one_line(&self.name),
            kind,
            intervention,
            supervisor: self.supervisor.trim().to_owned(),
            capacity,
            mode,
            room_url: self.room_url.trim().to_owned(),
            room_phone: one_line(&self.room_phone),
            place: one_line(&self.place),
        })
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// Without space at the ends, and with single spaces between the words.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_name(name: &str) -> Option<Problem> {
    let length = one_line(name).chars().count();
    match length {
        0 => Some(Problem::new("name", "Enter a name, such as Aire group.")),
        1..=LONGEST_NAME => None,
        _ => Some(Problem::new("name", format!("Enter a name of at most {LONGEST_NAME} letters."))),
    }
}

fn check_capacity(capacity: &str, kind: Option<GroupKind>) -> Result<i64, Problem> {
    let wrong = || Problem::new("capacity", format!("Enter how many places the group has: a number from 1 to {MOST_PLACES}."));
    let capacity: i64 = capacity.trim().parse().map_err(|_| wrong())?;
    if !(1..=MOST_PLACES).contains(&capacity) {
        return Err(wrong());
    }
    match kind {
        Some(kind) if !kind.places().contains(&capacity) => {
            let sentence = format!("{} has {}. Enter that, or choose another kind.", kind.name(), kind.places_in_words());
            Err(Problem::new("capacity", sentence))
        }
        _ => Ok(capacity),
    }
}

/// What is wrong with the address of a room; an online meeting needs one.
pub fn check_room_url(address: &str, mode: Option<MeetingMode>) -> Option<Problem> {
    let address = address.trim();
    if address.is_empty() {
        return (mode == Some(MeetingMode::Online))
            .then(|| Problem::new("room_url", "Enter the address of the room, which begins with https://"));
    }
    (!is_room_address(address))
        .then(|| Problem::new("room_url", "Enter an address that begins with https://, such as https://meet.example.org/aire"))
}

/// An address of the web over an encrypted connection, with a host and without a name or password before it.
fn is_room_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && host.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':'));
    let is_printable = rest.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '\\'));
    is_host && is_printable && address.len() <= LONGEST_ADDRESS
}

fn check_room_phone(phone: &str) -> Option<Problem> {
    let phone = one_line(phone);
    let is_usable = phone.len() <= LONGEST_PHONE && phone.chars().all(|letter| letter.is_ascii_digit() || " +()-,#*".contains(letter));
    (!is_usable).then(|| Problem::new("room_phone", "Enter a telephone number, such as 01632 960 114."))
}

/// What is wrong with a place; a meeting in person needs one.
pub fn check_place(place: &str, mode: Option<MeetingMode>) -> Option<Problem> {
    let length = one_line(place).chars().count();
    if length == 0 && mode == Some(MeetingMode::InPerson) {
        return Some(Problem::new("place", "Enter where to meet: the building, the room and the town."));
    }
    (length > LONGEST_PLACE).then(|| Problem::new("place", format!("Enter at most {LONGEST_PLACE} letters.")))
}

/// Which group a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupAddress {
    /// Its part of the address.
    pub slug: String,
    /// Which part of the coming sessions, counted from one.
    pub coming: String,
    /// Which part of the past sessions, counted from one.
    pub past: String,
}

/// Somebody who joins a group or leaves it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// The group.
    pub slug: String,
    /// The person's code.
    pub person: String,
}

/// Ending a group.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// The group.
    pub slug: String,
    /// The version that the person was shown.
    pub version: String,
}

/// The page on which members are added, with what is searched for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CandidateSearch {
    /// The group.
    pub slug: String,
    /// The code of a search that was kept, since no name stands in an address.
    pub search: String,
}

/// Searching for somebody who could join.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CandidateForm {
    /// The group.
    pub slug: String,
    /// Part of a name.
    pub find: String,
}

/// What the list of groups is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupFilter {
    /// Part of the group's name.
    pub name: String,
    /// The key of a [`GroupKind`], or empty.
    pub kind: String,
    /// The supervisor's code, or empty.
    pub supervisor: String,
    /// Which part of the list, counted from one.
    pub page: String,
}

/// A page number as it stands in an address; anything that is not one is the first page.
pub fn page_number(text: &str) -> i64 {
    text.parse().ok().filter(|page| (1..=100_000).contains(page)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> GroupForm {
        GroupForm {
            name: "Aire  group ".to_owned(),
            kind: "group".to_owned(),
            supervisor: "abcd2345".to_owned(),
            capacity: "6".to_owned(),
            mode: "online".to_owned(),
            room_url: "https://meet.example.org/aire".to_owned(),
            ..GroupForm::default()
        }
    }

    fn fields_of(form: &GroupForm) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = form.check() else { return Vec::new() };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_whole_form_is_taken_with_its_spaces_tidied() {
        assert_eq!(form().check().unwrap().name, "Aire group");
    }

    #[test]
    fn an_empty_form_names_everything_that_is_missing() {
        assert_eq!(fields_of(&GroupForm::default()), ["name", "kind", "supervisor", "capacity", "mode"]);
    }

    #[test]
    fn a_room_has_an_encrypted_address_and_nothing_else() {
        for address in [
            "http://meet.example.org",
            "javascript:alert(1)",
            "https://",
            "https://someone@meet.example.org/x",
            "https://meet.example.org/a b",
            "",
        ] {
            assert_eq!(fields_of(&GroupForm { room_url: address.to_owned(), ..form() }), ["room_url"], "{address}");
        }
    }

    #[test]
    fn a_group_in_person_needs_a_place_and_no_room() {
        let in_person = GroupForm { mode: "in_person".to_owned(), room_url: String::new(), ..form() };
        assert_eq!(fields_of(&in_person), ["place"]);
        assert!(GroupForm { place: "Room 2, Shipley library".to_owned(), ..in_person }.check().is_ok());
    }

    #[test]
    fn each_kind_has_the_places_that_are_allowed_for_it() {
        let fields = |kind: &str, capacity: &str| fields_of(&GroupForm { kind: kind.to_owned(), capacity: capacity.to_owned(), ..form() });
        for (kind, allowed) in
            [("group", 3..=8), ("pair", 2..=2), ("one_to_one", 1..=1), ("vig", 1..=6), ("reflective", 3..=8), ("open_clinic", 1..=8)]
        {
            for capacity in 0..=9 {
                let refused = if allowed.contains(&capacity) { vec![] } else { vec!["capacity".to_owned()] };
                assert_eq!(fields(kind, &capacity.to_string()), refused, "{kind} {capacity}");
            }
        }
        assert_eq!([fields("group", "six"), fields("group", "-1")], [["capacity"], ["capacity"]]);
    }

    #[test]
    fn a_group_is_on_an_intervention_that_has_a_name_or_on_none() {
        let on = |key: &str| GroupForm { intervention: key.to_owned(), ..form() };
        assert_eq!([on("").check().unwrap().intervention, on("nbo").check().unwrap().intervention], [None, Some("nbo")]);
        for unknown in ["other", "juggling"] {
            assert_eq!(fields_of(&on(unknown)), ["intervention"]);
        }
    }

    #[test]
    fn a_telephone_number_is_no_sentence() {
        assert_eq!(fields_of(&GroupForm { room_phone: "ask Ruth".to_owned(), ..form() }), ["room_phone"]);
        assert!(GroupForm { room_phone: "+44 1632 960 114,,883#".to_owned(), ..form() }.check().is_ok());
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        assert_eq!([page_number("3"), page_number("-1"), page_number("x"), page_number("")], [3, 1, 1, 1]);
    }
}
