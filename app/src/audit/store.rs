//! Appending to the chain, and walking it.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Actor, System};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;

/// What is written down: a verb of the domain, the kind of thing, which one, and what about it. Never a name, never content.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// For example `invite_person`.
    pub action: &'static str,
    /// For example `person`.
    pub subject: &'static str,
    /// Which one, if there is one.
    pub subject_id: Option<Uuid>,
    /// For example `version 3`.
    pub detail: &'a str,
}

/// What walking the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry follows from the one before.
    Whole {
        /// How many entries there are.
        entries: i64,
    },
    /// The first place where the chain does not hold.
    Broken {
        /// The sequence number of that entry.
        at: i64,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// How a chain can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An entry is missing before this one.
    Missing,
    /// The entry's content does not give its hash.
    Changed,
    /// Entries at the end were removed, or the end was set back.
    CutShort,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "an entry before it is missing",
            Self::Changed => "it was changed after it was written",
            Self::CutShort => "entries at the end were removed",
        })
    }
}

/// Appends an entry by a person.
pub async fn record(transaction: &mut Transaction, actor: &Actor, entry: Entry<'_>) -> Result<(), AppError> {
    append(transaction, Some(actor.person().0), actor.now(), entry).await
}

/// Appends an entry by the program; its reason becomes the detail's beginning.
pub async fn record_by_system(transaction: &mut Transaction, system: &System, entry: Entry<'_>) -> Result<(), AppError> {
    let detail = format!("{}: {}", system.reason(), entry.detail);
    append(transaction, None, system.now(), Entry { detail: &detail, ..entry }).await
}

/// Appends an entry by a person who is not an [`Actor`] yet: somebody who signs in, accepts an invitation or resets a password.
pub async fn record_by_person(
    transaction: &mut Transaction,
    person: crate::people::PersonId,
    now: DateTime<Utc>,
    entry: Entry<'_>,
) -> Result<(), AppError> {
    append(transaction, Some(person.0), now, entry).await
}

async fn append(
    transaction: &mut Transaction,
    actor_id: Option<Uuid>,
    written_at: DateTime<Utc>,
    entry: Entry<'_>,
) -> Result<(), AppError> {
    // Taking the row first puts concurrent writers in order; on Postgres the others wait here until this one commits.
    const TAKE_END: &str = "UPDATE audit_end SET sequence = sequence + 1 WHERE only_row = 1 RETURNING sequence, hash";
    const INSERT: &str = "\
INSERT INTO audit_entry (sequence, written_at, actor_id, action, subject, subject_id, detail, previous_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    const SET_END: &str = "UPDATE audit_end SET hash = $1 WHERE only_row = 1";

    let (sequence, previous_hash): (i64, Vec<u8>) =
        on!(&mut transaction, connection => sqlx::query_as(TAKE_END).fetch_one(connection).await)?;
    let written = Written {
        sequence,
        at: written_at,
        actor_id,
        action: entry.action.to_owned(),
        subject: entry.subject.to_owned(),
        subject_id: entry.subject_id,
        detail: entry.detail.to_owned(),
        previous_hash,
    };
    let hash = written.digest();
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(written.sequence)
        .bind(written.at)
        .bind(written.actor_id)
        .bind(&written.action)
        .bind(&written.subject)
        .bind(written.subject_id)
        .bind(&written.detail)
        .bind(&written.previous_hash)
        .bind(&hash)
        .execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(SET_END).bind(&hash).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// An entry as it is hashed.
#[derive(sqlx::FromRow)]
struct Written {
    sequence: i64,
    #[sqlx(rename = "written_at")]
    at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    action: String,
    subject: String,
    subject_id: Option<Uuid>,
    detail: String,
    previous_hash: Vec<u8>,
}

impl Written {
    /// SHA-256 over every field, each preceded by its length, so that no two entries give the same bytes.
    fn digest(&self) -> Vec<u8> {
        let mut hasher = Sha256::new();
        let fields: [&[u8]; 8] = [
            &self.previous_hash,
            &self.sequence.to_be_bytes(),
            &self.at.timestamp_millis().to_be_bytes(),
            self.actor_id.as_ref().map_or(&[], |id| id.as_bytes()),
            self.action.as_bytes(),
            self.subject.as_bytes(),
            self.subject_id.as_ref().map_or(&[], |id| id.as_bytes()),
            self.detail.as_bytes(),
        ];
        for field in fields {
            hasher.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(field);
        }
        hasher.finalize().to_vec()
    }
}

/// How many entries are held in memory at a time.
const PAGE: i64 = 1_000;

/// Walks the chain from its beginning and says whether it holds.
pub async fn verify(database: &Database) -> Result<Verdict, AppError> {
    const NEXT: &str = "\
SELECT sequence, written_at, actor_id, action, subject, subject_id, detail, previous_hash, hash
FROM audit_entry
WHERE sequence > $1
ORDER BY sequence
LIMIT $2";
    const END: &str = "SELECT sequence, hash FROM audit_end WHERE only_row = 1";

    #[derive(sqlx::FromRow)]
    struct Stored {
        #[sqlx(flatten)]
        written: Written,
        hash: Vec<u8>,
    }

    let (end, end_hash): (i64, Vec<u8>) = on!(database, pool => sqlx::query_as(END).fetch_one(pool).await)?;
    let (mut last, mut last_hash) = (0, vec![0; 32]);
    loop {
        let page: Vec<Stored> = on!(database, pool => sqlx::query_as(NEXT).bind(last).bind(PAGE).fetch_all(pool).await)?;
        if page.is_empty() {
            break;
        }
        for Stored { written, hash } in page {
            if written.sequence > end {
                // Written while this walk was under way.
                return Ok(Verdict::Whole { entries: end });
            }
            if written.sequence != last + 1 || written.previous_hash != last_hash {
                return Ok(Verdict::Broken { at: written.sequence, fault: Fault::Missing });
            }
            if written.digest() != hash {
                return Ok(Verdict::Broken { at: written.sequence, fault: Fault::Changed });
            }
            (last, last_hash) = (written.sequence, hash);
        }
    }
    if last != end || last_hash != end_hash {
        return Ok(Verdict::Broken { at: last + 1, fault: Fault::CutShort });
    }
    Ok(Verdict::Whole { entries: last })
}
