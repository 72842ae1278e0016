//! Where a page of the calendar stands, and every way that leads on from there.

use chrono::NaiveDate;

use super::shown::Shown;
use super::views::{CalendarView, plus_days, plus_months};

/// A page of the calendar, as it is shown to somebody on some day.
#[derive(Clone, Debug)]
pub struct Place {
    /// How the days are looked at.
    pub view: CalendarView,
    /// The day at which the page begins.
    pub day: NaiveDate,
    /// The present day.
    pub today: NaiveDate,
    /// What of the calendar is shown.
    pub shown: Shown,
}

/// An address, and the words for whoever does not see an arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it leads.
    pub address: String,
    /// "Week after, 26 October to 1 November 2026".
    pub words: String,
}

impl Place {
    /// "19 to 25 October 2026".
    pub fn title(&self) -> String {
        self.view.title(self.day)
    }

    /// Whether the page that "Today" leads to is this one.
    pub fn is_todays(&self) -> bool {
        self.view.begins(self.today) == self.day
    }

    /// The page before.
    pub fn before(&self) -> Way {
        let side = if self.view == CalendarView::Agenda { "Earlier".to_owned() } else { format!("{} before", self.view.name()) };
        self.way(&side, self.view.before(self.day))
    }

    /// The page after.
    pub fn after(&self) -> Way {
        let side = if self.view == CalendarView::Agenda { "Later".to_owned() } else { format!("{} after", self.view.name()) };
        self.way(&side, self.view.after(self.day))
    }

    /// The page after, as the end of a list says it.
    pub fn ahead(&self) -> Way {
        let side = if self.view == CalendarView::Agenda { "Later".to_owned() } else { format!("Next {}", self.view.key()) };
        self.way(&side, self.view.after(self.day))
    }

    /// The page that today is on.
    pub fn to_today(&self) -> String {
        self.at(self.view, self.today)
    }

    /// The same days looked at in another way. From a stretch that holds today, a narrower view opens at today.
    pub fn seen_as(&self, view: CalendarView) -> String {
        let is_at_today = self.view != CalendarView::Agenda && self.view.own_days(self.day).contains(self.today);
        self.at(view, if is_at_today { self.today } else { self.day })
    }

    /// The page of a view that has a day.
    pub fn at(&self, view: CalendarView, day: NaiveDate) -> String {
        self.shown.on_screen().address(&view.address(day))
    }

    /// Where each key leads that leaves the page (design, section 6). `before` and `after` lie beyond the edges of the grid.
    pub fn keys(&self) -> Vec<(String, String)> {
        let here = |day: NaiveDate| self.at(self.view, day);
        let (page, far) = match self.view {
            CalendarView::Month => (plus_months(self.day, -1)..plus_months(self.day, 1), 12),
            CalendarView::Week | CalendarView::Day | CalendarView::Agenda => (plus_days(self.day, -7)..plus_days(self.day, 7), 1),
        };
        let mut keys = vec![
            ("before", here(self.view.before(self.day))),
            ("after", here(self.view.after(self.day))),
            ("PageUp", here(page.start)),
            ("PageDown", here(page.end)),
            ("Shift+PageUp", here(plus_months(self.day, -far))),
            ("Shift+PageDown", here(plus_months(self.day, far))),
            ("t", self.to_today()),
            ("v m", self.seen_as(CalendarView::Month)),
            ("v w", self.seen_as(CalendarView::Week)),
            ("v d", self.seen_as(CalendarView::Day)),
            ("v a", self.seen_as(CalendarView::Agenda)),
        ];
        if self.view == CalendarView::Day {
            let monday = ::series::monday_of(self.day);
            keys.extend([("Home", here(monday)), ("End", here(plus_days(monday, 6)))]);
        }
        keys.into_iter().map(|(key, address)| (key.to_owned(), address)).collect()
    }

    fn way(&self, side: &str, day: NaiveDate) -> Way {
        Way { address: self.at(self.view, day), words: format!("{side}, {}", self.view.title(day)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(view: CalendarView, day: &str) -> Place {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        Place { view, day: view.begins(date(day)), today: date("2026-10-22"), shown: Shown::of_words("groups", "vig") }
    }

    #[test]
    fn another_view_keeps_the_days_and_the_choice() {
        let week = place(CalendarView::Week, "2026-10-22");
        assert_eq!(week.seen_as(CalendarView::Month), "/calendar/month/2026-10?of=groups&show=vig");
        assert_eq!(week.seen_as(CalendarView::Day), "/calendar/day/2026-10-22?of=groups&show=vig");
        let later = place(CalendarView::Month, "2026-12-01");
        assert_eq!(later.seen_as(CalendarView::Week), "/calendar/week/2026-11-30?of=groups&show=vig");
        assert_eq!(later.seen_as(CalendarView::Day), "/calendar/day/2026-12-01?of=groups&show=vig");
        assert_eq!(later.to_today(), "/calendar/month/2026-10?of=groups&show=vig");
    }

    #[test]
    fn the_ways_on_say_where_they_lead() {
        assert_eq!(place(CalendarView::Week, "2026-10-22").after().words, "Week after, 26 October to 1 November 2026");
        assert_eq!(place(CalendarView::Month, "2026-01-22").before().words, "Month before, December 2025");
        assert_eq!(place(CalendarView::Day, "2026-10-22").after().words, "Day after, Friday 23 October 2026");
        assert_eq!(place(CalendarView::Agenda, "2026-10-22").before().words, "Earlier, 22 September to 21 October 2026");
        assert!(place(CalendarView::Week, "2026-10-19").is_todays() && !place(CalendarView::Day, "2026-10-19").is_todays());
    }

    #[test]
    fn the_page_keys_go_by_week_and_month_and_year() {
        let leads = |view: CalendarView, key: &str| {
            let keys = place(view, "2026-10-22").keys();
            keys.into_iter().find(|(name, _)| name == key).unwrap().1.replace("?of=groups&show=vig", "")
        };
        assert_eq!(leads(CalendarView::Day, "PageDown"), "/calendar/day/2026-10-29");
        assert_eq!(leads(CalendarView::Day, "after"), "/calendar/day/2026-10-23");
        assert_eq!(leads(CalendarView::Day, "End"), "/calendar/day/2026-10-25");
        assert_eq!(leads(CalendarView::Week, "PageUp"), "/calendar/week/2026-10-12");
        assert_eq!(leads(CalendarView::Week, "Shift+PageDown"), "/calendar/week/2026-11-16");
        assert_eq!(leads(CalendarView::Month, "PageDown"), "/calendar/month/2026-11");
        assert_eq!(leads(CalendarView::Month, "Shift+PageUp"), "/calendar/month/2025-10");
    }
}
