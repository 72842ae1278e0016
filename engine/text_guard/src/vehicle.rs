//! Numbers of cars.
//!
//! The pattern of today (AB12 CDE) is seldom anything else. The older ones, and those of Northern Ireland, are room and level numbers as well, so
//! that they count beside a word for a car alone.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// How far from the number the word for a car may stand.
const NEAR: usize = 10;

pub(crate) fn find(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        if scanned.is_claimed(first) {
            continue;
        }
        let Some((last, pattern)) = plate(scanned, first) else { continue };
        let is_in_capitals = !is_small(scanned, first) && !is_small(scanned, last);
        if is_ours(scanned, first) {
            continue;
        }
        let is_meant = match pattern {
            Pattern::Sure => {
                let is_word = scanned.kinds(last).is(Kinds::STOP.or(Kinds::COMMON).or(Kinds::FAMILY));
                is_by_a_car(scanned, first, last) || (is_in_capitals && !is_word && !is_of_a_thing(scanned, first, last))
            }
            Pattern::Old => {
                // "bay B14 and"
                let is_word = last > first && is_small(scanned, last) && scanned.kinds(last).is(Kinds::STOP.or(Kinds::COMMON));
                !is_word && is_by_a_car(scanned, first, last)
            }
            Pattern::Bare => is_in_capitals && is_named(scanned, first) && !scanned.kinds(last).is(Kinds::STOP.or(Kinds::MONTH)),
        };
        if is_meant {
            scanned.claim(first, last, Category::VehicleRegistration);
        }
    }
}

/// How sure a pattern is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pattern {
    Sure,
    Old,
    Bare,
}

/// The last token of what is written like the number of a car.
fn plate(scanned: &Scanned, first: usize) -> Option<(usize, Pattern)> {
    let one = part(scanned, first)?;
    let alone = pattern(one).map(|pattern| (first, pattern));
    if alone.is_some_and(|(_, pattern)| pattern != Pattern::Bare) {
        return alone;
    }
    let second = if scanned.is_mark(first + 1, &['-']) { first + 2 } else { first + 1 };
    // Two words are no plate.
    let has_digits = [first, second].iter().any(|place| scanned.token(*place).is_some_and(|token| token.made != Made::Word));
    let two = part(scanned, second).filter(|_| has_digits).filter(|two| one.len() + two.len() <= 7);
    let joined = two.and_then(|two| pattern(&format!("{one}{two}"))).map(|pattern| (second, pattern));
    // "child abt 18m" in haste: a word and an age.
    let is_age = |place: usize| {
        let word = scanned.word(place);
        is_small(scanned, place) && word.starts_with(|letter: char| letter.is_ascii_digit()) && word.ends_with(['m', 'w', 'y'])
    };
    let joined = joined.filter(|_| !(is_small(scanned, first) && is_age(second)));
    // "AB12 CDE" begins like a plate of its own, and "12 ABC" would be one with whatever follows.
    joined.filter(|(_, pattern)| *pattern != Pattern::Bare || alone.is_none()).or(alone)
}

fn part(scanned: &Scanned, place: usize) -> Option<&str> {
    let is_part = scanned.token(place).is_some_and(|token| !matches!(token.made, Made::Mark(_)) && token.length <= 7);
    is_part.then(|| scanned.word(place)).filter(|word| word.is_ascii())
}

/// Which pattern letters and digits follow, as runs of the two.
fn pattern(plate: &str) -> Option<Pattern> {
    let digits = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    let first_digit = plate.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, rest) = plate.split_at_checked(first_digit)?;
    let after = rest.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (number, ending) = rest.split_at_checked(after)?;
    if !digits(number) || !ending.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return None;
    }
    match (letters.len(), number.len(), ending.len()) {
        (2, 2, 3) if is_age(number) && !letters.contains(['i', 'q']) && !ending.contains(['i', 'q']) => Some(Pattern::Sure),
        (1, 1..=3, 3) | (3, 1..=3, 1) => Some(Pattern::Old),
        (3, 2..=4, 0) if letters.contains(['i', 'z']) => Some(Pattern::Old),
        (1..=3, 1..=4, 0) | (0, 1..=4, 1..=3) => Some(Pattern::Bare),
        _ => None,
    }
}

/// The half-year in which a car was new: `02` to `49`, and `51` to `99`.
fn is_age(number: &str) -> bool {
    number.parse().is_ok_and(|age: u32| (2..=49).contains(&age) || (51..=99).contains(&age))
}

fn is_small(scanned: &Scanned, place: usize) -> bool {
    scanned.token(place).is_some_and(|token| token.case == Case::Lower && token.made != Made::Digits)
}

fn is_by_a_car(scanned: &Scanned, first: usize, last: usize) -> bool {
    let is_on_the_drive = (last + 1..last + 5).any(|at| scanned.word(at) == "drive" && scanned.word(at - 2) == "on");
    is_on_the_drive || scanned.behind(first, NEAR, Kinds::CAR).is_some() || scanned.ahead(last, NEAR / 2, Kinds::CAR).is_some()
}

/// "our van is …", "the pool car, …", "the hire minibus (reg …)": a car of the work.
fn is_ours(scanned: &Scanned, first: usize) -> bool {
    let is_of_work = |car: usize| {
        let is_said = |at: usize| matches!(scanned.word(at), "our" | "pool" | "hire" | "team");
        scanned.word(car) == "minibus" || (1..=2).filter_map(|by| car.checked_sub(by)).any(is_said)
    };
    (1..=NEAR).filter_map(|by| first.checked_sub(by)).any(|at| scanned.kinds(at).is(Kinds::CAR) && is_of_work(at))
}

/// "module PM21 OBS", "the cupboard key is labelled HB07 KEY", "TR25 ADV is the form".
fn is_of_a_thing(scanned: &Scanned, first: usize, last: usize) -> bool {
    const FAR: usize = 14;
    const BESIDE: usize = 4;
    let is_said_behind = scanned.word(last + 1) == "is" && scanned.ahead(last, 5, Kinds::THING).is_some();
    let is_numbered = scanned.behind(first, FAR, Kinds::THING).is_some_and(|by| by <= BESIDE || numbers_things(scanned.word(first - by)));
    is_said_behind || is_numbered || scanned.behind(first, BESIDE, Kinds::OTHER_REF).is_some_and(|by| scanned.word(first - by) != "ticket")
}

/// Words that say of a number what it is of, however far before it they stand.
fn numbers_things(word: &str) -> bool {
    matches!(
        word,
        "code"
            | "codes"
            | "tag"
            | "tagged"
            | "labelled"
            | "labeled"
            | "label"
            | "asset"
            | "catalogue"
            | "barcode"
            | "module"
            | "sku"
            | "stock"
    )
}

/// "reg ABC 123": whatever follows the word is one.
fn is_named(scanned: &Scanned, first: usize) -> bool {
    (1..=3).any(|by| {
        first.checked_sub(by).is_some_and(|at| matches!(scanned.word(at), "reg" | "plate" | "plates" | "numberplate" | "registration"))
    }) && scanned.behind(first, 4, Kinds::OTHER_REF).is_none()
}
