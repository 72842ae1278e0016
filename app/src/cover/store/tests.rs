//! What holds of cover on both databases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

use super::*;
use crate::access::{Actor, Role};
use crate::availability::store::{
    add_hours, add_leave, availability_page, open_availability, open_conflicts, set_limits, set_qualifications,
};
use crate::availability::{LeaveKind, Limits, NewHours, NewLeave, QualificationsForm, Stretch};
use crate::clinics::store::give_back_place;
use crate::cover::answers::CoverForPage;
use crate::cover::forms::{CoverForm, EndCoverForm};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::fixture::{coordinator, group, messages};
use crate::groups::{GroupId, GroupKind};
use crate::holds::fixture::hold;
use crate::matching::fixture::email_of;
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::people::store::suspend_person;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::sessions::AttendanceState;
use crate::sessions::SessionId;
use crate::sessions::answers::Mark;
use crate::sessions::fixture::{Meeting, book, meeting, session};
use crate::sessions::forms::{ActionChanges, Record, Save};
use crate::sessions::store::{open_session, save_record, send_apologies, sessions_to_mark};

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

/// Hands a group over while somebody presses: on Postgres they have read by then whose it was before.
async fn while_handed_over(
    fixture: &Fixture,
    (group, to): (GroupId, PersonId),
    press: impl Future<Output = Result<(), AppError>>,
) -> Result<(), AppError> {
    const HAND_OVER: &str = "UPDATE supervision_group SET supervisor_id = $2 WHERE id = $1";

    let mut transaction = fixture.database.begin().await.unwrap();
    on!(&mut transaction, connection => sqlx::query(HAND_OVER).bind(group).bind(to).execute(connection).await.map(|_| ())).unwrap();
    let hand_over = async move {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        transaction.commit().await.unwrap();
    };
    tokio::join!(press, hand_over).0
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
        assert_eq!(page.open[0].candidates[0].reason, "Free then. 9 hours of the contract left in that week. No recent cover.");
        assert_eq!(page.covered.iter().map(|session| session.cover.short.as_str()).collect::<Vec<_>>(), ["Bola E."]);
    }

    async fn only_those_who_are_qualified_for_it_cover_video_interaction_guidance(fixture: Fixture) {
        let ruth = working(fixture, "Ruth", 9).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let vig = group(fixture, ruth, &[amina], GroupKind::Vig).await;
        session(fixture, vig, uk("2026-11-05 10:00"), 60).await;
        let sian = coordinator(fixture).await;
        mark_away(fixture, &sian, ruth, "2026-11-05").await;
        let bola = working(fixture, "Bola", 9).await;
        working(fixture, "Chidi", 9).await;
        assert_eq!(names(&page(fixture, &sian, ruth).await), [Vec::<&str>::new()]);
        let opened = open_availability(&sian, &code_of(fixture, bola).await).await.unwrap();
        let qualified = QualificationsForm { qualified: vec!["vig".to_owned()], ..QualificationsForm::default() };
        set_qualifications(&sian, &opened, &qualified.check()).await.unwrap();
        let page = page(fixture, &sian, ruth).await;
        assert_eq!(names(&page), [vec!["Bola E."]]);
        assert!(page.open[0].candidates[0].reason.contains("Qualified for VIG supervision."), "{page:?}");
    }

    async fn one_press_gives_the_session_and_tells_everybody_in_it_who_leads_and_why(fixture: Fixture) {
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
        assert!(bodies.iter().all(|body| !body.contains("Ruth") && !body.contains("Amina") && !body.contains("Tom")));
        let to_members: Vec<&String> = bodies.iter().filter(|body| body.contains("binds Nadia E. as it binds you")).collect();
        assert_eq!(to_members.len(), 2);
        for body in to_members {
            assert!(body.contains("Your supervisor is on leave that day."), "{body}");
            assert!(body.contains(&format!("https://reverie.example/sessions/{}/apologies", meeting.code)), "{body}");
        }

        // The attendance is hers to mark, and the group stays Ruth's.
        let opened = open_session(&fixture.actor(nadia, &[Role::Supervisor]), &meeting.code).await.unwrap();
        assert!(opened.is_led_by_actor() && opened.is_cover());
        let page = page(fixture, &sian, meeting.ruth).await;
        assert_eq!((page.open.len(), page.covered.len()), (0, 1));
        assert_eq!(cover_needed(&sian).await.unwrap().away, []);
    }

    async fn that_a_supervisor_is_ill_stands_in_no_message_no_log_and_no_conflict_but_is_there_for_who_arranges_cover(fixture: Fixture) {
        const SENT: &str = "SELECT subject || ' ' || body || ' ' || COALESCE(calendar, '') FROM message";
        const LOGGED: &str = "SELECT action || ' ' || detail FROM audit_entry";
        let meeting = meeting(fixture, uk("2026-11-05 10:00")).await;
        let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
        let opened = open_availability(&sian, &code_of(fixture, meeting.ruth).await).await.unwrap();
        let day: NaiveDate = "2026-11-05".parse().unwrap();
        add_leave(&sian, &opened, &NewLeave { first: day, last: day, kind: LeaveKind::Ill }).await.unwrap();
        let until = day + chrono::Days::new(1);
        let conflicts = open_conflicts(&sian, day, until).await.unwrap();
        assert_eq!(conflicts[0].sentence, "Ruth A. is away on Thursday 5 November.");
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        let database = &fixture.database;
        let mut told: Vec<String> = on!(database, pool => sqlx::query_scalar(SENT).fetch_all(pool).await).unwrap();
        assert_eq!(told.iter().filter(|text| text.contains("Your supervisor is not available that day.")).count(), 2);
        told.extend(on!(database, pool => sqlx::query_scalar::<_, String>(LOGGED).fetch_all(pool).await).unwrap());
        let says_ill = |text: &String| text.split(|letter: char| !letter.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("ill"));
        assert!(!told.iter().any(says_ill), "{told:#?}");
        let said = availability_page(&sian, &opened, "").await.unwrap().said;
        assert_eq!(said.leave.iter().map(|leave| leave.kind).collect::<Vec<_>>(), [LeaveKind::Ill]);
    }

    async fn the_attendance_of_a_covered_session_is_recorded_to_whoever_covered_it(fixture: Fixture) {
        const LOGGED: &str = "SELECT actor_id FROM audit_entry WHERE action = 'finish_attendance'";
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        let afterwards = uk("2026-11-05 12:00");
        let marks = [meeting.amina, meeting.tom];
        let (amina, tom) = (code_of(fixture, marks[0]).await, code_of(fixture, marks[1]).await);
        let present = Mark { state: AttendanceState::Attended, minutes: None };
        let whole = Record { version: 2, marks: [(amina, present), (tom, present)].into(), actions: ActionChanges::default(), save: Save::Finish };
        // It is no longer Ruth's to mark, though the group is hers.
        let ruth = fixture.actor_at(afterwards, meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        assert_eq!(save_record(&ruth, &session, &whole).await, Err(AppError::NotFound));
        assert_eq!(sessions_to_mark(&ruth).await.unwrap(), []);

        let cover = fixture.actor_at(afterwards, nadia, &[Role::Supervisor]);
        assert_eq!(sessions_to_mark(&cover).await.unwrap().len(), 1);
        save_record(&cover, &open_session(&cover, &meeting.code).await.unwrap(), &whole).await.unwrap();
        let database = &fixture.database;
        let by: Vec<PersonId> = on!(database, pool => sqlx::query_scalar(LOGGED).fetch_all(pool).await).unwrap();
        assert_eq!(by, [nadia]);
    }

    async fn cover_is_given_back_once_the_supervisor_is_free_again(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        let back = EndCoverForm {
            session: meeting.code.clone(),
            cover: code_of(fixture, nadia).await,
            from: code_of(fixture, meeting.ruth).await,
        };
        let refused = end_cover(&sian, &back).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("is away or has something else"), "{refused}");
        let database = &fixture.database;
        on!(database, pool => sqlx::query("DELETE FROM leave").execute(pool).await.map(|_| ())).unwrap();
        end_cover(&sian, &back).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, meeting.ruth);
        assert_eq!(messages(fixture, "Your supervisor leads your session on Thursday 5 November after all").await, 2);
        assert_eq!(messages(fixture, "You no longer cover the session on Thursday 5 November").await, 1);
        assert_eq!(messages(fixture, "Your session on Thursday 5 November is yours again").await, 1);
        assert_eq!(end_cover(&sian, &back).await.unwrap_err().status(), 409, "a second press finds it given back");
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

    async fn the_sessions_of_somebody_suspended_need_cover_and_nothing_of_them_is_lost(fixture: Fixture) {
        const APOLOGIES: &str = "SELECT apologies_reason FROM attendance WHERE session_id = $1 AND apologies_at IS NOT NULL";
        let meeting = meeting(fixture, uk("2026-11-05 10:00")).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        send_apologies(&amina, &open_session(&amina, &meeting.code).await.unwrap(), "A visit").await.unwrap();
        session(fixture, meeting.group, fixture.now() - TimeDelta::days(1), 90).await;
        let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
        assert_eq!(cover_needed(&sian).await.unwrap().away, []);
        suspend_person(&sian, &code_of(fixture, meeting.ruth).await).await.unwrap();
        let away = cover_needed(&sian).await.unwrap().away;
        assert_eq!(away.iter().map(|line| (line.sessions, line.is_gone)).collect::<Vec<_>>(), [(1, true)]);
        let nadia = working(fixture, "Nadia", 9).await;
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, nadia);
        let database = &fixture.database;
        let kept: Vec<String> = on!(database, pool => sqlx::query_scalar(APOLOGIES).bind(meeting.session).fetch_all(pool).await).unwrap();
        assert_eq!(kept, ["A visit"]);
    }

    async fn whoever_may_not_meet_somebody_who_gave_their_place_back_late_covers_the_session(fixture: Fixture) {
        let (ruth, nadia, sian) = (working(fixture, "Ruth", 9).await, working(fixture, "Nadia", 9).await, coordinator(fixture).await);
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
        let booked = session(fixture, clinic, uk("2026-11-05 10:00"), 60).await;
        book(fixture, booked, amina).await;
        mark_away(fixture, &sian, ruth, "2026-11-05").await;
        keep_apart(&sian, &code_of(fixture, nadia).await, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
        let code = crate::sessions::fixture::code_of(fixture, booked).await;
        let give = CoverForm { session: code.clone(), from: code_of(fixture, ruth).await, to: code_of(fixture, nadia).await };
        assert_eq!((names(&page(fixture, &sian, ruth).await), give_cover(&sian, &give).await.unwrap_err().status()), (vec![vec![]], 409));
        let late = fixture.actor_at(uk("2026-11-05 08:00"), amina, &[Role::Practitioner]);
        give_back_place(&late, &code).await.unwrap();
        assert_eq!(names(&page(fixture, &sian, ruth).await), [vec!["Nadia E."]]);
        give_cover(&sian, &give).await.unwrap();
        assert_eq!(leader_of(fixture, booked).await, nadia);
    }

    async fn whoever_is_given_the_group_at_that_moment_is_not_asked_as_one_who_covers_it(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let nadia = working(fixture, "Nadia", 9).await;
        keep_apart(&sian, &code_of(fixture, nadia).await, &Apart::Person(email_of(fixture, meeting.tom).await)).await.unwrap();
        let nadias = form(fixture, &meeting, nadia).await;
        while_handed_over(fixture, (meeting.group, nadia), Box::pin(give_cover(&sian, &nadias))).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, nadia);
        assert_eq!(messages(fixture, "Your supervisor leads your session on Thursday 5 November after all").await, 2);
        assert_eq!(messages(fixture, "You cover a session on Thursday 5 November").await, 0);
    }

    async fn cover_is_given_back_to_whoever_is_given_the_group_at_that_moment(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let (nadia, bola) = (working(fixture, "Nadia", 9).await, working(fixture, "Bola", 9).await);
        give_cover(&sian, &form(fixture, &meeting, nadia).await).await.unwrap();
        let (cover, from) = (code_of(fixture, nadia).await, code_of(fixture, meeting.ruth).await);
        let back = EndCoverForm { session: meeting.code.clone(), cover, from };
        while_handed_over(fixture, (meeting.group, bola), Box::pin(end_cover(&sian, &back))).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, bola);
    }

    async fn whoever_is_held_is_not_proposed_and_is_given_no_session_but_goes_on_with_their_own(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let (nadia, bola) = (working(fixture, "Nadia", 9).await, working(fixture, "Bola", 9).await);
        hold(fixture, nadia).await;
        let shown = page(fixture, &sian, meeting.ruth).await;
        assert_eq!((names(&shown), shown.open[0].held.as_slice()), (vec![vec!["Bola E."]], ["Nadia E.".to_owned()].as_slice()));
        let refused = "Nadia E. is not available for matching, so they are given nobody to lead. Nothing was changed; the others who could are below.";
        let nadias = form(fixture, &meeting, nadia).await;
        assert_eq!(give_cover(&sian, &nadias).await, Err(AppError::Conflict(refused.to_owned())));
        let neutral = give_cover(&fixture.actor(bola, &[Role::Supervisor]), &nadias).await.unwrap_err().to_string();
        assert!(neutral.starts_with("This person cannot lead these people."), "{neutral}");
        give_cover(&sian, &form(fixture, &meeting, bola).await).await.unwrap();

        hold(fixture, meeting.ruth).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query("DELETE FROM leave").execute(pool).await.map(|_| ())).unwrap();
        let back = EndCoverForm { session: meeting.code.clone(), cover: code_of(fixture, bola).await, from: code_of(fixture, meeting.ruth).await };
        end_cover(&sian, &back).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, meeting.ruth);
    }

    async fn whoever_may_not_meet_somebody_who_comes_is_not_proposed_and_is_given_no_session(fixture: Fixture) {
        let (meeting, sian) = away_on_a_thursday(fixture).await;
        let (nadia, bola) = (working(fixture, "Nadia", 9).await, working(fixture, "Bola", 9).await);
        keep_apart(&sian, &code_of(fixture, nadia).await, &Apart::Person(email_of(fixture, meeting.tom).await)).await.unwrap();
        let shown = page(fixture, &sian, meeting.ruth).await;
        assert_eq!((names(&shown), shown.open[0].kept_apart.as_slice()), (vec![vec!["Bola E."]], ["Nadia E.".to_owned()].as_slice()));
        let refused = "Nadia E. and Tom B. may not be in one group. Nothing was changed; the others who could are below.";
        let nadias = form(fixture, &meeting, nadia).await;
        assert_eq!(give_cover(&sian, &nadias).await, Err(AppError::Conflict(refused.to_owned())));
        let not_told = fixture.actor(bola, &[Role::Supervisor]);
        let neutral = give_cover(&not_told, &nadias).await.unwrap_err().to_string();
        assert!(neutral.starts_with("This person cannot lead these people.") && !neutral.contains("Tom"), "{neutral}");
        assert_eq!(leader_of(fixture, meeting.session).await, meeting.ruth);
        give_cover(&sian, &form(fixture, &meeting, bola).await).await.unwrap();
        assert_eq!(leader_of(fixture, meeting.session).await, bola);

        // The group's own supervisor goes on, whatever is noted meanwhile.
        keep_apart(&sian, &code_of(fixture, meeting.ruth).await, &Apart::Person(email_of(fixture, meeting.tom).await)).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query("DELETE FROM leave").execute(pool).await.map(|_| ())).unwrap();
        let back = EndCoverForm { session: meeting.code.clone(), cover: code_of(fixture, bola).await, from: code_of(fixture, meeting.ruth).await };
        end_cover(&sian, &back).await.unwrap();
    }
}
