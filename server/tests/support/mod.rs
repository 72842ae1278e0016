//! The real router on a database of its own, and people to call it as.

#![expect(clippy::unwrap_used, reason = "a test whose site cannot be built has failed")]

use app::access::Role;
use app::database::{Clock, Database, code, new_id};
use app::people::PersonId;
use app::sign_in::Stage;
use app::sign_in::store::{Arrival, open_sign_in};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use server::config::Config;
use server::router::{Process, router};
use tower::ServiceExt;

/// A server without a network.
#[derive(Debug)]
pub struct Site {
    router: Router,
    database: Database,
}

/// Somebody with a cookie.
#[derive(Debug)]
pub struct Caller {
    person: PersonId,
    cookie: String,
}

/// Reads an answer to its end.
pub async fn text(answer: Response) -> String {
    String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

impl Site {
    /// A site on an empty database in memory.
    pub async fn new() -> Self {
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let pool = sqlx::sqlite::SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect("sqlite::memory:")
            .await
            .unwrap();
        let database = Database::Sqlite(pool);
        database.migrate().await.unwrap();
        let process = Process::new(&Config::default(), database.clone());
        Self { router: router(process), database }
    }

    /// Somebody registered, in these roles, with every step of signing in done.
    pub async fn signed_in(&self, roles: &[Role]) -> Caller {
        let person = PersonId(new_id());
        let Database::Sqlite(pool) = &self.database else { unreachable!("the site is in memory") };
        sqlx::query("INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version) VALUES ($1, $2, '', 'Robin', 'Example', 'robin', 'example', $2 || '@example.org', '', 'registered', '2026-01-01T00:00:00+00:00', 1)")
            .bind(person)
            .bind(code())
            .execute(pool)
            .await
            .unwrap();
        for role in roles {
            sqlx::query("INSERT INTO person_role (person_id, role) VALUES ($1, $2)").bind(person).bind(role).execute(pool).await.unwrap();
        }
        let mut transaction = self.database.begin().await.unwrap();
        let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
        let sign_in = open_sign_in(&mut transaction, &arrival).await.unwrap();
        transaction.commit().await.unwrap();
        Caller { person, cookie: format!("sign-in={}", sign_in.token) }
    }

    /// The same, entered with an authority that has not confirmed that they work there.
    pub async fn waiting_for_their_authority(&self, roles: &[Role]) -> Caller {
        let caller = self.signed_in(roles).await;
        let (authority, slug) = (new_id(), code());
        let Database::Sqlite(pool) = &self.database else { unreachable!("the site is in memory") };
        sqlx::query("INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, version) VALUES ($1, $2, $2, $2, 'North', 'metropolitan_district', 'active', '', 1)")
            .bind(authority)
            .bind(slug)
            .execute(pool)
            .await
            .unwrap();
        sqlx::query("UPDATE person SET authority_id = $1 WHERE id = $2").bind(authority).bind(caller.person).execute(pool).await.unwrap();
        caller
    }

    /// Has the authority of somebody confirm that they work there.
    pub async fn confirm(&self, caller: &Caller) {
        let Database::Sqlite(pool) = &self.database else { unreachable!("the site is in memory") };
        sqlx::query("INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_as, how_known) SELECT id, authority_id, 'works_there', created_at, 'centre', '' FROM person WHERE id = $1")
            .bind(caller.person)
            .execute(pool)
            .await
            .unwrap();
    }

    /// Suspends somebody, as a coordinator would.
    pub async fn suspend(&self, caller: &Caller) {
        let Database::Sqlite(pool) = &self.database else { unreachable!("the site is in memory") };
        sqlx::query("UPDATE person SET standing = 'suspended' WHERE id = $1").bind(caller.person).execute(pool).await.unwrap();
    }

    /// Calls a server function with an empty form and answers with the status alone.
    pub async fn call(&self, path: &str, caller: Option<&Caller>) -> StatusCode {
        self.call_whole(path, caller).await.status()
    }

    /// The same, with all that is answered.
    pub async fn call_whole(&self, path: &str, caller: Option<&Caller>) -> Response {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(caller) = caller {
            request = request.header(header::COOKIE, &caller.cookie);
        }
        // A form without any of its fields: what is asked is who may call, which is settled before any field is read.
        self.answer(request.body(Body::from("form[nothing]=")).unwrap()).await
    }

    /// Asks for a page or a file.
    pub async fn get(&self, path: &str, caller: Option<&Caller>) -> Response {
        let mut request = Request::get(path);
        if let Some(caller) = caller {
            request = request.header(header::COOKIE, &caller.cookie);
        }
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }
}
