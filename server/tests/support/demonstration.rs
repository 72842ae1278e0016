//! A demonstration without a network, on a database of its own, and somebody of each role to look around in it.

#![expect(clippy::unwrap_used, reason = "a test whose site cannot be built has failed")]

use app::access::Role;
use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use app::people::PersonId;
use app::sign_in::Stage;
use app::sign_in::store::{Arrival, open_sign_in};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use chrono::{DateTime, Utc};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tower::ServiceExt;

/// The site, and its database.
#[derive(Debug)]
pub struct World {
    site: Router,
    clock: Clock,
    /// The database, to look at and to prepare.
    pub pool: SqlitePool,
}

/// What was answered: how, where to go on, and the page.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where to go on, or nothing.
    pub location: String,
    /// The page, without the marks that stand between its parts.
    pub page: String,
}

impl World {
    /// The small demonstration, by the machine's clock.
    pub async fn new() -> Self {
        Self::at(None).await
    }

    /// The same, at a moment that stands still where there is one.
    pub async fn at(now: Option<DateTime<Utc>>) -> Self {
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = options.connect("sqlite::memory:").await.unwrap();
        let database = Database::Sqlite(pool.clone());
        database.migrate().await.unwrap();
        let config = Config { now, ..Config::default() };
        load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
        Self { site: router(Process::new(&config, database)), clock: config.clock(), pool }
    }

    /// The cookie of whoever stands for a role.
    pub async fn cookie(&self, role: Role) -> String {
        let email = format!("{}@demonstration.example", role.key().replace('_', "-"));
        let person: PersonId =
            sqlx::query_scalar("SELECT id FROM person WHERE email = $1").bind(email).fetch_one(&self.pool).await.unwrap();
        self.cookie_of(person).await
    }

    /// The cookie of somebody.
    pub async fn cookie_of(&self, person: PersonId) -> String {
        let mut transaction = Database::Sqlite(self.pool.clone()).begin().await.unwrap();
        let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: self.clock.now() };
        let token = open_sign_in(&mut transaction, &arrival).await.unwrap().token;
        transaction.commit().await.unwrap();
        format!("sign-in={token}")
    }

    /// Opens a page or a file.
    pub async fn open(&self, cookie: &str, address: &str) -> Answer {
        self.answer(Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Sends the form of a server function from the page on which it stands.
    pub async fn send(&self, cookie: &str, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let sent = |(name, value): &(&str, &str)| {
            let encoded = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
            let name = if let Some(list) = name.strip_suffix("[]") { format!("form[{list}][]") } else { format!("form[{name}]") };
            format!("&{name}={encoded}")
        };
        let body = format!("_action=/api/{action}{}", fields.iter().map(sent).collect::<String>());
        let form = Request::post(page).header(header::COOKIE, cookie).header("sec-fetch-site", "same-origin");
        let form = form.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.answer(form.body(Body::from(body)).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.site.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|place| place.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, location, page: String::from_utf8_lossy(&body).replace("<!>", "") }
    }

    /// The only column of what a query finds.
    pub async fn words(&self, query: &'static str) -> Vec<String> {
        sqlx::query_scalar(query).fetch_all(&self.pool).await.unwrap()
    }
}
