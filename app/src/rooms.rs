//! The order of the rooms, which ARCHITECTURE.md promises: each imports from those above it in `lib.rs`, and there are no circles.

use std::fs;
use std::path::{Path, PathBuf};

/// Who somebody is, and which group is meant, is known everywhere: identities and names, which import nothing of the rooms below them.
const KNOWN_EVERYWHERE: [&str; 2] = ["people", "groups::GroupId"];

/// The route table and what stands around a page need one another.
const ONE_ROOM: [&str; 2] = ["routes", "shell"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What a file imports of the crate, in its own code, such as `people::PersonId`.
fn imports(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split("crate::").skip(1)).collect()
}

#[test]
fn each_room_imports_only_from_the_rooms_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(source.join("lib.rs")).unwrap();
    let rooms: Vec<&str> = lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 30, "{rooms:?}");
    let place = |name: &str| rooms.iter().position(|room| *room == name);
    let mut circles = Vec::new();
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap().to_str().unwrap();
        let is_for_tests = path.contains("tests") || path.contains("fixture") || path.contains("leaks");
        let room = path.split(['/', '.']).next().unwrap();
        let Some(own) = place(room).filter(|_| !is_for_tests) else { continue };
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            let other = import.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next().unwrap();
            let is_known = KNOWN_EVERYWHERE.iter().any(|known| import.starts_with(known));
            let is_one = ONE_ROOM.contains(&room) && ONE_ROOM.contains(&other);
            if place(other).is_some_and(|other| other > own) && !is_known && !is_one {
                circles.push(format!("{path} imports {other}"));
            }
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}
