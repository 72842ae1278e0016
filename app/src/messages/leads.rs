//! Where a message leads within the product, which is kept when its words go.

/// Where a letter leads, for whoever receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the first page in its words for which one signs in.
    AsWritten,
    /// To a page that its words do not name.
    To(String),
    /// Nowhere: it holds a link of its own, which lets somebody in without a sign-in and is kept nowhere.
    LetsIn,
    /// Nowhere: whoever receives it cannot sign in any more.
    KeptOut,
}

impl Leads {
    /// To a page that everybody has who receives the letter.
    pub fn to(path: &str) -> Self {
        Self::To(path.to_owned())
    }

    /// The address of the page, with the words of the letter.
    pub fn path(&self, body: &str) -> Option<String> {
        match self {
            Self::AsWritten => first_page_in(body),
            Self::To(path) => Some(path.clone()),
            Self::LetsIn | Self::KeptOut => None,
        }
    }
}

/// The first words of the addresses to which messages lead. Each asks for a sign-in, so an address is of no use to anybody else; what lets somebody
/// in without one (links to come in, to answer a poll and to stop a digest, and feeds) begins with none of them.
pub const AREAS: [&str; 14] = [
    "availability",
    "calendar",
    "clinics",
    "colleagues",
    "community",
    "events",
    "groups",
    "me",
    "moderation",
    "openings",
    "people",
    "polls",
    "sessions",
    "to-mark",
];

/// The first address of the product in a text that somebody has to sign in for, without what follows its path.
///
/// Whose server an address names is not known here, and it does not matter: what is kept leads to a page of this one.
fn first_page_in(body: &str) -> Option<String> {
    body.split_whitespace().find_map(|word| {
        let (_, address) = word.split_once("://")?;
        let (_, path) = address.split_once('/')?;
        let path = path.split(['?', '#']).next()?.trim_end_matches(['.', ',', ';', ':', ')', '/']);
        let area = path.split('/').next()?;
        let is_plain = path.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-/".contains(letter));
        (AREAS.contains(&area) && is_plain).then(|| format!("/{path}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_leads_to_the_first_page_in_it_for_which_one_signs_in() {
        let words = "Hello\n\nThe session’s page: https://reverie.example/sessions/k3f9x2mv\nIf you cannot come: https://reverie.example/sessions/k3f9x2mv/apologies.";
        assert_eq!(first_page_in(words).as_deref(), Some("/sessions/k3f9x2mv"));
        assert_eq!(first_page_in("It is here: http://127.0.0.1:3000/to-mark.").as_deref(), Some("/to-mark"));
        assert_eq!(first_page_in("(https://reverie.example/community/endings/3?page=2#p14)").as_deref(), Some("/community/endings/3"));
        assert_eq!(first_page_in("Sign in to Reverie to see more."), None);
    }

    #[test]
    fn what_lets_somebody_in_leads_nowhere() {
        for address in [
            "sign-in/invitation/abc",
            "sign-in/reset/abc",
            "sign-in/link/abc",
            "q/abc",
            "digest/abc",
            "feed/abc.ics",
            "verify/abc",
            "j/123",
        ] {
            assert_eq!(first_page_in(&format!("Open this: https://reverie.example/{address}")), None, "{address}");
        }
        assert_eq!(first_page_in("https://elsewhere.example/sessions/k3f9?pwd=Secret").as_deref(), Some("/sessions/k3f9"));
        assert_eq!(first_page_in("https://elsewhere.example/me/%2e%2e/feed"), None);
        assert_eq!(first_page_in("https://reverie.example/menu"), None);
    }
}
