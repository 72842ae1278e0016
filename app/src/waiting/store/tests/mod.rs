mod kept_out;
mod where_to;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Premises, Role, System, system};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, on};
use crate::error::AppError;
use crate::groups::fixture::{code_of, coordinator, group, messages, slug_of};
use crate::groups::store::{OpenedGroup, add_member, end_group, open_group};
use crate::groups::{Band, GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::reminders::jobs::remind_of_sessions;
use crate::sessions::fixture::session;
use crate::waiting::answers::Asked;
use crate::waiting::forms::WaitingFilter;
use crate::waiting::jobs::pass_places_on;
use crate::waiting::model::{Urgency, Way};

const PRACTITIONER: &[Role] = &[Role::Practitioner];

fn asked(kind: GroupKind, urgency: Urgency) -> Asked {
    Asked { kind, way: Way::Either, times: vec!["thursday-morning".to_owned()], urgency, wanted: String::new() }
}

fn group_now() -> Asked {
    asked(GroupKind::Group, Urgency::Now)
}

/// Somebody who waits: who, as an actor.
async fn waiter(fixture: &Fixture, given_name: &str, what: &Asked) -> Actor {
    let actor = fixture.actor(person(fixture, given_name, "Example", PRACTITIONER).await, PRACTITIONER);
    ask_for_supervision(&actor, what).await.unwrap();
    actor
}

async fn entry_of(actor: &Actor) -> String {
    my_waiting(actor).await.unwrap().entries.first().unwrap().code.clone()
}

async fn offer_of(actor: &Actor) -> String {
    my_waiting(actor).await.unwrap().offers.first().unwrap().code.clone()
}

/// A coordinator, and a group of six places with so many members, which meets on Thursday mornings.
async fn scene(fixture: &Fixture, members: usize) -> (Actor, OpenedGroup) {
    let sian = coordinator(fixture).await;
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let mut present = Vec::new();
    for nth in 0..members {
        present.push(person(fixture, &format!("Member{nth}"), "Present", PRACTITIONER).await);
    }
    let id = group(fixture, ruth, &present, GroupKind::Group).await;
    session(fixture, id, fixture.now() + TimeDelta::days(7), 90).await;
    let opened = open_group(&sian, &slug_of(fixture, id).await).await.unwrap();
    (sian, opened)
}

fn at(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "a place goes on")
}

async fn members(fixture: &Fixture, group: GroupId) -> i64 {
    const MEMBERS: &str = "SELECT COUNT(*) FROM membership WHERE group_id = $1 AND left_on IS NULL";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(MEMBERS).bind(group).fetch_one(pool).await).unwrap()
}

async fn letters(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
    const LETTERS: &str = "SELECT person_id, subject, body FROM message";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
}

async fn told(fixture: &Fixture, who: PersonId) -> Vec<String> {
    letters(fixture).await.into_iter().filter(|letter| letter.0 == who).map(|letter| letter.1).collect()
}

fn status(outcome: &Result<(), AppError>) -> u16 {
    outcome.as_ref().err().map_or(200, AppError::status)
}

both_databases! {
    async fn a_person_waits_once_for_each_kind_and_sees_a_band_that_urgency_and_time_settle(fixture: Fixture) {
        let later = asked(GroupKind::Group, Urgency::ThreeMonths);
        let first = waiter(fixture, "First", &later).await;
        for nth in 0..4 {
            waiter(fixture, &format!("Urgent{nth}"), &group_now()).await;
        }
        // Another list is another list.
        waiter(fixture, "Vera", &asked(GroupKind::Vig, Urgency::Now)).await;
        assert_eq!(status(&ask_for_supervision(&first, &later).await), 409);
        ask_for_supervision(&first, &asked(GroupKind::Vig, Urgency::Later)).await.unwrap();

        let own = my_waiting(&first).await.unwrap();
        let bands: Vec<(GroupKind, Band)> = own.entries.iter().map(|entry| (entry.asked.kind, entry.band)).collect();
        assert_eq!(bands, [(GroupKind::Group, Band::FirstFive), (GroupKind::Vig, Band::FirstFive)]);
        assert_eq!(own.kinds, [GroupKind::Pair, GroupKind::OneToOne, GroupKind::Reflective]);
        waiter(fixture, "Urgent5", &group_now()).await;
        assert_eq!(my_waiting(&first).await.unwrap().entries[0].band, Band::SixToTen);
    }

    async fn leaving_is_taken_back_with_the_place_and_what_was_asked_for_is_kept(fixture: Fixture) {
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let tom = waiter(fixture, "Tom", &group_now()).await;
        let code = entry_of(&amina).await;
        assert_eq!(leave_list(&tom, &code).await.unwrap_err(), AppError::NotFound);
        leave_list(&amina, &code).await.unwrap();
        let left = my_waiting(&amina).await.unwrap();
        assert_eq!((left.entries.len(), left.last), (0, Some(group_now())));
        assert_eq!(status(&return_to_list(&tom, &code).await), 409);

        let soon = fixture.actor_at(fixture.now() + TimeDelta::minutes(5), amina.person(), PRACTITIONER);
        return_to_list(&soon, &code).await.unwrap();
        let own = my_waiting(&soon).await.unwrap();
        assert_eq!((own.entries[0].since, &own.entries[0].asked), (fixture.now(), &group_now()));
        leave_list(&soon, &code).await.unwrap();
        ask_for_supervision(&soon, &group_now()).await.unwrap();
        assert_eq!(status(&return_to_list(&soon, &code).await), 409, "somebody who has asked again is on the list once");
    }

    async fn the_second_of_two_changes_is_told_and_nobody_changes_anothers(fixture: Fixture) {
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let tom = waiter(fixture, "Tom", &group_now()).await;
        let code = entry_of(&amina).await;
        let year = asked(GroupKind::Group, Urgency::Year);
        change_waiting(&amina, &code, 1, &year).await.unwrap();
        assert_eq!(status(&change_waiting(&amina, &code, 1, &group_now()).await), 409);
        assert_eq!(change_waiting(&tom, &code, 2, &group_now()).await.unwrap_err(), AppError::NotFound);
        assert_eq!(own_entry(&tom, &code).await.unwrap_err(), AppError::NotFound);
        assert_eq!(own_entry(&amina, &code).await.unwrap().asked, year);
    }

    async fn when_a_place_is_free_those_come_first_whom_it_suits_and_the_others_say_what_is_in_the_way(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 4).await;
        waiter(fixture, "Later", &asked(GroupKind::Group, Urgency::Later)).await;
        waiter(fixture, "Monday", &Asked { times: vec!["monday-morning".to_owned()], ..group_now() }).await;
        waiter(fixture, "Paper", &Asked { way: Way::InPerson, ..group_now() }).await;
        waiter(fixture, "Urgent", &group_now()).await;
        let wanted = Asked { wanted: aire.name().to_uppercase(), urgency: Urgency::Year, ..group_now() };
        waiter(fixture, "Wanted", &wanted).await;
        waiter(fixture, "Vera", &asked(GroupKind::Vig, Urgency::Now)).await;
        let ruth = fixture.actor(aire.supervisor(), &[Role::Supervisor]);
        ask_for_supervision(&ruth, &group_now()).await.unwrap();

        let shown = who_fits(&sian, &aire).await.unwrap();
        assert_eq!((shown.free, shown.meets.as_deref()), (2, Some("Thursday mornings")));
        let fitting: Vec<&str> = shown.fitting.iter().map(|waiter| waiter.person.short.as_str()).collect();
        assert_eq!(fitting, ["Wanted E.", "Urgent E.", "Later E."]);
        assert_eq!(shown.fitting[1].reason, "Thursday mornings suit, online suits, has no supervision now, asked today.");
        let others: Vec<&str> = shown.others.iter().map(|waiter| waiter.reason.as_str()).collect();
        assert_eq!(others, ["Thursday mornings do not suit.", "Would meet in person."]);
    }

    async fn an_offer_holds_the_place_until_it_is_accepted_and_then_the_waiting_is_over(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 5).await;
        let (amina, tom) = (waiter(fixture, "Amina", &group_now()).await, waiter(fixture, "Tom", &group_now()).await);
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        assert_eq!(status(&offer_place(&sian, &aire, &entry_of(&amina).await).await), 409);
        assert_eq!(status(&offer_place(&sian, &aire, &entry_of(&tom).await).await), 409);
        assert_eq!(status(&add_member(&sian, &aire, &code_of(fixture, tom.person()).await).await), 409);
        assert_eq!(places_held_for(&amina, &mut fixture.snapshot().await).await.unwrap().len(), 1);

        let offer = offer_of(&amina).await;
        assert_eq!(accept_offer(&tom, &offer).await.unwrap_err(), AppError::NotFound);
        assert_eq!(accept_offer(&amina, &offer).await.unwrap(), aire.slug());
        assert_eq!(members(fixture, aire.id()).await, 6);
        let own = my_waiting(&amina).await.unwrap();
        assert_eq!((own.offers.len(), own.entries.len()), (0, 0));
        assert_eq!(accept_offer(&amina, &offer).await.unwrap_err().status(), 409);
        assert_eq!(
            told(fixture, amina.person()).await,
            ["A place in supervision is held for you until Thursday 29 October", "You have a place in a supervision group"]
        );
        assert_eq!(told(fixture, sian.person()).await, ["A place that was offered has been taken"]);
        for (to, subject, body) in letters(fixture).await {
            assert!(!format!("{subject}{body}").contains("Amina") && !body.contains("Tom"), "{to}: {body}");
        }
    }

    async fn a_place_that_is_taken_is_written_down_with_the_group_and_told_to_whoever_coordinates_by_then(fixture: Fixture) {
        const LEAVE: &str = "DELETE FROM person_role WHERE person_id = $1";
        const JOINED: &str = "SELECT COUNT(*) FROM audit_entry WHERE action = 'add_member' AND subject_id = $1";
        let (sian, aire) = scene(fixture, 5).await;
        let gwen = person(fixture, "Gwen", "Parry", &[Role::Coordinator]).await;
        let amina = waiter(fixture, "Amina", &group_now()).await;
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LEAVE).bind(sian.person()).execute(pool).await.map(|_| ())).unwrap();
        accept_offer(&amina, &offer_of(&amina).await).await.unwrap();
        assert_eq!(told(fixture, gwen).await, ["A place that was offered has been taken"]);
        assert!(told(fixture, sian.person()).await.is_empty());
        let joined: i64 = on!(database, pool => sqlx::query_scalar(JOINED).bind(aire.id()).fetch_one(pool).await).unwrap();
        assert_eq!(joined, 1);
    }

    async fn whoever_is_given_a_place_in_another_way_waits_no_more_and_their_offer_is_over(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 5).await;
        let calder = group(fixture, aire.supervisor(), &[], GroupKind::Group).await;
        let calder = open_group(&sian, &slug_of(fixture, calder).await).await.unwrap();
        let (amina, tom) = (waiter(fixture, "Amina", &group_now()).await, waiter(fixture, "Tom", &group_now()).await);
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        add_member(&sian, &calder, &code_of(fixture, amina.person()).await).await.unwrap();
        assert_eq!(my_waiting(&amina).await.unwrap().entries.len(), 0);
        offer_place(&sian, &aire, &entry_of(&tom).await).await.unwrap();
        // What is held for somebody is theirs, however they come by it.
        add_member(&sian, &aire, &code_of(fixture, tom.person()).await).await.unwrap();
        assert_eq!(my_waiting(&tom).await.unwrap().offers.len(), 0);
    }

    async fn a_place_that_was_declined_goes_to_the_next_who_fits_and_the_coordinator_is_told(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 5).await;
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let monday = waiter(fixture, "Monday", &Asked { times: vec!["monday-morning".to_owned()], ..group_now() }).await;
        let tom = waiter(fixture, "Tom", &asked(GroupKind::Group, Urgency::Year)).await;
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        let offer = offer_of(&amina).await;
        assert_eq!(decline_offer(&tom, &offer).await.unwrap_err(), AppError::NotFound);
        decline_offer(&amina, &offer).await.unwrap();
        assert_eq!(pass_places_on(&at(fixture, fixture.now())).await, Ok(1));
        assert_eq!(pass_places_on(&at(fixture, fixture.now())).await, Ok(0));
        assert_eq!(my_waiting(&tom).await.unwrap().offers.len(), 1);
        assert_eq!(my_waiting(&monday).await.unwrap().offers.len(), 0);
        assert_eq!(my_waiting(&amina).await.unwrap().entries.len(), 1);
        assert_eq!(told(fixture, sian.person()).await, ["A place that you offered was declined"]);

        // Nobody is left who fits: whoever declined is not asked again.
        decline_offer(&tom, &offer_of(&tom).await).await.unwrap();
        assert_eq!(pass_places_on(&at(fixture, fixture.now())).await, Ok(1));
        let shown = who_fits(&sian, &aire).await.unwrap();
        assert_eq!((shown.free, shown.held.len(), shown.fitting.len(), shown.others.len()), (1, 0, 0, 3));
    }

    async fn an_offer_that_runs_out_goes_on_once_whichever_process_comes_first(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 5).await;
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let tom = waiter(fixture, "Tom", &group_now()).await;
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        let offer = offer_of(&amina).await;
        let over: DateTime<Utc> = "2026-10-29T17:00:00Z".parse().unwrap();
        assert_eq!(pass_places_on(&at(fixture, over - TimeDelta::minutes(1))).await, Ok(0));
        let late = fixture.actor_at(over, amina.person(), PRACTITIONER);
        assert_eq!(accept_offer(&late, &offer).await.unwrap_err().status(), 409);
        let (first, second) = (at(fixture, over), at(fixture, over));
        let (found, again) = (offers_to_pass_on(&first).await.unwrap(), offers_to_pass_on(&second).await.unwrap());
        assert_eq!(found, again);
        let (first, second) = tokio::join!(pass_on(&first, &found[0]), pass_on(&second, &found[0]));
        assert_ne!(first.unwrap(), second.unwrap());
        let tom = fixture.actor_at(over, tom.person(), PRACTITIONER);
        assert_eq!(my_waiting(&tom).await.unwrap().offers.len(), 1);
        assert_eq!(my_waiting(&late).await.unwrap().entries.len(), 1);
        assert!(told(fixture, amina.person()).await.contains(&"The place in supervision is no longer held for you".to_owned()));
        assert_eq!(told(fixture, sian.person()).await, ["A place that you offered was not answered in time"]);
        assert_eq!(members(fixture, aire.id()).await, 5);
    }

    async fn an_offer_is_withdrawn_once_and_leaving_the_list_lets_a_place_go(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 5).await;
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let entry = entry_of(&amina).await;
        offer_place(&sian, &aire, &entry).await.unwrap();
        let offer = offer_of(&amina).await;
        withdraw_offer(&sian, &offer).await.unwrap();
        assert_eq!(status(&withdraw_offer(&sian, &offer).await), 409);
        assert_eq!(accept_offer(&amina, &offer).await.unwrap_err().status(), 409);
        assert_eq!(pass_places_on(&at(fixture, fixture.now())).await, Ok(0), "what a coordinator takes back goes to nobody by itself");

        offer_place(&sian, &aire, &entry).await.unwrap();
        leave_list(&amina, &entry).await.unwrap();
        assert_eq!(who_fits(&sian, &aire).await.unwrap().free, 1);
        assert_eq!(status(&offer_place(&sian, &aire, &entry).await), 409);
    }

    async fn everybody_who_waited_for_a_group_is_told_when_it_ends_and_waits_on(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 4).await;
        let wanted = waiter(fixture, "Wanted", &Asked { wanted: aire.name().to_owned(), ..group_now() }).await;
        let offered = waiter(fixture, "Offered", &group_now()).await;
        let other = waiter(fixture, "Other", &group_now()).await;
        offer_place(&sian, &aire, &entry_of(&offered).await).await.unwrap();
        let offer = offer_of(&offered).await;
        end_group(&sian, &aire, 1).await.unwrap();
        assert_eq!(messages(fixture, "A group that you were waiting for has ended").await, 2);
        assert!(told(fixture, other.person()).await.is_empty());
        assert_eq!(accept_offer(&offered, &offer).await.unwrap_err().status(), 409);
        for who in [wanted, offered, other] {
            assert_eq!(my_waiting(&who).await.unwrap().entries.len(), 1);
        }
    }

    async fn nobody_who_waits_is_reminded_of_a_session(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 2).await;
        let amina = waiter(fixture, "Amina", &Asked { wanted: aire.name().to_owned(), ..group_now() }).await;
        session(fixture, aire.id(), fixture.now() + TimeDelta::hours(20), 90).await;
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        assert!(remind_of_sessions(&at(fixture, fixture.now())).await.unwrap() > 0);
        assert_eq!(told(fixture, amina.person()).await, ["A place in supervision is held for you until Thursday 29 October"]);
    }

    async fn the_list_is_filtered_by_what_stands_in_the_address(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 4).await;
        waiter(fixture, "Later", &asked(GroupKind::Group, Urgency::Later)).await;
        let urgent = waiter(fixture, "Urgent", &group_now()).await;
        waiter(fixture, "Vera", &asked(GroupKind::Vig, Urgency::Now)).await;
        offer_place(&sian, &aire, &entry_of(&urgent).await).await.unwrap();
        let names = async |filter: WaitingFilter| -> Vec<String> {
            let lines = everybody_waiting(&sian, &filter).await.unwrap();
            lines.into_iter().map(|line| line.person.short).collect()
        };
        let word = str::to_owned;
        assert_eq!(names(WaitingFilter::default()).await, ["Urgent E.", "Vera E.", "Later E."]);
        assert_eq!(names(WaitingFilter { kind: word("vig"), ..WaitingFilter::default() }).await, ["Vera E."]);
        assert_eq!(names(WaitingFilter { urgency: word("later"), ..WaitingFilter::default() }).await, ["Later E."]);
        assert_eq!(names(WaitingFilter { offer: word("yes"), ..WaitingFilter::default() }).await, ["Urgent E."]);
        assert_eq!(names(WaitingFilter { offer: word("no"), kind: word("nonsense"), ..WaitingFilter::default() }).await, ["Vera E.", "Later E."]);
        let free = waiting_list(&sian, &WaitingFilter::default()).await.unwrap().free;
        assert_eq!(free.iter().map(|group| (group.free, group.waiting)).collect::<Vec<_>>(), [(1, 1)]);
    }

    async fn of_fifty_who_are_added_or_offered_the_last_place_at_once_one_gets_it(fixture: Fixture) {
        the_last_place_goes_to_one(fixture).await;
    }
}

#[tokio::test]
async fn of_fifty_who_are_added_or_offered_the_last_place_at_once_one_gets_it_in_a_file_with_many_connections() {
    let fixture = Fixture::in_a_file().await;
    the_last_place_goes_to_one(&fixture).await;
    fixture.close().await;
}

/// Every second of them is offered the place, the others are added at once.
async fn the_last_place_goes_to_one(fixture: &Fixture) {
    let (sian, aire) = scene(fixture, 5).await;
    let mut attempts = Vec::new();
    for nth in 0..50 {
        let actor = waiter(fixture, &format!("Person{nth}"), &group_now()).await;
        let (entry, code) = (entry_of(&actor).await, code_of(fixture, actor.person()).await);
        attempts.push((nth % 2 == 0, entry, code));
    }
    let attempts: Vec<_> = attempts
        .into_iter()
        .map(|(is_offered, entry, code)| {
            let (sian, aire) = (sian.clone(), aire.clone());
            tokio::spawn(
                async move { if is_offered { offer_place(&sian, &aire, &entry).await } else { add_member(&sian, &aire, &code).await } },
            )
        })
        .collect();
    let mut outcomes = Vec::new();
    for attempt in attempts {
        outcomes.push(status(&attempt.await.unwrap()));
    }
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == 200).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == 409).count(), 49, "{outcomes:?}");
    let shown = who_fits(&sian, &aire).await.unwrap();
    assert_eq!((shown.free, members(fixture, aire.id()).await + i64::try_from(shown.held.len()).unwrap()), (0, 6));
}
