//! A transaction of one kind of database, with what it writes last.

use std::fmt;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;

use super::{Transaction, on};
use crate::error::AppError;

/// A write that is put off until the unit of work ends.
type LastWrite = Box<dyn FnOnce(&mut Transaction) -> LastWriting<'_> + Send>;
type LastWriting<'a> = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send + 'a>>;

/// A point of a unit of work to which it can go back.
#[derive(Debug)]
#[must_use = "a mark is kept or gone back to"]
pub struct Mark {
    last: usize,
}

/// A transaction of one kind of database. It stands for its connection.
pub struct Unit<D: sqlx::Database> {
    inner: sqlx::Transaction<'static, D>,
    last: Vec<LastWrite>,
}

impl<D: sqlx::Database> From<sqlx::Transaction<'static, D>> for Unit<D> {
    fn from(inner: sqlx::Transaction<'static, D>) -> Self {
        Self { inner, last: Vec::new() }
    }
}

impl<D: sqlx::Database> Deref for Unit<D> {
    type Target = D::Connection;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl<D: sqlx::Database> DerefMut for Unit<D> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.inner
    }
}

impl<D: sqlx::Database> fmt::Debug for Unit<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Unit").field("last", &self.last.len()).finish_non_exhaustive()
    }
}

impl Transaction {
    /// Puts a write off until the unit of work is about to be stored, for a row that every unit of work changes: whoever has taken it takes
    /// nothing else, so that on Postgres no two wait for each other.
    pub fn at_the_end<W>(&mut self, write: W)
    where
        W: FnOnce(&mut Self) -> LastWriting<'_> + Send + 'static,
    {
        self.last().push(Box::new(write));
    }

    fn last(&mut self) -> &mut Vec<LastWrite> {
        match self {
            Self::Sqlite(unit) => &mut unit.last,
            Self::Postgres(unit) => &mut unit.last,
        }
    }

    /// Marks this point of the unit of work, to which it can go back without being given up. A mark that is set after another is
    /// kept or gone back to before it.
    pub async fn mark(&mut self) -> Result<Mark, AppError> {
        on!(&mut self, connection => sqlx::query("SAVEPOINT mark").execute(connection).await.map(|_| ()))?;
        Ok(Mark { last: self.last().len() })
    }

    /// Keeps what was written since the mark.
    pub async fn keep(&mut self, _: Mark) -> Result<(), AppError> {
        on!(&mut self, connection => sqlx::query("RELEASE SAVEPOINT mark").execute(connection).await.map(|_| ()))?;
        Ok(())
    }

    /// Takes back what was written since the mark, and what was put off since then; also where a statement has failed meanwhile.
    pub async fn back_to(&mut self, mark: Mark) -> Result<(), AppError> {
        self.last().truncate(mark.last);
        on!(&mut self, connection => sqlx::query("ROLLBACK TO SAVEPOINT mark").execute(connection).await.map(|_| ()))?;
        self.keep(mark).await
    }

    /// Stores the whole unit of work. Dropping a transaction without this undoes it.
    pub async fn commit(mut self) -> Result<(), AppError> {
        for write in std::mem::take(self.last()) {
            write(&mut self).await?;
        }
        match self {
            Self::Sqlite(unit) => unit.inner.commit().await?,
            Self::Postgres(unit) => unit.inner.commit().await?,
        }
        Ok(())
    }
}
