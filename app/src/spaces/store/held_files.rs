//! Files of posts that wait. They lie as those of a draft do, with the case in the place of a space or a thread: their writer sees them, and whoever decides
//! about the case, and nobody else.

use std::collections::BTreeMap;

use super::attachments::AttachedRow;
use super::drafts::Desk;
use super::open::{OpenedSpace, open_space, starters_since};
use super::readable::readable;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::spaces::answers::Attached;
use crate::spaces::held::CaseId;
use crate::spaces::model::{FileKind, SpaceId, ThreadId};

/// A post of the actor's own that waits or was sent back, in a space that they can still read. Only [`open_held`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedHeld {
    case: CaseId,
    space: OpenedSpace,
}

/// Opens what waits for whoever wrote it. A change of a post has no files beside those of the post.
pub async fn open_held(actor: &Actor, code: &str) -> Result<OpenedHeld, AppError> {
    const OPEN: &str = concat!(
        "\
SELECT h.case_id, r.slug
FROM moderation_case c
JOIN held_post h ON h.case_id = c.id
JOIN (",
        readable!("$1", "$2"),
        ") r ON r.id = c.space_id
WHERE c.code = $3
    AND h.author_id = $1
    AND h.number IS NULL
    AND h.state IN ('waiting', 'sent_back')"
    );

    let database = actor.database();
    let found: Option<(CaseId, String)> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(code)
        .fetch_optional(pool).await)?;
    let (case, slug) = found.ok_or(AppError::NotFound)?;
    Ok(OpenedHeld { case, space: open_space(actor, &slug).await? })
}

impl OpenedHeld {
    /// Where its files lie.
    pub fn desk(&self) -> Desk {
        Desk::Held(self.case)
    }

    /// The space in which it would stand.
    pub fn space(&self) -> &OpenedSpace {
        &self.space
    }
}

/// Takes the case of a post that waits, before a file is added to it. Whoever looks at it at this moment decides about it as it is then.
pub(super) async fn take_held(transaction: &mut Transaction, case: CaseId, kind: FileKind) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE moderation_case SET version = version + 1 WHERE id = $1";
    const WAITS: &str = "SELECT is_unnamed FROM held_post WHERE case_id = $1 AND number IS NULL AND state IN ('waiting', 'sent_back')";

    on!(&mut *transaction, connection => sqlx::query(TAKE).bind(case).execute(connection).await.map(|_| ()))?;
    let waits: Option<bool> = on!(&mut *transaction, connection => sqlx::query_scalar(WAITS).bind(case).fetch_optional(connection).await)?;
    match waits {
        None => Err(AppError::Conflict("A moderator has decided a moment ago. Look at your post as it is now.".to_owned())),
        Some(true) if kind == FileKind::Pdf => Err(AppError::invalid("file", NAMES_ITS_MAKER)),
        Some(_) => Ok(()),
    }
}

/// Why no PDF stands with a post without a name.
const NAMES_ITS_MAKER: &str = "A PDF can name whoever made it, and this post bears no name. Choose a picture.";

/// What was attached to a draft waits with it from now on, if the space still takes files.
pub(super) async fn hold_files(
    transaction: &mut Transaction,
    actor: &Actor,
    desk: &Desk,
    (space, case): (SpaceId, CaseId),
) -> Result<(), AppError> {
    const HOLD: &str = "\
UPDATE attachment
SET place_id = $3
WHERE person_id = $1
    AND place_id = $2
    AND thread_id IS NULL
    AND EXISTS (SELECT 1 FROM space_with_files s WHERE s.space_id = $4)";

    on!(&mut transaction, connection => sqlx::query(HOLD)
        .bind(actor.person())
        .bind(desk.place())
        .bind(Desk::Held(case).place())
        .bind(space)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What waited with a post stands with it from now on. Nothing of the files leads to its case any more, which knows its writer.
pub(super) async fn show_files(
    transaction: &mut Transaction,
    (case, author): (CaseId, PersonId),
    (thread, number): (ThreadId, i64),
) -> Result<(), AppError> {
    const SHOW: &str = "\
UPDATE attachment
SET thread_id = $3, number = $4, place_id = $3, person_id = NULL
WHERE person_id = $1
    AND place_id = $2
    AND thread_id IS NULL";

    on!(&mut transaction, connection => sqlx::query(SHOW)
        .bind(author)
        .bind(Desk::Held(case).place())
        .bind(thread)
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Removes what waits with a post that was sent back or withdrawn.
pub async fn drop_held_files(transaction: &mut Transaction, case: CaseId) -> Result<(), AppError> {
    const DROP: &str = "\
DELETE FROM attachment
WHERE person_id = (SELECT h.author_id FROM held_post h WHERE h.case_id = $1)
    AND place_id = $1
    AND thread_id IS NULL";

    on!(&mut transaction, connection => sqlx::query(DROP).bind(case).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What waits with the actor's own posts that wait for a thread, or were sent back.
pub(super) async fn files_held_in(
    actor: &Actor,
    moment: &mut Transaction,
    thread: ThreadId,
) -> Result<BTreeMap<CaseId, Vec<Attached>>, AppError> {
    const FILES: &str = "\
SELECT h.case_id, a.code, a.kind, a.description, a.width, a.height, a.bytes
FROM held_post h
JOIN attachment a ON a.person_id = h.author_id AND a.place_id = h.case_id AND a.thread_id IS NULL
WHERE h.author_id = $1
    AND h.thread_id = $2
    AND h.state IN ('waiting', 'sent_back')
ORDER BY h.case_id, a.slot";

    #[derive(sqlx::FromRow)]
    struct OfCase {
        case_id: CaseId,
        #[sqlx(flatten)]
        row: AttachedRow,
    }

    let rows: Vec<OfCase> =
        on!(&mut moment, connection => sqlx::query_as(FILES).bind(actor.person()).bind(thread).fetch_all(connection).await)?;
    let mut files: BTreeMap<CaseId, Vec<Attached>> = BTreeMap::new();
    for OfCase { case_id, row } in rows {
        files.entry(case_id).or_default().push(row.into());
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::spaces::SpaceKind;
    use crate::spaces::files::CleanFile;
    use crate::spaces::fixture::{draw_for, space, words};
    use crate::spaces::store::tests::at;
    use crate::spaces::store::{attach, start_thread};

    both_databases! {
        async fn files_that_wait_with_a_post_without_a_name_tell_nobody_whose_it_is(fixture: Fixture) {
            const OPEN: &str = "UPDATE space SET allows_unnamed = TRUE, approval = 'all'";
            const CODE: &str = "SELECT code FROM moderation_case";
            const TELLING: &str = "SELECT COUNT(*) FROM attachment WHERE person_id IS NOT NULL OR place_id IN (SELECT id FROM moderation_case)";

            space(fixture, "all", SpaceKind::Centre, "").await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(OPEN).execute(pool).await.map(|_| ())).unwrap();
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let lead = person(fixture, "Beth", "Moss", &[Role::ClinicalLead]).await;
            let (writer, lead) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, lead, Role::ClinicalLead));
            draw_for(fixture, &writer, "all").await;
            let text = words("I cried in the car.").bearing_name(false);
            start_thread(&writer, &open_space(&writer, "all").await.unwrap(), "After a visit", &text).await.unwrap();
            let code: String = on!(database, pool => sqlx::query_scalar(CODE).fetch_one(pool).await).unwrap();
            let held = open_held(&writer, &code).await.unwrap();
            let pdf = CleanFile { kind: FileKind::Pdf, size: None, content: b"%PDF-1.7".to_vec() };
            assert_eq!(attach(&writer, held.space(), &held.desk(), "Notes", pdf).await.unwrap_err().status(), 422, "it may name its maker");

            let mut transaction = lead.begin().await.unwrap();
            crate::spaces::store::show_held(&mut transaction, &lead, held.case).await.unwrap();
            transaction.commit().await.unwrap();
            let telling: i64 = on!(database, pool => sqlx::query_scalar(TELLING).fetch_one(pool).await).unwrap();
            assert_eq!(telling, 0);
        }
    }
}
