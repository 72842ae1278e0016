//! What holds of polls in threads, on both databases.

use chrono::TimeDelta;

use super::polls::poll_of;
use super::tests::at;
use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::error::AppError;
use crate::people::fixture::person;
use crate::spaces::fixture::{opened, space, start, words};
use crate::spaces::held::{Because, HiddenAs};
use crate::spaces::model::SpaceKind;
use crate::spaces::polling::NewPoll;

fn poll(takes_several: bool) -> NewPoll {
    NewPoll {
        options: vec!["Mornings".to_owned(), "Evenings".to_owned()],
        takes_several,
        closes_on: "2026-10-29".parse().unwrap(),
        is_about_topics: false,
    }
}

async fn counts(actor: &Actor) -> Vec<(i64, bool)> {
    let thread = opened(actor, "everyone", 1).await.unwrap();
    let poll = poll_of(actor, &mut actor.database().snapshot().await.unwrap(), &thread).await.unwrap().unwrap();
    poll.options.iter().map(|option| (option.chosen, option.is_own)).collect()
}

both_databases! {
    async fn whoever_began_a_thread_asks_and_each_reader_counts_once_until_it_closes(fixture: Fixture) {
        space(fixture, "everyone", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (amina, tom_now) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, tom, Role::Practitioner));
        start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
        let thread = opened(&amina, "everyone", 1).await.unwrap();
        assert_eq!(answer_poll(&tom_now, &thread, &[1]).await, Err(AppError::NotFound));
        assert_eq!(add_poll(&tom_now, &thread, &poll(false)).await, Err(AppError::NotFound), "it is not his thread");
        add_poll(&amina, &thread, &poll(false)).await.unwrap();
        assert_eq!(what_becomes_of_poll(&amina, &thread).await, Err(AppError::NotFound), "one is enough");

        answer_poll(&tom_now, &thread, &[1]).await.unwrap();
        answer_poll(&tom_now, &thread, &[2]).await.unwrap();
        answer_poll(&amina, &thread, &[2]).await.unwrap();
        assert!(matches!(answer_poll(&amina, &thread, &[1, 2]).await, Err(AppError::Invalid(_))), "one can be chosen");
        assert!(matches!(answer_poll(&amina, &thread, &[9]).await, Err(AppError::Invalid(_))), "of those that there are");
        assert_eq!(counts(&tom_now).await, [(0, false), (2, true)]);
        let later = fixture.actor_at(fixture.now() + TimeDelta::days(8), tom, &[Role::Practitioner]);
        assert!(matches!(answer_poll(&later, &thread, &[1]).await, Err(AppError::Conflict(_))), "it has closed");
        assert_eq!(counts(&later).await, [(0, false), (2, true)]);

        withdraw_post(&amina, &thread, 1).await.unwrap();
        assert!(poll_of(&tom_now, &mut fixture.snapshot().await, &thread).await.unwrap().is_none(), "it goes with the post that it stands below");
        assert_eq!(answer_poll(&tom_now, &thread, &[1]).await, Err(AppError::NotFound));
    }

    async fn where_several_can_be_chosen_an_answer_is_taken_back_by_choosing_none_and_none_is_no_answer(fixture: Fixture) {
        space(fixture, "everyone", SpaceKind::Centre, "").await;
        let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
        start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
        let thread = opened(&amina, "everyone", 1).await.unwrap();
        add_poll(&amina, &thread, &poll(true)).await.unwrap();
        let Err(AppError::Invalid(problems)) = answer_poll(&amina, &thread, &[]).await else { panic!("nothing was chosen") };
        assert_eq!((problems[0].field.as_str(), problems[0].message.as_str()), ("several", "Choose at least one of the answers."));
        answer_poll(&amina, &thread, &[1, 2]).await.unwrap();
        assert!(matches!(answer_poll(&amina, &thread, &[9]).await, Err(AppError::Invalid(_))));
        assert_eq!(counts(&amina).await, [(1, true), (1, true)], "what was answered before stays");
        answer_poll(&amina, &thread, &[]).await.unwrap();
        assert_eq!(counts(&amina).await, [(0, false), (0, false)]);
    }

    async fn whoever_would_add_a_poll_where_what_is_written_is_looked_at_first_is_told_before_they_write(fixture: Fixture) {
        const SLOW: &str = "UPDATE thread SET slowed_at = started_at";

        space(fixture, "everyone", SpaceKind::Centre, "").await;
        let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
        start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
        let thread = opened(&amina, "everyone", 1).await.unwrap();
        assert_eq!(what_becomes_of_poll(&amina, &thread).await.unwrap().0.waits, None);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SLOW).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(what_becomes_of_poll(&amina, &thread).await.unwrap().0.waits, Some(Because::Slowed));
        assert!(matches!(add_poll(&amina, &thread, &poll(false)).await, Err(AppError::Conflict(_))));
    }

    async fn whoever_gathers_what_is_heard_asks_where_everybody_reads_it_what_is_taken_up_next_and_that_stays_in_sight(fixture: Fixture) {
        space(fixture, "everyone", SpaceKind::Centre, "").await;
        space(fixture, "supervisors", SpaceKind::Supervisors, "").await;
        let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        let sian = at(fixture, 1, sian, Role::Coordinator);
        start(&amina, "everyone", "What next?", "Of these").await.unwrap();
        start(&sian, "everyone", "Which topics next year?", "Please choose").await.unwrap();
        let about_topics = NewPoll { is_about_topics: true, ..poll(true) };
        let hers = opened(&amina, "everyone", 1).await.unwrap();
        assert_eq!(add_poll(&amina, &hers, &about_topics).await, Err(AppError::NotAllowed));
        add_poll(&amina, &hers, &poll(true)).await.unwrap();
        let thread = opened(&sian, "everyone", 2).await.unwrap();
        assert!(what_becomes_of_poll(&sian, &thread).await.unwrap().1);
        add_poll(&sian, &thread, &about_topics).await.unwrap();
        answer_poll(&amina, &thread, &[1]).await.unwrap();

        let votes = topic_votes(&amina).await.unwrap();
        let said: Vec<_> = votes.iter().map(|vote| (vote.title.as_str(), vote.address.as_str(), vote.poll.people)).collect();
        assert_eq!(said, [("Which topics next year?", "/community/everyone/2", 1)]);
        assert_eq!(votes[0].poll.options.iter().map(|option| option.chosen).collect::<Vec<_>>(), [1, 0]);
        withdraw_post(&sian, &thread, 1).await.unwrap();
        assert_eq!(topic_votes(&amina).await.unwrap(), []);

        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor, Role::Coordinator]).await;
        let ruth = fixture.actor_at(fixture.now(), ruth, &[Role::Supervisor, Role::Coordinator]);
        start(&ruth, "supervisors", "And we?", "Please choose").await.unwrap();
        assert!(!what_becomes_of_poll(&ruth, &opened(&ruth, "supervisors", 1).await.unwrap()).await.unwrap().1, "not everybody reads it there");
    }

    async fn what_the_community_takes_up_next_is_asked_by_nobody_without_their_name_since_that_tells_what_they_are(fixture: Fixture) {
        const ALLOW: &str = "UPDATE space SET allows_unnamed = TRUE";

        space(fixture, "everyone", SpaceKind::Centre, "").await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(ALLOW).execute(pool).await.map(|_| ())).unwrap();
        let sian = at(fixture, 0, person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await, Role::Coordinator);
        let everyone = open_space(&sian, "everyone").await.unwrap();
        start_thread(&sian, &everyone, "What next?", &words("Of these").bearing_name(false)).await.unwrap();
        let thread = opened(&sian, "everyone", 1).await.unwrap();
        assert!(!what_becomes_of_poll(&sian, &thread).await.unwrap().1, "it is not offered");
        assert_eq!(add_poll(&sian, &thread, &NewPoll { is_about_topics: true, ..poll(true) }).await, Err(AppError::NotAllowed));
        add_poll(&sian, &thread, &poll(true)).await.unwrap();
    }

    async fn a_vote_that_is_hidden_takes_the_place_of_none_that_can_be_read(fixture: Fixture) {
        space(fixture, "everyone", SpaceKind::Centre, "").await;
        let sian = at(fixture, 0, person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await, Role::Coordinator);
        let mut threads = Vec::new();
        for number in 1..=6_i64 {
            start(&sian, "everyone", "What next?", "Of these").await.unwrap();
            let thread = opened(&sian, "everyone", number).await.unwrap();
            let closes_on = poll(true).closes_on + TimeDelta::days(number);
            add_poll(&sian, &thread, &NewPoll { is_about_topics: true, closes_on, ..poll(true) }).await.unwrap();
            threads.push(thread.id());
        }
        let addresses = async || topic_votes(&sian).await.unwrap().into_iter().map(|vote| vote.address).collect::<Vec<_>>();
        let of = |numbers: [i64; 5]| numbers.map(|number| crate::paths::thread("everyone", number));
        assert_eq!(addresses().await, of([6, 5, 4, 3, 2]));
        let mut transaction = sian.begin().await.unwrap();
        hide_post(&mut transaction, (threads[4], 1), HiddenAs::Hidden).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(addresses().await, of([6, 4, 3, 2, 1]));
    }
}
