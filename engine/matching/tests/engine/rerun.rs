//! A round that is matched again: who is pinned stays, who is excluded stays away.

use std::collections::BTreeSet;

use crate::checker;
use crate::rounds::{Dice, easy_round, invented_round, with_ties};
use matching::{Exclusion, Instance, Matcher, Proposal, Rerun, RerunError, changes};
use proptest::prelude::*;

fn proposed(instance: &Instance, seed: u64) -> Proposal {
    let mut matcher = Matcher::new(instance, seed).unwrap();
    matcher.step(5);
    matcher.best()
}

fn exclusion(proposal: &Proposal, group: usize, member: usize) -> Exclusion {
    let group = &proposal.groups[group];
    let practitioner = group.members[member].clone();
    Exclusion { practitioner, supervisor: group.supervisor.clone(), week: group.week, day: group.day, start: group.start }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whoever_is_pinned_stays_and_whoever_is_excluded_stays_away(seed: u64, steps in 0_usize..30) {
        let instance = invented_round(seed, 8, 110);
        let instance = if seed % 2 == 0 { with_ties(instance, seed) } else { instance };
        let from = proposed(&instance, seed);
        let mut dice = Dice(seed);
        let members = from.groups.iter().flat_map(|group| &group.members);
        let pins: Vec<String> = members.filter(|_| dice.roll(3) == 0).cloned().collect();
        let free = |(number, group): (usize, &matching::ProposedGroup)| {
            group.members.iter().position(|member| !pins.contains(member)).filter(|_| !group.members.iter().any(|one| pins.contains(one)))
                .map(|member| exclusion(&from, number, member))
        };
        let exclusions: Vec<Exclusion> = from.groups.iter().enumerate().filter_map(free).collect();
        let mut matcher = Matcher::rerun(&instance, &Rerun { from: from.clone(), pins: pins.clone(), exclusions: exclusions.clone() }, seed).unwrap();
        matcher.step(steps);
        let after = matcher.best();

        prop_assert_eq!(checker::broken_rules(&instance, &after), BTreeSet::new());
        prop_assert_eq!(checker::score(&instance, &after), matcher.score());
        prop_assert!(matcher.score() <= matcher.bound());
        prop_assert_eq!(usize::try_from(matcher.pins_kept()).unwrap(), pins.len());
        let changes = changes(&from, &after);
        prop_assert!(pins.iter().all(|pinned| !changes.moved.contains(pinned) && !changes.no_longer_placed.contains(pinned)));
        for one in &exclusions {
            let is_there = after.groups.iter().any(|group| {
                group.members.contains(&one.practitioner)
                    && (&group.supervisor, group.week, group.day, group.start) == (&one.supervisor, one.week, one.day, one.start)
            });
            prop_assert!(!is_there);
        }
    }

    #[test]
    fn matching_again_never_makes_a_proposal_worse(seed: u64) {
        let instance = invented_round(seed, 6, 60);
        let instance = if seed % 2 == 0 { with_ties(instance, seed) } else { instance };
        let from = proposed(&instance, seed);
        let rerun = Rerun { from: from.clone(), pins: Vec::new(), exclusions: Vec::new() };
        let mut matcher = Matcher::rerun(&instance, &rerun, seed).unwrap();
        prop_assert_eq!(matcher.score(), checker::score(&instance, &from));
        matcher.step(5);

        prop_assert!(matcher.score() >= checker::score(&instance, &from));
    }
}

#[test]
fn with_everybody_pinned_nobody_moves() {
    let instance = invented_round(11, 8, 110);
    let from = proposed(&instance, 1);
    let pins = from.groups.iter().flat_map(|group| group.members.clone()).collect();
    let mut matcher = Matcher::rerun(&instance, &Rerun { from: from.clone(), pins, exclusions: Vec::new() }, 2).unwrap();
    matcher.step(40);

    let changes = changes(&from, &matcher.best());
    assert_eq!((changes.moved.len(), changes.no_longer_placed.len()), (0, 0));
}

#[test]
fn groups_that_keep_the_rules_no_longer_are_not_begun_with() {
    let mut round = easy_round(6);
    let mut from = proposed(&round, 1);
    round.practitioners[0].level = 3;
    round.practitioners[1].level = 1;
    let rerun = Rerun { from: from.clone(), pins: Vec::new(), exclusions: Vec::new() };
    assert!(Matcher::rerun(&round, &rerun, 1).unwrap().best().groups.is_empty());

    from.groups.clear();
    let rerun = Rerun { from, pins: vec!["p1".to_owned()], exclusions: Vec::new() };
    assert_eq!(Matcher::rerun(&round, &rerun, 1).unwrap_err(), RerunError::NotPlaced("p1".to_owned()));
}

#[test]
fn a_pin_to_where_the_rules_allow_nobody_is_refused() {
    let mut round = easy_round(3);
    let from = proposed(&round, 1);
    round.practitioners[0].availability.clear();
    let rerun = Rerun { from, pins: vec!["p1".to_owned()], exclusions: Vec::new() };

    assert_eq!(Matcher::rerun(&round, &rerun, 1).unwrap_err(), RerunError::NeverThere("p1".to_owned()));
}
