//! The items that a filter leaves, and the reading lists beside them.

use super::reading_list::every_list;
use super::row::{Row, line};
use crate::access::{Actor, Permission};
use crate::database::{each_anywhere, on};
use crate::error::AppError;
use crate::library::answers::{ITEMS_ON_A_PAGE, ItemLine, Library};
use crate::library::forms::LibraryFilter;

/// One page of the library. Whoever reviews it has first what is due.
pub async fn library_for(actor: &Actor, filter: &LibraryFilter) -> Result<Library, AppError> {
    let part = Part { at_most: ITEMS_ON_A_PAGE, after: (filter.page() - 1) * ITEMS_ON_A_PAGE };
    let (items, total) = listed(actor, filter, part).await?;
    Ok(Library {
        filter: filter.clone(),
        today: ::series::local(actor.now()).date(),
        is_keeper: actor.may(Permission::ManageLibrary),
        items,
        total,
        page: filter.page(),
        lists: every_list(actor).await?,
    })
}

/// Every item that a filter leaves, on whatever page.
pub async fn every_item(actor: &Actor, filter: &LibraryFilter) -> Result<Vec<ItemLine>, AppError> {
    Ok(listed(actor, filter, Part { at_most: i64::MAX, after: 0 }).await?.0)
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    at_most: i64,
    after: i64,
}

#[derive(sqlx::FromRow)]
struct Counted {
    total: i64,
    #[sqlx(flatten)]
    row: Row,
}

async fn listed(actor: &Actor, filter: &LibraryFilter, part: Part) -> Result<(Vec<ItemLine>, i64), AppError> {
    const LIST: &str = concat!(
        "SELECT COUNT(*) OVER () AS total, ",
        line!("$9"),
        "
FROM library_item i
WHERE i.search_key LIKE $1 ESCAPE '!'
    AND i.search_key LIKE $2 ESCAPE '!'
    AND i.search_key LIKE $3 ESCAPE '!'
    AND i.search_key LIKE $4 ESCAPE '!'
    AND ($5 = '' OR i.kind = $5)
    AND ($6 = '' OR i.intervention = $6)
    AND ($7 = '' OR i.audience = $7)
    AND (i.retired_at IS NULL) = ($8 <> 'retired')
    AND (
        $8 IN ('', 'retired')
        OR ($8 = 'saved' AND EXISTS (SELECT 1 FROM saved_item w WHERE w.item_id = i.id AND w.person_id = $9))
        OR ($8 = 'read' AND EXISTS (SELECT 1 FROM reading r WHERE r.item_id = i.id AND r.person_id = $9))
        OR ($8 = 'due' AND i.review_due_on <= $10)
        OR ($8 = 'broken' AND (i.link_state = 'gone' OR (i.link_state = 'unreachable' AND i.link_failures >= 3)))
    )
ORDER BY CASE WHEN $11 AND i.review_due_on <= $10 THEN 0 ELSE 1 END, i.search_key, i.id
LIMIT $12 OFFSET $13"
    );

    let is_keeper = actor.may(Permission::ManageLibrary);
    let [first, second, third, fourth] = each_anywhere(&filter.words);
    let only = match filter.only.as_str() {
        only @ ("saved" | "read") => only,
        only @ ("due" | "broken" | "retired") if is_keeper => only,
        _ => "",
    };
    let rows: Vec<Counted> = on!(actor.database(), pool => sqlx::query_as(LIST)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(&filter.kind)
        .bind(&filter.intervention)
        .bind(&filter.audience)
        .bind(only)
        .bind(actor.person())
        .bind(::series::local(actor.now()).date())
        .bind(is_keeper)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    let total = rows.first().map_or(0, |counted| counted.total);
    Ok((rows.into_iter().map(|counted| counted.row.into()).collect(), total))
}
