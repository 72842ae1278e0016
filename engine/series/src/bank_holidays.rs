//! Bank holidays of England and Wales, computed, so that no list has to be kept up to date in the product.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day that is published as a bank holiday in England and Wales.
///
/// Its `Display` is a reason to skip a session: "Bank holiday: Good Friday", or the name alone where that already says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankHoliday {
    pub date: NaiveDate,
    /// As published, "Christmas Day (substitute day)" where the day itself falls on a weekend.
    pub name: &'static str,
}

/// The bank holidays of a year in order of date, as published on <https://www.gov.uk/bank-holidays>.
///
/// The rules are those of the Banking and Financial Dealings Act 1971, schedule 1, and of the yearly royal proclamations: a holiday
/// that falls on a weekend is kept on the next free weekday, and only that substitute day is listed. The days that were
/// proclaimed once or moved are known from 2019 on; earlier years lack theirs, and a day that is proclaimed in future
/// has to be added to this file. The list is empty outside chrono's calendar, some 260,000 years away.
pub fn bank_holidays(year: i32) -> Vec<BankHoliday> {
    let mut bank_holidays: Vec<BankHoliday> = [
        new_years_day(year),
        easter_sunday(year).and_then(|easter| named(easter.checked_sub_days(Days::new(2)), "Good Friday")),
        easter_sunday(year).and_then(|easter| named(easter.succ_opt(), "Easter Monday")),
        early_may(year),
        spring(year),
        named(last_monday(year, 8), "Summer bank holiday"),
        christmas_day(year),
        boxing_day(year),
    ]
    .into_iter()
    .flatten()
    .chain(proclaimed_once(year))
    .collect();
    bank_holidays.sort_by_key(|bank_holiday| bank_holiday.date);
    bank_holidays
}

/// The bank holiday on a date, if it is one.
pub fn bank_holiday_on(date: NaiveDate) -> Option<BankHoliday> {
    bank_holidays(date.year()).into_iter().find(|bank_holiday| bank_holiday.date == date)
}

impl fmt::Display for BankHoliday {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.to_lowercase().contains("bank holiday") {
            return formatter.write_str(self.name);
        }
        write!(formatter, "Bank holiday: {}", self.name)
    }
}

/// Days added to the usual ones, as year, month, day and published name.
const PROCLAIMED_ONCE: [(i32, u32, u32, &str); 3] = [
    (2022, 6, 3, "Platinum Jubilee bank holiday"),
    (2022, 9, 19, "Bank Holiday for the State Funeral of Queen Elizabeth II"),
    (2023, 5, 8, "Bank holiday for the coronation of King Charles III"),
];

fn named(date: Option<NaiveDate>, name: &'static str) -> Option<BankHoliday> {
    Some(BankHoliday { date: date?, name })
}

fn on(year: i32, month: u32, day: u32, name: &'static str) -> Option<BankHoliday> {
    named(NaiveDate::from_ymd_opt(year, month, day), name)
}

fn new_years_day(year: i32) -> Option<BankHoliday> {
    match NaiveDate::from_ymd_opt(year, 1, 1)?.weekday() {
        Weekday::Sat => on(year, 1, 3, "New Year’s Day (substitute day)"),
        Weekday::Sun => on(year, 1, 2, "New Year’s Day (substitute day)"),
        _ => on(year, 1, 1, "New Year’s Day"),
    }
}

/// The first Monday in May; in 2020 it was moved to the 75th anniversary of the end of the war in Europe.
fn early_may(year: i32) -> Option<BankHoliday> {
    if year == 2020 {
        return on(2020, 5, 8, "Early May bank holiday (VE day)");
    }
    named(NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 1), "Early May bank holiday")
}

/// The last Monday in May; in 2022 it was moved to make a long weekend of the Platinum Jubilee.
fn spring(year: i32) -> Option<BankHoliday> {
    if year == 2022 {
        return on(2022, 6, 2, "Spring bank holiday");
    }
    named(last_monday(year, 5), "Spring bank holiday")
}

/// On a Saturday the substitute is Monday the 27th; on a Sunday it is Tuesday the 27th, because Boxing Day keeps the Monday.
fn christmas_day(year: i32) -> Option<BankHoliday> {
    if is_weekend(NaiveDate::from_ymd_opt(year, 12, 25)?) {
        return on(year, 12, 27, "Christmas Day (substitute day)");
    }
    on(year, 12, 25, "Christmas Day")
}

/// On a Saturday the substitute is Monday the 28th; on a Sunday it is Tuesday the 28th, because Christmas Day takes the Monday.
fn boxing_day(year: i32) -> Option<BankHoliday> {
    if is_weekend(NaiveDate::from_ymd_opt(year, 12, 26)?) {
        return on(year, 12, 28, "Boxing Day (substitute day)");
    }
    on(year, 12, 26, "Boxing Day")
}

fn proclaimed_once(year: i32) -> impl Iterator<Item = BankHoliday> {
    PROCLAIMED_ONCE
        .into_iter()
        .filter(move |(proclaimed_year, ..)| *proclaimed_year == year)
        .filter_map(|(year, month, day, name)| on(year, month, day, name))
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// For a month of 31 days, as May and August are.
fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_monday())))
}

/// Easter Sunday in the Gregorian calendar.
///
/// The anonymous Gregorian algorithm: Jean Meeus, Astronomical Algorithms, 2nd edition (1998), chapter 8, after Nature, 20 April
/// 1876. The single letters are those of the source.
#[expect(clippy::many_single_char_names, reason = "the letters of the source, so that the two can be compared")]
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let month_and_day = h + l - 7 * m + 114;
    let month = u32::try_from(month_and_day / 31).ok()?;
    let day = u32::try_from(month_and_day % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of <https://www.gov.uk/bank-holidays> for England and Wales; "*" marks what it calls a substitute day.
    const PUBLISHED: &str = "
        2019-01-01 New Year’s Day
        2019-04-19 Good Friday
        2019-04-22 Easter Monday
        2019-05-06 Early May bank holiday
        2019-05-27 Spring bank holiday
        2019-08-26 Summer bank holiday
        2019-12-25 Christmas Day
        2019-12-26 Boxing Day
        2020-01-01 New Year’s Day
        2020-04-10 Good Friday
        2020-04-13 Easter Monday
        2020-05-08 Early May bank holiday (VE day)
        2020-05-25 Spring bank holiday
        2020-08-31 Summer bank holiday
        2020-12-25 Christmas Day
        2020-12-28 Boxing Day*
        2021-01-01 New Year’s Day
        2021-04-02 Good Friday
        2021-04-05 Easter Monday
        2021-05-03 Early May bank holiday
        2021-05-31 Spring bank holiday
        2021-08-30 Summer bank holiday
        2021-12-27 Christmas Day*
        2021-12-28 Boxing Day*
        2022-01-03 New Year’s Day*
        2022-04-15 Good Friday
        2022-04-18 Easter Monday
        2022-05-02 Early May bank holiday
        2022-06-02 Spring bank holiday
        2022-06-03 Platinum Jubilee bank holiday
        2022-08-29 Summer bank holiday
        2022-09-19 Bank Holiday for the State Funeral of Queen Elizabeth II
        2022-12-26 Boxing Day
        2022-12-27 Christmas Day*
        2023-01-02 New Year’s Day*
        2023-04-07 Good Friday
        2023-04-10 Easter Monday
        2023-05-01 Early May bank holiday
        2023-05-08 Bank holiday for the coronation of King Charles III
        2023-05-29 Spring bank holiday
        2023-08-28 Summer bank holiday
        2023-12-25 Christmas Day
        2023-12-26 Boxing Day
        2024-01-01 New Year’s Day
        2024-03-29 Good Friday
        2024-04-01 Easter Monday
        2024-05-06 Early May bank holiday
        2024-05-27 Spring bank holiday
        2024-08-26 Summer bank holiday
        2024-12-25 Christmas Day
        2024-12-26 Boxing Day
        2025-01-01 New Year’s Day
        2025-04-18 Good Friday
        2025-04-21 Easter Monday
        2025-05-05 Early May bank holiday
        2025-05-26 Spring bank holiday
        2025-08-25 Summer bank holiday
        2025-12-25 Christmas Day
        2025-12-26 Boxing Day
        2026-01-01 New Year’s Day
        2026-04-03 Good Friday
        2026-04-06 Easter Monday
        2026-05-04 Early May bank holiday
        2026-05-25 Spring bank holiday
        2026-08-31 Summer bank holiday
        2026-12-25 Christmas Day
        2026-12-28 Boxing Day*
        2027-01-01 New Year’s Day
        2027-03-26 Good Friday
        2027-03-29 Easter Monday
        2027-05-03 Early May bank holiday
        2027-05-31 Spring bank holiday
        2027-08-30 Summer bank holiday
        2027-12-27 Christmas Day*
        2027-12-28 Boxing Day*
        2028-01-03 New Year’s Day*
        2028-04-14 Good Friday
        2028-04-17 Easter Monday
        2028-05-01 Early May bank holiday
        2028-05-29 Spring bank holiday
        2028-08-28 Summer bank holiday
        2028-12-25 Christmas Day
        2028-12-26 Boxing Day
    ";

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_computed_holidays_are_the_published_ones_from_2019_to_2028() {
        let published: Vec<_> =
            PUBLISHED.lines().map(|line| line.trim().replace('*', " (substitute day)")).filter(|line| !line.is_empty()).collect();

        let computed: Vec<_> =
            (2019..=2028).flat_map(bank_holidays).map(|bank_holiday| format!("{} {}", bank_holiday.date, bank_holiday.name)).collect();

        assert_eq!(computed, published);
    }

    /// The earliest and the latest Easter that there can be, and dates of the source's own table.
    #[test]
    fn easter_falls_where_the_source_puts_it() {
        let known = [
            date(1818, 3, 22),
            date(1886, 4, 25),
            date(1943, 4, 25),
            date(1961, 4, 2),
            date(1991, 3, 31),
            date(1992, 4, 19),
            date(1993, 4, 11),
            date(1954, 4, 18),
            date(2000, 4, 23),
            date(2038, 4, 25),
            date(2285, 3, 22),
        ];
        for easter in known {
            assert_eq!(easter_sunday(easter.year()), Some(easter));
        }
    }

    #[test]
    fn easter_is_always_a_sunday_from_22_march_to_25_april() {
        for year in 1583..=4099 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun);
            assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&easter));
        }
    }

    #[test]
    fn every_usual_year_has_eight_bank_holidays_on_weekdays() {
        for year in 2024..=2099 {
            let bank_holidays = bank_holidays(year);
            assert_eq!(bank_holidays.len(), 8);
            assert!(!bank_holidays.iter().any(|bank_holiday| is_weekend(bank_holiday.date)));
        }
    }

    #[test]
    fn a_date_is_looked_up_in_its_year() {
        assert_eq!(bank_holiday_on(date(2026, 4, 3)).map(|found| found.name), Some("Good Friday"));
        assert_eq!(bank_holiday_on(date(2026, 4, 4)), None);
        assert_eq!(bank_holiday_on(date(2026, 12, 26)), None);
    }

    #[test]
    fn the_reason_says_bank_holiday_once() {
        let reason = |date| bank_holiday_on(date).unwrap().to_string();

        assert_eq!(reason(date(2026, 4, 3)), "Bank holiday: Good Friday");
        assert_eq!(reason(date(2026, 12, 28)), "Bank holiday: Boxing Day (substitute day)");
        assert_eq!(reason(date(2026, 5, 4)), "Early May bank holiday");
        assert_eq!(reason(date(2022, 9, 19)), "Bank Holiday for the State Funeral of Queen Elizabeth II");
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        for year in [i32::MIN, NaiveDate::MIN.year(), -1, 0, NaiveDate::MAX.year(), i32::MAX] {
            bank_holidays(year);
        }
        assert!(bank_holidays(i32::MAX).is_empty());
    }
}
