//! `reverie keyring`.

use std::error::Error;
use std::process::ExitCode;

use app::access::system;
use app::reflections::store::{Resealed, marks_in_use, reseal};
use clap::Subcommand;

use crate::config::Config;

/// The keys of what people write for themselves alone.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Seal everything anew with the newest key of the keyring, the one that stands first in it.
    ///
    /// For when a new key was put above the others and every server has been restarted. Servers may go on serving meanwhile: nothing that somebody is
    /// writing is overtaken. It works a part at a time, so it can be stopped at any moment, and begun again it goes on where it stopped. At the end it
    /// says which keys are still needed; the others can go from the keyring, but not from the copy that is kept with older backups. Exits with 1 where
    /// something stays closed because its key is gone.
    Reseal,
}

/// Seals everything anew, and says what came of it.
pub async fn keys(config: &Config, keys: &Keys) -> Result<ExitCode, Box<dyn Error>> {
    let Keys::Reseal = keys;
    let database = super::open_existing_database(config).await?;
    let keyring = crate::keyring::open(config, &database).await?;
    let Resealed { done, closed } = reseal(&system(&config.premises(database.clone()), "a new key was made"), &keyring).await?;
    let marks = marks_in_use(&database).await?;
    database.close().await;
    println!(
        "Sealed anew: {done}. Every server of this database needs these keys: {}.",
        if marks.is_empty() { "none yet".to_owned() } else { marks.join(", ") }
    );
    if closed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("Still closed, since their key is not in the keyring or they were changed underneath: {closed}.");
    Ok(ExitCode::FAILURE)
}
