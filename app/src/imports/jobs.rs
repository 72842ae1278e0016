//! Forgetting what was brought.

use chrono::TimeDelta;

use crate::access::System;
use crate::database::on;
use crate::error::AppError;

/// How long a file waits to be taken, and how long what was taken can be taken back.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(1);

/// Forgets the files that nobody took within a day, and what could have been taken back of the others. Answers how many imports that were.
pub async fn forget_imports(system: &System) -> Result<u64, AppError> {
    const LINES: &str = "\
DELETE FROM people_import_line
WHERE import_id IN (SELECT id FROM people_import WHERE COALESCE(taken_at, brought_at) <= $1)";
    const IMPORTS: &str = "DELETE FROM people_import WHERE COALESCE(taken_at, brought_at) <= $1";

    let until = system.now() - KEPT_FOR;
    let mut transaction = system.begin().await?;
    on!(&mut transaction, connection => sqlx::query(LINES).bind(until).execute(connection).await.map(|_| ()))?;
    let forgotten =
        on!(&mut transaction, connection => sqlx::query(IMPORTS).bind(until).execute(connection).await.map(|done| done.rows_affected()))?;
    transaction.commit().await?;
    Ok(forgotten)
}
