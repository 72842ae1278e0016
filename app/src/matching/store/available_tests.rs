//! What is asked and offered once somebody of a round is no longer available for matching: without them.

use ::matching::Instance;
use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::asking::fixture::ask_everybody;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::groups::GroupKind;
use crate::holds::fixture::hold;
use crate::matching::answers::AboutPerson;
use crate::matching::candidates::ident;
use crate::matching::fixture::{
    at, belong, board_of, email_of, form, move_by_hand, practitioner, proposed, proposed_of, scene, supervisor,
};
use crate::matching::forms::{BoardAddress, BoardForm, RoundForm, Shown};
use crate::matching::jobs::work_on_rounds;
use crate::matching::model::{Part, Stay, Supposed};
use crate::matching::runs::AgainForm;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, confirm, keep_apart, keep_together};
use crate::registration::{Apart, Step, StepForm};

/// A coordinator, the one supervisor, and four people who are proposed as one group: Amina, Tom, Grace and Yusuf.
async fn group_of_four(fixture: &Fixture) -> (Actor, PersonId, Vec<PersonId>) {
    let (sian, ruth) = scene(fixture).await;
    let mut people = Vec::new();
    for name in ["Amina", "Tom", "Grace", "Yusuf"] {
        people.push(practitioner(fixture, name, &[]).await.person());
    }
    let round = proposed(fixture, &sian).await;
    assert_eq!((round.groups.len(), round.groups[0].members.len()), (1, 4));
    (sian, ruth.person(), people)
}

async fn about(fixture: &Fixture, sian: &Actor, person: PersonId) -> AboutPerson {
    let address = BoardAddress { number: "1".to_owned(), person: code_of(fixture, person).await, ..BoardAddress::default() };
    round_of(sian, &address).await.unwrap().about_person.unwrap()
}

/// Where somebody could go without a rule being broken.
async fn open_ways(fixture: &Fixture, sian: &Actor, person: PersonId) -> Vec<String> {
    let about = about(fixture, sian, person).await;
    about.ways.into_iter().filter(|way| way.breaks.is_empty()).map(|way| way.key).collect()
}

/// Takes everybody out of the first group of the first round.
async fn empty(fixture: &Fixture, sian: &Actor, people: &[PersonId]) {
    for (seen, person) in people.iter().enumerate() {
        let form = BoardForm {
            number: "1".to_owned(),
            seen: seen.to_string(),
            person: code_of(fixture, *person).await,
            to: "list".to_owned(),
            reason: "To begin again.".to_owned(),
        };
        move_person(sian, &form).await.unwrap();
    }
}

/// Runs the first round again from its board as it is after so many changes, keeping everybody. Answers the number of the other.
async fn again(fixture: &Fixture, sian: &Actor, seen: i64) -> i64 {
    run_as(fixture, sian, AgainForm { change: Shown { number: 1, seen }.change(), ..AgainForm::default() }).await
}

/// Runs a round again from its board as it was proposed, keeping everybody, and takes those in of whom these were shown.
async fn taking_in(fixture: &Fixture, sian: &Actor, number: i64, shown: &[String]) -> i64 {
    let (change, take_in) = (Shown { number, seen: 0 }.change(), vec!["yes".to_owned()]);
    run_as(fixture, sian, AgainForm { change, take_in, take_in_whom: shown.to_vec(), ..AgainForm::default() }).await
}

async fn run_as(fixture: &Fixture, sian: &Actor, form: AgainForm) -> i64 {
    let form = AgainForm { stay: Stay::Everybody.key().to_owned(), ..form };
    let number = run_again(sian, &form.check().unwrap()).await.unwrap();
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    number
}

/// Lifts every hold.
async fn lift_holds(fixture: &Fixture) {
    const LIFT: &str = "UPDATE safety_hold SET lifted_at = held_at, lifted_by = held_by WHERE lifted_at IS NULL";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(LIFT).execute(pool).await.map(|_| ())).unwrap();
}

/// Who could be taken in when a round is run again.
async fn available_again_in(sian: &Actor, number: i64) -> Vec<String> {
    round_to_run_again(sian, number).await.unwrap().available_again.into_iter().map(|one| one.short).collect()
}

/// With whom somebody is kept together in the question of a round.
async fn kept_with(sian: &Actor, number: i64, code: &str) -> Vec<String> {
    let question = Instance::read(round_text(sian, number).await.unwrap().0.as_bytes()).unwrap();
    let ident = ident(Part::Practitioner, code);
    question.practitioners.into_iter().find(|one| one.id == ident).unwrap().together
}

/// The people of the groups of a round, group by group.
async fn placed(sian: &Actor, number: i64) -> Vec<Vec<String>> {
    let groups = board_of(sian, number).await.unwrap().groups;
    let members = groups.into_iter().map(|group| {
        let mut names: Vec<String> = group.members.into_iter().map(|member| member.person.short).collect();
        names.sort_unstable();
        names
    });
    members.collect()
}

both_databases! {
    async fn the_new_group_that_is_offered_is_the_best_without_whoever_is_held(fixture: Fixture) {
        let (sian, ruth, people) = group_of_four(fixture).await;
        empty(fixture, &sian, &people).await;
        let offered = async || about(fixture, &sian, people[0]).await.ways.into_iter().find(|way| way.key == "new").map(|way| way.about);
        assert!(offered().await.unwrap().contains("Tom E."));
        hold(fixture, people[1]).await;
        let without = offered().await.unwrap();
        assert!(!without.contains("Tom E.") && without.contains("Grace E.") && without.contains("Yusuf E."), "{without}");
        move_by_hand(&sian, 1, &code_of(fixture, people[0]).await, "new").await.unwrap();
        assert_eq!(placed(&sian, 1).await, [["Amina E.", "Grace E.", "Yusuf E."]]);
        let board = board_of(&sian, 1).await.unwrap();
        assert!(board.not_placed[0].is_held && !board.groups[0].members[0].is_held);
        take_back(&sian, Shown { number: 1, seen: 5 }).await.unwrap();

        hold(fixture, ruth).await;
        assert_eq!(offered().await, None, "nobody else could lead one");
        let refused = move_by_hand(&sian, 1, &code_of(fixture, people[0]).await, "new").await.unwrap_err();
        assert_eq!(refused.status(), 409);
    }

    async fn nobody_is_placed_with_a_supervisor_who_is_held_nor_put_back_there(fixture: Fixture) {
        let (sian, ruth, people) = group_of_four(fixture).await;
        let toms = code_of(fixture, people[1]).await;
        move_by_hand(&sian, 1, &toms, "list").await.unwrap();
        assert_eq!(open_ways(fixture, &sian, people[1]).await, ["group-0"]);
        hold(fixture, ruth).await;
        let tom = about(fixture, &sian, people[1]).await;
        assert_eq!((tom.ways.len(), tom.nearest.len(), tom.is_held), (0, 0, false));
        assert_eq!(tom.supervisors, ["Ruth A. is not available for matching."]);
        for refused in [
            move_by_hand(&sian, 1, &toms, "group-0").await,
            take_back(&sian, Shown { number: 1, seen: 1 }).await.map(|_| ()),
        ] {
            let refused = refused.unwrap_err();
            assert!(refused.status() == 409 && refused.to_string().starts_with("Whoever leads this group is not available"), "{refused}");
        }
        let group = &board_of(&sian, 1).await.unwrap().groups[0];
        assert!(group.flaws.contains(&"Ruth A. is not available for matching by now".to_owned()), "{:?}", group.flaws);
    }

    async fn whoever_is_held_since_has_no_part_in_a_round_that_is_run_again_and_is_named(fixture: Fixture) {
        let (sian, _, people) = group_of_four(fixture).await;
        let asked = round_text(&sian, 1).await.unwrap();
        hold(fixture, people[1]).await;
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.without_place, told.in_broken), (3, 0, 0));
        assert_eq!(told.left_out.iter().map(|one| one.short.as_str()).collect::<Vec<_>>(), ["Tom E."]);
        let number = again(fixture, &sian, 0).await;
        assert_eq!(placed(&sian, number).await, [["Amina E.", "Grace E.", "Yusuf E."]]);
        let round = board_of(&sian, number).await.unwrap();
        assert_eq!((round.line.asking, round.not_placed.len()), (3, 0));
        let in_the_way: Vec<_> = round.looked_at.iter().map(|one| (one.person.short.as_str(), one.obstacles.as_slice())).collect();
        assert_eq!(in_the_way, [("Tom E.", ["Is not available for matching since Thursday 22 October 2026.".to_owned()].as_slice())]);
        assert_eq!(round_text(&sian, 1).await.unwrap(), asked, "and the first stays as it was");
    }

    async fn whoever_is_available_again_is_taken_in_when_a_round_is_run_again_where_somebody_says_so(fixture: Fixture) {
        let (sian, ruth, people) = group_of_four(fixture).await;
        for held in [people[1], ruth] {
            hold(fixture, held).await;
        }
        let second = again(fixture, &sian, 0).await;
        assert_eq!(round_to_run_again(&sian, second).await.unwrap().available_again, [], "they are held");
        lift_holds(fixture).await;
        assert_eq!(available_again_in(&sian, second).await, ["Tom E.", "Ruth A."]);
        let both = [code_of(fixture, people[1]).await, code_of(fixture, ruth).await];

        let unticked = AgainForm { change: Shown { number: second, seen: 0 }.change(), take_in_whom: both.to_vec(), ..AgainForm::default() };
        assert_eq!(placed(&sian, run_as(fixture, &sian, unticked).await).await, Vec::<Vec<String>>::new(), "nobody leads");
        let ruth_alone = taking_in(fixture, &sian, second, &both[1..]).await;
        assert_eq!(placed(&sian, ruth_alone).await, [["Amina E.", "Grace E.", "Yusuf E."]], "who was not shown is not taken in");
        let with = taking_in(fixture, &sian, second, &both).await;
        assert_eq!(placed(&sian, with).await, [["Amina E.", "Grace E.", "Tom E.", "Yusuf E."]]);
        let round = board_of(&sian, with).await.unwrap();
        assert_eq!((round.line.asking, round.looked_at.len(), round.hours.len()), (4, 0, 1));
        assert_eq!(available_again_in(&sian, with).await, Vec::<String>::new());

        // Whoever is kept apart from somebody by now is kept apart from them there.
        keep_apart(&sian, &code_of(fixture, people[1]).await, &Apart::Person(email_of(fixture, people[2]).await)).await.unwrap();
        let apart = taking_in(fixture, &sian, second, &both).await;
        let groups = placed(&sian, apart).await;
        assert!(groups.iter().all(|group| !(group.contains(&"Tom E.".to_owned()) && group.contains(&"Grace E.".to_owned()))), "{groups:?}");
        assert_eq!(board_of(&sian, apart).await.unwrap().record.conflicts, 1);
    }

    async fn whoever_is_taken_in_is_kept_together_with_those_of_the_round_until_they_are_kept_apart(fixture: Fixture) {
        let (sian, _, people) = group_of_four(fixture).await;
        let (aminas, toms) = (code_of(fixture, people[0]).await, code_of(fixture, people[1]).await);
        let amina = email_of(fixture, people[0]).await;
        keep_together(&sian, &toms, &amina).await.unwrap();
        hold(fixture, people[1]).await;
        let second = again(fixture, &sian, 0).await;
        lift_holds(fixture).await;
        let third = taking_in(fixture, &sian, second, std::slice::from_ref(&toms)).await;
        let (as_amina, as_tom) = (ident(Part::Practitioner, &aminas), ident(Part::Practitioner, &toms));
        assert_eq!(kept_with(&sian, third, &toms).await, [as_amina.as_str()]);
        assert_eq!(kept_with(&sian, third, &aminas).await, [as_tom.as_str()]);

        keep_apart(&sian, &toms, &Apart::Person(amina)).await.unwrap();
        let fourth = taking_in(fixture, &sian, third, &[]).await;
        for code in [&toms, &aminas] {
            assert_eq!(kept_with(&sian, fourth, code).await, Vec::<String>::new(), "nobody is kept with whom they may not meet");
            assert_eq!(kept_with(&sian, third, code).await.len(), 1, "and what was asked before stays as it was");
        }
    }

    async fn nobody_is_taken_into_a_round_for_whose_groups_or_place_it_was_not_asked(fixture: Fixture) {
        const QUALIFY: &str = "INSERT INTO qualification (person_id, kind) VALUES ($1, $2)";

        // Ruth leads no VIG supervision, and is looked at all the same.
        let (sian, _) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await.person();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(QUALIFY).bind(nadia).bind(GroupKind::Vig).execute(pool).await.map(|_| ())).unwrap();
        let asks_for = |stream: &str| StepForm { stream: stream.to_owned(), ..answer(Step::Stream) };
        for name in ["Amina", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[asks_for("vig")]).await;
        }
        let tom = practitioner(fixture, "Tom", &[asks_for("vig")]).await;
        let form = RoundForm { stream: "vig".to_owned(), place: "region:Yorkshire and The Humber".to_owned(), ..form() };
        assert_eq!(proposed_of(fixture, &sian, &form).await.line.asking, 4);
        assert_eq!(available_again_in(&sian, 1).await, Vec::<String>::new(), "nothing has changed for Ruth");

        hold(fixture, tom.person()).await;
        let second = again(fixture, &sian, 0).await;
        lift_holds(fixture).await;
        assert_eq!(available_again_in(&sian, second).await, ["Tom E."]);
        belong(fixture, tom.person(), "barnsley").await;
        assert_eq!(available_again_in(&sian, second).await, ["Tom E."], "that is in the same region");
        belong(fixture, tom.person(), "camden").await;
        assert_eq!(available_again_in(&sian, second).await, Vec::<String>::new(), "the round is of another region");
        belong(fixture, tom.person(), "bradford").await;
        answer_step(&tom, &asks_for("pir")).await.unwrap();
        confirm(&tom).await.unwrap();
        assert_eq!(available_again_in(&sian, second).await, Vec::<String>::new(), "the round is of another kind of group");
    }

    async fn the_people_of_a_supervisor_who_is_held_since_are_placed_with_another_when_a_round_is_run_again(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await.person();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let first = proposed(fixture, &sian).await.groups.remove(0);
        let leads = async |number: i64| board_of(&sian, number).await.unwrap().groups[0].supervisor.short.clone();
        let held = if first.supervisor.code == code_of(fixture, nadia).await { nadia } else { supervisor_called(fixture, "Ruth").await };
        hold(fixture, held).await;
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.without_place, told.left_out.len()), (0, 4, 1));
        let number = again(fixture, &sian, 0).await;
        assert_ne!(leads(number).await, first.supervisor.short);
        assert_eq!(board_of(&sian, number).await.unwrap().groups[0].members.len(), 4);
    }

    async fn whoever_was_asked_and_has_not_declined_stays_where_they_are_although_they_are_held_since(fixture: Fixture) {
        let (sian, ruth, people) = group_of_four(fixture).await;
        ask_everybody(&sian, 1).await;
        for held in [people[1], ruth] {
            hold(fixture, held).await;
        }
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.held, told.left_out.len()), (4, 4, 0));
        let number = again(fixture, &sian, 0).await;
        assert_eq!(placed(&sian, number).await, [["Amina E.", "Grace E.", "Tom E.", "Yusuf E."]]);
    }

    async fn those_who_were_asked_stay_in_a_group_that_is_too_small_without_whoever_was_held_before(fixture: Fixture) {
        let (sian, _, people) = group_of_four(fixture).await;
        for held in &people[1..3] {
            hold(fixture, *held).await;
        }
        ask_everybody(&sian, 1).await;
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.held, told.left_out.len()), (2, 2, 2), "Amina and Yusuf were asked, the others were not");
    }

    async fn what_is_supposed_of_a_round_is_asked_as_things_stand_by_now(fixture: Fixture) {
        let (sian, _, people) = group_of_four(fixture).await;
        hold(fixture, people[1]).await;
        suppose(&sian, 1, Supposed::Evenings).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        let what_if = board_of(&sian, 1).await.unwrap().what_ifs.remove(0);
        assert_eq!((what_if.placed, what_if.gain, what_if.lose), (3, 0, 0), "who is held loses nothing by what is supposed");
        assert_eq!(what_if.asked_at, fixture.now());

        let apart = Apart::Person(email_of(fixture, people[0]).await);
        keep_apart(&sian, &code_of(fixture, people[2]).await, &apart).await.unwrap();
        suppose(&sian, 1, Supposed::EveryAuthority).await.unwrap();
        suppose(&sian, 1, Supposed::Evenings).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2);
        let what_if = board_of(&sian, 1).await.unwrap().what_ifs.remove(0);
        assert_eq!((what_if.supposed, what_if.placed), (Supposed::Evenings, 0), "two who may meet are too few");
    }
}

async fn supervisor_called(fixture: &Fixture, given_name: &str) -> PersonId {
    const CALLED: &str = "SELECT id FROM person WHERE given_name = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CALLED).bind(given_name).fetch_one(pool).await).unwrap()
}
