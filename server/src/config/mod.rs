//! Settings by file and environment, checked at the start. A message names the key; it never repeats a value, which may be a secret.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::access::Premises;
use app::database::{Clock, Database};
use chrono::{DateTime, Utc};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use serde::{Deserialize, Serialize};

use crate::site::Site;

/// Every setting, as it may stand in `reverie.toml` or, in capitals after `REVERIE_`, in the environment.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own, named in the file")]
pub struct Config {
    /// The address and port to serve on.
    pub listen: SocketAddr,
    /// The address and port at which Prometheus finds the figures; there are none where it is not set.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach the server, without a trailing slash; empty means `http://` and the address that it listens on.
    pub origin: String,
    /// `sqlite:` or `postgres:` and what follows; `DATABASE_URL` is read as well.
    pub database_url: String,
    /// The folder for the database, messages and backups.
    pub data: PathBuf,
    /// The file of the keys of what people write for themselves alone; otherwise `keyring` in the data folder.
    pub keyring: Option<PathBuf>,
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
    /// The folder of what browsers load; otherwise what is inside the program, or else what the build made.
    pub site: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_listen: None,
            origin: String::new(),
            database_url: String::new(),
            data: PathBuf::from("data"),
            keyring: None,
            demonstration: false,
            demonstration_open_to_the_network: false,
            now: None,
            behind_proxy: false,
            smtp_url: String::new(),
            mail_from: "Reverie <no-reply@reverie.example>".to_owned(),
            log_json: false,
            site: None,
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
    /// A file was named on the command line or in `REVERIE_CONFIG`.
    #[error("there is no file of settings at {}", .0.display())]
    NoSuchFile(PathBuf),
    /// Not a key but the file as a whole.
    #[error("{} is not a file of settings: it must be TOML, one `key = value` a line", .0.display())]
    NotToml(PathBuf),
    /// Two settings do not go together.
    #[error("{0}")]
    Contradiction(&'static str),
}

impl Config {
    /// Reads `file` (or `reverie.toml`, where that is there), then the environment, and checks the whole.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(file) = file.filter(|file| !file.is_file()) {
            return Err(ConfigError::NoSuchFile(file.to_owned()));
        }
        let file = file.unwrap_or_else(|| Path::new("reverie.toml"));
        let figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("REVERIE_").ignore(&["config"]));
        let config: Self = figment.extract().map_err(|error| unreadable(&error, file))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let is_reachable = !self.listen.ip().is_loopback() || self.behind_proxy || self.origin.starts_with("https://");
        if self.demonstration && is_reachable && !self.demonstration_open_to_the_network {
            return Err(ConfigError::Contradiction(
                "a demonstration lets everybody in without a password, so `listen` must be a loopback address, without a proxy in front; to open it to the network all the same, set `demonstration_open_to_the_network`",
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
        if !self.smtp_url.is_empty() && smtp_builder(&self.smtp_url).is_none() {
            return Err(ConfigError::Contradiction(
                "`smtp_url` must be smtp:// or smtps://, then user:password@ where they are needed, then the host, as in smtps://user:password@mail.example",
            ));
        }
        if self.mail_from.parse::<Mailbox>().is_err() {
            return Err(ConfigError::Contradiction("`mail_from` must be an address, as in Reverie <no-reply@reverie.example>"));
        }
        Ok(())
    }

    /// The address of the database: the one that is set, or a file in the data folder.
    pub fn database_url(&self) -> String {
        if self.database_url.is_empty() { format!("sqlite:{}", self.data.join("reverie.db").display()) } else { self.database_url.clone() }
    }

    /// The file of the keys: the one that is set, or one in the data folder.
    pub fn keyring(&self) -> PathBuf {
        self.keyring.clone().unwrap_or_else(|| self.data.join("keyring"))
    }

    /// Where people reach the server.
    pub fn origin(&self) -> String {
        if self.origin.is_empty() { format!("http://{}", self.listen) } else { self.origin.clone() }
    }

    /// What commands, jobs and requests share: a database, the clock, the origin.
    pub fn premises(&self, database: Database) -> Premises {
        Premises { database, clock: self.clock(), is_demonstration: self.demonstration, origin: self.origin().into() }
    }

    /// Every setting with its value as a person may see it: who signs in to the database and to the mail server is left out.
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        vec![
            ("listen", self.listen.to_string()),
            ("metrics_listen", self.metrics_listen.map_or_else(|| "nowhere".to_owned(), |address| address.to_string())),
            ("origin", self.origin()),
            ("database_url", without_secrets(&self.database_url())),
            ("data", self.data.display().to_string()),
            ("keyring", self.keyring().display().to_string()),
            ("demonstration", self.demonstration.to_string()),
            ("demonstration_open_to_the_network", self.demonstration_open_to_the_network.to_string()),
            ("now", self.now.map_or_else(|| "the machine's clock".to_owned(), |now| now.to_rfc3339())),
            ("behind_proxy", self.behind_proxy.to_string()),
            ("smtp_url", without_secrets(&self.smtp_url)),
            ("mail_from", self.mail_from.clone()),
            ("log_json", self.log_json.to_string()),
            ("site", Site::of(self.site.as_deref()).to_string()),
        ]
    }

    /// The clock of the process.
    pub fn clock(&self) -> Clock {
        self.now.map_or(Clock::System, Clock::Fixed)
    }
}

/// The way to the mail server. Without TLS a message is handed over to a server on this machine alone, unless the address asks for it.
pub fn smtp_builder(url: &str) -> Option<AsyncSmtpTransportBuilder> {
    let is_open = url.starts_with("smtp://") && !url.contains("tls=");
    let place = without_secrets(url);
    let host = place.trim_start_matches("smtp://").trim_start_matches("***@");
    let is_here = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    let question = if url.contains('?') { '&' } else { '?' };
    let url = if is_open && !is_here { format!("{url}{question}tls=required") } else { url.to_owned() };
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).ok()
}

fn unreadable(error: &figment::Error, file: &Path) -> ConfigError {
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
    if key.is_empty() {
        // The cause would quote the line, which may hold a secret.
        return ConfigError::NotToml(file.to_owned());
    }
    ConfigError::Unreadable { key, reason }
}

impl fmt::Debug for Config {
    /// As [`Config::shown`], so that no secret reaches a log by way of `{:?}`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.shown()).finish()
    }
}

/// An address without who signs in there and with what: `postgres://***@db.example/reverie`.
fn without_secrets(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((_, place)) => format!("{scheme}://***@{place}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests;
