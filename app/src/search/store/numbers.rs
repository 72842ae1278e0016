//! The numbers of what can be found, by which the newest is found first.

use crate::database::Transaction;

/// Numbers everything anew by when it was said, as it comes otherwise: a restore has brought it in the order of the backup. Postgres finds the newest by the
/// moment itself, so that there is nothing to do.
pub async fn number_by_time(transaction: &mut Transaction) -> Result<(), sqlx::Error> {
    const NUMBER: &str = "\
UPDATE search_entry
SET id = ordered.number
FROM (
    SELECT e.id AS was, (SELECT MAX(m.id) FROM search_entry m) + ROW_NUMBER() OVER (ORDER BY e.said_at, e.id) AS number
    FROM search_entry e
) AS ordered
WHERE search_entry.id = ordered.was";
    const INDEX: [&str; 6] = [
        "INSERT INTO search_text (search_text) VALUES ('delete-all')",
        "INSERT INTO search_text (rowid, title, body) SELECT id, title, body FROM search_entry WHERE kind = 'post' ORDER BY id",
        "INSERT INTO search_title (search_title) VALUES ('delete-all')",
        "INSERT INTO search_title (rowid, title) SELECT id, title FROM search_entry WHERE kind = 'post' AND title <> '' ORDER BY id",
        "INSERT INTO search_few (search_few) VALUES ('delete-all')",
        "INSERT INTO search_few (rowid, title, body) SELECT id, title, body FROM search_entry WHERE kind <> 'post' ORDER BY id",
    ];

    let Transaction::Sqlite(inner) = transaction else { return Ok(()) };
    for statement in [NUMBER].into_iter().chain(INDEX) {
        sqlx::query(statement).execute(&mut **inner).await?;
    }
    Ok(())
}
