//! `reverie backup`.

use std::error::Error;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::BufWriter;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use app::audit::{Verdict, hash_of_end, verify_within};
use app::database::Database;
use clap::Args;

use crate::archive::{self, Contents, Header};
use crate::config::Config;

/// Copy every row of the database, as it stands at one moment, into one file.
///
/// The server may go on serving meanwhile. The file is compressed, carries a checksum, and can be restored into SQLite and into Postgres
/// alike, also by later versions. It holds everything that the database holds, so keep it as safe; only its owner can read it. The keys of
/// reflective logs are not in it: keep a copy of the file that the setting `keyring` names, in another place.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to make; without it, one named after the moment in the folder `backups` of the data folder.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// Makes a backup, reads it back, and only then gives it its name.
pub async fn backup(config: &Config, backup: &Backup) -> Result<(), Box<dyn Error>> {
    let now = config.clock().now();
    let path = match &backup.to {
        Some(path) => path.clone(),
        None => config.data.join("backups").join(format!("reverie-{}.jsonl.gz", now.format("%Y%m%dT%H%M%SZ"))),
    };
    if path.exists() {
        return Err(format!("{} is there already; name another file with --to", path.display()).into());
    }
    let database = super::open_existing_database(config).await?;
    let unfinished = unfinished(&path);
    let header = Header::new(Database::newest_step(), &now.to_rfc3339());
    let result = copy(&database, &header, &unfinished).await;
    database.close().await;
    let made = match result {
        Ok(made) => made,
        Err(error) => {
            // Half a backup must never be taken for one; should it stay behind, its name says what it is.
            if let Err(cause) = std::fs::remove_file(&unfinished)
                && cause.kind() != std::io::ErrorKind::NotFound
            {
                eprintln!("{} could not be removed: {cause}", unfinished.display());
            }
            return Err(error);
        }
    };
    std::fs::rename(&unfinished, &path)?;
    say(&path, &made)
}

/// What is said of a backup that was made.
struct Made {
    contents: Contents,
    verdict: Verdict,
    end: String,
}

async fn copy(database: &Database, header: &Header, path: &Path) -> Result<Made, Box<dyn Error>> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    let mut snapshot = database.snapshot().await?;
    archive::write(&mut snapshot, header, BufWriter::new(&file)).await?;
    let verdict = verify_within(&mut snapshot).await?;
    let end = hash_of_end(&mut snapshot).await?;
    file.sync_all()?;
    Ok(Made { contents: archive::check(path)?, verdict, end })
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    path.with_file_name(name)
}

fn say(path: &Path, made: &Made) -> Result<(), Box<dyn Error>> {
    let size = File::open(path)?.metadata()?.len();
    let Contents { rows, tables, sha256, .. } = &made.contents;
    println!("Backed up {rows} rows of {} tables to {} ({} kB).", tables.len(), path.display(), size.div_ceil(1000));
    println!("SHA-256 of its lines: {sha256}");
    match made.verdict {
        Verdict::Whole { entries } => println!("The audit log is whole: {entries} entries, ending in {}.", made.end),
        Verdict::Broken { at, fault } => {
            println!("The audit log is broken at entry {at}: {fault}. The backup holds it as it is.");
        }
    }
    Ok(())
}
