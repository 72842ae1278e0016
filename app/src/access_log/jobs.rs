//! Forgetting, in time, who opened what.

use chrono::Months;

use super::store::remove_before;
use crate::access::System;
use crate::error::AppError;

/// How long it is kept who opened what: as long as the audit log.
const KEPT: Months = Months::new(6 * 12);

/// Removes what is older than it is kept for. Answers how many lines that were.
pub async fn forget_access(system: &System) -> Result<u64, AppError> {
    remove_before(system, ::series::local(system.now()).date() - KEPT).await
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::access_log::store::access_log;
    use crate::access_log::{RecordKind, note_opened};
    use crate::database::Clock;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;

    fn program(fixture: &Fixture, moment: DateTime<Utc>) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "test")
    }

    both_databases! {
        async fn who_opened_what_is_kept_for_six_years(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let sian = fixture.actor(sian, &[Role::Coordinator]);
            let mut transaction = sian.begin().await.unwrap();
            note_opened(&mut transaction, &sian, amina, RecordKind::Details).await.unwrap();
            transaction.commit().await.unwrap();
            let after = fixture.now() + Months::new(6 * 12);
            assert_eq!(forget_access(&program(fixture, after)).await, Ok(0));
            assert_eq!(access_log(&fixture.actor(amina, &[Role::Practitioner]), 1).await.unwrap().total, 1);
            assert_eq!(forget_access(&program(fixture, after + TimeDelta::days(1))).await, Ok(1));
            assert_eq!(forget_access(&program(fixture, after + TimeDelta::days(1))).await, Ok(0));
        }
    }
}
