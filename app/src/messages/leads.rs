//! Where a message leads within the product, looked for in its words before they go.

/// The first words of the addresses to which messages lead. Each asks for a sign-in, so an address is of no use to anybody else; what lets somebody
/// in without one (links to come in, to answer a poll and to stop a digest, and feeds) begins with none of them.
pub const AREAS: [&str; 10] = ["calendar", "community", "events", "groups", "me", "moderation", "openings", "polls", "sessions", "to-mark"];

/// The first address of the product in a text that somebody has to sign in for, without what follows its path.
///
/// Whose server an address names is not known here, and it does not matter: what is kept leads to a page of this one.
pub fn leads_to(body: &str) -> Option<String> {
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
        assert_eq!(leads_to(words).as_deref(), Some("/sessions/k3f9x2mv"));
        assert_eq!(leads_to("It is here: http://127.0.0.1:3000/to-mark.").as_deref(), Some("/to-mark"));
        assert_eq!(leads_to("(https://reverie.example/community/endings/3?page=2#p14)").as_deref(), Some("/community/endings/3"));
        assert_eq!(leads_to("Sign in to Reverie to see more."), None);
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
            assert_eq!(leads_to(&format!("Open this: https://reverie.example/{address}")), None, "{address}");
        }
        assert_eq!(leads_to("https://elsewhere.example/sessions/k3f9?pwd=Secret").as_deref(), Some("/sessions/k3f9"));
        assert_eq!(leads_to("https://elsewhere.example/me/%2e%2e/feed"), None);
        assert_eq!(leads_to("https://reverie.example/menu"), None);
    }
}
