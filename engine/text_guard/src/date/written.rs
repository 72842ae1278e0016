//! What is written like a day.

use crate::scanned::Scanned;
use crate::tokens::Made;
use crate::words::Kinds;

/// A day that was read.
#[derive(Clone, Copy)]
pub(super) struct Date {
    pub(super) last: usize,
    /// Whether the year is written as well.
    pub(super) has_year: bool,
}

impl Date {
    const fn whole(last: usize) -> Self {
        Self { last, has_year: true }
    }

    /// A day whose month is read, with the year if one stands behind it.
    fn of_month(scanned: &Scanned, month: usize) -> Self {
        year_behind(scanned, month).map_or(Self { last: month, has_year: false }, Self::whole)
    }
}

/// The day that begins at a place.
pub(super) fn read(scanned: &Scanned, first: usize) -> Option<Date> {
    in_numbers(scanned, first)
        .or_else(|| day_first(scanned, first))
        .or_else(|| month_first(scanned, first))
        .or_else(|| run_together(scanned, first))
        .or_else(|| feast(scanned, first))
}

fn number(scanned: &Scanned, place: usize) -> Option<(u32, usize)> {
    let digits = scanned.digits(place).filter(|digits| digits.len() <= 4)?;
    Some((digits.parse().ok()?, digits.len()))
}

/// `14/02/2025`, `3.11.24`, `21-09-2023`, `01 12 2024`, `2024-11-02`; `14/2` too.
pub(super) fn in_numbers(scanned: &Scanned, first: usize) -> Option<Date> {
    let (one, length) = number(scanned, first)?;
    if first > 0
        && scanned.is_joined(first)
        && scanned.is_mark(first - 1, &['/', '.', '-'])
        && first > 1
        && number(scanned, first - 2).is_some()
    {
        return None;
    }
    let second = behind_mark(scanned, first)?;
    let (two, _) = number(scanned, second)?;
    let third = behind_mark(scanned, second).and_then(|place| number(scanned, place).map(|(three, length)| (place, three, length)));
    match third {
        Some((last, three, _)) if length == 4 => (is_year(one) && is_month(two) && is_day(three)).then_some(Date::whole(last)),
        Some((last, three, length)) if length == 2 || length == 4 => {
            ((is_day(one) && is_month(two) || is_month(one) && is_day(two)) && (length == 2 || is_year(three))).then_some(Date::whole(last))
        }
        _ => (is_day(one) && is_month(two) && second == first + 2 && !scanned.is_mark(first + 1, &['-', '.']))
            .then_some(Date { last: second, has_year: false }),
    }
}

/// Where the next number of a date stands: behind a mark, or behind a space.
fn behind_mark(scanned: &Scanned, place: usize) -> Option<usize> {
    if scanned.is_mark(place + 1, &['/', '.', '-', '|']) {
        return Some(place + 2);
    }
    scanned.digits(place + 1).map(|_| place + 1)
}

/// `12 March 2025`, `3rd of January`, `14-Feb-21`, `16th april '24`, `the twenty-first of May`.
fn day_first(scanned: &Scanned, first: usize) -> Option<Date> {
    let day = day(scanned, first)?;
    let mut at = day + 1;
    // "3 rd"
    if matches!(scanned.word(at), "st" | "nd" | "rd" | "th") {
        at += 1;
    }
    while scanned.word(at) == "of" || scanned.is_mark(at, &['-', '/', '.', ',']) {
        at += 1;
        if at > day + 3 {
            return None;
        }
    }
    // "the 9th of the 2nd 2025"
    if scanned.word(at) == "the" && at > day + 1 && is_ordinal(scanned, at + 1) {
        return year_behind(scanned, at + 1).map(Date::whole);
    }
    // "the first may be"
    let is_month =
        scanned.kinds(at).is(Kinds::MONTH) && (at > day + 1 || scanned.word(at) != "may" || !scanned.kinds(day).is(Kinds::ORDINAL));
    is_month.then(|| Date::of_month(scanned, at))
}

/// `Feb 9th 2025`, `March 12`, `May the eleventh`.
fn month_first(scanned: &Scanned, first: usize) -> Option<Date> {
    if !scanned.kinds(first).is(Kinds::MONTH) {
        return None;
    }
    let is_the = scanned.word(first + 1) == "the";
    let day = day(scanned, first + 1 + usize::from(is_the)).filter(|day| is_the || !scanned.kinds(*day).is(Kinds::ORDINAL))?;
    Some(Date::of_month(scanned, day))
}

/// `17Jul24`, `5Mar`, and `17 Jul24`.
fn run_together(scanned: &Scanned, first: usize) -> Option<Date> {
    let token = scanned.token(first).filter(|token| token.length <= 11)?;
    if token.made == Made::Digits {
        let month = scanned.word(first + 1);
        let is_day = scanned.digits(first).is_some_and(|digits| digits.len() <= 2 && digits.parse().is_ok_and(is_day));
        return (is_day && parts_of_date(month) == Some(("", true))).then_some(Date::whole(first + 1));
    }
    let (day, has_year) = parts_of_date(scanned.word(first)).filter(|_| token.made == Made::Mixed)?;
    if !day.parse().is_ok_and(is_day) {
        return None;
    }
    Some(if has_year { Date::whole(first) } else { Date::of_month(scanned, first) })
}

/// The day of `17jul24`, and whether a year stands behind the month.
fn parts_of_date(word: &str) -> Option<(&str, bool)> {
    let month_at = word.find(|letter: char| letter.is_ascii_alphabetic()).filter(|at| *at <= 2)?;
    let (day, rest) = word.split_at_checked(month_at)?;
    let year_at = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
    let (month, year) = rest.split_at_checked(year_at)?;
    let is_date = Kinds::of(month).is(Kinds::MONTH) && matches!(year.len(), 0 | 2 | 4) && year.bytes().all(|digit| digit.is_ascii_digit());
    is_date.then_some((day, !year.is_empty()))
}

/// `Christmas Day 2023`, `New Year's Eve '24`: a day that has a name.
fn feast(scanned: &Scanned, first: usize) -> Option<Date> {
    let mut day = first + 1;
    match scanned.word(first) {
        "christmas" | "xmas" | "boxing" | "valentines" => {}
        "valentine" => day += 2,
        "new" if matches!(scanned.word(day), "year" | "years") => day += if scanned.is_mark(day + 1, &['\'']) { 3 } else { 1 },
        _ => return None,
    }
    matches!(scanned.word(day), "day" | "eve").then(|| year_behind(scanned, day)).flatten().map(Date::whole)
}

fn year_behind(scanned: &Scanned, place: usize) -> Option<usize> {
    let mut at = place + 1;
    while at < place + 3 && scanned.is_mark(at, &[',', '-', '/', '\'', '.']) {
        at += 1;
    }
    let (year, length) = number(scanned, at)?;
    let is_year = (length == 4 && is_year(year)) || (length == 2 && (at == place + 1 || scanned.is_joined(at)));
    is_year.then_some(at)
}

/// Where a day of a month has ended: `9`, `9th`, `ninth`, `twenty-first`.
fn day(scanned: &Scanned, place: usize) -> Option<usize> {
    if is_ordinal(scanned, place) || scanned.kinds(place).is(Kinds::ORDINAL) {
        return Some(place);
    }
    if !matches!(scanned.word(place), "twenty" | "thirty") {
        return None;
    }
    let one = if scanned.is_mark(place + 1, &['-']) { place + 2 } else { place + 1 };
    scanned.kinds(one).is(Kinds::ORDINAL).then_some(one)
}

/// A day of a month, as `9` or `9th`.
fn is_ordinal(scanned: &Scanned, place: usize) -> bool {
    let word = scanned.word(place);
    let bare = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let ending = word.get(bare.len()..).unwrap_or_default();
    matches!(ending, "" | "st" | "nd" | "rd" | "th") && bare.len() <= 2 && bare.parse().is_ok_and(is_day)
}

const fn is_day(day: u32) -> bool {
    day >= 1 && day <= 31
}

const fn is_month(month: u32) -> bool {
    month >= 1 && month <= 12
}

const fn is_year(year: u32) -> bool {
    year >= 1900 && year <= 2099
}

/// `140224`, `14022024` or `20240214` right behind "dob".
pub(super) fn bare(scanned: &Scanned, first: usize) -> Option<usize> {
    let digits = scanned.digits(first).filter(|digits| matches!(digits.len(), 6 | 8))?;
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse().ok());
    let is_date = part(0, 2).is_some_and(is_day) && part(2, 4).is_some_and(is_month);
    let is_year_first = part(0, 4).is_some_and(is_year) && part(4, 6).is_some_and(is_month) && part(6, 8).is_some_and(is_day);
    let is_right_behind = (1..=3).filter_map(|by| first.checked_sub(by)).any(|at| {
        scanned.kinds(at).is(Kinds::BIRTH) || matches!(scanned.word(at), "birth" | "edd") || super::birth::is_spelled_out(scanned, at)
    });
    ((is_date || is_year_first) && is_right_behind).then_some(first)
}
