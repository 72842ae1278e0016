//! Days on which no session is held, and why.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::bank_holidays::{BankHoliday, bank_holidays};

/// Days on which the centre is closed, the first and the last included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    pub first: NaiveDate,
    /// A closure of one day has the same `first` and `last`; one whose `last` comes before its `first` closes nothing.
    pub last: NaiveDate,
    /// What the centre calls it: "Christmas closure".
    pub name: String,
}

/// Days on which the supervisor is away, the first and the last included. Why is nobody else's business, so it is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// What a series steps over, beside the bank holidays of England and Wales.
#[derive(Debug, Clone, Copy, Default)]
pub struct DaysOff<'a> {
    pub closures: &'a [Closure],
    pub leave: &'a [Leave],
}

impl Closure {
    /// Whether the centre is closed for this reason on a date.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

impl Leave {
    /// Whether the supervisor is away on a date.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

impl DaysOff<'_> {
    /// Why no session is held on a date, in words that a member can read.
    ///
    /// A date that is off for several reasons is named by what binds most people: a bank holiday, then a closure, of several the first
    /// in the list, then leave.
    pub(crate) fn reasons(self) -> impl FnMut(NaiveDate) -> Option<String> {
        let mut known = KnownYear::default();
        move |date| {
            if let Some(bank_holiday) = known.bank_holiday_on(date) {
                return Some(bank_holiday.to_string());
            }
            if let Some(closure) = self.closures.iter().find(|closure| closure.contains(date)) {
                return Some(format!("Centre closed: {}", closure.name));
            }
            self.leave.iter().any(|leave| leave.contains(date)).then(|| String::from("Supervisor on leave"))
        }
    }
}

/// The bank holidays of one year: a walk asks for a year's dates one after the other.
#[derive(Default)]
struct KnownYear {
    year: Option<i32>,
    bank_holidays: Vec<BankHoliday>,
}

impl KnownYear {
    fn bank_holiday_on(&mut self, date: NaiveDate) -> Option<BankHoliday> {
        if self.year != Some(date.year()) {
            self.year = Some(date.year());
            self.bank_holidays = bank_holidays(date.year());
        }
        self.bank_holidays.iter().find(|bank_holiday| bank_holiday.date == date).copied()
    }
}
