//! Whatever the round, what is proposed keeps the rules and scores what it says.

use std::num::NonZeroUsize;

use crate::checker;
use crate::rounds::{Dice, easy_round, invented_round, practitioner, supervisor, window, with_criteria, with_ties};
use matching::{Instance, Matcher, Proposal};
use proptest::prelude::*;

fn matched(instance: &Instance, seed: u64, steps: usize) -> Matcher {
    let mut matcher = Matcher::new(instance, seed).unwrap();
    matcher.step(steps);
    matcher
}

/// What is proposed for a round after a few steps, which keeps the rules.
fn proposed(instance: &Instance) -> Proposal {
    let proposal = matched(instance, 1, 10).best();
    assert!(checker::broken_rules(instance, &proposal).is_empty());
    proposal
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_proposal_keeps_every_rule_and_scores_what_it_says(seed: u64, supervisors in 0_u64..12, practitioners in 0_u64..150) {
        let instance = invented_round(seed, supervisors, practitioners);
        let matcher = matched(&instance, seed, 8);
        let proposal = matcher.best();

        prop_assert_eq!(checker::broken_rules(&instance, &proposal), std::collections::BTreeSet::new());
        prop_assert_eq!(checker::score(&instance, &proposal), matcher.score());
        prop_assert!(matcher.score() <= matcher.bound());
        prop_assert_eq!(matcher.placed(), proposal.groups.iter().map(|group| group.members.len()).sum::<usize>());
    }

    #[test]
    fn groups_that_should_be_alike_or_mixed_score_what_it_says_and_no_more_than_the_bound(seed: u64, practitioners in 0_u64..120) {
        let instance = with_criteria(invented_round(seed, 8, practitioners), seed);
        let matcher = matched(&instance, seed, 8);
        let proposal = matcher.best();

        prop_assert_eq!(checker::broken_rules(&instance, &proposal), std::collections::BTreeSet::new());
        prop_assert_eq!(checker::score(&instance, &proposal), matcher.score());
        prop_assert!(matcher.score() <= matcher.bound());
    }

    #[test]
    fn groups_of_people_who_are_kept_together_or_know_one_another_score_what_it_says_and_no_more_than_the_bound(
        seed: u64, practitioners in 0_u64..120
    ) {
        let instance = with_ties(invented_round(seed, 8, practitioners), seed);
        let matcher = matched(&instance, seed, 8);
        let proposal = matcher.best();

        prop_assert_eq!(checker::broken_rules(&instance, &proposal), std::collections::BTreeSet::new());
        prop_assert_eq!(checker::score(&instance, &proposal), matcher.score());
        prop_assert!(matcher.score() <= matcher.bound());
    }

    #[test]
    fn the_same_seed_and_steps_give_the_same_answer_however_the_steps_are_asked_for(seed: u64) {
        let instance = invented_round(seed, 8, 130);
        let instance = if seed % 2 == 0 { with_ties(instance, seed) } else { instance };
        let once = matched(&instance, seed, 9);
        let mut again = Matcher::new(&instance, seed).unwrap();
        for _ in 0..3 {
            again.step(3);
        }

        prop_assert_eq!(once.best().write(), again.best().write());
        prop_assert_eq!(once.bound(), again.bound());
    }

    #[test]
    fn the_answer_is_the_same_on_any_number_of_threads(seed: u64, threads in 2_usize..5) {
        let instance = invented_round(seed, 8, 130);
        let instance = if seed % 2 == 0 { with_ties(instance, seed) } else { instance };
        let alone = matched(&instance, seed, 4);
        let mut together = Matcher::new(&instance, seed).unwrap().on_threads(NonZeroUsize::new(threads).unwrap());
        together.step(4);

        prop_assert_eq!(alone.best().write(), together.best().write());
        prop_assert_eq!(alone.bound(), together.bound());
    }

    #[test]
    fn other_names_and_another_order_change_nothing(seed: u64) {
        let instance = invented_round(seed, 6, 60);
        let renamed = renamed_and_shuffled(&instance, seed);
        let (one, other) = (matched(&instance, 5, 6), matched(&renamed, 5, 6));

        prop_assert_eq!(one.score(), other.score());
        prop_assert_eq!(one.bound(), other.bound());
        prop_assert_eq!(one.placed(), other.placed());
    }

    #[test]
    fn other_names_and_another_order_change_nothing_where_groups_should_be_alike_or_mixed(seed: u64) {
        let instance = with_criteria(invented_round(seed, 6, 60), seed);
        let renamed = renamed_and_shuffled(&instance, seed);
        let (one, other) = (matched(&instance, 5, 6), matched(&renamed, 5, 6));

        prop_assert_eq!((one.score(), one.bound(), one.placed()), (other.score(), other.bound(), other.placed()));
    }

    #[test]
    fn other_names_and_another_order_change_nothing_where_people_are_kept_together_or_know_one_another(seed: u64) {
        let instance = with_ties(invented_round(seed, 6, 60), seed);
        let renamed = renamed_and_shuffled(&instance, seed);
        let (one, other) = (matched(&instance, 5, 6), matched(&renamed, 5, 6));

        prop_assert_eq!((one.score(), one.bound(), one.placed()), (other.score(), other.bound(), other.placed()));
    }

    #[test]
    fn what_a_round_asks_of_its_groups_is_read_as_it_was_written(seed: u64) {
        let instance = with_ties(with_criteria(invented_round(seed, 3, 20), seed), seed);

        prop_assert_eq!(Instance::read(instance.write().unwrap().as_bytes()).unwrap(), instance);
    }
}

/// The members of each of two groups of four, in the order of the file.
fn two_groups(round: &Instance) -> Vec<Vec<String>> {
    proposed(round).groups.into_iter().map(|group| group.members).collect()
}

/// Eight people of two authorities and two professions, and two groups for four each.
fn eight_of_two_kinds() -> Instance {
    let mut round = easy_round(8);
    round.rules.streams.get_mut("pir").unwrap().max = 4;
    round.supervisors[0].availability.push(window(0, 2, 540, 720));
    for (place, one) in round.practitioners.iter_mut().enumerate() {
        one.availability.push(window(0, 2, 540, 720));
        one.authority = format!("E{}", place % 2);
        one.profession = Some(if place < 4 { "midwife" } else { "health visitor" }.to_owned());
    }
    round
}

#[test]
fn groups_are_mixed_or_alike_in_their_authorities_as_the_round_asks() {
    let mut round = eight_of_two_kinds();
    let of_first = |groups: Vec<Vec<String>>| {
        let is_first = |id: &&String| ["p1", "p3", "p5", "p7"].contains(&id.as_str());
        groups.into_iter().map(|group| group.iter().filter(is_first).count()).collect::<Vec<_>>()
    };
    assert_eq!(of_first(two_groups(&round)), [2, 2]);
    round.rules.weights.same_authority = 0;
    round.rules.criteria.authority.alike = 50;
    // Two are free as ever; each of three would cost.
    for (one, authority) in round.practitioners.iter_mut().zip(["E0", "E1", "E2", "E3"].into_iter().cycle()) {
        one.authority = authority.to_owned();
    }
    let proposal = proposed(&round);
    for group in &proposal.groups {
        let of = |id: &String| round.practitioners.iter().find(|one| one.id == *id).unwrap().authority.clone();
        assert_eq!(group.members.iter().map(of).collect::<std::collections::BTreeSet<_>>().len(), 2);
    }
}

#[test]
fn nobody_is_left_alone_in_a_profession_that_they_let_be_used() {
    let mut round = eight_of_two_kinds();
    // One midwife could be in the first group alone, were that not asked.
    for (place, one) in round.practitioners.iter_mut().enumerate() {
        one.profession = Some(if place < 2 { "midwife" } else { "health visitor" }.to_owned());
        one.authority = format!("E{place}");
    }
    round.rules.criteria.profession.alone = 40;
    let midwives = |group: Vec<String>| group.iter().filter(|id| ["p1", "p2"].contains(&id.as_str())).count();
    let mut counts: Vec<usize> = two_groups(&round).into_iter().map(midwives).collect();
    counts.sort_unstable();
    assert_eq!(counts, [0, 2]);
    // Whoever does not let it be used is nobody's company, and is not alone.
    round.practitioners[1].profession = None;
    assert_eq!(matched(&round, 1, 10).score(), matched(&eight_alike(&round), 1, 10).score() - 40);
}

/// The same round where nobody lets their profession be used.
fn eight_alike(round: &Instance) -> Instance {
    let mut round = round.clone();
    round.practitioners.iter_mut().for_each(|one| one.profession = None);
    round
}

#[test]
fn groups_are_mixed_or_alike_in_the_settings_that_people_let_be_used_and_nobody_is_alone_in_one() {
    let in_settings = |settings: &[&str]| {
        let mut round = eight_of_two_kinds();
        for ((place, one), setting) in round.practitioners.iter_mut().enumerate().zip(settings.iter().cycle()) {
            one.authority = format!("E{place}");
            one.setting = Some((*setting).to_owned());
        }
        round
    };
    // How many of each setting there are in either group, the fewest first.
    let counts = |round: &Instance| {
        let of = |id: &String| round.practitioners.iter().find(|one| one.id == *id).and_then(|one| one.setting.clone());
        let of_group = |group: Vec<String>| {
            let settings: Vec<Option<String>> = group.iter().map(of).collect();
            let mut counts: Vec<usize> = settings.iter().map(|one| settings.iter().filter(|other| *other == one).count()).collect();
            counts.sort_unstable();
            counts
        };
        two_groups(round).into_iter().map(of_group).collect::<Vec<_>>()
    };
    let mut mixed = in_settings(&["maternity", "family hub"]);
    mixed.rules.criteria.setting.mixed = 50;
    assert_eq!(counts(&mixed), [[2; 4]; 2]);
    let mut alike = in_settings(&["maternity", "family hub", "social care", "other"]);
    alike.rules.criteria.setting.alike = 50;
    assert_eq!(counts(&alike), [[2; 4]; 2]);
    let mut alone = in_settings(&["maternity", "family hub", "family hub", "family hub"]);
    alone.rules.criteria.setting.alone = 50;
    assert!(counts(&alone).iter().flatten().all(|count| *count > 1));
}

#[test]
fn those_who_are_kept_together_are_in_one_group_unless_a_rule_forbids_it_and_are_placed_apart_rather_than_not_at_all() {
    let mut round = eight_of_two_kinds();
    round.rules.weights.same_authority = 0;
    round.rules.criteria.together = 100;
    // Each of the first four with one of the last.
    for place in 0..8 {
        round.practitioners[place].together = vec![format!("p{}", (place + 4) % 8 + 1)];
    }
    let are_together = |round: &Instance, one: &str, other: &str| {
        two_groups(round).iter().any(|group| [one, other].into_iter().all(|id| group.iter().any(|member| member == id)))
    };
    for (one, other) in [("p1", "p5"), ("p2", "p6"), ("p3", "p7"), ("p4", "p8")] {
        assert!(are_together(&round, one, other), "{one} and {other}");
    }
    round.rules.criteria.together = 1_000_000;
    round.conflicts = vec![("p1".to_owned(), "p5".to_owned())];
    assert!(!are_together(&round, "p1", "p5"));
    round.rules.criteria.together = 300;
    assert_eq!(two_groups(&round).iter().map(Vec::len).sum::<usize>(), 8);
}

#[test]
fn those_who_know_one_another_are_in_other_groups_where_fresh_company_counts() {
    let mut round = eight_of_two_kinds();
    round.rules.weights.same_authority = 0;
    for place in 0..8 {
        round.practitioners[place].acquainted = vec![format!("p{}", (place + 4) % 8 + 1)];
    }
    round.rules.criteria.acquainted = 20;
    let know = |group: &Vec<String>| {
        let of = |id: &String| round.practitioners.iter().find(|one| one.id == *id).unwrap();
        group.iter().filter(|id| of(id).acquainted.iter().any(|other| group.contains(other))).count()
    };
    assert_eq!(two_groups(&round).iter().map(know).sum::<usize>(), 0);
}

#[test]
fn a_round_in_which_nobody_is_kept_together_has_no_word_of_it_in_its_file() {
    let mut round = easy_round(3);
    let file = round.write().unwrap();
    assert!(!file.contains("together") && !file.contains("acquainted"), "{file}");
    (round.rules.criteria.together, round.rules.criteria.acquainted) = (100, 20);
    round.practitioners[0].together = vec!["p2".to_owned()];
    round.practitioners[1].acquainted = vec!["p1".to_owned(), "p3".to_owned()];
    let file = round.write().unwrap();
    assert!(file.contains(r#""criteria":{"together":100,"acquainted":20}"#), "{file}");
    assert!(file.contains(r#""together":["p2"]"#) && file.contains(r#""acquainted":["p1","p3"]"#), "{file}");
    assert_eq!(Instance::read(file.as_bytes()).unwrap(), round);
}

#[test]
fn a_round_that_says_nothing_of_settings_has_no_word_of_them_in_its_file() {
    let mut round = easy_round(3);
    assert!(!round.write().unwrap().contains("setting"));
    round.rules.criteria.setting.alone = 40;
    round.practitioners[0].setting = Some("maternity".to_owned());
    let file = round.write().unwrap();
    assert!(file.contains(r#""criteria":{"setting":{"alike":0,"mixed":0,"alone":40}}"#), "{file}");
    assert_eq!(file.matches(r#""setting":"maternity""#).count(), 1);
    assert_eq!(Instance::read(file.as_bytes()).unwrap(), round);
}

/// The same round with other ids, and its rows in another order.
fn renamed_and_shuffled(instance: &Instance, seed: u64) -> Instance {
    let mut dice = Dice(seed);
    let mut renamed = instance.clone();
    let name = |id: &str| format!("called {}", id.chars().rev().collect::<String>());
    for supervisor in &mut renamed.supervisors {
        supervisor.id = name(&supervisor.id);
    }
    for practitioner in &mut renamed.practitioners {
        practitioner.id = name(&practitioner.id);
        practitioner.previous_supervisor = practitioner.previous_supervisor.as_deref().map(name);
        for other in practitioner.together.iter_mut().chain(&mut practitioner.acquainted) {
            *other = name(other);
        }
    }
    for (one, other) in &mut renamed.conflicts {
        (*one, *other) = (name(other), name(one));
    }
    for place in (1..renamed.practitioners.len()).rev() {
        let other = usize::try_from(dice.roll(u64::try_from(place + 1).unwrap())).unwrap();
        renamed.practitioners.swap(place, other);
    }
    renamed.supervisors.reverse();
    renamed
}

#[test]
fn three_who_fit_become_a_group() {
    let proposal = proposed(&easy_round(3));

    assert_eq!(proposal.groups.len(), 1);
    assert_eq!(proposal.groups[0].members, ["p1", "p2", "p3"]);
}

#[test]
fn two_are_too_few_for_a_group() {
    assert!(proposed(&easy_round(2)).groups.is_empty());
}

#[test]
fn nine_are_too_many_for_one_group() {
    let mut round = easy_round(9);
    round.supervisors[0].max_groups = 1;

    assert_eq!(proposed(&round).groups[0].members.len(), 8);
}

#[test]
fn two_groups_of_one_supervisor_leave_time_between_them() {
    let mut round = easy_round(12);
    assert_eq!(proposed(&round).groups.len(), 1);

    round.supervisors[0].availability = vec![window(0, 1, 540, 750)];
    for practitioner in &mut round.practitioners {
        practitioner.availability = vec![window(0, 1, 540, 750)];
    }
    let starts: Vec<i64> = proposed(&round).groups.iter().map(|group| group.start).collect();
    assert_eq!(starts, [540, 660]);
}

#[test]
fn windows_that_touch_are_one() {
    let mut round = easy_round(3);
    round.practitioners[0].availability = vec![window(0, 1, 540, 600), window(0, 1, 600, 640)];

    assert_eq!(proposed(&round).groups[0].start, 540);
}

#[test]
fn levels_one_and_three_do_not_meet() {
    let mut round = easy_round(3);
    round.practitioners[0].level = 1;
    round.practitioners[1].level = 3;

    assert!(proposed(&round).groups.is_empty());
}

#[test]
fn whoever_would_always_be_too_few_is_in_no_group_and_raises_no_bound() {
    let mut round = easy_round(3);
    let bound = matched(&round, 1, 10).bound();
    let alone = window(0, 2, 540, 720);
    round.supervisors[0].availability.push(alone);
    for (id, level) in [("p4", 1), ("p5", 2), ("p6", 3)] {
        round.practitioners.push(practitioner(id));
        round.practitioners.last_mut().unwrap().level = level;
        round.practitioners.last_mut().unwrap().availability = vec![alone];
    }

    assert_eq!(proposed(&round).groups.len(), 1);
    assert_eq!(matched(&round, 1, 10).bound(), bound);
}

#[test]
fn people_in_conflict_do_not_meet() {
    let mut round = easy_round(3);
    round.conflicts = vec![("p3".to_owned(), "p1".to_owned())];
    assert!(proposed(&round).groups.is_empty());

    round.conflicts = vec![("s1".to_owned(), "p1".to_owned())];
    assert!(proposed(&round).groups.is_empty());
}

#[test]
fn an_intervention_that_the_supervisor_does_not_work_with_keeps_a_person_out_of_a_pir_group_only() {
    let mut round = easy_round(3);
    round.practitioners[0].intervention = "mellow".to_owned();
    assert!(proposed(&round).groups.is_empty());

    for practitioner in &mut round.practitioners {
        practitioner.stream = "vig".to_owned();
    }
    round.supervisors[0].streams = vec!["vig".to_owned()];
    assert_eq!(proposed(&round).groups.len(), 1);
}

#[test]
fn people_meet_in_person_within_one_region_only() {
    let mut round = easy_round(3);
    for practitioner in &mut round.practitioners {
        practitioner.modes = vec!["in_person".to_owned()];
    }
    assert!(proposed(&round).groups.is_empty());

    round.supervisors[0].modes = vec!["in_person".to_owned()];
    assert_eq!(proposed(&round).groups[0].mode, "in_person");

    round.practitioners[2].region = "North East".to_owned();
    assert!(proposed(&round).groups.is_empty());
}

#[test]
fn a_supervisor_leads_no_more_groups_than_offered() {
    let mut round = easy_round(30);
    let other_days = [window(0, 2, 540, 720), window(0, 3, 540, 720), window(0, 4, 540, 720)];
    round.supervisors[0].availability.extend(other_days);
    for practitioner in &mut round.practitioners {
        practitioner.availability.extend(other_days);
    }

    assert_eq!(proposed(&round).groups.len(), 2);
}

#[test]
fn the_more_urgent_come_first_where_places_are_scarce() {
    let mut round = easy_round(12);
    round.supervisors = vec![supervisor("s1")];
    round.practitioners.push(practitioner("p13"));
    round.practitioners[12].urgency = 100;

    assert!(proposed(&round).groups[0].members.contains(&"p13".to_owned()));
}
