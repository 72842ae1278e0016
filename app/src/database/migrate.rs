//! Bringing a database to the schema that this program was built with.

use sqlx::migrate::Migrator;

use super::Database;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Why a database cannot be used by this program, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A later version of the program has been at work here.
    #[error(
        "this database was made by a newer version of Reverie (its schema has step {0}, which this version does not know); run that version, or restore an older backup"
    )]
    Newer(i64),
    /// The server was asked to serve before `reverie migrate`.
    #[error("this database has an older schema; run `reverie migrate` first")]
    Older,
    /// A step failed; the database is as it was before that step.
    #[error("the schema could not be brought up to date: {0}")]
    Failed(#[source] sqlx::migrate::MigrateError),
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Applies every step that is missing. Two processes that start at once wait for each other.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        let result = match self {
            Self::Sqlite(pool) => SQLITE.run(pool).await,
            Self::Postgres(pool) => POSTGRES.run(pool).await,
        };
        result.map_err(|cause| match cause {
            sqlx::migrate::MigrateError::VersionMissing(step) => MigrateError::Newer(step),
            other => MigrateError::Failed(other),
        })
    }

    /// Answers whether the schema is exactly the one that this program knows, without changing anything.
    pub async fn check_schema(&self) -> Result<(), MigrateError> {
        let known: Vec<i64> = self.migrator().iter().map(|step| step.version).collect();
        let applied: Vec<i64> = self.applied_steps().await?;
        if let Some(unknown) = applied.iter().find(|step| !known.contains(step)) {
            return Err(MigrateError::Newer(*unknown));
        }
        if known.iter().any(|step| !applied.contains(step)) {
            return Err(MigrateError::Older);
        }
        Ok(())
    }

    fn migrator(&self) -> &'static Migrator {
        match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        }
    }

    async fn applied_steps(&self) -> Result<Vec<i64>, sqlx::Error> {
        const STEPS: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        let steps = super::on!(self, pool => sqlx::query_scalar(STEPS).fetch_all(pool).await);
        match steps {
            // An empty database has no table of steps yet, which is the oldest schema of all.
            Err(sqlx::Error::Database(_)) => Ok(Vec::new()),
            other => other,
        }
    }
}
