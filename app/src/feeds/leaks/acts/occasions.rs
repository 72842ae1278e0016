//! Events of the community: places, those who wait, a change and the end of it.

use crate::access::Role;
use crate::events::fixture::{form, published, space};
use crate::events::store::{answer_event, cancel_event, change_event};
use crate::events::{CancelledBecause, Wish};
use crate::feeds::story::Story;
use crate::spaces::SpaceKind;

/// Two would like the one place; it changes hands, the event moves, and does not take place after all.
pub async fn come_to_an_event(story: &Story<'_>) {
    space(story.fixture, "ask-anything", SpaceKind::Centre).await;
    let ruth = story.acting(story.ruth, Role::Supervisor);
    let one = crate::events::forms::EventForm { capacity: "1".to_owned(), ..form("ask-anything") };
    let code = published(&ruth, &one).await;
    let (amina, tom) = (story.acting(story.amina, Role::Practitioner), story.acting(story.tom, Role::Practitioner));
    answer_event(&amina, &code, Wish::Come).await.unwrap();
    answer_event(&tom, &code, Wish::Come).await.unwrap();
    answer_event(&amina, &code, Wish::StayAway).await.unwrap();
    let moved = crate::events::forms::EventForm { starts_time: "13:30".to_owned(), ..one };
    change_event(&ruth, (&code, 2), &moved.check(story.now).unwrap()).await.unwrap();
    // A week before it begins, when whoever has chosen nothing is reminded.
    let week: chrono::DateTime<chrono::Utc> = "2026-10-29T13:30:00Z".parse().unwrap();
    assert!(crate::events::jobs::remind_of_events(&story.program(week)).await.unwrap() > 0);
    cancel_event(&story.coordinator(), &code, CancelledBecause::TooFew).await.unwrap();
}
