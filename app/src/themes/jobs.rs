//! What the program does for themes on its own.

use super::store::tell_that_it_is_time_to_ask;
use crate::access::System;
use crate::error::AppError;

/// Tells the coordinators, once in a year, that for a year nobody has been asked what the community takes up next. Says whether it told them.
///
/// Safe to run in several processes at once: one of them writes.
pub async fn remind_to_ask(system: &System) -> Result<u64, AppError> {
    Ok(u64::from(tell_that_it_is_time_to_ask(system).await?))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::polls::fixture::{job, letters};
    use crate::spaces::SpaceKind;
    use crate::spaces::fixture::{ask_for_topics_in, opened, space, start};
    use crate::spaces::store::withdraw_post;

    /// Two coordinators who have just come, and somebody who is none.
    async fn coordinators(fixture: &Fixture) -> [PersonId; 2] {
        person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        let morag = person(fixture, "Morag", "Fraser", &[Role::Coordinator]).await;
        [sian, morag]
    }

    async fn told(fixture: &Fixture, moment: DateTime<Utc>) -> bool {
        remind_to_ask(&job(fixture, moment)).await.unwrap() == 1
    }

    both_databases! {
        async fn coordinators_are_told_once_in_a_year_that_nobody_was_asked_what_is_taken_up_next(fixture: Fixture) {
            let [sian, morag] = coordinators(fixture).await;
            let in_days = |days: i64| fixture.now() + TimeDelta::days(days);
            assert!(!told(fixture, in_days(365)).await, "who has only just begun has not left it for a year");
            assert!(told(fixture, in_days(366)).await);
            assert!(!told(fixture, in_days(366)).await && !told(fixture, in_days(366 + 365)).await);
            let letters = letters(fixture).await;
            let mut to: Vec<_> = letters.iter().map(|letter| letter.0).collect();
            to.sort_unstable();
            let mut expected = [sian, morag];
            expected.sort_unstable();
            assert_eq!(to, expected);
            for (_, subject, body) in &letters {
                assert_eq!(subject, "It is time to ask the members what is taken up next");
                assert!(body.contains("https://reverie.example/improvements") && body.contains("https://reverie.example/community/new"), "{body}");
                assert!(!["Amina", "Sian", "Morag"].iter().any(|name| body.contains(name)), "{body}");
            }
            assert!(told(fixture, in_days(366 + 366)).await, "a year later it is said again, where still nobody was asked");
        }

        async fn a_year_begins_with_the_last_day_on_which_members_could_answer_unless_the_question_was_taken_back(fixture: Fixture) {
            let [sian, _] = coordinators(fixture).await;
            space(fixture, "everyone", SpaceKind::Centre, "").await;
            let asked_at = fixture.now() + TimeDelta::days(300);
            let sian = fixture.actor_at(asked_at, sian, &[Role::Coordinator]);
            start(&sian, "everyone", "Which topics next year?", "Please choose").await.unwrap();
            ask_for_topics_in(&sian, "everyone", 1).await;
            assert!(!told(fixture, asked_at + TimeDelta::days(7 + 365)).await);
            let thread = opened(&sian, "everyone", 1).await.unwrap();
            withdraw_post(&sian, &thread, 1).await.unwrap();
            assert!(told(fixture, asked_at + TimeDelta::days(7 + 365)).await, "what was taken back was read by nobody in the end");
        }

        async fn two_processes_at_once_tell_the_coordinators_once(fixture: Fixture) {
            coordinators(fixture).await;
            let later = fixture.now() + TimeDelta::days(400);
            let (first, second) = (job(fixture, later), job(fixture, later));
            let (first, second) = tokio::join!(remind_to_ask(&first), remind_to_ask(&second));
            assert_eq!(first.unwrap() + second.unwrap(), 1);
            assert_eq!(letters(fixture).await.len(), 2);
        }

        async fn where_there_is_no_coordinator_the_letter_waits_for_the_first(fixture: Fixture) {
            let later = fixture.now() + TimeDelta::days(400);
            person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            assert!(!told(fixture, later).await);
            person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            assert!(told(fixture, later).await, "on the same day");
            assert_eq!(letters(fixture).await.len(), 1);
        }

        async fn nobody_is_told_where_there_is_nobody_yet(fixture: Fixture) {
            assert!(!told(fixture, fixture.now() + TimeDelta::days(4_000)).await);
        }
    }
}
