//! Reading busy blocks: one statement, whatever the stretch of days and however many people.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::busy::model::BusyBlock;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Whose blocks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Person(PersonId),
    /// Those of everybody who has another calendar read.
    Everybody,
}

/// When people are busy elsewhere between two moments, each person's blocks in order.
pub async fn busy_blocks(
    moment: &mut Transaction,
    whose: Whose,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<PersonId, Vec<BusyBlock>>, AppError> {
    const OF_PERSON: &str = "\
SELECT person_id, starts_at, ends_at
FROM busy_block
WHERE person_id = $3
    AND starts_at < $2
    AND ends_at > $1
ORDER BY starts_at";
    const OF_EVERYBODY: &str = "\
SELECT person_id, starts_at, ends_at
FROM busy_block
WHERE ends_at > $1
    AND starts_at < $2
ORDER BY person_id, starts_at";

    let rows: Vec<(PersonId, DateTime<Utc>, DateTime<Utc>)> = match whose {
        Whose::Person(person) => on!(&mut moment, connection => sqlx::query_as(OF_PERSON)
            .bind(from)
            .bind(until)
            .bind(person)
            .fetch_all(connection).await)?,
        Whose::Everybody => {
            on!(&mut moment, connection => sqlx::query_as(OF_EVERYBODY).bind(from).bind(until).fetch_all(connection).await)?
        }
    };
    let mut blocks: HashMap<PersonId, Vec<BusyBlock>> = HashMap::new();
    for (person, starts_at, ends_at) in rows {
        blocks.entry(person).or_default().push(BusyBlock { starts_at, ends_at });
    }
    Ok(blocks)
}
