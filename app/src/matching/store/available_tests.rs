//! What is asked and offered once somebody of a round is no longer available for matching: without them.

use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::asking::fixture::ask_everybody;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::holds::fixture::hold;
use crate::matching::answers::AboutPerson;
use crate::matching::fixture::{at, board_of, email_of, move_by_hand, practitioner, proposed, scene, supervisor};
use crate::matching::forms::{BoardAddress, BoardForm, Shown};
use crate::matching::jobs::work_on_rounds;
use crate::matching::model::{Stay, Supposed};
use crate::matching::runs::AgainForm;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::Apart;
use crate::registration::store::keep_apart;

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
    let shown = Shown { number: 1, seen };
    let form = AgainForm { change: shown.change(), stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
    let number = run_again(sian, &form.check().unwrap()).await.unwrap();
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    number
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
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE safety_hold SET lifted_at = held_at, lifted_by = held_by").execute(pool).await.map(|_| ())).unwrap();
        let told = round_to_run_again(&sian, second).await.unwrap();
        assert_eq!(told.available_again.iter().map(|one| one.short.as_str()).collect::<Vec<_>>(), ["Tom E.", "Ruth A."]);

        let run = async |take_in: &[&str]| {
            let take_in = take_in.iter().map(|word| (*word).to_owned()).collect();
            let form = AgainForm { change: Shown { number: second, seen: 0 }.change(), take_in, ..AgainForm::default() };
            let number = run_again(&sian, &form.check().unwrap()).await.unwrap();
            assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
            number
        };
        assert_eq!(placed(&sian, run(&[]).await).await, Vec::<Vec<String>>::new(), "nobody leads");
        let with = run(&["yes"]).await;
        assert_eq!(placed(&sian, with).await, [["Amina E.", "Grace E.", "Tom E.", "Yusuf E."]]);
        let round = board_of(&sian, with).await.unwrap();
        assert_eq!((round.line.asking, round.looked_at.len(), round.hours.len()), (4, 0, 1));
        assert_eq!(round_to_run_again(&sian, with).await.unwrap().available_again, []);

        // Whoever is kept apart from somebody by now is kept apart from them there.
        keep_apart(&sian, &code_of(fixture, people[1]).await, &Apart::Person(email_of(fixture, people[2]).await)).await.unwrap();
        let apart = run(&["yes"]).await;
        let groups = placed(&sian, apart).await;
        assert!(groups.iter().all(|group| !(group.contains(&"Tom E.".to_owned()) && group.contains(&"Grace E.".to_owned()))), "{groups:?}");
        assert_eq!(board_of(&sian, apart).await.unwrap().record.conflicts, 1);
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
