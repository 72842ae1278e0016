//! Why a database did not do what was asked, in words for whoever runs the server.
//!
//! A database's own message can quote the row that it refused or the address that it was reached at, so of an error only the kind is kept.

use sqlx::Error;

/// The cause of an error in a sentence that holds nothing personal and no secret.
pub fn explain(cause: &Error) -> String {
    match cause {
        Error::Configuration(_) => "the address in DATABASE_URL cannot be read".to_owned(),
        Error::Io(problem) => format!("the database server cannot be reached ({})", problem.kind()),
        Error::Tls(_) => "no safe connection to the database server could be made".to_owned(),
        Error::PoolTimedOut => "no connection to the database became free within 5 seconds".to_owned(),
        Error::Database(answer) => {
            let code = answer.code().unwrap_or_default();
            let known = if is_sqlite(cause) { sqlite_fault(&code) } else { postgres_fault(&code) };
            known.map_or_else(|| format!("the database answered {:?} (code {code})", answer.kind()), ToOwned::to_owned)
        }
        other => other.to_string(),
    }
}

/// Whether another process has kept a SQLite file to itself for longer than we wait for it.
pub fn is_locked(cause: &Error) -> bool {
    let code = cause.as_database_error().and_then(|answer| answer.code());
    is_sqlite(cause) && code.is_some_and(|code| matches!(primary(&code), Some(5 | 6)))
}

/// Whether a statement failed because there is no such table.
pub fn is_table_missing(cause: &Error) -> bool {
    let code = cause.as_database_error().and_then(|answer| answer.code());
    code.is_some_and(|code| if is_sqlite(cause) { primary(&code) == Some(1) } else { code == "42P01" })
}

fn is_sqlite(cause: &Error) -> bool {
    cause.as_database_error().is_some_and(|answer| answer.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some())
}

/// The kind of a SQLite error, which stands in the lowest eight bits of its code.
fn primary(code: &str) -> Option<i32> {
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

fn sqlite_fault(code: &str) -> Option<&'static str> {
    Some(match primary(code)? {
        5 | 6 => "another program keeps the database file locked",
        8 => "the database file cannot be written to; give the user that runs Reverie the right to write the file and its folder",
        10 => "the disk that holds the database reports an error",
        11 | 26 => "the file is damaged, or is no SQLite database; restore a backup",
        13 => "the disk that holds the database is full",
        14 => "the database file cannot be opened; its folder must exist and be open to the user that runs Reverie",
        _ => return None,
    })
}

fn postgres_fault(code: &str) -> Option<&'static str> {
    Some(match code {
        "28P01" | "28000" => "the database server refuses the user or the password in DATABASE_URL",
        "3D000" => "the database server has no database of the name in DATABASE_URL; make it with CREATE DATABASE",
        "25006" => "the database server takes no changes at present (it may be a standby)",
        "42501" => "the user in DATABASE_URL lacks a right on the database; it must own it",
        "53100" => "the disk of the database server is full",
        "53300" => "the database server has no connection left",
        "57P01" | "57P02" | "57P03" => "the database server is stopping or starting",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_never_repeats_an_address() {
        let cause = Error::Configuration("postgres://reverie:hunter2@db".into());
        assert_eq!(explain(&cause), "the address in DATABASE_URL cannot be read");
    }

    #[test]
    fn an_extended_code_of_sqlite_is_known_by_its_kind() {
        // SQLITE_READONLY_DIRECTORY and SQLITE_BUSY_SNAPSHOT.
        assert!(sqlite_fault("1544").unwrap().contains("cannot be written"));
        assert!(sqlite_fault("517").unwrap().contains("locked"));
        assert!(sqlite_fault("1").is_none());
    }
}
