//! One's own log, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Log, LogEntry};
use super::forms::{EntryAddress, LogAddress, NoteForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] =
    &[asks(MyLog::PATH, Permission::Learn), asks(LogEntryOf::PATH, Permission::Learn), asks(KeepLogNote::PATH, Permission::Learn)];

/// One's own log in a stretch of time.
#[server(prefix = "/api", endpoint = "my_log")]
pub async fn my_log(form: LogAddress) -> Result<Log, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::log_of(&actor, &form).await
}

/// One entry of one's own log.
#[server(prefix = "/api", endpoint = "log_entry_of")]
pub async fn log_entry_of(form: EntryAddress) -> Result<LogEntry, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::entry_of(&actor, &form.entry).await
}

/// Keeps what one notes beside an entry; nothing removes it.
#[server(prefix = "/api", endpoint = "keep_log_note")]
pub async fn keep_log_note(form: NoteForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::keep_note(&actor, (&form.entry, form.shown_version()), form.check()?).await?;
    go_to(crate::paths::CPD_LOG, "Your note is kept.");
    Ok(())
}
