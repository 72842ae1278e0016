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
            Self::Postgres(pool) => {
                let pool = pool.clone();
                Transaction::Postgres(seen_through(async move { pool.begin().await }).await?.into())
            }
        })
    }

    /// Begins to read what was stored at one moment, whatever is written meanwhile.
    pub async fn snapshot(&self) -> Result<Transaction, AppError> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?.into()),
            Self::Postgres(pool) => {
                let pool = pool.clone();
                let begin = async move { pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await };
                Transaction::Postgres(seen_through(begin).await?.into())
            }
        })
    }

    /// Answers whether the database can be reached.
    pub async fn ping(&self) -> Result<(), AppError> {
        on!(self, pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Has Postgres count what it holds, after many rows came at once: until then its plans are those of empty tables. SQLite counts by itself when its
    /// last connection closes.
    pub async fn count_anew(&self) -> Result<(), AppError> {
        if let Self::Postgres(pool) = self {
            sqlx::query("ANALYZE").execute(pool).await?;
        }
        Ok(())
    }

    /// Waits until every connection is handed back, then closes them.
    pub async fn close(&self) {
        on!(self, pool => pool.close().await);
    }
}

/// Begins to the end, even where whoever asked for it goes away meanwhile, as a browser does that leaves a page: sqlx would hand the connection on
/// with an open unit of work of which it knows nothing, and what others store by it would be theirs alone and lost.
async fn seen_through<T: Send + 'static>(begin: impl Future<Output = Result<T, sqlx::Error>> + Send + 'static) -> Result<T, sqlx::Error> {
    tokio::spawn(begin).await.map_err(|_| sqlx::Error::WorkerCrashed)?
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

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;
    use std::time::Duration;

    use super::fixture::Fixture;

    /// Goes a few steps of something and leaves it, as a request is left whose browser goes elsewhere.
    async fn leave_after(steps: u8, work: impl Future) {
        let mut work = pin!(work);
        for _ in 0..steps {
            if poll_fn(|context| Poll::Ready(work.as_mut().poll(context).is_ready())).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    // SQLite's own thread takes back what nobody waits for any more.
    #[tokio::test]
    async fn a_unit_of_work_that_is_left_while_it_begins_leaves_nothing_open_for_whoever_comes_next() {
        const STORE: &str = "INSERT INTO attempt_bucket (bucket, last_at) VALUES ($1, $2)";
        const STORED: &str = "SELECT COUNT(*) FROM attempt_bucket";

        let fixture = Fixture::on_postgres().await;
        let database = &fixture.database;
        let stored = async || -> i64 { on!(database, pool => sqlx::query_scalar(STORED).fetch_one(pool).await).unwrap() };
        for steps in 1..8_u8 {
            leave_after(steps, database.snapshot()).await;
            leave_after(steps, database.begin()).await;
            for number in 0..4_u8 {
                let bucket = vec![steps, number];
                on!(database, pool => sqlx::query(STORE).bind(&bucket).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            }
            // Every connection finds what was stored by any.
            let all = i64::from(steps) * 4;
            assert_eq!(tokio::join!(stored(), stored(), stored(), stored()), (all, all, all, all), "after {steps} steps");
        }
        fixture.close().await;
    }
}
