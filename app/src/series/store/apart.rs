//! Two people of a group that a round has formed, who may not meet in it by now.

use super::publish::Draft;
use crate::access::{Actor, Permission};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::store::{apart_by_now, name_of};

/// Refuses the first sessions of a group whose people were asked, where two of them may not meet, whatever was known when they were asked. Who they are
/// is said to those alone who keep people apart. A group that meets already goes on: nobody loses their supervision by a line that somebody notes.
pub(super) async fn refuse_where_apart(
    transaction: &mut Transaction,
    publisher: Option<&Actor>,
    draft: &Draft<'_>,
) -> Result<(), AppError> {
    const BEGINS: &str = "\
SELECT COUNT(*)
FROM asked_group a
WHERE a.group_id = $1
    AND NOT EXISTS (SELECT 1 FROM session s WHERE s.group_id = a.group_id)";
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL ORDER BY person_id";

    let begins: i64 = on!(&mut transaction, connection => sqlx::query_scalar(BEGINS).bind(draft.group).fetch_one(connection).await)?;
    if begins == 0 {
        return Ok(());
    }
    let mut there: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(draft.group).fetch_all(connection).await)?;
    there.push(draft.supervisor);
    let Some((one, other)) = apart_by_now(transaction).await?.first_apart(&there) else { return Ok(()) };
    if !publisher.is_some_and(|actor| actor.may(Permission::ManageMatching)) {
        let sentence = "These sessions cannot begin with the group as it is. Nothing was published. The Centre’s coordinators see why; please ask them.";
        return Err(AppError::Conflict(sentence.to_owned()));
    }
    let (one, other) = (name_of(transaction, one).await?.short, name_of(transaction, other).await?.short);
    let sentence =
        format!("{one} and {other} may not be in one group by now. Nothing was published. Find another place for one of them first.");
    Err(AppError::Conflict(sentence))
}
