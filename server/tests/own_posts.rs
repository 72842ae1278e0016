//! One's own posts through the real router: whoever has left a closed group takes their words back there, by a form that works without scripts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use app::access::Role;
use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use app::people::PersonId;
use app::sign_in::Stage;
use app::sign_in::store::{Arrival, open_sign_in};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tower::ServiceExt;

struct World {
    site: Router,
    database: Database,
    pool: SqlitePool,
}

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

impl World {
    async fn new() -> Self {
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = options.connect("sqlite::memory:").await.unwrap();
        let database = Database::Sqlite(pool.clone());
        database.migrate().await.unwrap();
        let config = Config::default();
        load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
        Self { site: router(Process::new(&config, database.clone())), database, pool }
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.site.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn cookie_of(&self, person: PersonId) -> String {
        let mut transaction = self.database.begin().await.unwrap();
        let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
        let cookie = format!("sign-in={}", open_sign_in(&mut transaction, &arrival).await.unwrap().token);
        transaction.commit().await.unwrap();
        cookie
    }

    async fn open(&self, cookie: &str) -> (StatusCode, String) {
        self.ask(Request::get("/me/posts").header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    async fn withdraw(&self, cookie: &str, reply: &Reply) -> StatusCode {
        let thread = reply.thread.simple();
        let body = format!("_action=%2Fapi%2Fwithdraw_own_post&form%5Bthread%5D={thread}&form%5Bnumber%5D={}", reply.number);
        let request = Request::post("/me/posts")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookie)
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await.0
    }

    async fn a_reply(&self) -> Reply {
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

        sqlx::query_as(REPLY).fetch_one(&self.pool).await.unwrap()
    }

    async fn says(&self, reply: &Reply) -> String {
        let says = sqlx::query_scalar("SELECT html FROM post WHERE thread_id = $1 AND number = $2");
        says.bind(reply.thread).bind(reply.number).fetch_one(&self.pool).await.unwrap()
    }
}

#[tokio::test]
async fn whoever_has_left_a_group_takes_back_what_they_wrote_there_and_nobody_else_can() {
    const LEAVE: &str = "UPDATE membership SET left_on = '2020-01-01' WHERE person_id = $1";

    let world = World::new().await;
    let reply = world.a_reply().await;
    sqlx::query(LEAVE).bind(reply.person).execute(&world.pool).await.unwrap();
    let cookie = world.cookie_of(reply.person).await;
    let (status, page) = world.open(&cookie).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(reply.html.trim()), "{}", reply.html);
    assert!(page.contains("In a space that you can no longer read."));
    for word in [&reply.group_name, &reply.thread_title] {
        assert!(!page.contains(word.as_str()), "{word} stands on the page");
    }

    let stranger: PersonId =
        sqlx::query_scalar("SELECT person_id FROM person_role WHERE role = $1 AND person_id <> $2 ORDER BY person_id LIMIT 1")
            .bind(Role::Coordinator)
            .bind(reply.person)
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!(world.withdraw(&world.cookie_of(stranger).await, &reply).await, StatusCode::NOT_FOUND);
    assert_eq!(world.says(&reply).await, reply.html);

    assert_eq!(world.withdraw(&cookie, &reply).await, StatusCode::SEE_OTHER);
    assert_eq!(world.says(&reply).await, "");
    assert!(!world.open(&cookie).await.1.contains(reply.html.trim()));
}
