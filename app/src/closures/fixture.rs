//! Closures for tests.

use crate::database::fixture::Fixture;
use crate::database::{code, new_id, on};

/// Closes the Centre on some days. Answers the closure's part of the address.
pub async fn close(fixture: &Fixture, first: &str, last: &str, name: &str) -> String {
    const CLOSE: &str = "INSERT INTO closure (id, code, starts_on, ends_on, reason, version) VALUES ($1, $2, $3, $4, $5, 1)";

    let day = |day: &str| day.parse::<chrono::NaiveDate>().unwrap();
    let (database, code) = (&fixture.database, code());
    on!(database, pool => sqlx::query(CLOSE)
        .bind(new_id())
        .bind(&code)
        .bind(day(first))
        .bind(day(last))
        .bind(name)
        .execute(pool).await.map(|_| ()))
    .unwrap();
    code
}
