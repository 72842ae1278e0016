//! The words that begin with what was typed.

use std::collections::BTreeMap;

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::search::wanted::Wanted;
use crate::spaces::store::{readable, starters_since};

/// What is wanted, where the words of the reader's spaces that begin with each are looked for themselves. A beginning is nothing that the index of SQLite
/// holds: it is put together of every word that begins so, from end to end, while words are read from the newest on. Of three letters, and where very many
/// words begin with one, the beginning is looked for all the same. Words of more than twenty-six letters are not known, and so are not among these.
pub(super) async fn beginning(actor: &Actor, wanted: &Wanted) -> Result<Wanted, AppError> {
    const LONGER: &str = concat!(
        "\
SELECT DISTINCT w.word
FROM (",
        readable!("$1", "$2"),
        ") r
CROSS JOIN search_word w
WHERE w.circle_id = r.id
    AND w.word > $3
    AND w.word < $4
LIMIT $5"
    );

    let database = actor.database();
    let mut known = BTreeMap::new();
    for typed in wanted.beginnings() {
        let longer: Vec<String> = on!(database, pool => sqlx::query_scalar(LONGER)
            .bind(actor.person())
            .bind(starters_since(actor))
            .bind(typed)
            .bind(format!("{typed}{}", char::MAX))
            .bind(MOST_LONGER + 1)
            .fetch_all(pool).await)?;
        if i64::try_from(longer.len()).is_ok_and(|words| words <= MOST_LONGER) {
            known.insert(typed.to_owned(), longer);
        }
    }
    Ok(wanted.clone().beginning(&known))
}

/// The most words that are looked for in the place of one beginning.
const MOST_LONGER: i64 = 40;
