//! What somebody who waits can always see and leave, and who learns how many wait.

use super::waits::{program, run, somebody, told, wait};
use super::*;
use crate::clinics::jobs::follow_clinics;
use crate::groups::store::{group_page, open_group};
use crate::groups::{Band, GroupAddress};

/// Cancels a session at a moment, or lets it take place again.
async fn cancel(fixture: &Fixture, code: &str, at: Option<DateTime<Utc>>) {
    const CANCEL: &str = "UPDATE session SET cancelled_at = $2, cancelled_reason = CASE WHEN $3 THEN 'other' ELSE '' END WHERE code = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(CANCEL).bind(code).bind(at).bind(at.is_some()).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn whoever_waits_finds_it_all_and_can_leave_it_also_once_they_can_book_no_more(fixture: Fixture) {
        const NO_ROLE: &str = "DELETE FROM person_role WHERE person_id = $1";

        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        for code in [&scene.first, &scene.second] {
            book(fixture, scene.amina, code).await.unwrap();
            wait(fixture, nia, code, 0).await.unwrap();
            wait(fixture, scene.tom, code, 1).await.unwrap();
        }
        cancel(fixture, &scene.second, Some(fixture.now())).await;
        let tom = practitioner(fixture, scene.tom);
        assert_eq!(open_clinics(&tom).await.unwrap().waits, 2, "also what was cancelled, which the page of clinics does not show");
        assert!(own_waits(&tom).await.unwrap().may_book);

        run(fixture, NO_ROLE, scene.tom).await;
        let tom = fixture.actor(scene.tom, &[Role::AuthorityLead]);
        let own = own_waits(&tom).await.unwrap();
        let shown: Vec<_> = own.sessions.iter().map(|session| (session.code.as_str(), session.band, session.is_cancelled)).collect();
        assert_eq!(shown, [(scene.first.as_str(), Band::FirstFive, false), (scene.second.as_str(), Band::FirstFive, true)]);
        assert!(!own.may_book);
        for code in [&scene.first, &scene.second] {
            stop_waiting(&tom, code).await.unwrap();
        }
        assert!(own_waits(&tom).await.unwrap().sessions.is_empty());
        assert_eq!(own_waits(&practitioner(fixture, nia)).await.unwrap().sessions.len(), 2, "nobody else is touched");
    }

    async fn whoever_stops_waiting_for_a_session_that_was_cancelled_is_not_told_when_it_takes_place_after_all(fixture: Fixture) {
        let scene = scene(fixture, 1).await;
        let nia = somebody(fixture, "Nia").await;
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for person in [scene.tom, nia] {
            wait(fixture, person, &scene.first, 0).await.unwrap();
        }
        cancel(fixture, &scene.first, Some(fixture.now())).await;
        let after = |minutes| program(fixture, fixture.now() + TimeDelta::minutes(minutes));
        assert_eq!(follow_clinics(&after(2)).await, Ok(2));
        let tom = practitioner(fixture, scene.tom);
        for _ in 0..2 {
            stop_waiting(&tom, &scene.first).await.unwrap();
        }
        assert_eq!(stop_waiting(&tom, "nowhere2").await, Err(AppError::NotFound));
        cancel(fixture, &scene.first, None).await;
        assert_eq!(follow_clinics(&after(4)).await, Ok(1));
        assert_eq!(told(fixture, scene.tom).await, ["The clinic on Thursday 29 October was cancelled"]);
        assert_eq!(told(fixture, nia).await.len(), 2);
    }

    async fn how_many_wait_is_told_to_those_who_read_who_came_and_to_nobody_who_books(fixture: Fixture) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";

        let scene = scene(fixture, 1).await;
        let (nia, femi) = (somebody(fixture, "Nia").await, somebody(fixture, "Femi").await);
        book(fixture, scene.amina, &scene.first).await.unwrap();
        for person in [scene.tom, nia, femi] {
            wait(fixture, person, &scene.first, 0).await.unwrap();
        }
        // Whoever cannot have a place is not counted.
        run(fixture, SUSPEND, femi).await;
        let (ruth, sian) = (fixture.actor(scene.ruth, &[Role::Supervisor]), coordinator(fixture).await);
        let amina = practitioner(fixture, scene.amina);
        let waiting = async |actor: &Actor| session_at(actor, &open_session(actor, &scene.first).await.unwrap()).await.unwrap().waiting;
        assert_eq!((waiting(&ruth).await, waiting(&sian).await, waiting(&amina).await), (2, 2, 0));
        let at_coming = async |actor: &Actor| {
            let page = group_page(actor, &open_group(actor, &scene.slug).await.unwrap(), &GroupAddress::default()).await.unwrap();
            page.coming.lines.iter().map(|line| line.waiting).collect::<Vec<_>>()
        };
        assert_eq!((at_coming(&ruth).await, at_coming(&sian).await), (vec![2, 0], vec![2, 0]));
        let listed = waited_sessions(&sian).await.unwrap();
        assert_eq!(listed.iter().map(|session| (session.code.as_str(), session.waiting)).collect::<Vec<_>>(), [(scene.first.as_str(), 2)]);

        cancel(fixture, &scene.first, Some(fixture.now())).await;
        assert_eq!((waiting(&ruth).await, waited_sessions(&sian).await.unwrap()), (0, vec![]));
        assert_eq!((at_coming(&ruth).await, at_coming(&sian).await), (vec![0, 0], vec![0, 0]));
    }
}
