//! Storing what was invented.

use super::asking::insert_asked_round;
use super::community_rows::insert_community;
use super::digest::insert_digest;
use super::events::insert_events;
use super::learning::insert_learning;
use super::moderation::insert_moderation;
use super::news::{insert_news, insert_opened};
use super::openings::insert_openings;
use super::plan::{Size, plan};
use super::store;
use crate::access::System;
use crate::audit::{self, Entry};
use crate::authorities::store::enter_eligible;
use crate::error::AppError;

/// What is there afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Everybody.
    pub people: usize,
    /// Groups of every kind.
    pub groups: usize,
    /// Sessions, past and to come.
    pub sessions: usize,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The work was done on an earlier day.
    #[error("this database holds demonstration data already")]
    IsLoaded,
    /// Somebody real may be in it.
    #[error(
        "this database holds people already, and invented ones must not be mixed with real ones; choose an empty database (DATABASE_URL)"
    )]
    HasPeople,
    /// The database did not take it.
    #[error("{0}")]
    Refused(#[from] AppError),
}

/// Fills an empty database, all of it or nothing. `progress` is told of each step before it begins.
pub async fn load(system: &System, size: Size, seed: u64, progress: impl Fn(&str)) -> Result<Loaded, LoadError> {
    let mut transaction = system.begin().await?;
    if store::is_demonstration(&mut transaction).await? {
        return Err(LoadError::IsLoaded);
    }
    if store::has_people(&mut transaction).await? {
        return Err(LoadError::HasPeople);
    }
    let plan = plan(size, seed, system.now());
    let sessions: usize = plan.series.iter().map(|series| series.sessions.len()).sum();
    progress(&format!("{} people from 75 authorities", plan.cast.everybody.len()));
    enter_eligible(&mut transaction).await?;
    store::insert_people(&mut transaction, system.now(), &plan.cast.everybody).await?;
    store::set_progress(&mut transaction, &plan.register).await?;
    progress(&format!("{} groups with their agreements", plan.groups.len()));
    store::insert_groups(&mut transaction, &plan.groups).await?;
    store::insert_agreements(&mut transaction, &plan.agreements).await?;
    progress(&format!("{sessions} sessions"));
    store::insert_closures(&mut transaction, &plan.closures).await?;
    store::insert_series(&mut transaction, &plan.series).await?;
    store::insert_drafts(&mut transaction, &plan.drafts).await?;
    store::insert_what_was_told(&mut transaction, &plan.asked, system.now()).await?;
    progress(&format!("{} lines of attendance", plan.attendance.len()));
    store::insert_attendance(&mut transaction, &plan.attendance).await?;
    store::insert_bookings(&mut transaction, &plan.bookings).await?;
    store::insert_clinic_waits(&mut transaction, &plan.clinic_waits).await?;
    store::insert_actions(&mut transaction, &plan.actions).await?;
    store::insert_polls(&mut transaction, &plan.polls).await?;
    store::insert_said(&mut transaction, system.now(), &plan.said).await?;
    store::insert_hours_elsewhere(&mut transaction, &plan.elsewhere).await?;
    store::insert_reflections(&mut transaction, &plan.reflections).await?;
    store::insert_themes(&mut transaction, &plan.themes).await?;
    store::insert_other_calendars(&mut transaction, &plan.other_calendars).await?;
    store::insert_waiting(&mut transaction, &plan.waiting).await?;
    progress(&format!("{} registrations", plan.registrations.answers.len()));
    store::insert_registrations(&mut transaction, system.now(), &plan.registrations).await?;
    store::start_round(&mut transaction, system.now(), &plan.cast.coordinators).await?;
    if let Some(round) = &plan.asked_round {
        insert_asked_round(&mut transaction, round).await?;
    }
    progress(&format!("{} threads in the community", plan.community.threads.len()));
    insert_community(&mut transaction, system.now(), &plan.community).await?;
    insert_openings(&mut transaction, &plan.openings).await?;
    insert_moderation(&mut transaction, system.now(), seed, &plan.cast, &plan.community).await?;
    insert_learning(&mut transaction, system.now(), seed, &plan.cast).await?;
    insert_digest(&mut transaction, system.now(), plan.cast.amina, &plan.groups).await?;
    insert_events(&mut transaction, system.now(), seed, (&plan.cast, &plan.community)).await?;
    insert_news(&mut transaction, system, &plan).await?;
    insert_opened(&mut transaction, seed, &plan, system.now()).await?;
    let detail = format!("{} size, seed {seed}", size.name);
    let entry = Entry { action: store::LOADED, subject: "demonstration", subject_id: None, detail: &detail };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    progress("groups for those who have none");
    crate::matching::jobs::work_on_rounds(system).await?;
    Ok(Loaded { people: plan.cast.everybody.len(), groups: plan.groups.len(), sessions })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::audit::{Verdict, verify};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::on;
    use crate::events::jobs::let_places_follow;
    use crate::people::fixture::person;

    const TINY: Size = Size { name: "tiny", practitioners: 24, supervisors: 8, groups: 5, one_to_ones: 3, vig: 2 };

    fn program(fixture: &Fixture) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: fixture.clock,
            is_demonstration: true,
            origin: "http://127.0.0.1".into(),
        };
        system(&premises, "demonstration data")
    }

    async fn fill(fixture: &Fixture) -> Result<Loaded, LoadError> {
        load(&program(fixture), TINY, 1, |_| ()).await
    }

    async fn count(fixture: &Fixture, query: &'static str) -> i64 {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
    }

    both_databases! {
        async fn an_empty_database_is_filled(fixture: Fixture) {
            let loaded = fill(fixture).await.unwrap();

            assert_eq!(count(fixture, "SELECT COUNT(*) FROM person").await, i64::try_from(loaded.people).unwrap());
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM session").await, i64::try_from(loaded.sessions).unwrap());
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM authority WHERE stage = 'active'").await, 48);
            assert_eq!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 2 }, "that it was loaded, and that groups were proposed");
            assert_eq!(let_places_follow(&program(fixture)).await, Ok(0), "whoever has a place at an event belongs to those whom it is for");
        }

        async fn amina_and_ruth_find_what_they_were_written_and_who_has_opened_their_records(fixture: Fixture) {
            const WRITTEN: &str = "SELECT COUNT(*) FROM message m JOIN person p ON p.id = m.person_id WHERE p.email = $1 AND m.told_at IS NOT NULL";
            const UNREAD: &str = "\
SELECT COUNT(*)
FROM message m
JOIN person p ON p.id = m.person_id
JOIN news_visit v ON v.person_id = p.id
WHERE p.email = $1
    AND m.told_at > v.here_at";
            const OPENED: &str = "SELECT COUNT(*) FROM opened_record o JOIN person p ON p.id = o.person_id WHERE p.email = $1";

            fill(fixture).await.unwrap();

            let database = &fixture.database;
            for role in ["practitioner", "supervisor"] {
                let email = format!("{role}@demonstration.example");
                let of = async |query: &'static str| -> i64 {
                    on!(database, pool => sqlx::query_scalar(query).bind(&email).fetch_one(pool).await).unwrap()
                };
                let (written, unread, opened) = (of(WRITTEN).await, of(UNREAD).await, of(OPENED).await);
                assert!((5..30).contains(&written) && unread < 5 && opened > 3, "{role}: {written} written, {unread} unread, {opened} opened");
            }
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM message WHERE sent_at IS NULL").await, 0, "nothing of it is sent again");
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM message WHERE leads_to IS NULL").await, 0, "each leads to what it is about");
            let odd = "SELECT COUNT(*) FROM opened_record WHERE opened_on >= '2026-10-22' OR person_id = reader_id";
            assert_eq!(count(fixture, odd).await, 0);
        }

        async fn a_filled_database_is_not_filled_again(fixture: Fixture) {
            let loaded = fill(fixture).await.unwrap();

            assert!(matches!(fill(fixture).await, Err(LoadError::IsLoaded)));

            assert_eq!(count(fixture, "SELECT COUNT(*) FROM person").await, i64::try_from(loaded.people).unwrap());
        }

        async fn a_database_that_holds_people_is_left_alone(fixture: Fixture) {
            person(fixture, "Real", "Person", &[Role::Administrator]).await;

            assert!(matches!(fill(fixture).await, Err(LoadError::HasPeople)));

            assert_eq!(count(fixture, "SELECT COUNT(*) FROM person").await, 1);
        }
    }
}
