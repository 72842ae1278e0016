//! A file of what two people have opened.

use super::read::{note_look, open_now};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::spaces::FileKind;

/// What is in a file of what is open at this moment: of the posts of the space, or of the post alone of which it is read who wrote it. Like a look at the
/// page it is written down, if it is the first.
pub async fn file(actor: &Actor, opening: &str, code: &str) -> Result<(FileKind, Vec<u8>), AppError> {
    const CONTENT: &str = "\
SELECT a.kind, a.content
FROM opening o
JOIN attachment a ON a.code = $2
JOIN thread t ON t.id = a.thread_id
WHERE o.id = $1
    AND (t.space_id = o.group_id OR (a.thread_id = o.thread_id AND a.number = o.number))";

    let mut transaction = actor.begin().await?;
    let open = open_now(&mut transaction, actor, opening).await?;
    let found: Option<(FileKind, Vec<u8>)> = on!(&mut transaction, connection => sqlx::query_as(CONTENT)
        .bind(open.id)
        .bind(code)
        .fetch_optional(connection).await)?;
    let found = found.ok_or(AppError::NotFound)?;
    note_look(&mut transaction, actor, open.id).await?;
    transaction.commit().await?;
    Ok(found)
}
