//! What every response says, whatever it is a response to; and what becomes of requests that nobody should send.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use app::database::Database;
use app::demonstration::{Size, load};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tower::ServiceExt;

mod letters;
mod refusals;
mod trust;

const SIGN_IN: &str = "_action=/api/enter_demonstration&form[role]=practitioner&form[next]=/menu";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn demonstration() -> Config {
    Config { demonstration: true, site: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../public").into()), ..Config::default() }
}

async fn database(options: SqliteConnectOptions) -> Database {
    // One connection, since each connection to memory is a database of its own; it must never be let go.
    let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    Database::Sqlite(pool.connect_with(options).await.unwrap())
}

async fn site(config: &Config) -> Router {
    let database = database(SqliteConnectOptions::new().in_memory(true)).await;
    database.migrate().await.unwrap();
    let premises = config.premises(database.clone());
    load(&app::access::system(&premises, "test"), Size::SMALL, 1, |_| ()).await.unwrap();
    router(Process::new(config, database))
}

async fn ask(site: &Router, request: Request<Body>) -> Answer {
    let response = site.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    let form = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    form.header("sec-fetch-site", "same-origin").body(body.into()).unwrap()
}
