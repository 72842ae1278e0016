//! What waiting for a place promises.

use super::*;
use crate::access::{Premises, System, system};
use crate::clinics::jobs::follow_clinics;
use crate::database::Clock;
use crate::groups::Band;
use crate::groups::store::end_group;
use crate::reminders::jobs::remind_of_sessions;

pub(super) fn program(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "places go to those who wait")
}

pub(super) async fn wait(fixture: &Fixture, person: PersonId, code: &str, minutes: i64) -> Result<Waits, AppError> {
    wait_on(fixture, person, form(code), minutes).await
}

async fn wait_on(fixture: &Fixture, person: PersonId, form: BookForm, minutes: i64) -> Result<Waits, AppError> {
    let actor = fixture.actor_at(fixture.now() + TimeDelta::minutes(minutes), person, &[Role::Practitioner]);
    wait_for_place(&actor, &form).await
}

/// Where somebody stands at the first session of the one clinic.
async fn stands(fixture: &Fixture, person: PersonId) -> Option<Band> {
    open_clinics(&practitioner(fixture, person)).await.unwrap().bookable[0].sessions[0].waits
}

async fn has_place(fixture: &Fixture, person: PersonId) -> bool {
    open_clinics(&practitioner(fixture, person)).await.unwrap().own.len() == 1
}

/// The subjects of what somebody was written.
pub(super) async fn told(fixture: &Fixture, person: PersonId) -> Vec<String> {
    const SUBJECTS: &str = "SELECT subject FROM message WHERE person_id = $1 ORDER BY created_at, id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(SUBJECTS).bind(person).fetch_all(pool).await).unwrap()
}

pub(super) async fn somebody(fixture: &Fixture, given_name: &str) -> PersonId {
    person(fixture, given_name, "Example", &[Role::Practitioner]).await
}

/// At how many texts somebody stands as one who has agreed.
async fn agreed(fixture: &Fixture, person: PersonId) -> i64 {
    const AGREED: &str = "SELECT COUNT(*) FROM agreement_party WHERE person_id = $1 AND agreed_at IS NOT NULL";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(AGREED).bind(person).fetch_one(pool).await).unwrap()
}

/// Moves the first session of the one clinic to some hours after its time.
async fn move_by(fixture: &Fixture, scene: &Scene, hours: i64) {
    const MOVE: &str = "UPDATE session SET starts_at = $2, starts_local = $3, ends_at = $4 WHERE code = $1";
    let starts_at = scene.starts_at + TimeDelta::hours(hours);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MOVE)
        .bind(&scene.first)
        .bind(starts_at)
        .bind(::series::local(starts_at))
        .bind(starts_at + TimeDelta::minutes(90))
        .execute(pool).await.map(|_| ()))
    .unwrap();
}

pub(super) async fn run(fixture: &Fixture, statement: &'static str, value: PersonId) {
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
        assert_eq!(wait(fixture, scene.amina, &scene.first, 0).await, Ok(Waits::NoMore), "whoever has a place needs none");
        assert_eq!(wait(fixture, scene.ruth, &scene.first, 0).await.unwrap_err().status(), 409, "whoever leads it waits for none");
        assert_eq!(wait(fixture, scene.tom, "nowhere2", 0).await, Err(AppError::NotFound));
        let outdated = BookForm { version: "2".to_owned(), ..form(&scene.first) };
        let refused = wait_for_place(&practitioner(fixture, scene.tom), &outdated).await.unwrap_err();
        assert!(refused.to_string().contains("wait again if you agree to them"), "{refused}");

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
        assert_eq!(follow_clinics(&program(fixture, fixture.now() + TimeDelta::hours(30))).await, Ok(0), "each is told once");
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

    async fn who_waits_has_not_agreed_to_the_terms_until_they_have_the_place(fixture: Fixture) {
        const GIVEN: &str = "SELECT detail FROM audit_entry WHERE action = 'give_waited_place'";

        let scene = scene(fixture, 1).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        assert_eq!(wait(fixture, scene.tom, &scene.first, 1).await, Ok(Waits::ForPlace));
        assert_eq!(agreed(fixture, scene.tom).await, 0);
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert_eq!(agreed(fixture, scene.tom).await, 1);
        let database = &fixture.database;
        let given: Vec<String> = on!(database, pool => sqlx::query_scalar(GIVEN).fetch_all(pool).await).unwrap();
        assert_eq!(given, [format!("person {}", scene.tom)]);
    }

    async fn a_cancellation_that_is_undone_after_it_was_told_leaves_everybody_waiting_and_tells_them(fixture: Fixture) {
        const RESTORE: &str = "UPDATE session SET cancelled_at = NULL, cancelled_reason = '' WHERE supervisor_id = $1";
        const CANCEL: &str = "UPDATE session SET cancelled_at = $2, cancelled_reason = 'other' WHERE supervisor_id = $1";

        let scene = scene(fixture, 1).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        wait(fixture, scene.tom, &scene.first, 0).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CANCEL).bind(scene.ruth).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        let after = |minutes| program(fixture, fixture.now() + TimeDelta::minutes(minutes));
        for (minutes, people) in [(2, 1), (3, 0)] {
            assert_eq!(follow_clinics(&after(minutes)).await, Ok(people));
        }
        run(fixture, RESTORE, scene.ruth).await;
        for (minutes, people) in [(4, 1), (5, 0)] {
            assert_eq!(follow_clinics(&after(minutes)).await, Ok(people));
        }
        let mut subjects = told(fixture, scene.tom).await;
        subjects.sort();
        assert_eq!(subjects, ["The clinic on Thursday 29 October takes place after all", "The clinic on Thursday 29 October was cancelled"]);
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(has_place(fixture, scene.tom).await);
    }

    async fn nobody_is_given_a_place_at_another_time_than_they_asked_for(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        wait(fixture, scene.tom, &scene.first, 1).await.unwrap();
        wait(fixture, nia, &scene.first, 2).await.unwrap();
        move_by(fixture, &scene, 26).await;
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        follow_clinics(&program(fixture, fixture.now())).await.unwrap();
        for person in [scene.tom, nia] {
            assert_eq!(told(fixture, person).await, ["A place on Friday 30 October is free"]);
            assert!(!has_place(fixture, person).await);
        }
        assert!(sessions_to_follow(&program(fixture, fixture.now())).await.unwrap().is_empty(), "nothing is left to do");
        // Whoever asks again asks for the new time, and keeps their place in the order.
        book(fixture, scene.amina, &scene.first).await.unwrap();
        assert!(open_clinics(&practitioner(fixture, scene.tom)).await.unwrap().bookable[0].sessions[0].is_other_than_asked);
        wait(fixture, nia, &scene.first, 3).await.unwrap();
        wait(fixture, scene.tom, &scene.first, 4).await.unwrap();
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(has_place(fixture, scene.tom).await && !has_place(fixture, nia).await);
        // A move that is taken back leaves those as they were who asked before.
        for hours in [0, 26] {
            move_by(fixture, &scene, hours).await;
        }
        give_back_place(&practitioner(fixture, scene.tom), &scene.first).await.unwrap();
        assert!(has_place(fixture, nia).await);
    }

    async fn who_agreed_to_terms_that_are_in_force_no_more_is_told_of_a_free_place_and_can_agree_anew(fixture: Fixture) {
        const BODIES: &str = "SELECT body FROM message WHERE person_id = $1";

        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        wait(fixture, scene.tom, &scene.first, 1).await.unwrap();
        wait(fixture, nia, &scene.first, 2).await.unwrap();
        let version = propose(fixture, &scene.slug, scene.ruth, 1, "What is said here stays here, and is written nowhere.").await;
        assert!(agree(fixture, &scene.slug, &[scene.ruth], version).await);
        let anew = |code: &str| BookForm { version: version.to_string(), ..form(code) };
        wait_on(fixture, scene.tom, anew(&scene.first), 3).await.unwrap();
        give_back_place(&practitioner(fixture, scene.amina), &scene.first).await.unwrap();
        assert!(has_place(fixture, scene.tom).await);
        assert_eq!((agreed(fixture, scene.tom).await, told(fixture, nia).await.len()), (1, 0));

        give_back_place(&practitioner(fixture, scene.tom), &scene.first).await.unwrap();
        assert!(!has_place(fixture, nia).await);
        assert_eq!(told(fixture, nia).await, ["A place on Thursday 29 October is free"]);
        let database = &fixture.database;
        let bodies: Vec<String> = on!(database, pool => sqlx::query_scalar(BODIES).bind(nia).fetch_all(pool).await).unwrap();
        assert!(bodies.iter().all(|body| body.contains("terms have changed") && !body.contains("Since the session is near")));
        assert!(sessions_to_follow(&program(fixture, fixture.now())).await.unwrap().is_empty(), "nothing is left to do");
    }

    async fn who_cannot_book_any_more_is_not_told_of_a_place_and_can_stop_waiting(fixture: Fixture) {
        const NO_ROLE: &str = "DELETE FROM person_role WHERE person_id = $1";
        const LEADS: &str = "UPDATE session SET supervisor_id = $1";

        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for person in [scene.tom, nia] {
            wait(fixture, person, &scene.first, 0).await.unwrap();
        }
        run(fixture, NO_ROLE, scene.tom).await;
        run(fixture, LEADS, nia).await;
        let last_day = scene.starts_at - TimeDelta::hours(5);
        give_back_place(&fixture.actor_at(last_day, scene.amina, &[Role::Practitioner]), &scene.first).await.unwrap();
        assert!(sessions_to_follow(&program(fixture, last_day)).await.unwrap().is_empty(), "there is nobody to tell");
        assert!(told(fixture, scene.tom).await.is_empty());
        let as_supervisor = ["A place was given back for Thursday 29 October"];
        assert_eq!(told(fixture, nia).await, as_supervisor, "whoever leads it is told that alone");
        stop_waiting(&fixture.actor(scene.tom, &[]), &scene.first).await.unwrap();
        assert_eq!(stands(fixture, scene.tom).await, None);
    }

    async fn nobody_is_given_a_place_that_they_could_hardly_give_back_in_good_time(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for (minutes, person) in [(1, scene.tom), (2, nia)] {
            wait(fixture, person, &scene.first, minutes).await.unwrap();
        }
        let give_back = async |person, hours| {
            let actor = fixture.actor_at(scene.starts_at - TimeDelta::hours(hours), person, &[Role::Practitioner]);
            give_back_place(&actor, &scene.first).await.unwrap();
        };
        give_back(scene.amina, 37).await;
        assert!(has_place(fixture, scene.tom).await, "there are thirteen hours to give it back");
        give_back(scene.tom, 35).await;
        assert!(!has_place(fixture, nia).await, "there would be eleven");
        assert_eq!(told(fixture, nia).await, ["A place on Thursday 29 October is free"]);
    }
}
