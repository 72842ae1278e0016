//! Files that are sent with a form, through the real router: what is taken out of the form, and what is refused before anybody looks at it.
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

const HEAD: &str = "First name,Family name,Email,Authority\n";

struct World {
    site: Router,
    pool: SqlitePool,
    cookie: String,
}

struct Answer {
    status: StatusCode,
    place: String,
    body: String,
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
        let cookie = cookie_of(&database, &pool, Role::Coordinator).await;
        Self { site: router(Process::new(&config, database)), pool, cookie }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.site.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let place = response.headers().get(header::LOCATION).map(|place| place.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, place, body: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn send(&self, file: &[u8]) -> Answer {
        self.ask(form("/people/import", "same-origin", &self.cookie, &parts(file))).await
    }

    async fn open(&self, address: &str) -> Answer {
        self.ask(Request::get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap()).await
    }

    async fn imports(&self) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM people_import").fetch_one(&self.pool).await.unwrap()
    }
}

async fn cookie_of(database: &Database, pool: &SqlitePool, role: Role) -> String {
    let person: PersonId = sqlx::query_scalar("SELECT person_id FROM person_role WHERE role = $1 ORDER BY person_id LIMIT 1")
        .bind(role)
        .fetch_one(pool)
        .await
        .unwrap();
    let mut transaction = database.begin().await.unwrap();
    let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
    let cookie = format!("sign-in={}", open_sign_in(&mut transaction, &arrival).await.unwrap().token);
    transaction.commit().await.unwrap();
    cookie
}

fn parts(file: &[u8]) -> Vec<u8> {
    let mut body = b"--limit\r\nContent-Disposition: form-data; name=\"_action\"\r\n\r\n/api/bring_people\r\n--limit\r\nContent-Disposition: form-data; name=\"form[file]\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--limit--\r\n");
    body
}

fn form(address: &str, site: &str, cookie: &str, body: &[u8]) -> Request<Body> {
    Request::post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=limit")
        .header(header::CONTENT_LENGTH, body.len())
        .header("sec-fetch-site", site)
        .header(header::COOKIE, cookie)
        .body(Body::from(body.to_vec()))
        .unwrap()
}

#[tokio::test]
async fn a_file_is_read_and_what_would_become_of_it_is_shown() {
    let world = World::new().await;

    let sent = world.send(format!("{HEAD}Zoë,Quill,zoe.quill@council.example,Bradford\nJo,Quill,nobody,Bradford\n").as_bytes()).await;

    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(sent.place.starts_with("/people/import/"), "{}", sent.place);
    let page = world.open(&sent.place).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Quill, Zoë", "Add 1 person", "Row 3", "Column Email", "Enter a work email address, like name@council.gov.uk"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let code = sent.place.rsplit('/').next().unwrap();
    let rows = world.open(&format!("/people/import/left.csv?code={code}")).await;
    assert!(rows.body.contains("Jo,Quill,nobody,Bradford,\"Email: Enter"), "{}", rows.body);
    assert_eq!(world.open("/people/import/left.csv?code=nothing2").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_spreadsheet_is_refused_on_the_page_with_what_to_do() {
    let world = World::new().await;
    for (file, words) in [
        (&b""[..], "Choose a file."),
        (b"%PDF-1.7", "This is not a spreadsheet."),
        (b"\x89PNG\r\n\x1a\n\0\0", "This is not a spreadsheet."),
        (b"PK\x03\x04 and nothing more", "This is not a spreadsheet."),
        (b"Name\nAmina", "No heading of this file"),
        (HEAD.as_bytes(), "There is nobody below the headings"),
    ] {
        let answer = world.send(file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.body.contains(words) && answer.body.contains("There is a problem"), "{words}: {}", answer.body);
    }
    assert_eq!(world.imports().await, 0);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_with_a_page_that_says_so() {
    let world = World::new().await;
    let whole = vec![b'a'; 5 * 1024 * 1024];
    let answer = world.send(&whole).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("larger than 2 MB"), "{}", answer.body);
    // One that does not say how large it is.
    let mut unsaid = form("/people/import", "same-origin", &world.cookie, &parts(&whole));
    unsaid.headers_mut().remove(header::CONTENT_LENGTH);
    assert_eq!(world.ask(unsaid).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Between the two limits it is the function that refuses.
    assert_eq!(world.send(&vec![b'a'; 2 * 1024 * 1024 + 1]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // No other page takes as much.
    let elsewhere = world.ask(form("/people/new", "same-origin", &world.cookie, &parts(&whole[..1_500_000]))).await;
    assert_eq!(elsewhere.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(elsewhere.body.contains("1 MB"), "{}", elsewhere.body);
}

#[tokio::test]
async fn a_file_comes_from_a_coordinator_on_our_own_page_alone() {
    let world = World::new().await;
    let file = parts(format!("{HEAD}Zoë,Quill,zoe.quill@council.example,Bradford\n").as_bytes());
    let foreign = world.ask(form("/people/import", "cross-site", &world.cookie, &file)).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let nobody = world.ask(form("/people/import", "same-origin", "", &file)).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let database = Database::Sqlite(world.pool.clone());
    for role in [Role::Practitioner, Role::Supervisor, Role::Administrator] {
        let cookie = cookie_of(&database, &world.pool, role).await;
        let refused = world.ask(form("/people/import", "same-origin", &cookie, &file)).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", role.name());
    }
    assert_eq!(world.imports().await, 0);
}

#[tokio::test]
async fn a_form_that_is_broken_off_is_refused_in_words() {
    let world = World::new().await;
    let whole = parts(format!("{HEAD}Zoë,Quill,zoe.quill@council.example,Bradford\n").as_bytes());
    for end in [whole.len() - 20, 10] {
        let answer = world.ask(form("/people/import", "same-origin", &world.cookie, &whole[..end])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
        assert!(answer.body.contains("did not arrive whole"), "{}", answer.body);
    }
    let no_limit = Request::post("/people/import")
        .header(header::CONTENT_TYPE, "multipart/form-data")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &world.cookie)
        .body(Body::from(whole))
        .unwrap();
    assert_eq!(world.ask(no_limit).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.imports().await, 0);
}
