//! Whoever lets every file that the product sends them into their own calendar has there what the product has.

use ::series::timetable::Scope;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::reader::{OwnCalendar, Span};
use super::story::Story;
use crate::changes::forms::{FOLLOWING, THIS};
use crate::changes::store::undo_change;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::groups::store::{add_member, end_group, open_group_to_change, remove_member};
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::people::store::{lift_suspension, suspend_person};

/// Everything has left, and some time goes by.
async fn later(story: &mut Story<'_>, act: &str) {
    const LEAVE: &str = "UPDATE message SET sent_at = $1, attempts = 1 WHERE sent_at IS NULL";
    let database = &story.fixture.database;
    on!(database, pool => sqlx::query(LEAVE).bind(story.now).execute(pool).await.map(|_| ())).unwrap();
    for (who, name) in [(story.ruth, "Ruth"), (story.nadia, "Nadia"), (story.amina, "Amina"), (story.tom, "Tom"), (story.femi, "Femi")] {
        assert_eq!(in_own_calendar(story, who).await, in_reverie(story, who).await, "{name}’s calendar, after this: {act}");
    }
    story.now += TimeDelta::hours(1);
}

async fn in_own_calendar(story: &Story<'_>, who: PersonId) -> Vec<Span> {
    const FILES: &str = "SELECT calendar FROM message WHERE person_id = $1 AND calendar IS NOT NULL ORDER BY id";
    let database = &story.fixture.database;
    let files: Vec<String> = on!(database, pool => sqlx::query_scalar(FILES).bind(who).fetch_all(pool).await).unwrap();
    let mut calendar = OwnCalendar::default();
    for file in &files {
        calendar.take_in(file);
    }
    calendar.held()
}

async fn in_reverie(story: &Story<'_>, who: PersonId) -> Vec<Span> {
    const MINE: &str = concat!(
        "WITH mine AS (\n",
        crate::calendar::store::own_sessions!(),
        ")
SELECT s.starts_at, s.ends_at
FROM mine
JOIN session s ON s.id = mine.id
JOIN person p ON p.id = $1
WHERE s.cancelled_at IS NULL
    AND (p.standing = 'registered' OR s.starts_at <= $4)
ORDER BY s.starts_at"
    );
    let database = &story.fixture.database;
    on!(database, pool => sqlx::query_as(MINE)
            .bind(who)
            .bind(story.now - TimeDelta::days(400))
            .bind(story.now + TimeDelta::days(400))
            .bind(story.now)
            .fetch_all(pool).await)
    .unwrap()
}

fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

both_databases! {
    async fn whoever_follows_every_file_has_the_sessions_that_the_product_has(fixture: Fixture) {
        let mut story = Story::begin(fixture).await;
        let (femi, amina) = (code_of(fixture, story.femi).await, code_of(fixture, story.amina).await);
        assert_eq!(in_reverie(&story, story.tom).await.len(), 12);
        later(&mut story, "a series is published").await;
        story.move_to(1, THIS, ("2026-11-13 14:30", "90")).await;
        later(&mut story, "one session is moved").await;
        story.move_to(4, FOLLOWING, ("2027-01-07 09:15", "60")).await;
        later(&mut story, "this and the following have another time and length").await;
        let change = story.cancel(2, Scope::This).await;
        later(&mut story, "one session is cancelled").await;
        undo_change(&story.coordinator(), &change).await.unwrap();
        later(&mut story, "it is brought back").await;
        story.cancel(2, Scope::This).await;
        later(&mut story, "it is cancelled after all").await;

        story.now = uk("2026-11-14 09:00");
        let group = open_group_to_change(&story.coordinator(), &story.slug).await.unwrap();
        add_member(&story.coordinator(), &group, &femi).await.unwrap();
        assert!(!in_reverie(&story, story.femi).await.is_empty());
        later(&mut story, "somebody joins").await;
        story.cover(3).await;
        later(&mut story, "a session is covered").await;
        story.cover(5).await;
        later(&mut story, "another session is covered").await;
        story.move_to(3, THIS, ("2026-12-11 10:00", "90")).await;
        later(&mut story, "a covered session is moved").await;
        story.end_cover(5).await;
        later(&mut story, "cover is given back").await;
        story.cover(5).await;
        later(&mut story, "it is covered after all").await;
        story.let_ruth_lead(5).await;
        later(&mut story, "its own supervisor is put in the place of the cover").await;

        let change = story.cancel(9, Scope::ThisAndFollowing).await;
        later(&mut story, "the following sessions are cancelled").await;
        undo_change(&story.coordinator(), &change).await.unwrap();
        later(&mut story, "that is undone").await;
        suspend_person(&story.coordinator(), &amina).await.unwrap();
        assert_eq!(in_reverie(&story, story.amina).await.len(), 2);
        later(&mut story, "somebody is suspended").await;
        lift_suspension(&story.coordinator(), &amina).await.unwrap();
        later(&mut story, "somebody is let in again").await;

        story.hand_over_to_nadia().await;
        later(&mut story, "another supervisor takes over").await;
        let group = open_group_to_change(&story.coordinator(), &story.slug).await.unwrap();
        remove_member(&story.coordinator(), &group, &femi).await.unwrap();
        later(&mut story, "somebody leaves").await;
        add_member(&story.coordinator(), &group, &femi).await.unwrap();
        later(&mut story, "somebody comes back").await;
        end_group(&story.coordinator(), &group, story.version().await).await.unwrap();
        assert_eq!(in_reverie(&story, story.tom).await.len(), 2);
        later(&mut story, "the group ends").await;
    }
}
