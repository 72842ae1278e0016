//! What the program does for reminders on its own.

use super::model::every_lead;
use super::store::{forget_past, remind, sessions_to_remind_of};
use crate::access::System;
use crate::error::AppError;

/// Reminds everybody of the sessions that are near, each at the times that they chose. Says how many messages were written.
///
/// Safe to run in several processes at once: each session is taken by one of them.
pub async fn remind_of_sessions(system: &System) -> Result<u64, AppError> {
    let mut written = 0_u64;
    for hours in every_lead() {
        for due in sessions_to_remind_of(system, hours).await? {
            written = written.saturating_add(remind(system, due).await?);
        }
    }
    Ok(written)
}

/// Forgets the reminders of sessions that have begun.
pub async fn forget_reminders(system: &System) -> Result<u64, AppError> {
    forget_past(system).await
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::{Clock, on};
    use crate::groups::fixture::join;
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::reminders::model::{Reminders, USUAL};
    use crate::reminders::store::{choose, reminders_of};
    use crate::sessions::fixture::{Meeting, meeting};

    const NEVER: Reminders = Reminders { first_hours: 0, second_hours: 0 };

    fn at(fixture: &Fixture, moment: DateTime<Utc>) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "a session is near")
    }

    async fn letters(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
        const LETTERS: &str = "SELECT person_id, subject, body FROM message ORDER BY created_at, person_id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
    }

    async fn run(fixture: &Fixture, change: &'static str, meeting: &Meeting, who: PersonId, moment: DateTime<Utc>) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(change).bind(meeting.session).bind(who).bind(moment).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn leave(fixture: &Fixture, who: PersonId) {
        const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LEAVE).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn suspend(fixture: &Fixture, who: PersonId) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SUSPEND).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    const IN_TWENTY_DAYS: TimeDelta = TimeDelta::days(20);

    both_databases! {
        async fn everybody_is_reminded_a_week_and_a_day_before_and_once_each_time(fixture: Fixture) {
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            let meeting = meeting(fixture, starts_at).await;
            let (week, day) = (starts_at - TimeDelta::days(7), starts_at - TimeDelta::days(1));
            assert_eq!(remind_of_sessions(&at(fixture, week - TimeDelta::minutes(1))).await, Ok(0));
            assert_eq!(remind_of_sessions(&at(fixture, week)).await, Ok(3));
            // The process starts again, or another one runs.
            assert_eq!(remind_of_sessions(&at(fixture, week)).await, Ok(0));
            assert_eq!(remind_of_sessions(&at(fixture, week + TimeDelta::days(2))).await, Ok(0));
            assert_eq!(remind_of_sessions(&at(fixture, day)).await, Ok(3));
            assert_eq!(remind_of_sessions(&at(fixture, starts_at)).await, Ok(0));
            let people: Vec<_> = letters(fixture).await.iter().map(|letter| letter.0).collect();
            assert_eq!(people, [meeting.ruth, meeting.amina, meeting.tom, meeting.ruth, meeting.amina, meeting.tom]);
            // The two that were written, and the one of two weeks ahead, which nobody here had chosen.
            assert_eq!(forget_reminders(&at(fixture, starts_at)).await, Ok(3));
        }

        async fn a_reminder_says_when_how_to_join_and_how_to_send_apologies_and_names_nobody(fixture: Fixture) {
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            let meeting = meeting(fixture, starts_at).await;
            remind_of_sessions(&at(fixture, starts_at - TimeDelta::days(7))).await.unwrap();
            let letters = letters(fixture).await;
            for (person, subject, body) in &letters {
                assert_eq!(subject, "Your session on Wednesday 11 November");
                for part in ["Wednesday 11 November 2026, 08:00 to 09:30, UK time. It lasts 1 hour 30 minutes.", "How to join: online or by telephone."] {
                    assert!(body.contains(part), "{body}");
                }
                let way_out = if *person == meeting.ruth { "cancel" } else { "apologies" };
                assert!(body.contains(&format!("https://reverie.example/sessions/{}/{way_out}", meeting.code)), "{body}");
                for name in ["Ruth", "Adeyemi", "Amina", "Rahman", "Tom", "Bell"] {
                    assert!(!subject.contains(name) && !body.contains(name), "{body}");
                }
            }
            assert_eq!(letters.len(), 3);
        }

        async fn nobody_is_reminded_who_sent_apologies_is_suspended_has_left_or_does_not_want_to_be(fixture: Fixture) {
            const APOLOGISE: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            let meeting = meeting(fixture, starts_at).await;
            let day = at(fixture, starts_at - TimeDelta::days(1));
            run(fixture, APOLOGISE, &meeting, meeting.amina, fixture.now()).await;
            leave(fixture, meeting.tom).await;
            choose(&fixture.actor(meeting.ruth, &[Role::Supervisor]), NEVER).await.unwrap();
            let dawn = person(fixture, "Dawn", "Fletcher", &[Role::Practitioner]).await;
            join(fixture, meeting.group, dawn).await;
            suspend(fixture, dawn).await;
            assert_eq!(remind_of_sessions(&day).await, Ok(0));
            assert!(letters(fixture).await.is_empty());
        }

        async fn each_is_reminded_when_they_chose(fixture: Fixture) {
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            let meeting = meeting(fixture, starts_at).await;
            let (amina, tom) = (fixture.actor(meeting.amina, &[Role::Practitioner]), fixture.actor(meeting.tom, &[Role::Practitioner]));
            assert_eq!(reminders_of(&amina).await, Ok(USUAL));
            choose(&amina, NEVER).await.unwrap();
            choose(&amina, Reminders { first_hours: 72, second_hours: 0 }).await.unwrap();
            choose(&tom, NEVER).await.unwrap();
            assert_eq!(reminders_of(&amina).await, Ok(Reminders { first_hours: 72, second_hours: 0 }));
            for days in [14, 7, 3, 2, 1] {
                remind_of_sessions(&at(fixture, starts_at - TimeDelta::days(days))).await.unwrap();
            }
            let people: Vec<_> = letters(fixture).await.iter().map(|letter| letter.0).collect();
            assert_eq!(people, [meeting.ruth, meeting.amina, meeting.ruth]);
        }

        async fn a_session_that_moved_is_reminded_of_at_its_new_time_and_one_that_was_cancelled_never(fixture: Fixture) {
            const MOVE: &str = "UPDATE session SET starts_at = $3 WHERE id = $1 AND supervisor_id = $2";
            const CANCEL: &str = "UPDATE session SET cancelled_at = $3 WHERE id = $1 AND supervisor_id = $2";
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            let meeting = meeting(fixture, starts_at).await;
            let day = starts_at - TimeDelta::days(1);
            assert_eq!(remind_of_sessions(&at(fixture, day)).await, Ok(3));
            let moved_to = starts_at + TimeDelta::days(4);
            run(fixture, MOVE, &meeting, meeting.ruth, moved_to).await;
            assert_eq!(remind_of_sessions(&at(fixture, day)).await, Ok(3), "a week before the new time has passed, and half of it has not");
            assert_eq!(remind_of_sessions(&at(fixture, moved_to - TimeDelta::days(1))).await, Ok(3));
            run(fixture, MOVE, &meeting, meeting.ruth, moved_to + TimeDelta::days(20)).await;
            run(fixture, CANCEL, &meeting, meeting.ruth, fixture.now()).await;
            assert_eq!(remind_of_sessions(&at(fixture, moved_to + TimeDelta::days(19))).await, Ok(0));
        }

        async fn two_processes_at_once_remind_once(fixture: Fixture) {
            let starts_at = fixture.now() + IN_TWENTY_DAYS;
            meeting(fixture, starts_at).await;
            let (first, second) = (at(fixture, starts_at - TimeDelta::days(1)), at(fixture, starts_at - TimeDelta::days(1)));
            // Both have found the session before either takes it.
            let found = sessions_to_remind_of(&first, 24).await.unwrap();
            assert_eq!((found.len(), sessions_to_remind_of(&second, 24).await.unwrap()), (1, found.clone()));
            let (first, second) = tokio::join!(remind(&first, found[0]), remind(&second, found[0]));
            assert_eq!(first.unwrap() + second.unwrap(), 3);
            assert_eq!(letters(fixture).await.len(), 3);
        }

        async fn whoever_has_just_been_told_of_a_session_is_not_reminded_of_it_at_once(fixture: Fixture) {
            meeting(fixture, fixture.now() + TimeDelta::days(5)).await;
            assert_eq!(remind_of_sessions(&at(fixture, fixture.now())).await, Ok(0));
            assert_eq!(remind_of_sessions(&at(fixture, fixture.now() + TimeDelta::days(4))).await, Ok(3));
        }
    }
}
