//! A fresh database for each test, of both kinds.

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, Executor};

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
                fixture.database.close().await;
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
}

impl Fixture {
    /// A database in memory.
    pub async fn on_sqlite() -> Self {
        let options = SqliteConnectOptions::new().in_memory(true).shared_cache(false).foreign_keys(true);
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(options).await.unwrap();
        Self::of(Database::Sqlite(pool)).await
    }

    /// A database of its own on the server that `script/test` starts.
    pub async fn on_postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").expect("set TEST_POSTGRES_URL, or run script/test, which starts a server");
        let name = format!("reverie_test_{}", new_id().simple());
        let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
        connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        connection.close().await.unwrap();
        let options: sqlx::postgres::PgConnectOptions = server.parse().unwrap();
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(4).connect_with(options.database(&name)).await.unwrap();
        Self::of(Database::Postgres(pool)).await
    }

    async fn of(database: Database) -> Self {
        database.migrate().await.unwrap();
        Self { database, clock: Clock::Fixed("2026-10-22T08:00:00Z".parse().unwrap()) }
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
