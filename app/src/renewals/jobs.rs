//! What the program does for renewals on its own.

use super::store::{ask, series_to_ask_about};
use crate::access::System;
use crate::error::AppError;

/// Asks the supervisor and the coordinators of each series that runs out what comes next, once for each. Says about how many it asked.
///
/// Safe to run in several processes at once: each series is taken by one of them.
pub async fn ask_about_renewals(system: &System) -> Result<u64, AppError> {
    let mut asked = 0_u64;
    for series in series_to_ask_about(system).await? {
        if ask(system, &series).await? {
            asked = asked.saturating_add(1);
        }
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::{Clock, on};
    use crate::groups::store::{open_group_to_plan, running_out_of};
    use crate::groups::{Decided, NextStep};
    use crate::people::PersonId;
    use crate::renewals::store::{decide, renewal_page};
    use crate::sessions::fixture::{Meeting, meeting, session};

    fn at(fixture: &Fixture, moment: DateTime<Utc>) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "a series runs out")
    }

    async fn letters(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
        const LETTERS: &str = "SELECT person_id, subject, body FROM message ORDER BY created_at, person_id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    async fn slug(fixture: &Fixture, meeting: &Meeting) -> String {
        crate::groups::fixture::slug_of(fixture, meeting.group).await
    }

    both_databases! {
        async fn the_supervisor_and_the_coordinators_are_asked_once_six_weeks_before_the_last_session(fixture: Fixture) {
            let last_at = fixture.now() + TimeDelta::weeks(10);
            let meeting = meeting(fixture, last_at).await;
            let six_weeks_before = last_at - TimeDelta::weeks(6);
            assert_eq!(ask_about_renewals(&at(fixture, six_weeks_before - TimeDelta::minutes(1))).await, Ok(0));
            assert_eq!(ask_about_renewals(&at(fixture, six_weeks_before)).await, Ok(1));
            assert_eq!(ask_about_renewals(&at(fixture, last_at + TimeDelta::weeks(3))).await, Ok(0));
            let letters = letters(fixture).await;
            assert_eq!(letters.iter().map(|letter| letter.0).collect::<Vec<_>>(), [meeting.ruth, meeting.sian]);
            for (_, subject, body) in &letters {
                assert_eq!(subject, "A group’s sessions end on Thursday 31 December 2026");
                assert!(body.contains(&format!("https://reverie.example/groups/{}/renewal", slug(fixture, &meeting).await)), "{body}");
                assert!(!["Ruth", "Amina", "Tom", "Sian"].iter().any(|name| body.contains(name)), "{body}");
            }
        }

        async fn two_processes_at_once_ask_once(fixture: Fixture) {
            meeting(fixture, fixture.now() + TimeDelta::weeks(2)).await;
            let (first, second) = (at(fixture, fixture.now()), at(fixture, fixture.now()));
            // Both have found the series before either takes it.
            let (found, again) = (series_to_ask_about(&first).await.unwrap(), series_to_ask_about(&second).await.unwrap());
            assert_eq!((found.len(), again.len()), (1, 1));
            let (first, second) = tokio::join!(ask(&first, &found[0]), ask(&second, &again[0]));
            assert_ne!(first.unwrap(), second.unwrap());
            assert_eq!(letters(fixture).await.len(), 2);
        }

        async fn a_decision_holds_until_its_day_and_then_those_who_plan_are_asked_again(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::weeks(2)).await;
            let slug = slug(fixture, &meeting).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let group = open_group_to_plan(&ruth, &slug).await.unwrap();
            decide(&ruth, &group, 0, Decided { what: NextStep::Later, by: date("2026-10-30") }).await.unwrap();
            assert!(!running_out_of(&ruth, &group).await.unwrap().unwrap().waits());
            assert_eq!(ask_about_renewals(&at(fixture, fixture.now() + TimeDelta::days(8))).await, Ok(0));

            let (passed, later) = (fixture.now() + TimeDelta::days(9), fixture.now() + TimeDelta::days(40));
            let ruth = fixture.actor_at(passed, meeting.ruth, &[Role::Supervisor]);
            assert!(running_out_of(&ruth, &group).await.unwrap().unwrap().waits());
            assert_eq!(ask_about_renewals(&at(fixture, passed)).await, Ok(1));
            assert_eq!(ask_about_renewals(&at(fixture, later)).await, Ok(0));
            // It is listed for as long as nothing comes after it, whether or not anybody is asked.
            let sian = fixture.actor_at(later, meeting.sian, &[Role::Coordinator]);
            let stopped = running_out_of(&sian, &group_of(&sian, &slug).await).await.unwrap().unwrap();
            assert!(stopped.waits() && stopped.has_stopped());
        }

        async fn of_two_who_decide_at_once_the_second_is_told(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::weeks(2)).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let group = group_of(&ruth, &slug(fixture, &meeting).await).await;
            let end = Decided { what: NextStep::End, by: date("2026-11-05") };
            let (one, other) = tokio::join!(decide(&ruth, &group, 0, end), decide(&ruth, &group, 0, end));
            assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
            assert_eq!(one.and(other).unwrap_err().status(), 409);
            let shown = renewal_page(&ruth, &group).await.unwrap();
            assert_eq!((shown.version, shown.running_out.decided, shown.may_end), (1, Some(end), false));
            decide(&ruth, &group, 1, Decided { what: NextStep::Review, ..end }).await.unwrap();
        }

        async fn renewing_opens_a_form_that_takes_up_where_the_last_series_leaves_off(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::weeks(2)).await;
            let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
            let slug = slug(fixture, &meeting).await;
            let page = renewal_page(&sian, &group_of(&sian, &slug).await).await.unwrap();
            assert_eq!((page.next.to_string(), page.next.starts_on), ("Every Thursday, 08:00 to 09:30".to_owned(), date("2026-11-12")));
            assert!(page.form_of_next.starts_with(&format!("/groups/{slug}/series/new?starts_on=2026%2D11%2D12&")) && page.may_end);
            session(fixture, meeting.group, fixture.now() + TimeDelta::weeks(60), 60).await;
            let page = renewal_page(&sian, &group_of(&sian, &slug).await).await.unwrap();
            assert_eq!(page.next.length_minutes, 60);
        }
    }

    async fn group_of(actor: &crate::access::Actor, slug: &str) -> crate::groups::store::OpenedGroup {
        open_group_to_plan(actor, slug).await.unwrap()
    }
}
