//! One's own posts through the real router: whoever has left a closed group takes their words back there, by a form that works without scripts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/demonstration.rs"]
mod demonstration;

use app::access::Role;
use app::people::PersonId;
use axum::http::StatusCode;
use demonstration::{Answer, World};

/// A reply in the closed space of a group, by a member: who, which group, its thread and number, and what it says.
#[derive(sqlx::FromRow)]
struct Reply {
    person: PersonId,
    group_name: String,
    thread: uuid::Uuid,
    thread_title: String,
    number: i64,
    html: String,
}

async fn a_reply(world: &World) -> Reply {
    const REPLY: &str = "\
SELECT p.author_id AS person, g.name AS group_name, t.id AS thread, t.title AS thread_title, p.number, p.html
FROM post p
JOIN thread t ON t.id = p.thread_id
JOIN supervision_group g ON g.id = t.space_id
JOIN membership m ON m.group_id = g.id AND m.person_id = p.author_id
WHERE p.number > 1
    AND t.author_id <> p.author_id
ORDER BY p.written_at
LIMIT 1";

    sqlx::query_as(REPLY).fetch_one(&world.pool).await.unwrap()
}

/// What posts say, each with where it stands.
async fn says(world: &World, reply: &Reply) -> String {
    let place = format!("{} {} ", reply.thread.simple(), reply.number);
    let posts = world.words("SELECT lower(hex(thread_id)) || ' ' || number || ' ' || html FROM post").await;
    posts.iter().find_map(|post| post.strip_prefix(&place)).unwrap().to_owned()
}

async fn withdraw(world: &World, cookie: &str, reply: &Reply) -> Answer {
    let (thread, number) = (reply.thread.simple().to_string(), reply.number.to_string());
    world.send(cookie, "/me/posts", "withdraw_own_post", &[("thread", &thread), ("number", &number)]).await
}

#[tokio::test]
async fn whoever_has_left_a_group_takes_back_what_they_wrote_there_and_nobody_else_can() {
    const LEAVE: &str = "UPDATE membership SET left_on = '2020-01-01' WHERE person_id = $1";

    let world = World::new().await;
    let reply = a_reply(&world).await;
    sqlx::query(LEAVE).bind(reply.person).execute(&world.pool).await.unwrap();
    let cookie = world.cookie_of(reply.person).await;
    let Answer { status, page, .. } = world.open(&cookie, "/me/posts").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(reply.html.trim()), "{}", reply.html);
    assert!(page.contains("In a space that you can no longer read."));
    for word in [&reply.group_name, &reply.thread_title] {
        assert!(!page.contains(word.as_str()), "{word} stands on the page");
    }

    let stranger = world.cookie(Role::Coordinator).await;
    assert_eq!(withdraw(&world, &stranger, &reply).await.status, StatusCode::NOT_FOUND);
    assert_eq!(says(&world, &reply).await, reply.html);

    let taken_back = withdraw(&world, &cookie, &reply).await;
    assert_eq!((taken_back.status, taken_back.location.as_str()), (StatusCode::SEE_OTHER, "/me/posts"));
    assert_eq!(says(&world, &reply).await, "");
    assert!(!world.open(&cookie, "/me/posts").await.page.contains(reply.html.trim()));
}
