//! The page of many sessions from which somebody opened one to change it, and to which they go back: the board, or a view of the calendar.

use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::paths;
use crate::ui::{current_path, query};

/// The parameter of an address, and the field of a form, that says which page it was.
pub const BACK: &str = "back";

/// What needs no other spelling in a parameter, so that it can be read where a page is left.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'?').remove(b'=').remove(b',');

/// One of the pages that show sessions together, with what it was narrowed to. It is made of an address that somebody's browser sent, so nothing of
/// that is taken over but which of these pages it names, a day, and words of a filter, which the page itself reads with care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    page: Page,
    day: NaiveDate,
    filter: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Board,
    Month,
    Week,
    Day,
}

impl Page {
    const ALL: [Self; 4] = [Self::Board, Self::Month, Self::Week, Self::Day];

    /// The page that has a day.
    fn with(self, day: NaiveDate) -> String {
        match self {
            Self::Board => paths::board(::series::monday_of(day)),
            Self::Month => paths::month(day),
            Self::Week => paths::week(::series::monday_of(day)),
            Self::Day => paths::day(day),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Month | Self::Week | Self::Day => "Calendar",
        }
    }
}

impl Back {
    /// The page of an address; nothing where it is none of them.
    pub fn of_address(address: &str) -> Option<Self> {
        let (path, filter) = address.split_once('?').unwrap_or((address, ""));
        let (_, last) = path.rsplit_once('/')?;
        // A month is named without a day.
        let named = if last.len() == "2026-10".len() { format!("{last}-01") } else { last.to_owned() };
        let day = named.parse().ok()?;
        let page = Page::ALL.into_iter().find(|page| page.with(day) == path)?;
        filter.chars().all(is_of_filter).then(|| Self { page, day, filter: filter.to_owned() })
    }

    /// The one that the page being rendered was opened from.
    pub fn of_request() -> Option<Self> {
        Self::of_address(&query(BACK)?)
    }

    /// The one that is being rendered.
    pub fn of_this_page() -> Option<Self> {
        Self::of_address(&current_path())
    }

    /// Where a form leads that names a page: to that page where it has a day, with a session in view; otherwise to the session itself.
    pub fn after(address: &str, session: &str, day: NaiveDate) -> String {
        Self::of_address(address).map_or_else(|| paths::session(session), |back| Self { day, ..back }.at(session))
    }

    /// The page, with a session in view.
    pub fn at(&self, session: &str) -> String {
        format!("{}#s-{session}", self.address())
    }

    /// The page.
    pub fn address(&self) -> String {
        let page = self.page.with(self.day);
        if self.filter.is_empty() { page } else { format!("{page}?{}", self.filter) }
    }

    /// What the page is called: "Board".
    pub fn name(&self) -> &'static str {
        self.page.name()
    }

    /// An address that says from where it was come to.
    pub fn beside(&self, path: &str) -> String {
        format!("{path}?{BACK}={}", self.in_query())
    }

    /// The page as the value of a parameter.
    pub fn in_query(&self) -> String {
        utf8_percent_encode(&self.address(), PLAIN).to_string()
    }
}

/// What a filter is made of, spelled as addresses spell it. Nothing that ends an address is.
fn is_of_filter(character: char) -> bool {
    character.is_ascii_alphanumeric() || "=&%+,-_.~".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_page_is_come_back_to_where_the_session_now_is_with_the_same_filter() {
        let back = |address: &str| Back::after(address, "k3f9x2mv", date("2026-11-05"));
        assert_eq!(back("/board/2026-10-26"), "/board/2026-11-02#s-k3f9x2mv");
        assert_eq!(back("/board/2026-10-26?region=North%20West&kind=vig"), "/board/2026-11-02?region=North%20West&kind=vig#s-k3f9x2mv");
        assert_eq!(back("/calendar/month/2026-10?of=groups&show=group,vig"), "/calendar/month/2026-11?of=groups&show=group,vig#s-k3f9x2mv");
        assert_eq!(back("/calendar/week/2026-10-26"), "/calendar/week/2026-11-02#s-k3f9x2mv");
        assert_eq!(back("/calendar/day/2026-10-29"), "/calendar/day/2026-11-05#s-k3f9x2mv");
    }

    #[test]
    fn what_is_no_such_page_leads_to_the_session() {
        for address in [
            "",
            "https://elsewhere.example/board/2026-10-26",
            "//elsewhere.example/board/2026-10-26",
            "/\\elsewhere.example",
            "/board",
            "/board/2026-10-27",
            "/board/2026-10-26/",
            "/board/2026-10-26\r\nset-cookie: x",
            "/board/2026-10-26?region=a\r\nset-cookie:x",
            "/board/2026-10-26?region=a#s-other",
            "/board/../people/2026-10-26",
            "/calendar/month/2026-13",
            "/calendar/agenda/2026-10-26",
            "/sessions/k3f9x2mv",
        ] {
            assert_eq!(Back::after(address, "k3f9x2mv", date("2026-11-05")), "/sessions/k3f9x2mv", "{address}");
        }
    }

    #[test]
    fn a_page_can_be_read_in_the_address_of_another() {
        let back = Back::of_address("/board/2026-10-26").unwrap();
        assert_eq!(back.beside("/sessions/k3f9x2mv"), "/sessions/k3f9x2mv?back=/board/2026-10-26");
        let narrow = Back::of_address("/board/2026-10-26?region=North%20West&kind=vig").unwrap();
        assert_eq!(narrow.in_query(), "/board/2026-10-26?region=North%2520West%26kind=vig");
        assert_eq!(narrow.name(), "Board");
    }
}
