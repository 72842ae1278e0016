//! Rows that several statements read.

use chrono::{DateTime, Utc};

use super::meant::{meant_in, named};
use crate::database::Database;
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::spaces::answers::{Author, SpaceLine, ThreadLine, Writer};
use crate::spaces::model::{SpaceId, SpaceKind, ThreadId};

/// Who wrote something; empty of a former member and of whoever wrote without their name.
#[derive(Debug, sqlx::FromRow)]
pub struct AuthorRow {
    is_unnamed: bool,
    code: Option<String>,
    title: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    profession: Option<String>,
    authority: Option<String>,
    is_supervisor: bool,
}

impl AuthorRow {
    /// Whoever it is, as they are shown.
    pub fn writer(self) -> Writer {
        if self.is_unnamed { Writer::Unnamed } else { self.author().map_or(Writer::Former, Writer::Named) }
    }

    /// Whether it was written without a name.
    pub fn is_unnamed(&self) -> bool {
        self.is_unnamed
    }

    fn author(self) -> Option<Author> {
        let Self { code, title, given_name, family_name, profession, authority, is_supervisor, .. } = self;
        let name = NameRow { code: code?, title: title?, given_name: given_name?, family_name: family_name? };
        let parts: Vec<String> = [profession.unwrap_or_default().to_lowercase(), authority.unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Some(Author { name: name.into(), about: parts.join(", "), is_supervisor })
    }
}

/// A space that may be read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SpaceRow {
    /// Which one.
    pub id: SpaceId,
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// For whom it is.
    pub kind: SpaceKind,
}

impl From<SpaceRow> for SpaceLine {
    fn from(row: SpaceRow) -> Self {
        Self { slug: row.slug, name: row.name, about: row.about, kind: row.kind }
    }
}

/// A thread in a list.
#[derive(Debug, sqlx::FromRow)]
pub struct ThreadRow {
    /// Which one.
    pub id: ThreadId,
    space_slug: String,
    space_name: String,
    number: i64,
    thread_title: String,
    excerpt: String,
    #[sqlx(flatten)]
    author: AuthorRow,
    /// When somebody wrote last.
    pub last_at: DateTime<Utc>,
    posts: i64,
    read_to: i64,
    new: i64,
    mentions_reader: bool,
    is_pinned: bool,
    is_muted: bool,
}

/// Names whoever is meant in what lists show of threads.
pub(super) async fn name_in_excerpts(database: &Database, rows: &mut [ThreadRow]) -> Result<(), AppError> {
    let texts: Vec<_> = rows.iter().map(|row| ((row.id, 1), row.excerpt.as_str())).collect();
    let meant = meant_in(database, &texts).await?;
    for row in rows {
        row.excerpt = named(&row.excerpt, meant.get(&(row.id, 1)));
    }
    Ok(())
}

impl From<ThreadRow> for ThreadLine {
    fn from(row: ThreadRow) -> Self {
        Self {
            space: (row.space_slug, row.space_name),
            number: row.number,
            title: row.thread_title,
            excerpt: row.excerpt,
            author: row.author.writer(),
            last_at: ::series::local(row.last_at),
            posts: row.posts,
            new: row.new,
            read_to: row.read_to,
            mentions_reader: row.mentions_reader,
            is_pinned: row.is_pinned,
            is_muted: row.is_muted,
        }
    }
}
