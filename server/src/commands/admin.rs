//! `reverie admin create`.

use std::error::Error;

use app::access::system;
use app::people::EmailAddress;
use app::sign_in::store::{NewAdministrator, create_administrator};
use clap::{Args, Subcommand};

use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make an administrator, and print the link with which they choose a password.
    ///
    /// The link works once, for fourteen days; no password ever stands on a command line. For somebody who is known already but has not
    /// registered, the role is given and the link is made again. An administrator signs in with a one-time code as well.
    Create(Create),
}

#[derive(Debug, Args)]
pub struct Create {
    /// Their first name.
    #[arg(long)]
    given_name: String,
    /// Their family name.
    #[arg(long)]
    family_name: String,
    /// The e-mail address with which they will sign in.
    #[arg(long)]
    email: String,
}

/// Does what was asked for.
pub async fn admin(config: &Config, command: Admin) -> Result<(), Box<dyn Error>> {
    let Admin::Create(Create { given_name, family_name, email }) = command;
    if [&given_name, &family_name].iter().any(|name| name.trim().is_empty()) {
        return Err("give both names, as in --given-name Morag --family-name Fraser".into());
    }
    let email = EmailAddress::of(&email).ok_or("give an e-mail address, as in --email morag@centre.example")?;
    let database = super::open_database(config).await?;
    database.migrate().await?;
    let premises = config.premises(database.clone());
    let administrator = NewAdministrator { given_name, family_name, email };
    let link = create_administrator(&system(&premises, "made on the command line"), &administrator).await;
    database.close().await;
    println!("Open this link within fourteen days to choose a password:\n{}", link?);
    Ok(())
}
