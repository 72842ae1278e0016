//! Bringing people from a spreadsheet, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Import, OwnImports};
use super::forms::{ImportAddress, TakeImportForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(OwnImportsOf::PATH, Permission::ImportPeople),
    asks(ImportOf::PATH, Permission::ImportPeople),
    asks(BringPeople::PATH, Permission::ImportPeople),
    asks(TakeImport::PATH, Permission::ImportPeople),
    asks(GiveUpImport::PATH, Permission::ImportPeople),
    asks(InviteImported::PATH, Permission::ImportPeople),
    asks(TakeImportBack::PATH, Permission::ImportPeople),
];

/// What one has brought and not been done with.
#[server(prefix = "/api", endpoint = "own_imports")]
pub async fn own_imports_of() -> Result<OwnImports, AppError> {
    let actor = crate::access::require(Permission::ImportPeople)?;
    super::store::own_imports(&actor).await
}

/// One of them: what would become of it, or what has.
#[server(prefix = "/api", endpoint = "import_of")]
pub async fn import_of(#[server(default)] form: ImportAddress) -> Result<Import, AppError> {
    let actor = crate::access::require(Permission::ImportPeople)?;
    super::store::import_page(&actor, &form.code).await
}

/// Brings the file that is sent beside the form. Nothing of it is taken yet.
#[server(prefix = "/api", endpoint = "bring_people")]
pub async fn bring_people() -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::ui::SentFile;

    let actor = require(Permission::ImportPeople)?;
    let file = SentFile::of_request().filter(|file| file.is_chosen()).ok_or_else(|| AppError::invalid("file", "Choose a file."))?;
    let code = super::store::bring(&actor, file.content()).await?;
    go_to(&crate::paths::import(&code), "The file has been read. Nothing of it is imported yet.");
    Ok(())
}

/// Adds and changes whoever the file holds rightly.
#[server(prefix = "/api", endpoint = "take_import")]
pub async fn take_import(#[server(default)] form: TakeImportForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::people::WorksThere;

    let actor = require(Permission::ImportPeople)?;
    let works_there = form.check()?;
    super::store::take(&actor, &form.code, &works_there).await?;
    let notice = match works_there {
        WorksThere::Named { .. } => "Imported. Nobody has been written to.",
        WorksThere::ToBeAsked => "Imported. None of them has been written to, and the leads of their authorities are asked.",
    };
    go_to(&crate::paths::import(&form.code), notice);
    Ok(())
}

/// Forgets a file of which nothing was taken.
#[server(prefix = "/api", endpoint = "give_up_import")]
pub async fn give_up_import(#[server(default)] form: ImportAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ImportPeople)?;
    super::store::give_up(&actor, &form.code).await?;
    go_to(crate::paths::IMPORT_PEOPLE, "The file is discarded. Nothing of it was imported.");
    Ok(())
}

/// Invites whoever was added and has not been invited.
#[server(prefix = "/api", endpoint = "invite_imported")]
pub async fn invite_imported(#[server(default)] form: ImportAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ImportPeople)?;
    let invited = super::store::invite_added(&actor, &form.code).await?;
    let notice = if invited == 1 { "The invitation is on its way.".to_owned() } else { format!("{invited} invitations are on their way.") };
    go_to(&crate::paths::import(&form.code), &notice);
    Ok(())
}

/// Takes an import back, as far as nobody has moved on since.
#[server(prefix = "/api", endpoint = "take_import_back")]
pub async fn take_import_back(#[server(default)] form: ImportAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ImportPeople)?;
    if super::store::take_back(&actor, &form.code).await? {
        go_to(crate::paths::IMPORT_PEOPLE, "The import is undone: whoever was added is gone, and whoever was changed is as before.");
    } else {
        go_to(&crate::paths::import(&form.code), "The import is undone, but for those who are named below: they have moved on since.");
    }
    Ok(())
}
