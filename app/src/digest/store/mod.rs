//! Digests in the database.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::letters::{News, NewsLine, digest};
use super::model::{DigestLine, Rhythm, ToStop};
use crate::access::{Actor, Anyone, Permission, System, holders};
use crate::audit;
use crate::belonging::STARTING;
use crate::database::{Transaction, on, secret};
use crate::error::AppError;
use crate::messages::queue_with_stop;
use crate::paths;
use crate::people::PersonId;
use crate::spaces::store::{is_anothers, is_shown, readable, starters_since};
use crate::spaces::{SpaceId, SpaceKind};

#[cfg(test)]
mod tests;

/// When digests leave, in minutes of UK time after midnight: before anybody works.
const MINUTES: i64 = 7 * 60 + 30;
/// A post of the last minutes waits for the next digest: it may have been kept by now and not be seen yet.
const SETTLING: TimeDelta = TimeDelta::minutes(5);
/// How many threads are named in one digest.
const NAMED: usize = 10;
/// How many threads are looked at for one digest. Whoever has more has enough of them.
const LOOKED_AT: i64 = 200;
/// How long the link in a digest works.
const LINKS_STAY: TimeDelta = TimeDelta::days(366);

/// The first moment after another at which a digest leaves.
fn next_due(rhythm: Rhythm, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = ::series::local(now).date();
    let is_day = |day: NaiveDate| rhythm == Rhythm::Daily || day.weekday() == chrono::Weekday::Mon;
    let days = (0..=7).filter_map(|days| today.checked_add_days(Days::new(days))).filter(|day| is_day(*day));
    days.map(|day| ::series::instant(day.and_time(NaiveTime::MIN) + TimeDelta::minutes(MINUTES)))
        .find(|due| *due > now)
        .unwrap_or(now + TimeDelta::days(7))
}

/// The spaces that the actor may read, each with its digest.
pub async fn digests_of(actor: &Actor) -> Result<Vec<DigestLine>, AppError> {
    Ok(chosen(actor).await?.into_iter().map(|(_, line)| line).collect())
}

async fn chosen(actor: &Actor) -> Result<Vec<(SpaceId, DigestLine)>, AppError> {
    const CHOSEN: &str = concat!(
        "SELECT r.id, r.slug, r.name, r.kind, c.rhythm FROM (",
        readable!("$1", "$2"),
        ") r
LEFT JOIN digest_choice c ON c.space_id = r.id AND c.person_id = $1
ORDER BY CASE r.kind WHEN 'centre' THEN 0 WHEN 'group' THEN 2 ELSE 1 END, r.name, r.slug"
    );

    if !actor.may(Permission::UseCommunity) {
        return Ok(Vec::new());
    }
    let rows: Vec<(SpaceId, String, String, SpaceKind, Option<Rhythm>)> = on!(actor.database(), pool => sqlx::query_as(CHOSEN)
        .bind(actor.person())
        .bind(starters_since(actor))
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(id, slug, name, kind, rhythm)| (id, DigestLine { slug, name, kind, rhythm })).collect())
}

/// Keeps of which spaces the actor is sent a digest. Spaces that they may not read are not there, and what was not sent stays as it is.
pub async fn choose(actor: &Actor, wanted: &BTreeMap<String, Option<Rhythm>>) -> Result<(), AppError> {
    const LEAVE_OUT: &str = "DELETE FROM digest_choice WHERE person_id = $1 AND space_id = $2";
    // Whoever only changes how often goes on from where they were told.
    const CHOOSE: &str = "\
INSERT INTO digest_choice (person_id, space_id, rhythm, told_to, due_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person_id, space_id) DO UPDATE
SET rhythm = excluded.rhythm, due_at = excluded.due_at";

    let own = chosen(actor).await?;
    let mut transaction = actor.begin().await?;
    for (space, line) in own {
        let Some(rhythm) = wanted.get(&line.slug).filter(|rhythm| **rhythm != line.rhythm) else { continue };
        match rhythm {
            None => on!(&mut transaction, connection => sqlx::query(LEAVE_OUT)
                .bind(actor.person())
                .bind(space)
                .execute(connection).await.map(|_| ()))?,
            Some(rhythm) => on!(&mut transaction, connection => sqlx::query(CHOOSE)
                .bind(actor.person())
                .bind(space)
                .bind(*rhythm)
                .bind(actor.now())
                .bind(next_due(*rhythm, actor.now()))
                .execute(connection).await.map(|_| ()))?,
        }
    }
    let entry = audit::Entry { action: "choose_digests", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Whose digest is due.
pub(super) async fn who_is_due(system: &System) -> Result<Vec<PersonId>, AppError> {
    const DUE: &str = "SELECT DISTINCT person_id FROM digest_choice WHERE due_at <= $1 ORDER BY person_id";

    Ok(on!(system.database(), pool => sqlx::query_scalar(DUE).bind(system.now()).fetch_all(pool).await)?)
}

/// Writes one person's digest, once, whichever process comes first, and notes up to when they were told. Says whether there was anything to write.
pub(super) async fn send(system: &System, person: PersonId) -> Result<bool, AppError> {
    let mut transaction = system.begin().await?;
    let rhythms = take(&mut transaction, system, person).await?;
    if rhythms.is_empty() {
        return Ok(false);
    }
    let news = news(&mut transaction, system, person, rhythms.clone()).await?;
    let is_new = !news.lines.is_empty() || news.closed > 0;
    if is_new {
        let token = make_link(&mut transaction, system, person).await?;
        let link = format!("{}{}", system.origin(), paths::stop_digest(&token));
        let letter = digest(person, &news, ::series::local(system.now()).date(), &link, system.origin());
        queue_with_stop(&mut transaction, &letter, &link, system.now()).await?;
    }
    for rhythm in rhythms {
        put_off(&mut transaction, system, person, rhythm).await?;
    }
    transaction.commit().await?;
    Ok(is_new)
}

/// Takes what is due of one person. Whoever comes second waits, and finds nothing due.
async fn take(transaction: &mut Transaction, system: &System, person: PersonId) -> Result<Vec<Rhythm>, AppError> {
    const TAKE: &str = "UPDATE digest_choice SET due_at = due_at WHERE person_id = $1 AND due_at <= $2 RETURNING rhythm";

    let taken: Vec<Rhythm> = on!(&mut transaction, connection => sqlx::query_scalar(TAKE)
        .bind(person)
        .bind(system.now())
        .fetch_all(connection).await)?;
    Ok([Rhythm::Daily, Rhythm::Weekly].into_iter().filter(|rhythm| taken.contains(rhythm)).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    name: String,
    kind: SpaceKind,
    thread: i64,
    title: String,
    posts: i64,
}

/// What is new to somebody in the spaces whose digest is due: of spaces that they may read at this moment, and while they are in the community.
async fn news(transaction: &mut Transaction, system: &System, person: PersonId, rhythms: Vec<Rhythm>) -> Result<News, AppError> {
    const NEWS: &str = concat!(
        "WITH r AS MATERIALIZED (",
        readable!("$1", "$2"),
        ")
SELECT r.slug, r.name, r.kind, t.number AS thread, t.title, COUNT(*) AS posts
FROM digest_choice c
JOIN r ON r.id = c.space_id
JOIN thread t ON t.space_id = c.space_id AND t.last_at > c.told_to
JOIN post p ON p.thread_id = t.id AND p.written_at > c.told_to AND p.written_at <= $4
LEFT JOIN thread_mark k ON k.thread_id = t.id AND k.person_id = $1
LEFT JOIN community_visit v ON v.person_id = $1
WHERE c.person_id = $1
    AND c.due_at <= $3
    AND ",
        is_shown!("p"),
        " AND ",
        is_anothers!("p", "$1"),
        "
    AND k.muted_at IS NULL
    AND p.number > COALESCE(k.read_to, 0)
    AND (v.all_read_at IS NULL OR p.written_at > v.all_read_at)
    AND EXISTS (
        SELECT 1
        FROM person own
        JOIN person_role held ON held.person_id = own.id
        WHERE own.id = $1 AND own.standing = 'registered' AND CAST($5 AS TEXT) LIKE '%,' || held.role || ',%')
GROUP BY t.id, r.slug, r.name, r.kind, t.number, t.title
ORDER BY MAX(p.written_at) DESC, t.id
LIMIT $6"
    );

    let roles: Vec<&str> = holders(Permission::UseCommunity).iter().map(|role| role.key()).collect();
    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(NEWS)
        .bind(person)
        .bind(system.now() - STARTING)
        .bind(system.now())
        .bind(system.now() - SETTLING)
        .bind(format!(",{},", roles.join(",")))
        .bind(LOOKED_AT)
        .fetch_all(connection).await)?;
    let (closed, open): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.kind.is_closed());
    let closed: BTreeSet<String> = closed.into_iter().map(|row| row.slug).collect();
    let more = open.len().saturating_sub(NAMED);
    let line = |row: Row| NewsLine { space_slug: row.slug, space: row.name, thread: row.thread, title: row.title, posts: row.posts };
    let mut lines: Vec<NewsLine> = open.into_iter().take(NAMED).map(line).collect();
    // The latest are named, and they stand by their spaces; within a space the latest first.
    lines.sort_by(|one, other| (&one.space, &one.space_slug).cmp(&(&other.space, &other.space_slug)));
    Ok(News { lines, more, closed: closed.len(), rhythms })
}

/// Notes up to when somebody was told, and when they are told next.
async fn put_off(transaction: &mut Transaction, system: &System, person: PersonId, rhythm: Rhythm) -> Result<(), AppError> {
    const PUT_OFF: &str = "\
UPDATE digest_choice
SET told_to = CASE WHEN told_to < $4 THEN $4 ELSE told_to END, due_at = $5
WHERE person_id = $1
    AND rhythm = $2
    AND due_at <= $3";

    on!(&mut transaction, connection => sqlx::query(PUT_OFF)
        .bind(person)
        .bind(rhythm)
        .bind(system.now())
        .bind(system.now() - SETTLING)
        .bind(next_due(rhythm, system.now()))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Makes the link of one letter. What is stored is a hash.
async fn make_link(transaction: &mut Transaction, system: &System, person: PersonId) -> Result<String, AppError> {
    const MAKE: &str = "INSERT INTO digest_link (token_hash, person_id, made_at) VALUES ($1, $2, $3)";

    let token = secret();
    on!(&mut transaction, connection => sqlx::query(MAKE)
        .bind(crate::access::digest(&token))
        .bind(person)
        .bind(system.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(token)
}

/// Removes the links of letters that are long past.
pub(super) async fn forget_old_links(system: &System) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM digest_link WHERE made_at <= $1";

    on!(system.database(), pool => sqlx::query(FORGET).bind(system.now() - LINKS_STAY).execute(pool).await.map(|_| ()))?;
    Ok(())
}

/// What a link would stop.
pub async fn to_stop(anyone: &Anyone, token: &str) -> Result<ToStop, AppError> {
    const FIND: &str = "\
SELECT EXISTS (SELECT 1 FROM digest_choice c WHERE c.person_id = l.person_id)
FROM digest_link l
WHERE l.token_hash = $1
    AND l.made_at > $2";

    let found: Option<bool> = on!(anyone.database(), pool => sqlx::query_scalar(FIND)
        .bind(crate::access::digest(token))
        .bind(anyone.now() - LINKS_STAY)
        .fetch_optional(pool).await)?;
    Ok(match found {
        Some(true) => ToStop::Digest,
        Some(false) => ToStop::Nothing,
        None => ToStop::Unknown,
    })
}

/// Stops every digest of whoever holds a link. A link that does so for the second time has nothing to do, as has one that is nobody's.
pub async fn stop(anyone: &Anyone, token: &str) -> Result<(), AppError> {
    const STOP: &str = "\
DELETE FROM digest_choice
WHERE person_id IN (SELECT l.person_id FROM digest_link l WHERE l.token_hash = $1 AND l.made_at > $2)
RETURNING person_id";

    let mut transaction = anyone.begin().await?;
    let stopped: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(STOP)
        .bind(crate::access::digest(token))
        .bind(anyone.now() - LINKS_STAY)
        .fetch_all(connection).await)?;
    let Some(person) = stopped.first() else { return Ok(()) };
    let entry = audit::Entry { action: "stop_digests", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record_by_person(&mut transaction, *person, anyone.now(), entry).await?;
    transaction.commit().await
}
