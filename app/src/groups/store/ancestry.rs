//! Who supervises whom, all the way up, so that nobody ends up supervising their own supervisor.

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Everybody who supervises a person: directly, or by way of others who supervise that person.
///
/// From here to its end one transaction at a time asks this, so that two changes which together would close a circle cannot both find it
/// open.
pub(super) async fn supervisors_above(transaction: &mut Transaction, person: PersonId) -> Result<Vec<PersonId>, AppError> {
    const TAKE: &str = "UPDATE supervision_lock SET only_row = 1 WHERE only_row = 1";

    on!(&mut transaction, connection => sqlx::query(TAKE).execute(connection).await.map(|_| ()))?;
    above_by_now(transaction, person).await
}

/// The same for whoever only looks, and takes nothing.
pub(super) async fn above_by_now(moment: &mut Transaction, person: PersonId) -> Result<Vec<PersonId>, AppError> {
    const ABOVE: &str = "\
WITH RECURSIVE above (person_id) AS (
    SELECT g.supervisor_id
    FROM membership m
    JOIN supervision_group g ON g.id = m.group_id
    WHERE m.person_id = $1
        AND m.left_on IS NULL
        AND g.ended_at IS NULL
    UNION
    SELECT g.supervisor_id
    FROM above a
    JOIN membership m ON m.person_id = a.person_id
    JOIN supervision_group g ON g.id = m.group_id
    WHERE m.left_on IS NULL
        AND g.ended_at IS NULL
)
SELECT person_id FROM above";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(ABOVE).bind(person).fetch_all(connection).await)?)
}

/// Everybody whom a person supervises: directly, or by way of others whom they supervise.
pub async fn below_by_now(moment: &mut Transaction, person: PersonId) -> Result<Vec<PersonId>, AppError> {
    const BELOW: &str = "\
WITH RECURSIVE below (person_id) AS (
    SELECT m.person_id
    FROM supervision_group g
    JOIN membership m ON m.group_id = g.id
    WHERE g.supervisor_id = $1
        AND m.left_on IS NULL
        AND g.ended_at IS NULL
    UNION
    SELECT m.person_id
    FROM below b
    JOIN supervision_group g ON g.supervisor_id = b.person_id
    JOIN membership m ON m.group_id = g.id
    WHERE m.left_on IS NULL
        AND g.ended_at IS NULL
)
SELECT person_id FROM below";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(BELOW).bind(person).fetch_all(connection).await)?)
}
