//! Every server function with what it asks for: what the deny-by-default layer, the access document and the test of the whole matrix read.

use crate::access::Asks;

/// The tables of the capabilities, in the order of the code map.
const TABLES: &[&[Asks]] = &[
    crate::access_log::ASKS,
    crate::audit::ASKS,
    crate::messages::ASKS,
    crate::sign_in::ASKS,
    crate::sign_in::OWN_ASKS,
    crate::account::ASKS,
    crate::people::ASKS,
    crate::authorities::ASKS,
    crate::groups::ASKS,
    crate::agreements::ASKS,
    crate::busy::ASKS,
    crate::closures::ASKS,
    crate::availability::ASKS,
    crate::series::ASKS,
    crate::sessions::ASKS,
    crate::changes::ASKS,
    crate::clinics::ASKS,
    crate::hosts::ASKS,
    crate::reminders::ASKS,
    crate::renewals::ASKS,
    crate::polls::ASKS,
    crate::waiting::ASKS,
    crate::registration::ASKS,
    crate::imports::ASKS,
    crate::holds::ASKS,
    crate::matching::ASKS,
    crate::asking::ASKS,
    crate::spaces::ASKS,
    crate::spaces::DRAFTING,
    crate::spaces::ATTACHING,
    crate::spaces::OWN,
    crate::spaces::POLLING,
    crate::spaces::TOLD,
    crate::openings::ASKS,
    crate::moderation::ASKS,
    crate::calendar::ASKS,
    crate::board::ASKS,
    crate::cover::ASKS,
    crate::overdue::ASKS,
    crate::hours::ASKS,
    crate::statements::ASKS,
    crate::library::ASKS,
    crate::learning::ASKS,
    crate::cpd::ASKS,
    crate::certificates::ASKS,
    crate::feeds::ASKS,
    crate::today::ASKS,
    crate::reflections::ASKS,
    crate::themes::ASKS,
    crate::digest::ASKS,
    crate::search::ASKS,
    crate::events::ASKS,
];

/// Every function.
pub fn all() -> impl Iterator<Item = Asks> {
    TABLES.iter().flat_map(|table| table.iter().copied())
}

/// Whether the whole world may call the function at a path. A path that no table names is closed.
pub fn is_open_to_anyone(path: &str) -> bool {
    all().any(|function| function.path == path && function.permission.is_none())
}

/// The document that assurance asks for: which role may do what, and which function asks for it.
pub fn access_document() -> String {
    use crate::access::{Permission, Role, holders};
    use crate::downloads::{CERTIFICATE_FILES, COMMUNITY_FILES, DOWNLOADS, IMPORT_FILES, OWN_FILES, ROUND_FILES};
    use std::fmt::Write;

    let mut document = String::from(
        "# Who may do what\n\nMade from `app/src/access/matrix.rs` and the tables beside the server functions; a test keeps it true. Whoever is not named is\nrefused. Whose group, whose session, whose record is settled in each statement, and what somebody may not read answers as if it did not exist.\n",
    );
    for permission in Permission::ALL {
        let roles: Vec<&str> = holders(permission).iter().map(|role: &Role| role.name()).collect();
        let functions: Vec<String> = all()
            .filter(|function| function.permission == Some(permission))
            .map(|function| format!("`{}`", function.path.trim_start_matches("/api/")))
            .collect();
        let _infallible = write!(
            document,
            "\n## {}\n\n- Roles: {}\n- Functions: {}\n",
            permission.sentence(),
            roles.join(", "),
            list_or_none(&functions)
        );
        let files: Vec<String> = DOWNLOADS
            .iter()
            .chain(&ROUND_FILES)
            .chain(&OWN_FILES)
            .chain(&IMPORT_FILES)
            .chain(&CERTIFICATE_FILES)
            .chain(&COMMUNITY_FILES)
            .filter(|(_, asked)| *asked == permission)
            .map(|(path, _)| format!("`{path}`"))
            .collect();
        if !files.is_empty() {
            let _infallible = writeln!(document, "- Files: {}", files.join(", "));
        }
    }
    let open: Vec<String> = all()
        .filter(|function| function.permission.is_none())
        .map(|function| format!("`{}`", function.path.trim_start_matches("/api/")))
        .collect();
    let _infallible = write!(document, "\n## Open to anyone\n\n- Functions: {}\n", list_or_none(&open));
    document
}

fn list_or_none(words: &[String]) -> String {
    if words.is_empty() { "none yet".to_owned() } else { words.join(", ") }
}
