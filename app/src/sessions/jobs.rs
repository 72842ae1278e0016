//! What the program does for sessions on its own.

use super::store::{chase, sessions_to_chase};
use crate::access::System;
use crate::error::AppError;

/// Reminds each supervisor, once for each session, whose attendance was due two working days after it. Says how many were reminded.
///
/// Safe to run in several processes at once: each session is taken by one of them.
pub async fn chase_unmarked(system: &System) -> Result<u64, AppError> {
    let mut reminded = 0_u64;
    for session in sessions_to_chase(system).await? {
        if chase(system, session).await? {
            reminded = reminded.saturating_add(1);
        }
    }
    Ok(reminded)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::{Clock, on};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::sessions::fixture::meeting;
    use crate::sessions::forms::{ActionChanges, Record, Save};
    use crate::sessions::store::{open_session, save_record, sessions_to_mark};

    fn at(fixture: &Fixture, moment: DateTime<Utc>) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "the attendance is due")
    }

    async fn reminders(fixture: &Fixture) -> Vec<(PersonId, String)> {
        const REMINDERS: &str = "SELECT person_id, subject FROM message";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(REMINDERS).fetch_all(pool).await).unwrap()
    }

    fn monday(time: &str) -> DateTime<Utc> {
        format!("2026-10-26T{time}:00Z").parse().unwrap()
    }

    both_databases! {
        async fn a_supervisor_is_reminded_once_when_two_working_days_have_passed(fixture: Fixture) {
            // The session is on a Thursday; the clocks go back before the Monday on which its attendance is due.
            let meeting = meeting(fixture, fixture.now()).await;
            assert_eq!(chase_unmarked(&at(fixture, monday("16:59"))).await, Ok(0));
            assert_eq!(chase_unmarked(&at(fixture, monday("17:01"))).await, Ok(1));
            assert_eq!(chase_unmarked(&at(fixture, monday("17:02"))).await, Ok(0));
            assert_eq!(reminders(fixture).await, [(meeting.ruth, "Please finish the attendance of Thursday 22 October".to_owned())]);
        }

        async fn the_coordinators_are_reminded_where_the_supervisor_is_gone_and_find_the_session_on_their_list(fixture: Fixture) {
            const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
            const RETIRE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = 'supervisor'";
            let morag = person(fixture, "Morag", "Fraser", &[Role::Coordinator]).await;
            let coordinator = fixture.actor_at(monday("17:01"), morag, &[Role::Coordinator]);
            let database = &fixture.database;
            for (nth, gone) in (1..).zip([SUSPEND, RETIRE]) {
                let meeting = meeting(fixture, fixture.now()).await;
                assert_eq!(sessions_to_mark(&coordinator).await.unwrap().len(), nth - 1, "what its supervisor marks is no coordinator's");
                on!(database, pool => sqlx::query(gone).bind(meeting.ruth).execute(pool).await.map(|_| ())).unwrap();
                assert_eq!(chase_unmarked(&at(fixture, monday("17:01"))).await, Ok(1));
                let reminders = reminders(fixture).await;
                let to_morag = (morag, "The attendance of Thursday 22 October is not finished".to_owned());
                assert_eq!(reminders.iter().filter(|reminder| **reminder == to_morag).count(), nth, "{reminders:?}");
                assert!(reminders.iter().all(|(person, _)| *person != meeting.ruth));
                let waiting = sessions_to_mark(&coordinator).await.unwrap();
                assert_eq!(waiting.len(), nth);
                assert!(waiting.iter().all(|session| session.is_left_behind && session.is_overdue));
            }
        }

        async fn a_session_that_is_not_finished_after_five_working_days_is_on_the_list_of_the_coordinators(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now()).await;
            let at = |moment: &str| moment.parse::<DateTime<Utc>>().unwrap();
            let waiting = async |moment: &str| {
                sessions_to_mark(&fixture.actor_at(at(moment), meeting.sian, &[Role::Coordinator])).await.unwrap()
            };
            assert!(waiting("2026-10-29T17:00:00Z").await.is_empty());
            let late = waiting("2026-10-29T17:01:00Z").await;
            assert_eq!((late.len(), late[0].waits_for.as_deref(), late[0].is_left_behind), (1, Some("Ruth A."), false));
            // It stays its supervisor's to finish, and no other supervisor learns of it.
            let ruths = sessions_to_mark(&fixture.actor_at(at("2026-10-29T17:01:00Z"), meeting.ruth, &[Role::Supervisor])).await.unwrap();
            assert_eq!((ruths.len(), ruths[0].waits_for.as_deref()), (1, None));
            let other = fixture.actor_at(at("2026-10-29T17:01:00Z"), meeting.tom, &[Role::Supervisor]);
            assert!(sessions_to_mark(&other).await.unwrap().is_empty());
        }

        async fn two_processes_at_once_send_one_reminder(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now()).await;
            let (first, second) = (at(fixture, monday("17:01")), at(fixture, monday("17:01")));
            // Both have found the session before either takes it.
            let found = sessions_to_chase(&first).await.unwrap();
            assert_eq!((found.as_slice(), sessions_to_chase(&second).await.unwrap()), ([meeting.session].as_slice(), found.clone()));
            let (first, second) = tokio::join!(chase(&first, meeting.session), chase(&second, meeting.session));
            assert_ne!(first.unwrap(), second.unwrap());
            assert_eq!(reminders(fixture).await.len(), 1);
        }

        async fn an_unmarked_session_waits_with_its_supervisor_until_it_is_finished(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let waiting = sessions_to_mark(&ruth).await.unwrap();
            assert_eq!(waiting.len(), 1);
            assert_eq!((waiting[0].code.as_str(), waiting[0].is_overdue, waiting[0].is_begun), (meeting.code.as_str(), false, false));
            let session = open_session(&ruth, &meeting.code).await.unwrap();
            let begun = Record { version: 1, marks: [].into(), actions: ActionChanges::default(), save: Save::AllPresent };
            save_record(&ruth, &session, &begun).await.unwrap();
            assert!(sessions_to_mark(&ruth).await.unwrap()[0].is_begun);
            let overdue = fixture.actor_at(monday("17:01"), meeting.ruth, &[Role::Supervisor]);
            assert!(sessions_to_mark(&overdue).await.unwrap()[0].is_overdue);
            let sian = fixture.actor(meeting.sian, &[Role::Supervisor]);
            assert!(sessions_to_mark(&sian).await.unwrap().is_empty());
        }
    }
}
