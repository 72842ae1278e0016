//! What was written down, for the tests of whoever writes it.

use crate::database::fixture::Fixture;
use crate::database::on;
use crate::people::PersonId;

/// What of somebody was opened, by whom, and how often.
pub async fn lines_about(fixture: &Fixture, person: PersonId) -> Vec<(String, PersonId, i64)> {
    const LINES: &str = "SELECT kind, reader_id, times FROM opened_record WHERE person_id = $1 ORDER BY opened_on, kind, reader_id";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LINES).bind(person).fetch_all(pool).await).unwrap()
}
