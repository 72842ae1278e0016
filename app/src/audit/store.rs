//! Appending to the chain.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::entry::{Entry, Written};
use crate::access::{Actor, System};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

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
    person: PersonId,
    now: DateTime<Utc>,
    entry: Entry<'_>,
) -> Result<(), AppError> {
    append(transaction, Some(person.0), now, entry).await
}

/// Appends an entry about somebody who has not proved who they are, for example of a limit that was reached.
pub async fn record_by_anyone(transaction: &mut Transaction, now: DateTime<Utc>, entry: Entry<'_>) -> Result<(), AppError> {
    append(transaction, None, now, entry).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Verdict, verify};
    use crate::database::fixture::both_databases;
    use crate::database::new_id;

    both_databases! {
        async fn writers_who_write_at_once_make_one_chain(fixture: Fixture) {
            let writers: Vec<_> = (0..8)
                .map(|_| {
                    let actor = fixture.actor(PersonId(new_id()), &[]);
                    tokio::spawn(async move {
                        for _ in 0..10 {
                            let mut transaction = actor.begin().await.unwrap();
                            let entry = Entry { action: "invite_person", subject: "person", subject_id: None, detail: "" };
                            record(&mut transaction, &actor, entry).await.unwrap();
                            tokio::task::yield_now().await;
                            transaction.commit().await.unwrap();
                        }
                    })
                })
                .collect();
            for writer in writers {
                writer.await.unwrap();
            }
            assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 80 }));
        }

        async fn an_entry_is_stored_with_what_it_tells_of_or_not_at_all(fixture: Fixture) {
            let actor = fixture.actor(PersonId(new_id()), &[]);
            for undone in [false, true, false] {
                let mut transaction = actor.begin().await.unwrap();
                let entry = Entry { action: "invite_person", subject: "person", subject_id: None, detail: "" };
                record(&mut transaction, &actor, entry).await.unwrap();
                if !undone {
                    transaction.commit().await.unwrap();
                }
            }
            assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 2 }));
        }
    }
}
