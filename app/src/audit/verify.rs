//! Walking the chain.

use super::entry::{BEGINNING, Written};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;

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
    /// Entries at the end were removed, or the end was moved.
    CutShort,
    /// The entry stands behind the end.
    Added,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "an entry before it is missing",
            Self::Changed => "it was changed after it was written",
            Self::CutShort => "entries at the end were removed, or the note of where the chain ends was changed",
            Self::Added => "it was added behind the end of the chain",
        })
    }
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(flatten)]
    written: Written,
    hash: Vec<u8>,
}

/// How many entries are held in memory at a time.
const PAGE: i64 = 1_000;

/// Walks the chain from its beginning, as it stands at one moment, and says whether it holds.
pub async fn verify(database: &Database) -> Result<Verdict, AppError> {
    verify_within(&mut database.snapshot().await?).await
}

/// The same for what a unit of work sees.
pub async fn verify_within(transaction: &mut Transaction) -> Result<Verdict, AppError> {
    let (end, end_hash) = read_end(transaction).await?;
    let (mut last, mut last_hash) = (0, BEGINNING.to_vec());
    loop {
        let Some(page) = page_after(transaction, last).await? else {
            return Ok(Verdict::Broken { at: last + 1, fault: Fault::Changed });
        };
        if page.is_empty() {
            break;
        }
        for Stored { written, hash } in page {
            if let Some(fault) = fault_of(&written, &hash, last, &last_hash, end) {
                return Ok(Verdict::Broken { at: written.sequence, fault });
            }
            (last, last_hash) = (written.sequence, hash);
        }
    }
    if last != end || last_hash != end_hash {
        return Ok(Verdict::Broken { at: last + 1, fault: Fault::CutShort });
    }
    Ok(Verdict::Whole { entries: last })
}

/// The hash of the last entry, in hexadecimal. Kept elsewhere, it proves later that the chain was not made anew up to there.
pub async fn hash_of_end(transaction: &mut Transaction) -> Result<String, AppError> {
    let (_, hash) = read_end(transaction).await?;
    Ok(data_encoding::HEXLOWER.encode(&hash))
}

async fn read_end(transaction: &mut Transaction) -> Result<(i64, Vec<u8>), AppError> {
    const END: &str = "SELECT sequence, hash FROM audit_end WHERE only_row = 1";
    let end: Option<(i64, Vec<u8>)> = on!(&mut transaction, connection => sqlx::query_as(END).fetch_optional(connection).await)?;
    Ok(end.unwrap_or_default())
}

fn fault_of(written: &Written, hash: &[u8], last: i64, last_hash: &[u8], end: i64) -> Option<Fault> {
    if written.sequence != last + 1 {
        return Some(Fault::Missing);
    }
    if written.previous_hash != last_hash || written.digest() != hash {
        return Some(Fault::Changed);
    }
    (written.sequence > end).then_some(Fault::Added)
}

/// The next entries; nothing where the very next one cannot even be read as an entry.
async fn page_after(transaction: &mut Transaction, last: i64) -> Result<Option<Vec<Stored>>, AppError> {
    for size in [PAGE, 1] {
        match read_page(transaction, last, size).await {
            Err(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {}
            other => return Ok(Some(other?)),
        }
    }
    Ok(None)
}

async fn read_page(transaction: &mut Transaction, last: i64, size: i64) -> Result<Vec<Stored>, sqlx::Error> {
    const NEXT: &str = "\
SELECT sequence, written_at, actor_id, action, subject, subject_id, detail, previous_hash, hash
FROM audit_entry
WHERE sequence > $1
ORDER BY sequence
LIMIT $2";
    on!(&mut transaction, connection => sqlx::query_as(NEXT).bind(last).bind(size).fetch_all(connection).await)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::audit::{Entry, record};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::{catalogue, new_id};
    use crate::people::PersonId;

    const ENTRIES: i64 = 4;

    async fn write_entries(fixture: &Fixture) {
        let actor = fixture.actor(PersonId(new_id()), &[]);
        let mut transaction = actor.begin().await.unwrap();
        for number in 1..=ENTRIES {
            let entry =
                Entry { action: "invite_person", subject: "person", subject_id: Some(new_id()), detail: &format!("version {number}") };
            record(&mut transaction, &actor, entry).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    async fn run(transaction: &mut Transaction, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        on!(&mut transaction, connection => sqlx::raw_sql(statement).execute(connection).await.map(|_| ())).unwrap();
    }

    /// What verification finds after a statement that got past the triggers; afterwards all is as it was.
    async fn verdict_after(fixture: &Fixture, statement: &str) -> Verdict {
        let mut transaction = fixture.database.begin().await.unwrap();
        let past_the_triggers = match transaction {
            Transaction::Sqlite(_) => "DROP TRIGGER audit_entry_is_never_changed; DROP TRIGGER audit_entry_is_never_removed",
            Transaction::Postgres(_) => "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        };
        run(&mut transaction, past_the_triggers).await;
        run(&mut transaction, statement).await;
        verify_within(&mut transaction).await.unwrap()
    }

    /// Other values for each column of an entry, in the words of the database.
    fn tampering(database: &Database) -> Vec<(&'static str, &'static str)> {
        let shared = [
            ("sequence", "sequence + 100"),
            ("actor_id", "NULL"),
            ("action", "'remove_person'"),
            ("action", "action || ' '"),
            ("subject", "'group'"),
            ("subject_id", "NULL"),
            ("detail", "''"),
            ("detail", "replace(detail, 'version', 'Version')"),
        ];
        let own = match database {
            Database::Sqlite(_) => [
                ("written_at", "'2026-10-22T08:00:00.001+00:00'"),
                ("written_at", "'2026-10-22T08:00:00.000001+00:00'"),
                ("written_at", "'yesterday'"),
                ("actor_id", "randomblob(16)"),
                ("actor_id", "x'00'"),
                ("subject_id", "randomblob(16)"),
                ("previous_hash", "randomblob(32)"),
                ("hash", "randomblob(32)"),
            ],
            Database::Postgres(_) => [
                ("written_at", "written_at + INTERVAL '1 millisecond'"),
                ("written_at", "written_at + INTERVAL '1 microsecond'"),
                ("written_at", "written_at - INTERVAL '1 day'"),
                ("actor_id", "gen_random_uuid()"),
                ("actor_id", "subject_id"),
                ("subject_id", "gen_random_uuid()"),
                ("previous_hash", "sha256('')"),
                ("hash", "sha256('')"),
            ],
        };
        shared.into_iter().chain(own).collect()
    }

    both_databases! {
        async fn a_chain_that_nobody_touched_is_whole(fixture: Fixture) {
            assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 0 }));
            write_entries(fixture).await;
            assert_eq!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: ENTRIES });
            let mut transaction = fixture.database.begin().await.unwrap();
            assert_eq!(hash_of_end(&mut transaction).await.unwrap().len(), 64);
        }

        async fn the_database_itself_refuses_to_change_or_remove_an_entry(fixture: Fixture) {
            write_entries(fixture).await;
            for statement in ["UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry WHERE sequence = 4"] {
                let refused = on!(&fixture.database, pool => sqlx::query(statement).execute(pool).await.map(|_| ()));
                assert!(refused.unwrap_err().to_string().contains("an audit entry is never"));
            }
        }

        async fn a_change_of_any_column_of_any_entry_is_found(fixture: Fixture) {
            write_entries(fixture).await;
            let tampering = tampering(&fixture.database);
            let tables = catalogue::tables(&mut fixture.database.begin().await.unwrap()).await.unwrap();
            let entries = tables.into_iter().find(|table| table.name == "audit_entry").unwrap();
            let columns: BTreeSet<_> = entries.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(tampering.iter().map(|(column, _)| *column).collect::<BTreeSet<_>>(), columns);
            for (column, value) in tampering {
                for number in 1..=ENTRIES {
                    let statement = format!("UPDATE audit_entry SET {column} = {value} WHERE sequence = {number}");
                    let verdict = verdict_after(fixture, &statement).await;
                    let Verdict::Broken { at, fault } = verdict else { panic!("{statement} was not found") };
                    if column == "sequence" {
                        assert!(matches!(fault, Fault::Missing | Fault::CutShort), "{statement}: {fault:?} at {at}");
                    } else {
                        assert_eq!((at, fault), (number, Fault::Changed), "{statement}");
                    }
                }
            }
            assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { .. }));
        }

        async fn a_removed_entry_is_found(fixture: Fixture) {
            write_entries(fixture).await;
            for number in 1..ENTRIES {
                let verdict = verdict_after(fixture, &format!("DELETE FROM audit_entry WHERE sequence = {number}")).await;
                assert_eq!(verdict, Verdict::Broken { at: number + 1, fault: Fault::Missing });
            }
        }

        async fn a_cut_end_is_found(fixture: Fixture) {
            write_entries(fixture).await;
            for statement in [
                "DELETE FROM audit_entry WHERE sequence = 4",
                "DELETE FROM audit_entry WHERE sequence > 2; UPDATE audit_end SET sequence = 2",
                "DELETE FROM audit_entry",
                "DELETE FROM audit_entry; DELETE FROM audit_end",
                "UPDATE audit_end SET sequence = 5",
            ] {
                let verdict = verdict_after(fixture, statement).await;
                assert!(matches!(verdict, Verdict::Broken { fault: Fault::CutShort, .. }), "{statement}: {verdict:?}");
            }
            let verdict = verdict_after(fixture, "UPDATE audit_end SET sequence = 3").await;
            assert_eq!(verdict, Verdict::Broken { at: 4, fault: Fault::Added });
        }

        async fn two_entries_that_changed_places_are_found(fixture: Fixture) {
            write_entries(fixture).await;
            let swap = "UPDATE audit_entry SET sequence = -2 WHERE sequence = 2; \
                UPDATE audit_entry SET sequence = 2 WHERE sequence = 3; \
                UPDATE audit_entry SET sequence = 3 WHERE sequence = -2";
            assert_eq!(verdict_after(fixture, swap).await, Verdict::Broken { at: 2, fault: Fault::Changed });
        }
    }
}
