//! A fresh database for each test, of both kinds.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection, Executor};

use super::connect::server_connections;
use super::{Clock, Database, Transaction, new_id};
use crate::access::{Actor, Role, Roles};
use crate::people::PersonId;

/// Runs one test on SQLite and on Postgres: `both_databases! { async fn a_sentence(fixture: Fixture) { … } }`.
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($fixture:ident: Fixture) $body:block)*) => {
        $($(#[$meta])* mod $name {
            use super::*;

            async fn promise($fixture: &$crate::database::fixture::Fixture) $body

            #[tokio::test]
            async fn on_sqlite() {
                promise(&$crate::database::fixture::Fixture::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                let fixture = $crate::database::fixture::Fixture::on_postgres().await;
                promise(&fixture).await;
                fixture.close().await;
            }
        })*
    };
}
pub(crate) use both_databases;

/// An empty database of the present schema, and the moment at which the test takes place.
#[derive(Debug)]
pub struct Fixture {
    /// The database.
    pub database: Database,
    /// Thursday 22 October 2026, 09:00 UK time.
    pub clock: Clock,
    place: Place,
}

/// Where the database of a test is, which is cleared when the test is over.
#[derive(Debug)]
enum Place {
    Memory,
    File(PathBuf),
    Server { options: Box<PgConnectOptions>, name: String },
}

impl Fixture {
    /// A database in memory.
    pub async fn on_sqlite() -> Self {
        let options = SqliteConnectOptions::new().in_memory(true).shared_cache(false).foreign_keys(true);
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(options).await.unwrap();
        let database = Database::Sqlite(pool);
        database.migrate().await.unwrap();
        Self::of(database, Place::Memory)
    }

    /// A file with as many connections as the product opens, for tests of what happens at once.
    pub async fn in_a_file() -> Self {
        let path = std::env::temp_dir().join(format!("reverie-{}.db", new_id().simple()));
        let database = Database::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        database.migrate().await.unwrap();
        Self::of(database, Place::File(path))
    }

    /// A database of its own on the server that `script/test` starts.
    pub async fn on_postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect("set TEST_POSTGRES_URL, or run script/test, which starts a server");
        let options: PgConnectOptions = server.parse().unwrap();
        let mut connection = PgConnection::connect_with(&options).await.unwrap();
        let template = template(&mut connection, &options).await;
        let name = format!("reverie_test_{}", new_id().simple());
        run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        connection.close().await.unwrap();
        let pool = server_connections().max_connections(4).connect_with(options.clone().database(&name)).await.unwrap();
        Self::of(Database::Postgres(pool), Place::Server { options: Box::new(options), name })
    }

    /// Gives the database back. What a test that failed leaves behind is there to be looked at.
    pub async fn close(&self) {
        self.database.close().await;
        match &self.place {
            Place::Memory => {}
            Place::File(path) => std::fs::remove_file(path).unwrap(),
            Place::Server { options, name } => {
                let mut connection = PgConnection::connect_with(options).await.unwrap();
                run(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await;
                connection.close().await.unwrap();
            }
        }
    }

    fn of(database: Database, place: Place) -> Self {
        Self { database, clock: Clock::Fixed("2026-10-22T08:00:00Z".parse().unwrap()), place }
    }

    /// The moment at which the test takes place.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// What is stored at this moment, for functions that read several things of one.
    pub async fn snapshot(&self) -> Transaction {
        self.database.snapshot().await.unwrap()
    }

    /// Somebody acting in a role.
    pub fn actor(&self, person: PersonId, roles: &[Role]) -> Actor {
        Actor::in_test(person, roles.iter().copied().collect::<Roles>(), &self.database, self.clock)
    }

    /// The same, at another moment.
    pub fn actor_at(&self, moment: DateTime<Utc>, person: PersonId, roles: &[Role]) -> Actor {
        Actor::in_test(person, roles.iter().copied().collect::<Roles>(), &self.database, Clock::Fixed(moment))
    }
}

/// The name of an empty database of the present schema, of which every test's is a copy: a copy costs a tenth of all the steps. The first test that
/// needs it makes it, and those that come meanwhile wait.
async fn template(connection: &mut PgConnection, server: &PgConnectOptions) -> String {
    const LOCK: &str = "SELECT pg_advisory_lock(hashtext($1))";
    const UNLOCK: &str = "SELECT pg_advisory_unlock(hashtext($1))";
    const IS_THERE: &str = "SELECT COUNT(*) FROM pg_database WHERE datname = $1";

    let name = format!("reverie_template_{}", Database::fingerprint());
    let is_there = async |connection: &mut PgConnection| {
        let count: i64 = sqlx::query_scalar(IS_THERE).bind(&name).fetch_one(connection).await.unwrap();
        count > 0
    };
    if is_there(connection).await {
        return name;
    }
    sqlx::query(LOCK).bind(&name).execute(&mut *connection).await.unwrap();
    if !is_there(connection).await {
        // It has its name once it is whole, however the test that makes it ends.
        let unfinished = format!("reverie_unfinished_{}", new_id().simple());
        run(connection, format!("CREATE DATABASE {unfinished}")).await;
        let database = Database::Postgres(PgPoolOptions::new().connect_with(server.clone().database(&unfinished)).await.unwrap());
        database.migrate().await.unwrap();
        database.close().await;
        run(connection, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    sqlx::query(UNLOCK).bind(&name).execute(connection).await.unwrap();
    name
}

async fn run(connection: &mut PgConnection, statement: String) {
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
}
