//! The commands of `reverie`.

mod admin;
mod audit;
mod backup;
mod config;
mod demo;
mod guard;
mod keyring;
mod matching;
mod migrate;
mod restore;
mod series;
mod serve;

use std::error::Error;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::ExitCode;

use app::database::Database;
use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::site::is_watched;

/// Software for the National Centre for Supervision of Parent-Infant Relationships.
#[derive(Debug, Parser)]
#[command(name = "reverie", version, about, arg_required_else_help = true)]
pub struct Reverie {
    /// The file of settings; `reverie.toml` in this folder where it is not named.
    #[arg(long, global = true, env = "REVERIE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages, and send messages beside them, until told to stop (Ctrl+C, SIGTERM).
    ///
    /// Brings the database to the schema of this version first. When told to stop, it takes no new requests, finishes those in flight, and
    /// ends within half a minute.
    Serve,
    /// Bring the database to the schema of this version.
    ///
    /// Changes nothing where that is done already. Make a backup first when you move to a new version.
    Migrate,
    /// Fill an empty database with invented people, groups and a year of sessions.
    Demo(demo::Demo),
    /// Make the first people who can let others in.
    #[command(subcommand)]
    Admin(admin::Admin),
    Backup(backup::Backup),
    Restore(restore::Restore),
    #[command(subcommand)]
    Audit(audit::Audit),
    #[command(subcommand)]
    Keyring(keyring::Keys),
    #[command(subcommand)]
    Config(config::Settings),
    /// Ask the engine of series, without a database.
    #[command(subcommand)]
    Series(series::Series),
    #[command(name = "match")]
    Matching(matching::Matching),
    /// Find what could identify a family in texts, without a database.
    ///
    /// Reads lines of JSON from standard input, `{"text": "…"}` each, and writes one line for each, with every part that was found:
    /// `{"spans": [{"start": 3, "end": 13, "category": "postcode"}]}`. Start and end count Unicode code points, and the end is the first one that
    /// is no longer part of it. Categories: `nhs_number`, `date_of_birth`, `postcode`, `telephone`, `email`, `vehicle_registration`,
    /// `person_name`, `case_reference`, `address`. A line that cannot be read is named with its number and answered with `{"error": "…"}`; the
    /// others are read all the same, and the command ends with status 1.
    Guard,
}

impl Reverie {
    /// What the command line says. `cargo leptos watch` starts the program without a word, and means that it serves.
    pub fn of_command_line() -> Self {
        if is_watched() && std::env::args_os().len() == 1 { Self::parse_from(["reverie", "serve"]) } else { Self::parse() }
    }

    /// Does what was asked for.
    pub async fn run(self) -> Result<ExitCode, Box<dyn Error>> {
        // What needs no settings must not fail for want of good ones.
        let command = match self.command {
            Command::Series(command) => return series::series(&command).map(|()| ExitCode::SUCCESS),
            Command::Guard => return guard::guard(),
            Command::Matching(wish) => return matching::matching(wish).await.map(|()| ExitCode::SUCCESS),
            command => command,
        };
        let config = Config::read(self.config.as_deref())?;
        match command {
            Command::Serve => serve::serve(&config).await?,
            Command::Migrate => migrate::migrate(&config).await?,
            Command::Demo(demo) => demo::demo(&config, &demo).await?,
            Command::Admin(command) => admin::admin(&config, command).await?,
            Command::Backup(backup) => backup::backup(&config, &backup).await?,
            Command::Restore(restore) => return restore::restore(&config, &restore).await,
            Command::Audit(audit) => return audit::audit(&config, &audit).await,
            Command::Keyring(keys) => return keyring::keys(&config, &keys).await,
            Command::Config(settings) => config::settings(&config, &settings),
            Command::Series(_) | Command::Matching(_) | Command::Guard => {}
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Opens the database that the settings name, making the data folder, which nobody else can look into, where it is not there.
async fn open_database(config: &Config) -> Result<Database, Box<dyn Error>> {
    if config.database_url.is_empty() {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&config.data);
        made.map_err(|cause| format!("the folder `data` ({}) cannot be made: {}", config.data.display(), cause.kind()))?;
    }
    Ok(Database::connect(&config.database_url()).await?)
}

/// Opens the database that the settings name, for commands that only read it: they must not make an empty one by mistake.
async fn open_existing_database(config: &Config) -> Result<Database, Box<dyn Error>> {
    let database = Database::connect_to_existing(&config.database_url()).await?;
    database.check_schema().await?;
    Ok(database)
}

/// Waits for whoever started the program to end it: Ctrl+C, or a service manager.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}
