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
        let is_meant = match pattern {
            Pattern::Sure => is_in_capitals && !scanned.kinds(last).is(Kinds::STOP.or(Kinds::COMMON)) || is_by_a_car(scanned, first, last),
            Pattern::Old => is_by_a_car(scanned, first, last),
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
    scanned.behind(first, NEAR, Kinds::CAR).is_some() || scanned.ahead(last, NEAR / 2, Kinds::CAR).is_some()
}

/// "reg ABC 123": whatever follows the word is one.
fn is_named(scanned: &Scanned, first: usize) -> bool {
    (1..=3).any(|by| {
        first.checked_sub(by).is_some_and(|at| matches!(scanned.word(at), "reg" | "plate" | "plates" | "numberplate" | "registration"))
    }) && scanned.behind(first, 4, Kinds::OTHER_REF).is_none()
}
