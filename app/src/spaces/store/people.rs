//! Who can be meant in a text: people who can read the space, and nobody else.

use super::open::{OpenedSpace, starters_since};
use super::readable::readable;
use crate::access::{Actor, Permission, holders};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::{NameRow, works_there};
use crate::people::{PersonId, PersonName};
use crate::spaces::model::{SpaceId, ThreadId};

/// As many people as a list offers.
const OFFERED: i64 = 60;

/// The people whom a composer offers: of a closed space everybody in it, of an open one whoever has written in the thread. Each with their code.
pub async fn people_to_mean(actor: &Actor, space: &OpenedSpace, thread: Option<ThreadId>) -> Result<Vec<(String, String)>, AppError> {
    const OF_GROUP: &str = concat!(
        "\
SELECT w.code, w.title, w.given_name, w.family_name
FROM person w
WHERE w.standing = 'registered'
    AND w.id <> $2
    AND (w.id IN (SELECT m.person_id FROM membership m WHERE m.group_id = $1 AND m.left_on IS NULL)
        OR w.id IN (SELECT g.supervisor_id FROM supervision_group g WHERE g.id = $1))
    AND ",
        works_there!("w"),
        "
ORDER BY w.given_key, w.family_key, w.id
LIMIT $3"
    );
    const OF_THREAD: &str = concat!(
        "\
SELECT w.code, w.title, w.given_name, w.family_name
FROM person w
WHERE w.id IN (SELECT wrote.author_id FROM post wrote WHERE wrote.thread_id = $1)
    AND w.id <> $2
    AND w.standing = 'registered'
    AND EXISTS (SELECT 1 FROM (",
        readable!("w.id", "$4"),
        ") r WHERE r.id = $5)
ORDER BY w.given_key, w.family_key, w.id
LIMIT $3"
    );

    let database = actor.database();
    let rows: Vec<NameRow> = match thread {
        _ if space.kind().is_closed() => on!(database, pool => sqlx::query_as(OF_GROUP)
            .bind(space.id())
            .bind(actor.person())
            .bind(OFFERED)
            .fetch_all(pool).await)?,
        Some(thread) => on!(database, pool => sqlx::query_as(OF_THREAD)
            .bind(thread)
            .bind(actor.person())
            .bind(OFFERED)
            .bind(starters_since(actor))
            .bind(space.id())
            .fetch_all(pool).await)?,
        None => Vec::new(),
    };
    Ok(rows.into_iter().map(PersonName::from).map(|name| (name.code, name.short)).collect())
}

/// Those of some codes who may come into the community and read the space. Whoever may not is not told that they were meant.
pub(super) async fn readers_among(
    transaction: &mut Transaction,
    actor: &Actor,
    (space, author): (SpaceId, PersonId),
    codes: &[String],
) -> Result<Vec<PersonId>, AppError> {
    const READER: &str = concat!(
        "\
SELECT w.id
FROM person w
WHERE w.code = $1
    AND w.id <> $2
    AND w.standing = 'registered'
    AND EXISTS (SELECT 1 FROM person_role held WHERE held.person_id = w.id AND CAST($5 AS TEXT) LIKE '%,' || held.role || ',%')
    AND EXISTS (SELECT 1 FROM (",
        readable!("w.id", "$3"),
        ") r WHERE r.id = $4)"
    );

    let mut readers = Vec::new();
    let roles: Vec<&str> = holders(Permission::UseCommunity).iter().map(|role| role.key()).collect();
    let roles = format!(",{},", roles.join(","));
    for code in codes {
        let found: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(READER)
            .bind(code)
            .bind(author)
            .bind(starters_since(actor))
            .bind(space)
            .bind(&roles)
            .fetch_optional(connection).await)?;
        readers.extend(found);
    }
    Ok(readers)
}
