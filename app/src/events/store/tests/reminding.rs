//! Reminders of events: to whom, when, and that nobody has two.

use chrono::{DateTime, Utc};

use super::*;
use crate::access::{Premises, System, system};
use crate::database::Clock;
use crate::events::jobs::{forget_event_reminders, remind_of_events};

/// The program at a moment; a webinar of the fixture begins at half past twelve on 5 November.
pub(super) fn program(fixture: &Fixture, moment: &str) -> System {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "an event is near")
}

const A_WEEK_BEFORE: &str = "2026-10-29T12:30:00Z";
const A_DAY_BEFORE: &str = "2026-11-04T12:30:00Z";

/// Whom reminders were written to, with their words.
async fn reminders(fixture: &Fixture) -> Vec<(PersonId, String)> {
    const REMINDERS: &str =
        "SELECT person_id, body FROM message WHERE subject = 'Your event on Thursday 5 November' ORDER BY created_at, person_id";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(REMINDERS).fetch_all(pool).await).unwrap()
}

async fn run(fixture: &Fixture, statement: &'static str, who: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(who).execute(pool).await.map(|_| ())).unwrap();
}

const NEVER: &str = "INSERT INTO reminder_choice (person_id, first_hours, second_hours) VALUES ($1, 0, 0)";
const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";

both_databases! {
    async fn whoever_has_a_place_and_the_host_are_reminded_a_week_and_a_day_before_and_once_each_time(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let (amina, tom) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await);
        assert_eq!((come(&amina, &code).await, come(&tom, &code).await), (Some(Answer::Yes), Some(Answer::Waiting)));
        assert_eq!(remind_of_events(&program(fixture, "2026-10-29T12:29:00Z")).await, Ok(0));
        for expected in [2, 0] {
            assert_eq!(remind_of_events(&program(fixture, A_WEEK_BEFORE)).await, Ok(expected));
        }
        let (one, other) = (program(fixture, A_DAY_BEFORE), program(fixture, A_DAY_BEFORE));
        let both = tokio::join!(remind_of_events(&one), remind_of_events(&other));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 2);
        let written = reminders(fixture).await;
        assert_eq!(written.len(), 4);
        for (person, body) in &written {
            let part = if *person == ruth.person() { "You host “Still face, fifty years on”: " } else { "You have a place at “Still face, fifty years on”: " };
            assert!(body.contains(part) && body.contains("Thursday 5 November 2026, 12:30, UK time. It lasts 1 hour."), "{body}");
            assert!(body.contains(&format!("https://reverie.example/events/{code}")), "{body}");
            assert!(*person != tom.person() && !body.contains("Ruth") && !body.contains("rooms.example"), "{body}");
        }
        // The two that were written, and the one of two weeks ahead, which nobody here had chosen.
        assert_eq!(forget_event_reminders(&program(fixture, "2026-11-05T12:30:00Z")).await, Ok(3));
    }

    async fn nobody_is_reminded_who_gave_their_place_back_belongs_no_more_or_does_not_want_to_be_nor_of_a_cancelled_event(fixture: Fixture) {
        const NO_SUPERVISOR: &str = "DELETE FROM person_role WHERE person_id = $1";

        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &form("supervisors")).await;
        let mut people = Vec::new();
        for name in ["Amina", "Nadia", "Daniel"] {
            people.push(fixture.actor(person(fixture, name, "Example", &[Role::Supervisor]).await, &[Role::Supervisor]));
            assert_eq!(come(&people[people.len() - 1], &code).await, Some(Answer::Yes));
        }
        run(fixture, NEVER, ruth.person()).await;
        answer_event(&people[0], &code, Wish::StayAway).await.unwrap();
        run(fixture, NO_SUPERVISOR, people[1].person()).await;
        run(fixture, SUSPEND, people[2].person()).await;
        assert_eq!(remind_of_events(&program(fixture, A_WEEK_BEFORE)).await, Ok(0));

        let marianne = fixture.actor(person(fixture, "Marianne", "Sowerby", &[Role::Supervisor]).await, &[Role::Supervisor]);
        come(&marianne, &code).await;
        cancel_event(&ruth, &code, CancelledBecause::NoRoom).await.unwrap();
        assert_eq!(remind_of_events(&program(fixture, A_DAY_BEFORE)).await, Ok(0));
        assert_eq!(reminders(fixture).await, []);
    }

    async fn an_event_that_moved_is_reminded_of_anew_and_one_that_was_answered_a_moment_ago_is_not(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (amina, tom) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await);
        come(&amina, &code).await;
        run(fixture, NEVER, ruth.person()).await;
        come(&at(fixture, "2026-11-04T12:31:00Z", tom.person(), Role::Practitioner), &code).await;
        assert_eq!(remind_of_events(&program(fixture, "2026-11-04T12:35:00Z")).await, Ok(1));
        let later = EventForm { starts_on: "2026-11-12".to_owned(), ..form("centre") };
        change_event(&ruth, (&code, 2), (&later.check(ruth.now()).unwrap(), None)).await.unwrap();
        assert_eq!(remind_of_events(&program(fixture, "2026-11-11T12:30:00Z")).await, Ok(2));
        assert_eq!(messages(fixture, "Your event on Thursday 12 November").await, 2);
    }
}
