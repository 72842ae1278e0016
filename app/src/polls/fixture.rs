//! Polls for tests.

use std::net::{IpAddr, Ipv4Addr};

use chrono::{DateTime, Utc};

use super::forms::PollForm;
use super::forms::{TimeForm, time_key};
use crate::access::{Anyone, Premises, System, Visit, system};
use crate::database::fixture::Fixture;
use crate::database::{Clock, on};
use crate::people::PersonId;

/// The process of the test at a moment.
pub fn premises(fixture: &Fixture, moment: DateTime<Utc>) -> Premises {
    Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    }
}

/// Whoever holds a link, at a moment.
pub fn visitor(fixture: &Fixture, moment: DateTime<Utc>) -> Anyone {
    Anyone::in_test(Visit::new(&premises(fixture, moment), IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)), "a test"))
}

/// The program, at a moment.
pub fn job(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    system(&premises(fixture, moment), "a poll has closed")
}

/// Thursdays at ten and Mondays at half past two, for a group, until a week after the test takes place.
pub fn form(slug: &str) -> PollForm {
    let line = |day: &str, time: &str| TimeForm { day: day.to_owned(), time: time.to_owned(), ..TimeForm::default() };
    PollForm {
        slug: slug.to_owned(),
        kind: "weekly".to_owned(),
        times: [(time_key(1), line("4", "10:00")), (time_key(2), line("1", "14:30"))].into(),
        length_minutes: "90".to_owned(),
        every_weeks: "2".to_owned(),
        begins_on: "2026-11-09".to_owned(),
        closes_on: "2026-10-29".to_owned(),
        emails: String::new(),
    }
}

/// Every message, the oldest first: to whom, subject and text.
pub async fn letters(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
    const LETTERS: &str = "SELECT person_id, subject, body FROM message ORDER BY created_at, id";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
}

/// The codes in the links that somebody was sent, the oldest first.
pub async fn codes_of(fixture: &Fixture, person: PersonId) -> Vec<String> {
    let letters = letters(fixture).await;
    let bodies = letters.into_iter().filter(|letter| letter.0 == person).map(|letter| letter.2);
    bodies.filter_map(|body| body.split_once("/q/").map(|(_, rest)| rest.split_whitespace().next().unwrap().to_owned())).collect()
}
