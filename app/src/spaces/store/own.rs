//! What somebody has written, wherever it stands. Of a space that they can no longer read nothing is told but their own words.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::apart::own_posts;
use super::meant::{meant_in, named, people_of_codes_in, to_a_stranger};
use super::older::{Part, older};
use super::open::starters_since;
use super::page::with_names;
use super::readable::readable;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::spaces::held::HiddenAs;
use crate::spaces::model::{SpaceId, ThreadId, post_address};
use crate::spaces::own::{OwnPlace, OwnPost, OwnPostsShown};

/// A page of what the actor has written and not taken back, the latest first.
pub async fn own_posts(actor: &Actor, before: &str) -> Result<OwnPostsShown, AppError> {
    const OWN: &str = concat!(
        "WITH r AS MATERIALIZED (",
        readable!("$1", "$2"),
        ")
SELECT p.thread_id, t.space_id, p.number, p.written_at, p.author_id IS NULL AS is_unnamed, p.hidden_as, COALESCE(x.html, p.html) AS html,
    COALESCE(x.source, p.source) AS source,
    CASE WHEN p.number = 1 THEN COALESCE(NULLIF(x.title, ''), t.title) ELSE '' END AS own_title,
    (SELECT COUNT(*) FROM attachment a WHERE a.thread_id = p.thread_id AND a.number = p.number) AS files,
    r.slug, r.name AS space, t.number AS thread_number, t.title AS thread_title
FROM (",
        own_posts!("$1"),
        ") o
JOIN post p ON p.thread_id = o.thread_id AND p.number = o.number
JOIN thread t ON t.id = p.thread_id
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
LEFT JOIN r ON r.id = t.space_id
WHERE p.withdrawn_at IS NULL
    AND ",
        older!("p.written_at", "p", ["$3", "$4", "$5", "$6"])
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        thread_id: ThreadId,
        space_id: SpaceId,
        number: i64,
        written_at: DateTime<Utc>,
        is_unnamed: bool,
        hidden_as: Option<HiddenAs>,
        html: String,
        source: String,
        own_title: String,
        files: i64,
        slug: Option<String>,
        space: Option<String>,
        thread_number: i64,
        thread_title: String,
    }

    let from = Part::of_key(actor, before);
    let database = actor.database();
    let mut rows: Vec<Row> = on!(database, pool => sqlx::query_as(OWN)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(from.at)
        .bind(from.thread)
        .bind(from.number)
        .bind(Part::at_most())
        .fetch_all(pool).await)?;
    let next = Part::cut(&mut rows, |row| Part { at: row.written_at, thread: row.thread_id, number: row.number });
    let texts: Vec<_> = rows.iter().map(|row| ((row.thread_id, row.number), row.html.as_str())).collect();
    let mut meant = meant_in(database, &texts).await?;
    // Nobody is told of a hidden post, so that it is not kept whom it means.
    let hidden: Vec<_> = rows.iter().filter(|row| row.hidden_as.is_some()).map(|row| (row.space_id, row.html.as_str())).collect();
    let in_hidden = if hidden.is_empty() { BTreeMap::new() } else { people_of_codes_in(&mut database.snapshot().await?, &hidden).await? };
    let post = |row: Row| {
        let people = match row.hidden_as {
            None => meant.remove(&(row.thread_id, row.number)),
            Some(_) => in_hidden.get(&row.space_id).cloned(),
        };
        let people = people.unwrap_or_default();
        let people = if row.slug.is_some() { people } else { to_a_stranger(people) };
        let (html, source) = (with_names(&row.html, Some(&people)), named(&row.source, Some(&people)));
        let Row { thread_number, thread_title, number, .. } = row;
        let place = row.slug.zip(row.space).map(|(slug, space)| OwnPlace {
            address: post_address(&slug, thread_number, number),
            space,
            thread: thread_title,
        });
        OwnPost {
            thread: row.thread_id.0.simple().to_string(),
            number,
            title: row.own_title,
            html,
            source,
            written_at: ::series::local(row.written_at),
            is_unnamed: row.is_unnamed,
            hidden: row.hidden_as,
            files: row.files,
            place,
        }
    };
    Ok(OwnPostsShown { posts: rows.into_iter().map(post).collect(), next, now: ::series::local(actor.now()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::spaces::SpaceKind;
    use crate::spaces::fixture::{draw_for, opened, space, start, words};
    use crate::spaces::store::tests::{answer, at, post};
    use crate::spaces::store::{open_space, start_thread, withdraw_own, withdraw_post};

    async fn run(fixture: &Fixture, statement: &'static str, person: PersonId) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(statement).bind(person).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn whoever_has_left_a_group_takes_their_own_words_back_and_reads_nothing_else_of_it(fixture: Fixture) {
            const FILES: &str = "SELECT COUNT(*) FROM attachment WHERE thread_id IS NOT NULL";

            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let slug = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await);
            let (leader, writer) = (at(fixture, 0, ruth, Role::Supervisor), at(fixture, 1, amina, Role::Practitioner));
            start(&leader, &slug, "What Ruth asks", "Who would like to begin?").await.unwrap();
            answer(&writer, &slug, 1, "I would.").await.unwrap();
            draw_for(fixture, &writer, &slug).await;
            start(&writer, &slug, "What Amina asks", "And who ends?").await.unwrap();
            let before = own_posts(&writer, "").await.unwrap().posts;
            let places: Vec<_> = before.iter().map(|post| post.place.as_ref().unwrap().thread.as_str()).collect();
            assert_eq!(places, ["What Amina asks", "What Ruth asks"]);

            run(fixture, "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1", amina).await;
            assert_eq!(opened(&writer, &slug, 1).await.unwrap_err(), AppError::NotFound);
            let shown = own_posts(&writer, "").await.unwrap();
            let lines: Vec<_> = shown.posts.iter().map(|post| (post.title.as_str(), post.html.as_str(), post.files, post.place.is_some())).collect();
            assert_eq!(lines, [("What Amina asks", "<p>And who ends?</p>\n", 1, false), ("", "<p>I would.</p>\n", 0, false)]);
            let wire = serde_json::to_string(&shown).unwrap();
            for word in ["Ruth", slug.as_str(), "like to begin"] {
                assert!(!wire.contains(word), "{word}: {wire}");
            }
            for own in &shown.posts {
                let thread = ThreadId(own.thread.parse().unwrap());
                assert_eq!(withdraw_own(&leader, thread, own.number).await, Err(AppError::NotFound), "it is hers alone to take back");
                withdraw_own(&writer, thread, own.number).await.unwrap();
                assert_eq!(withdraw_own(&writer, thread, own.number).await, Err(AppError::NotFound));
            }
            assert!(own_posts(&writer, "").await.unwrap().posts.is_empty());
            let gone = post(&leader, &slug, 1, 2).await;
            assert!(gone.is_withdrawn && gone.html.is_empty(), "{gone:?}");
            let database = &fixture.database;
            let files: i64 = on!(database, pool => sqlx::query_scalar(FILES).fetch_one(pool).await).unwrap();
            assert_eq!(files, 0);
        }

        async fn what_somebody_wrote_without_their_name_is_in_their_own_list_and_in_nobody_else_s(fixture: Fixture) {
            space(fixture, "all", SpaceKind::Centre, "").await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query("UPDATE space SET allows_unnamed = TRUE").execute(pool).await.map(|_| ())).unwrap();
            let (writer, other) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, tom, Role::Practitioner));
            let text = words("I cried in the car.").bearing_name(false);
            start_thread(&writer, &open_space(&writer, "all").await.unwrap(), "After a visit", &text).await.unwrap();
            answer(&other, "all", 1, "Thank you.").await.unwrap();
            let own = own_posts(&writer, "").await.unwrap().posts;
            assert_eq!(own.iter().map(|post| (post.number, post.is_unnamed)).collect::<Vec<_>>(), [(1, true)]);
            assert_eq!(own_posts(&other, "").await.unwrap().posts.iter().map(|post| post.number).collect::<Vec<_>>(), [2]);
            withdraw_post(&writer, &opened(&writer, "all", 1).await.unwrap(), 1).await.unwrap();
            assert!(own_posts(&writer, "").await.unwrap().posts.is_empty());
        }

        async fn more_than_a_page_of_posts_goes_on_where_the_page_ended(fixture: Fixture) {
            space(fixture, "all", SpaceKind::Centre, "").await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            for minutes in 0..25 {
                start(&at(fixture, minutes, amina, Role::Practitioner), "all", "A question", "Words").await.unwrap();
            }
            let reader = at(fixture, 30, amina, Role::Practitioner);
            let first = own_posts(&reader, "").await.unwrap();
            let second = own_posts(&reader, &first.next.unwrap()).await.unwrap();
            assert_eq!((first.posts.len(), second.posts.len(), second.next), (20, 5, None));
        }
    }
}
