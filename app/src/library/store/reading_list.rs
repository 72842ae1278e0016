//! Reading lists: read by everybody who learns, made by those who keep the library.

use std::collections::HashMap;

use super::row::{Row, line};
use crate::access::{Actor, Permission};
use crate::audit;
use crate::database::{Transaction, folded, new_id, on};
use crate::error::AppError;
use crate::library::answers::{ListLine, ListToChange, ReadingList};
use crate::library::forms::NewList;
use crate::library::model::{ItemId, ListId, slug_of};

#[derive(sqlx::FromRow)]
struct LineRow {
    slug: String,
    title: String,
    about: String,
    items: i64,
}

impl From<LineRow> for ListLine {
    fn from(row: LineRow) -> Self {
        Self { slug: row.slug, title: row.title, about: row.about, items: row.items }
    }
}

/// Every reading list.
pub(super) async fn every_list(actor: &Actor) -> Result<Vec<ListLine>, AppError> {
    const LISTS: &str = "\
SELECT l.slug, l.title, l.about,
    (SELECT COUNT(*) FROM reading_list_item n JOIN library_item i ON i.id = n.item_id WHERE n.list_id = l.id AND i.retired_at IS NULL) AS items
FROM reading_list l
ORDER BY l.title, l.id";

    let rows: Vec<LineRow> = on!(actor.database(), pool => sqlx::query_as(LISTS).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(ListLine::from).collect())
}

/// The reading lists in which an item stands.
pub(super) async fn lists_with(actor: &Actor, item: ItemId) -> Result<Vec<ListLine>, AppError> {
    const LISTS: &str = "\
SELECT l.slug, l.title, l.about, (SELECT COUNT(*) FROM reading_list_item n WHERE n.list_id = l.id) AS items
FROM reading_list l
JOIN reading_list_item m ON m.list_id = l.id
WHERE m.item_id = $1
ORDER BY l.title, l.id";

    let rows: Vec<LineRow> = on!(actor.database(), pool => sqlx::query_as(LISTS).bind(item).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(ListLine::from).collect())
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    id: ListId,
    slug: String,
    title: String,
    about: String,
    version: i64,
}

async fn open_list(actor: &Actor, slug: &str) -> Result<HeadRow, AppError> {
    const OPEN: &str = "SELECT id, slug, title, about, version FROM reading_list WHERE slug = $1";

    let found: Option<HeadRow> = on!(actor.database(), pool => sqlx::query_as(OPEN).bind(slug).fetch_optional(pool).await)?;
    found.ok_or(AppError::NotFound)
}

/// A reading list with its items, less those that were retired.
pub async fn reading_list_of(actor: &Actor, slug: &str) -> Result<ReadingList, AppError> {
    const ITEMS: &str = concat!(
        "SELECT ",
        line!("$2"),
        "
FROM reading_list_item n
JOIN library_item i ON i.id = n.item_id
WHERE n.list_id = $1
    AND i.retired_at IS NULL
ORDER BY n.place"
    );

    let list = open_list(actor, slug).await?;
    let rows: Vec<Row> = on!(actor.database(), pool => sqlx::query_as(ITEMS).bind(list.id).bind(actor.person()).fetch_all(pool).await)?;
    Ok(ReadingList {
        slug: list.slug,
        title: list.title,
        about: list.about,
        version: list.version,
        items: rows.into_iter().map(Into::into).collect(),
        today: ::series::local(actor.now()).date(),
        is_keeper: actor.may(Permission::ManageLibrary),
    })
}

/// What the form of a reading list begins with; of a new one, an empty slug.
pub async fn list_to_change(actor: &Actor, slug: &str) -> Result<ListToChange, AppError> {
    const ITEMS: &str = "\
SELECT i.slug, i.title, n.place
FROM library_item i
LEFT JOIN reading_list l ON l.slug = $1
LEFT JOIN reading_list_item n ON n.list_id = l.id AND n.item_id = i.id
WHERE i.retired_at IS NULL
ORDER BY COALESCE(n.place, 1000), i.search_key, i.id";

    let list = if slug.is_empty() { None } else { Some(reading_list_of(actor, slug).await?) };
    let items: Vec<(String, String, Option<i64>)> = on!(actor.database(), pool => sqlx::query_as(ITEMS).bind(slug).fetch_all(pool).await)?;
    Ok(ListToChange { list, items })
}

/// Makes a reading list, or changes one that is still the version that was shown. Answers its part of the address.
pub async fn keep_reading_list(actor: &Actor, (slug, version): (&str, i64), list: &NewList) -> Result<String, AppError> {
    const CHANGE: &str = "UPDATE reading_list SET title = $3, about = $4, version = version + 1 WHERE id = $1 AND version = $2";
    const EMPTY: &str = "DELETE FROM reading_list_item WHERE list_id = $1";

    let shown = if slug.is_empty() { None } else { Some(open_list(actor, slug).await?) };
    let mut transaction = actor.begin().await?;
    let (id, slug) = match shown {
        None => make(&mut transaction, actor, list).await?,
        Some(shown) => {
            let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
                .bind(shown.id)
                .bind(version)
                .bind(&list.title)
                .bind(&list.about)
                .execute(connection).await.map(|done| done.rows_affected()))?;
            if changed == 0 {
                return Err(AppError::Conflict(
                    "Somebody has changed this list in the meantime. Look at it as it is now, then try again.".to_owned(),
                ));
            }
            (shown.id, shown.slug)
        }
    };
    on!(&mut transaction, connection => sqlx::query(EMPTY).bind(id).execute(connection).await.map(|_| ()))?;
    fill(&mut transaction, id, &list.items).await?;
    audit(&mut transaction, actor, "keep_reading_list", id).await?;
    transaction.commit().await?;
    Ok(slug)
}

async fn make(transaction: &mut Transaction, actor: &Actor, list: &NewList) -> Result<(ListId, String), AppError> {
    let slug = match slug_of(&folded(&list.title)).as_str() {
        "" | "new" => "list".to_owned(),
        slug => slug.to_owned(),
    };
    let id = ListId(new_id());
    if !insert(transaction, (id, &slug), (&list.title, &list.about), actor.now()).await? {
        return Err(AppError::invalid("title", "There is a list of this name already. Choose another."));
    }
    Ok((id, slug))
}

/// Inserts an empty list, unless its part of the address is taken. Answers whether it was inserted.
pub(super) async fn insert(
    transaction: &mut Transaction,
    (id, slug): (ListId, &str),
    (title, about): (&str, &str),
    now: chrono::DateTime<chrono::Utc>,
) -> Result<bool, AppError> {
    const MAKE: &str = "\
INSERT INTO reading_list (id, slug, title, about, made_at, version)
VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (slug) DO NOTHING";

    let made = on!(&mut transaction, connection => sqlx::query(MAKE)
        .bind(id)
        .bind(slug)
        .bind(title)
        .bind(about)
        .bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(made == 1)
}

/// Puts items into an empty list, in their order. What is not in the library, or not any more, is left out.
pub(super) async fn fill<S: AsRef<str>>(transaction: &mut Transaction, list: ListId, slugs: &[S]) -> Result<(), AppError> {
    const KNOWN: &str = "SELECT slug, id FROM library_item WHERE retired_at IS NULL";
    const PUT: &str = "INSERT INTO reading_list_item (list_id, place, item_id) ";

    let known: Vec<(String, ItemId)> = on!(&mut transaction, connection => sqlx::query_as(KNOWN).fetch_all(connection).await)?;
    let known: HashMap<String, ItemId> = known.into_iter().collect();
    let items: Vec<(i64, ItemId)> = (1..).zip(slugs.iter().filter_map(|slug| known.get(slug.as_ref()).copied())).collect();
    if items.is_empty() {
        return Ok(());
    }
    on!(&mut transaction, connection => {
        let mut statement = sqlx::QueryBuilder::new(PUT);
        statement.push_values(&items, |mut values, (place, item)| {
            values.push_bind(list).push_bind(*place).push_bind(*item);
        });
        // Each length is a statement of its own, so keeping them would serve nobody.
        statement.build().persistent(false).execute(connection).await.map(|_| ())
    })?;
    Ok(())
}

/// Removes a reading list. Its items stay in the library.
pub async fn remove_reading_list(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM reading_list WHERE id = $1";

    let list = open_list(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(REMOVE).bind(list.id).execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "remove_reading_list", list.id).await?;
    transaction.commit().await
}

async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: ListId) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "reading_list", subject_id: Some(id.0), detail: "" }).await
}
