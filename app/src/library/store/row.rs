//! An item as every list reads it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::library::answers::ItemLine;
use crate::library::model::{ItemAudience, ItemKind, LinkHealth, LinkState};

/// The columns of [`Row`] of an item `i`; the value of the name that is given is the reader.
macro_rules! line {
    ($reader:literal) => {
        concat!(
            "i.slug, i.title, i.kind, i.authors, i.published_year, i.intervention, i.audience, i.reviewed_on, i.review_due_on, i.link, i.licence,
    i.link_state, i.link_failures, i.link_checked_at,
    EXISTS (SELECT 1 FROM saved_item w WHERE w.item_id = i.id AND w.person_id = ",
            $reader,
            ") AS is_saved,
    EXISTS (SELECT 1 FROM reading r WHERE r.item_id = i.id AND r.person_id = ",
            $reader,
            ") AS is_read"
        )
    };
}
pub(super) use line;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    slug: String,
    title: String,
    kind: ItemKind,
    authors: String,
    published_year: Option<i64>,
    intervention: String,
    audience: ItemAudience,
    reviewed_on: Option<NaiveDate>,
    review_due_on: NaiveDate,
    link: String,
    licence: String,
    link_state: LinkState,
    link_failures: i64,
    link_checked_at: Option<DateTime<Utc>>,
    is_saved: bool,
    is_read: bool,
}

impl From<Row> for ItemLine {
    fn from(row: Row) -> Self {
        let checked_on = row.link_checked_at.map(|at| ::series::local(at).date());
        Self {
            slug: row.slug,
            title: row.title,
            kind: row.kind,
            authors: row.authors,
            year: row.published_year,
            intervention: row.intervention,
            audience: row.audience,
            reviewed_on: row.reviewed_on,
            due_on: row.review_due_on,
            link: row.link,
            licence: row.licence,
            health: LinkHealth { state: row.link_state, failures: row.link_failures, checked_on },
            is_saved: row.is_saved,
            is_read: row.is_read,
        }
    }
}
