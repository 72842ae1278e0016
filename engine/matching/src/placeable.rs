//! Who could be in any group at all.
//!
//! In every round there are some for whom no supervisor and time has enough others. They are left out before the search begins: it would
//! come back to them again and again, and those who only seem to be like them would have to wait for its attention.

use crate::ground::Ground;
use crate::ids::{PractitionerId, SupervisorId, Table};
use crate::problem::{Problem, Slot};

/// Beyond so many pairs of a supervisor and a practitioner the sets that are asked here do not fit, and everybody is kept.
const MOST_PAIRS: usize = 100_000_000;

/// The problem without those who have no slot with enough others. Whoever goes may have been the last who made another's group large
/// enough, so that is asked again until nobody goes.
pub fn only_placeable(mut problem: Problem) -> Problem {
    if problem.people.len().saturating_mul(problem.leaders.len()) > MOST_PAIRS {
        return problem;
    }
    loop {
        let ground = Ground::new(problem);
        let placeable = placeable(&ground);
        problem = ground.problem;
        if placeable.len() == problem.people.len() {
            return problem;
        }
        let supervisors: Vec<SupervisorId> = problem.leaders.positions().collect();
        problem = problem.part(&supervisors, &placeable);
    }
}

fn placeable(ground: &Ground) -> Vec<PractitionerId> {
    let mut is_placeable = Table::filled(ground.problem.people.len(), false);
    for slot in ground.slots() {
        let has_company = has_company(ground, slot);
        for practitioner in ground.candidates(slot) {
            is_placeable[practitioner] |= has_company(ground.problem.people[practitioner].level);
        }
    }
    is_placeable.entries().filter(|(_, is_placeable)| **is_placeable).map(|(practitioner, _)| practitioner).collect()
}

/// Whether somebody of a level finds enough others for a group at a slot. Levels span one at most: a group has nobody of level 3, or
/// nobody of level 1.
fn has_company(ground: &Ground, slot: Slot) -> impl Fn(i64) -> bool {
    let least = ground.problem.rules.streams[slot.stream].least();
    let without = |absent: i64| ground.candidates(slot).filter(|one| ground.problem.people[*one].level != absent).count() >= least;
    let (without_experts, without_novices) = (without(3), without(1));
    move |level| (level < 3 && without_experts) || (level > 1 && without_novices)
}
