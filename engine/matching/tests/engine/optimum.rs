//! Small rounds against every proposal there is.

use crate::checker;
use crate::rounds::{invented_round, with_criteria, with_ties};
use matching::{Instance, Matcher, Proposal, ProposedGroup};
use proptest::prelude::*;

/// Every group that keeps the rules on its own, with its members as bits.
fn possible_groups(instance: &Instance) -> Vec<(u32, ProposedGroup)> {
    let mut groups = Vec::new();
    let people = instance.practitioners.len();
    for supervisor in &instance.supervisors {
        for (day, start) in (0..2).flat_map(|day| (18..26).map(move |start| (day, start * 30))) {
            for stream in &supervisor.streams {
                for mode in &supervisor.modes {
                    for bits in 1..1_u32 << people {
                        let members = (0..people).filter(|one| bits >> one & 1 == 1);
                        let members = members.map(|one| instance.practitioners[one].id.clone()).collect();
                        let group = ProposedGroup {
                            supervisor: supervisor.id.clone(),
                            stream: stream.clone(),
                            mode: mode.clone(),
                            week: 0,
                            day,
                            start,
                            members,
                        };
                        if checker::broken_rules(instance, &Proposal::new(vec![group.clone()])).is_empty() {
                            groups.push((bits, group));
                        }
                    }
                }
            }
        }
    }
    groups
}

/// The best score of all proposals, by trying them.
fn best_score(instance: &Instance) -> i64 {
    let groups = possible_groups(instance);
    let mut best = 0;
    try_all(instance, &groups, 0, &mut Vec::new(), &mut best);
    best
}

fn try_all(instance: &Instance, groups: &[(u32, ProposedGroup)], taken: u32, chosen: &mut Vec<ProposedGroup>, best: &mut i64) {
    for (position, (bits, group)) in groups.iter().enumerate() {
        if bits & taken != 0 {
            continue;
        }
        chosen.push(group.clone());
        let proposal = Proposal::new(chosen.clone());
        if checker::broken_rules(instance, &proposal).is_empty() {
            *best = (*best).max(checker::score(instance, &proposal));
            try_all(instance, &groups[position + 1..], taken | bits, chosen, best);
        }
        chosen.pop();
    }
}

fn matched(instance: &Instance, steps: usize) -> Matcher {
    let mut matcher = Matcher::new(instance, 1).unwrap();
    matcher.step(steps);
    matcher
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_small_round_is_matched_as_well_as_by_trying_everything(seed: u64, supervisors in 1_u64..3, practitioners in 3_u64..7) {
        let instance = invented_round(seed, supervisors, practitioners);
        let best = best_score(&instance);
        let matcher = matched(&instance, 60);

        prop_assert_eq!(matcher.score(), best);
        prop_assert!(matcher.bound() >= best);
    }

    #[test]
    fn a_small_round_whose_groups_should_be_alike_or_mixed_is_matched_as_well_as_by_trying_everything(
        seed: u64, supervisors in 1_u64..3, practitioners in 3_u64..7
    ) {
        let instance = with_criteria(invented_round(seed, supervisors, practitioners), seed);
        let best = best_score(&instance);
        let matcher = matched(&instance, 60);

        prop_assert_eq!(matcher.score(), best);
        prop_assert!(matcher.bound() >= best);
    }

    #[test]
    fn a_small_round_of_people_who_are_kept_together_or_know_one_another_is_matched_as_well_as_by_trying_everything(
        seed: u64, supervisors in 1_u64..3, practitioners in 3_u64..7
    ) {
        let instance = with_ties(with_criteria(invented_round(seed, supervisors, practitioners), seed), seed);
        let best = best_score(&instance);
        let matcher = matched(&instance, 60);

        prop_assert_eq!(matcher.score(), best);
        prop_assert!(matcher.bound() >= best);
    }

    #[test]
    fn a_further_conflict_never_raises_the_proven_optimum(seed: u64, one in 0_usize..6, other in 0_usize..6) {
        let instance = invented_round(seed, 2, 6);
        let mut with_conflict = instance.clone();
        with_conflict.conflicts.push((format!("p{one}"), format!("p{other}")));

        prop_assert!(matched(&with_conflict, 60).score() <= matched(&instance, 60).score());
        prop_assert!(matched(&with_conflict, 60).score() <= matched(&instance, 60).bound());
    }
}
