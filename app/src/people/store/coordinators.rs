//! Who coordinates.

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::model::PersonId;

/// The coordinators who can sign in, to whom the program turns where something would otherwise lie.
pub async fn coordinators(transaction: &mut Transaction) -> Result<Vec<PersonId>, AppError> {
    const COORDINATORS: &str = "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'coordinator'
WHERE p.standing = 'registered'
ORDER BY p.id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(COORDINATORS).fetch_all(connection).await)?)
}
