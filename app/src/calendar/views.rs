//! The ways of looking at a calendar: which days each shows, the address at which it stands, and where it goes on.

use chrono::{Days as DayCount, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::days::{Days, date_of, first_of_month};
use crate::error::AppError;
use crate::paths;
use crate::ui::{day_month_year, month_and_year};

/// A way of looking at a calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarView {
    /// A table of days.
    Month,
    /// Seven columns, placed by time.
    #[default]
    Week,
    /// One column, placed by time.
    Day,
    /// Thirty days as a list.
    Agenda,
}

impl CalendarView {
    /// Every view, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Month, Self::Week, Self::Day, Self::Agenda];

    /// The word that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Week => "Week",
            Self::Day => "Day",
            Self::Agenda => "Agenda",
        }
    }

    /// The word in cookies and forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Agenda => "agenda",
        }
    }

    /// The view of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }

    /// The day by which a page is named: the Monday of the week, the first of the month, and otherwise the day itself.
    pub fn begins(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Month => first_of_month(day),
            Self::Week => ::series::monday_of(day),
            Self::Day | Self::Agenda => day,
        }
    }

    /// The days that a page is about.
    pub fn own_days(self, day: NaiveDate) -> Days {
        match self {
            Self::Month => Days::month_of(day),
            Self::Week => Days::week_of(day),
            Self::Day => Days::only(day),
            Self::Agenda => Days::agenda_from(day),
        }
    }

    /// The days that a page shows: a month is filled up to whole weeks.
    pub fn shown_days(self, day: NaiveDate) -> Days {
        if self == Self::Month { Days::weeks_of_month(day) } else { self.own_days(day) }
    }

    /// The day at which the page before begins.
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        let first = self.begins(day);
        match self {
            Self::Month => plus_months(first, -1),
            Self::Week | Self::Day | Self::Agenda => self.own_days(first).before().first(),
        }
    }

    /// The day at which the page after begins.
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        self.own_days(self.begins(day)).end()
    }

    /// The address of the page that has a day.
    pub fn address(self, day: NaiveDate) -> String {
        let first = self.begins(day);
        match self {
            Self::Month => paths::month(first),
            Self::Week => paths::week(first),
            Self::Day => paths::day(first),
            Self::Agenda => paths::agenda(first),
        }
    }

    /// "October 2026", "19 to 25 October 2026", "Thursday 22 October 2026".
    pub fn title(self, day: NaiveDate) -> String {
        match self {
            Self::Month => month_and_year(day),
            Self::Day => day_month_year(day),
            Self::Week | Self::Agenda => self.own_days(day).in_words(),
        }
    }

    /// The day that a part of an address names: "2026-10-22", and "2026-10" for a month.
    pub fn day_of(self, part: &str) -> Option<NaiveDate> {
        let of_month = || (self == Self::Month).then(|| date_of(&format!("{part}-01"))).flatten();
        date_of(part).or_else(of_month)
    }
}

/// So many months later, or earlier where it is fewer than none; at the end of chrono's calendar, the day itself.
pub fn plus_months(day: NaiveDate, months: i32) -> NaiveDate {
    let count = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) };
    moved.unwrap_or(day)
}

/// So many days later, or earlier.
pub fn plus_days(day: NaiveDate, days: i64) -> NaiveDate {
    let count = DayCount::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    moved.unwrap_or(day)
}

/// Whose sessions are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Those that one leads or is supervised in.
    #[default]
    Mine,
    /// Those of the groups that one leads or is in, whoever leads the session.
    Groups,
}

impl Whose {
    /// The word in an address; one's own sessions need none.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mine => "",
            Self::Groups => "groups",
        }
    }

    /// The scope of a word; every other word is one's own sessions.
    pub fn of_key(key: &str) -> Self {
        if key == Self::Groups.key() { Self::Groups } else { Self::Mine }
    }
}

/// Which part of the calendar is asked for, as it is sent. What is not said is the week of one's own sessions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarForm {
    /// `month`, `week`, `day` or `agenda`.
    pub view: String,
    /// "2026-10-19": a day of the month or the week, or the first day of the agenda.
    pub day: String,
    /// `groups`, or nothing.
    pub of: String,
}

impl CalendarForm {
    /// Asks for the page that has a day.
    pub fn of(view: CalendarView, day: NaiveDate, whose: Whose) -> Self {
        Self { view: view.key().to_owned(), day: day.to_string(), of: whose.key().to_owned() }
    }

    /// Reads it.
    pub fn check(&self) -> Result<(Days, Whose), AppError> {
        let view = if self.view.is_empty() { Some(CalendarView::default()) } else { CalendarView::of_key(&self.view) };
        let view = view.ok_or_else(|| AppError::invalid("view", "Choose a month, a week, a day or the agenda"))?;
        let day = date_of(&self.day).ok_or_else(|| AppError::invalid("day", "Enter a date like 2026-10-19"))?;
        Ok((view.shown_days(day), Whose::of_key(&self.of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_view_is_found_by_its_key_and_every_page_by_its_own_address() {
        for view in CalendarView::ALL {
            assert_eq!(CalendarView::of_key(view.key()), Some(view));
            let address = view.address(date("2026-10-22"));
            let part = address.rsplit('/').next().unwrap();
            assert_eq!(view.day_of(part).map(|day| view.address(day)), Some(address.clone()), "{address}");
        }
        assert_eq!(CalendarView::Month.address(date("2026-10-22")), "/calendar/month/2026-10");
        assert_eq!(CalendarView::Month.day_of("2026-10-22"), Some(date("2026-10-22")));
        for nonsense in ["2026-13", "2026-1", "10-2026", "2026", "1026-10", "2026-10-"] {
            assert_eq!(CalendarView::Month.day_of(nonsense), None, "{nonsense}");
        }
        assert_eq!(CalendarView::Week.day_of("2026-10"), None);
    }

    #[test]
    fn one_page_follows_the_other_and_leads_back_to_it() {
        for view in CalendarView::ALL {
            for day in ["2026-10-22", "2026-01-31", "2027-02-28", "2028-02-29", "2026-12-31"] {
                let begins = view.begins(date(day));
                let (before, after) = (view.before(begins), view.after(begins));
                assert!(before < begins && begins < after, "{view:?} {day}");
                assert_eq!((view.after(before), view.before(after)), (begins, begins), "{view:?} {day}");
            }
        }
        assert_eq!(CalendarView::Month.before(date("2026-03-01")), date("2026-02-01"));
        assert_eq!(CalendarView::Agenda.before(date("2026-10-31")), date("2026-10-01"));
    }

    #[test]
    fn a_month_is_asked_for_with_the_weeks_that_fill_its_page() {
        let ask = |view: &str, day: &str| CalendarForm { view: view.into(), day: day.into(), of: String::new() }.check();
        let (days, whose) = ask("month", "2026-10-22").unwrap();
        assert_eq!((days.first(), days.last(), whose), (date("2026-09-28"), date("2026-11-01"), Whose::Mine));
        assert_eq!(ask("", "2026-10-22").unwrap().0, Days::week_of(date("2026-10-22")));
        assert_eq!(ask("day", "2026-10-22").unwrap().0.each().count(), 1);
        assert!(ask("year", "2026-10-22").is_err() && ask("week", "today").is_err());
    }
}
