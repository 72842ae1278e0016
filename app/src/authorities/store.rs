//! The register in the database.

use super::register::eligible;
use crate::database::{Transaction, on};
use crate::error::AppError;

/// Enters every eligible authority that is not on the register yet, as not contacted.
pub async fn enter_eligible(transaction: &mut Transaction) -> Result<(), AppError> {
    const ENTER: &str = "\
INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, version)
VALUES ($1, $2, $3, $4, $5, $6, 'not_contacted', '', 1)
ON CONFLICT DO NOTHING";

    for line in eligible() {
        on!(&mut transaction, connection => sqlx::query(ENTER)
            .bind(line.id())
            .bind(line.slug())
            .bind(line.name)
            .bind(line.gss_code)
            .bind(line.region)
            .bind(line.kind)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::both_databases;

    both_databases! {
        async fn entering_the_register_twice_changes_nothing(fixture: Fixture) {
            const COUNT: &str = "SELECT COUNT(*) FROM authority";
            let database = &fixture.database;

            for _ in 0..2 {
                let mut transaction = database.begin().await.unwrap();
                enter_eligible(&mut transaction).await.unwrap();
                transaction.commit().await.unwrap();
            }

            let count: i64 = on!(database, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await).unwrap();
            assert_eq!(count, 75);
        }
    }
}
