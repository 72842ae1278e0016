//! Files of posts, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::AttachingPlace;
#[cfg(feature = "ssr")]
use super::drafting::place_of;
use super::forms::{AttachForm, DraftForm, FileAddress, FilesForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(AttachingPlaceOf::PATH, Permission::UseCommunity),
    asks(AttachFile::PATH, Permission::UseCommunity),
    asks(RemoveFile::PATH, Permission::UseCommunity),
    asks(AllowFiles::PATH, Permission::UseCommunity),
];

/// Where a file is to be attached, and what is attached there already.
#[server(prefix = "/api", endpoint = "attaching_place")]
pub async fn attaching_place_of(form: DraftForm) -> Result<AttachingPlace, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let place = place_of(&actor, &form).await?;
    if !place.space.takes_files() {
        return Err(AppError::NotFound);
    }
    let files = super::store::files_of_draft(&actor, &place.desk).await?;
    let thread = place.thread.map(|thread| (thread.number(), thread.title().to_owned()));
    Ok(AttachingPlace { space: place.space.line(), thread, held: form.held, files })
}

/// Attaches the file that is sent beside the form to what one has begun to write.
#[server(prefix = "/api", endpoint = "attach_file")]
pub async fn attach_file(form: AttachForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::error::Problem;
    use crate::ui::SentFile;

    let actor = require(Permission::UseCommunity)?;
    let place = place_of(&actor, &form.place()).await?;
    let sent = SentFile::of_request().filter(SentFile::is_chosen);
    let missing = sent.is_none().then(|| Problem::new("file", "Choose a file."));
    let description = match (form.check(), missing) {
        (Ok(description), None) => description,
        (Ok(_), Some(missing)) => return Err(AppError::Invalid(vec![missing])),
        (Err(AppError::Invalid(problems)), missing) => return Err(AppError::Invalid(missing.into_iter().chain(problems).collect())),
        (Err(error), _) => return Err(error),
    };
    let file = super::files::clean(sent.map(|sent| sent.content()).unwrap_or_default()).await?;
    super::store::attach(&actor, &place.space, &place.desk, &description, file).await?;
    if form.held.is_empty() {
        let back = format!("{}#write", super::model::writing_address(&form.space, &form.number, &form.quoted));
        go_to(&back, "Attached. It is seen by others once you post.");
    } else {
        go_to(&crate::paths::own_report(&form.held), "Attached. It is seen by others once a moderator shows your post.");
    }
    Ok(())
}

/// Takes a file of one's own away.
#[server(prefix = "/api", endpoint = "remove_file")]
pub async fn remove_file(form: FileAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::remove_file(&actor, &form.code).await?;
    crate::access::stay("The file is removed.");
    Ok(())
}

/// Lets files be attached in a space, or no more.
#[server(prefix = "/api", endpoint = "allow_files")]
pub async fn allow_files(form: FilesForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let space = super::store::open_space(&actor, &form.space).await?;
    let allow = form.allow == "yes";
    super::store::allow_files(&actor, &space, allow).await?;
    crate::access::stay(if allow {
        "Files can be attached to posts here."
    } else {
        "No more files can be attached here. Those that are, stay."
    });
    Ok(())
}

/// What is in a file of the community, and of which kind it is.
#[cfg(feature = "ssr")]
pub async fn community_file(visit: &crate::access::Visit, form: &FileAddress) -> Result<(super::model::FileKind, Vec<u8>), AppError> {
    let actor = crate::access::require_of(visit, Permission::UseCommunity)?;
    super::store::file_content(&actor, &form.code).await
}
