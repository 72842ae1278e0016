//! Days on which somebody was born or is due.
//!
//! A date alone is a training day as soon as a birthday; what stands beside it decides. A month or a year alone is no date of birth: thousands
//! share it. The day on which a baby is due counts, since it becomes one.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::Made;
use crate::words::Kinds;

pub(crate) fn find(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        if scanned.is_claimed(first) {
            continue;
        }
        let date = date(scanned, first).or_else(|| bare(scanned, first));
        if let Some(last) = date.filter(|last| is_of_birth(scanned, first, *last)) {
            scanned.claim(first, last, Category::DateOfBirth);
        }
    }
}

/// The day right behind the name of a child or a parent, "(Amelia Clarke, 14/02/2025)", which is whose it is.
pub(crate) fn claim_behind_name(scanned: &mut Scanned, last: usize) {
    let mut first = last + 1;
    while first < last + 3 && scanned.is_mark(first, &[',', '(', '-', ':']) {
        first += 1;
    }
    let date = in_numbers(scanned, first).filter(|end| *end > first + 3);
    if let Some(end) = date.filter(|_| !scanned.is_claimed(first)) {
        scanned.claim(first, end, Category::DateOfBirth);
    }
}

// -- Dates.

/// The last token of the date that begins at a place.
fn date(scanned: &Scanned, first: usize) -> Option<usize> {
    in_numbers(scanned, first)
        .or_else(|| day_first(scanned, first))
        .or_else(|| month_first(scanned, first))
        .or_else(|| feast(scanned, first))
}

fn number(scanned: &Scanned, place: usize) -> Option<(u32, usize)> {
    let digits = scanned.digits(place).filter(|digits| digits.len() <= 4)?;
    Some((digits.parse().ok()?, digits.len()))
}

/// `14/02/2025`, `3.11.24`, `21-09-2023`, `01 12 2024`, `2024-11-02`; `14/2` too.
fn in_numbers(scanned: &Scanned, first: usize) -> Option<usize> {
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
        Some((last, three, _)) if length == 4 => (is_year(one) && is_month(two) && is_day(three)).then_some(last),
        Some((last, three, length)) if length == 2 || length == 4 => {
            ((is_day(one) && is_month(two) || is_month(one) && is_day(two)) && (length == 2 || is_year(three))).then_some(last)
        }
        _ => (is_day(one) && is_month(two) && second == first + 2 && !scanned.is_mark(first + 1, &['-', '.'])).then_some(second),
    }
}

/// Where the next number of a date stands: behind a mark, or behind a space.
fn behind_mark(scanned: &Scanned, place: usize) -> Option<usize> {
    if scanned.is_mark(place + 1, &['/', '.', '-', '|']) {
        return Some(place + 2);
    }
    scanned.digits(place + 1).map(|_| place + 1)
}

/// `12 March 2025`, `3rd of January`, `14-Feb-21`, `16th april '24`.
fn day_first(scanned: &Scanned, first: usize) -> Option<usize> {
    if !is_ordinal(scanned, first) {
        return None;
    }
    let mut at = first + 1;
    // "3 rd"
    if matches!(scanned.word(at), "st" | "nd" | "rd" | "th") {
        at += 1;
    }
    while scanned.word(at) == "of" || scanned.is_mark(at, &['-', '/', '.', ',']) {
        at += 1;
        if at > first + 3 {
            return None;
        }
    }
    scanned.kinds(at).is(Kinds::MONTH).then(|| year_behind(scanned, at).unwrap_or(at))
}

/// `Feb 9th 2025`, `March 12`.
fn month_first(scanned: &Scanned, first: usize) -> Option<usize> {
    let day = first + 1;
    let is_whole = scanned.kinds(first).is(Kinds::MONTH) && is_ordinal(scanned, day);
    is_whole.then(|| year_behind(scanned, day).unwrap_or(day))
}

/// `Christmas Day 2023`, `New Year's Eve '24`: a day that has a name.
fn feast(scanned: &Scanned, first: usize) -> Option<usize> {
    let mut day = first + 1;
    match scanned.word(first) {
        "christmas" | "xmas" | "boxing" | "valentines" => {}
        "valentine" => day += 2,
        "new" if matches!(scanned.word(day), "year" | "years") => day += if scanned.is_mark(day + 1, &['\'']) { 3 } else { 1 },
        _ => return None,
    }
    matches!(scanned.word(day), "day" | "eve").then(|| year_behind(scanned, day)).flatten()
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

/// `140224` or `14022024` right behind "dob".
fn bare(scanned: &Scanned, first: usize) -> Option<usize> {
    let digits = scanned.digits(first).filter(|digits| matches!(digits.len(), 6 | 8))?;
    let part = |from: usize| digits.get(from..from + 2).and_then(|part| part.parse().ok());
    let is_date = part(0).is_some_and(is_day) && part(2).is_some_and(is_month);
    let is_right_behind = (1..=3).any(|by| first.checked_sub(by).is_some_and(|at| scanned.kinds(at).is(Kinds::BIRTH)));
    (is_date && is_right_behind).then_some(first)
}

// -- What is said of them.

/// How far from a date the word that makes it a birthday may stand.
const NEAR: usize = 8;

fn is_of_birth(scanned: &Scanned, first: usize, last: usize) -> bool {
    is_born_before(scanned, first) || is_birthday_after(scanned, last)
}

fn is_born_before(scanned: &Scanned, first: usize) -> bool {
    for distance in 1..=NEAR {
        let Some(at) = first.checked_sub(distance) else { return false };
        if scanned.ends_sentence(at) && !is_spelled_out(scanned, at) {
            return false;
        }
        let kinds = scanned.kinds(at);
        if kinds.is(Kinds::BIRTH) {
            // "The speaker was born …"
            return !is_of_a_service(scanned, at) && scanned.behind(at, 2, Kinds::PROFESSION.or(Kinds::AUTHOR)).is_none();
        }
        if kinds.is(Kinds::OCCASION) {
            return false;
        }
        if is_spelled_out(scanned, at)
            || is_birth(scanned, at, distance)
            || is_due(scanned, at, distance)
            || is_turning(scanned, at, distance)
            || is_had(scanned, at, distance)
        {
            return true;
        }
    }
    false
}

/// "16 April is her birthday", "14/02/2025 (dob)".
fn is_birthday_after(scanned: &Scanned, last: usize) -> bool {
    if (last + 3..last + 6).any(|at| scanned.word(at) == "birth" && scanned.word(at - 1) == "of" && scanned.word(at - 2) == "date") {
        return true;
    }
    let distance = scanned.ahead(last, 5, Kinds::BIRTH.or(Kinds::OCCASION));
    distance.is_some_and(|distance| {
        let at = last + distance;
        scanned.kinds(at).is(Kinds::BIRTH) && !is_of_a_service(scanned, at) && (scanned.word(at) != "born" || distance <= 3)
    })
}

/// "d.o.b.", "d o b", "d/o/b", and "b." before a number.
fn is_spelled_out(scanned: &Scanned, at: usize) -> bool {
    if scanned.word(at) == "b" {
        let letters: Vec<&str> =
            (1..=4).filter_map(|by| at.checked_sub(by)).map(|place| scanned.word(place)).filter(|word| !word.is_empty()).take(2).collect();
        let is_abbreviated =
            scanned.is_mark(at + 1, &['.']) && scanned.before(at, 1).is_none_or(|token| !matches!(token.made, Made::Word | Made::Digits));
        return letters == ["o", "d"] || is_abbreviated;
    }
    scanned.is_mark(at, &['.']) && scanned.word(at.saturating_sub(1)) == "b" && at > 1 && is_spelled_out(scanned, at - 1)
}

/// "date of birth", "gave birth on", "birth: ".
fn is_birth(scanned: &Scanned, at: usize, distance: usize) -> bool {
    let is_date_of =
        scanned.word(at.saturating_sub(2)) == "date" || scanned.word(at.saturating_sub(1)) == "date" || scanned.word(at + 1) == "date";
    let is_given = matches!(scanned.word(at.saturating_sub(1)), "gave" | "given" | "giving");
    let is_on = distance == 2 && scanned.word(at + 1) == "on";
    match scanned.word(at) {
        "birth" => is_date_of || is_given || is_on,
        "delivered" if scanned.ahead_is(at + distance, 8, "weeks") => true,
        "delivered" => {
            distance <= 4
                && (1..=4).any(|by| at.checked_sub(by).is_some_and(|place| scanned.is_of_family(place) || scanned.word(place) == "she"))
        }
        _ => false,
    }
}

/// "EDD", "baby is due on".
fn is_due(scanned: &Scanned, at: usize, distance: usize) -> bool {
    match scanned.word(at) {
        "edd" => distance <= 5,
        "due" if distance <= 4 => {
            let is_expecting = |by| {
                at.checked_sub(by).is_some_and(|place| {
                    scanned.is_of_family(place) || matches!(scanned.word(place), "she" | "pregnant" | "expecting" | "pregnancy")
                })
            };
            // "She is due back on …" is another matter.
            let is_day =
                (1..distance).all(|by| matches!(scanned.word(at + by), "" | "on" | "date" | "is" | "the" | "around" | "about" | "for"));
            let is_hers = scanned.word(at + 1) == "date" && matches!(scanned.word(at.saturating_sub(1)), "her" | "my");
            is_day
                && (is_hers
                    || (1..=4).any(is_expecting)
                    || scanned.ahead(at + distance, 6, Kinds::FAMILY).is_some() && scanned.word(at + 1) == "date")
        }
        _ => false,
    }
}

/// "had her second baby on", "had him on".
fn is_had(scanned: &Scanned, at: usize, distance: usize) -> bool {
    let is_child =
        scanned.is_of_family(at) && matches!(scanned.word(at), "baby" | "son" | "daughter" | "boy" | "girl" | "twins" | "triplets");
    let had = (1..=5)
        .map_while(|by| at.checked_sub(by))
        .take_while(|place| !scanned.is_mark(*place, &[',', '.', ';']))
        .find(|place| matches!(scanned.word(*place), "had" | "having" | "and" | "with"));
    let is_on = matches!((distance, scanned.word(at + 1)), (2, "on") | (1, _));
    is_child && is_on && had.is_some_and(|place| matches!(scanned.word(place), "had" | "having"))
}

/// "she turns two on".
fn is_turning(scanned: &Scanned, at: usize, distance: usize) -> bool {
    let is_age = scanned.kinds(at + 1).is(Kinds::NUMBER) || scanned.digits(at + 1).is_some();
    distance <= 4 && matches!(scanned.word(at), "turns" | "turned" | "turning") && is_age
}

/// "the Centre's fifth birthday".
fn is_of_a_service(scanned: &Scanned, at: usize) -> bool {
    // "a birthday cake for the hub"
    if scanned.ahead(at, 4, Kinds::SERVICE.or(Kinds::PERSONAL)).is_some_and(|distance| scanned.kinds(at + distance).is(Kinds::SERVICE)) {
        return true;
    }
    scanned
        .behind(at, 4, Kinds::SERVICE.or(Kinds::FAMILY).or(Kinds::PERSONAL))
        .is_some_and(|distance| scanned.kinds(at - distance).is(Kinds::SERVICE))
}
