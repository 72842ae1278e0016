//! E-mail addresses.

/// An e-mail address that a message can be sent to, in lower case, so that one address is one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

/// The longest address that can travel (RFC 5321, 4.5.3.1.3, as corrected).
const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 63;

impl EmailAddress {
    /// Reads an address as somebody types it. What is rare but allowed by the standards, such as quoted names, is refused: nobody at an
    /// authority has it, and a slip of the finger looks just like it.
    pub fn of(typed: &str) -> Option<Self> {
        let address = typed.trim().to_lowercase();
        let (name, domain) = address.split_once('@')?;
        let is_name = !name.is_empty()
            && name.len() <= LONGEST_NAME
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter))
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let mut labels = domain.split('.');
        let is_domain = domain.contains('.') && labels.clone().all(is_label) && labels.next_back().is_some_and(|last| last.len() >= 2);
        (is_name && is_domain && address.len() <= LONGEST).then_some(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LONGEST_LABEL
        && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_put_into_lower_case() {
        let address = EmailAddress::of("  Amina.Rahman@Council.GOV.uk ").unwrap();
        assert_eq!(address.as_str(), "amina.rahman@council.gov.uk");
    }

    #[test]
    fn what_people_have_is_accepted() {
        for typed in ["a@b.uk", "o'rafferty@nhs.net", "first+last@sub.council.gov.uk", "x_y-z@a-b.example"] {
            assert!(EmailAddress::of(typed).is_some(), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_sent_to_is_refused() {
        let long = format!("{}@council.gov.uk", "a".repeat(65));
        for typed in [
            "",
            "amina",
            "@council.gov.uk",
            "amina@",
            "amina@council",
            "amina@@council.gov.uk",
            "amina rahman@council.gov.uk",
            "amina@council..uk",
            ".amina@council.gov.uk",
            "amina.@council.gov.uk",
            "a..b@council.gov.uk",
            "amina@-council.gov.uk",
            "amina@council.u",
            "amina@council.gov.uk, ruth@council.gov.uk",
            "amina@council.gov.uk\r\nBcc: x@y.zz",
            "<amina@council.gov.uk>",
            &long,
        ] {
            assert!(EmailAddress::of(typed).is_none(), "{typed}");
        }
    }
}
