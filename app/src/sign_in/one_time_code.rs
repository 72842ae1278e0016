//! One-time codes by the clock (RFC 6238), and the recovery codes for the day on which the phone is lost.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::{Color, QrCode};
use totp_rs::Builder;

use super::model::Picture;
use crate::access::digest;
use crate::database::{code, random_bytes, unavailable};
use crate::error::AppError;

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// A new secret of 160 bits, the length that RFC 4226 recommends.
pub fn new_secret() -> Vec<u8> {
    random_bytes::<20>().to_vec()
}

/// The half minute to which a code belongs: this one, the one before or the one after, for clocks that differ. `None` for a wrong code.
pub fn step_of(secret: &[u8], entered: &str, now: DateTime<Utc>) -> Result<Option<i64>, AppError> {
    // Six digits, every thirty seconds, SHA-1 and one step either way are what every app understands, and the builder's defaults.
    let codes = Builder::new().with_secret(secret.to_vec()).build().map_err(|_| unavailable("a one-time secret cannot be used"))?;
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Ok(six_digits(entered).and_then(|code| codes.check(&code, seconds)).and_then(|step| i64::try_from(step).ok()))
}

/// The six digits of what was typed, with or without spaces; nothing where it is something else.
pub fn six_digits(entered: &str) -> Option<String> {
    let code: String = entered.chars().filter(|character| !character.is_whitespace()).collect();
    (code.len() == 6 && code.chars().all(|character| character.is_ascii_digit())).then_some(code)
}

/// The secret for typing, in groups of four.
pub fn key(secret: &[u8]) -> String {
    let key = BASE32_NOPAD.encode(secret);
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The secret for scanning: the address that authenticator apps read, as a picture.
pub fn picture(secret: &[u8], email: &str) -> Result<Picture, AppError> {
    let account = utf8_percent_encode(email, NON_ALPHANUMERIC);
    let address = format!("otpauth://totp/Reverie:{account}?secret={}&issuer=Reverie", BASE32_NOPAD.encode(secret));
    let drawn = QrCode::new(address).map_err(|_| unavailable("a QR code could not be drawn"))?;
    let width = drawn.width();
    let squares = drawn.to_colors();
    let mut path = String::new();
    for (place, _) in squares.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _infallible = write!(path, "M{} {}h1v1h-1z", place % width, place / width);
    }
    Ok(Picture { width, path })
}

/// A recovery code: twelve characters in groups of four, of which 31^12 exist.
pub fn new_recovery_code() -> String {
    let letters: Vec<char> = code().chars().chain(code().chars()).take(12).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is stored of a recovery code, however it is typed.
pub fn recovery_digest(entered: &str) -> Vec<u8> {
    let letters: String = entered.chars().filter(|character| character.is_ascii_alphanumeric()).collect();
    digest(&letters.to_ascii_lowercase())
}

/// The code of a moment, as an authenticator app would show it.
#[cfg(test)]
pub fn shown_at(secret: &[u8], moment: DateTime<Utc>) -> String {
    let codes = Builder::new().with_secret(secret.to_vec()).build().unwrap();
    codes.generate(u64::try_from(moment.timestamp()).unwrap()).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn moment() -> DateTime<Utc> {
        "2026-10-22T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_code_is_the_one_of_rfc_6238() {
        // Appendix B of the RFC has eight digits; the last six of them are the six-digit code.
        let secret = b"12345678901234567890";
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(step_of(secret, "287082", at(59)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "081 804", at(1_111_111_109)).unwrap(), Some(37_037_036));
    }

    #[test]
    fn a_code_holds_for_half_a_minute_either_way_and_no_longer() {
        let secret = new_secret();
        let code = shown_at(&secret, moment());
        let step = moment().timestamp() / 30;
        for (seconds, expected) in [(-30, Some(step)), (0, Some(step)), (59, Some(step)), (-31, None), (60, None)] {
            let answer = step_of(&secret, &code, moment() + TimeDelta::seconds(seconds)).unwrap();
            assert_eq!(answer, expected, "{seconds} seconds later");
        }
    }

    #[test]
    fn a_recovery_code_is_recognised_however_it_is_typed() {
        let code = new_recovery_code();
        assert_eq!(code.len(), 14);
        assert_eq!(recovery_digest(&code), recovery_digest(&code.to_uppercase().replace('-', " ")));
        assert_ne!(recovery_digest(&code), recovery_digest(&new_recovery_code()));
    }

    #[test]
    fn the_key_can_be_typed_and_the_picture_scanned() {
        assert_eq!(key(b"12345678901234567890"), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let picture = picture(b"12345678901234567890", "amina+1@bradford.example").unwrap();
        assert!(picture.width >= 21 && picture.path.starts_with("M0 0h1v1h-1z"));
    }

    proptest! {
        #[test]
        fn what_is_not_six_digits_is_no_code(entered in "\\PC{0,12}") {
            let digits: String = entered.chars().filter(|character| !character.is_whitespace()).collect();
            let expected = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(six_digits(&entered).is_some(), expected);
        }
    }
}
