//! Words that the database holds and nobody can read in it: sealed with a key that is kept apart.
//!
//! Words: a *keyring* holds the keys; the first *seals*, every one *opens*; what is sealed carries the *mark* of its key, from which the key
//! cannot be found. Invariants: what was sealed for one place opens in no other, so that rows cannot be swapped; what was changed does not open
//! at all; no key and no word of what was opened reaches a log, an error or `{:?}`; a key is never removed by the program.
//!
//! The cipher is XChaCha20-Poly1305 (RFC 8439, with nonces of 192 bits, which may be drawn at random for ever).

mod keyring;

pub use keyring::{DEMONSTRATION, Keyring, KeyringError, Sealed, Unopened};
