//! Telling those whom an opening concerns.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::messages::queue;
use crate::openings::letters::{WhereItStands, author_seen, space_opened};
use crate::openings::model::OpeningId;
use crate::paths;
use crate::people::PersonId;
use crate::spaces::store::write_to_unnamed;
use crate::spaces::{ThreadId, post_address};

/// Has those told who were not when it was opened: a safeguarding lead says that it puts nobody at risk any more.
pub async fn tell(actor: &Actor, code: &str) -> Result<(), AppError> {
    const TELL: &str = "\
UPDATE opening
SET told_at = $3
WHERE code = $1
    AND is_agreed
    AND told_at IS NULL
    AND EXISTS (SELECT 1 FROM person_role held WHERE held.person_id = $2 AND held.role = 'safeguarding_lead')
RETURNING id";

    let mut transaction = actor.begin().await?;
    let told: Option<OpeningId> = on!(&mut transaction, connection => sqlx::query_scalar(TELL)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = told.ok_or(AppError::NotFound)?;
    tell_those_concerned(&mut transaction, actor, id).await?;
    audit::record(&mut transaction, actor, Entry { action: "tell_of_opening", subject: "opening", subject_id: Some(id.0), detail: "" })
        .await?;
    transaction.commit().await
}

#[derive(sqlx::FromRow)]
struct Row {
    group_id: Option<GroupId>,
    group_slug: Option<String>,
    thread_id: Option<ThreadId>,
    number: Option<i64>,
    space_slug: Option<String>,
    thread_number: Option<i64>,
    answered_at: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// Writes to the members and the supervisor of a group, and to whoever has left it and wrote there; or to whoever wrote a post.
pub(super) async fn tell_those_concerned(transaction: &mut Transaction, actor: &Actor, id: OpeningId) -> Result<(), AppError> {
    const ABOUT: &str = "\
SELECT o.group_id, g.slug AS group_slug, o.thread_id, o.number, s.slug AS space_slug, t.number AS thread_number, o.answered_at, o.until
FROM opening o
LEFT JOIN supervision_group g ON g.id = o.group_id
LEFT JOIN thread t ON t.id = o.thread_id
LEFT JOIN space s ON s.id = t.space_id
WHERE o.id = $1";

    let row: Row = on!(&mut transaction, connection => sqlx::query_as(ABOUT).bind(id).fetch_one(connection).await)?;
    let (from, until) = (::series::local(row.answered_at), ::series::local(row.until));
    if let Some((group, slug)) = row.group_id.zip(row.group_slug) {
        let at_its_head = format!("{}{}", actor.origin(), paths::space(&format!("group-{slug}")));
        let beside_the_rest = format!("{}{}", actor.origin(), paths::MY_ACCESS);
        for (person, has_left) in concerned(transaction, group).await? {
            let where_it_stands =
                if has_left { WhereItStands::OnTheirPage(&beside_the_rest) } else { WhereItStands::AtItsHead(&at_its_head) };
            queue(transaction, &space_opened(person, (from, until), where_it_stands), actor.now()).await?;
        }
    }
    if let Some(((thread, number), (space, in_space))) = row.thread_id.zip(row.number).zip(row.space_slug.zip(row.thread_number)) {
        let link = format!("{}{}", actor.origin(), post_address(&space, in_space, number));
        write_to_unnamed(transaction, (thread, number), |author| author_seen(author, from, &link), actor.now()).await?;
    }
    Ok(())
}

/// Everybody who reads the space of a group, and whoever reads it no more and has written there what they have not taken back; and which of the two.
async fn concerned(transaction: &mut Transaction, group: GroupId) -> Result<Vec<(PersonId, bool)>, AppError> {
    const CONCERNED: &str = "\
SELECT c.id, c.has_left
FROM (
    SELECT p.id, NOT (p.id IN (SELECT m.person_id FROM membership m WHERE m.group_id = $1 AND m.left_on IS NULL)
        OR p.id IN (SELECT g.supervisor_id FROM supervision_group g WHERE g.id = $1)) AS has_left
    FROM person p
    WHERE p.standing = 'registered'
        AND p.id IN (
            SELECT m.person_id FROM membership m WHERE m.group_id = $1
            UNION
            SELECT g.supervisor_id FROM supervision_group g WHERE g.id = $1
            UNION
            SELECT w.author_id FROM thread t JOIN post w ON w.thread_id = t.id WHERE t.space_id = $1)
) c
WHERE NOT c.has_left
    OR EXISTS (
        SELECT 1 FROM thread t JOIN post w ON w.thread_id = t.id WHERE t.space_id = $1 AND w.author_id = c.id AND w.withdrawn_at IS NULL)
ORDER BY c.id";

    Ok(on!(&mut transaction, connection => sqlx::query_as(CONCERNED).bind(group).fetch_all(connection).await)?)
}
