//! Settings by file and environment, checked at the start. A message names the key; it never repeats a value, which may be a secret.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::database::Clock;
use chrono::{DateTime, Utc};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

/// Every setting, as it may stand in `reverie.toml` or, in capitals after `REVERIE_`, in the environment.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own, named in the file")]
pub struct Config {
    /// The address and port to serve on.
    pub listen: SocketAddr,
    /// Where people reach the server, without a trailing slash; empty means `http://` and the address that it listens on.
    pub origin: String,
    /// `sqlite:` or `postgres:` and what follows; `DATABASE_URL` is read as well.
    pub database_url: String,
    /// The folder for the database, messages and backups.
    pub data: PathBuf,
    /// Invented people who sign in without a password.
    pub demonstration: bool,
    /// Lets a demonstration be reached from other machines. The name says what it is.
    pub demonstration_open_to_the_network: bool,
    /// A moment that stands still, in a demonstration alone.
    pub now: Option<DateTime<Utc>>,
    /// The address that a proxy in front of the server is trusted to name in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// How messages leave: `smtp://` or `smtps://`, with user and password; empty writes files instead.
    pub smtp_url: String,
    /// The sender of messages.
    pub mail_from: String,
    /// Logs as JSON lines instead of text.
    pub log_json: bool,
    /// The folder of the built site, where it is not inside the program.
    pub site: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            origin: String::new(),
            database_url: String::new(),
            data: PathBuf::from("data"),
            demonstration: false,
            demonstration_open_to_the_network: false,
            now: None,
            behind_proxy: false,
            smtp_url: String::new(),
            mail_from: "Reverie <no-reply@reverie.example>".to_owned(),
            log_json: false,
            site: PathBuf::from("target/site"),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key is unknown, or its value is of the wrong kind.
    #[error("the setting `{key}` cannot be read: {reason}; see the README for what it takes")]
    Unreadable {
        /// The key, as in the file.
        key: String,
        /// What is wrong, without the value.
        reason: &'static str,
    },
    /// Two settings do not go together.
    #[error("{0}")]
    Contradiction(&'static str),
}

impl Config {
    /// Reads `reverie.toml` (or `file`), then the environment, and checks the whole.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let file = file.unwrap_or_else(|| Path::new("reverie.toml"));
        let figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("REVERIE_").ignore(&["config"]));
        let config: Self = figment.extract().map_err(|error| unreadable(&error))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.demonstration && !self.listen.ip().is_loopback() && !self.demonstration_open_to_the_network {
            return Err(ConfigError::Contradiction(
                "a demonstration lets everybody in without a password, so `listen` must be a loopback address; to open it to the network all the same, set `demonstration_open_to_the_network`",
            ));
        }
        if self.now.is_some() && !self.demonstration {
            return Err(ConfigError::Contradiction(
                "`now` stops the clock, which only a demonstration may do; set `demonstration` or remove `now`",
            ));
        }
        let is_web_address = ["https://", "http://"].iter().any(|scheme| self.origin.starts_with(scheme));
        if !self.origin.is_empty() && !is_web_address {
            return Err(ConfigError::Contradiction("`origin` must begin with https:// (or http:// on this machine alone)"));
        }
        if self.origin.ends_with('/') {
            return Err(ConfigError::Contradiction("`origin` must not end with a slash"));
        }
        if !self.smtp_url.is_empty() && !self.smtp_url.starts_with("smtp://") && !self.smtp_url.starts_with("smtps://") {
            return Err(ConfigError::Contradiction("`smtp_url` must begin with smtp:// or smtps://"));
        }
        Ok(())
    }

    /// The address of the database: the one that is set, or a file in the data folder.
    pub fn database_url(&self) -> String {
        if self.database_url.is_empty() { format!("sqlite:{}", self.data.join("reverie.db").display()) } else { self.database_url.clone() }
    }

    /// Where people reach the server.
    pub fn origin(&self) -> String {
        if self.origin.is_empty() { format!("http://{}", self.listen) } else { self.origin.clone() }
    }

    /// The clock of the process.
    pub fn clock(&self) -> Clock {
        self.now.map_or(Clock::System, Clock::Fixed)
    }
}

fn unreadable(error: &figment::Error) -> ConfigError {
    use figment::error::Kind;
    let reason = match error.kind {
        Kind::UnknownField(..) => "there is no such setting",
        Kind::InvalidType(..) | Kind::InvalidValue(..) | Kind::UnknownVariant(..) => "its value is of the wrong kind",
        _ => "its value is not in the right form",
    };
    let key = match &error.kind {
        Kind::UnknownField(key, _) => key.clone(),
        _ => error.path.join("."),
    };
    ConfigError::Unreadable { key, reason }
}
