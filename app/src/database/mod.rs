//! The two databases behind one set of types.
//!
//! SQLite is the embedded default, Postgres serves several processes. SQL is one text for both, with `$1` placeholders; [`on!`]
//! expands one body for each. Invariants: instants come from the [`Clock`], never from SQL; a unit of work is one
//! [`Transaction`], which on SQLite takes the write lock when it begins, so that nothing is decided on a stale read; what every unit
//! of work writes to the same place is written last ([`Transaction::at_the_end`]), so that on Postgres no two wait for each other.

mod clock;
mod connect;
mod faults;
#[cfg(test)]
pub mod fixture;
mod fold;
mod migrate;
mod unit;

pub mod catalogue;

pub use clock::{Clock, code, code_of, new_id, random_bytes, secret, short_secret};
pub use connect::{ConnectError, file_connections};
pub use faults::explain;
pub use fold::{anywhere, each_anywhere, each_beginning, folded};
pub use migrate::MigrateError;
pub use unit::{Mark, Unit};

use crate::error::AppError;

/// A pool of connections to one of the two databases. Cloning shares the pool.
#[derive(Clone, Debug)]
pub enum Database {
    /// The embedded file.
    Sqlite(sqlx::SqlitePool),
    /// A server that several processes may share.
    Postgres(sqlx::PgPool),
}

/// A unit of work: all of it is stored, or nothing.
#[derive(Debug)]
pub enum Transaction {
    /// Holds the one write lock of the file.
    Sqlite(Unit<sqlx::Sqlite>),
    /// Runs at the isolation level `READ COMMITTED`.
    Postgres(Unit<sqlx::Postgres>),
}

/// Runs one body against whichever database it is: `on!(database, pool => query.fetch_all(pool).await)` for reads,
/// `on!(&mut transaction, connection => query.execute(connection).await)` for writes.
macro_rules! on {
    (&mut $transaction:expr, $executor:ident => $body:expr) => {
        match $transaction.as_mut() {
            $crate::database::Transaction::Sqlite(inner) => {
                let $executor = &mut **inner;
                $body
            }
            $crate::database::Transaction::Postgres(inner) => {
                let $executor = &mut **inner;
                $body
            }
        }
    };
    ($database:expr, $executor:ident => $body:expr) => {
        match $database {
            $crate::database::Database::Sqlite($executor) => $body,
            $crate::database::Database::Postgres($executor) => $body,
        }
    };
}
pub(crate) use on;

impl Database {
    /// Begins a unit of work; on SQLite it waits for the write lock first.
    pub async fn begin(&self) -> Result<Transaction, AppError> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?.into()),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?.into()),
        })
    }

    /// Begins to read what was stored at one moment, whatever is written meanwhile.
    pub async fn snapshot(&self) -> Result<Transaction, AppError> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?.into()),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?.into()),
        })
    }

    /// Answers whether the database can be reached.
    pub async fn ping(&self) -> Result<(), AppError> {
        on!(self, pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Waits until every connection is handed back, then closes them.
    pub async fn close(&self) {
        on!(self, pool => pool.close().await);
    }
}

impl Transaction {
    /// Lets [`on!`] take an owned transaction and a borrowed one alike.
    pub(crate) fn as_mut(&mut self) -> &mut Self {
        self
    }
}

/// Every cause that a person is not told is logged here, once, beside the reference that they are given.
impl From<sqlx::Error> for AppError {
    fn from(cause: sqlx::Error) -> Self {
        unavailable(&explain(&cause))
    }
}

/// Logs a cause beside a fresh reference and answers with that reference alone.
pub fn unavailable(cause: &str) -> AppError {
    let reference = code();
    tracing::error!(reference, cause, "A request could not be answered.");
    AppError::Unavailable { reference }
}

/// Whether a statement failed because a unique value was already there: somebody else was quicker.
pub fn is_taken(cause: &sqlx::Error) -> bool {
    cause.as_database_error().is_some_and(|answer| answer.is_unique_violation())
}

/// Whether a row could not be removed because another refers to it.
pub fn is_referred_to(cause: &sqlx::Error) -> bool {
    cause.as_database_error().is_some_and(|answer| answer.is_foreign_key_violation())
}
