//! Groups of a weekly round, from the question to their sessions.

use chrono::{NaiveDateTime, TimeDelta};

use super::tests::world_of;
use super::*;
use crate::agreements::fixture::agree;
use crate::asking::fixture::asked_code;
use crate::asking::jobs::publish_agreed;
use crate::asking::model::Reply;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::matching::fixture::{at, weekly};
use crate::people::PersonId;

both_databases! {
    async fn people_of_a_weekly_round_are_asked_about_every_week_and_the_series_of_the_group_has_every_week(fixture: Fixture) {
        let world = world_of(fixture, &weekly()).await;
        let shown = round_to_ask(&world.sian, world.number).await.unwrap().groups.remove(0);
        assert!(shown.terms.when.starts_with("Every Thursday, "), "{}", shown.terms.when);
        assert_eq!(shown.terms.first.unwrap().date().to_string(), "2026-11-26");
        assert!(shown.letters.iter().all(|(_, body)| body.contains(&shown.terms.when)));
        world.ask_all().await;
        let code = asked_code(fixture, world.one(0).person()).await;
        assert_eq!(own_asked(world.one(0), &code).await.unwrap().terms, shown.terms);
        assert_eq!(world.group().await.terms, shown.terms);

        for place in 0..4 {
            world.replies(world.one(place), fixture, Reply::Accepted).await.unwrap();
        }
        world.replies(&world.ruth, fixture, Reply::Accepted).await.unwrap();
        let to_make = group_to_make(&world.sian, world.number, &world.group().await.code).await.unwrap();
        assert_eq!((to_make.terms, to_make.problem), (shown.terms.clone(), None));
        assert!(to_make.letters.iter().take(2).all(|(_, body)| body.contains(&shown.terms.when)));
        assert_eq!(to_make.dates.len() + to_make.skipped.len(), 26, "half a year of weeks");
        let slug = make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap();

        let everybody: Vec<PersonId> = (0..4).map(|place| world.one(place).person()).chain([world.ruth.person()]).collect();
        assert!(agree(fixture, &slug, &everybody, 1).await);
        assert_eq!(publish_agreed(&at(fixture, TimeDelta::minutes(1))).await, Ok(1));
        let database = &fixture.database;
        let planned: Vec<NaiveDateTime> =
            on!(database, pool => sqlx::query_scalar("SELECT starts_local FROM session ORDER BY starts_at").fetch_all(pool).await).unwrap();
        assert_eq!(planned, to_make.dates);
        let steps: Vec<i64> = planned.windows(2).map(|two| (two[1] - two[0]).num_days()).collect();
        assert!(steps.contains(&7) && steps.iter().all(|days| days % 7 == 0), "{steps:?}");
    }
}
