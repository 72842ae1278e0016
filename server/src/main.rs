//! The process: commands, configuration, the router and its layers, and the jobs beside it.

mod commands;
mod config;
mod layers;
mod router;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match commands::Reverie::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("reverie: {error}");
            ExitCode::FAILURE
        }
    }
}
