//! What links promise, on both databases.

use std::net::Ipv4Addr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Anyone, Premises, Role, Visit};
use crate::agreements::fixture::{agree, propose};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, on};
use crate::error::AppError;
use crate::feeds::model::{FeedChoices, Titles};
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::series::forms::{SeriesAddress, SeriesForm, TIMES};
use crate::series::store::{Then, open_series, save_series, series_page};
use crate::sessions::fixture::{meeting, session};
use crate::sessions::store::open_session;

const PLAIN: FeedChoices = FeedChoices { titles: Titles::Neutral, alarm_minutes: None };

fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

/// A calendar program, which is nobody.
fn program(fixture: &Fixture, moment: DateTime<Utc>) -> Anyone {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    Anyone::in_test(Visit::new(&premises, Ipv4Addr::LOCALHOST.into(), "Calendar/1.0"))
}

async fn fetch(fixture: &Fixture, secret: &str) -> Result<String, AppError> {
    feed_at(&program(fixture, fixture.now()), secret).await
}

async fn run(fixture: &Fixture, statement: &'static str, who: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(who).execute(pool).await.map(|_| ())).unwrap();
}

fn starts(file: &str) -> Vec<&str> {
    file.lines().filter_map(|line| line.strip_prefix("DTSTART;TZID=Europe/London:")).collect()
}

both_databases! {
    async fn a_link_works_until_another_takes_its_place_and_then_at_no_moment_more(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        assert_eq!(own_feed(&amina).await.unwrap(), None);
        let first = make_feed(&amina, PLAIN).await.unwrap();
        assert!(fetch(fixture, &first).await.unwrap().contains("SUMMARY:Supervision session\r\n"));
        assert_eq!(make_feed(&amina, PLAIN).await.unwrap_err().status(), 409, "there is one at a time");
        let second = renew_feed(&amina).await.unwrap();
        assert_eq!(fetch(fixture, &first).await, Err(AppError::NotFound));
        assert!(fetch(fixture, &second).await.is_ok());
        remove_feed(&amina).await.unwrap();
        assert_eq!(fetch(fixture, &second).await, Err(AppError::NotFound));
        assert_eq!(renew_feed(&amina).await.unwrap_err().status(), 409);
    }

    async fn of_a_link_only_a_hash_is_stored_and_no_entry_of_the_log_holds_it(fixture: Fixture) {
        const STORED: &str = "SELECT secret_hash FROM calendar_feed";
        const LOGGED: &str = "SELECT action, detail FROM audit_entry ORDER BY sequence";
        let meeting = meeting(fixture, fixture.now()).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        let secret = make_feed(&amina, PLAIN).await.unwrap();
        change_feed(&amina, FeedChoices { titles: Titles::Group, alarm_minutes: Some(15) }).await.unwrap();
        let database = &fixture.database;
        let stored: Vec<u8> = on!(database, pool => sqlx::query_scalar(STORED).fetch_one(pool).await).unwrap();
        assert_eq!((stored.len(), secret.len()), (32, 43));
        let logged: Vec<(String, String)> = on!(database, pool => sqlx::query_as(LOGGED).fetch_all(pool).await).unwrap();
        assert_eq!(logged, [("make_feed".to_owned(), String::new()), ("change_feed".to_owned(), String::new())]);
    }

    async fn somebody_suspended_or_without_a_role_has_no_feed_and_has_it_back_afterwards(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let secret = make_feed(&fixture.actor(meeting.amina, &[Role::Practitioner]), PLAIN).await.unwrap();
        for (take, give) in [
            ("UPDATE person SET standing = 'suspended' WHERE id = $1", "UPDATE person SET standing = 'registered' WHERE id = $1"),
            ("DELETE FROM person_role WHERE person_id = $1", "INSERT INTO person_role (person_id, role) VALUES ($1, 'practitioner')"),
        ] {
            run(fixture, take, meeting.amina).await;
            assert_eq!(fetch(fixture, &secret).await, Err(AppError::NotFound), "{take}");
            run(fixture, give, meeting.amina).await;
            assert!(fetch(fixture, &secret).await.is_ok(), "{give}");
        }
    }

    async fn a_feed_holds_its_owners_sessions_as_local_times_and_a_cancelled_one_says_so(fixture: Fixture) {
        const CANCEL: &str = "UPDATE session SET cancelled_at = starts_at, version = version + 1 WHERE supervisor_id = $1";
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        let own = group(fixture, daniel, &[ruth], GroupKind::Supervisors).await;
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        for (group, start) in [
            (aire, "2026-07-23 10:00"),
            (aire, "2026-10-22 10:00"),
            (aire, "2026-10-29 10:00"),
            (aire, "2027-10-24 10:00"),
            (own, "2026-11-05 16:30"),
            (other, "2026-11-06 10:00"),
        ] {
            session(fixture, group, uk(start), 90).await;
        }
        run(fixture, CANCEL, daniel).await;
        let secret = make_feed(&fixture.actor(ruth, &[Role::Supervisor]), PLAIN).await.unwrap();
        let file = fetch(fixture, &secret).await.unwrap();
        assert_eq!(starts(&file), ["20261022T100000", "20261029T100000", "20261105T163000"]);
        assert_eq!(file.matches("STATUS:CONFIRMED\r\n").count(), 2);
        assert_eq!(file.matches("STATUS:CANCELLED\r\n").count(), 1);
        assert_eq!(file.matches("SEQUENCE:2\r\n").count(), 1);
        assert_eq!(file.matches("URL:https://reverie.example/sessions/").count(), 3);
        assert_eq!(file, fetch(fixture, &secret).await.unwrap(), "asked for again it is the same");
    }

    async fn ten_o_clock_stays_ten_in_the_app_letters_files_and_feeds_whenever_the_clocks_change(fixture: Fixture) {
        const INSTANTS: &str = "SELECT starts_at FROM session ORDER BY starts_at DESC LIMIT 2";
        const LETTER: &str = "SELECT body, calendar FROM message WHERE person_id = $1 ORDER BY id DESC LIMIT 1";
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let slug = slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await;
        let version = propose(fixture, &slug, ruth, 0, "What is said in the group stays in the group.").await;
        assert!(agree(fixture, &slug, &[ruth, amina], version).await);
        let secret = make_feed(&fixture.actor(amina, &[Role::Practitioner]), PLAIN).await.unwrap();
        let database = &fixture.database;
        for (days, hours_utc, told) in [
            (["2026-10-22", "2026-10-29"], ["09", "10"], "The clocks go back on 25 October 2026."),
            (["2027-03-25", "2027-04-01"], ["10", "09"], "The clocks go forward on 28 March 2027."),
            (["2027-10-28", "2027-11-04"], ["09", "10"], "The clocks go back on 31 October 2027."),
        ] {
            let eight: DateTime<Utc> = format!("{}T07:00:00Z", days[0]).parse().unwrap();
            let (planner, member) = (fixture.actor_at(eight, ruth, &[Role::Supervisor]), fixture.actor_at(eight, amina, &[Role::Practitioner]));
            let form = SeriesForm { starts_on: days[0].to_owned(), every: "1".to_owned(), ending: TIMES.to_owned(), times: "2".to_owned(), ..SeriesForm::usual(&slug) };
            let number = save_series(&planner, &form, Then::Publish).await.unwrap();
            let address = SeriesAddress { slug: slug.clone(), number: number.to_string(), ..SeriesAddress::default() };
            let plan = series_page(&member, &open_series(&member, &address).await.unwrap()).await.unwrap().plan;
            let local = days.map(|day| format!("{day} 10:00:00"));
            assert_eq!(plan.dates.iter().map(|line| line.starts.to_string()).collect::<Vec<_>>(), local);
            assert!(plan.clocks.starts_with(told), "{}", plan.clocks);
            let instants: Vec<DateTime<Utc>> = on!(database, pool => sqlx::query_scalar(INSTANTS).fetch_all(pool).await).unwrap();
            let expected = [1, 0].map(|nth| format!("{}T{}:00:00+00:00", days[nth], hours_utc[nth]));
            assert_eq!(instants.iter().map(DateTime::to_rfc3339).collect::<Vec<_>>(), expected);
            let (body, invitation): (String, String) = on!(database, pool => sqlx::query_as(LETTER).bind(amina).fetch_one(pool).await).unwrap();
            assert!(body.contains(told) && body.matches(", 10:00 to 11:30").count() == 2, "{body}");
            let stamps = days.map(|day| format!("{}T100000", day.replace('-', "")));
            assert_eq!(starts(&invitation)[0], stamps[0]);
            assert!(invitation.contains("RRULE:FREQ=WEEKLY") && invitation.contains("BEGIN:VTIMEZONE"), "{invitation}");
            let feed = feed_at(&program(fixture, eight), &secret).await.unwrap();
            assert!(stamps.iter().all(|stamp| starts(&feed).contains(&stamp.as_str())), "{feed}");
            for (line, stamp) in plan.dates.iter().zip(&stamps) {
                let opened = open_session(&member, line.session.as_deref().unwrap()).await.unwrap();
                assert_eq!(starts(&session_file(&member, &opened).await.unwrap()), [stamp.as_str()]);
            }
        }
    }

    async fn titles_and_reminders_are_as_their_owner_chose_and_individual_supervision_is_called_by_no_name(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let groups = [GroupKind::Group, GroupKind::OneToOne, GroupKind::Vig];
        for (day, kind) in groups.into_iter().enumerate() {
            let group = group(fixture, ruth, &[amina], kind).await;
            session(fixture, group, uk("2026-10-27 10:00") + TimeDelta::days(i64::try_from(day).unwrap()), 60).await;
        }
        let actor = fixture.actor(amina, &[Role::Practitioner]);
        let secret = make_feed(&actor, FeedChoices { titles: Titles::Group, alarm_minutes: Some(60) }).await.unwrap();
        let file = fetch(fixture, &secret).await.unwrap();
        let titles: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
        assert!(titles[0].starts_with("Group "), "{titles:?}");
        assert_eq!(titles[1..], ["Supervision session", "Supervision session"]);
        assert_eq!(file.matches("TRIGGER:-PT60M\r\n").count(), 3);
        change_feed(&actor, PLAIN).await.unwrap();
        let file = fetch(fixture, &secret).await.unwrap();
        assert_eq!((file.matches("SUMMARY:Supervision session\r\n").count(), file.matches("VALARM").count()), (3, 0));
    }

    async fn whoever_tries_many_links_is_not_listened_to_for_a_while_and_whoever_has_one_always_is(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let secret = make_feed(&fixture.actor(meeting.amina, &[Role::Practitioner]), PLAIN).await.unwrap();
        for number in 0..50 {
            assert_eq!(fetch(fixture, &format!("guess-{number}")).await, Err(AppError::NotFound));
        }
        assert_eq!(fetch(fixture, "another guess").await, Err(AppError::TooMany));
        assert!(fetch(fixture, &secret).await.is_ok());
        let later = program(fixture, fixture.now() + TimeDelta::minutes(15));
        assert_eq!(feed_at(&later, "another guess").await, Err(AppError::NotFound));
    }

    async fn a_session_alone_has_the_identity_that_it_has_in_a_feed(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        let secret = make_feed(&amina, PLAIN).await.unwrap();
        let opened = open_session(&amina, &meeting.code).await.unwrap();
        let uid = |file: &str| file.lines().find_map(|line| line.strip_prefix("UID:").map(ToOwned::to_owned)).unwrap();
        let alone = session_file(&amina, &opened).await.unwrap();
        assert_eq!(uid(&alone), uid(&fetch(fixture, &secret).await.unwrap()));
        assert!(!uid(&alone).contains(&meeting.code));
        assert!(alone.contains("METHOD:PUBLISH\r\n") && alone.contains(&format!("URL:https://reverie.example/sessions/{}\r\n", meeting.code)));
    }
}
