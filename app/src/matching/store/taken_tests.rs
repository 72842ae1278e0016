//! What is taken of people's hours before a round begins, on both databases.

use ::matching::{Instance, Window};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::{round_text, start_round};
use crate::access::Actor;
use crate::asking::fixture::{ask_everybody, made_of_asked};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::events::fixture::{form as event_form, published, space};
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::groups::store::{end_group, open_group};
use crate::matching::candidates::ident;
use crate::matching::fixture::{form, practitioner, proposed, scene, supervisor};
use crate::matching::model::Part;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::sessions::SessionId;
use crate::sessions::fixture::session;
use crate::spaces::SpaceKind;

/// Some minutes of a day of the first week, every second week from the beginning of the round on, so many times.
fn again(day: u64, (from, to): (i64, i64), times: u64) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
    let monday: NaiveDate = "2026-11-23".parse().unwrap();
    let at = move |time: u64, minute| {
        let date = monday + Days::new(day + 14 * time);
        ::series::instant(date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute))
    };
    (0..times).map(move |time| (at(time, from), at(time, to)))
}

async fn is_busy(fixture: &Fixture, person: PersonId, stretches: impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)>) {
    const BUSY: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) VALUES ($1, $2, $3)";

    let database = &fixture.database;
    for (from, to) in stretches {
        on!(database, pool => sqlx::query(BUSY).bind(person).bind(from).bind(to).execute(pool).await.map(|_| ())).unwrap();
    }
}

/// Puts somebody at a session, by a row of a table.
async fn is_at(fixture: &Fixture, (statement, session): (&'static str, SessionId), person: PersonId) {
    let (database, now) = (&fixture.database, fixture.now());
    on!(database, pool => sqlx::query(statement).bind(session).bind(person).bind(now).execute(pool).await.map(|_| ())).unwrap();
}

/// The hours of somebody in the question of the next round, on a day of the week: the week, from when, until when. Those that touch are one.
async fn hours_on(fixture: &Fixture, sian: &Actor, (person, part, day): (&Actor, Part, i64)) -> Vec<(i64, i64, i64)> {
    let number = start_round(sian, &form()).await.unwrap();
    let (instance, _) = round_text(sian, number).await.unwrap();
    let instance = Instance::read(instance.as_bytes()).unwrap();
    let id = ident(part, &code_of(fixture, person.person()).await);
    let windows: Vec<Window> = match part {
        Part::Supervisor => instance.supervisors.into_iter().find(|one| one.id == id).map(|one| one.availability),
        Part::Practitioner => instance.practitioners.into_iter().find(|one| one.id == id).map(|one| one.availability),
    }
    .unwrap();
    let mut hours: Vec<(i64, i64, i64)> = Vec::new();
    for Window { week, from, to, .. } in windows.into_iter().filter(|window| window.day == day) {
        match hours.last_mut().filter(|last| (last.0, last.2) == (week, from)) {
            Some(last) => last.2 = to,
            None => hours.push((week, from, to)),
        }
    }
    hours
}

const THURSDAY: i64 = 3;

both_databases! {
    async fn what_another_calendar_keeps_busy_again_and_again_is_left_free_and_what_it_does_once_is_not(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        let amina = practitioner(fixture, "Amina", &[]).await;
        assert_eq!(hours_on(fixture, &sian, (&ruth, Part::Supervisor, THURSDAY)).await, [(0, 540, 1020), (1, 540, 1020)]);

        is_busy(fixture, ruth.person(), again(3, (660, 720), 13)).await;
        is_busy(fixture, ruth.person(), again(3, (840, 960), 1)).await;
        // Other calendars are read of whoever supervises; what is known of somebody who is supervised as well counts for both.
        is_busy(fixture, amina.person(), again(3, (540, 600), 3)).await;

        let ruths = hours_on(fixture, &sian, (&ruth, Part::Supervisor, THURSDAY)).await;
        assert_eq!(ruths, [(0, 540, 660), (0, 720, 1020), (1, 540, 1020)], "with no pause around what is not ours");
        assert_eq!(hours_on(fixture, &sian, (&amina, Part::Practitioner, THURSDAY)).await, [(0, 600, 780), (1, 540, 780)]);
    }

    async fn an_engagement_that_goes_on_past_midnight_is_in_the_way_on_both_days(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        practitioner(fixture, "Amina", &[]).await;
        // From Wednesday at noon until Thursday at ten.
        is_busy(fixture, ruth.person(), again(2, (720, 1440 + 600), 13)).await;
        assert_eq!(hours_on(fixture, &sian, (&ruth, Part::Supervisor, THURSDAY)).await, [(0, 600, 1020), (1, 540, 1020)]);
    }

    async fn whoever_has_booked_clinics_or_is_beside_a_supervisor_or_hosts_events_is_there_then(fixture: Fixture) {
        const BOOK: &str = "INSERT INTO booking (session_id, person_id, place, booked_at) VALUES ($1, $2, 1, $3)";
        const HOST: &str = "INSERT INTO session_host (session_id, person_id, role, added_at) VALUES ($1, $2, 'observer', $3)";

        let (sian, ruth) = scene(fixture).await;
        let amina = practitioner(fixture, "Amina", &[]).await;
        let olu = supervisor(fixture, &sian, "Olu", "2027-12-31").await;
        let clinic = group(fixture, olu.person(), &[], GroupKind::OpenClinic).await;
        for (starts_at, _) in again(3, (540, 630), 13) {
            let session = session(fixture, clinic, starts_at, 90).await;
            is_at(fixture, (BOOK, session), amina.person()).await;
            is_at(fixture, (HOST, session), ruth.person()).await;
        }
        space(fixture, "hall", SpaceKind::Centre).await;
        for (starts_at, _) in again(3, (840, 900), 4) {
            let mut event = event_form("hall");
            event.starts_on = ::series::local(starts_at).date().to_string();
            event.starts_time = "14:00".to_owned();
            published(&ruth, &event).await;
        }

        assert_eq!(hours_on(fixture, &sian, (&amina, Part::Practitioner, THURSDAY)).await, [(0, 630, 780), (1, 540, 780)]);
        // A quarter of an hour before and after what is ours.
        let ruths = hours_on(fixture, &sian, (&ruth, Part::Supervisor, THURSDAY)).await;
        assert_eq!(ruths, [(0, 660, 810), (0, 930, 1020), (1, 540, 1020)]);
        let olus = hours_on(fixture, &sian, (&olu, Part::Supervisor, THURSDAY)).await;
        assert_eq!(olus, [(0, 660, 1020), (1, 540, 1020)], "a clinic is a session that its supervisor leads");
    }

    async fn the_dates_of_a_group_that_has_ended_before_its_series_was_published_are_free_again(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        proposed(fixture, &sian).await;
        let whole = [(0, 540, 1020), (1, 540, 1020)];
        let ruths = async || hours_on(fixture, &sian, (&ruth, Part::Supervisor, THURSDAY)).await;
        ask_everybody(&sian, 1).await;
        practitioner(fixture, "Lena", &[]).await;
        assert_ne!(ruths().await, whole, "they are asked");
        let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
        made_of_asked(fixture, aire).await;
        assert_ne!(ruths().await, whole, "it is made, and its sessions are to come");
        end_group(&sian, &open_group(&sian, &slug_of(fixture, aire).await).await.unwrap(), 1).await.unwrap();
        assert_eq!(ruths().await, whole);
    }
}
