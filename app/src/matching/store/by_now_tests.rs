//! Where somebody could go on a board once more is known than when its round was asked.

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::both_databases;
use crate::holds::store::hold_person;
use crate::matching::answers::AboutPerson;
use crate::matching::fixture::{board_of, email_of, move_by_hand, practitioner, proposed, scene};
use crate::matching::forms::BoardAddress;
use crate::people::EmailAddress;
use crate::people::fixture::{code_of, person};
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
}
