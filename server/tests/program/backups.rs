//! A backup holds everything, and can be restored into either database; one that is not whole changes nothing.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::installation::Installation;

/// What early tables have been given since; they hold no row in that test.
const LATER_COLUMNS: [&str; 6] =
    [",\"without_step_since\"", ",\"about\"", ",\"calendar\"", ",\"stops_at\"", ",\"told_at\"", ",\"leads_to\""];
const COUNT_PEOPLE: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM person";

/// The lines of a backup without those that differ from one backup to the next: when it was made, and the audit log, which tells of every
/// restore.
fn lines_of_backup(path: &Path) -> Vec<String> {
    let mut is_audit = false;
    let told = |line: &String| {
        if line.starts_with("{\"table\"") {
            is_audit = line.starts_with("{\"table\":\"audit_");
        }
        !is_audit && !line.contains("\"format\"") && !line.contains("\"sha256\"")
    };
    every_line_of_backup(path).into_iter().filter(told).collect()
}

fn every_line_of_backup(path: &Path) -> Vec<String> {
    let file = std::fs::File::open(path).unwrap();
    BufReader::new(flate2::read::GzDecoder::new(file)).lines().map(Result::unwrap).collect()
}

/// Fails at the first line that differs, and shows no other.
fn assert_same(one: &str, other: &str) {
    let (one, other) = (lines_of_backup(one.as_ref()), lines_of_backup(other.as_ref()));
    for (line, counterpart) in one.iter().zip(&other) {
        assert_eq!(line, counterpart);
    }
    assert_eq!(one.len(), other.len());
}

fn backup(installation: &Installation, name: &str) -> String {
    let path = installation.file(name).display().to_string();
    installation.succeed(&["backup", "--to", &path]);
    path
}

#[tokio::test]
async fn a_backup_travels_between_the_two_databases_and_back_without_a_change() {
    for (from, through) in
        [(Installation::on_sqlite(), Installation::on_postgres().await), (Installation::on_postgres().await, Installation::on_sqlite())]
    {
        from.succeed(&["demo"]);
        let mut server = from.serve();
        assert!(server.browser().sign_in_as("coordinator"));
        server.terminate();
        server.wait_for_end();
        let first = backup(&from, "first.gz");
        through.succeed(&["restore", &first]);
        let second = backup(&through, "second.gz");
        from.succeed(&["restore", "--replace", &second]);
        let third = backup(&from, "third.gz");
        assert!(lines_of_backup(first.as_ref()).len() > 5_000);
        assert_same(&first, &second);
        assert_same(&first, &third);
        assert!(through.succeed(&["audit", "verify"]).contains("The audit log is whole"));
        assert!(through.serve().browser().sign_in_as("coordinator"));
    }
}

#[tokio::test]
async fn a_backup_that_is_made_while_the_server_writes_shows_one_moment() {
    for installation in Installation::of_both_kinds_with_people().await {
        let server = installation.serve();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            // Also where an assertion fails, since the writers would go on for ever otherwise.
            let _stop = StopOnDrop(&is_over);
            for _ in 0..3 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        assert!(server.browser().sign_in_as("practitioner"));
                    }
                });
            }
            for number in 0..3 {
                let path = installation.file(&format!("{number}.gz")).display().to_string();
                let said = installation.succeed(&["backup", "--to", &path]);
                // The chain and its end are of one moment, so it is whole; and each sign-in stands there with its entry.
                assert!(said.contains("The audit log is whole"), "{said}");
                let lines = every_line_of_backup(path.as_ref());
                let sign_ins = lines.iter().find(|line| line.starts_with("{\"end\":\"sign_in\"")).unwrap();
                let entries = lines.iter().filter(|line| line.contains("\"sign_in\",\"sign_in\"")).count();
                assert_eq!(*sign_ins, format!("{{\"end\":\"sign_in\",\"rows\":{entries}}}"), "one entry tells of each sign-in");
            }
        });
    }
}

/// Tells writers to stop when it goes out of scope.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_database_with_people_in_it_is_not_overwritten_without_being_told() {
    for installation in Installation::of_both_kinds_with_people().await {
        let path = backup(&installation, "backup.gz");
        installation.sql("UPDATE person SET profession = 'changed since'").await;
        let sentence = installation.fail(&["restore", &path]);
        assert!(sentence.contains("is left alone") && sentence.contains("--replace"), "{sentence}");
        assert_eq!(installation.texts("SELECT profession FROM person WHERE profession <> 'changed since'").await, [""; 0]);
        installation.succeed(&["restore", "--replace", &path]);
        assert_eq!(installation.texts("SELECT profession FROM person WHERE profession = 'changed since'").await, [""; 0]);
        assert!(installation.succeed(&["audit", "verify"]).contains("3 entries"));
    }
}

#[tokio::test]
async fn a_backup_of_an_older_schema_is_brought_up_to_date() {
    for installation in [Installation::on_sqlite(), Installation::on_postgres().await] {
        installation.succeed(&["migrate"]);
        let path = backup(&installation, "now.gz");
        // The same backup as a version before would have made it: without the tables and columns of later steps.
        let lines: Vec<String> =
            BufReader::new(flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap())).lines().map(Result::unwrap).collect();
        let early = [
            "attempt",
            "attempt_bucket",
            "audit_end",
            "audit_entry",
            "authority",
            "credential",
            "message",
            "one_time_link",
            "people_search",
            "person",
            "person_role",
            "recovery_code",
            "sign_in",
        ];
        let mut is_early = false;
        let of_early_tables = |line: &&String| {
            // A row belongs to the table that was named last.
            if !line.starts_with('[') {
                is_early = early.iter().any(|table| line.split('"').nth(3) == Some(*table));
            }
            is_early
        };
        let kept: Vec<String> = lines
            .iter()
            .filter(of_early_tables)
            .map(|line| LATER_COLUMNS.iter().fold(line.clone(), |line, column| line.replace(column, "")))
            .collect();
        let header = lines.first().unwrap().replace(&format!("\"schema\":{}", app::database::Database::newest_step()), "\"schema\":5");
        assert!(header.contains("\"schema\":5"), "{header}");
        write_backup(&installation.file("then.gz"), &header, &kept);
        installation.succeed(&["restore", "--replace", &installation.file("then.gz").display().to_string()]);
        installation.succeed(&["audit", "verify"]);
        assert_eq!(installation.texts(COUNT_PEOPLE).await, ["0"]);
    }
}

fn write_backup(path: &Path, header: &str, lines: &[String]) {
    use sha2::{Digest, Sha256};
    use std::io::Write;

    let lines: Vec<&str> = std::iter::once(header).chain(lines.iter().map(|line| line.as_str())).collect();
    let rows = lines.iter().filter(|line| line.starts_with('[')).count();
    let text = format!("{}\n", lines.join("\n"));
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&text));
    let mut file = flate2::write::GzEncoder::new(std::fs::File::create(path).unwrap(), flate2::Compression::fast());
    writeln!(file, "{text}{{\"rows\":{rows},\"sha256\":\"{sha256}\"}}").unwrap();
    file.finish().unwrap();
}

#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused_before_anything_is_touched() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let path = backup(&installation, "whole.gz");
    let bytes = std::fs::read(&path).unwrap();
    let people = installation.texts(COUNT_PEOPLE).await;

    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 0x10;
    let text: Vec<String> = BufReader::new(flate2::read::GzDecoder::new(bytes.as_slice())).lines().map(Result::unwrap).collect();
    let gzip = |text: String| {
        use std::io::Write;
        let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        file.write_all(text.as_bytes()).unwrap();
        file.finish().unwrap()
    };
    let edited = gzip(format!("{}\n", text.join("\n").replace("Health visitor", "Health Visitor")));
    let without_end = gzip(text[..text.len() - 1].join("\n"));
    let newer = gzip(text.join("\n").replacen("\"schema\":", "\"schema\":9", 1));

    for (name, content, reason) in [
        ("cut", &bytes[..bytes.len() / 2], "its end is missing"),
        ("empty", &[][..], "is no backup of Reverie"),
        ("other", b"PK\x03\x04 something else", "is no backup of Reverie"),
        ("flipped", &flipped, "is damaged"),
        ("edited", &edited, "is damaged"),
        ("without end", &without_end, "its end is missing"),
        ("newer", &newer, "is damaged"),
    ] {
        let file = installation.file(name);
        std::fs::write(&file, content).unwrap();
        let sentence = installation.fail(&["restore", "--replace", &file.display().to_string()]);
        assert!(sentence.contains(reason), "{name}: {sentence}");
        assert_eq!(installation.texts(COUNT_PEOPLE).await, people, "{name}");
    }
}

#[tokio::test]
async fn a_backup_has_a_name_of_its_own_and_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let installation = Installation::on_sqlite().with("REVERIE_NOW", "2026-10-22T08:50:00Z");
    installation.succeed(&["demo"]);
    installation.succeed(&["backup"]);
    let path = installation.file("backups/reverie-20261022T085000Z.jsonl.gz");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let sentence = installation.fail(&["backup", "--to", &path.display().to_string()]);
    assert!(sentence.ends_with("is there already; name another file with --to"), "{sentence}");
    let sentence = installation.fail(&["restore", "nowhere.gz"]);
    assert!(sentence.starts_with("the file of the backup"), "{sentence}");
    let left = std::fs::read_dir(installation.file("backups")).unwrap().count();
    assert_eq!(left, 1, "nothing unfinished is left behind");
}
