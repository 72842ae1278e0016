//! That somebody is ill is seen by them and by coordinators, and stands on no page and in no file of anybody else, through the real router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use app::access::Role;
use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use app::downloads::DOWNLOADS;
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

/// A demonstration in which every supervisor but one is ill for three weeks from today on.
struct World {
    site: Router,
    pool: SqlitePool,
    database: Database,
}

impl World {
    async fn new() -> Self {
        const ILL: &str = "\
INSERT INTO leave (id, person_id, starts_on, ends_on, kind)
SELECT randomblob(16), p.id, date('now'), date('now', '+21 days'), 'ill'
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.email <> 'supervisor@demonstration.example'";

        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = options.connect("sqlite::memory:").await.unwrap();
        let database = Database::Sqlite(pool.clone());
        database.migrate().await.unwrap();
        let config = Config::default();
        load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
        sqlx::query("UPDATE leave SET kind = 'ill' WHERE person_id <> (SELECT id FROM person WHERE email = 'supervisor@demonstration.example')")
            .execute(&pool)
            .await
            .unwrap();
        assert!(sqlx::query(ILL).execute(&pool).await.unwrap().rows_affected() > 5);
        Self { site: router(Process::new(&config, database.clone())), pool, database }
    }

    /// The cookie of whoever stands for a role.
    async fn cookie(&self, role: Role) -> String {
        let email = format!("{}@demonstration.example", role.key().replace('_', "-"));
        let person: PersonId = sqlx::query_scalar("SELECT id FROM person WHERE email = $1").bind(email).fetch_one(&self.pool).await.unwrap();
        let mut transaction = self.database.begin().await.unwrap();
        let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
        let token = open_sign_in(&mut transaction, &arrival).await.unwrap().token;
        transaction.commit().await.unwrap();
        format!("sign-in={token}")
    }

    async fn open(&self, cookie: &str, address: &str) -> (StatusCode, String) {
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let answer = self.site.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn codes(&self, query: &'static str) -> Vec<String> {
        sqlx::query_scalar(query).fetch_all(&self.pool).await.unwrap()
    }
}

/// A text without what stands between two marks.
fn without(text: &str, begins: &str, ends: &str) -> String {
    let mut parts = text.split(begins);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + part.split_once(ends).map_or("", |(_, after)| after))
}

/// Whether a page says of anybody that they are ill, in more than the list from which a reason is chosen and the words that explain it.
fn says_ill(page: &str) -> bool {
    let page = without(&without(page, "<label class=\"choice\"", "</label>"), "<p class=\"hint\"", "</p>");
    page.split(|letter: char| !letter.is_alphabetic()).any(|word| matches!(word, "ill" | "Ill" | "illness" | "Illness" | "sick" | "unwell"))
}

#[tokio::test]
async fn nobody_but_a_coordinator_and_whoever_it_is_learns_that_a_supervisor_is_ill() {
    let world = World::new().await;
    let mut addresses: Vec<String> =
        ["/today", "/calendar", "/board", "/conflicts", "/cover", "/availability", "/statement", "/groups", "/people", "/news", "/me/access", "/me/supervision", "/audit", "/overdue"]
            .map(ToOwned::to_owned)
            .into();
    addresses.extend(DOWNLOADS.map(|(path, _)| path.to_owned()));
    for session in world.codes("SELECT code FROM session WHERE starts_at > datetime('now') AND cancelled_at IS NULL ORDER BY starts_at LIMIT 12").await {
        addresses.extend(["", "/history", "/move", "/hosts"].map(|page| format!("/sessions/{session}{page}")));
    }
    let ill = world.codes("SELECT DISTINCT p.code FROM person p JOIN leave l ON l.person_id = p.id WHERE l.kind = 'ill' ORDER BY p.code LIMIT 4").await;
    for person in &ill {
        addresses.extend([format!("/people/{person}"), format!("/people/{person}/availability"), format!("/cover/{person}")]);
    }
    let (mut opened, mut told) = (0, Vec::new());
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Coordinator) {
        let cookie = world.cookie(role).await;
        for address in &addresses {
            let (status, page) = world.open(&cookie, address).await;
            assert!(!status.is_server_error(), "{address} answered {status} to a {}", role.name());
            opened += usize::from(status == StatusCode::OK);
            told.extend((status == StatusCode::OK && says_ill(&page)).then(|| format!("{address} to a {}", role.name())));
        }
    }
    assert!(opened > 40, "only {opened} pages were opened");
    assert_eq!(told, Vec::<String>::new());

    // Whoever arranges cover sees it where the days away stand, and on no list.
    let cookie = world.cookie(Role::Coordinator).await;
    let (status, page) = world.open(&cookie, &format!("/people/{}/availability", ill[0])).await;
    assert_eq!((status, says_ill(&page)), (StatusCode::OK, true));
    for address in addresses.iter().filter(|address| !address.ends_with("/availability")) {
        let (_, page) = world.open(&cookie, address).await;
        assert!(!says_ill(&page), "{address} says it to a coordinator");
    }
}
