//! Who is held. Clinical and safeguarding leads say so in a room above; here it is asked by whoever gives somebody a place, or people to lead.

use std::collections::HashSet;

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Everybody who is held by now.
pub async fn held_by_now(moment: &mut Transaction) -> Result<HashSet<PersonId>, AppError> {
    const HELD: &str = "SELECT person_id FROM safety_hold WHERE lifted_at IS NULL";

    let held: Vec<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(HELD).fetch_all(connection).await)?;
    Ok(held.into_iter().collect())
}
