//! The keys, as they stand in their file, and what they do.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::database::{random_bytes, unavailable};
use crate::error::AppError;

/// Keys with which words are sealed and opened.
#[derive(Default)]
pub struct Keyring {
    /// The newest first. Only the first seals.
    keys: Vec<Key>,
    /// The marks of keys that are known to be gone for good.
    lost: Vec<String>,
}

struct Key {
    mark: String,
    cipher: XChaCha20Poly1305,
}

/// Words that cannot be read, and the mark of the key that opens them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The mark of the key.
    pub mark: String,
    /// The nonce, and what follows from it.
    pub bytes: Vec<u8>,
}

/// Why sealed words stay closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// The keyring does not hold the key.
    #[error("its key is not in the keyring")]
    KeyIsMissing,
    /// They were changed, or moved from where they were sealed.
    #[error("it was changed underneath, or moved from where it was")]
    WasChanged,
}

/// What is wrong with the text of a keyring. The text itself is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// A line is neither a key nor a comment.
    #[error(
        "line {0} is not a key: a key is 44 characters of base64, as it was made; the mark of one that is gone for good stands after `lost`"
    )]
    NotAKey(usize),
    /// There is no line with a key.
    #[error("there is no key in it")]
    Empty,
}

/// The mark of the key of demonstrations.
pub const DEMONSTRATION: &str = "demonstration";
/// The key of demonstrations: it hides nothing, since nothing that it seals was ever real.
const DEMONSTRATION_KEY: [u8; KEY] = *b"nothing that this seals was real";
/// The bytes of a key, and of a nonce.
const KEY: usize = 32;
const NONCE: usize = 24;
/// What a mark is made of besides the key, so that the same hash is never made of it for another purpose.
const MARKED: &[u8] = b"Reverie, the mark of a sealing key";

impl Key {
    fn of(bytes: [u8; KEY], mark: &str) -> Self {
        Self { mark: mark.to_owned(), cipher: XChaCha20Poly1305::new(&bytes.into()) }
    }
}

/// Sixteen figures by which a key is named, and from which it cannot be found.
fn mark_of(bytes: &[u8; KEY]) -> String {
    let digest = Sha256::new().chain_update(MARKED).chain_update(bytes).finalize();
    HEXLOWER.encode(&digest).chars().take(16).collect()
}

impl Keyring {
    /// The keyring of demonstrations, whose key stands in the program.
    pub fn of_demonstration() -> Self {
        Self { keys: vec![Key::of(DEMONSTRATION_KEY, DEMONSTRATION)], lost: Vec::new() }
    }

    /// The text of a new keyring, with a key that was never used.
    pub fn drawn() -> String {
        format!(
            "# The keys of what people write for themselves alone. Without this file nobody can read it again, so keep a copy of the file, apart from\n\
             # the database and from its backups. A new key goes above the others, on a line of its own; the others stay, to open what they sealed.\n\
             {}\n",
            BASE64.encode(&random_bytes::<KEY>())
        )
    }

    /// Reads a keyring: a key a line, the newest first, and the marks of those that are gone for good after the word `lost`.
    pub fn read(text: &str) -> Result<Self, KeyringError> {
        let mut keyring = Self::default();
        for (line, words) in (1..).zip(text.lines().map(str::trim)) {
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            if let Some(mark) = words.strip_prefix("lost ") {
                keyring.lost.push(mark.trim().to_owned());
                continue;
            }
            let bytes = BASE64.decode(words.as_bytes()).ok().and_then(|bytes| <[u8; KEY]>::try_from(bytes).ok());
            let bytes = bytes.ok_or(KeyringError::NotAKey(line))?;
            keyring.keys.push(Key::of(bytes, &mark_of(&bytes)));
        }
        if keyring.keys.is_empty() {
            return Err(KeyringError::Empty);
        }
        // What was invented can be read by every server.
        keyring.keys.push(Key::of(DEMONSTRATION_KEY, DEMONSTRATION));
        Ok(keyring)
    }

    /// The mark of the key that seals; none where there is no key.
    pub fn mark(&self) -> Option<&str> {
        self.keys.first().map(|key| key.mark.as_str())
    }

    /// Whether what bears a mark can be opened, or is known to be lost.
    pub fn accounts_for(&self, mark: &str) -> bool {
        self.keys.iter().any(|key| key.mark == mark) || self.lost.iter().any(|lost| lost == mark)
    }

    /// Seals words for one place, such as a row and whose it is.
    pub fn seal(&self, words: &[u8], place: &[u8]) -> Result<Sealed, AppError> {
        let key = self.keys.first().ok_or_else(|| unavailable("there is no key to seal with"))?;
        let nonce = random_bytes::<NONCE>();
        let closed = key.cipher.encrypt(&XNonce::from(nonce), Payload { msg: words, aad: place });
        let closed = closed.map_err(|_| unavailable("words could not be sealed"))?;
        Ok(Sealed { mark: key.mark.clone(), bytes: [nonce.as_slice(), &closed].concat() })
    }

    /// Opens what was sealed for that place.
    pub fn open(&self, sealed: &Sealed, place: &[u8]) -> Result<Vec<u8>, Unopened> {
        let key = self.keys.iter().find(|key| key.mark == sealed.mark).ok_or(Unopened::KeyIsMissing)?;
        let (nonce, closed) = sealed.bytes.split_first_chunk::<NONCE>().ok_or(Unopened::WasChanged)?;
        key.cipher.decrypt(&XNonce::from(*nonce), Payload { msg: closed, aad: place }).map_err(|_| Unopened::WasChanged)
    }
}

impl fmt::Debug for Keyring {
    /// The marks alone, so that no key reaches a log by way of `{:?}`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.keys.iter().map(|key| &key.mark)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_where_it_was_sealed_and_nowhere_else_and_not_once_it_was_changed() {
        let keyring = Keyring::read(&Keyring::drawn()).unwrap();
        let sealed = keyring.seal(b"She looked away, and I felt sleepy.", b"row of Amina").unwrap();
        assert_eq!(keyring.open(&sealed, b"row of Amina").unwrap(), b"She looked away, and I felt sleepy.");
        assert!(!sealed.bytes.windows(6).any(|words| words == b"sleepy"));
        assert_eq!(keyring.open(&sealed, b"row of Tom"), Err(Unopened::WasChanged));
        for place in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[place] ^= 1;
            assert_eq!(keyring.open(&changed, b"row of Amina"), Err(Unopened::WasChanged), "byte {place}");
        }
        let cut = Sealed { bytes: sealed.bytes[..10].to_vec(), ..sealed.clone() };
        assert_eq!(keyring.open(&cut, b"row of Amina"), Err(Unopened::WasChanged));
        assert_ne!(keyring.seal(b"the same", b"").unwrap().bytes, keyring.seal(b"the same", b"").unwrap().bytes);
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let old = Keyring::drawn();
        let sealed = Keyring::read(&old).unwrap().seal(b"before", b"").unwrap();
        let turned = Keyring::read(&format!("{}{old}", Keyring::drawn())).unwrap();
        assert_eq!(turned.open(&sealed, b"").unwrap(), b"before");
        assert_ne!(turned.mark(), Some(sealed.mark.as_str()));
        let another = Keyring::read(&Keyring::drawn()).unwrap();
        assert_eq!(another.open(&sealed, b""), Err(Unopened::KeyIsMissing));
        assert!(!another.accounts_for(&sealed.mark));
        let given_up = Keyring::read(&format!("{}lost {}", Keyring::drawn(), sealed.mark)).unwrap();
        assert!(given_up.accounts_for(&sealed.mark));
    }

    #[test]
    fn a_keyring_that_cannot_be_read_says_where_and_repeats_no_key() {
        let text = Keyring::drawn();
        let key = text.lines().last().unwrap();
        assert_eq!(Keyring::read(&format!("{text}{}", &key[1..])).unwrap_err(), KeyringError::NotAKey(4));
        assert_eq!(Keyring::read("# nothing\n").unwrap_err(), KeyringError::Empty);
        assert!(!format!("{:?}", Keyring::read(&text).unwrap()).contains(key));
        assert!(Keyring::default().seal(b"words", b"").is_err());
    }
}
