//! A board against the specification, for proposals that keep the rules and for ones that no longer do.

use std::time::Instant;

use crate::checker;
use crate::rounds::{Dice, easy_round, invented_round, practitioner, supervisor, window, with_criteria, with_ties};
use matching::{
    Board, BoardError, Destination, Instance, Lack, Matcher, Meeting, Obstacle, Proposal, Reason, Standing, Term, Trait, When, changes,
};
use proptest::prelude::*;

fn proposed(instance: &Instance, steps: usize) -> Proposal {
    let mut matcher = Matcher::new(instance, 1).unwrap();
    matcher.step(steps);
    matcher.best()
}

/// Somewhere to go: another group, or the list.
fn anywhere(dice: &mut Dice, proposal: &Proposal) -> Destination {
    match u64::try_from(proposal.groups.len()).unwrap() {
        0 => Destination::List,
        groups if dice.roll(5) > 0 => Destination::Group(usize::try_from(dice.roll(groups)).unwrap()),
        _ => Destination::List,
    }
}

fn anyone(dice: &mut Dice, instance: &Instance) -> String {
    let place = dice.roll(u64::try_from(instance.practitioners.len()).unwrap());
    instance.practitioners[usize::try_from(place).unwrap()].id.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn after_any_changes_the_board_knows_the_score_and_the_broken_rules(seed: u64, supervisors in 1_u64..8, practitioners in 1_u64..80) {
        let instance = invented_round(seed, supervisors, practitioners);
        let instance = if seed % 2 == 0 { with_criteria(instance, seed) } else { instance };
        let instance = if seed % 3 == 0 { with_ties(instance, seed) } else { instance };
        let proposal = proposed(&instance, 4);
        let mut board = Board::new(instance.clone(), &proposal).unwrap();
        prop_assert_eq!(board.broken(), vec![]);
        let mut dice = Dice(seed);
        for _ in 0..12 {
            let (who, to) = (anyone(&mut dice, &instance), anywhere(&mut dice, &proposal));
            let (score, foretold) = (board.score(), board.effect(&who, &to).unwrap());
            let effect = board.change(&who, &to).unwrap();

            prop_assert_eq!(&effect, &foretold);
            prop_assert_eq!(board.score(), score + effect.score_change);
            prop_assert_eq!(checker::score(&instance, &board.proposal()), board.score());
            let broken = board.broken();
            prop_assert!(effect.breaks.iter().all(|one| broken.contains(one)));
            prop_assert!(effect.mends.iter().all(|one| !broken.contains(one)));
            let rules: std::collections::BTreeSet<u8> = broken.iter().map(|one| one.obstacle.rule()).collect();
            prop_assert_eq!(checker::broken_rules(&instance, &board.proposal()), rules);
        }
    }

    #[test]
    fn every_place_that_is_offered_keeps_the_rules_and_changes_the_score_as_said(seed: u64) {
        let instance = with_ties(with_criteria(invented_round(seed, 5, 50), seed), seed);
        let board = Board::new(instance.clone(), &proposed(&instance, 2)).unwrap();
        for one in instance.practitioners.iter().filter(|one| board.group_of(&one.id).unwrap().is_none()) {
            let places = board.places(&one.id).unwrap();
            prop_assert!(places.iter().any(|place| place.to == Destination::List));
            prop_assert!(places.is_sorted_by_key(|place| std::cmp::Reverse(place.score_change)));
            for place in places {
                let mut then = board.clone();
                then.change(&one.id, &place.to).unwrap();
                prop_assert_eq!(then.broken(), vec![]);
                prop_assert_eq!(checker::score(&instance, &then.proposal()), board.score() + place.score_change);
                let reasons = match then.explain(&one.id).unwrap() {
                    Standing::Placed { reasons, .. } => reasons,
                    Standing::Waiting { .. } => Vec::new(),
                };
                prop_assert_eq!(board.reasons_at(&one.id, &place.to).unwrap(), reasons);
            }
        }
    }

    #[test]
    fn whoever_could_join_a_group_at_once_is_told_so_and_nobody_else(seed: u64) {
        let instance = invented_round(seed, 5, 50);
        let board = Board::new(instance.clone(), &proposed(&instance, 2)).unwrap();
        for one in &instance.practitioners {
            let Standing::Waiting { misses } = board.explain(&one.id).unwrap() else { continue };
            for miss in &misses {
                if let Some(group) = miss.group {
                    let effect = board.effect(&one.id, &Destination::Group(group)).unwrap();
                    prop_assert_eq!(effect.breaks.is_empty(), miss.obstacles.is_empty());
                }
            }
        }
    }
}

fn free_at(round: &mut Instance, id: &str, day: i64) {
    let person = round.practitioners.iter_mut().find(|one| one.id == id).unwrap();
    person.availability = vec![window(0, day, 540, 720)];
}

#[test]
fn whoever_waits_is_told_the_nearest_miss_first() {
    let mut round = easy_round(3);
    for (id, change) in [("busy", "time"), ("apart", "intervention")] {
        let mut one = practitioner(id);
        one.level = 2;
        if change == "intervention" {
            one.intervention = "mellow".to_owned();
        }
        round.practitioners.push(one);
    }
    free_at(&mut round, "busy", 3);
    let mut far = supervisor("s2");
    (far.interventions, far.modes) = (vec!["mellow".to_owned()], vec!["in_person".to_owned()]);
    round.supervisors.push(far);
    let proposal = proposed(&round, 4);
    let board = Board::new(round, &proposal).unwrap();
    let nearest = |id: &str| match board.explain(id).unwrap() {
        Standing::Waiting { misses } => misses.into_iter().next().unwrap(),
        Standing::Placed { .. } => panic!("{id} is placed"),
    };

    assert_eq!(nearest("busy").obstacles, [Obstacle::NotFree { practitioner: "busy".to_owned() }]);
    assert_eq!(nearest("busy").group, Some(0));
    assert_eq!(nearest("apart").obstacles, [Obstacle::InterventionNotOffered { practitioner: "apart".to_owned() }]);
}

#[test]
fn whoever_is_placed_is_told_what_the_score_gains_and_loses() {
    let mut round = easy_round(3);
    let one = &mut round.practitioners[0];
    (one.previous_supervisor, one.preferred, one.level) = (Some("s1".to_owned()), vec![window(1, 1, 540, 720)], 1);
    let board = Board::new(round.clone(), &proposed(&round, 4)).unwrap();
    let Standing::Placed { group: 0, reasons } = board.explain("p1").unwrap() else { panic!("p1 waits") };

    let reason = |term, is_met, points| Reason { term, is_met, points };
    assert_eq!(
        reasons,
        [
            reason(Term::SameSupervisor, true, 90),
            reason(Term::PreferredTime, false, 0),
            reason(Term::Size, false, -40),
            reason(Term::Company(Lack::Mixture(Trait::Authority)), true, 0),
            reason(Term::Company(Lack::Company(Trait::Novice)), false, -40),
            reason(Term::Company(Lack::Likeness(Trait::Intervention)), true, 0),
        ]
    );
}

#[test]
fn whoever_is_kept_together_with_somebody_or_knows_them_is_told_of_their_own_and_of_nobody_elses() {
    let mut round = easy_round(4);
    (round.rules.criteria.together, round.rules.criteria.acquainted) = (100, 20);
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<String>>();
    round.practitioners[0].together = ids(&["p2", "p9"]);
    round.practitioners[1].together = ids(&["p1"]);
    round.practitioners[2].acquainted = ids(&["p1", "p4", "p9"]);
    round.practitioners[3].acquainted = ids(&["p9"]);
    let board = Board::new(round.clone(), &proposed(&round, 4)).unwrap();
    let told = |id: &str| match board.explain(id).unwrap() {
        Standing::Placed { reasons, .. } => reasons.into_iter().filter(|one| one.term >= Term::Company(Lack::Companions)).collect(),
        Standing::Waiting { .. } => Vec::new(),
    };
    let reason = |lack, is_met, points| vec![Reason { term: Term::Company(lack), is_met, points }];
    assert_eq!(told("p1"), reason(Lack::Companions, false, -100));
    assert_eq!(told("p2"), reason(Lack::Companions, true, 0));
    assert_eq!(told("p3"), reason(Lack::Strangers, false, -40));
    assert_eq!(told("p4"), reason(Lack::Strangers, true, 0));
    assert_eq!(board.score(), checker::score(&round, &board.proposal()));
}

#[test]
fn a_newcomer_is_offered_a_group_a_new_one_with_others_who_wait_and_the_list() {
    let mut round = easy_round(7);
    round.supervisors[0].availability.push(window(0, 2, 540, 720));
    for id in ["p5", "p6", "p7"] {
        round.practitioners.iter_mut().find(|one| one.id == id).unwrap().availability.push(window(0, 2, 540, 720));
    }
    let mut proposal = proposed(&round, 4);
    proposal.groups.truncate(1);
    proposal.groups[0].start = 540;
    proposal.groups[0].day = 1;
    proposal.groups[0].members = ["p1", "p2", "p3", "p4"].map(ToOwned::to_owned).to_vec();
    let board = Board::new(round, &proposal).unwrap();
    let places = board.places("p5").unwrap();

    let [new, group, list] = places.as_slice() else { panic!("{places:?}") };
    assert!(matches!(&new.to, Destination::New { meeting: Meeting { when: When { day: 2, .. }, .. }, with } if with == &["p6", "p7"]));
    assert_eq!((&group.to, group.score_change), (&Destination::Group(0), 1250));
    assert_eq!((&list.to, list.score_change), (&Destination::List, 0));
}

#[test]
fn a_board_of_strangers_is_refused() {
    let round = easy_round(3);
    let mut proposal = proposed(&round, 4);
    proposal.groups[0].members[0] = "p9".to_owned();
    assert_eq!(Board::new(round.clone(), &proposal).unwrap_err(), BoardError::UnknownPractitioner("p9".to_owned()));
    proposal.groups[0].members[0] = "p2".to_owned();
    assert_eq!(Board::new(round.clone(), &proposal).unwrap_err(), BoardError::InTwoGroups("p2".to_owned()));
    proposal.groups[0].supervisor = "s9".to_owned();
    assert_eq!(Board::new(round, &proposal).unwrap_err(), BoardError::UnknownSupervisor("s9".to_owned()));
}

#[test]
fn between_two_proposals_it_is_known_who_moves() {
    let round = easy_round(12);
    let before = proposed(&round, 4);
    let mut after = before.clone();
    let gone = after.groups[0].members.remove(0);
    assert_eq!(changes(&before, &after).no_longer_placed, [gone.as_str()]);
    assert_eq!(changes(&after, &before).newly_placed, [gone]);
    after.groups[0].day = 4;
    let mut members = after.groups[0].members.clone();
    members.sort();
    assert_eq!(changes(&before, &after).moved, members);
    assert_eq!(changes(&before, &before), matching::Changes::default());
}

#[test]
fn a_change_among_six_hundred_is_assessed_within_a_millisecond() {
    let instance = invented_round(3, 55, 600);
    let proposal = proposed(&instance, 2);
    let board = Board::new(instance.clone(), &proposal).unwrap();
    let began = Instant::now();
    for (place, one) in instance.practitioners.iter().enumerate() {
        board.effect(&one.id, &Destination::Group(place % proposal.groups.len())).unwrap();
    }
    assert!(began.elapsed().as_millis() < 600, "{:?} for 600 changes", began.elapsed());
}
