//! Sealing the words of an entry for its row and its writer, and opening them.

use crate::error::AppError;
use crate::people::PersonId;
use crate::reflections::model::{ReflectionId, Words};
use crate::sealing::{Keyring, Sealed};

/// The row and the person for whom words are sealed, so that they open in no other row and for nobody else.
fn place(id: ReflectionId, writer: PersonId) -> Vec<u8> {
    [b"reflection".as_slice(), id.0.as_bytes(), writer.0.as_bytes()].concat()
}

/// Seals the words of an entry.
pub fn sealed_for(keyring: &Keyring, (id, writer): (ReflectionId, PersonId), words: &Words) -> Result<Sealed, AppError> {
    keyring.seal(&written_down(words)?, &place(id, writer))
}

/// The same for what somebody has begun to write, which has no row of an entry yet and so no identity.
fn place_of_draft(code: &str, writer: PersonId) -> Vec<u8> {
    [b"draft of a reflection".as_slice(), code.as_bytes(), writer.0.as_bytes()].concat()
}

/// Seals what somebody has begun to write.
pub(super) fn sealed_draft(keyring: &Keyring, code: &str, writer: PersonId, words: &Words) -> Result<Sealed, AppError> {
    keyring.seal(&written_down(words)?, &place_of_draft(code, writer))
}

/// Opens what somebody has begun to write, as [`opened`] does for an entry.
pub(super) fn opened_draft(keyring: &Keyring, code: &str, writer: PersonId, sealed: &Sealed) -> Option<Words> {
    let words = keyring.open(sealed, &place_of_draft(code, writer));
    if let Err(cause) = words {
        tracing::error!(key = sealed.mark, %cause, "A draft of a reflective log cannot be opened.");
    }
    serde_json::from_slice(&words.ok()?).ok()
}

/// The same words of an entry, sealed with the newest key; nothing where they cannot be opened.
pub(super) fn resealed(keyring: &Keyring, (id, writer): (ReflectionId, PersonId), sealed: &Sealed) -> Result<Option<Sealed>, AppError> {
    anew(keyring, &place(id, writer), sealed)
}

/// The same of what somebody has begun to write.
pub(super) fn resealed_draft(keyring: &Keyring, code: &str, writer: PersonId, sealed: &Sealed) -> Result<Option<Sealed>, AppError> {
    anew(keyring, &place_of_draft(code, writer), sealed)
}

fn anew(keyring: &Keyring, place: &[u8], sealed: &Sealed) -> Result<Option<Sealed>, AppError> {
    keyring.open(sealed, place).ok().map(|words| keyring.seal(&words, place)).transpose()
}

fn written_down(words: &Words) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(words).map_err(|_| crate::database::unavailable("an entry could not be written down"))
}

/// Opens the words of an entry; nothing where they cannot be opened, which is logged without a word of them.
pub(super) fn opened(keyring: &Keyring, (id, writer): (ReflectionId, PersonId), sealed: &Sealed) -> Option<Words> {
    let words = keyring.open(sealed, &place(id, writer));
    if let Err(cause) = words {
        tracing::error!(reflection.id = %id, key = sealed.mark, %cause, "An entry of a reflective log cannot be opened.");
    }
    serde_json::from_slice(&words.ok()?).ok()
}
