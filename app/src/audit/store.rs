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
    append_last(transaction, Some(actor.person().0), actor.now(), entry);
    Ok(())
}

/// Appends an entry by the program; its reason becomes the detail's beginning.
pub async fn record_by_system(transaction: &mut Transaction, system: &System, entry: Entry<'_>) -> Result<(), AppError> {
    let detail = format!("{}: {}", system.reason(), entry.detail);
    append_last(transaction, None, system.now(), Entry { detail: &detail, ..entry });
    Ok(())
}

/// Appends an entry by a person who is not an [`Actor`] yet: somebody who signs in, accepts an invitation or resets a password.
pub async fn record_by_person(
    transaction: &mut Transaction,
    person: PersonId,
    now: DateTime<Utc>,
    entry: Entry<'_>,
) -> Result<(), AppError> {
    append_last(transaction, Some(person.0), now, entry);
    Ok(())
}

/// Appends an entry about somebody who has not proved who they are, for example of a limit that was reached.
pub async fn record_by_anyone(transaction: &mut Transaction, now: DateTime<Utc>, entry: Entry<'_>) -> Result<(), AppError> {
    append_last(transaction, None, now, entry);
    Ok(())
}

/// What is known of an entry before its place in the chain is.
struct Waiting {
    actor_id: Option<Uuid>,
    at: DateTime<Utc>,
    action: &'static str,
    subject: &'static str,
    subject_id: Option<Uuid>,
    detail: String,
}

/// The end of the chain is one row for the whole product, so it is taken when everything else is written: a unit of work that held it while
/// it waits for another row would keep everybody waiting, and might wait for one that waits for it.
fn append_last(transaction: &mut Transaction, actor_id: Option<Uuid>, at: DateTime<Utc>, entry: Entry<'_>) {
    let waiting = Waiting {
        actor_id,
        at,
        action: entry.action,
        subject: entry.subject,
        subject_id: entry.subject_id,
        detail: entry.detail.to_owned(),
    };
    transaction.at_the_end(move |transaction| Box::pin(append(transaction, waiting)));
}

async fn append(transaction: &mut Transaction, waiting: Waiting) -> Result<(), AppError> {
    // Taking the row puts concurrent writers in order; on Postgres the others wait here until this one commits.
    const TAKE_END: &str = "UPDATE audit_end SET sequence = sequence + 1 WHERE only_row = 1 RETURNING sequence, hash";
    const INSERT: &str = "\
INSERT INTO audit_entry (sequence, written_at, actor_id, action, subject, subject_id, detail, previous_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    const SET_END: &str = "UPDATE audit_end SET hash = $1 WHERE only_row = 1";

    let (sequence, previous_hash): (i64, Vec<u8>) =
        on!(&mut transaction, connection => sqlx::query_as(TAKE_END).fetch_one(connection).await)?;
    let written = Written {
        sequence,
        at: waiting.at,
        actor_id: waiting.actor_id,
        action: waiting.action.to_owned(),
        subject: waiting.subject.to_owned(),
        subject_id: waiting.subject_id,
        detail: waiting.detail,
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
    use crate::people::fixture::person;

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

        async fn two_who_change_one_thing_and_write_it_down_in_the_other_order_both_come_through(fixture: Fixture) {
            const CHANGE: &str = "UPDATE person SET version = version + 1 WHERE id = $1";
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let actor = fixture.actor(amina, &[]);
            let entry = Entry { action: "change_person", subject: "person", subject_id: None, detail: "" };
            let pause = || tokio::time::sleep(std::time::Duration::from_millis(100));
            let writes_first = async {
                let mut transaction = actor.begin().await.unwrap();
                record(&mut transaction, &actor, entry.clone()).await.unwrap();
                pause().await;
                on!(&mut transaction, connection => sqlx::query(CHANGE).bind(amina).execute(connection).await.map(|_| ())).unwrap();
                transaction.commit().await
            };
            let changes_first = async {
                let mut transaction = actor.begin().await.unwrap();
                on!(&mut transaction, connection => sqlx::query(CHANGE).bind(amina).execute(connection).await.map(|_| ())).unwrap();
                pause().await;
                record(&mut transaction, &actor, entry.clone()).await.unwrap();
                transaction.commit().await
            };
            assert_eq!(tokio::join!(writes_first, changes_first), (Ok(()), Ok(())));
            assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 2 }));
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
