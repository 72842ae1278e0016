//! What has changed between the asking of a round and the making of its groups.

use chrono::{Days, NaiveDate, TimeDelta};

use super::tests::{World, world};
use super::*;
use crate::access::Actor;
use crate::agreements::fixture::agree;
use crate::asking::fixture::keys;
use crate::asking::jobs::publish_agreed;
use crate::asking::model::Reply;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, messages};
use crate::matching::fixture::{at, email_of, move_by_hand};
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, keep_apart, note_clearances};
use crate::registration::{Apart, ClearanceKind, Step, StepForm};
use crate::series::forms::SeriesAddress;
use crate::series::store::{open_series, publish_series};

/// Says until when the supervisor is insured.
async fn insured_until(world: &World, fixture: &Fixture, date: &str) {
    let until: NaiveDate = date.parse().unwrap();
    let ruth = code_of(fixture, world.ruth.person()).await;
    note_clearances(&world.sian, &ruth, &[(ClearanceKind::Indemnity, Some(until))]).await.unwrap();
}

/// Who of the one group is not asked, and why.
async fn left_out(world: &World) -> Vec<(String, String)> {
    let group = round_to_ask(&world.sian, world.number).await.unwrap().groups.remove(0);
    group.left_out.into_iter().map(|(person, why)| (person.short, why)).collect()
}

both_databases! {
    async fn nobody_is_moved_by_hand_once_they_were_asked(fixture: Fixture) {
        let world = world(fixture).await;
        let (sian, number) = (&world.sian, world.number);
        let amina = code_of(fixture, world.one(0).person()).await;
        move_by_hand(sian, number, &amina, "list").await.unwrap();
        move_by_hand(sian, number, &amina, "group-0").await.unwrap();
        world.ask_all().await;
        let Err(AppError::Conflict(said)) = move_by_hand(sian, number, &amina, "list").await else { panic!("somebody was moved who was asked") };
        assert!(said.contains("take the question back"), "{said}");

        // Whoever declines is free to go elsewhere, and nobody comes in by hand.
        world.replies(world.one(0), fixture, Reply::Declined).await.unwrap();
        move_by_hand(sian, number, &amina, "list").await.unwrap();
        assert!(matches!(move_by_hand(sian, number, &amina, "group-0").await, Err(AppError::Conflict(_))));
        take_back(sian, number, &world.group().await.code).await.unwrap();
        move_by_hand(sian, number, &amina, "group-0").await.unwrap();
    }

    async fn of_two_who_ask_somebody_and_move_them_at_once_one_is_told_to_look_again(fixture: Fixture) {
        let world = world(fixture).await;
        let amina = code_of(fixture, world.one(0).person()).await;
        let keys = keys(&world.sian, world.number).await;
        let (asked, moved) = tokio::join!(ask_groups(&world.sian, world.number, &keys), move_by_hand(&world.sian, world.number, &amina, "list"));
        assert!(asked.is_ok() != moved.is_ok(), "{asked:?} {moved:?}");
        let refused = asked.map(|_| ()).and(moved).unwrap_err();
        assert!(matches!(refused, AppError::Conflict(_)), "{refused:?}");
    }

    async fn a_supervisor_who_does_not_hold_everything_any_more_is_not_asked_and_no_group_is_made(fixture: Fixture) {
        let world = world(fixture).await;
        insured_until(&world, fixture, "2026-12-24").await;
        let group = round_to_ask(&world.sian, world.number).await.unwrap().groups.remove(0);
        let problem = group.problem.unwrap();
        assert!(problem.contains("Professional indemnity: good until Thursday 24 December 2026"), "{problem}");
        assert_eq!(ask_groups(&world.sian, world.number, &world.keys().await).await.unwrap_err().status(), 409);
        assert_eq!(messages(fixture, "Would you%").await, 0);

        insured_until(&world, fixture, "2027-12-31").await;
        world.ask_all().await;
        for actor in [&world.ruth, world.one(0), world.one(1), world.one(2)] {
            world.replies(actor, fixture, Reply::Accepted).await.unwrap();
        }
        let form = world.form().await;
        insured_until(&world, fixture, "2026-12-24").await;
        let code = world.group().await.code;
        assert!(group_to_make(&world.sian, world.number, &code).await.unwrap().problem.is_some());
        assert_eq!(make_asked_group(&world.sian, world.number, &form).await.unwrap_err().status(), 409);
    }

    async fn whoever_manages_somebody_by_now_is_in_no_group_with_them(fixture: Fixture) {
        let world = world(fixture).await;
        let (amina, tom) = (world.one(0), world.one(1));
        let manager_email = email_of(fixture, tom.person()).await;
        let named = StepForm { manager: "named".to_owned(), manager_email, ..answer(Step::Manager) };
        world.ask_all().await;
        for actor in [&world.ruth, amina, tom, world.one(2)] {
            world.replies(actor, fixture, Reply::Accepted).await.unwrap();
        }
        let form = world.form().await;
        answer_step(amina, &named).await.unwrap();
        let Err(AppError::Conflict(said)) = make_asked_group(&world.sian, world.number, &form).await else { panic!("they are in one group") };
        assert!(said.contains("Amina E.") && said.contains("Tom E."), "{said}");
        take_back(&world.sian, world.number, &form.code).await.unwrap();
        assert_eq!(left_out(&world).await.len(), 1, "one of the two is asked, and the other is not");
    }

    async fn somebody_whom_another_would_rather_not_meet_since_they_were_asked_is_made_no_group_with_and_only_coordinators_learn_who(fixture: Fixture) {
        let world = world(fixture).await;
        let (amina, tom) = (world.one(0), world.one(1));
        world.ask_all().await;
        world.replies(tom, fixture, Reply::Accepted).await.unwrap();
        let avoids = StepForm { avoided_emails: email_of(fixture, tom.person()).await, ..answer(Step::Apart) };
        answer_step(amina, &avoids).await.unwrap();
        // An answer that was refused would tell her that he is in the group, and what he has answered.
        for actor in [amina, world.one(2), world.one(3), &world.ruth] {
            world.replies(actor, fixture, Reply::Accepted).await.unwrap();
        }
        let said = "Amina E. and Tom E. may not be in one group by now.";
        let group = world.group().await;
        assert_eq!(group.apart.as_deref(), Some(said));
        assert!(group_to_make(&world.sian, world.number, &group.code).await.unwrap().problem.unwrap().starts_with(said));
        let Err(AppError::Conflict(refused)) = make_asked_group(&world.sian, world.number, &world.form().await).await else { panic!("they are in one group") };
        assert!(refused.starts_with(said), "{refused}");

        // Whoever declines is in nobody's way.
        world.replies(tom, fixture, Reply::Declined).await.unwrap();
        assert_eq!(world.group().await.apart, None);
        make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap();
    }

    async fn sessions_are_not_published_by_themselves_where_two_are_kept_apart_since_their_group_was_made(fixture: Fixture) {
        let world = world(fixture).await;
        let (sian, people) = (&world.sian, [0, 1, 2, 3].map(|place| world.one(place)));
        world.ask_all().await;
        for actor in people.into_iter().chain([&world.ruth]) {
            world.replies(actor, fixture, Reply::Accepted).await.unwrap();
        }
        let slug = make_asked_group(sian, world.number, &world.form().await).await.unwrap();
        let everybody: Vec<PersonId> = people.into_iter().chain([&world.ruth]).map(Actor::person).collect();
        assert!(agree(fixture, &slug, &everybody, 1).await);
        let ruth = email_of(fixture, world.ruth.person()).await;
        keep_apart(sian, &code_of(fixture, people[0].person()).await, &Apart::Person(ruth)).await.unwrap();
        for minutes in 1..3 {
            assert_eq!(publish_agreed(&at(fixture, TimeDelta::minutes(minutes))).await, Ok(0));
        }
        assert_eq!(messages(fixture, "The sessions of a new group wait%").await, 1, "to the coordinator, once");
        assert_eq!(messages(fixture, "Your sessions from%").await, 0);
        let said = "Amina E. and Ruth A. may not be in one group by now.";
        assert_eq!(world.group().await.apart.as_deref(), Some(said));

        // By hand neither, and whoever leads is not told who it is.
        let draft = SeriesAddress { slug, number: "1".to_owned(), ..SeriesAddress::default() };
        let mut told = Vec::new();
        for actor in [sian, &world.ruth] {
            let opened = open_series(actor, &draft).await.unwrap();
            let form = SeriesAddress { version: opened.version().to_string(), ..draft.clone() };
            let Err(AppError::Conflict(sentence)) = publish_series(actor, &opened, &form).await else { panic!("they would meet") };
            told.push(sentence);
        }
        assert!(told[0].starts_with(said), "{told:?}");
        assert!(!told[1].contains("Amina") && !told[1].contains("Ruth"), "{told:?}");
    }

    async fn whoever_has_joined_such_a_group_since_is_not_torn_out_of_it(fixture: Fixture) {
        const JOIN: &str = "INSERT INTO membership (group_id, person_id, joined_on) VALUES ($1, $2, $3)";

        let world = world(fixture).await;
        let joined = group(fixture, world.ruth.person(), &[world.one(1).person()], GroupKind::Group).await;
        assert_eq!(left_out(&world).await, [], "a coordinator has asked about people who are in a group");
        let tomorrow = fixture.now().date_naive() + Days::new(1);
        let database = &fixture.database;
        let amina = world.one(0).person();
        on!(database, pool => sqlx::query(JOIN).bind(joined).bind(amina).bind(tomorrow).execute(pool).await.map(|_| ())).unwrap();
        let why = "Has joined such a group since the round was started.";
        assert_eq!(left_out(&world).await, [("Amina E.".to_owned(), why.to_owned())]);
    }
}
