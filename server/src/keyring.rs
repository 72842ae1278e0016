//! Finds the keys of what people write for themselves alone, and makes the first one.
//!
//! The keyring is a file of its own, in no backup. Where the database holds what the keyring cannot open, the server does not start: it would
//! seem as if words were lost that are only locked, and a new key would be mixed with the old one without anybody knowing.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use app::database::Database;
use app::error::AppError;
use app::reflections::store::{marks_in_use, sealed_with, seals_with};
use app::sealing::{DEMONSTRATION, Keyring, KeyringError};

use crate::config::Config;

/// Why there are no keys to work with. Nothing is lost by any of these.
#[derive(Debug, thiserror::Error)]
pub enum NoKeyring {
    /// What was written before, or is written by another server, needs a file that is not there.
    #[error(
        "there is no keyring at {}, and this database is sealed with the key {mark}. Put that file back, or say where it is with the setting `keyring`. Nothing is lost meanwhile. If the file is gone for good, write a keyring with a new key and the line `lost {mark}`: what the lost key sealed then stays closed, and everything else works", .path.display()
    )]
    IsMissing { path: PathBuf, mark: String },
    /// The file has other keys.
    #[error(
        "the keyring at {} does not hold the key {mark}, with which this database is sealed. Every server of one database needs the same keyring: add that key below the others, or put the right file in its place. Nothing is lost meanwhile. If the key is gone for good, add the line `lost {mark}`", .path.display()
    )]
    IsAnother { path: PathBuf, mark: String },
    /// Something is wrong with its text.
    #[error("the keyring at {} cannot be used: {cause}", .path.display())]
    Unreadable { path: PathBuf, cause: KeyringError },
    /// The file system refused.
    #[error("the keyring at {} cannot be read or made: {cause}; the setting `keyring` can name another file", .path.display())]
    Refused { path: PathBuf, cause: ErrorKind },
    /// The database refused.
    #[error("{0}")]
    Database(#[from] AppError),
}

/// The keyring of a server: the one in its file, which is made where nothing was ever sealed; in a demonstration the one inside the program.
pub async fn open(config: &Config, database: &Database) -> Result<Keyring, NoKeyring> {
    if config.demonstration {
        return Ok(Keyring::of_demonstration());
    }
    let path = config.keyring();
    let in_use: Vec<String> = marks_in_use(database).await?.into_iter().filter(|mark| mark != DEMONSTRATION).collect();
    let keyring = match fs::read_to_string(&path) {
        Ok(text) => Keyring::read(&text).map_err(|cause| NoKeyring::Unreadable { path: path.clone(), cause })?,
        Err(cause) if cause.kind() == ErrorKind::NotFound => match in_use.first().cloned().or(sealed_with(database).await?) {
            Some(mark) => return Err(NoKeyring::IsMissing { path, mark }),
            None => make(&path)?,
        },
        Err(cause) => return Err(NoKeyring::Refused { cause: cause.kind(), path }),
    };
    if let Some(mark) = in_use.into_iter().find(|mark| !keyring.accounts_for(mark)) {
        return Err(NoKeyring::IsAnother { path, mark });
    }
    // Nothing need be sealed yet: of two servers that were set up apart, the second is told at its start.
    if let Some(mark) = seals_with(database, &keyring).await? {
        return Err(NoKeyring::IsAnother { path, mark });
    }
    if fs::metadata(&path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0) {
        tracing::warn!("The keyring can be read by others on this machine; its owner alone needs to.");
    }
    Ok(keyring)
}

/// Makes a keyring that its owner alone can read. Where another process is quicker, its keyring is the one.
fn make(path: &Path) -> Result<Keyring, NoKeyring> {
    let refused = |cause: std::io::Error| NoKeyring::Refused { path: path.to_owned(), cause: cause.kind() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(refused)?;
    }
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).map_err(refused)?;
    file.set_permissions(Permissions::from_mode(0o600)).map_err(refused)?;
    file.write_all(Keyring::drawn().as_bytes()).and_then(|()| file.sync_all()).map_err(refused)?;
    // A link is made whole or not at all, and never over a file that is there.
    let linked = fs::hard_link(&unfinished, path);
    fs::remove_file(&unfinished).map_err(refused)?;
    match linked {
        Ok(()) => tracing::info!("A keyring was made; keep a copy of it, apart from the database and its backups."),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
        Err(cause) => return Err(refused(cause)),
    }
    let text = fs::read_to_string(path).map_err(refused)?;
    Keyring::read(&text).map_err(|cause| NoKeyring::Unreadable { path: path.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn database(folder: &Path) -> Database {
        let database = Database::connect(&format!("sqlite:{}", folder.join("reverie.db").display())).await.unwrap();
        database.migrate().await.unwrap();
        database
    }

    fn config(folder: &Path) -> Config {
        Config { data: folder.join("data"), ..Config::default() }
    }

    /// An entry that nobody wrote, sealed with a key of that mark.
    async fn hold_sealed(database: &Database, mark: &str) {
        const ENTRY: &str = "\
INSERT INTO reflection (id, code, person_id, written_at, changed_at, key_mark, sealed, version)
VALUES (X'02', 'bbbbbbbb', X'01', '2026-10-22T08:00:00.000Z', '2026-10-22T08:00:00.000Z', $1, X'00', 1)";

        let Database::Sqlite(pool) = database else { panic!("these tests are of the file, which is the same for both") };
        let mut connection = pool.acquire().await.unwrap();
        sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut *connection).await.unwrap();
        sqlx::query(ENTRY).bind(mark).execute(&mut *connection).await.unwrap();
    }

    #[tokio::test]
    async fn the_first_start_makes_a_keyring_for_its_owner_alone_and_the_next_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let (config, database) = (config(folder.path()), database(folder.path()).await);
        let made = open(&config, &database).await.unwrap();
        assert_eq!(fs::metadata(config.keyring()).unwrap().permissions().mode() & 0o777, 0o600);
        hold_sealed(&database, made.mark().unwrap()).await;
        assert_eq!(open(&config, &database).await.unwrap().mark(), made.mark());
        assert_eq!(fs::read_dir(&config.data).unwrap().count(), 1, "nothing unfinished stays behind");
    }

    #[tokio::test]
    async fn a_second_server_with_a_keyring_of_its_own_does_not_start_and_makes_none() {
        let folder = tempfile::tempdir().unwrap();
        let (first, database) = (config(folder.path()), database(folder.path()).await);
        let mark = open(&first, &database).await.unwrap().mark().unwrap().to_owned();
        let second = Config { keyring: Some(folder.path().join("another")), ..first.clone() };
        let said = open(&second, &database).await.unwrap_err().to_string();
        assert!(said.contains(&mark) && said.contains("there is no keyring"), "{said}");
        assert!(!second.keyring().exists());
        fs::write(second.keyring(), Keyring::drawn()).unwrap();
        assert!(matches!(open(&second, &database).await, Err(NoKeyring::IsAnother { .. })));
        fs::copy(first.keyring(), second.keyring()).unwrap();
        assert!(open(&second, &database).await.is_ok());
    }

    #[tokio::test]
    async fn a_keyring_that_is_missing_or_another_stops_the_start_with_what_to_do_and_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let (config, database) = (config(folder.path()), database(folder.path()).await);
        hold_sealed(&database, "0123456789abcdef").await;
        let said = open(&config, &database).await.unwrap_err().to_string();
        assert!(said.contains("0123456789abcdef") && said.contains("`keyring`") && said.contains("Nothing is lost"), "{said}");
        assert!(!config.keyring().exists());

        fs::create_dir(&config.data).unwrap();
        let text = Keyring::drawn();
        fs::write(config.keyring(), &text).unwrap();
        assert!(matches!(open(&config, &database).await, Err(NoKeyring::IsAnother { .. })));
        fs::write(config.keyring(), format!("{text}lost 0123456789abcdef\n")).unwrap();
        assert!(open(&config, &database).await.is_ok());
        fs::write(config.keyring(), "a key of mine").unwrap();
        let said = open(&config, &database).await.unwrap_err().to_string();
        assert!(said.contains("line 1") && !said.contains("a key of mine"), "{said}");
    }
}
