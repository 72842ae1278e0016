//! Opening a database from its address.

use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Executor};

use super::Database;
use super::faults::{explain, is_locked};

/// Why a database could not be opened, for the person who runs the server. Never repeats the address, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is of neither kind.
    #[error("DATABASE_URL must begin with sqlite: or postgres:, for example sqlite:data/reverie.db")]
    UnknownKind,
    /// The file is not there, and was not asked to be made.
    #[error("there is no database yet; `reverie migrate` makes one, where DATABASE_URL or `data` says")]
    NotThere,
    /// Nobody answers there.
    #[error("the database server did not answer within 5 seconds; check that it runs and that DATABASE_URL names it")]
    NoAnswer,
    /// The address cannot be read, or whoever answers refuses.
    #[error("the database could not be opened: {}", explain(.0))]
    Refused(#[from] sqlx::Error),
}

/// How many connections one process holds. Each to a file reads it in a thread of its own and keeps megabytes; each to a server is a process there and
/// prepares its own statements. More of them than machines have cores to give only wait for one another.
const CONNECTIONS: u32 = 8;
/// How long a request waits for a connection before it is told to try again.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many prepared statements a connection keeps: more than a person meets in a day's work.
const STATEMENTS: usize = 256;
/// How long a connection to a server is taken to be there without being asked.
const A_MOMENT: Duration = Duration::from_millis(10);

impl Database {
    /// Opens the database at `url`; a SQLite file is made when it is not there.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            return Self::open_file(SqliteConnectOptions::from_str(url)?.create_if_missing(!url.contains("mode=ro"))).await;
        }
        Self::call_server(url).await
    }

    /// Opens the database at `url`, which must be there.
    pub async fn connect_to_existing(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?.create_if_missing(false);
            return if options.get_filename().exists() { Self::open_file(options).await } else { Err(ConnectError::NotThere) };
        }
        Self::call_server(url).await
    }

    async fn call_server(url: &str) -> Result<Self, ConnectError> {
        if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(ConnectError::UnknownKind);
        }
        let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS);
        // One call outside the pool, because the pool tries again until its time is over and forgets why it was refused.
        let call = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options));
        call.await.map_err(|_| ConnectError::NoAnswer)??.close().await?;
        Ok(Self::Postgres(server_connections().connect_lazy_with(options)))
    }

    async fn open_file(options: SqliteConnectOptions) -> Result<Self, ConnectError> {
        let options = options
            // With a write-ahead log, FULL is what makes an acknowledged write survive a loss of power.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(STATEMENTS)
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            .optimize_on_close(true, None);
        keep_log_ahead(&options).await?;
        // All of them are opened at once and stay, so that the first who ask do not wait for it.
        let connections = file_connections().min_connections(CONNECTIONS).idle_timeout(None).max_lifetime(None);
        Ok(Self::Sqlite(connections.connect_with(options).await?))
    }
}

/// How the connections to a server are kept. One that was used a moment ago is taken to be there still: where there is much to do, which is where it
/// counts, asking before every statement would add half to what each costs.
pub(super) fn server_connections() -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(plan_once(connection)))
        .before_acquire(|connection, met| Box::pin(is_there(connection, met.idle_for)))
}

/// Has statements planned once for a connection, whatever they ask for: each finds its few rows by an index, so that making a plan anew, or a program of
/// it, would cost several times what the plan does.
async fn plan_once(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection.execute("SET plan_cache_mode = force_generic_plan; SET jit = off").await?;
    Ok(())
}

/// Whether the server is at the other end still.
async fn is_there(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    if idle_for > A_MOMENT {
        connection.ping().await?;
    }
    Ok(true)
}

/// How the connections to a file are kept.
pub fn file_connections() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        // A file does not hang up.
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(read_the_schema(connection)))
        .after_release(|connection, _| Box::pin(is_usable(connection)))
}

/// Reads what tables there are, which SQLite otherwise does at the first statement, while somebody waits for it.
async fn read_the_schema(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").await?;
    Ok(())
}

/// Where the disk is full, SQLite ends the transaction by itself. sqlx takes such a connection to be in one for ever, so it is let go.
async fn is_usable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A unit of work that was left, as after reading, is rolled back when the connection next does something.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// Gives a file its write-ahead log, which it keeps. SQLite does not wait for this lock as it does for others, so it is asked again.
async fn keep_log_ahead(options: &SqliteConnectOptions) -> Result<(), sqlx::Error> {
    let until = Instant::now() + PATIENCE;
    let options = options.clone().journal_mode(SqliteJournalMode::Wal).optimize_on_close(false, None);
    loop {
        match SqliteConnection::connect_with(&options).await {
            Ok(connection) => return connection.close().await,
            Err(cause) if is_locked(&cause) && Instant::now() < until => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(cause) => return Err(cause),
        }
    }
}
