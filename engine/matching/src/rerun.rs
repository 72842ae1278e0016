//! A round that is matched again from a proposal: who is pinned stays, who is excluded stays away, and the rest may move.
//!
//! To somebody who is pinned no other slot is open, and leaving it would cost more than anything else could bring. So the search and the
//! bound need to know nothing of pins, and a pin is lost only where no proposal keeps it.

use std::collections::BTreeMap;

use crate::board::{Board, BoardError, Destination};
use crate::check::InstanceError;
use crate::directory::Directory;
use crate::ids::{Position, PractitionerId, StartId, StreamId, SupervisorId};
use crate::instance::Instance;
use crate::plan::{Plan, PlannedGroup};
use crate::problem::{Problem, Slot, Start};
use crate::proposal::{Proposal, ProposedGroup};

/// What a pin is worth while proposals are compared: more than the largest groups with the largest weights.
pub const PINNED: i64 = 1 << 32;

/// From where a round is matched again, and what may not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rerun {
    pub from: Proposal,
    /// Practitioners who stay in the group in which they are.
    pub pins: Vec<String>,
    pub exclusions: Vec<Exclusion>,
}

/// Somebody does not come into the group that a supervisor leads at this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    pub practitioner: String,
    pub supervisor: String,
    pub week: i64,
    pub day: i64,
    pub start: i64,
}

/// Why a round cannot be matched again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RerunError {
    #[error(transparent)]
    Instance(#[from] InstanceError),
    #[error(transparent)]
    Board(#[from] BoardError),
    #[error("{0:?} cannot be pinned: there is no group of theirs in the proposal")]
    NotPlaced(String),
    #[error("{0:?} cannot be pinned: the rules allow no group there with them in it")]
    NeverThere(String),
}

/// Where the names of the file stand in a problem.
struct Positions<'a> {
    directory: &'a Directory,
    practitioners: BTreeMap<&'a str, PractitionerId>,
    supervisors: BTreeMap<&'a str, SupervisorId>,
}

/// Writes the pins and exclusions into a problem, and answers the groups to begin with: those of the proposal that keep every rule.
pub fn begin(instance: &Instance, problem: &mut Problem, directory: &Directory, rerun: &Rerun) -> Result<Plan, RerunError> {
    let positions = Positions::of(instance, problem, directory);
    let mut board = Board::new(instance.clone(), &rerun.from)?;
    for exclusion in &rerun.exclusions {
        let group = board.group_of(&exclusion.practitioner)?;
        if group.and_then(|group| rerun.from.groups.get(group)).is_some_and(|group| exclusion.concerns(group)) {
            board.change(&exclusion.practitioner, &Destination::List)?;
        }
        positions.exclude(problem, exclusion);
    }
    for pinned in &rerun.pins {
        let group = board.group_of(pinned)?.and_then(|group| rerun.from.groups.get(group));
        let group = group.ok_or_else(|| RerunError::NotPlaced(pinned.clone()))?;
        positions.pin(problem, pinned, group).ok_or_else(|| RerunError::NeverThere(pinned.clone()))?;
    }
    let (groups, score) = groups_that_keep_the_rules(instance, board)?;
    let groups: Vec<PlannedGroup> = groups.iter().filter_map(|group| positions.planned(problem, group)).collect();
    let mut plan = Plan { groups, score };
    plan.score += plan.pins(problem) * PINNED;
    Ok(plan)
}

/// Without the groups that break a rule, until none does; and what the others score.
fn groups_that_keep_the_rules(instance: &Instance, mut board: Board) -> Result<(Vec<ProposedGroup>, i64), BoardError> {
    loop {
        let broken: Vec<usize> = board.broken().iter().map(|broken| broken.group).collect();
        let proposal = board.numbered();
        if broken.is_empty() {
            return Ok((proposal.into_iter().map(|(_, group)| group).collect(), board.score()));
        }
        let kept = proposal.into_iter().filter(|(number, _)| !broken.contains(number)).map(|(_, group)| group);
        board = Board::new(instance.clone(), &Proposal::new(kept.collect()))?;
    }
}

impl Exclusion {
    fn concerns(&self, group: &ProposedGroup) -> bool {
        group.supervisor == self.supervisor && (group.week, group.day, group.start) == (self.week, self.day, self.start)
    }
}

impl<'a> Positions<'a> {
    fn of(instance: &'a Instance, problem: &Problem, directory: &'a Directory) -> Self {
        let practitioner = |row: usize| instance.practitioners.get(row).map(|one| one.id.as_str());
        let supervisor = |row: usize| instance.supervisors.get(row).map(|one| one.id.as_str());
        Self {
            directory,
            practitioners: problem.people.entries().filter_map(|(id, person)| Some((practitioner(person.row)?, id))).collect(),
            supervisors: problem.leaders.entries().filter_map(|(id, leader)| Some((supervisor(leader.row)?, id))).collect(),
        }
    }

    fn exclude(&self, problem: &mut Problem, exclusion: &Exclusion) {
        let supervisor = self.supervisors.get(exclusion.supervisor.as_str());
        let start = start(problem, exclusion.week, exclusion.day, exclusion.start);
        if let (Some(practitioner), Some(supervisor), Some(start)) =
            (self.practitioners.get(exclusion.practitioner.as_str()), supervisor, start)
        {
            problem.people[*practitioner].excluded.push((*supervisor, start));
        }
    }

    /// `None` where the rules between one person and a group do not allow it.
    fn pin(&self, problem: &mut Problem, pinned: &str, group: &ProposedGroup) -> Option<()> {
        let practitioner = *self.practitioners.get(pinned)?;
        let slot = self.slot(problem, group)?;
        let is_allowed = problem.people[practitioner].stream == slot.stream
            && problem.free.has(practitioner, slot.start)
            && problem.hours.has(slot.supervisor, slot.start)
            && problem.modes_between(slot.supervisor, practitioner) >> slot.mode & 1 == 1;
        if !is_allowed {
            return None;
        }
        let person = &mut problem.people[practitioner];
        if person.pin.replace(slot).is_none() {
            person.worth += PINNED;
        }
        Some(())
    }

    fn slot(&self, problem: &Problem, group: &ProposedGroup) -> Option<Slot> {
        Some(Slot {
            supervisor: *self.supervisors.get(group.supervisor.as_str())?,
            start: start(problem, group.week, group.day, group.start)?,
            stream: StreamId::nth(self.directory.stream(&group.stream)?),
            mode: self.directory.mode(&group.mode)?,
        })
    }

    fn planned(&self, problem: &Problem, group: &ProposedGroup) -> Option<PlannedGroup> {
        let member = |id: &String| self.practitioners.get(id.as_str()).copied();
        let members: Option<Vec<PractitionerId>> = group.members.iter().map(member).collect();
        Some(PlannedGroup { slot: self.slot(problem, group)?, members: members? })
    }
}

fn start(problem: &Problem, week: i64, day: i64, minute: i64) -> Option<StartId> {
    let is_it = |start: &Start| (start.week, start.day, start.minute) == (week, day, minute);
    problem.starts.entries().find(|(_, start)| is_it(start)).map(|(position, _)| position)
}
