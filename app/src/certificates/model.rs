//! Identities, and codes as they are read aloud.

use crate::identity::identity;

identity! {
    /// A certificate.
    CertificateId
}

/// How many letters and figures a code has: 31 kinds of them, so more than 118 bits.
pub const CODE_LENGTH: usize = 24;

/// A code as somebody types it from paper: capitals, spaces and hyphens count for nothing.
pub fn code_as_typed(typed: &str) -> String {
    typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').flat_map(char::to_lowercase).take(CODE_LENGTH + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        assert_eq!(code_as_typed(" K3F9-x2mv abcd\n"), "k3f9x2mvabcd");
        assert_eq!(code_as_typed(&"x".repeat(10_000)).len(), CODE_LENGTH + 1);
    }
}
