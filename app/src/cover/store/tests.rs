//! What holds of cover on both databases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

use super::*;
use crate::access::{Actor, Role};
use crate::availability::store::{add_hours, add_leave, open_availability, set_limits};
use crate::availability::{LeaveKind, Limits, NewHours, NewLeave, Stretch};
use crate::cover::answers::CoverForPage;
use crate::cover::forms::CoverForm;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group, messages};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::SessionId;
use crate::sessions::fixture::{Meeting, meeting, session};
use crate::sessions::store::open_session;

/// The instant at which the clocks of the United Kingdom show a time.
fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

/// A supervisor who works every Thursday, for so many hours of sessions in a week.
async fn working(fixture: &Fixture, name: &str, contracted: i64) -> PersonId {
    let who = person(fixture, name, "Example", &[Role::Supervisor]).await;
    let sian = coordinator(fixture).await;
    let opened = open_availability(&sian, &code_of(fixture, who).await).await.unwrap();
    let time = |text| chrono::NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let stretch = Stretch::new(time("09:00"), time("17:00")).unwrap();
    let hours = NewHours { weekdays: vec![Weekday::Thu], stretch, kinds: Vec::new(), is_preferred: false };
    add_hours(&sian, &opened, &hours).await.unwrap();
    let limits = Limits { contracted_minutes: Some(contracted * 60), ..Limits::default() };
    set_limits(&sian, &opened, 0, &limits).await.unwrap();
    who
}

async fn mark_away(fixture: &Fixture, sian: &Actor, who: PersonId, day: &str) {
    let opened = open_availability(sian, &code_of(fixture, who).await).await.unwrap();
    let day: NaiveDate = day.parse().unwrap();
    add_leave(sian, &opened, &NewLeave { first: day, last: day, kind: LeaveKind::Leave }).await.unwrap();
}

async fn page(fixture: &Fixture, sian: &Actor, who: PersonId) -> CoverForPage {
    let away = open_absence(sian, &code_of(fixture, who).await).await.unwrap();
    cover_for(sian, &away).await.unwrap()
}

/// Ruth's session on Thursday 5 November at ten, on which she is away.
async fn away_on_a_thursday(fixture: &Fixture) -> (Meeting, Actor) {
    let meeting = meeting(fixture, uk("2026-11-05 10:00")).await;
    let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
    mark_away(fixture, &sian, meeting.ruth, "2026-11-05").await;
    (meeting, sian)
}

async fn form(fixture: &Fixture, meeting: &Meeting, to: PersonId) -> CoverForm {
    CoverForm { session: meeting.code.clone(), from: code_of(fixture, meeting.ruth).await, to: code_of(fixture, to).await }
}

async fn leader_of(fixture: &Fixture, session: SessionId) -> PersonId {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT supervisor_id FROM session WHERE id = $1").bind(session).fetch_one(pool).await)
        .unwrap()
}

fn names(page: &CoverForPage) -> Vec<Vec<&str>> {
    page.open.iter().map(|session| session.candidates.iter().map(|candidate| candidate.name.short.as_str()).collect()).collect()
}

both_databases! {
    async fn every_session_of_the_days_away_is_listed_with_who_could_lead_it(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        session(fixture, meeting.group, uk("2026-11-12 10:00"), 90).await;
        let bola = working(fixture, "Bola", 6).await;
        working(fixture, "Chidi", 9).await;
        working(fixture, "Dana", 6).await;
        // Bola has covered before, and so comes after Dana, who has the same hours left.
        let other = session(fixture, meeting.group, uk("2026-10-29 13:00"), 60).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE session SET supervisor_id = $1 WHERE id = $2").bind(bola).bind(other).execute(pool).await.map(|_| ())).unwrap();

        let needed = cover_needed(&sian).await.unwrap();
        assert_eq!(needed.away.iter().map(|line| (line.person.short.as_str(), line.sessions)).collect::<Vec<_>>(), [("Ruth A.", 1)]);
        let page = page(fixture, &sian, meeting.ruth).await;
        assert_eq!(names(&page), [vec!["Chidi E.", "Dana E.", "Bola E."]]);
        assert_eq!(page.open[0].candidates[0].reason, "Free then. 9 hours of the contract left in that week. No cover of late.");
        assert_eq!(page.covered.iter().map(|session| session.cover.short.as_str()).collect::<Vec<_>>(), ["Bola E."]);
    }

    async fn only_those_who_give_it_already_cover_video_interaction_guidance(fixture: Fixture) {
        let ruth = working(fixture, "Ruth", 9).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let vig = group(fixture, ruth, &[amina], GroupKind::Vig).await;
        session(fixture, vig, uk("2026-11-05 10:00"), 60).await;
        let sian = coordinator(fixture).await;
        mark_away(fixture, &sian, ruth, "2026-11-05").await;
        let bola = working(fixture, "Bola", 9).await;
        working(fixture, "Chidi", 9).await;
        assert_eq!(names(&page(fixture, &sian, ruth).await), [Vec::<&str>::new()]);
        group(fixture, bola, &[], GroupKind::Vig).await;
        assert_eq!(names(&page(fixture, &sian, ruth).await), [vec!["Bola E."]]);
    }

    async fn one_press_gives_the_session_and_tells_everybody_in_it_and_nobodys_name(fixture: Fixture) {
        const BODIES: &str = "SELECT body FROM message WHERE body LIKE '%leads your session%' OR body LIKE '%in place of its supervisor%' OR body LIKE '%a session of yours%'";
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, nadia);
        assert_eq!(messages(fixture, "Another supervisor leads your session on Thursday 5 November").await, 2);
        assert_eq!(messages(fixture, "You cover a session on Thursday 5 November").await, 1);
        assert_eq!(messages(fixture, "Your session on Thursday 5 November has cover").await, 1);
        let database = &fixture.database;
        let bodies: Vec<String> = on!(database, pool => sqlx::query_scalar(BODIES).fetch_all(pool).await).unwrap();
        assert_eq!(bodies.len(), 4);
        assert!(bodies.iter().all(|body| !body.contains("Nadia") && !body.contains("Ruth") && !body.contains("Amina")));
        assert_eq!(bodies.iter().filter(|body| body.contains("What you agreed about confidentiality covers that person too.")).count(), 2);

        // The attendance is hers to mark, and the group stays Ruth's.
        let opened = open_session(&fixture.actor(nadia, &[Role::Supervisor]), &meeting.code).await.unwrap();
        assert!(opened.is_led_by_actor() && opened.is_cover());
        let page = page(fixture, &sian, meeting.ruth).await;
        assert_eq!((page.open.len(), page.covered.len()), (0, 1));
        assert_eq!(cover_needed(&sian).await.unwrap().away, []);
    }

    async fn of_two_who_press_at_once_one_is_told_that_the_other_was_quicker(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let (nadia, bola) = (working(fixture, "Nadia", 9).await, working(fixture, "Bola", 9).await);
        let (first, second) = (form(fixture, &meeting, nadia).await, form(fixture, &meeting, bola).await);
        let (one, other) = tokio::join!(give_cover(&sian, &first), give_cover(&sian, &second));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        assert_eq!(one.and(other).unwrap_err().status(), 409);
    }

    async fn nobody_is_given_two_sessions_at_once(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let second = session(fixture, meeting.group, uk("2026-11-05 11:00"), 90).await;
        let nadia = working(fixture, "Nadia", 9).await;
        let first = form(fixture, &meeting, nadia).await;
        let clashing = CoverForm { session: crate::sessions::fixture::code_of(fixture, second).await, ..first.clone() };
        let (one, other) = tokio::join!(give_cover(&sian, &first), give_cover(&sian, &clashing));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        let refused = one.and(other).unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("no longer free"), "{refused}");
    }

    async fn a_session_is_given_to_nobody_who_is_away_unknown_or_supervised_at_it(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let ewa = working(fixture, "Ewa", 9).await;
        mark_away(fixture, &sian, ewa, "2026-11-05").await;
        for who in [ewa, meeting.amina, meeting.ruth] {
            assert_eq!(give_cover(&sian, &form(fixture, &meeting, who).await).await.unwrap_err().status(), 409);
        }
        let unknown = CoverForm { to: "nobody22".to_owned(), ..form(fixture, &meeting, ewa).await };
        assert_eq!(give_cover(&sian, &unknown).await, Err(AppError::NotFound));
        assert_eq!(leader_of(fixture, meeting.session).await, meeting.ruth);
    }

    async fn the_sessions_of_somebody_suspended_need_cover_on_every_day(fixture: Fixture) {
        let meeting = meeting(fixture, uk("2026-11-05 10:00")).await;
        session(fixture, meeting.group, fixture.now() - TimeDelta::days(1), 90).await;
        let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
        assert_eq!(cover_needed(&sian).await.unwrap().away, []);
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE person SET standing = 'suspended' WHERE id = $1").bind(meeting.ruth).execute(pool).await.map(|_| ())).unwrap();
        let away = cover_needed(&sian).await.unwrap().away;
        assert_eq!(away.iter().map(|line| (line.sessions, line.is_gone)).collect::<Vec<_>>(), [(1, true)]);
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, nadia);
    }
}
