//! Which part of a session is read by whom: the one table that guards the data and from which the audience lines are made.

use serde::{Deserialize, Serialize};

use crate::access::{Permission, holders};
use crate::groups::within_sentence;
use crate::ui::{and, capital, full_stop, or};

/// What somebody is to a session; the closest relation where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Leads this session.
    Supervisor,
    /// Leads the group, while somebody else leads this session.
    GroupSupervisor,
    /// Leads this session together with its supervisor.
    CoSupervisor,
    /// Observes this session.
    Observer,
    /// Is supervised at it.
    Member,
    /// None of these, but manages every group of the Centre.
    Manager,
}

/// A part of a session with readers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// When and in which group it is, and who belongs to it.
    Plan,
    /// That somebody has sent apologies.
    Apologies,
    /// How to get in.
    Room,
    /// How everybody was there. One's own line is always one's own to read.
    Attendance,
    /// Why somebody cannot come. The words are always their own to read.
    ApologiesReason,
    /// What people said they would do.
    Actions,
}

impl Part {
    /// Every part, in the order in which a page shows them.
    pub const ALL: [Self; 6] = [Self::Plan, Self::Apologies, Self::Attendance, Self::Room, Self::ApologiesReason, Self::Actions];

    /// What it is called in a sentence.
    const fn words(self) -> &'static str {
        match self {
            Self::Plan => "when it is",
            Self::Apologies => "who has sent apologies",
            Self::Room => "the room",
            Self::Attendance => "who came",
            Self::ApologiesReason => "why somebody cannot come",
            Self::Actions => "what was agreed",
        }
    }

    /// Who reads it.
    pub const fn readers(self) -> &'static [Relation] {
        use Relation::{CoSupervisor, GroupSupervisor, Manager, Member, Observer, Supervisor};
        match self {
            Self::Plan | Self::Apologies => &[Supervisor, GroupSupervisor, CoSupervisor, Observer, Member, Manager],
            Self::Room => &[Supervisor, GroupSupervisor, CoSupervisor, Observer, Member],
            Self::Actions => &[Supervisor, GroupSupervisor, CoSupervisor, Member],
            Self::Attendance => &[Supervisor, GroupSupervisor, CoSupervisor, Manager],
            Self::ApologiesReason => &[Supervisor],
        }
    }

    /// Whether somebody in this relation reads it.
    pub fn is_open_to(self, relation: Relation) -> bool {
        self.readers().contains(&relation)
    }

    /// How many rings the audience line has.
    pub fn tier(self) -> u8 {
        match (self.is_open_to(Relation::Manager), self.is_open_to(Relation::Member)) {
            (true, _) => 4,
            (false, true) => 3,
            (false, false) => 2,
        }
    }
}

/// The people round a session, as the audience line names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// "Aire group".
    pub group: String,
    /// How many members it has.
    pub members: usize,
    /// Whoever leads it together with the supervisor, or observes it: "Daniel O.", and what they are to it.
    pub hosts: Vec<(String, Relation)>,
    /// Whether they have booked a place at this session alone, and belong to nothing.
    pub is_booked: bool,
    /// "Dr Ruth A."
    pub supervisor: String,
    /// Whether the group's supervisor is somebody other than whoever leads the session: under cover, or since the group was handed over.
    pub is_read_by_groups_supervisor: bool,
}

impl Circle {
    /// Who can see a part, and who can not where that is what people fear.
    pub fn audience(&self, part: Part) -> String {
        let mut readers = vec![self.own_readers(part)];
        if part.is_open_to(Relation::Supervisor) {
            readers.push(self.supervisor.clone());
        }
        readers.extend(self.hosts.iter().filter(|(_, relation)| part.is_open_to(*relation)).map(|(name, _)| name.clone()));
        if self.is_read_by_groups_supervisor && part.is_open_to(Relation::GroupSupervisor) {
            readers.push("the group’s own supervisor".to_owned());
        }
        let mut refused = Vec::new();
        if part == Part::ApologiesReason {
            refused.push("other members".to_owned());
        }
        if part.is_open_to(Relation::Manager) {
            readers.extend(office_roles());
        } else {
            refused.extend(office_roles());
        }
        refused.push("employers".to_owned());
        format!("{} Not {}.", full_stop(&and(&readers)), or(&refused))
    }

    /// Those for whom a part is there in the first place.
    fn own_readers(&self, part: Part) -> String {
        match part {
            Part::Attendance => "each person their own line".to_owned(),
            // Its line stands only where its author writes it.
            Part::ApologiesReason => "you".to_owned(),
            Part::Plan | Part::Apologies | Part::Room | Part::Actions => self.members_in_words(),
        }
    }

    /// Who can see a page that shows every part, and which of them the Centre's office does not get.
    pub fn audience_of_page(&self) -> String {
        let (open, closed): (Vec<Part>, Vec<Part>) = Part::ALL.into_iter().partition(|part| part.is_open_to(Relation::Manager));
        let words = |parts: &[Part]| parts.iter().map(|part| part.words().to_owned()).collect::<Vec<_>>();
        let hosts = self.hosts.iter().map(|(name, _)| name.clone());
        let readers: Vec<String> = [self.members_in_words(), self.supervisor.clone()].into_iter().chain(hosts).collect();
        format!(
            "{} {} see {}. They do not see {}. Employers cannot see any of it here.",
            full_stop(&and(&readers)),
            capital(&office()),
            and(&words(&open)),
            or(&words(&closed))
        )
    }

    fn members_in_words(&self) -> String {
        const WORDS: [&str; 9] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
        let number = WORDS.get(self.members).map_or_else(|| self.members.to_string(), |word| (*word).to_owned());
        if self.is_booked {
            return "those who have booked a place".to_owned();
        }
        if self.members == 1 { "the supervisee".to_owned() } else { format!("the {number} members of {}", within_sentence(&self.group)) }
    }
}

/// The roles that see every group, as the matrix of permissions has them: "the Centre’s coordinators and clinical leads".
fn office() -> String {
    and(&office_roles())
}

/// The same one by one, for a longer list: "the Centre’s coordinators", "clinical leads".
fn office_roles() -> Vec<String> {
    let mut roles: Vec<String> = holders(Permission::SeeEveryGroup).iter().map(|role| format!("{}s", role.name().to_lowercase())).collect();
    if let Some(first) = roles.first_mut() {
        first.insert_str(0, "the Centre’s ");
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle() -> Circle {
        Circle {
            group: "Aire group".to_owned(),
            members: 6,
            supervisor: "Dr Ruth A.".to_owned(),
            is_read_by_groups_supervisor: false,
            hosts: Vec::new(),
            is_booked: false,
        }
    }

    #[test]
    fn the_audience_line_of_the_actions_says_that_the_office_cannot_read_them() {
        assert_eq!(
            circle().audience(Part::Actions),
            "the six members of Aire group and Dr Ruth A. Not the Centre’s coordinators, clinical leads or employers."
        );
        assert_eq!(Part::Actions.tier(), 3);
    }

    #[test]
    fn the_audience_line_of_the_attendance_says_that_the_office_reads_it() {
        assert_eq!(
            circle().audience(Part::Attendance),
            "each person their own line, Dr Ruth A., the Centre’s coordinators and clinical leads. Not employers."
        );
        assert_eq!(Part::Attendance.tier(), 4);
    }

    #[test]
    fn the_audience_line_of_the_page_says_what_the_office_does_not_get() {
        assert_eq!(
            circle().audience_of_page(),
            "the six members of Aire group and Dr Ruth A. The Centre’s coordinators and clinical leads see when it is, who has sent \
             apologies and who came. They do not see the room, why somebody cannot come or what was agreed. Employers cannot see any of it here."
        );
    }

    #[test]
    fn only_the_sessions_own_supervisor_reads_why_somebody_cannot_come() {
        assert_eq!(Part::ApologiesReason.readers(), [Relation::Supervisor]);
        assert_eq!(
            circle().audience(Part::ApologiesReason),
            "you and Dr Ruth A. Not other members, the Centre’s coordinators, clinical leads or employers."
        );
    }

    #[test]
    fn whoever_observes_is_a_reader_of_the_plan_and_not_of_what_was_agreed() {
        let hosts = vec![("Daniel O.".to_owned(), Relation::CoSupervisor), ("Nadia H.".to_owned(), Relation::Observer)];
        let observed = Circle { hosts, ..circle() };
        assert!(observed.audience(Part::Plan).contains("Dr Ruth A., Daniel O., Nadia H., the Centre"));
        assert!(observed.audience(Part::Actions).starts_with("the six members of Aire group, Dr Ruth A. and Daniel O. Not"));
    }

    #[test]
    fn the_people_of_an_open_clinic_are_those_who_have_booked() {
        let clinic = Circle { is_booked: true, ..circle() };
        assert!(clinic.audience_of_page().starts_with("those who have booked a place and Dr Ruth A. The Centre’s coordinator"));
    }

    #[test]
    fn the_groups_supervisor_is_one_more_reader_where_somebody_else_leads() {
        let covered = Circle { is_read_by_groups_supervisor: true, ..circle() };
        assert!(covered.audience(Part::Actions).contains("the group’s own supervisor"));
        assert!(!circle().audience(Part::Actions).contains("the group’s own supervisor"));
    }
}
