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
    let words = serde_json::to_vec(words).map_err(|_| crate::database::unavailable("an entry could not be written down"))?;
    keyring.seal(&words, &place(id, writer))
}

/// Opens the words of an entry; nothing where they cannot be opened, which is logged without a word of them.
pub(super) fn opened(keyring: &Keyring, (id, writer): (ReflectionId, PersonId), sealed: &Sealed) -> Option<Words> {
    let words = keyring.open(sealed, &place(id, writer));
    if let Err(cause) = words {
        tracing::error!(reflection.id = %id, key = sealed.mark, %cause, "An entry of a reflective log cannot be opened.");
    }
    serde_json::from_slice(&words.ok()?).ok()
}
