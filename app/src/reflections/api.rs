//! The reflective log, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Entry, Log, SharedEntry, SharedLine, ToWrite};
use super::forms::{EntryAddress, EntryForm, LogAddress, NewAddress, RestoreForm, ShareForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyReflections::PATH, Permission::KeepReflections),
    asks(ReflectionToWrite::PATH, Permission::KeepReflections),
    asks(ReflectionOf::PATH, Permission::KeepReflections),
    asks(WriteReflection::PATH, Permission::KeepReflections),
    asks(KeepReflectionDraft::PATH, Permission::KeepReflections),
    asks(DropReflectionDraft::PATH, Permission::KeepReflections),
    asks(RemoveReflection::PATH, Permission::KeepReflections),
    asks(RestoreReflection::PATH, Permission::KeepReflections),
    asks(ShareReflection::PATH, Permission::KeepReflections),
    asks(TakeReflectionBack::PATH, Permission::KeepReflections),
    asks(SharedWithMe::PATH, Permission::ReadSharedReflections),
    asks(SharedEntryOf::PATH, Permission::ReadSharedReflections),
];

/// One's own log.
#[server(prefix = "/api", endpoint = "my_reflections")]
pub async fn my_reflections(#[server(default)] form: LogAddress) -> Result<Log, AppError> {
    let actor = crate::access::require(Permission::KeepReflections)?;
    super::store::log_of(&actor, form.page()).await
}

/// What the form of a new entry begins with.
#[server(prefix = "/api", endpoint = "reflection_to_write")]
pub async fn reflection_to_write(#[server(default)] form: NewAddress) -> Result<ToWrite, AppError> {
    let actor = crate::access::require(Permission::KeepReflections)?;
    super::store::to_write(&actor, &form).await
}

/// An entry of one's own.
#[server(prefix = "/api", endpoint = "reflection_of")]
pub async fn reflection_of(#[server(default)] form: EntryAddress) -> Result<Entry, AppError> {
    let actor = crate::access::require(Permission::KeepReflections)?;
    super::store::entry_of(&actor, &form.code).await
}

/// Keeps what was written: a new entry, or a new version of one.
#[server(prefix = "/api", endpoint = "write_reflection")]
pub async fn write_reflection(#[server(default)] form: EntryForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepReflections)?;
    let entry = form.check()?;
    super::store::write(&actor, &entry).await?;
    go_to(&crate::paths::reflection(&form.code), "It is kept. Nobody but you can read it, unless you share it below.");
    Ok(())
}

/// Keeps what is being written, in a window that knows of a copy which was `kept` so often. Answers how often it is now.
#[server(prefix = "/api", endpoint = "keep_reflection_draft")]
pub async fn keep_reflection_draft(#[server(default)] form: EntryForm, #[server(default)] kept: i64) -> Result<i64, AppError> {
    let actor = crate::access::require(Permission::KeepReflections)?;
    super::store::keep_begun(&actor, &form.begun()?, kept).await
}

/// Forgets what one has begun to write and not kept.
#[server(prefix = "/api", endpoint = "drop_reflection_draft")]
pub async fn drop_reflection_draft(#[server(default)] form: EntryAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepReflections)?;
    super::store::drop_begun(&actor, &form.code).await?;
    go_to(crate::paths::REFLECTIONS, "What you had begun is thrown away.");
    Ok(())
}

/// Removes an entry of one's own, which can be put back for an hour.
#[server(prefix = "/api", endpoint = "remove_reflection")]
pub async fn remove_reflection(#[server(default)] form: EntryAddress) -> Result<(), AppError> {
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::KeepReflections)?;
    super::store::remove(&actor, &form.code).await?;
    let undo = Undo { action: RestoreReflection::PATH.to_owned(), of: form.code };
    go_to_with_undo(
        crate::paths::REFLECTIONS,
        "The entry is removed. It can be put back for an hour, and is deleted for good then.",
        &undo,
    );
    Ok(())
}

/// Puts back what one has removed.
#[server(prefix = "/api", endpoint = "restore_reflection")]
pub async fn restore_reflection(#[server(default)] form: RestoreForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepReflections)?;
    super::store::restore(&actor, &form.change).await?;
    go_to(crate::paths::REFLECTIONS, "The entry is back. It is shared with nobody.");
    Ok(())
}

/// Shares an entry with a supervisor of one's own.
#[server(prefix = "/api", endpoint = "share_reflection")]
pub async fn share_reflection(#[server(default)] form: ShareForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepReflections)?;
    super::store::share(&actor, &form.code, &form.supervisor).await?;
    go_to(&crate::paths::reflection(&form.code), "The entry is shared with your supervisor. You can take it back at any time.");
    Ok(())
}

/// Takes back what one has shared.
#[server(prefix = "/api", endpoint = "take_reflection_back")]
pub async fn take_reflection_back(#[server(default)] form: EntryAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepReflections)?;
    super::store::take_back(&actor, &form.code).await?;
    go_to(&crate::paths::reflection(&form.code), "It is taken back. Nobody but you can read it.");
    Ok(())
}

/// What the people whom one supervises have shared with one.
#[server(prefix = "/api", endpoint = "shared_with_me")]
pub async fn shared_with_me() -> Result<Vec<SharedLine>, AppError> {
    let actor = crate::access::require(Permission::ReadSharedReflections)?;
    super::store::shared_with(&actor).await
}

/// An entry that was shared with one.
#[server(prefix = "/api", endpoint = "shared_entry")]
pub async fn shared_entry_of(#[server(default)] form: EntryAddress) -> Result<SharedEntry, AppError> {
    let actor = crate::access::require(Permission::ReadSharedReflections)?;
    super::store::open_shared(&actor, &form.code).await
}
