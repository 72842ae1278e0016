//! What booking promises, on both databases.

mod own_waits;
mod waits;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Role};
use crate::agreements::fixture::{agree, propose};
use crate::clinics::answers::Clinics;
use crate::clinics::forms::BookForm;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::groups::fixture::{code_of, coordinator, group, messages, slug_of};
use crate::groups::{CancelReason, GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::sessions::fixture as sessions;
use crate::sessions::model::AttendanceState;
use crate::sessions::readers::Relation;
use crate::sessions::store::{cancel_session, open_session, record_at, session_at};

/// A clinic of Ruth's with its terms in force, which meets in seven days and in fourteen.
struct Scene {
    ruth: PersonId,
    amina: PersonId,
    tom: PersonId,
    clinic: GroupId,
    slug: String,
    starts_at: DateTime<Utc>,
    first: String,
    second: String,
}

async fn scene(fixture: &Fixture, places: i64) -> Scene {
    const PLACES: &str = "UPDATE supervision_group SET capacity = $1 WHERE id = $2";

    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
    let database = &fixture.database;
    on!(database, pool => sqlx::query(PLACES).bind(places).bind(clinic).execute(pool).await.map(|_| ())).unwrap();
    let slug = slug_of(fixture, clinic).await;
    let version = propose(fixture, &slug, ruth, 0, "What is said here stays here.").await;
    assert!(agree(fixture, &slug, &[ruth], version).await);
    let starts_at = fixture.now() + TimeDelta::days(7);
    let first = sessions::code_of(fixture, sessions::session(fixture, clinic, starts_at, 90).await).await;
    let second = sessions::code_of(fixture, sessions::session(fixture, clinic, starts_at + TimeDelta::days(7), 90).await).await;
    Scene { ruth, amina, tom, clinic, slug, starts_at, first, second }
}

fn practitioner(fixture: &Fixture, person: PersonId) -> Actor {
    fixture.actor(person, &[Role::Practitioner])
}

fn form(code: &str) -> BookForm {
    BookForm { session: code.to_owned(), version: "1".to_owned() }
}

async fn book(fixture: &Fixture, person: PersonId, code: &str) -> Result<(), AppError> {
    book_place(&practitioner(fixture, person), &form(code)).await
}

/// How many places are free at the sessions of the one clinic, as somebody is shown it.
fn free(shown: &Clinics) -> Vec<i64> {
    shown.bookable[0].sessions.iter().map(|session| session.free).collect()
}

async fn one_of_fifty_gets_the_place(fixture: &Fixture) {
    const TAKEN: &str = "SELECT COUNT(place) FROM booking";

    let scene = scene(fixture, 1).await;
    let mut attempts = Vec::new();
    for nth in 0..50 {
        let somebody = practitioner(fixture, person(fixture, &format!("Person{nth}"), "Example", &[Role::Practitioner]).await);
        let form = form(&scene.first);
        attempts.push(tokio::spawn(async move { book_place(&somebody, &form).await }));
    }
    let mut refused = Vec::new();
    for attempt in attempts {
        refused.extend(attempt.await.unwrap().err());
    }
    let sentence = "Every place at this session is taken. The next with a place is on Thursday 5 November at 08:00.";
    assert_eq!(refused, vec![AppError::Conflict(sentence.to_owned()); 49]);
    let database = &fixture.database;
    let taken: i64 = on!(database, pool => sqlx::query_scalar(TAKEN).fetch_one(pool).await).unwrap();
    assert_eq!((taken, messages(fixture, "Your place on%").await), (1, 1));
}

both_databases! {
    async fn of_fifty_who_want_the_one_place_at_once_one_gets_it_and_the_others_are_told_where_there_is_another(fixture: Fixture) {
        one_of_fifty_gets_the_place(fixture).await;
    }

    async fn whoever_books_is_at_the_session_and_nobody_else_learns_who_has(fixture: Fixture) {
        let scene = scene(fixture, 6).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        let amina = practitioner(fixture, scene.amina);
        let opened = open_session(&amina, &scene.first).await.unwrap();
        assert_eq!(opened.relation(), Relation::Member);
        let page = session_at(&amina, &opened).await.unwrap();
        assert_eq!(page.people.iter().map(|person| person.name.short.as_str()).collect::<Vec<_>>(), ["Amina R."]);
        assert!(page.room.is_some());

        let tom = practitioner(fixture, scene.tom);
        assert_eq!(open_session(&tom, &scene.first).await.unwrap_err(), AppError::NotFound);
        assert_eq!(open_session(&amina, &scene.second).await.unwrap_err(), AppError::NotFound);
        let shown = open_clinics(&tom).await.unwrap();
        assert_eq!((free(&shown), shown.own.len()), (vec![5, 6], 0));
        assert_eq!(open_clinics(&amina).await.unwrap().own.len(), 1);
        let ruth = fixture.actor(scene.ruth, &[Role::Supervisor]);
        let opened = open_session(&ruth, &scene.first).await.unwrap();
        assert_eq!(session_at(&ruth, &opened).await.unwrap().people.len(), 1);
    }

    async fn a_second_press_books_no_second_place(fixture: Fixture) {
        let scene = scene(fixture, 6).await;
        for _ in 0..2 {
            book(fixture, scene.amina, &scene.first).await.unwrap();
        }
        assert_eq!(free(&open_clinics(&practitioner(fixture, scene.tom)).await.unwrap()), [5, 6]);
        assert_eq!(messages(fixture, "Your place on%").await, 1);
    }

    async fn a_place_given_back_in_good_time_is_free_at_once_and_leaves_nothing(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        assert_eq!(book(fixture, scene.tom, &scene.first).await.unwrap_err().status(), 409);
        let amina = practitioner(fixture, scene.amina);
        for _ in 0..2 {
            give_back_place(&amina, &scene.first).await.unwrap();
        }
        assert_eq!(open_session(&amina, &scene.first).await.unwrap_err(), AppError::NotFound);
        book(fixture, scene.tom, &scene.first).await.unwrap();
        assert_eq!(messages(fixture, "A place was given back%").await, 0);
    }

    async fn a_place_given_back_in_the_last_day_is_free_at_once_and_counts_as_late_apologies(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        let last_day = scene.starts_at - TimeDelta::hours(3);
        let at = |person, role| fixture.actor_at(last_day, person, &[role]);
        give_back_place(&at(scene.amina, Role::Practitioner), &scene.first).await.unwrap();
        assert_eq!(messages(fixture, "A place was given back for Thursday 29 October").await, 1);
        book_place(&at(scene.tom, Role::Practitioner), &form(&scene.first)).await.unwrap();

        let ruth = fixture.actor_at(scene.starts_at + TimeDelta::hours(2), scene.ruth, &[Role::Supervisor]);
        let record = record_at(&ruth, &open_session(&ruth, &scene.first).await.unwrap()).await.unwrap();
        let lines: Vec<_> = record.lines.iter().map(|line| (line.name.short.as_str(), line.mark.map(|mark| mark.state))).collect();
        assert_eq!(lines, [("Tom B.", None), ("Amina R.", Some(AttendanceState::CancelledByMember))]);
        // Whoever changes their mind once more stands where everybody stands.
        let again = book_place(&at(scene.amina, Role::Practitioner), &form(&scene.first)).await.unwrap_err();
        assert_eq!(again.status(), 409);
        give_back_place(&at(scene.tom, Role::Practitioner), &scene.first).await.unwrap();
        book_place(&at(scene.amina, Role::Practitioner), &form(&scene.first)).await.unwrap();
        let record = record_at(&ruth, &open_session(&ruth, &scene.first).await.unwrap()).await.unwrap();
        assert!(record.lines.iter().any(|line| line.name.short == "Amina R." && line.apologies.is_none()));
    }

    async fn booking_agrees_to_the_terms_in_force_and_to_no_others(fixture: Fixture) {
        const AGREED: &str = "\
SELECT a.version
FROM agreement a
JOIN agreement_party p ON p.agreement_id = a.id
WHERE p.person_id = $1 AND p.agreed_at IS NOT NULL";

        let scene = scene(fixture, 6).await;
        let version = propose(fixture, &scene.slug, scene.ruth, 1, "What is said here stays here, and is written nowhere.").await;
        assert!(agree(fixture, &scene.slug, &[scene.ruth], version).await);
        let amina = practitioner(fixture, scene.amina);
        for version in ["1", "3", "", "-2"] {
            let outdated = BookForm { version: version.to_owned(), ..form(&scene.first) };
            assert_eq!(book_place(&amina, &outdated).await.unwrap_err().status(), 409);
        }
        book_place(&amina, &BookForm { version: "2".to_owned(), ..form(&scene.first) }).await.unwrap();
        let database = &fixture.database;
        let agreed: Vec<i64> = on!(database, pool => sqlx::query_scalar(AGREED).bind(scene.amina).fetch_all(pool).await).unwrap();
        assert_eq!(agreed, [2]);
    }

    async fn places_are_booked_at_coming_sessions_of_open_clinics_by_those_who_do_not_lead_them(fixture: Fixture) {
        let scene = scene(fixture, 6).await;
        let meeting = sessions::meeting(fixture, scene.starts_at).await;
        for code in [meeting.code.as_str(), "nowhere2"] {
            assert_eq!(book(fixture, scene.amina, code).await, Err(AppError::NotFound));
            assert_eq!(give_back_place(&practitioner(fixture, scene.amina), code).await, Err(AppError::NotFound));
        }
        let late = fixture.actor_at(scene.starts_at, scene.amina, &[Role::Practitioner]);
        assert_eq!(book_place(&late, &form(&scene.first)).await.unwrap_err().status(), 409);
        assert_eq!(book(fixture, scene.ruth, &scene.first).await.unwrap_err().status(), 409);
    }

    async fn a_cancelled_session_is_told_to_those_who_have_booked_it(fixture: Fixture) {
        let scene = scene(fixture, 6).await;
        for (who, code) in [(scene.amina, &scene.first), (scene.tom, &scene.second)] {
            book(fixture, who, code).await.unwrap();
        }
        let sian = coordinator(fixture).await;
        let begun = fixture.actor_at(scene.starts_at, sian.person(), &[Role::Coordinator]);
        let session = open_session(&begun, &scene.first).await.unwrap();
        cancel_session(&begun, &session, CancelReason::SupervisorAway).await.unwrap();
        assert_eq!(messages(fixture, "%does not take place").await, 2);
        let record = record_at(&sian, &open_session(&sian, &scene.first).await.unwrap()).await.unwrap();
        assert_eq!(record.lines.iter().map(|line| line.mark.unwrap().state).collect::<Vec<_>>(), [AttendanceState::CancelledByCentre]);
        assert_eq!(book(fixture, scene.tom, &scene.first).await.unwrap_err().status(), 409);
        assert_eq!(free(&open_clinics(&practitioner(fixture, scene.amina)).await.unwrap()), [5]);
    }

    async fn what_was_agreed_at_one_session_is_not_read_at_another(fixture: Fixture) {
        const ACTION: &str = "\
INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at)
SELECT $1, group_id, id, $2, 'Try a pause before answering', starts_at FROM session WHERE code = $3";

        let scene = scene(fixture, 6).await;
        for (who, code) in [(scene.amina, &scene.first), (scene.tom, &scene.second)] {
            book(fixture, who, code).await.unwrap();
        }
        let database = &fixture.database;
        on!(database, pool => sqlx::query(ACTION).bind(new_id()).bind(scene.amina).bind(&scene.first).execute(pool).await.map(|_| ())).unwrap();
        for (who, code, actions) in [(scene.amina, &scene.first, 1), (scene.tom, &scene.second, 0)] {
            let actor = practitioner(fixture, who);
            let page = session_at(&actor, &open_session(&actor, code).await.unwrap()).await.unwrap();
            assert_eq!(page.actions.unwrap().len(), actions);
        }
    }

    async fn nobody_joins_an_open_clinic(fixture: Fixture) {
        let scene = scene(fixture, 6).await;
        let sian = coordinator(fixture).await;
        let clinic = crate::groups::store::open_group(&sian, &scene.slug).await.unwrap();
        assert_eq!(clinic.id(), scene.clinic);
        let joined = crate::groups::store::add_member(&sian, &clinic, &code_of(fixture, scene.amina).await).await;
        assert_eq!(joined, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn of_fifty_who_want_the_one_place_at_once_one_gets_it_in_a_file_with_many_connections() {
    let fixture = Fixture::in_a_file().await;
    one_of_fifty_gets_the_place(&fixture).await;
    fixture.close().await;
}
