//! `reverie audit`.

use std::error::Error;
use std::process::ExitCode;

use app::audit::{Verdict, hash_of_end, verify_within};
use clap::Subcommand;

use crate::config::Config;

/// The log of what was done, by whom, to what.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Walk the audit log from its beginning and say whether anything was changed, removed or added underneath.
    ///
    /// Exits with 1 where the chain is broken, and says where. Each entry carries the hash of the one before; the hash of the last entry,
    /// which this prints, proves later that nobody made the whole chain anew: keep it somewhere else.
    Verify,
}

/// Walks the audit log.
pub async fn audit(config: &Config, audit: &Audit) -> Result<ExitCode, Box<dyn Error>> {
    let Audit::Verify = audit;
    let database = super::open_existing_database(config).await?;
    let mut snapshot = database.snapshot().await?;
    let verdict = verify_within(&mut snapshot).await?;
    let end = hash_of_end(&mut snapshot).await?;
    drop(snapshot);
    database.close().await;
    match verdict {
        Verdict::Whole { entries } => {
            println!("The audit log is whole: {entries} entries, ending in {end}.");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Broken { at, fault } => {
            println!("The audit log is broken at entry {at}: {fault}.");
            Ok(ExitCode::FAILURE)
        }
    }
}
