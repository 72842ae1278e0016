//! `reverie config`.

use clap::Subcommand;

use crate::config::Config;

/// The settings, by file and environment.
#[derive(Debug, Subcommand)]
pub enum Settings {
    /// Read the settings as the server would, and print them without secrets.
    ///
    /// Exits with 1 where a setting is unknown or wrong, and names it.
    Check,
}

/// Prints the settings, which have been checked by being read.
pub fn settings(config: &Config, settings: &Settings) {
    let Settings::Check = settings;
    for (key, value) in config.shown() {
        println!("{key} = {value}");
    }
}
