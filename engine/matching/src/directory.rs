//! What the positions of a problem are called in the file.

use std::collections::BTreeSet;

use crate::ids::Position;
use crate::instance::Instance;
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
        let offered = instance.supervisors.iter().flat_map(|supervisor| &supervisor.modes);
        let accepted = instance.practitioners.iter().flat_map(|practitioner| &practitioner.modes);
        let modes: BTreeSet<&String> = offered.chain(accepted).collect();
        Self {
            supervisors: instance.supervisors.iter().map(|supervisor| supervisor.id.clone()).collect(),
            practitioners: instance.practitioners.iter().map(|practitioner| practitioner.id.clone()).collect(),
            streams: instance.rules.streams.keys().cloned().collect(),
            modes: modes.into_iter().cloned().collect(),
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
        let mut groups: Vec<(usize, ProposedGroup)> = plan.groups.iter().map(|group| self.group(problem, group)).collect();
        groups.sort_unstable_by(|one, other| {
            let key = |(row, group): &(usize, ProposedGroup)| (*row, group.week, group.day, group.start);
            key(one).cmp(&key(other))
        });
        Proposal::new(groups.into_iter().map(|(_, group)| group).collect())
    }

    fn group(&self, problem: &Problem, group: &PlannedGroup) -> (usize, ProposedGroup) {
        let start = problem.starts[group.slot.start];
        let supervisor = problem.leaders[group.slot.supervisor].row;
        let mut members: Vec<usize> = group.members.iter().map(|member| problem.people[*member].row).collect();
        members.sort_unstable();
        let proposed = ProposedGroup {
            supervisor: name(&self.supervisors, supervisor),
            stream: name(&self.streams, group.slot.stream.at()),
            mode: name(&self.modes, group.slot.mode),
            week: start.week,
            day: start.day,
            start: start.minute,
            members: members.into_iter().map(|member| name(&self.practitioners, member)).collect(),
        };
        (supervisor, proposed)
    }
}

fn place(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|other| other == name)
}

fn name(names: &[String], position: usize) -> String {
    names.get(position).cloned().unwrap_or_default()
}
