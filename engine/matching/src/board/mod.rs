//! A proposal in the hands of a coordinator: what a change would do, why somebody is where they are, and what keeps the others out.
//!
//! Other than an arrangement, a board can hold groups that break rules, since one change often needs another before everything is right
//! again. It always says which. Everything is counted from the specification, supervisor by supervisor: a supervisor leads a few groups,
//! so a change is assessed in microseconds without anything being kept up.

mod assess;
mod explain;
mod places;
mod round;
mod sentence;
mod ways;

use crate::ids::{PractitionerRow, SupervisorRow, Table};
use crate::instance::Instance;
use crate::proposal::{Proposal, ProposedGroup};

pub use assess::{Broken, Obstacle};
pub use explain::{Miss, Reason, Standing, Term};
pub use places::Place;
use round::Round;
pub use sentence::{Naming, group_name, mode_in_words, people_in_words};

/// When a group meets: the first minute of its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    pub week: i64,
    pub day: i64,
    pub start: i64,
}

/// A group without its members.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    pub supervisor: String,
    pub stream: String,
    pub mode: String,
    pub when: When,
}

/// Where somebody goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The group with this number.
    Group(usize),
    /// A group that is opened for it, with others who wait.
    New { meeting: Meeting, with: Vec<String> },
    /// The list of those who wait.
    List,
}

/// What a change does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    pub score_change: i64,
    /// The rules that it breaks, and that were kept before.
    pub breaks: Vec<Broken>,
    /// The rules that were broken before, and are no more.
    pub mends: Vec<Broken>,
}

/// Why a board cannot be set up or asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoardError {
    #[error("{0:?} is not a practitioner of this round")]
    UnknownPractitioner(String),
    #[error("{0:?} is not a supervisor of this round")]
    UnknownSupervisor(String),
    #[error("{0:?} is not a stream of this round")]
    UnknownStream(String),
    #[error("there is no group {0} on this board")]
    UnknownGroup(usize),
    #[error("{0:?} is in two groups")]
    InTwoGroups(String),
}

/// A round and a proposal for it, to be asked and changed.
///
/// The groups are numbered as in the proposal; those that are opened later come after. A group whose last member has gone keeps its
/// number, and counts as none.
#[derive(Clone, Debug)]
pub struct Board {
    round: Round,
    groups: Vec<Group>,
    seats: Table<PractitionerRow, Option<usize>>,
}

#[derive(Clone, Debug)]
struct Group {
    supervisor: SupervisorRow,
    meeting: Meeting,
    members: Vec<PractitionerRow>,
}

impl Board {
    /// Sets up a board for an instance that [`Matcher::new`](crate::Matcher::new) takes. The groups may break rules, but nobody may be
    /// in two of them, and everybody must be of the round.
    pub fn new(instance: Instance, proposal: &Proposal) -> Result<Self, BoardError> {
        let seats = Table::filled(instance.practitioners.len(), None);
        let mut board = Self { round: Round::of(instance), groups: Vec::with_capacity(proposal.groups.len()), seats };
        for group in &proposal.groups {
            let (supervisor, stream, mode) = (group.supervisor.clone(), group.stream.clone(), group.mode.clone());
            let when = When { week: group.week, day: group.day, start: group.start };
            let number = board.groups.len();
            let opened = board.round.group(Meeting { supervisor, stream, mode, when })?;
            board.groups.push(opened);
            for member in &group.members {
                let row = board.round.practitioner(member)?;
                if board.seats[row].is_some() {
                    return Err(BoardError::InTwoGroups(member.clone()));
                }
                seat(&mut board.groups, row, number);
                board.seats[row] = Some(number);
            }
        }
        Ok(board)
    }

    /// The groups as they are now.
    pub fn proposal(&self) -> Proposal {
        Proposal::new(self.numbered().into_iter().map(|(_, group)| group).collect())
    }

    /// The groups as they are now, each with its number.
    pub(crate) fn numbered(&self) -> Vec<(usize, ProposedGroup)> {
        let proposed = |group: &Group| ProposedGroup {
            supervisor: group.meeting.supervisor.clone(),
            stream: group.meeting.stream.clone(),
            mode: group.meeting.mode.clone(),
            week: group.meeting.when.week,
            day: group.meeting.when.day,
            start: group.meeting.when.start,
            members: group.members.iter().map(|member| self.round.practitioners[*member].id.clone()).collect(),
        };
        let open = self.groups.iter().enumerate().filter(|(_, group)| !group.members.is_empty());
        open.map(|(number, group)| (number, proposed(group))).collect()
    }

    /// The number of the group in which somebody is.
    pub fn group_of(&self, practitioner: &str) -> Result<Option<usize>, BoardError> {
        Ok(self.seats[self.round.practitioner(practitioner)?])
    }

    /// The score, whether or not every rule is kept.
    pub fn score(&self) -> i64 {
        self.round.supervisors.positions().map(|supervisor| self.round.assess(supervisor, &self.groups).score).sum()
    }

    /// Every rule that is broken.
    pub fn broken(&self) -> Vec<Broken> {
        self.round.supervisors.positions().flat_map(|supervisor| self.round.assess(supervisor, &self.groups).broken).collect()
    }

    /// What it would do to move somebody.
    pub fn effect(&self, practitioner: &str, to: &Destination) -> Result<Effect, BoardError> {
        let after = self.groups_after(self.round.practitioner(practitioner)?, to)?;
        Ok(self.effect_of(&after))
    }

    /// Moves somebody, and answers what that did.
    pub fn change(&mut self, practitioner: &str, to: &Destination) -> Result<Effect, BoardError> {
        let after = self.groups_after(self.round.practitioner(practitioner)?, to)?;
        let effect = self.effect_of(&after);
        self.groups = after;
        self.seats.fill(None);
        for (number, group) in self.groups.iter().enumerate() {
            for member in &group.members {
                self.seats[*member] = Some(number);
            }
        }
        Ok(effect)
    }

    fn groups_after(&self, practitioner: PractitionerRow, to: &Destination) -> Result<Vec<Group>, BoardError> {
        let mut groups = self.groups.clone();
        let mut arrivals = vec![practitioner];
        let number = match to {
            Destination::Group(number) if *number < groups.len() => Some(*number),
            Destination::Group(number) => return Err(BoardError::UnknownGroup(*number)),
            Destination::New { meeting, with } => {
                for other in with {
                    arrivals.push(self.round.practitioner(other)?);
                }
                groups.push(self.round.group(meeting.clone())?);
                Some(groups.len() - 1)
            }
            Destination::List => None,
        };
        for arrival in arrivals {
            if let Some(left) = self.seats[arrival].and_then(|seat| groups.get_mut(seat)) {
                left.members.retain(|member| *member != arrival);
            }
            if let Some(number) = number {
                seat(&mut groups, arrival, number);
            }
        }
        Ok(groups)
    }

    /// What lies between the groups as they are and as they would be: only supervisors of groups that differ are looked at.
    fn effect_of(&self, after: &[Group]) -> Effect {
        let mut supervisors = Vec::new();
        for (number, group) in after.iter().enumerate() {
            if self.groups.get(number).is_none_or(|before| before.members != group.members) && !supervisors.contains(&group.supervisor) {
                supervisors.push(group.supervisor);
            }
        }
        let mut effect = Effect::default();
        for supervisor in supervisors {
            let (before, after) = (self.round.assess(supervisor, &self.groups), self.round.assess(supervisor, after));
            effect.score_change += after.score - before.score;
            effect.breaks.extend(after.broken.iter().filter(|broken| !before.broken.contains(broken)).cloned());
            effect.mends.extend(before.broken.into_iter().filter(|broken| !after.broken.contains(broken)));
        }
        effect
    }
}

fn seat(groups: &mut [Group], practitioner: PractitionerRow, number: usize) {
    if let Some(group) = groups.get_mut(number)
        && !group.members.contains(&practitioner)
    {
        group.members.push(practitioner);
    }
}
