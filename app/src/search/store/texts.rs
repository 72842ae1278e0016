//! What is written, by its words: posts and events of the spaces that somebody may read, the library, the improvement log, themes, and the learning pages.
//!
//! The index is made by the database itself (steps 43, 50, 56 and 65 of the schema).

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

use super::beginning::beginning;
use super::entries::{entries, newest};
use crate::access::{Actor, Permission};
use crate::database::{Database, on};
use crate::error::AppError;
use crate::events::EventKind;
use crate::learning::TEXTS;
use crate::library::ItemKind;
use crate::paths;
use crate::search::answers::{FoundLine, Kind};
use crate::search::wanted::{Wanted, lengths_near};
use crate::spaces::store::{meant_in, named, readable, starters_since};
use crate::spaces::{SpaceKind, ThreadId, post_address, when, words_of};
use crate::ui::{clock_time, day_month_year};

/// A part of what is found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub at_most: i64,
    pub after: i64,
}

/// Which entries are posts of the spaces that somebody may read.
macro_rules! of_spaces {
    () => {
        "e.kind = 'post' AND e.circle_id IN (SELECT r.id FROM r WHERE CAST($6 AS TEXT) = '' OR r.slug = $6)"
    };
}

/// What stands in the spaces that somebody may read, as everything of the community is asked for: joined with the words that say who may.
macro_rules! posts {
    (sqlite) => {
        posts!(newest_in_sqlite, "")
    };
    (postgres) => {
        posts!(newest_in_postgres, concat!(newest!(postgres, "$3", of_spaces!()), ", "))
    };
    ($entries:ident, $newest:expr) => {
        concat!(
            "WITH r AS MATERIALIZED (",
            readable!("$1", "$2"),
            "), ",
            $newest,
            "f AS (",
            entries!($entries, ["$3", "$4", "$5", "$7", "$8"], of_spaces!()),
            ")
SELECT r.slug AS space_slug, r.name AS space_name, r.kind, t.id AS thread_id, t.number AS thread, t.title, f.number, f.said_at, b.body
FROM f
JOIN search_entry b ON b.id = f.id
JOIN thread t ON t.id = f.place_id
JOIN r ON r.id = t.space_id
ORDER BY f.tier, f.said_at DESC, f.id DESC"
        )
    };
}

pub(super) const POSTS_IN_SQLITE: &str = posts!(sqlite);
pub(super) const POSTS_IN_POSTGRES: &str = posts!(postgres);

/// What is found of one kind of text.
pub(super) async fn texts_of(actor: &Actor, kind: Kind, wanted: &Wanted, space: &str, part: Part) -> Result<Vec<FoundLine>, AppError> {
    match kind {
        Kind::Posts if actor.may(Permission::UseCommunity) => posts(actor, wanted, space, part).await,
        Kind::Events if actor.may(Permission::UseCommunity) && space.is_empty() => events(actor, wanted, part).await,
        Kind::Library if actor.may(Permission::Learn) && space.is_empty() => items(actor, wanted, part).await,
        Kind::Improvements if actor.may(Permission::ReadImprovements) && space.is_empty() => improvements(actor, wanted, part).await,
        Kind::Themes if space.is_empty() => super::themes::themes(actor, wanted, part).await,
        _ => Ok(Vec::new()),
    }
}

/// What a database is asked for: the words, the same in the title, and as a phrase.
pub(super) fn asked(database: &Database, wanted: &Wanted) -> [String; 3] {
    match database {
        Database::Sqlite(_) => [wanted.in_fts5(), wanted.in_title_fts5(), wanted.phrase_fts5()],
        Database::Postgres(_) => [wanted.in_tsquery(), wanted.in_tsquery(), wanted.phrase_like()],
    }
}

/// Of which texts, other than posts, any holds the words, whoever may read it. There are few of them, and most searches find none: then no kind need be
/// asked for by itself.
pub(super) async fn few_that_hold(database: &Database, wanted: &Wanted) -> Result<Vec<Kind>, AppError> {
    const IN_SQLITE: &str = "\
SELECT DISTINCT e.kind
FROM search_few
CROSS JOIN search_entry e
WHERE search_few MATCH $1
    AND e.id = search_few.rowid";
    const IN_POSTGRES: &str = "\
SELECT DISTINCT e.kind
FROM search_entry e
WHERE e.kind <> 'post'
    AND e.words @@ TO_TSQUERY('simple', $1)";

    let [words, ..] = asked(database, wanted);
    let statement = of_either(database, IN_SQLITE, IN_POSTGRES);
    let kinds: Vec<String> = on!(database, pool => sqlx::query_scalar(statement).bind(words).fetch_all(pool).await)?;
    let kind = |key: &String| match key.as_str() {
        "event" => Some(Kind::Events),
        "library_item" => Some(Kind::Library),
        "improvement" => Some(Kind::Improvements),
        "theme" => Some(Kind::Themes),
        _ => None,
    };
    Ok(kinds.iter().filter_map(kind).collect())
}

/// The statement of whichever database it is.
pub(super) fn of_either(database: &Database, in_sqlite: &'static str, in_postgres: &'static str) -> &'static str {
    match database {
        Database::Sqlite(_) => in_sqlite,
        Database::Postgres(_) => in_postgres,
    }
}

#[derive(sqlx::FromRow)]
struct PostRow {
    space_slug: String,
    space_name: String,
    kind: SpaceKind,
    thread_id: ThreadId,
    thread: i64,
    title: String,
    number: i64,
    said_at: DateTime<Utc>,
    body: String,
}

async fn posts(actor: &Actor, wanted: &Wanted, space: &str, part: Part) -> Result<Vec<FoundLine>, AppError> {
    let database = actor.database();
    let rows = match database {
        Database::Sqlite(_) => {
            let known = beginning(actor, wanted).await?;
            let rows = posts_that_hold(actor, &known, space, part).await?;
            // A very long word is not known, and begins with what was typed all the same.
            if rows.is_empty() && known != *wanted { posts_that_hold(actor, wanted, space, part).await? } else { rows }
        }
        Database::Postgres(_) => posts_that_hold(actor, wanted, space, part).await?,
    };
    let today = ::series::local(actor.now()).date();
    let texts: Vec<_> = rows.iter().map(|row| ((row.thread_id, row.number), row.body.as_str())).collect();
    let meant = meant_in(database, &texts).await?;
    // Who wrote it is said where the whole of it stands.
    let line = |row: PostRow| {
        let closed = if row.kind.is_closed() { ", members only" } else { "" };
        let reply = if row.number > 1 { "A reply in" } else { "In" };
        FoundLine {
            name: row.title,
            about: format!("{reply} {}{closed}, {}", row.space_name, when(::series::local(row.said_at), today)),
            address: post_address(&row.space_slug, row.thread, row.number),
            says: wanted.shown_in(&named(&words_of(&row.body), meant.get(&(row.thread_id, row.number)))),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn posts_that_hold(actor: &Actor, wanted: &Wanted, space: &str, part: Part) -> Result<Vec<PostRow>, AppError> {
    let database = actor.database();
    let [words, title, phrase] = asked(database, wanted);
    let statement = of_either(database, POSTS_IN_SQLITE, POSTS_IN_POSTGRES);
    Ok(on!(database, pool => sqlx::query_as(statement)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(words)
        .bind(title)
        .bind(phrase)
        .bind(space)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?)
}

/// Published events, for whoever may come, hosts one or manages them all, as their pages open them.
macro_rules! events {
    ($database:ident) => {
        concat!(
            "WITH r AS MATERIALIZED (",
            readable!("$1", "$2"),
            "), f AS (",
            entries!(
                $database,
                ["$4", "$5", "$6", "$7", "$8"],
                "e.kind = 'event' AND ($3 OR e.circle_id IN (SELECT r.id FROM r) OR e.place_id IN (SELECT own.id FROM event own WHERE own.host_id = $1))"
            ),
            ")
SELECT v.code, v.title, v.kind, v.starts_local, v.cancelled_at IS NOT NULL, b.body
FROM f
JOIN search_entry b ON b.id = f.id
JOIN event v ON v.id = f.place_id
ORDER BY f.tier, f.said_at DESC, f.id DESC"
        )
    };
}

async fn events(actor: &Actor, wanted: &Wanted, part: Part) -> Result<Vec<FoundLine>, AppError> {
    let database = actor.database();
    let [words, title, phrase] = asked(database, wanted);
    let statement = of_either(database, events!(sqlite), events!(postgres));
    let rows: Vec<(String, String, EventKind, NaiveDateTime, bool, String)> = on!(database, pool => sqlx::query_as(statement)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(actor.may(Permission::ManageEvents))
        .bind(words)
        .bind(title)
        .bind(phrase)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    let line = |(code, name, kind, starts, is_cancelled, body): (String, String, EventKind, NaiveDateTime, bool, String)| FoundLine {
        name,
        about: format!(
            "{}, {}, {}{}",
            kind.name(),
            day_month_year(starts.date()),
            clock_time(starts.time()),
            if is_cancelled { ", cancelled" } else { "" }
        ),
        address: paths::event(&code),
        says: wanted.shown_in(&words_of(&body)),
    };
    Ok(rows.into_iter().map(line).collect())
}

macro_rules! items {
    ($database:ident) => {
        concat!(
            "WITH f AS (",
            entries!($database, ["$1", "$2", "$3", "$4", "$5"], "e.kind = 'library_item'"),
            ")
SELECT i.slug, i.title, i.kind, i.authors, i.summary
FROM f
JOIN library_item i ON i.id = f.place_id
ORDER BY f.tier, f.said_at DESC, f.id DESC"
        )
    };
}

async fn items(actor: &Actor, wanted: &Wanted, part: Part) -> Result<Vec<FoundLine>, AppError> {
    let database = actor.database();
    let [words, title, phrase] = asked(database, wanted);
    let statement = of_either(database, items!(sqlite), items!(postgres));
    let rows: Vec<(String, String, ItemKind, String, String)> = on!(database, pool => sqlx::query_as(statement)
        .bind(words)
        .bind(title)
        .bind(phrase)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    let line = |(slug, name, kind, authors, summary): (String, String, ItemKind, String, String)| FoundLine {
        name,
        about: [kind.name(), &authors].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", "),
        address: paths::library_item(&slug),
        says: wanted.shown_in(&summary),
    };
    Ok(rows.into_iter().map(line).collect())
}

macro_rules! improvements {
    ($database:ident) => {
        concat!(
            "WITH f AS (",
            entries!($database, ["$1", "$2", "$3", "$4", "$5"], "e.kind = 'improvement'"),
            ")
SELECT i.changed_on, i.heard, i.changed
FROM f
JOIN improvement i ON i.id = f.place_id
ORDER BY f.tier, f.said_at DESC, f.id DESC"
        )
    };
}

async fn improvements(actor: &Actor, wanted: &Wanted, part: Part) -> Result<Vec<FoundLine>, AppError> {
    let database = actor.database();
    let [words, title, phrase] = asked(database, wanted);
    let statement = of_either(database, improvements!(sqlite), improvements!(postgres));
    let rows: Vec<(NaiveDate, String, String)> = on!(database, pool => sqlx::query_as(statement)
        .bind(words)
        .bind(title)
        .bind(phrase)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    let line = |(changed_on, heard, changed): (NaiveDate, String, String)| FoundLine {
        name: heard,
        about: format!("What the Centre changed, {}", day_month_year(changed_on)),
        address: paths::IMPROVEMENTS.to_owned(),
        says: wanted.shown_in(&changed),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The learning pages that hold every word: they are a part of the program.
pub(super) fn learning_pages(actor: &Actor, wanted: &Wanted) -> Vec<FoundLine> {
    if !actor.may(Permission::Learn) {
        return Vec::new();
    }
    let line = |text: &crate::learning::Text| {
        let sections =
            text.sections.iter().flat_map(|section| std::iter::once(&section.title).chain(section.paragraphs).chain(section.points));
        let words = std::iter::once(&text.about).chain(sections).copied().collect::<Vec<_>>().join(" ");
        wanted.is_in(&format!("{} {words}", text.title)).then(|| FoundLine {
            name: text.title.to_owned(),
            about: format!("A learning page of {} minutes", text.minutes),
            address: paths::learning_page(text.slug),
            says: wanted.shown_in(&words),
        })
    };
    TEXTS.iter().filter_map(line).collect()
}

/// The circles of what stands in no space, as the triggers of the index number them.
const LIBRARY: Uuid = Uuid::from_u128(1);
const IMPROVEMENTS: Uuid = Uuid::from_u128(2);
const THEMES: Uuid = Uuid::from_u128(3);

/// The same, where other words may have been meant: words that stand in what the actor may read, and no others. What is closed to them neither
/// suggests a word nor keeps one from being suggested.
pub(super) async fn meaning(actor: &Actor, wanted: Wanted) -> Result<Wanted, AppError> {
    const KNOWN: &str = concat!(
        "\
WITH c AS MATERIALIZED (
    SELECT r.id FROM (",
        readable!("$1", "$2"),
        ") r WHERE $3
    UNION SELECT $4
    UNION SELECT $5
    UNION SELECT $10
)
SELECT w.word, CAST(SUM(w.entries) AS BIGINT)
FROM c
JOIN search_word w ON w.circle_id = c.id
WHERE w.word >= $6
    AND w.word < $7
    AND LENGTH(w.word) BETWEEN $8 AND $9
GROUP BY w.word"
    );

    let circle = |permission, circle| if actor.may(permission) { circle } else { Uuid::nil() };
    let database = actor.database();
    let mut known: Vec<(String, i64)> = Vec::new();
    for word in wanted.mistakable() {
        let Some(first) = word.chars().next() else { continue };
        let (shortest, longest) = lengths_near(word);
        let beginning: Vec<(String, i64)> = on!(database, pool => sqlx::query_as(KNOWN)
            .bind(actor.person())
            .bind(starters_since(actor))
            .bind(actor.may(Permission::UseCommunity))
            .bind(circle(Permission::Learn, LIBRARY))
            .bind(circle(Permission::ReadImprovements, IMPROVEMENTS))
            .bind(first.to_string())
            .bind(char::from_u32(u32::from(first) + 1).unwrap_or(char::MAX).to_string())
            .bind(shortest)
            .bind(longest)
            .bind(circle(Permission::GatherThemes, THEMES))
            .fetch_all(pool).await)?;
        known.extend(beginning);
    }
    Ok(wanted.meaning(&known))
}
