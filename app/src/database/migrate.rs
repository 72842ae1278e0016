//! Bringing a database to the schema that this program was built with.

use std::time::{Duration, Instant};

use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError as Cause, Migrator};

use super::faults::{explain, is_locked, is_table_missing};
use super::{Database, Transaction, catalogue, on};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a process waits while another one migrates the same file.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why a database cannot be used by this program, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A later version of the program has been at work here.
    #[error(
        "this database was made by a newer version of Reverie (its schema has step {0}, which this version does not know); run that version, or restore an older backup"
    )]
    Newer(i64),
    /// A command that does not migrate met a database that needs it.
    #[error("this database has an older schema; run `reverie migrate` first")]
    Older,
    /// A step was edited after it had been applied.
    #[error("step {0} of this database's schema differs from the one that this version knows; run the version that made it")]
    Different(i64),
    /// A step failed, and the database is as it was.
    #[error("the schema could not be brought up to date, and the database is as it was: {0}")]
    Failed(String),
    /// The database did not answer.
    #[error("the database could not be used: {}", explain(.0))]
    Database(#[from] sqlx::Error),
}

impl From<Cause> for MigrateError {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::VersionMissing(step) => Self::Newer(step),
            Cause::VersionMismatch(step) => Self::Different(step),
            Cause::Execute(cause) => Self::Database(cause),
            Cause::ExecuteMigration(cause, step) => Self::Failed(format!("step {step}: {}", explain(&cause))),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl Database {
    /// Applies every step that is missing. Two processes that start at once wait for each other.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match self {
            Self::Sqlite(pool) => {
                // sqlx locks a Postgres server while it migrates, and nothing on SQLite: there, one transaction holds all the steps.
                let mut transaction = begin_alone(pool).await?;
                SQLITE.run(&mut *transaction).await?;
                transaction.commit().await?;
            }
            Self::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// Answers whether the schema is exactly the one that this program knows, without changing anything.
    pub async fn check_schema(&self) -> Result<(), MigrateError> {
        const STEPS: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";

        let applied: Vec<i64> = match on!(self, pool => sqlx::query_scalar(STEPS).fetch_all(pool).await) {
            // An empty database has no table of steps yet, which is the oldest schema of all.
            Err(cause) if is_table_missing(&cause) => Vec::new(),
            other => other?,
        };
        if let Some(unknown) = applied.iter().find(|step| !SQLITE.version_exists(**step)) {
            return Err(MigrateError::Newer(*unknown));
        }
        if SQLITE.iter().any(|step| !applied.contains(&step.version)) {
            return Err(MigrateError::Older);
        }
        Ok(())
    }

    /// Answers whether the database takes changes, by one that changes nothing.
    pub async fn check_writable(&self) -> Result<(), MigrateError> {
        const WRITE: &str = "UPDATE audit_end SET sequence = sequence WHERE only_row = 1";

        on!(self, pool => sqlx::query(WRITE).execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Tells the steps of the schema on Postgres from those of any other version of them, in hexadecimal digits.
    #[cfg(test)]
    pub fn fingerprint() -> String {
        use std::hash::{DefaultHasher, Hash, Hasher};

        let mut hasher = DefaultHasher::new();
        for step in POSTGRES.iter() {
            (step.version, &step.checksum).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }

    /// The last step of the schema that this program knows.
    pub fn newest_step() -> i64 {
        SQLITE.iter().map(|step| step.version).max().unwrap_or_default()
    }
}

async fn begin_alone(pool: &SqlitePool) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, sqlx::Error> {
    let until = Instant::now() + PATIENCE;
    loop {
        match pool.begin_with("BEGIN IMMEDIATE").await {
            Err(cause) if is_locked(&cause) && Instant::now() < until => {}
            other => return other,
        }
    }
}

impl Transaction {
    /// Removes every table with all that it holds, and makes those of a step of the schema anew, empty.
    pub async fn start_over(&mut self, step: i64) -> Result<(), MigrateError> {
        for name in catalogue::made_of_others(self).await? {
            self.run(format!("DROP TABLE {name}")).await?;
        }
        for table in catalogue::tables(self).await?.iter().rev() {
            let name = &table.name;
            self.run(format!("DROP TABLE {name}")).await?;
        }
        self.run("DROP TABLE IF EXISTS _sqlx_migrations".to_owned()).await?;
        match self {
            Self::Sqlite(inner) => SQLITE.run_to(step, &mut **inner).await?,
            Self::Postgres(inner) => POSTGRES.run_to(step, &mut **inner).await?,
        }
        Ok(())
    }

    /// Applies every step that is missing, as part of this unit of work.
    pub async fn migrate(&mut self) -> Result<(), MigrateError> {
        match self {
            Self::Sqlite(inner) => SQLITE.run(&mut **inner).await?,
            Self::Postgres(inner) => POSTGRES.run(&mut **inner).await?,
        }
        Ok(())
    }

    async fn run(&mut self, statement: String) -> Result<(), sqlx::Error> {
        on!(&mut self, connection => sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(connection).await.map(|_| ()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::both_databases;

    both_databases! {
        async fn a_database_of_a_newer_version_is_refused_with_what_to_do(fixture: Fixture) {
            const STEP: &str = "\
INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
SELECT 9999, 'from the future', success, checksum, 0
FROM _sqlx_migrations
WHERE version = 1";
            let database = &fixture.database;
            on!(database, pool => sqlx::query(STEP).execute(pool).await.map(|_| ())).unwrap();
            for error in [database.migrate().await.unwrap_err(), database.check_schema().await.unwrap_err()] {
                assert!(matches!(error, MigrateError::Newer(9999)), "{error}");
                assert!(error.to_string().contains("run that version, or restore an older backup"), "{error}");
            }
        }

        async fn a_database_of_an_older_version_is_told_from_one_of_this(fixture: Fixture) {
            let database = &fixture.database;
            database.check_schema().await.unwrap();
            let mut transaction = database.begin().await.unwrap();
            transaction.start_over(3).await.unwrap();
            transaction.commit().await.unwrap();
            let error: MigrateError = database.check_schema().await.unwrap_err();
            assert_eq!(error.to_string(), "this database has an older schema; run `reverie migrate` first");
            database.migrate().await.unwrap();
            database.check_schema().await.unwrap();
        }

        async fn a_database_starts_over_empty_as_often_as_it_is_told_to(fixture: Fixture) {
            for _ in 0..2 {
                let mut transaction = fixture.database.begin().await.unwrap();
                transaction.start_over(Database::newest_step()).await.unwrap();
                transaction.commit().await.unwrap();
                fixture.database.check_schema().await.unwrap();
            }
        }

        async fn a_series_of_the_schema_before_keeps_its_sessions_and_what_hangs_on_them(fixture: Fixture) {
            const PERSON: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, 'ruth', '', 'Ruth', 'Adeyemi', 'ruth', 'adeyemi', 'ruth@example.org', '', 'registered', $2, 1)";
            const GROUP: &str = "\
INSERT INTO supervision_group (id, slug, name, kind, supervisor_id, mode, room_url, room_phone, place, capacity, created_at, version)
VALUES ($1, 'aire', 'Aire group', 'group', $1, 'online', '', '', '', 6, $2, 1)";
            const SERIES: &str = "\
INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, times, skips, published_at, version)
VALUES ($1, $1, $3, $4, 'Europe/London', 90, 2, 3, $5, $2, 1)";
            const SESSION: &str = "\
INSERT INTO session (id, code, group_id, series_id, number, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_reason,
    version)
VALUES ($1, 'k3f9x2mv', $1, $1, 1, $1, $3, 'Europe/London', 90, $2, $2, '', 1)";
            const ATTENDANCE: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $1, '', 'attended')";
            const KEPT: &str = "\
SELECT s.slot, n.every_weeks, n.supervisor_id, a.state
FROM series n
JOIN session s ON s.series_id = n.id
JOIN attendance a ON a.session_id = s.id";

            let (id, now) = (crate::database::new_id(), fixture.now());
            let starts = ::series::local(now);
            let mut transaction = fixture.database.begin().await.unwrap();
            transaction.start_over(8).await.unwrap();
            for statement in [PERSON, GROUP] {
                on!(&mut transaction, connection => sqlx::query(statement).bind(id).bind(now).execute(connection).await.map(|_| ())).unwrap();
            }
            on!(&mut transaction, connection => sqlx::query(SERIES).bind(id).bind(now).bind(starts.date()).bind(starts.time())
                .bind(sqlx::types::Json(Vec::<String>::new())).execute(connection).await.map(|_| ())).unwrap();
            on!(&mut transaction, connection => sqlx::query(SESSION).bind(id).bind(now).bind(starts).execute(connection).await.map(|_| ())).unwrap();
            on!(&mut transaction, connection => sqlx::query(ATTENDANCE).bind(id).execute(connection).await.map(|_| ())).unwrap();
            transaction.commit().await.unwrap();

            let database = &fixture.database;
            database.migrate().await.unwrap();
            let kept: Vec<(chrono::NaiveDate, Option<i64>, Option<uuid::Uuid>, String)> =
                on!(database, pool => sqlx::query_as(KEPT).fetch_all(pool).await).unwrap();
            assert_eq!(kept, [(starts.date(), Some(2), Some(id), "attended".to_owned())]);
        }

        async fn an_empty_database_has_the_oldest_schema_of_all(fixture: Fixture) {
            let mut transaction = fixture.database.begin().await.unwrap();
            transaction.start_over(0).await.unwrap();
            transaction.run("DROP TABLE _sqlx_migrations".to_owned()).await.unwrap();
            transaction.commit().await.unwrap();
            assert!(matches!(fixture.database.check_schema().await.unwrap_err(), MigrateError::Older));
        }
    }
}
