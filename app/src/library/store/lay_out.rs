//! The library that the product brings along: put in once, and left as people make it.

use std::collections::HashSet;

use super::change;
use super::reading_list;
use crate::access::System;
use crate::audit;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::library::model::{ItemId, ListId};
use crate::library::starter::{LISTS, STARTER};

/// Puts in what the product brings along and the library has never had. Answers how many items that were. Nobody at the Centre has reviewed
/// them then, and they say so until somebody has.
pub async fn lay_out_library(system: &System) -> Result<u64, AppError> {
    // A read first: most of the time nothing is missing, and a write would take the lock of the SQLite file for nothing.
    const KNOWN: &str = "SELECT slug FROM library_item";

    let known: Vec<String> = on!(system.database(), pool => sqlx::query_scalar(KNOWN).fetch_all(pool).await)?;
    let known: HashSet<String> = known.into_iter().collect();
    if STARTER.iter().all(|item| known.contains(item.slug)) {
        return Ok(0);
    }
    let mut transaction = system.begin().await?;
    let put_in = put_in(&mut transaction, system.now()).await?;
    let entry = audit::Entry { action: "lay_out_library", subject: "library_item", subject_id: None, detail: &put_in.to_string() };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(put_in)
}

/// The same within a unit of work that the caller writes down.
pub(crate) async fn put_in(transaction: &mut Transaction, now: chrono::DateTime<chrono::Utc>) -> Result<u64, AppError> {
    let mut put_in = 0_u64;
    for item in STARTER {
        if change::insert(transaction, (ItemId(new_id()), item.slug), &item.to_new(), (now, ::series::local(now).date())).await? {
            put_in = put_in.saturating_add(1);
        }
    }
    for list in LISTS {
        let id = ListId(new_id());
        if reading_list::insert(transaction, (id, list.slug), (list.title, list.about), now).await? {
            reading_list::fill(transaction, id, list.items).await?;
        }
    }
    Ok(put_in)
}
