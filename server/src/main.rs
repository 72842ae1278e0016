//! The program: reads the command line, runs the command, and says in one sentence why it could not.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Reverie;

#[tokio::main]
async fn main() -> ExitCode {
    match Reverie::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("reverie: {error}");
            ExitCode::FAILURE
        }
    }
}
