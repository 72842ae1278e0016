//! Rounds that ask for the weakest group first, against the specification and, where they are small, against everything that could be done.

use std::collections::{BTreeMap, BTreeSet};

use crate::checker;
use crate::rounds::{Dice, easy_round, invented_round, window, with_criteria, with_ties};
use matching::{Instance, Levelled, Matcher, Proposal, ProposedGroup, Rerun};
use proptest::prelude::*;

/// The rank of a group, from the scores of the specification alone.
fn rank(instance: &Instance, group: &ProposedGroup) -> i64 {
    let alone = Proposal::new(vec![group.clone()]);
    let score = checker::score(instance, &alone);
    let weights = &instance.rules.weights;
    let mut without_wishes = instance.clone();
    (without_wishes.rules.weights.preferred_time, without_wishes.rules.weights.same_supervisor) = (0, 0);
    let given = score - checker::score(&without_wishes, &alone);
    let members: Vec<_> = instance.practitioners.iter().filter(|one| group.members.contains(&one.id)).collect();
    let has_one = |id: &Option<String>| id.as_ref().is_some_and(|id| instance.supervisors.iter().any(|supervisor| supervisor.id == *id));
    let (mut asked, mut places) = (0, 0);
    for one in &members {
        asked += if one.preferred.is_empty() { 0 } else { weights.preferred_time };
        asked += if has_one(&one.previous_supervisor) { weights.same_supervisor } else { 0 };
        places += weights.placed + weights.urgency * one.urgency;
    }
    let lost = places + given - weights.open_group - score;
    let (sizes, size) = (&instance.rules.streams[&group.stream], i64::try_from(members.len()).unwrap());
    if asked == 0 {
        return if lost > 0 || !(sizes.target_min..=sizes.target_max).contains(&size) { 0 } else { 100 };
    }
    // To the nearest.
    (200 * given + asked + lost) / (2 * (asked + lost))
}

/// The ranks of all groups, the weakest first.
fn ranks(instance: &Instance, proposal: &Proposal) -> Vec<i64> {
    let mut ranks: Vec<i64> = proposal.groups.iter().map(|group| rank(instance, group)).collect();
    ranks.sort_unstable();
    ranks
}

fn placed(proposal: &Proposal) -> BTreeSet<&String> {
    proposal.groups.iter().flat_map(|group| &group.members).collect()
}

/// Who leads each group, and when and how it meets.
fn meetings(proposal: &Proposal) -> Vec<ProposedGroup> {
    proposal.groups.iter().map(|group| ProposedGroup { members: Vec::new(), ..group.clone() }).collect()
}

/// Each two who are kept together and are in one group.
fn companions(instance: &Instance, proposal: &Proposal) -> BTreeSet<(String, String)> {
    let of: BTreeMap<&String, &Vec<String>> = instance.practitioners.iter().map(|one| (&one.id, &one.together)).collect();
    let in_group = |group: &ProposedGroup| {
        let pairs = group.members.iter().flat_map(|one| of[one].iter().map(|other| (one.clone(), other.clone())));
        pairs.filter(|(_, other)| group.members.contains(other)).collect::<Vec<_>>()
    };
    if instance.rules.criteria.together == 0 { BTreeSet::new() } else { proposal.groups.iter().flat_map(in_group).collect() }
}

/// What may be given of a score.
fn most_given(instance: &Instance, score: i64) -> i64 {
    score.max(0) * instance.rules.weakest_first / 1000
}

fn levelled(matcher: &Matcher) -> Levelled {
    matcher.levelled().unwrap()
}

/// Whatever is promised of levelled groups against those that were found.
fn keeps_its_promises(instance: &Instance, matcher: &Matcher) -> Result<(), TestCaseError> {
    let (found, Levelled { proposal, score }) = (matcher.best(), levelled(matcher));
    prop_assert_eq!(checker::broken_rules(instance, &proposal), BTreeSet::new());
    prop_assert_eq!(checker::score(instance, &proposal), score);
    prop_assert!(score <= matcher.bound());
    prop_assert!(matcher.score() - score <= most_given(instance, matcher.score()), "{} of {}", matcher.score() - score, matcher.score());
    prop_assert_eq!(placed(&proposal), placed(&found));
    prop_assert_eq!(meetings(&proposal), meetings(&found));
    prop_assert!(companions(instance, &proposal).is_superset(&companions(instance, &found)));
    let (before, after) = (ranks(instance, &found), ranks(instance, &proposal));
    prop_assert!((&after, score) >= (&before, matcher.score()), "{:?} became {:?}", before, after);
    Ok(())
}

/// A round of every shape that asks for it and allows the more the higher the seed has it.
fn round(seed: u64, practitioners: u64) -> Instance {
    let mut round = invented_round(seed, 8, practitioners);
    if seed.is_multiple_of(2) {
        round = with_criteria(round, seed);
    }
    if seed.is_multiple_of(3) {
        round = with_ties(round, seed);
    }
    round.rules.weakest_first = [1, 20, 200, 1000][usize::try_from(seed % 4).unwrap()];
    round
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn levelled_groups_keep_every_rule_and_promise_and_rank_no_lower_from_the_weakest_on(seed: u64, practitioners in 0_u64..150, steps in 1_usize..9) {
        let instance = round(seed, practitioners);
        let mut matcher = Matcher::new(&instance, seed).unwrap();
        matcher.step(steps);

        keeps_its_promises(&instance, &matcher)?;
    }

    #[test]
    fn the_same_round_seed_and_steps_are_levelled_alike_and_the_search_goes_on_as_if_nothing_had_been_asked(seed: u64) {
        let instance = round(seed, 110);
        let [mut asked, mut other] = [1, 2].map(|_| Matcher::new(&instance, seed).unwrap());
        asked.step(3);
        let _ = asked.levelled();
        asked.step(3);
        other.step(6);

        prop_assert_eq!(levelled(&asked).proposal.write(), levelled(&other).proposal.write());
        prop_assert_eq!(asked.best().write(), other.best().write());
        let mut unasked = instance.clone();
        unasked.rules.weakest_first = 0;
        let mut unasked = Matcher::new(&unasked, seed).unwrap();
        unasked.step(6);
        prop_assert_eq!(unasked.best().write(), other.best().write());
        prop_assert_eq!(unasked.levelled(), None);
    }

    #[test]
    fn whoever_is_pinned_stays_where_groups_are_levelled(seed: u64) {
        let instance = round(seed, 110);
        let mut matcher = Matcher::new(&instance, seed).unwrap();
        matcher.step(5);
        let (from, mut dice) = (matcher.best(), Dice(seed));
        let pins: Vec<String> = placed(&from).into_iter().filter(|_| dice.roll(2) == 0).cloned().collect();
        let mut matcher = Matcher::rerun(&instance, &Rerun { from: from.clone(), pins: pins.clone(), exclusions: Vec::new() }, seed).unwrap();
        matcher.step(2);

        keeps_its_promises(&instance, &matcher)?;
        let changes = matching::changes(&from, &levelled(&matcher).proposal);
        prop_assert!(pins.iter().all(|pinned| !changes.moved.contains(pinned) && !changes.no_longer_placed.contains(pinned)));
    }

    #[test]
    fn what_may_be_given_is_read_as_it_was_written(seed: u64) {
        let instance = round(seed, 3);

        prop_assert_eq!(Instance::read(instance.write().unwrap().as_bytes()).unwrap(), instance);
    }
}

/// Eight people and two groups. The first asks for the supervisor of the one and the time of the other; the last asks for the supervisor of the
/// one, and is free for the other alone; nobody else asks for anything.
fn two_who_ask() -> Instance {
    let mut round = easy_round(8);
    round.rules.weakest_first = 20;
    round.rules.streams.get_mut("pir").unwrap().max = 5;
    let (first, second) = (window(0, 1, 540, 630), window(0, 2, 540, 630));
    round.supervisors[0].availability = vec![first];
    let other = matching::Supervisor { id: "s2".to_owned(), availability: vec![second], ..round.supervisors[0].clone() };
    round.supervisors.push(other);
    for one in &mut round.practitioners {
        one.availability = vec![first, second];
    }
    round.practitioners[0].preferred = vec![second];
    round.practitioners[7].availability = vec![second];
    for asking in [0, 7] {
        round.practitioners[asking].previous_supervisor = Some("s1".to_owned());
    }
    round
}

fn matched(instance: &Instance) -> Matcher {
    let mut matcher = Matcher::new(instance, 1).unwrap();
    matcher.step(60);
    matcher
}

/// The best ranks and score of all ways to seat everybody of two groups in them, without giving more than may be given.
fn best_of_all_ways(instance: &Instance, found: &Proposal) -> (Vec<i64>, i64) {
    let people: Vec<&String> = placed(found).into_iter().collect();
    let score = checker::score(instance, found);
    let seated = |bits: u32| {
        let mut proposal = found.clone();
        for (number, group) in proposal.groups.iter_mut().enumerate() {
            let is_there = |place: usize| usize::try_from(bits >> place & 1).unwrap() == number;
            group.members = (0..people.len()).filter(|place| is_there(*place)).map(|place| people[place].clone()).collect();
        }
        proposal
    };
    let ways = (0..1_u32 << people.len()).map(seated).filter(|way| checker::broken_rules(instance, way).is_empty());
    let ranked = ways.map(|way| (ranks(instance, &way), checker::score(instance, &way)));
    ranked.filter(|(_, points)| score - points <= most_given(instance, score)).max().unwrap()
}

#[test]
fn a_small_round_is_levelled_as_well_as_by_trying_everything() {
    let round = two_who_ask();
    let matcher = matched(&round);
    assert_eq!((ranks(&round, &matcher.best()), matcher.best().groups.len()), (vec![0, 60], 2));
    let Levelled { proposal, score } = levelled(&matcher);

    assert_eq!((ranks(&round, &proposal), score), best_of_all_ways(&round, &matcher.best()));
    assert_eq!((ranks(&round, &proposal), matcher.score() - score), (vec![25, 100], 30));
}

#[test]
fn no_more_is_given_than_may_be() {
    let mut round = two_who_ask();
    round.rules.weakest_first = 3;
    let matcher = matched(&round);
    assert!((1..30).contains(&most_given(&round, matcher.score())));

    assert_eq!(levelled(&matcher).proposal, matcher.best());
}

#[test]
fn two_who_are_kept_together_are_not_taken_apart_for_a_weak_group() {
    let mut round = two_who_ask();
    round.rules.criteria.together = 1;
    round.practitioners[1].together = vec!["p1".to_owned()];
    let matcher = matched(&round);
    assert_eq!(ranks(&round, &matcher.best())[0], 0);

    assert_eq!(levelled(&matcher).proposal, matcher.best());
}

#[test]
fn two_who_may_not_meet_do_not_for_a_weak_group() {
    let mut round = two_who_ask();
    round.conflicts = vec![("p1".to_owned(), "p8".to_owned())];
    let matcher = matched(&round);

    assert_eq!(levelled(&matcher).proposal, matcher.best());
}
