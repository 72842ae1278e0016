//! Adding, changing, reviewing and retiring items.

use chrono::{DateTime, NaiveDate, Utc};

use super::item::open_item;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, folded, new_id, on};
use crate::error::AppError;
use crate::library::forms::NewItem;
use crate::library::model::{ItemId, slug_of};

/// How many items may have the same words as their title.
const SAME_TITLES: usize = 20;

/// Adds an item that the actor has read, and so reviewed. Answers its part of the address.
pub async fn add_item(actor: &Actor, item: &NewItem, due_on: NaiveDate) -> Result<String, AppError> {
    const REVIEWED: &str = "UPDATE library_item SET reviewed_on = $2, reviewed_by = $3 WHERE id = $1";

    let (id, today) = (ItemId(new_id()), ::series::local(actor.now()).date());
    let mut transaction = actor.begin().await?;
    let slug = insert_under_a_free_slug(&mut transaction, id, item, (actor.now(), due_on)).await?;
    on!(&mut transaction, connection => sqlx::query(REVIEWED)
        .bind(id)
        .bind(today)
        .bind(actor.person())
        .execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "add_item", id).await?;
    transaction.commit().await?;
    Ok(slug)
}

async fn insert_under_a_free_slug(
    transaction: &mut Transaction,
    id: ItemId,
    item: &NewItem,
    when: (DateTime<Utc>, NaiveDate),
) -> Result<String, AppError> {
    let slug = match slug_of(&folded(&item.title)).as_str() {
        // An address of its own has the word that stands for a new one.
        "" | "new" => "item".to_owned(),
        slug => slug.to_owned(),
    };
    for place in 1..=SAME_TITLES {
        let tried = if place == 1 { slug.clone() } else { format!("{slug}-{place}") };
        if insert(transaction, (id, &tried), item, when).await? {
            return Ok(tried);
        }
    }
    Err(AppError::invalid("title", "There are many items with this title already. Say what sets this one apart."))
}

/// Inserts an item that nobody has reviewed, unless its part of the address is taken. Answers whether it was inserted.
pub(super) async fn insert(
    transaction: &mut Transaction,
    (id, slug): (ItemId, &str),
    item: &NewItem,
    (added_at, due_on): (DateTime<Utc>, NaiveDate),
) -> Result<bool, AppError> {
    const INSERT: &str = "\
INSERT INTO library_item (id, slug, title, search_key, summary, kind, authors, published_year, link, intervention, audience, licence,
    added_at, review_due_on, version, link_state, link_failures, link_due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, 'unchecked', 0, $13)
ON CONFLICT (slug) DO NOTHING";

    let inserted = on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(slug)
        .bind(&item.title)
        .bind(search_key(item))
        .bind(&item.summary)
        .bind(item.kind)
        .bind(&item.authors)
        .bind(item.year)
        .bind(&item.link)
        .bind(&item.intervention)
        .bind(item.audience)
        .bind(&item.licence)
        .bind(added_at)
        .bind(due_on)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

fn search_key(item: &NewItem) -> String {
    folded(&format!("{} {}", item.title, item.authors))
}

/// Changes an item, if it is still the version that was shown. Another link is looked at soon.
pub async fn change_item(actor: &Actor, (slug, version): (&str, i64), item: &NewItem) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE library_item
SET title = $3, search_key = $4, summary = $5, kind = $6, authors = $7, published_year = $8, intervention = $9, audience = $10, licence = $11,
    link_state = CASE WHEN link = $12 THEN link_state ELSE 'unchecked' END,
    link_failures = CASE WHEN link = $12 THEN link_failures ELSE 0 END,
    link_due_at = CASE WHEN link = $12 THEN link_due_at ELSE $13 END,
    link = $12, version = version + 1
WHERE id = $1
    AND version = $2";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(opened.id)
        .bind(version)
        .bind(&item.title)
        .bind(search_key(item))
        .bind(&item.summary)
        .bind(item.kind)
        .bind(&item.authors)
        .bind(item.year)
        .bind(&item.intervention)
        .bind(item.audience)
        .bind(&item.licence)
        .bind(&item.link)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    unless_overtaken(changed)?;
    audit(&mut transaction, actor, "change_item", opened.id).await?;
    transaction.commit().await
}

/// Says that the actor has reviewed an item as it was shown to them, and when that is due again.
pub async fn review_item(actor: &Actor, (slug, version): (&str, i64), due_on: NaiveDate) -> Result<(), AppError> {
    const REVIEW: &str = "\
UPDATE library_item
SET reviewed_on = $3, reviewed_by = $4, review_due_on = $5, version = version + 1
WHERE id = $1
    AND version = $2
    AND retired_at IS NULL";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    let reviewed = on!(&mut transaction, connection => sqlx::query(REVIEW)
        .bind(opened.id)
        .bind(version)
        .bind(::series::local(actor.now()).date())
        .bind(actor.person())
        .bind(due_on)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    unless_overtaken(reviewed)?;
    audit(&mut transaction, actor, "review_item", opened.id).await?;
    transaction.commit().await
}

/// Takes an item out. A second press finds it done.
pub async fn retire_item(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const RETIRE: &str = "UPDATE library_item SET retired_at = $2, version = version + 1 WHERE id = $1 AND retired_at IS NULL";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    let retired = on!(&mut transaction, connection => sqlx::query(RETIRE)
        .bind(opened.id)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    unless_overtaken(retired)?;
    audit(&mut transaction, actor, "retire_item", opened.id).await?;
    transaction.commit().await
}

/// Takes an item in again.
pub async fn return_item(actor: &Actor, slug: &str) -> Result<(), AppError> {
    const RETURN: &str = "UPDATE library_item SET retired_at = NULL, version = version + 1 WHERE id = $1 AND retired_at IS NOT NULL";

    let opened = open_item(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    let returned = on!(&mut transaction, connection => sqlx::query(RETURN).bind(opened.id).execute(connection).await.map(|done| done.rows_affected()))?;
    unless_overtaken(returned)?;
    audit(&mut transaction, actor, "return_item", opened.id).await?;
    transaction.commit().await
}

fn unless_overtaken(rows: u64) -> Result<(), AppError> {
    if rows == 1 {
        return Ok(());
    }
    Err(AppError::Conflict(
        "Somebody has changed this item in the meantime. What you entered is still here: look at the item as it is now, then try again."
            .to_owned(),
    ))
}

async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: ItemId) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "library_item", subject_id: Some(id.0), detail: "" }).await
}
