//! Who belonged to those whom an event is for as it began, noted before that changes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::space::{STARTING, reads_space};
use crate::database::{Transaction, on};
use crate::error::AppError;

/// Notes of everybody with a place at an event that has begun, and of everybody who waits for one, whether they belong to those whom it is for: to be called
/// before anything changes by which somebody does. An event whose answers stand already has nothing to note, and that is every event but for the minute
/// after its beginning.
pub async fn note_who_belonged(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<(), AppError> {
    // The event is taken, as by everybody who counts its places.
    const BEGUN: &str = "\
UPDATE event
SET version = version
WHERE starts_at <= $1
    AND settled_at IS NULL
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL
RETURNING id, starts_at";
    const NOTE: &str = concat!(
        "\
UPDATE event_answer
SET belonged = EXISTS (
    SELECT 1
    FROM event e
    JOIN space home ON home.id = e.space_id
    JOIN person p ON p.id = event_answer.person_id
    WHERE e.id = event_answer.event_id
        AND p.standing = 'registered'
        AND ",
        reads_space!("home", "p.id", "$2"),
        "
)
WHERE event_id = $1
    AND answer IN ('yes', 'waiting')
    AND belonged IS NULL"
    );

    let begun: Vec<(Uuid, DateTime<Utc>)> =
        on!(&mut transaction, connection => sqlx::query_as(BEGUN).bind(now).fetch_all(connection).await)?;
    for (event, starts_at) in begun {
        on!(&mut transaction, connection => sqlx::query(NOTE)
            .bind(event)
            .bind(starts_at - STARTING)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Where somebody comes to be, of whom nothing is to be noted: nobody has a place who has just been added, or has not come in yet. Roles are set by those
    /// who change a person, which notes it.
    const OF_NOBODY_YET: [&str; 5] = [
        "people/store/add.rs",
        "people/store/remove.rs",
        "people/store/roles.rs",
        "sign_in/store/administrator.rs",
        "sign_in/store/invitations.rs",
    ];

    /// What changes a fact by which somebody belongs, as it stands in statements.
    const CHANGES: [&str; 14] = [
        "UPDATE person\n",
        "UPDATE person ",
        "INSERT INTO person_role",
        "DELETE FROM person_role",
        "INSERT INTO registration ",
        "UPDATE registration",
        "DELETE FROM registration ",
        "INSERT INTO offering",
        "UPDATE offering",
        "DELETE FROM offering",
        "INSERT INTO space_moderator",
        "DELETE FROM space_moderator",
        "INSERT INTO work_confirmation",
        "UPDATE work_confirmation",
    ];

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn whatever_changes_who_belongs_notes_it_first() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        for file in files(&source) {
            let name = file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
            let is_of_tests = ["tests", "fixture", "demonstration", "leaks", "story", "belonging/"].iter().any(|part| name.contains(part));
            let whole = fs::read_to_string(&file).unwrap();
            let text = whole.split("#[cfg(test)]\nmod tests {").next().unwrap();
            // A row that is only taken is as it was.
            let text = text.replace("UPDATE person SET version = version WHERE", "");
            if !is_of_tests && CHANGES.iter().any(|change| text.contains(change)) && !OF_NOBODY_YET.contains(&name.as_str()) {
                assert!(text.contains("note_who_belonged("), "{name}");
                found.push(name);
            }
        }
        found.sort();
        assert_eq!(
            found,
            [
                "people/store/change.rs",
                "people/store/colleagues.rs",
                "people/store/confirm.rs",
                "people/store/joining.rs",
                "registration/store/answer.rs",
                "spaces/store/keep.rs"
            ],
            "every one of them is known"
        );
    }
}
