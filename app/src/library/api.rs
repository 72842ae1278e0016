//! The library, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Item, Library, ListToChange, ReadingList};
use super::forms::{ItemForm, LibraryFilter, ListForm, ReadForm, ReviewForm, SlugAddress};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(LibraryOf::PATH, Permission::Learn),
    asks(LibraryItemOf::PATH, Permission::Learn),
    asks(SaveItem::PATH, Permission::Learn),
    asks(LetGoOfItem::PATH, Permission::Learn),
    asks(MarkRead::PATH, Permission::Learn),
    asks(ForgetReading::PATH, Permission::Learn),
    asks(ReadingListOf::PATH, Permission::Learn),
    asks(ItemToChange::PATH, Permission::ManageLibrary),
    asks(AddItem::PATH, Permission::ManageLibrary),
    asks(ChangeItem::PATH, Permission::ManageLibrary),
    asks(ReviewItem::PATH, Permission::ManageLibrary),
    asks(RetireItem::PATH, Permission::ManageLibrary),
    asks(ReturnItem::PATH, Permission::ManageLibrary),
    asks(ReadingListToChange::PATH, Permission::ManageLibrary),
    asks(KeepReadingList::PATH, Permission::ManageLibrary),
    asks(RemoveReadingList::PATH, Permission::ManageLibrary),
];

/// The items that a filter leaves.
#[server(prefix = "/api", endpoint = "library_of")]
pub async fn library_of(form: LibraryFilter) -> Result<Library, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::library_for(&actor, &form).await
}

/// One item.
#[server(prefix = "/api", endpoint = "library_item_of")]
pub async fn library_item_of(form: SlugAddress) -> Result<Item, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::item_of(&actor, &form.slug).await
}

/// Puts an item on one's own list.
#[server(prefix = "/api", endpoint = "save_item")]
pub async fn save_item(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::save_item(&actor, &form.slug).await?;
    go_to(&crate::paths::library_item(&form.slug), "It is on your list now.");
    Ok(())
}

/// Takes an item off one's own list.
#[server(prefix = "/api", endpoint = "let_go_of_item")]
pub async fn let_go_of_item(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::let_go(&actor, &form.slug).await?;
    go_to(&crate::paths::library_item(&form.slug), "It is off your list.");
    Ok(())
}

/// Says that one has read an item.
#[server(prefix = "/api", endpoint = "mark_read")]
pub async fn mark_read(form: ReadForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::mark_read(&actor, &form.slug, form.check(::series::local(actor.now()).date())?).await?;
    go_to(&crate::paths::library_item(&form.slug), "Kept as read. It counts in your CPD log.");
    Ok(())
}

/// Takes that back.
#[server(prefix = "/api", endpoint = "forget_reading")]
pub async fn forget_reading(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::forget_reading(&actor, &form.slug).await?;
    go_to(&crate::paths::library_item(&form.slug), "It is not kept as read any more.");
    Ok(())
}

/// A reading list.
#[server(prefix = "/api", endpoint = "reading_list_of")]
pub async fn reading_list_of(form: SlugAddress) -> Result<ReadingList, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::reading_list_of(&actor, &form.slug).await
}

/// An item, for the form that changes it.
#[server(prefix = "/api", endpoint = "item_to_change")]
pub async fn item_to_change(form: SlugAddress) -> Result<Item, AppError> {
    let actor = crate::access::require(Permission::ManageLibrary)?;
    super::store::item_of(&actor, &form.slug).await
}

/// Adds an item.
#[server(prefix = "/api", endpoint = "add_item")]
pub async fn add_item(form: ItemForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    let today = ::series::local(actor.now()).date();
    let slug = super::store::add_item(&actor, &form.check(today)?, today + super::model::USUAL_REVIEW).await?;
    go_to(&crate::paths::library_item(&slug), "It is in the library, reviewed by you today.");
    Ok(())
}

/// Changes an item.
#[server(prefix = "/api", endpoint = "change_item")]
pub async fn change_item(form: ItemForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    let item = form.check(::series::local(actor.now()).date())?;
    super::store::change_item(&actor, (&form.slug, form.shown_version()), &item).await?;
    go_to(&crate::paths::library_item(&form.slug), "The item is changed.");
    Ok(())
}

/// Says that one has reviewed an item.
#[server(prefix = "/api", endpoint = "review_item")]
pub async fn review_item(form: ReviewForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    let due_on = form.check(::series::local(actor.now()).date())?;
    super::store::review_item(&actor, (&form.slug, form.shown_version()), due_on).await?;
    go_to(&crate::paths::library_item(&form.slug), "Your review is kept.");
    Ok(())
}

/// Takes an item out of the library.
#[server(prefix = "/api", endpoint = "retire_item")]
pub async fn retire_item(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    super::store::retire_item(&actor, &form.slug).await?;
    go_to(&crate::paths::library_item(&form.slug), "It is out of the library. Whoever has read it keeps that in their log.");
    Ok(())
}

/// Takes it in again.
#[server(prefix = "/api", endpoint = "return_item")]
pub async fn return_item(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    super::store::return_item(&actor, &form.slug).await?;
    go_to(&crate::paths::library_item(&form.slug), "It is in the library again.");
    Ok(())
}

/// What the form of a reading list begins with.
#[server(prefix = "/api", endpoint = "reading_list_to_change")]
pub async fn reading_list_to_change(form: SlugAddress) -> Result<ListToChange, AppError> {
    let actor = crate::access::require(Permission::ManageLibrary)?;
    super::store::list_to_change(&actor, &form.slug).await
}

/// Makes or changes a reading list.
#[server(prefix = "/api", endpoint = "keep_reading_list")]
pub async fn keep_reading_list(form: ListForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    let slug = super::store::keep_reading_list(&actor, (&form.slug, form.shown_version()), &form.check()?).await?;
    go_to(&crate::paths::reading_list(&slug), "The reading list is kept.");
    Ok(())
}

/// Removes a reading list.
#[server(prefix = "/api", endpoint = "remove_reading_list")]
pub async fn remove_reading_list(form: SlugAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageLibrary)?;
    super::store::remove_reading_list(&actor, &form.slug).await?;
    go_to(crate::paths::LIBRARY, "The reading list is removed. What stood in it is still in the library.");
    Ok(())
}
