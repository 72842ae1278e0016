//! Opening a database from its address.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::Database;

/// Why a database could not be opened, for the person who runs the server.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is of neither kind.
    #[error("DATABASE_URL must begin with sqlite: or postgres:, for example sqlite:data/reverie.db")]
    UnknownKind,
    /// The address cannot be read, or nobody answers there. The message never repeats the address, which may hold a password.
    #[error("the database could not be opened: {0}")]
    Refused(#[from] sqlx::Error),
}

/// How many connections one process holds.
const CONNECTIONS: u32 = 16;
/// How long a request waits for a connection before it is told to try again.
const PATIENCE: Duration = Duration::from_secs(5);

impl Database {
    /// Opens the database at `url`; a SQLite file is made when it is not there.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            return Self::open_file(url).await;
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?;
            let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE).connect_with(options).await?;
            return Ok(Self::Postgres(pool));
        }
        Err(ConnectError::UnknownKind)
    }

    async fn open_file(url: &str) -> Result<Self, ConnectError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With a write-ahead log, FULL is what makes an acknowledged write survive a loss of power.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(256)
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            .optimize_on_close(true, None);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE).connect_with(options).await?;
        Ok(Self::Sqlite(pool))
    }
}
