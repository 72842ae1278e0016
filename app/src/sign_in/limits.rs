//! Limits on attempts, counted in the database so that several processes count together.
//!
//! What is counted is stored as a hash, and counts for a quarter of an hour; one-time codes for a day as well, so that they cannot be guessed
//! by patience. Attempts at the very same moment are counted one after the other. An attempt that succeeds is forgotten at once, so that a whole
//! office behind one address can come in on a Monday morning; one that is refused for the limit's sake is not counted, so that nobody
//! is kept out for longer by trying again.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::access::digest;
use crate::audit::{self, Entry};
use crate::database::{Database, Transaction, new_id, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sign_in::letters;

/// For how long an attempt counts.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// For how long a wrong code counts as well.
const DAY: TimeDelta = TimeDelta::days(1);
/// How many wrong codes there may be in a day.
const CODES_IN_A_DAY: i64 = 20;

/// What is limited.
#[derive(Clone, Copy, Debug)]
pub enum Limited<'a> {
    /// Passwords from one address of the network.
    PasswordsFrom(IpAddr),
    /// Passwords for one e-mail address, known or not.
    PasswordsFor(&'a str),
    /// One-time and recovery codes of one person.
    CodesOf(PersonId),
    /// Messages asked for from one address of the network.
    MessagesFrom(IpAddr),
    /// Messages to one e-mail address, known or not.
    MessagesTo(&'a str),
    /// Links that let somebody answer a poll, tried from one address of the network.
    PollLinksFrom(IpAddr),
    /// Links of calendars that nobody has, from one address of the network.
    FeedsFrom(IpAddr),
    /// Codes of certificates that nobody has, from one address of the network.
    CertificatesFrom(IpAddr),
}

impl Limited<'_> {
    /// How many attempts there may be in a quarter of an hour.
    const fn most(self) -> i64 {
        match self {
            Self::PasswordsFrom(_) | Self::MessagesFrom(_) | Self::PollLinksFrom(_) | Self::FeedsFrom(_) | Self::CertificatesFrom(_) => 50,
            Self::PasswordsFor(_) => 10,
            Self::CodesOf(_) | Self::MessagesTo(_) => 5,
        }
    }

    /// How many there may be for each length of time.
    fn windows(self) -> Vec<(TimeDelta, i64)> {
        let mut windows = vec![(WINDOW, self.most())];
        if matches!(self, Self::CodesOf(_)) {
            windows.push((DAY, CODES_IN_A_DAY));
        }
        windows
    }

    /// What the audit log calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::PasswordsFrom(_) => "passwords from one address",
            Self::PasswordsFor(_) => "passwords for one person",
            Self::CodesOf(_) => "codes of one person",
            Self::MessagesFrom(_) => "messages from one address",
            Self::MessagesTo(_) => "messages to one person",
            Self::PollLinksFrom(_) => "poll links from one address",
            Self::FeedsFrom(_) => "calendar links from one address",
            Self::CertificatesFrom(_) => "certificates from one address",
        }
    }

    fn bucket(self) -> Vec<u8> {
        let what = match self {
            Self::PasswordsFrom(address)
            | Self::MessagesFrom(address)
            | Self::PollLinksFrom(address)
            | Self::FeedsFrom(address)
            | Self::CertificatesFrom(address) => neighbourhood(address),
            Self::PasswordsFor(email) | Self::MessagesTo(email) => email.to_owned(),
            Self::CodesOf(person) => person.to_string(),
        };
        digest(&format!("{}: {what}", self.name()))
    }
}

/// One household or office has a whole network of addresses of version 6, so the first half of the address is what counts.
fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    }
}

/// An attempt that was counted.
#[derive(Debug)]
pub struct Attempt {
    id: Uuid,
    buckets: Vec<Vec<u8>>,
}

/// Counts an attempt, or refuses it where there were too many. Whoever owns the codes that are tried is told when the limit is reached.
pub async fn attempt(database: &Database, now: DateTime<Utc>, limits: &[Limited<'_>]) -> Result<Attempt, AppError> {
    let mut transaction = database.begin().await?;
    let attempt = Attempt { id: new_id(), buckets: limits.iter().map(|limited| limited.bucket()).collect() };
    for (limited, bucket) in limits.iter().zip(&attempt.buckets) {
        take(&mut transaction, bucket, now).await?;
        let mut is_reached = false;
        for (window, most) in limited.windows() {
            let made = count(&mut transaction, bucket, now - window).await?;
            if made >= most {
                return Err(AppError::TooMany);
            }
            is_reached |= made + 1 == most;
        }
        if is_reached {
            tell(&mut transaction, *limited, now).await?;
        }
        add(&mut transaction, bucket, attempt.id, now).await?;
    }
    transaction.commit().await?;
    Ok(attempt)
}

/// Takes what is limited for this transaction, so that nobody else counts it until this attempt is counted.
async fn take(transaction: &mut Transaction, bucket: &[u8], now: DateTime<Utc>) -> Result<(), AppError> {
    const TAKE: &str = "\
INSERT INTO attempt_bucket (bucket, last_at)
VALUES ($1, $2)
ON CONFLICT (bucket) DO UPDATE SET last_at = excluded.last_at";
    on!(&mut transaction, connection => sqlx::query(TAKE).bind(bucket).bind(now).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Writes down that a limit is reached, and tells whoever it protects.
async fn tell(transaction: &mut Transaction, limited: Limited<'_>, now: DateTime<Utc>) -> Result<(), AppError> {
    if let Limited::CodesOf(person) = limited {
        queue(transaction, &letters::codes_tried(person), now).await?;
    }
    let entry = Entry { action: "reach_limit", subject: "attempt", subject_id: None, detail: limited.name() };
    audit::record_by_anyone(transaction, now, entry).await
}

/// Forgets an attempt that succeeded.
pub async fn forgive(transaction: &mut Transaction, attempt: &Attempt) -> Result<(), AppError> {
    const FORGIVE: &str = "DELETE FROM attempt WHERE bucket = $1 AND id = $2";
    for bucket in &attempt.buckets {
        on!(&mut transaction, connection => sqlx::query(FORGIVE).bind(bucket).bind(attempt.id).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

async fn count(transaction: &mut Transaction, bucket: &[u8], since: DateTime<Utc>) -> Result<i64, AppError> {
    const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM attempt WHERE bucket = $1 AND made_at > $2";
    Ok(on!(&mut transaction, connection => sqlx::query_scalar(COUNT).bind(bucket).bind(since).fetch_one(connection).await)?)
}

async fn add(transaction: &mut Transaction, bucket: &[u8], id: Uuid, now: DateTime<Utc>) -> Result<(), AppError> {
    const ADD: &str = "INSERT INTO attempt (bucket, id, made_at) VALUES ($1, $2, $3)";
    on!(&mut transaction, connection => sqlx::query(ADD).bind(bucket).bind(id).bind(now).execute(connection).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::both_databases;

    const AMINA: Limited<'_> = Limited::PasswordsFor("amina@bradford.example");

    both_databases! {
        async fn attempts_for_one_person_are_limited_and_those_for_another_are_not(fixture: Fixture) {
            for _ in 0..10 {
                attempt(&fixture.database, fixture.now(), &[AMINA]).await.unwrap();
            }
            assert_eq!(attempt(&fixture.database, fixture.now(), &[AMINA]).await.unwrap_err(), AppError::TooMany);
            attempt(&fixture.database, fixture.now(), &[Limited::PasswordsFor("ruth@bradford.example")]).await.unwrap();
        }

        async fn attempts_at_the_same_moment_are_counted_one_by_one(fixture: Fixture) {
            let tries: Vec<_> = (0..30)
                .map(|_| {
                    let (database, now) = (fixture.database.clone(), fixture.now());
                    tokio::spawn(async move { attempt(&database, now, &[AMINA]).await.is_ok() })
                })
                .collect();
            let mut let_through = 0;
            for tried in tries {
                let_through += i32::from(tried.await.unwrap());
            }
            assert_eq!(let_through, 10);
        }

        async fn codes_are_limited_by_the_day_as_well(fixture: Fixture) {
            let codes = [Limited::CodesOf(PersonId(new_id()))];
            let mut moment = fixture.now();
            for _ in 0..4 {
                for _ in 0..5 {
                    attempt(&fixture.database, moment, &codes).await.unwrap();
                }
                moment += WINDOW;
            }
            assert_eq!(attempt(&fixture.database, moment, &codes).await.unwrap_err(), AppError::TooMany);
            attempt(&fixture.database, fixture.now() + DAY, &codes).await.unwrap();
        }

        async fn a_quarter_of_an_hour_later_attempts_count_no_more(fixture: Fixture) {
            for _ in 0..10 {
                attempt(&fixture.database, fixture.now(), &[AMINA]).await.unwrap();
            }
            let later = fixture.now() + WINDOW;
            attempt(&fixture.database, later, &[AMINA]).await.unwrap();
        }

        async fn attempts_that_succeed_do_not_count(fixture: Fixture) {
            for _ in 0..30 {
                let made = attempt(&fixture.database, fixture.now(), &[AMINA]).await.unwrap();
                let mut transaction = fixture.database.begin().await.unwrap();
                forgive(&mut transaction, &made).await.unwrap();
                transaction.commit().await.unwrap();
            }
        }

        async fn what_is_counted_is_stored_as_a_hash(fixture: Fixture) {
            attempt(&fixture.database, fixture.now(), &[AMINA]).await.unwrap();
            let bucket: Vec<u8> = on!(&fixture.database, pool => sqlx::query_scalar("SELECT bucket FROM attempt").fetch_one(pool).await).unwrap();
            assert_eq!(bucket.len(), 32);
        }
    }

    #[test]
    fn a_network_of_version_6_counts_as_one() {
        let bucket = |address: &str| Limited::PasswordsFrom(address.parse().unwrap()).bucket();
        assert_eq!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:2:ffff::9"));
        assert_ne!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:3::1"));
        assert_eq!(bucket("192.0.2.1"), bucket("::ffff:192.0.2.1"));
    }
}
