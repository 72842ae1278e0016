//! What a search finds in the database: a statement for each kind, each with its own bound.

mod beginning;
mod entries;
mod groups;
mod numbers;
mod people;
mod sessions;
mod texts;
mod themes;

#[cfg(test)]
mod tests;

pub use self::numbers::number_by_time;
use self::texts::{Part, few_that_hold, learning_pages, meaning, texts_of};
use super::answers::{Found, FoundKind, FoundLine, Kind, LAST_PAGE, OF_A_KIND, ON_A_PAGE};
use super::forms::SearchAddress;
use super::model::{Asked, begins_words_of};
use super::pages::pages_named;
use super::wanted::Wanted;
use crate::access::{Actor, Permission};
use crate::database::{folded, on};
use crate::error::AppError;
use crate::paths;
use crate::people::store::searched_for;
use crate::spaces::store::open_space;

/// What the actor finds by a search of theirs.
pub async fn found(actor: &Actor, address: &SearchAddress) -> Result<Found, AppError> {
    let words = searched_for(actor, &address.search).await?;
    let asked = Asked::of(&folded(&words), ::series::local(actor.now()).date());
    let wanted = Wanted::of(&folded(&words));
    let space = match address.space.as_str() {
        "" => None,
        _ if !actor.may(Permission::UseCommunity) => return Err(AppError::NotFound),
        slug => Some(open_space(actor, slug).await?.line()).map(|line| (line.slug, line.name)),
    };
    let mut found = Found {
        search: address.search.clone(),
        words,
        only: Kind::text_of_key(&address.kind).or(space.as_ref().map(|_| Kind::Posts)),
        space,
        kinds: Vec::new(),
        instead: Vec::new(),
        page: address.page.parse().unwrap_or(1).clamp(1, LAST_PAGE),
        has_more: false,
    };
    if asked.words.is_empty() {
        return Ok(found);
    }
    if found.only.is_none() {
        found.kinds = called(actor, &asked).await?;
    }
    if wanted.is_empty() {
        return Ok(found);
    }
    written(actor, &wanted, &mut found).await?;
    if found.kinds.is_empty() {
        let wanted = meaning(actor, wanted).await?;
        let instead = wanted.instead();
        if !instead.is_empty() {
            written(actor, &wanted, &mut found).await?;
            found.instead = if found.kinds.is_empty() { Vec::new() } else { instead };
        }
    }
    Ok(found)
}

/// What is called by the words.
async fn called(actor: &Actor, asked: &Asked) -> Result<Vec<FoundKind>, AppError> {
    let kinds = [
        groups::groups_named(actor, asked).await?,
        sessions::sessions_of(actor, asked).await?,
        people::people_named(actor, asked).await?,
        authorities_named(actor, asked).await?,
        FoundKind { kind: Kind::Pages, lines: pages_named(&asked.words, actor.roles()), more: None },
    ];
    Ok(kinds.into_iter().filter(|kind| !kind.lines.is_empty()).collect())
}

/// What holds the words: the first of each kind, or one kind page by page.
async fn written(actor: &Actor, wanted: &Wanted, found: &mut Found) -> Result<(), AppError> {
    let space = found.space.as_ref().map_or("", |(slug, _)| slug.as_str()).to_owned();
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if let Some(only) = found.only {
        let part = Part { at_most: whole(ON_A_PAGE) + 1, after: (found.page - 1) * whole(ON_A_PAGE) };
        let mut lines = texts_of(actor, only, wanted, &space, part).await?;
        found.has_more = lines.len() > ON_A_PAGE && found.page < LAST_PAGE;
        lines.truncate(ON_A_PAGE);
        found.kinds.extend((!lines.is_empty()).then_some(FoundKind { kind: only, lines, more: None }));
        return Ok(());
    }
    let learning = learning_pages(actor, wanted);
    found.kinds.extend((!learning.is_empty()).then_some(FoundKind { kind: Kind::Learning, lines: learning, more: None }));
    let few = few_that_hold(actor.database(), wanted).await?;
    for kind in Kind::TEXTS.into_iter().filter(|kind| *kind == Kind::Posts || few.contains(kind)) {
        let lines = texts_of(actor, kind, wanted, &space, Part { at_most: ONE_MORE, after: 0 }).await?;
        let all = super::address(&found.search, Some(kind), "", 1);
        let kind = first_of(kind, lines, (all, "all of them"));
        found.kinds.extend((!kind.lines.is_empty()).then_some(kind));
    }
    Ok(())
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
    let lines = named.map(|(slug, name, about)| FoundLine { name, about, address: paths::authority(&slug), says: Vec::new() }).collect();
    Ok(first_of(Kind::Authorities, lines, (paths::AUTHORITIES.to_owned(), "the register")))
}
