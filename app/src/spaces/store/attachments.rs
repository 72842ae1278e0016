//! Files of posts, and of what somebody has begun to write.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::apart::{is_own, record};
use super::drafts::Desk;
use super::held_files::take_held;
use super::open::{OpenedSpace, OpenedThread, starters_since};
use super::readable::readable;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::spaces::answers::Attached;
use crate::spaces::files::CleanFile;
use crate::spaces::model::{FileKind, MOST_FILES, SpaceId, ThreadId};

/// Allows files in a space from now on, or no more. What is attached already stays.
pub async fn allow_files(actor: &Actor, space: &OpenedSpace, allow: bool) -> Result<(), AppError> {
    const ALLOW: &str = "\
INSERT INTO space_with_files (space_id, allowed_by, allowed_at)
VALUES ($1, $2, $3)
ON CONFLICT (space_id) DO NOTHING";
    const STOP: &str = "DELETE FROM space_with_files WHERE space_id = $1";

    if !space.is_moderator() {
        return Err(AppError::NotFound);
    }
    let mut transaction = actor.begin().await?;
    if allow {
        on!(&mut transaction, connection => sqlx::query(ALLOW)
            .bind(space.id())
            .bind(actor.person())
            .bind(actor.now())
            .execute(connection).await.map(|_| ()))?;
    } else {
        on!(&mut transaction, connection => sqlx::query(STOP).bind(space.id()).execute(connection).await.map(|_| ()))?;
    }
    let action = if allow { "allow_files" } else { "stop_files" };
    audit::record(&mut transaction, actor, audit::Entry { action, subject: "space", subject_id: Some(space.id().0), detail: "" }).await?;
    transaction.commit().await
}

/// A file without what is in it.
#[derive(Debug, sqlx::FromRow)]
pub struct AttachedRow {
    code: String,
    kind: FileKind,
    description: String,
    width: Option<i64>,
    height: Option<i64>,
    bytes: i64,
}

impl From<AttachedRow> for Attached {
    fn from(row: AttachedRow) -> Self {
        Self { code: row.code, kind: row.kind, description: row.description, size: row.width.zip(row.height), bytes: row.bytes }
    }
}

/// What is attached to what the actor has begun to write somewhere.
pub async fn files_of_draft(actor: &Actor, desk: &Desk) -> Result<Vec<Attached>, AppError> {
    const FILES: &str = "\
SELECT code, kind, description, width, height, bytes
FROM attachment
WHERE person_id = $1
    AND place_id = $2
    AND thread_id IS NULL
ORDER BY slot";

    let database = actor.database();
    let rows: Vec<AttachedRow> =
        on!(database, pool => sqlx::query_as(FILES).bind(actor.person()).bind(desk.place()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Attached::from).collect())
}

/// What stands with the posts between two numbers, and with what the thread begins with.
pub(super) async fn files_of_posts(
    actor: &Actor,
    moment: &mut Transaction,
    thread: &OpenedThread,
    (first, last): (i64, i64),
) -> Result<BTreeMap<i64, Vec<Attached>>, AppError> {
    const FILES: &str = concat!(
        "\
SELECT a.number, a.code, a.kind, a.description, a.width, a.height, a.bytes
FROM attachment a
JOIN post p ON p.thread_id = a.thread_id AND p.number = a.number
WHERE a.thread_id = $1
    AND (a.number = 1 OR a.number BETWEEN $2 AND $3)
    AND (p.hidden_as IS NULL OR ",
        is_own!("p", "$4"),
        ")
ORDER BY a.number, a.slot"
    );

    #[derive(sqlx::FromRow)]
    struct OfPost {
        number: i64,
        #[sqlx(flatten)]
        row: AttachedRow,
    }

    let rows: Vec<OfPost> = on!(&mut moment, connection => sqlx::query_as(FILES)
        .bind(thread.id())
        .bind(first)
        .bind(last)
        .bind(actor.person())
        .fetch_all(connection).await)?;
    let mut files: BTreeMap<i64, Vec<Attached>> = BTreeMap::new();
    for OfPost { number, row } in rows {
        files.entry(number).or_default().push(row.into());
    }
    Ok(files)
}

/// What stands with the posts of a space, or of one thread, for whom something has opened it that is settled elsewhere.
pub async fn files_in(transaction: &mut Transaction, place: Uuid) -> Result<BTreeMap<(ThreadId, i64), Vec<Attached>>, AppError> {
    const FILES: &str = "\
SELECT a.thread_id, a.number, a.code, a.kind, a.description, a.width, a.height, a.bytes
FROM thread t
JOIN attachment a ON a.thread_id = t.id
WHERE t.id = $1
    OR t.space_id = $1
ORDER BY a.thread_id, a.number, a.slot";

    #[derive(sqlx::FromRow)]
    struct OfPost {
        thread_id: ThreadId,
        number: i64,
        #[sqlx(flatten)]
        row: AttachedRow,
    }

    let rows: Vec<OfPost> = on!(&mut *transaction, connection => sqlx::query_as(FILES).bind(place).fetch_all(connection).await)?;
    let mut files: BTreeMap<(ThreadId, i64), Vec<Attached>> = BTreeMap::new();
    for OfPost { thread_id, number, row } in rows {
        files.entry((thread_id, number)).or_default().push(row.into());
    }
    Ok(files)
}

/// Attaches a file to what the actor has begun to write in a space that takes files.
pub async fn attach(actor: &Actor, space: &OpenedSpace, desk: &Desk, description: &str, file: CleanFile) -> Result<(), AppError> {
    // The first place that is free; two that are sent at once do not both get it.
    const ATTACH: &str = "\
INSERT INTO attachment (id, code, person_id, place_id, slot, kind, description, width, height, added_at, bytes, content)
SELECT $1, $2, $3, $4, free.slot, $5, $6, $7, $8, $9, $10, $11
FROM (SELECT 1 AS slot UNION ALL SELECT 2 UNION ALL SELECT 3) free
WHERE free.slot NOT IN (SELECT slot FROM attachment WHERE person_id = $3 AND place_id = $4 AND thread_id IS NULL)
ORDER BY free.slot
LIMIT 1
ON CONFLICT DO NOTHING";

    if !space.takes_files() {
        return Err(AppError::NotFound);
    }
    let (width, height) = file.size.unzip();
    let mut transaction = actor.begin().await?;
    if let Desk::Held(case) = desk {
        take_held(&mut transaction, *case, file.kind).await?;
    }
    let attached = on!(&mut transaction, connection => sqlx::query(ATTACH)
        .bind(new_id())
        .bind(code())
        .bind(actor.person())
        .bind(desk.place())
        .bind(file.kind)
        .bind(description)
        .bind(width.map(i64::from))
        .bind(height.map(i64::from))
        .bind(actor.now())
        .bind(i64::try_from(file.content.len()).unwrap_or(i64::MAX))
        .bind(&file.content)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if attached == 0 {
        return Err(AppError::Conflict(format!("A post has at most {MOST_FILES} files. Remove one first, or write another post.")));
    }
    transaction.commit().await
}

/// Refuses what would say too much: a PDF may name who made it.
pub(super) async fn check_files(transaction: &mut Transaction, actor: &Actor, desk: &Desk, is_unnamed: bool) -> Result<(), AppError> {
    const KINDS: &str = "SELECT kind FROM attachment WHERE person_id = $1 AND place_id = $2 AND thread_id IS NULL";

    let kinds: Vec<FileKind> = on!(&mut transaction, connection => sqlx::query_scalar(KINDS)
        .bind(actor.person())
        .bind(desk.place())
        .fetch_all(connection).await)?;
    if is_unnamed && kinds.contains(&FileKind::Pdf) {
        return Err(AppError::Conflict(
            "A PDF can name whoever made it. Remove it below, or post with your name. What you wrote is still in the box.".to_owned(),
        ));
    }
    Ok(())
}

/// What was attached to a draft stands with its post from now on, if the space still takes files.
pub(super) async fn post_files(
    transaction: &mut Transaction,
    actor: &Actor,
    desk: &Desk,
    (space, thread, number): (SpaceId, ThreadId, i64),
) -> Result<(), AppError> {
    const POST: &str = "\
UPDATE attachment
SET thread_id = $3, number = $4, person_id = NULL
WHERE person_id = $1
    AND place_id = $2
    AND thread_id IS NULL
    AND EXISTS (SELECT 1 FROM space_with_files s WHERE s.space_id = $5)";

    on!(&mut transaction, connection => sqlx::query(POST)
        .bind(actor.person())
        .bind(desk.place())
        .bind(thread)
        .bind(number)
        .bind(space)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what is attached to a draft that is thrown away.
pub(super) async fn drop_files(transaction: &mut Transaction, actor: &Actor, desk: &Desk) -> Result<(), AppError> {
    const DROP: &str = "DELETE FROM attachment WHERE person_id = $1 AND place_id = $2 AND thread_id IS NULL";

    on!(&mut transaction, connection => sqlx::query(DROP)
        .bind(actor.person())
        .bind(desk.place())
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Takes a file of the actor's own away, from a draft or from a post.
pub async fn remove_file(actor: &Actor, code: &str) -> Result<(), AppError> {
    const OF_DRAFT: &str = "DELETE FROM attachment WHERE code = $1 AND person_id = $2";
    const OF_POST: &str = concat!(
        "\
DELETE FROM attachment
WHERE code = $1
    AND EXISTS (SELECT 1 FROM post p WHERE p.thread_id = attachment.thread_id AND p.number = attachment.number AND ",
        is_own!("p", "$2"),
        ")
RETURNING thread_id, number, (SELECT n.author_id IS NULL FROM post n WHERE n.thread_id = attachment.thread_id AND n.number = attachment.number) AS is_unnamed"
    );

    let mut transaction = actor.begin().await?;
    let removed = on!(&mut transaction, connection => sqlx::query(OF_DRAFT)
        .bind(code)
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if removed == 0 {
        let of_post: Option<(ThreadId, i64, bool)> = on!(&mut transaction, connection => sqlx::query_as(OF_POST)
            .bind(code)
            .bind(actor.person())
            .fetch_optional(connection).await)?;
        let (thread, number, is_unnamed) = of_post.ok_or(AppError::NotFound)?;
        let detail = format!("post {number}");
        let entry = audit::Entry { action: "remove_file", subject: "thread", subject_id: Some(thread.0), detail: &detail };
        record(&mut transaction, actor, is_unnamed, entry).await?;
    }
    transaction.commit().await
}

/// What is in a file: of a post that the actor may read, or of what they have begun to write.
pub async fn file_content(actor: &Actor, code: &str) -> Result<(FileKind, Vec<u8>), AppError> {
    const CONTENT: &str = concat!(
        "\
SELECT a.kind, a.content
FROM attachment a
LEFT JOIN thread t ON t.id = a.thread_id
LEFT JOIN post p ON p.thread_id = a.thread_id AND p.number = a.number
WHERE a.code = $3
    AND (a.thread_id IS NULL OR p.hidden_as IS NULL OR ",
        is_own!("p", "$1"),
        ")
    AND (a.person_id = $1
        OR t.space_id IN (SELECT r.id FROM (",
        readable!("$1", "$2"),
        ") r))"
    );

    let database = actor.database();
    let row: Option<(FileKind, Vec<u8>)> = on!(database, pool => sqlx::query_as(CONTENT)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(code)
        .fetch_optional(pool).await)?;
    row.ok_or(AppError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::spaces::SpaceKind;
    use crate::spaces::fixture::{look_after, opened, space, start};
    use crate::spaces::store::tests::{answer, at, post};
    use crate::spaces::store::{drop_draft, open_space, withdraw_post};

    fn drawing() -> CleanFile {
        CleanFile { kind: FileKind::Png, size: Some((40, 20)), content: b"a drawing".to_vec() }
    }

    fn codes(files: &[Attached]) -> Vec<&str> {
        files.iter().map(|file| file.code.as_str()).collect()
    }

    both_databases! {
        async fn a_file_is_its_writers_alone_until_it_is_posted_and_then_its_readers_and_is_gone_with_the_post(fixture: Fixture) {
            let everyone = space(fixture, "everyone", SpaceKind::Centre, "").await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            look_after(fixture, everyone, ruth).await;
            let (ruth, amina) = (at(fixture, 0, ruth, Role::Supervisor), at(fixture, 1, amina, Role::Practitioner));
            start(&ruth, "everyone", "First visits", "How do you begin?").await.unwrap();
            let closed = open_space(&amina, "everyone").await.unwrap();
            let desk = Desk::Reply(opened(&amina, "everyone", 1).await.unwrap().id());
            assert_eq!(attach(&amina, &closed, &desk, "A drawing", drawing()).await, Err(AppError::NotFound), "no file where none is allowed");
            assert_eq!(allow_files(&amina, &closed, true).await, Err(AppError::NotFound), "that is for whoever looks after the space");
            allow_files(&ruth, &open_space(&ruth, "everyone").await.unwrap(), true).await.unwrap();

            let open = open_space(&amina, "everyone").await.unwrap();
            for _ in 0..3 {
                attach(&amina, &open, &desk, "A drawing", drawing()).await.unwrap();
            }
            assert!(matches!(attach(&amina, &open, &desk, "A fourth", drawing()).await, Err(AppError::Conflict(_))));
            let files = files_of_draft(&amina, &desk).await.unwrap();
            assert_eq!(file_content(&amina, &files[0].code).await, Ok((FileKind::Png, b"a drawing".to_vec())));
            assert_eq!(file_content(&ruth, &files[0].code).await, Err(AppError::NotFound), "nobody reads a draft of somebody else");
            assert_eq!(remove_file(&ruth, &files[0].code).await, Err(AppError::NotFound));
            remove_file(&amina, &files[0].code).await.unwrap();

            let number = answer(&amina, "everyone", 1, "With this.").await.unwrap();
            assert_eq!(codes(&post(&ruth, "everyone", 1, number).await.files), codes(&files[1..]));
            assert!(files_of_draft(&amina, &desk).await.unwrap().is_empty());
            assert!(file_content(&ruth, &files[1].code).await.is_ok());
            withdraw_post(&amina, &opened(&amina, "everyone", 1).await.unwrap(), number).await.unwrap();
            for reader in [&amina, &ruth] {
                assert_eq!(file_content(reader, &files[1].code).await, Err(AppError::NotFound));
            }
            attach(&amina, &open, &desk, "Another", drawing()).await.unwrap();
            drop_draft(&amina, &desk).await.unwrap();
            assert!(files_of_draft(&amina, &desk).await.unwrap().is_empty());
        }

        async fn a_file_in_the_space_of_a_group_is_not_there_for_anybody_else(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let group = crate::groups::fixture::group(fixture, ruth, &[amina], crate::groups::GroupKind::Group).await;
            let slug = format!("group-{}", crate::groups::fixture::slug_of(fixture, group).await);
            let (ruth, amina) = (at(fixture, 0, ruth, Role::Supervisor), at(fixture, 1, amina, Role::Practitioner));
            let opened = open_space(&ruth, &slug).await.unwrap();
            allow_files(&ruth, &opened, true).await.unwrap();
            let opened = open_space(&ruth, &slug).await.unwrap();
            let desk = Desk::Thread(opened.id());
            attach(&ruth, &opened, &desk, "The agenda", drawing()).await.unwrap();
            let code = files_of_draft(&ruth, &desk).await.unwrap().remove(0).code;
            start(&ruth, &slug, "Next time", "What we do.").await.unwrap();
            assert!(file_content(&amina, &code).await.is_ok());
            for role in [Role::Coordinator, Role::Administrator, Role::ClinicalLead, Role::Practitioner] {
                let stranger = person(fixture, "Sian", "Lloyd", &[role]).await;
                assert_eq!(file_content(&at(fixture, 2, stranger, role), &code).await, Err(AppError::NotFound));
            }
        }
    }
}
