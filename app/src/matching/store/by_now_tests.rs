//! Where somebody could go on a board, and what it is run again from, once more is known than when its round was asked.

use chrono::TimeDelta;

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::holds::fixture::hold;
use crate::holds::store::hold_person;
use crate::matching::answers::AboutPerson;
use crate::matching::fixture::{at, board_of, email_of, move_by_hand, practitioner, proposed, scene};
use crate::matching::forms::{BoardAddress, BoardForm, Shown};
use crate::matching::jobs::work_on_rounds;
use crate::matching::model::Stay;
use crate::matching::runs::AgainForm;
use crate::people::fixture::{code_of, person};
use crate::people::{EmailAddress, PersonId};
use crate::registration::Apart;
use crate::registration::store::keep_apart;

async fn about(sian: &Actor, code: &str) -> AboutPerson {
    let address = BoardAddress { number: "1".to_owned(), person: code.to_owned(), ..BoardAddress::default() };
    round_of(sian, &address).await.unwrap().about_person.unwrap()
}

/// Where somebody could go at once, by the keys of the places.
fn open_ways(about: &AboutPerson) -> Vec<&str> {
    about.ways.iter().filter(|way| way.breaks.is_empty()).map(|way| way.key.as_str()).collect()
}

/// A coordinator, and four people who are proposed as one group.
async fn group_of_four(fixture: &Fixture) -> (Actor, Vec<PersonId>) {
    let (sian, _) = scene(fixture).await;
    let mut people = Vec::new();
    for name in ["Amina", "Tom", "Grace", "Yusuf"] {
        people.push(practitioner(fixture, name, &[]).await.person());
    }
    let round = proposed(fixture, &sian).await;
    assert_eq!((round.groups.len(), round.groups[0].members.len()), (1, 4));
    (sian, people)
}

/// Pins somebody on the first board of all, as it is after so many changes.
async fn pin(sian: &Actor, seen: i64, person: &str) -> Shown {
    let form = BoardForm { number: "1".to_owned(), seen: seen.to_string(), person: person.to_owned(), ..BoardForm::default() };
    pin_person(sian, &form).await.unwrap()
}

both_databases! {
    async fn where_somebody_could_go_no_group_is_ranked_that_would_be_refused_by_what_is_noted_since(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            people.push(practitioner(fixture, name, &[]).await.person());
        }
        let round = proposed(fixture, &sian).await;
        assert_eq!((round.groups.len(), round.groups[0].members.len()), (1, 4));
        let (amina, toms) = (people[0], code_of(fixture, people[1]).await);
        move_by_hand(&sian, 1, &toms, "list").await.unwrap();
        assert_eq!(open_ways(&about(&sian, &toms).await), ["group-0"]);
        let (asked, in_hand) = (round_text(&sian, 1).await.unwrap(), board_in_hand(&sian, 1).await.unwrap());

        keep_apart(&sian, &toms, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
        let tom = about(&sian, &toms).await;
        assert_eq!(open_ways(&tom), Vec::<&str>::new());
        assert!(tom.ways.iter().all(|way| !way.may_be_broken && way.breaks[0].ends_with("may not be in one group.")), "{:?}", tom.ways);
        assert!(tom.nearest.iter().all(|nearest| !nearest.is_open), "{:?}", tom.nearest);
        let refused = move_by_hand(&sian, 1, &toms, "group-0").await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("may not meet"), "{refused}");
        assert_eq!(round_text(&sian, 1).await.unwrap(), asked, "what the round was asked stays as it was");
        assert_ne!(board_in_hand(&sian, 1).await.unwrap(), in_hand, "the engine in the browser knows it too");

        // Two who are in a group already are named with it.
        let graces = code_of(fixture, people[2]).await;
        keep_apart(&sian, &graces, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
        let broken = &board_of(&sian, 1).await.unwrap().groups[0].broken;
        assert!(broken.len() == 1 && broken[0].ends_with("may not be in one group."), "{broken:?}");
    }

    async fn whoever_is_held_is_offered_no_group(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let moira = fixture.actor(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, &[Role::SafeguardingLead]);
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            people.push(practitioner(fixture, name, &[]).await.person());
        }
        proposed(fixture, &sian).await;
        let toms = code_of(fixture, people[1]).await;
        hold_person(&moira, &EmailAddress::of(&email_of(fixture, people[1]).await).unwrap()).await.unwrap();
        let tom = about(&sian, &toms).await;
        assert_eq!((open_ways(&tom), tom.is_held), (vec!["list"], true));
        move_by_hand(&sian, 1, &toms, "list").await.unwrap();
        let tom = about(&sian, &toms).await;
        assert_eq!((tom.ways.len(), tom.nearest.len(), tom.supervisors.len()), (0, 0, 0));
        assert_eq!(board_of(&sian, 1).await.unwrap().not_placed[0].reason, "Not available for matching.");
    }

    async fn whoever_is_kept_apart_since_is_in_a_broken_group_and_not_together_when_the_round_is_run_again(fixture: Fixture) {
        let (sian, people) = group_of_four(fixture).await;
        let (aminas, toms) = (code_of(fixture, people[0]).await, code_of(fixture, people[1]).await);
        let shown = pin(&sian, 0, &aminas).await;
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.held, told.in_broken), (4, 1, 0));
        let (asked, _) = round_text(&sian, 1).await.unwrap();

        keep_apart(&sian, &toms, &Apart::Person(email_of(fixture, people[0]).await)).await.unwrap();
        let told = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((told.placed, told.held, told.in_broken), (4, 1, 3), "whoever is pinned stays, and nobody else of the group has to");
        let form = AgainForm { change: shown.change(), stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
        let number = run_again(&sian, &form.check().unwrap()).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);

        let round = board_of(&sian, number).await.unwrap();
        let again = round.record.again.unwrap();
        assert_eq!((again.pins, again.since.unwrap().no_longer_placed), (1, 1));
        assert_eq!(round.groups.len(), 1);
        let members: Vec<&str> = round.groups[0].members.iter().map(|member| member.person.code.as_str()).collect();
        assert!(members.len() == 3 && members.contains(&aminas.as_str()) && !members.contains(&toms.as_str()), "{members:?}");
        assert!(round.groups[0].broken.is_empty(), "{:?}", round.groups[0].broken);
        assert_ne!(round_text(&sian, number).await.unwrap().0, asked, "it is asked with what is known by now");
        assert_eq!(round_text(&sian, 1).await.unwrap().0, asked, "and the first is as it was");
    }

    async fn a_board_that_was_run_again_is_run_again_in_the_same_way_once_somebody_is_held(fixture: Fixture) {
        let (sian, people) = group_of_four(fixture).await;
        let again = async || {
            let form = AgainForm { change: Shown { number: 1, seen: 0 }.change(), stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
            run_again(&sian, &form.check().unwrap()).await
        };
        let first = again().await.unwrap();
        assert_eq!(again().await.unwrap_err().status(), 409, "nothing else is known");
        hold(fixture, people[1]).await;
        let second = again().await.unwrap();
        assert_eq!(again().await.unwrap_err().status(), 409);
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2);
        let mut placed = Vec::new();
        for number in [first, second] {
            placed.push(board_of(&sian, number).await.unwrap().groups[0].members.len());
        }
        assert_eq!(placed, [4, 3]);
        let before = round_to_run_again(&sian, 1).await.unwrap().before;
        assert_eq!(before.into_iter().map(|(number, _)| number).collect::<Vec<_>>(), [second, first]);
    }

    async fn nothing_is_taken_back_that_would_bring_two_together_who_are_kept_apart_since(fixture: Fixture) {
        let (sian, people) = group_of_four(fixture).await;
        let mut codes = Vec::new();
        for person in &people {
            codes.push(code_of(fixture, *person).await);
        }
        let [_, toms, graces, yusufs] = codes.as_slice() else { panic!("{codes:?}") };
        let with_amina = Apart::Person(email_of(fixture, people[0]).await);
        move_by_hand(&sian, 1, toms, "list").await.unwrap();
        keep_apart(&sian, toms, &with_amina).await.unwrap();
        let refused = take_back(&sian, Shown { number: 1, seen: 1 }).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("may not meet"), "{refused}");

        // What the board breaks as it is keeps nobody from taking something else back.
        keep_apart(&sian, graces, &with_amina).await.unwrap();
        let shown = pin(&sian, 1, yusufs).await;
        let shown = take_back(&sian, shown).await.unwrap();
        assert_eq!(take_back(&sian, shown).await.unwrap_err(), refused);
        let board = board_of(&sian, 1).await.unwrap();
        assert_eq!((board.groups[0].members.len(), board.by_hand.moves), (3, 1));
    }

    async fn nothing_is_taken_back_that_would_place_somebody_who_is_held(fixture: Fixture) {
        let (sian, people) = group_of_four(fixture).await;
        let moira = fixture.actor(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, &[Role::SafeguardingLead]);
        move_by_hand(&sian, 1, &code_of(fixture, people[1]).await, "list").await.unwrap();
        // Grace is held as well, and keeps her place until somebody moves her.
        for held in &people[1..3] {
            hold_person(&moira, &EmailAddress::of(&email_of(fixture, *held).await).unwrap()).await.unwrap();
        }
        let refused = take_back(&sian, Shown { number: 1, seen: 1 }).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("not available for matching"), "{refused}");
        let shown = pin(&sian, 1, &code_of(fixture, people[3]).await).await;
        take_back(&sian, shown).await.unwrap();
        assert_eq!(board_of(&sian, 1).await.unwrap().groups[0].members.len(), 3);
    }
}
