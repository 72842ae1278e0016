//! Events of the community: places, those who wait, a change and the end of it.

use crate::access::Role;
use crate::availability::KeepReason;
use crate::database::on;
use crate::events::fixture::{form, published, space};
use crate::events::forms::{EventForm, GiveEventForm};
use crate::events::jobs::{let_places_follow, remind_of_events};
use crate::events::store::{add_walk_in, answer_event, cancel_event, change_event, give_event};
use crate::events::{CancelledBecause, Wish};
use crate::feeds::story::Story;
use crate::people::EmailAddress;
use crate::people::fixture::code_of;
use crate::spaces::SpaceKind;

/// Two would like the one place; it changes hands, the event moves, and does not take place after all.
pub async fn come_to_an_event(story: &Story<'_>) {
    space(story.fixture, "ask-anything", SpaceKind::Centre).await;
    let ruth = story.acting(story.ruth, Role::Supervisor);
    let one = EventForm { capacity: "1".to_owned(), ..form("ask-anything") };
    let code = published(&ruth, &one).await;
    let (amina, tom) = (story.acting(story.amina, Role::Practitioner), story.acting(story.tom, Role::Practitioner));
    answer_event(&amina, &code, Wish::Come).await.unwrap();
    answer_event(&tom, &code, Wish::Come).await.unwrap();
    answer_event(&amina, &code, Wish::StayAway).await.unwrap();
    let moved = EventForm { starts_time: "13:30".to_owned(), ..one };
    change_event(&ruth, (&code, 2), (&moved.check(story.now).unwrap(), Some(KeepReason::Other))).await.unwrap();
    // A week before it begins, when whoever has chosen nothing is reminded.
    let week: chrono::DateTime<chrono::Utc> = "2026-10-29T13:30:00Z".parse().unwrap();
    assert!(remind_of_events(&story.program(week)).await.unwrap() > 0);
    cancel_event(&story.coordinator(), &code, CancelledBecause::TooFew).await.unwrap();
    walk_in(story).await;
    lose_a_place(story).await;
}

/// Somebody comes to an event for everybody who had no place.
async fn walk_in(story: &Story<'_>) {
    const EMAIL: &str = "SELECT email FROM person WHERE id = $1";

    let evening = EventForm { starts_time: "17:00".to_owned(), ..form("ask-anything") };
    let code = published(&story.acting(story.ruth, Role::Supervisor), &evening).await;
    let database = &story.fixture.database;
    let email: String = on!(database, pool => sqlx::query_scalar(EMAIL).bind(story.tom).fetch_one(pool).await).unwrap();
    let begun = story.fixture.actor_at("2026-11-05T17:30:00Z".parse().unwrap(), story.ruth, &[Role::Supervisor]);
    add_walk_in(&begun, &code, &EmailAddress::of(&email).unwrap()).await.unwrap();
}

/// An event for supervisors has another host for a while; somebody has a place at it and is no supervisor any more.
async fn lose_a_place(story: &Story<'_>) {
    const NO_MORE: &str = "DELETE FROM person_role WHERE person_id = $1";
    const AGAIN: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, 'supervisor')";

    space(story.fixture, "supervisors", SpaceKind::Supervisors).await;
    let code = published(&story.acting(story.ruth, Role::Supervisor), &form("supervisors")).await;
    for (version, host) in [("2", story.nadia), ("3", story.ruth)] {
        let (host, version) = (code_of(story.fixture, host).await, version.to_owned());
        give_event(&story.coordinator(), &GiveEventForm { code: code.clone(), version, host, why: "other".to_owned() }).await.unwrap();
    }
    answer_event(&story.acting(story.nadia, Role::Supervisor), &code, Wish::Come).await.unwrap();
    let database = &story.fixture.database;
    on!(database, pool => sqlx::query(NO_MORE).bind(story.nadia).execute(pool).await.map(|_| ())).unwrap();
    assert_eq!(let_places_follow(&story.program(story.now)).await, Ok(1));
    on!(database, pool => sqlx::query(AGAIN).bind(story.nadia).execute(pool).await.map(|_| ())).unwrap();
}
