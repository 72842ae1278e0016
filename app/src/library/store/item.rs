//! One item: its page, and the one door to it.

use chrono::NaiveDate;

use super::reading_list::lists_with;
use super::row::{Row, line};
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::library::answers::Item;
use crate::library::model::ItemId;
use crate::people::short_name;

/// An item that the actor may see. Only [`open_item`] makes one.
#[derive(Clone, Debug)]
pub(super) struct OpenedItem {
    pub id: ItemId,
}

/// Opens an item; what was taken out is there for those who keep the library, and for whoever has saved or read it.
pub(super) async fn open_item(actor: &Actor, slug: &str) -> Result<OpenedItem, AppError> {
    const OPEN: &str = "\
SELECT i.id
FROM library_item i
WHERE i.slug = $1
    AND (
        i.retired_at IS NULL
        OR $3
        OR EXISTS (SELECT 1 FROM saved_item w WHERE w.item_id = i.id AND w.person_id = $2)
        OR EXISTS (SELECT 1 FROM reading r WHERE r.item_id = i.id AND r.person_id = $2)
    )";

    let found: Option<ItemId> = on!(actor.database(), pool => sqlx::query_scalar(OPEN)
        .bind(slug)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageLibrary))
        .fetch_optional(pool).await)?;
    found.map(|id| OpenedItem { id }).ok_or(AppError::NotFound)
}

#[derive(sqlx::FromRow)]
struct WholeRow {
    summary: String,
    is_retired: bool,
    version: i64,
    reviewer_title: Option<String>,
    reviewer_given: Option<String>,
    reviewer_family: Option<String>,
    read_on: Option<NaiveDate>,
    minutes: Option<i64>,
    #[sqlx(flatten)]
    line: Row,
}

/// The page of an item.
pub async fn item_of(actor: &Actor, slug: &str) -> Result<Item, AppError> {
    const ITEM: &str = concat!(
        "SELECT i.summary, i.retired_at IS NOT NULL AS is_retired, i.version,
    p.title AS reviewer_title, p.given_name AS reviewer_given, p.family_name AS reviewer_family, o.read_on, o.minutes, ",
        line!("$2"),
        "
FROM library_item i
LEFT JOIN person p ON p.id = i.reviewed_by
LEFT JOIN reading o ON o.item_id = i.id AND o.person_id = $2
WHERE i.id = $1"
    );

    let opened = open_item(actor, slug).await?;
    let row: WholeRow = on!(actor.database(), pool => sqlx::query_as(ITEM).bind(opened.id).bind(actor.person()).fetch_one(pool).await)?;
    let reviewer = match (&row.reviewer_title, &row.reviewer_given, &row.reviewer_family) {
        (Some(title), Some(given), Some(family)) => short_name(title, given, family),
        _ => String::new(),
    };
    Ok(Item {
        summary: row.summary,
        reviewer,
        is_retired: row.is_retired,
        version: row.version,
        read: row.read_on.zip(row.minutes),
        lists: lists_with(actor, opened.id).await?,
        today: ::series::local(actor.now()).date(),
        is_keeper: actor.may(Permission::ManageLibrary),
        line: row.line.into(),
    })
}
