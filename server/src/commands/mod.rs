//! The commands of `reverie`.

mod demo;
mod migrate;
mod serve;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use app::database::Database;
use clap::{Parser, Subcommand};

use crate::config::Config;

/// Software for the National Centre for Supervision of Parent-Infant Relationships.
#[derive(Debug, Parser)]
#[command(name = "reverie", version, about, arg_required_else_help = true)]
pub struct Reverie {
    /// The file of settings; `reverie.toml` in this folder where it is not named.
    #[arg(long, global = true, env = "REVERIE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages.
    Serve,
    /// Bring the database to the schema of this version.
    Migrate,
    /// Fill an empty database with invented people, groups and a year of sessions.
    Demo(demo::Demo),
}

impl Reverie {
    /// Does what was asked for.
    pub async fn run(self) -> Result<ExitCode, Box<dyn Error>> {
        let config = Config::read(self.config.as_deref())?;
        match self.command {
            Command::Serve => serve::serve(&config).await?,
            Command::Migrate => migrate::migrate(&config).await?,
            Command::Demo(demo) => demo::demo(&config, &demo).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Opens the database that the settings name, making the data folder where it is not there.
async fn open_database(config: &Config) -> Result<Database, Box<dyn Error>> {
    if config.database_url.is_empty() {
        std::fs::create_dir_all(&config.data)?;
    }
    Ok(Database::connect(&config.database_url()).await?)
}
