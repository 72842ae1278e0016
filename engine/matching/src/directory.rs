//! What the positions of a problem are called in the file.

use crate::ids::Position;
use crate::instance::Instance;
use crate::order::in_order;
use crate::plan::{Plan, PlannedGroup};
use crate::problem::Problem;
use crate::proposal::{Proposal, ProposedGroup};

/// The names of a round, each list in the order of the problem's positions or of the file's rows.
#[derive(Clone, Debug)]
pub struct Directory {
    supervisors: Vec<String>,
    practitioners: Vec<String>,
    streams: Vec<String>,
    modes: Vec<String>,
}

impl Directory {
    pub fn of(instance: &Instance) -> Self {
        Self {
            supervisors: instance.supervisors.iter().map(|supervisor| supervisor.id.clone()).collect(),
            practitioners: instance.practitioners.iter().map(|practitioner| practitioner.id.clone()).collect(),
            streams: instance.rules.streams.keys().cloned().collect(),
            modes: instance.modes().to_strings(),
        }
    }

    pub fn stream(&self, name: &str) -> Option<usize> {
        place(&self.streams, name)
    }

    pub fn mode(&self, name: &str) -> Option<usize> {
        place(&self.modes, name)
    }

    /// A plan in the words of the file: groups by supervisor and time, members as they stand in the file.
    pub fn proposal(&self, problem: &Problem, plan: &Plan) -> Proposal {
        // Starts are numbered in the order of the clock.
        let place = |group: &PlannedGroup| (problem.leaders[group.slot.supervisor].row, group.slot.start);
        let groups = in_order(plan.groups.iter(), place);
        Proposal::new(groups.into_iter().map(|group| self.group(problem, group)).collect())
    }

    fn group(&self, problem: &Problem, group: &PlannedGroup) -> ProposedGroup {
        let start = problem.starts[group.slot.start];
        let members = in_order(group.members.iter().map(|member| problem.people[*member].row), |row| row);
        ProposedGroup {
            supervisor: name(&self.supervisors, problem.leaders[group.slot.supervisor].row),
            stream: name(&self.streams, group.slot.stream.at()),
            mode: name(&self.modes, group.slot.mode),
            week: start.week,
            day: start.day,
            start: start.minute,
            members: members.into_iter().map(|member| name(&self.practitioners, member)).collect(),
        }
    }
}

fn place(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|other| other == name)
}

fn name(names: &[String], position: usize) -> String {
    names.get(position).cloned().unwrap_or_default()
}
