//! What somebody searches people for, kept for a day, so that an address of the list can be gone back to and names nobody.

use crate::access::Actor;
use crate::database::{code, on};
use crate::error::AppError;

/// More of a search than this finds nobody.
const LONGEST: usize = 100;

/// Keeps what the actor searches for, and answers the code that stands for it; empty where nothing is searched for.
pub async fn keep_search(actor: &Actor, words: &str) -> Result<String, AppError> {
    const KEEP: &str = "INSERT INTO people_search (code, person_id, words, made_at) VALUES ($1, $2, $3, $4)";

    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    if words.is_empty() {
        return Ok(String::new());
    }
    let code = code();
    on!(actor.database(), pool => sqlx::query(KEEP)
        .bind(&code)
        .bind(actor.person())
        .bind(&words)
        .bind(actor.now())
        .execute(pool).await.map(|_| ()))?;
    Ok(code)
}

/// What the actor searched for by a code; empty where it was somebody else's, or is forgotten.
pub async fn searched_for(actor: &Actor, code: &str) -> Result<String, AppError> {
    const WORDS: &str = "SELECT words FROM people_search WHERE code = $1 AND person_id = $2";

    if code.is_empty() {
        return Ok(String::new());
    }
    let words: Option<String> =
        on!(actor.database(), pool => sqlx::query_scalar(WORDS).bind(code).bind(actor.person()).fetch_optional(pool).await)?;
    Ok(words.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;

    both_databases! {
        async fn a_search_is_kept_for_whoever_made_it(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let morag = person(fixture, "Morag", "Fraser", &[Role::Coordinator]).await;
            let (sian, morag) = (fixture.actor(sian, &[Role::Coordinator]), fixture.actor(morag, &[Role::Coordinator]));

            let code = keep_search(&sian, "  Amina   Rahman ").await.unwrap();

            assert_eq!(code.len(), 8);
            assert_eq!(searched_for(&sian, &code).await.unwrap(), "Amina Rahman");
            assert_eq!(searched_for(&morag, &code).await.unwrap(), "");
            assert_eq!(searched_for(&sian, "nothing2").await.unwrap(), "");
            assert_eq!(keep_search(&sian, "  ").await.unwrap(), "");
        }
    }
}
