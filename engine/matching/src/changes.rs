//! What lies between two proposals for the people in them.

use std::collections::BTreeMap;

use crate::proposal::{Proposal, ProposedGroup};

/// Who would notice that one proposal takes the place of another, by their ids, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In a group in both, but with another supervisor, at another time or in another mode.
    pub moved: Vec<String>,
    pub newly_placed: Vec<String>,
    pub no_longer_placed: Vec<String>,
}

/// Compares two proposals of one round.
pub fn changes(before: &Proposal, after: &Proposal) -> Changes {
    let (before, after) = (places(before), places(after));
    let mut changes = Changes::default();
    for (practitioner, place) in &after {
        match before.get(practitioner) {
            None => changes.newly_placed.push((*practitioner).to_owned()),
            Some(other) if other != place => changes.moved.push((*practitioner).to_owned()),
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|practitioner| !after.contains_key(*practitioner));
    changes.no_longer_placed = gone.map(|practitioner| (*practitioner).to_owned()).collect();
    changes
}

/// Where everybody is: whom they are with may change, but not with whom, when and how they meet.
fn places(proposal: &Proposal) -> BTreeMap<&str, impl Eq> {
    let place = |group: &ProposedGroup| (group.supervisor.clone(), group.mode.clone(), group.week, group.day, group.start);
    proposal.groups.iter().flat_map(|group| group.members.iter().map(move |member| (member.as_str(), place(group)))).collect()
}
