//! Many rows at a time. The rows are the plan's own; each table has one statement.

use crate::database::{Transaction, on};
use crate::error::AppError;

/// Inserts rows, many to a statement: `insert!(transaction, "INSERT INTO … ", rows, row => [row.id, row.name])`.
macro_rules! insert {
    ($transaction:expr, $into:expr, $rows:expr, $row:ident => [$($value:expr),+ $(,)?]) => {
        for rows in $rows.chunks(ROWS) {
            on!(&mut $transaction, connection => {
                let mut statement = QueryBuilder::new($into);
                statement.push_values(rows, |mut values, $row| {
                    $(values.push_bind($value);)+
                });
                // Each length is a statement of its own, so keeping them would serve nobody.
                statement.build().persistent(false).execute(connection).await.map(|_| ())
            })?;
        }
    };
}

mod groups;
mod people;
mod placing;

pub use groups::{
    insert_actions, insert_agreements, insert_attendance, insert_bookings, insert_clinic_waits, insert_closures, insert_drafts,
    insert_groups, insert_polls, insert_series, insert_what_was_told,
};
pub use people::{
    insert_hours_elsewhere, insert_other_calendars, insert_people, insert_reflections, insert_said, insert_themes, set_progress,
};
pub use placing::{insert_registrations, insert_waiting, start_round};

/// What the audit log says of it, by which it is recognised later.
pub const LOADED: &str = "load_demonstration";

/// Rows in one statement: a statement may have 32,766 values on SQLite, and the widest table has 21 columns.
const ROWS: usize = 500;

/// Whether the demonstration was loaded before.
pub async fn is_demonstration(transaction: &mut Transaction) -> Result<bool, AppError> {
    const LOADS: &str = "SELECT COUNT(*) FROM audit_entry WHERE action = $1";
    let loads: i64 = on!(&mut transaction, connection => sqlx::query_scalar(LOADS).bind(LOADED).fetch_one(connection).await)?;
    Ok(loads > 0)
}

/// Whether anybody is there.
pub async fn has_people(transaction: &mut Transaction) -> Result<bool, AppError> {
    const PEOPLE: &str = "SELECT COUNT(*) FROM person";
    let people: i64 = on!(&mut transaction, connection => sqlx::query_scalar(PEOPLE).fetch_one(connection).await)?;
    Ok(people > 0)
}
