//! Nothing that reaches somebody outside of Reverie, by e-mail or as a calendar file, holds a word of anybody else.

use std::net::Ipv4Addr;

use chrono::TimeDelta;

use super::model::{FeedChoices, Titles};
use super::store::{feed_at, make_feed, session_file};
use crate::access::{Anyone, Premises, Role, Visit, system};
use crate::agreements::fixture::{agree, propose};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, on};
use crate::groups::forms::GroupForm;
use crate::groups::store::{add_member, change_group, end_group, open_group_to_change, remove_member};
use crate::groups::{CancelReason, GroupId, GroupKind, fixture as groups};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::series::forms::{SeriesForm, TIMES};
use crate::series::store::{Then, save_series};
use crate::sessions::store::{cancel_session, open_session, send_apologies};

/// Everybody round one group.
struct Circle {
    ruth: PersonId,
    nadia: PersonId,
    amina: PersonId,
    tom: PersonId,
    femi: PersonId,
    sian: PersonId,
    group: GroupId,
    slug: String,
}

async fn circle(fixture: &Fixture) -> Circle {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Barrowclough", &[Role::Practitioner]).await;
    let femi = person(fixture, "Femi", "Okonjo", &[Role::Practitioner]).await;
    let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
    let group = groups::group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    let slug = groups::slug_of(fixture, group).await;
    Circle { ruth, nadia, amina, tom, femi, sian, group, slug }
}

/// The life of a group, from its agreement to its end, with everything that somebody is told of on the way.
async fn live_through(fixture: &Fixture, circle: &Circle) {
    let Circle { ruth, amina, tom, femi, sian, slug, .. } = circle;
    let (supervisor, coordinator) = (fixture.actor(*ruth, &[Role::Supervisor]), fixture.actor(*sian, &[Role::Coordinator]));
    let version = propose(fixture, slug, *ruth, 0, "Ruth Adeyemi supervises Amina Rahman and Tom Barrowclough.").await;
    assert!(agree(fixture, slug, &[*ruth, *amina, *tom], version).await);
    save_series(&supervisor, &plan(slug), Then::Publish).await.unwrap();
    let group = open_group_to_change(&coordinator, slug).await.unwrap();
    add_member(&coordinator, &group, &code_of(fixture, *femi).await).await.unwrap();

    let codes = session_codes(fixture, circle.group).await;
    let member = fixture.actor(*amina, &[Role::Practitioner]);
    let session = open_session(&member, &codes[1]).await.unwrap();
    send_apologies(&member, &session, "Tom knows why").await.unwrap();
    let session = open_session(&coordinator, &codes[2]).await.unwrap();
    cancel_session(&coordinator, &session, CancelReason::SupervisorAway).await.unwrap();

    let later = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(fixture.now() + TimeDelta::days(14)),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    crate::sessions::jobs::chase_unmarked(&system(&later, "test")).await.unwrap();
}

/// Another supervisor takes over, somebody leaves, and the group ends.
async fn end(fixture: &Fixture, circle: &Circle) {
    let coordinator = fixture.actor(circle.sian, &[Role::Coordinator]);
    let form = GroupForm {
        name: "Wharfe group".to_owned(),
        kind: "group".to_owned(),
        supervisor: code_of(fixture, circle.nadia).await,
        capacity: "6".to_owned(),
        mode: "in_person".to_owned(),
        place: "Ruth Adeyemi’s room".to_owned(),
        ..GroupForm::default()
    };
    let group = open_group_to_change(&coordinator, &circle.slug).await.unwrap();
    change_group(&coordinator, &group, group_version(fixture, circle.group).await, &form.check().unwrap()).await.unwrap();
    remove_member(&coordinator, &group, &code_of(fixture, circle.tom).await).await.unwrap();
    let group = open_group_to_change(&coordinator, &circle.slug).await.unwrap();
    end_group(&coordinator, &group, group_version(fixture, circle.group).await).await.unwrap();
}

fn plan(slug: &str) -> SeriesForm {
    SeriesForm {
        slug: slug.to_owned(),
        starts_on: "2026-10-22".to_owned(),
        starts_time: "10:00".to_owned(),
        length_minutes: "90".to_owned(),
        repeats: "weeks".to_owned(),
        every: "1".to_owned(),
        ending: TIMES.to_owned(),
        times: "4".to_owned(),
        ..SeriesForm::default()
    }
}

async fn session_codes(fixture: &Fixture, group: GroupId) -> Vec<String> {
    const CODES: &str = "SELECT code FROM session WHERE group_id = $1 ORDER BY starts_at";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CODES).bind(group).fetch_all(pool).await).unwrap()
}

async fn group_version(fixture: &Fixture, group: GroupId) -> i64 {
    const VERSION: &str = "SELECT version FROM supervision_group WHERE id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(VERSION).bind(group).fetch_one(pool).await).unwrap()
}

/// Every word by which a person could be known.
struct Known {
    person: PersonId,
    email: String,
    words: Vec<String>,
}

async fn everybody(fixture: &Fixture) -> Vec<Known> {
    const PEOPLE: &str = "SELECT id, given_name, family_name, email, code FROM person";
    let database = &fixture.database;
    let people: Vec<(PersonId, String, String, String, String)> =
        on!(database, pool => sqlx::query_as(PEOPLE).fetch_all(pool).await).unwrap();
    let known = |(person, given, family, email, code): (PersonId, String, String, String, String)| Known {
        person,
        email: email.clone(),
        words: vec![given, family, email, code],
    };
    people.into_iter().map(known).collect()
}

/// What one person was sent: subject, body, and the calendar file as it leaves.
async fn letters(fixture: &Fixture) -> Vec<(PersonId, String)> {
    const LETTERS: &str = "SELECT person_id, address, subject, body, COALESCE(calendar, '') FROM message ORDER BY id";
    let database = &fixture.database;
    let letters: Vec<(PersonId, String, String, String, String)> =
        on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap();
    let sent = |(person, address, subject, body, calendar): (PersonId, String, String, String, String)| {
        let calendar = calendar_files::addressed(&calendar, "no-reply@reverie.example", &address);
        (person, format!("{subject}\n{body}\n{}", calendar.replace("\r\n ", "")))
    };
    letters.into_iter().map(sent).collect()
}

/// Fails where somebody is sent a word of somebody else.
fn assert_silent_about_others(everybody: &[Known], (to, text): &(PersonId, String)) {
    for other in everybody.iter().filter(|other| other.person != *to) {
        for word in &other.words {
            assert!(!text.contains(word.as_str()), "{word} reaches somebody else:\n{text}");
        }
    }
}

both_databases! {
    async fn what_anybody_is_sent_in_the_life_of_a_group_holds_no_word_of_another_person(fixture: Fixture) {
        let circle = circle(fixture).await;
        live_through(fixture, &circle).await;
        end(fixture, &circle).await;
        let (everybody, letters) = (everybody(fixture).await, letters(fixture).await);
        for known in &everybody {
            let own: Vec<_> = letters.iter().filter(|(to, _)| *to == known.person).collect();
            assert!(!own.is_empty() || known.person == circle.sian, "{} was sent nothing, so nothing was tested", known.email);
        }
        assert!(letters.iter().filter(|(_, text)| text.contains("BEGIN:VEVENT")).count() >= 3, "invitations were sent");
        for letter in &letters {
            assert_silent_about_others(&everybody, letter);
        }
    }

    async fn what_somebodys_own_calendar_fetches_holds_no_name_at_all(fixture: Fixture) {
        let circle = circle(fixture).await;
        live_through(fixture, &circle).await;
        let everybody = everybody(fixture).await;
        let visit = |premises: &Premises| Anyone::in_test(Visit::new(premises, Ipv4Addr::LOCALHOST.into(), ""));
        let premises = Premises {
            database: fixture.database.clone(),
            clock: fixture.clock,
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        for (owner, role) in [(circle.ruth, Role::Supervisor), (circle.amina, Role::Practitioner), (circle.tom, Role::Practitioner)] {
            let actor = fixture.actor(owner, &[role]);
            let secret = make_feed(&actor, FeedChoices { titles: Titles::Group, alarm_minutes: Some(60) }).await.unwrap();
            let session = open_session(&actor, &session_codes(fixture, circle.group).await[0]).await.unwrap();
            let files = [feed_at(&visit(&premises), &secret).await.unwrap(), session_file(&actor, &session).await.unwrap()];
            for file in files {
                assert!(file.contains("BEGIN:VEVENT"));
                let file = file.replace("\r\n ", "");
                for word in everybody.iter().flat_map(|known| &known.words) {
                    assert!(!file.contains(word.as_str()), "{word} stands in\n{file}");
                }
                assert!(!file.contains('@') && !file.contains("mailto:"), "{file}");
            }
        }
    }
}
