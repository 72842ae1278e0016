//! Who opened what, in the database.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::model::{AccessLine, AccessLog, LINES_ON_A_PAGE, RecordKind};
use crate::access::{Actor, Role, System, holders};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::{PersonId, short_name};

/// What writes down that `$1` was opened: once a day for each reader and kind, and counted from then on.
macro_rules! noted {
    ($whose:literal) => {
        concat!(
            "\
INSERT INTO opened_record (person_id, opened_on, kind, reader_id, role, first_at, last_at, times)
SELECT p.id, $2, $3, $4, $5, $6, $6, 1
FROM person p
WHERE ",
            $whose,
            " = $1
    AND p.id <> $4
ON CONFLICT (person_id, opened_on, kind, reader_id) DO UPDATE
SET role = excluded.role, times = opened_record.times + $7,
    last_at = CASE WHEN excluded.last_at > opened_record.last_at THEN excluded.last_at ELSE opened_record.last_at END"
        )
    };
}

/// Writes down that the actor opens a record of somebody, in the unit of work that reads it; nothing where it is their own.
pub async fn note_opened(transaction: &mut Transaction, actor: &Actor, person: PersonId, kind: RecordKind) -> Result<(), AppError> {
    const NOTE: &str = noted!("p.id");

    on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(person)
        .bind(today(actor))
        .bind(kind)
        .bind(actor.person())
        .bind(role_of(actor, kind))
        .bind(actor.now())
        .bind(1_i64)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// The same for somebody whom an address names, in a unit of work of its own: for what takes longer to lay out than others should wait for the one
/// lock of SQLite. Whoever opens it is shown nothing before this is stored. What a browser asks for once more by itself is written down as well, since
/// anybody could say so, and counts once a day.
pub async fn note_opened_by_code(actor: &Actor, code: &str, kind: RecordKind, is_again: bool) -> Result<(), AppError> {
    const NOTE: &str = noted!("p.code");

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(code)
        .bind(today(actor))
        .bind(kind)
        .bind(actor.person())
        .bind(role_of(actor, kind))
        .bind(actor.now())
        .bind(i64::from(!is_again))
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}

/// The role by which the actor may open such a record. Nobody reads one without; where a function asks for more than one role, the first is named.
fn role_of(actor: &Actor, kind: RecordKind) -> Option<Role> {
    holders(kind.permission()).iter().copied().find(|role| actor.roles().contains(*role))
}

/// From which day on a page and a file show who opened what: for twelve months.
pub fn read_since(actor: &Actor) -> NaiveDate {
    today(actor) - Months::new(12)
}

/// A page of who has opened something of the actor's.
pub async fn access_log(actor: &Actor, page: i64) -> Result<AccessLog, AppError> {
    const IN_ALL: &str = "SELECT COUNT(*) FROM opened_record WHERE person_id = $1 AND opened_on >= $2";

    let total: i64 = on!(actor.database(), pool => sqlx::query_scalar(IN_ALL)
        .bind(actor.person())
        .bind(read_since(actor))
        .fetch_one(pool).await)?;
    Ok(AccessLog { lines: lines(actor, LINES_ON_A_PAGE, (page - 1) * LINES_ON_A_PAGE).await?, page, total })
}

/// Who has opened something of the actor's, the latest day first.
pub(super) async fn lines(actor: &Actor, most: i64, from: i64) -> Result<Vec<AccessLine>, AppError> {
    const LINES: &str = "\
SELECT o.kind, o.role, o.first_at, o.last_at, o.times, p.title, p.given_name, p.family_name
FROM opened_record o
JOIN person p ON p.id = o.reader_id
WHERE o.person_id = $1
    AND o.opened_on >= $2
ORDER BY o.opened_on DESC, o.last_at DESC, o.reader_id, o.kind
LIMIT $3
OFFSET $4";

    #[derive(sqlx::FromRow)]
    struct Row {
        kind: RecordKind,
        role: Role,
        first_at: DateTime<Utc>,
        last_at: DateTime<Utc>,
        times: i64,
        title: String,
        given_name: String,
        family_name: String,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LINES)
        .bind(actor.person())
        .bind(read_since(actor))
        .bind(most)
        .bind(from)
        .fetch_all(pool).await)?;
    let line = |row: Row| AccessLine {
        reader: short_name(&row.title, &row.given_name, &row.family_name),
        role: row.role,
        kind: row.kind,
        first: ::series::local(row.first_at),
        last: ::series::local(row.last_at),
        times: row.times,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Removes what was opened before a day. Answers how many lines there were.
pub(super) async fn remove_before(system: &System, day: NaiveDate) -> Result<u64, AppError> {
    // A read first: most of the time there is nothing, and a write would take the lock of the SQLite file for nothing.
    const FIND: &str = "SELECT COUNT(*) FROM opened_record WHERE opened_on < $1";
    const REMOVE: &str = "DELETE FROM opened_record WHERE opened_on < $1";

    let database = system.database();
    let found: i64 = on!(database, pool => sqlx::query_scalar(FIND).bind(day).fetch_one(pool).await)?;
    if found == 0 {
        return Ok(0);
    }
    Ok(on!(database, pool => sqlx::query(REMOVE).bind(day).execute(pool).await.map(|done| done.rows_affected()))?)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use chrono::TimeDelta;

    use super::*;
    use crate::database::Database;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::{code_of, person};

    async fn open(actor: &Actor, whose: PersonId, kind: RecordKind) {
        let mut transaction = actor.begin().await.unwrap();
        note_opened(&mut transaction, actor, whose, kind).await.unwrap();
        transaction.commit().await.unwrap();
    }

    both_databases! {
        async fn each_reader_each_kind_and_each_day_is_a_line_and_counts(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let colin = person(fixture, "Colin", "Ferris", &[Role::Administrator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let at = |hours| fixture.now() + TimeDelta::hours(hours);
            for hours in [0, 2, 1] {
                open(&fixture.actor_at(at(hours), sian, &[Role::Coordinator]), amina, RecordKind::Details).await;
            }
            open(&fixture.actor_at(at(3), sian, &[Role::Coordinator]), amina, RecordKind::Registration).await;
            open(&fixture.actor_at(at(4), colin, &[Role::Administrator]), amina, RecordKind::Details).await;
            // Half past midnight by British Summer Time, and half past eleven in the evening before by universal time.
            open(&fixture.actor_at("2026-10-22T23:30:00Z".parse().unwrap(), sian, &[Role::Coordinator]), amina, RecordKind::Details).await;
            let reader = fixture.actor_at(at(20), amina, &[Role::Practitioner]);
            let log = access_log(&reader, 1).await.unwrap();
            let shown: Vec<_> = log
                .lines
                .iter()
                .map(|line| {
                    let (first, last) = (line.first.format("%d %H:%M").to_string(), line.last.format("%d %H:%M").to_string());
                    (line.reader.as_str(), line.role, line.kind, format!("{first} {last}"), line.times)
                })
                .collect();
            let coordinator = Role::Coordinator;
            assert_eq!(
                shown,
                [
                    ("Sian L.", coordinator, RecordKind::Details, "23 00:30 23 00:30".to_owned(), 1),
                    ("Colin F.", Role::Administrator, RecordKind::Details, "22 13:00 22 13:00".to_owned(), 1),
                    ("Sian L.", coordinator, RecordKind::Registration, "22 12:00 22 12:00".to_owned(), 1),
                    ("Sian L.", coordinator, RecordKind::Details, "22 09:00 22 11:00".to_owned(), 3),
                ]
            );
            assert_eq!(log.total, 4);
            assert_eq!(access_log(&fixture.actor(sian, &[Role::Coordinator]), 1).await.unwrap().total, 0);
        }

        async fn nothing_is_written_when_somebody_opens_their_own_or_nobody_s(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let actor = fixture.actor(sian, &[Role::Coordinator]);
            open(&actor, sian, RecordKind::Details).await;
            note_opened_by_code(&actor, &code_of(fixture, sian).await, RecordKind::Round, false).await.unwrap();
            note_opened_by_code(&actor, "nobody22", RecordKind::Round, false).await.unwrap();
            let lines: i64 =
                on!(&fixture.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM opened_record").fetch_one(pool).await).unwrap();
            assert_eq!(lines, 0);
        }

        async fn readers_at_one_moment_lose_no_count(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let code = code_of(fixture, amina).await;
            let readers: Vec<_> = (0..10)
                .map(|_| {
                    let (actor, code) = (fixture.actor(sian, &[Role::Coordinator]), code.clone());
                    tokio::spawn(async move { note_opened_by_code(&actor, &code, RecordKind::Round, false).await.unwrap() })
                })
                .collect();
            for reader in readers {
                reader.await.unwrap();
            }
            let log = access_log(&fixture.actor(amina, &[Role::Practitioner]), 1).await.unwrap();
            assert_eq!(log.lines.iter().map(|line| line.times).collect::<Vec<_>>(), [10]);
        }

        async fn what_a_browser_asks_for_once_more_is_written_down_and_counts_once(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let code = code_of(fixture, amina).await;
            let actor = fixture.actor(sian, &[Role::Coordinator]);
            for is_again in [true, false, true] {
                note_opened_by_code(&actor, &code, RecordKind::Round, is_again).await.unwrap();
            }
            let log = access_log(&fixture.actor(amina, &[Role::Practitioner]), 1).await.unwrap();
            assert_eq!(log.lines.iter().map(|line| line.times).collect::<Vec<_>>(), [2]);
        }

        async fn what_is_older_than_twelve_months_is_not_shown(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            open(&fixture.actor(sian, &[Role::Coordinator]), amina, RecordKind::Details).await;
            let at = |days| fixture.actor_at(fixture.now() + TimeDelta::days(days), amina, &[Role::Practitioner]);
            assert_eq!(access_log(&at(365), 1).await.unwrap().total, 1);
            assert_eq!(access_log(&at(366), 1).await.unwrap(), AccessLog { lines: vec![], page: 1, total: 0 });
        }
    }

    #[tokio::test]
    async fn what_was_opened_of_somebody_is_found_by_key_and_what_is_to_be_forgotten_by_its_day() {
        let fixture = Fixture::on_sqlite().await;
        let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
        for (statement, index) in [
            ("SELECT COUNT(*) FROM opened_record WHERE person_id = $1 AND opened_on >= $2", "(person_id=? AND opened_on>?)"),
            ("DELETE FROM opened_record WHERE opened_on < $1", "opened_record_by_day (opened_on<?)"),
        ] {
            let plan: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(pool).await.unwrap();
            assert!(plan.iter().any(|(_, _, _, step)| step.contains(index)), "{plan:#?}");
        }
    }

    #[test]
    fn records_are_opened_in_these_rooms_and_no_list_writes_down_who_reads_it() {
        fn files(folder: &Path) -> Vec<PathBuf> {
            let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
        }
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let is_noting = |path: &PathBuf| fs::read_to_string(path).unwrap().split("#[cfg(test)]").next().unwrap().contains("note_opened");
        let mut found: Vec<String> = files(&source)
            .iter()
            .filter(|path| is_noting(path))
            .map(|path| path.strip_prefix(&source).unwrap().display().to_string())
            .collect();
        found.retain(|path| !path.starts_with("access_log/"));
        found.sort();
        assert_eq!(
            found,
            [
                "availability/store/open.rs",
                "certificates/store/mod.rs",
                "matching/store/page.rs",
                "people/store/record.rs",
                "reflections/store/share.rs",
                "registration/store/page.rs",
                "statements/store/mod.rs",
            ]
        );
    }

    #[test]
    fn every_kind_of_record_is_opened_by_somebody() {
        for kind in RecordKind::ALL {
            assert!(!holders(kind.permission()).is_empty(), "{}", kind.name());
        }
    }
}
