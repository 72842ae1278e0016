//! Time, identity and randomness, which come in as values everywhere else.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// Where the present moment comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A moment that stands still: tests, and demonstrations of a certain day.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The present moment, to the millisecond: Postgres keeps no more than microseconds, and both databases must agree.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => system_now().trunc_subsecs(3),
            Self::Fixed(moment) => moment,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

/// A new identity that sorts by the time at which it was made (UUID version 7, RFC 9562).
#[expect(clippy::disallowed_methods, reason = "the one place that makes identities")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Letters and figures that are not mistaken for one another when read aloud.
const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz2";

/// Eight characters (31^8 possibilities) that address a person or a session without naming anybody.
pub fn code() -> String {
    code_of(|| random_bytes::<1>()[0])
}

/// The same from bytes that somebody else draws.
pub fn code_of(draw: impl FnMut() -> u8) -> String {
    letters(8, draw)
}

/// Twelve characters (31^12 possibilities) for a link that is short enough to be typed, and opens one small thing for a while.
pub fn short_secret() -> String {
    letters(12, || random_bytes::<1>()[0])
}

fn letters(count: usize, mut draw: impl FnMut() -> u8) -> String {
    let mut code = String::with_capacity(count);
    while code.len() < count {
        let throw = draw() & 31;
        // The alphabet has 31 characters: a throw of 31 is thrown again, so that each is equally likely.
        if throw < 31
            && let Some(letter) = ALPHABET.get(usize::from(throw))
        {
            code.push(char::from(*letter));
        }
    }
    code
}

/// A secret of 256 bits as 43 characters that may stand in an address or a cookie (base64url, RFC 4648).
pub fn secret() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<32>())
}

/// Bytes from the operating system's generator.
#[expect(clippy::disallowed_methods, reason = "the one place that draws randomness")]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}
