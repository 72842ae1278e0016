//! Forgetting what is no longer needed.

use chrono::TimeDelta;

use crate::access::System;
use crate::database::on;
use crate::error::AppError;

/// How long a link is remembered once it has run out, so that whoever opens it late is told why it does not work.
const LINKS_STAY: TimeDelta = TimeDelta::days(30);
/// How long an attempt is remembered: longer than any limit looks back.
const ATTEMPTS_STAY: TimeDelta = TimeDelta::days(2);
/// How long a recovery code is remembered once it was used.
const USED_CODES_STAY: TimeDelta = TimeDelta::days(90);
/// How long what somebody searched people for is remembered.
const SEARCHES_STAY: TimeDelta = TimeDelta::days(1);

/// Removes sign-ins, links, attempts and searches that have run out and recovery codes that were used, and answers how many.
pub async fn forget_what_ran_out(system: &System) -> Result<u64, AppError> {
    const SIGN_INS: &str = "DELETE FROM sign_in WHERE expires_at <= $1";
    const LINKS: &str = "DELETE FROM one_time_link WHERE expires_at <= $1";
    const ATTEMPTS: &str = "DELETE FROM attempt WHERE made_at <= $1";
    const BUCKETS: &str = "DELETE FROM attempt_bucket WHERE last_at <= $1";
    const USED_CODES: &str = "DELETE FROM recovery_code WHERE used_at <= $1";
    const SEARCHES: &str = "DELETE FROM people_search WHERE made_at <= $1";

    let (database, now) = (system.database(), system.now());
    let mut forgotten = 0;
    for (statement, until) in [
        (SIGN_INS, now),
        (LINKS, now - LINKS_STAY),
        (ATTEMPTS, now - ATTEMPTS_STAY),
        (BUCKETS, now - ATTEMPTS_STAY),
        (USED_CODES, now - USED_CODES_STAY),
        (SEARCHES, now - SEARCHES_STAY),
    ] {
        forgotten += on!(database, pool => sqlx::query(statement).bind(until).execute(pool).await.map(|done| done.rows_affected()))?;
    }
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, digest, system};
    use crate::database::fixture::both_databases;
    use crate::database::new_id;
    use crate::people::fixture::person;

    both_databases! {
        async fn what_has_run_out_is_forgotten_and_nothing_else(fixture: Fixture) {
            const SIGN_IN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, device, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, 'complete', '', $4, $4, $4)";
            const LINK: &str = "\
INSERT INTO one_time_link (id, token_hash, person_id, purpose, created_at, expires_at)
VALUES ($1, $2, $3, $5, $4, $4)";
            const USED_CODE: &str = "INSERT INTO recovery_code (person_id, code_hash, used_at) VALUES ($1, $2, $3)";
            const ATTEMPT: &str = "INSERT INTO attempt (bucket, id, made_at) VALUES ($1, $2, $3)";

            let (database, now) = (&fixture.database, fixture.now());
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let ages = [
                ("fresh", "reset", TimeDelta::minutes(-1)),
                ("stale", "sign_in", TimeDelta::days(2)),
                ("old", "invitation", TimeDelta::days(90)),
            ];
            for (name, purpose, age) in ages {
                let moment = now - age;
                let (hash, id) = (digest(name), new_id());
                on!(database, pool => sqlx::query(SIGN_IN).bind(id).bind(&hash).bind(amina).bind(moment).execute(pool).await.map(|_| ()))
                    .unwrap();
                on!(database, pool => sqlx::query(LINK).bind(id).bind(&hash).bind(amina).bind(moment).bind(purpose).execute(pool).await.map(|_| ()))
                    .unwrap();
                on!(database, pool => sqlx::query(USED_CODE).bind(amina).bind(&hash).bind(moment).execute(pool).await.map(|_| ())).unwrap();
                on!(database, pool => sqlx::query(ATTEMPT).bind(&hash).bind(id).bind(moment).execute(pool).await.map(|_| ())).unwrap();
            }
            let premises = Premises {
                database: database.clone(),
                clock: fixture.clock,
                is_demonstration: false,
                origin: "https://reverie.example".into(),
            };
            let system = system(&premises, "test");
            // Two sign-ins and two attempts have run out; a link that ran out two days ago can still say so, and one used code is old.
            assert_eq!(forget_what_ran_out(&system).await.unwrap(), 6);
            assert_eq!(forget_what_ran_out(&system).await.unwrap(), 0);
        }
    }
}
