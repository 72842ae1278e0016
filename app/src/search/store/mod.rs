//! What a search finds in the database: a statement for each kind, each with its own bound.

mod groups;
mod people;
mod sessions;

#[cfg(test)]
mod tests;

use super::answers::{Found, FoundKind, FoundLine, Kind, OF_A_KIND};
use super::model::{Asked, begins_words_of};
use super::pages::pages_named;
use crate::access::{Actor, Permission};
use crate::database::{folded, on};
use crate::error::AppError;
use crate::paths;
use crate::people::store::searched_for;

/// What the actor finds by a search of theirs.
pub async fn found(actor: &Actor, search: &str) -> Result<Found, AppError> {
    let words = searched_for(actor, search).await?;
    let asked = Asked::of(&folded(&words), ::series::local(actor.now()).date());
    if asked.words.is_empty() {
        return Ok(Found { words, kinds: Vec::new() });
    }
    let kinds = [
        groups::groups_named(actor, &asked).await?,
        sessions::sessions_of(actor, &asked).await?,
        people::people_named(actor, &asked).await?,
        authorities_named(actor, &asked).await?,
        FoundKind { kind: Kind::Pages, lines: pages_named(&asked.words, actor.roles()), more: None },
    ];
    Ok(Found { words, kinds: kinds.into_iter().filter(|kind| !kind.lines.is_empty()).collect() })
}

/// Nothing of a kind.
fn nothing_of(kind: Kind) -> FoundKind {
    FoundKind { kind, lines: Vec::new(), more: None }
}

/// One more than is shown, which says that there are more.
const ONE_MORE: i64 = 9;

/// The first of what was found, and where to look through all where there is more.
fn first_of(kind: Kind, mut lines: Vec<FoundLine>, more: (String, &str)) -> FoundKind {
    let has_more = lines.len() > OF_A_KIND;
    lines.truncate(OF_A_KIND);
    FoundKind { kind, lines, more: has_more.then(|| (more.0, more.1.to_owned())) }
}

/// The authorities whose names the words begin. They are few, and their names have no folded column.
async fn authorities_named(actor: &Actor, asked: &Asked) -> Result<FoundKind, AppError> {
    const AUTHORITIES: &str = "SELECT slug, name, region FROM authority ORDER BY name";

    if !actor.may(Permission::SeeAuthorities) {
        return Ok(nothing_of(Kind::Authorities));
    }
    let all: Vec<(String, String, String)> = on!(actor.database(), pool => sqlx::query_as(AUTHORITIES).fetch_all(pool).await)?;
    let named = all.into_iter().filter(|(_, name, _)| begins_words_of(&asked.words, &folded(name)));
    let lines = named.map(|(slug, name, about)| FoundLine { name, about, address: paths::authority(&slug) }).collect();
    Ok(first_of(Kind::Authorities, lines, (paths::AUTHORITIES.to_owned(), "the register")))
}
