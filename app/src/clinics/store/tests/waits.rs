//! What waiting for a place promises.

use super::*;
use crate::access::{Premises, System, system};
use crate::clinics::jobs::follow_clinics;
use crate::database::Clock;
use crate::groups::Band;
use crate::groups::store::end_group;
use crate::reminders::jobs::remind_of_sessions;

fn program(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "places go to those who wait")
}

async fn wait(fixture: &Fixture, person: PersonId, code: &str, minutes: i64) -> Result<(), AppError> {
    let actor = fixture.actor_at(fixture.now() + TimeDelta::minutes(minutes), person, &[Role::Practitioner]);
    wait_for_place(&actor, &form(code)).await
}

/// Where somebody stands at the first session of the one clinic.
async fn stands(fixture: &Fixture, person: PersonId) -> Option<Band> {
    open_clinics(&practitioner(fixture, person)).await.unwrap().bookable[0].sessions[0].waits
}

async fn has_place(fixture: &Fixture, person: PersonId) -> bool {
    open_clinics(&practitioner(fixture, person)).await.unwrap().own.len() == 1
}

/// The subjects of what somebody was written.
async fn told(fixture: &Fixture, person: PersonId) -> Vec<String> {
    const SUBJECTS: &str = "SELECT subject FROM message WHERE person_id = $1 ORDER BY created_at, id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(SUBJECTS).bind(person).fetch_all(pool).await).unwrap()
}

async fn somebody(fixture: &Fixture, given_name: &str) -> PersonId {
    person(fixture, given_name, "Example", &[Role::Practitioner]).await
}

async fn run(fixture: &Fixture, statement: &'static str, value: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(value).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn a_place_that_is_given_back_is_whoevers_has_waited_longest_and_they_are_told(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        let nia = somebody(fixture, "Nia").await;
        wait(fixture, scene.tom, &scene.first, 2).await.unwrap();
        wait(fixture, nia, &scene.first, 1).await.unwrap();
        // A second press keeps one's place in the order.
        wait(fixture, nia, &scene.first, 3).await.unwrap();
        assert_eq!((stands(fixture, nia).await, stands(fixture, scene.amina).await), (Some(Band::FirstFive), None));

        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(has_place(fixture, nia).await && !has_place(fixture, scene.tom).await);
        assert_eq!((stands(fixture, nia).await, stands(fixture, scene.tom).await), (None, Some(Band::FirstFive)));
        assert_eq!((told(fixture, nia).await, told(fixture, scene.tom).await), (vec!["A place on Thursday 29 October is yours".to_owned()], vec![]));
        // Whoever has it gives it back in the same way, and it goes on.
        give_back_place(&practitioner(fixture, nia), &scene.first).await.unwrap();
        assert!(has_place(fixture, scene.tom).await);
    }

    async fn one_waits_for_a_full_session_alone_and_stops_when_one_likes(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        let refused = wait(fixture, scene.tom, &scene.first, 0).await.unwrap_err();
        assert_eq!(refused, AppError::Conflict("A place has become free in the meantime. Book it below.".to_owned()));
        book(fixture, scene.amina, &scene.first).await.unwrap();
        assert_eq!(wait(fixture, scene.amina, &scene.first, 0).await, Ok(()), "whoever has a place needs none");
        assert_eq!(wait(fixture, scene.ruth, &scene.first, 0).await.unwrap_err().status(), 409, "whoever leads it waits for none");
        assert_eq!(wait(fixture, scene.tom, "nowhere2", 0).await, Err(AppError::NotFound));
        let outdated = BookForm { version: "2".to_owned(), ..form(&scene.first) };
        assert_eq!(wait_for_place(&practitioner(fixture, scene.tom), &outdated).await.unwrap_err().status(), 409);

        wait(fixture, scene.tom, &scene.first, 0).await.unwrap();
        for _ in 0..2 {
            stop_waiting(&practitioner(fixture, scene.tom), &scene.first).await.unwrap();
        }
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(!has_place(fixture, scene.tom).await && told(fixture, scene.tom).await.is_empty());
    }

    async fn whoever_cannot_have_the_place_is_passed_over_and_waits_on(fixture: Fixture) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        const LEADS: &str = "UPDATE session SET supervisor_id = $1";

        let scene = scene(fixture, 1).await;
        let (nia, dilys) = (somebody(fixture, "Nia").await, somebody(fixture, "Dilys").await);
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for (minutes, person) in [nia, dilys, scene.tom].into_iter().enumerate() {
            wait(fixture, person, &scene.first, i64::try_from(minutes).unwrap()).await.unwrap();
        }
        run(fixture, SUSPEND, nia).await;
        run(fixture, LEADS, dilys).await;
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(has_place(fixture, scene.tom).await && told(fixture, nia).await.is_empty());
        assert_eq!(stands(fixture, nia).await, Some(Band::FirstFive));
    }

    async fn in_the_last_day_nobody_is_given_a_place_unasked_and_all_who_wait_are_told_once(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for person in [scene.tom, nia] {
            wait(fixture, person, &scene.first, 0).await.unwrap();
        }
        let last_day = scene.starts_at - TimeDelta::hours(5);
        let at = |person| fixture.actor_at(last_day, person, &[Role::Practitioner]);
        give_back_place(&at(scene.amina), &scene.first).await.unwrap();
        follow_clinics(&program(fixture, last_day)).await.unwrap();
        for person in [scene.tom, nia] {
            assert_eq!(told(fixture, person).await, ["A place on Thursday 29 October is free"]);
        }
        book_place(&at(nia), &form(&scene.first)).await.unwrap();
        assert_eq!((stands(fixture, nia).await, stands(fixture, scene.tom).await), (None, Some(Band::FirstFive)));
        // Once it has begun nobody waits for it, and nobody is written to.
        assert_eq!(follow_clinics(&program(fixture, scene.starts_at)).await, Ok(1));
        assert_eq!((stands(fixture, scene.tom).await, told(fixture, scene.tom).await.len()), (None, 1));
    }

    async fn whoever_waits_is_reminded_of_nothing_and_told_when_the_session_is_cancelled_or_the_clinic_ends(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        for code in [&scene.first, &scene.second] {
            book(fixture, scene.amina, code).await.unwrap();
            wait(fixture, scene.tom, code, 0).await.unwrap();
        }
        assert!(remind_of_sessions(&program(fixture, scene.starts_at - TimeDelta::hours(20))).await.unwrap() > 0);
        assert!(told(fixture, scene.tom).await.is_empty());

        let sian = coordinator(fixture).await;
        let clinic = crate::groups::store::open_group_to_change(&sian, &scene.slug).await.unwrap();
        end_group(&sian, &clinic, 1).await.unwrap();
        assert_eq!(follow_clinics(&program(fixture, fixture.now() + TimeDelta::seconds(20))).await, Ok(0), "it may still be undone");
        let (one, other) = (program(fixture, fixture.now() + TimeDelta::minutes(2)), program(fixture, fixture.now() + TimeDelta::minutes(2)));
        let (here, there) = tokio::join!(follow_clinics(&one), follow_clinics(&other));
        assert_eq!(here.unwrap() + there.unwrap(), 2, "two processes at once tell each once");
        let mut subjects = told(fixture, scene.tom).await;
        subjects.sort();
        assert_eq!(subjects, ["The clinic on Thursday 29 October was cancelled", "The clinic on Thursday 5 November was cancelled"]);
    }

    async fn where_a_clinic_has_more_places_from_now_on_those_who_wait_have_them(fixture: Fixture) {
        const MORE: &str = "UPDATE supervision_group SET capacity = 3 WHERE supervisor_id = $1";

        let scene = scene(fixture, 1).await;
        let (nia, dilys) = (somebody(fixture, "Nia").await, somebody(fixture, "Dilys").await);
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for (minutes, person) in [nia, dilys, scene.tom].into_iter().enumerate() {
            wait(fixture, person, &scene.first, i64::try_from(minutes).unwrap()).await.unwrap();
        }
        assert_eq!(follow_clinics(&program(fixture, fixture.now())).await, Ok(0));
        run(fixture, MORE, scene.ruth).await;
        assert_eq!(follow_clinics(&program(fixture, fixture.now())).await, Ok(2));
        assert!(has_place(fixture, nia).await && has_place(fixture, dilys).await && !has_place(fixture, scene.tom).await);
    }
}
