//! `reverie restore`.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use app::access::system;
use app::audit::{self, Entry, Verdict, verify_within};
use app::database::{Database, MigrateError, Transaction};
use app::search::number_by_time;
use clap::Args;

use crate::archive::{self, ArchiveError, Contents};
use crate::config::Config;

/// Put a backup into the database.
///
/// The backup is read from end to end first, and refused where anything about it is wrong. Then it is restored in one unit of work: all of
/// it, or nothing. It may come from the other kind of database, or from an older version, and is brought up to date. Stop every server
/// that uses the database first, and start it again afterwards. Reflective logs open again where the keyring is the one that they were written with.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    /// Remove everything that the database holds now. Without this, a database in which there is anybody is left alone.
    #[arg(long)]
    replace: bool,
}

/// Restores a backup. Fails where the audit log that it brought is broken, though all of it is there then.
pub async fn restore(config: &Config, restore: &Restore) -> Result<ExitCode, Box<dyn Error>> {
    let contents = archive::check(&restore.file)?;
    if contents.header.schema > Database::newest_step() {
        return Err(ArchiveError::Newer(contents.header.schema).into());
    }
    let database = super::open_database(config).await?;
    let mut transaction = database.begin().await?;
    let people = count_people(&mut transaction).await?;
    if people > 0 && !restore.replace {
        return Err(format!(
            "this database holds {people} people and is left alone; to put the backup in its place, make a backup of it and add --replace"
        )
        .into());
    }
    let verdict = put_in_place(config, &database, &mut transaction, restore, &contents).await?;
    transaction.commit().await?;
    println!("Restored {} rows of {} tables, as they were at {}.", contents.rows, contents.tables.len(), contents.header.made_at);
    if let Err(cause) = database.count_anew().await {
        eprintln!("Postgres did not count what it holds now, and does so by itself in a while: {cause}");
    }
    database.close().await;
    if let Verdict::Broken { at, fault } = verdict {
        eprintln!("The audit log that the backup brought is broken at entry {at}: {fault}. It was so when the backup was made.");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

async fn put_in_place(
    config: &Config,
    database: &Database,
    transaction: &mut Transaction,
    restore: &Restore,
    contents: &Contents,
) -> Result<Verdict, Box<dyn Error>> {
    transaction.start_over(contents.header.schema).await?;
    archive::load(transaction, &restore.file, contents).await?;
    transaction.migrate().await?;
    number_by_time(transaction).await?;
    let verdict = verify_within(transaction).await?;
    if matches!(verdict, Verdict::Whole { .. }) {
        let system = system(&config.premises(database.clone()), "a backup was restored");
        let detail = format!("made at {}, SHA-256 {}", contents.header.made_at, contents.sha256);
        let entry = Entry { action: "restore_backup", subject: "database", subject_id: None, detail: &detail };
        audit::record_by_system(transaction, &system, entry).await?;
    }
    Ok(verdict)
}

/// How many people the database holds; nobody where it has no table of people yet.
async fn count_people(transaction: &mut Transaction) -> Result<i64, MigrateError> {
    const COUNT: &str = "SELECT COUNT(*) FROM person";
    let tables = app::database::catalogue::tables(transaction).await?;
    if !tables.iter().any(|table| table.name == "person") {
        return Ok(0);
    }
    Ok(match transaction {
        Transaction::Sqlite(inner) => sqlx::query_scalar(COUNT).fetch_one(&mut **inner).await?,
        Transaction::Postgres(inner) => sqlx::query_scalar(COUNT).fetch_one(&mut **inner).await?,
    })
}
