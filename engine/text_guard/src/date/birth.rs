//! Words for a birthday beside a date: "born", "dob", "due on", "turns two on", "had her baby on".

use crate::scanned::Scanned;
use crate::tokens::Made;
use crate::words::Kinds;

/// How far from a date the word that makes it a birthday may stand.
const NEAR: usize = 8;
/// How far "born" may stand, which is seldom said of anything else.
const NEAR_BORN: usize = 12;

/// Whether a word for a birthday belongs to a date.
pub(super) fn is_said(scanned: &Scanned, first: usize, last: usize) -> bool {
    is_born_before(scanned, first) || is_birthday_after(scanned, last)
}

fn is_born_before(scanned: &Scanned, first: usize) -> bool {
    for distance in 1..=NEAR_BORN {
        let Some(at) = first.checked_sub(distance) else { return false };
        if scanned.ends_sentence(at) && !is_spelled_out(scanned, at) {
            return false;
        }
        let kinds = scanned.kinds(at);
        if distance > NEAR && scanned.word(at) != "born" {
            continue;
        }
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
    // "…, she said when I asked when he was born"
    let is_asked = (last + 4..last + 13)
        .take_while(|at| !scanned.ends_sentence(*at))
        .any(|at| scanned.word(at) == "born" && scanned.word(at - 1) == "was" && matches!(scanned.word(at - 3), "when" | "day"));
    if is_asked {
        return true;
    }
    let distance = scanned.ahead(last, 5, Kinds::BIRTH.or(Kinds::OCCASION));
    distance.is_some_and(|distance| {
        let at = last + distance;
        scanned.kinds(at).is(Kinds::BIRTH) && !is_of_a_service(scanned, at) && (scanned.word(at) != "born" || distance <= 3)
    })
}

/// "d.o.b.", "d o b", "d/o/b", and "b." before a number.
pub(super) fn is_spelled_out(scanned: &Scanned, at: usize) -> bool {
    if scanned.word(at) == "b" {
        let letters: Vec<&str> =
            (1..=4).filter_map(|by| at.checked_sub(by)).map(|place| scanned.word(place)).filter(|word| !word.is_empty()).take(2).collect();
        // "b. 06/09/2023", "child b. 06/09/2023"
        let is_behind_nothing = scanned.before(at, 1).is_none_or(|token| !matches!(token.made, Made::Word | Made::Digits));
        let is_abbreviated = scanned.is_mark(at + 1, &['.']) && (is_behind_nothing || at > 0 && scanned.is_of_family(at - 1));
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
                    scanned.is_of_family(place) || matches!(scanned.word(place), "she" | "he" | "pregnant" | "expecting" | "pregnancy")
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

/// "the Centre's fifth birthday". A service has no "dob": "NHS number …, dob …".
fn is_of_a_service(scanned: &Scanned, at: usize) -> bool {
    if matches!(scanned.word(at), "dob" | "birthdate") {
        return false;
    }
    // "a birthday cake for the hub"
    if scanned.ahead(at, 4, Kinds::SERVICE.or(Kinds::PERSONAL)).is_some_and(|distance| scanned.kinds(at + distance).is(Kinds::SERVICE)) {
        return true;
    }
    scanned
        .behind(at, 4, Kinds::SERVICE.or(Kinds::FAMILY).or(Kinds::PERSONAL))
        .is_some_and(|distance| scanned.kinds(at - distance).is(Kinds::SERVICE))
}
