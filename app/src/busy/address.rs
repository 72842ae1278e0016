//! The private address of a calendar.

use std::fmt;

use http::Uri;

/// An address by which a calendar can be fetched: a name, reached by TLS at its usual port. Only [`CalendarAddress::of`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarAddress {
    host: String,
    target: String,
}

const LONGEST: usize = 2_000;

impl CalendarAddress {
    /// Reads an address as somebody pastes it. A number in place of a name, another port, and a user or a password are refused.
    pub fn of(pasted: &str) -> Option<Self> {
        let pasted = pasted.trim();
        let uri: Uri = (pasted.len() <= LONGEST).then(|| pasted.parse().ok()).flatten()?;
        let is_web = uri.scheme_str().is_some_and(|scheme| SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)));
        let authority = uri.authority()?;
        let host = authority.host().to_ascii_lowercase();
        // What is not a name and perhaps the usual port holds a user, a password or another port.
        let is_plain = authority.as_str().eq_ignore_ascii_case(&host) || authority.as_str().eq_ignore_ascii_case(&format!("{host}:443"));
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
        (is_web && is_plain && is_name(&host)).then_some(Self { host, target })
    }

    /// The name of the server.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What is asked for there.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The whole address.
    pub(super) fn whole(&self) -> String {
        format!("https://{}{}", self.host, self.target)
    }
}

/// Calendar programs write `webcal` where they mean the web.
const SCHEMES: [&str; 3] = ["https", "webcal", "webcals"];

/// A name of a server in the world: `calendar.example.org`, never a number.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_label)
        && top.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

impl fmt::Debug for CalendarAddress {
    /// Without what nobody may know.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CalendarAddress").field("host", &self.host).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_calendars_give_it() {
        for (pasted, whole) in [
            (
                " https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics ",
                "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics",
            ),
            ("webcal://p52-caldav.icloud.com/published/2/abc", "https://p52-caldav.icloud.com/published/2/abc"),
            (
                "https://Calendar.Google.com:443/calendar/ical/x/basic.ics?a=b#c",
                "https://calendar.google.com/calendar/ical/x/basic.ics?a=b",
            ),
            (
                "https://calendar.google.com/calendar/ical/x%40group/private-1/basic.ics",
                "https://calendar.google.com/calendar/ical/x%40group/private-1/basic.ics",
            ),
            ("https://calendar.example.org", "https://calendar.example.org/"),
            ("https://calendar.example.org?key=1", "https://calendar.example.org/?key=1"),
        ] {
            assert_eq!(CalendarAddress::of(pasted).map(|address| address.whole()).as_deref(), Some(whole));
        }
    }

    #[test]
    fn a_number_another_port_and_whatever_might_mean_another_place_are_refused() {
        for pasted in [
            "",
            "calendar.example.org/x.ics",
            "/x.ics",
            "http://calendar.example.org/x.ics",
            "file:///etc/passwd",
            "https://127.0.0.1/x.ics",
            "https://2130706433/x.ics",
            "https://0x7f.1/x.ics",
            "https://0x7f000001.0x1/x.ics",
            "https://[::1]/x.ics",
            "https://[::ffff:127.0.0.1]/x.ics",
            "https://localhost/x.ics",
            "https://calendar.example.org:8443/x.ics",
            "https://calendar.example.org:/x.ics",
            "https://me:secret@calendar.example.org/x.ics",
            "https://calendar.example.org@127.0.0.1/x.ics",
            "https://calendar.example.org\\@127.0.0.1/x.ics",
            "https://calendar.example.org/x.ics\r\nHost: other",
            "https://calendar.example.org/x y.ics",
            "https://calendar..org/x.ics",
            "https://calendar.example.org./x.ics",
        ] {
            assert_eq!(CalendarAddress::of(pasted), None, "{pasted}");
        }
        assert_eq!(CalendarAddress::of(&format!("https://calendar.example.org/{}", "x".repeat(LONGEST))), None);
    }

    #[test]
    fn what_nobody_may_know_is_not_written_to_a_log() {
        let address = CalendarAddress::of("https://calendar.example.org/secret.ics").unwrap();
        assert!(!format!("{address:?}").contains("secret"));
    }
}
