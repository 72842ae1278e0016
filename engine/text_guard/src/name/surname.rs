//! A family's name alone, where it is said to be one.

use crate::scanned::Scanned;
use crate::tokens::{Case, Made, Token};
use crate::words::Kinds;

/// The last token of a surname that begins at a place.
pub(super) fn read(scanned: &Scanned, first: usize) -> Option<usize> {
    if is_whole_familys_in_haste(scanned, first) {
        return Some(first);
    }
    scanned.token(first).filter(|token| is_written_as_name(token))?;
    let is_meant = is_said(scanned, first) || is_of_unborn(scanned, first) || is_whole_familys(scanned, first);
    is_meant.then(|| end(scanned, first))
}

fn is_written_as_name(token: &Token) -> bool {
    let is_capital = token.made == Made::Word && matches!(token.case, Case::Capital | Case::Upper);
    is_capital && token.length > 2 && !token.kinds.is(Kinds::STOP.or(Kinds::FAMILY))
}

/// "Eze-Williams", "O'Brien".
fn end(scanned: &Scanned, first: usize) -> usize {
    let is_double = scanned.is_mark(first + 1, &['-']) && scanned.is_joined(first + 1) && scanned.is_joined(first + 2);
    if is_double { first + 2 } else { first }
}

/// "the baby's surname is Featherstonehaugh": a family's name alone, said to be one.
fn is_said(scanned: &Scanned, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let is_joined = scanned.is_mark(before, &[':']) || matches!(scanned.word(before), "is" | "was" | "called" | "surname");
    let Some(noun) = (if scanned.word(before) == "surname" { Some(before) } else { before.checked_sub(1) }) else { return false };
    let is_last = |at: usize| matches!(scanned.word(at), "family" | "last" | "second" | "maiden");
    let is_surname = scanned.word(noun) == "surname" || (scanned.word(noun) == "name" && noun.checked_sub(1).is_some_and(is_last));
    let is_of_family = (1..=4).any(|by| {
        noun.checked_sub(by).is_some_and(|at| scanned.is_of_family(at) || scanned.kinds(at).is(Kinds::PERSONAL.or(Kinds::CLIENT)))
    });
    is_joined && is_surname && is_of_family
}

/// What could be a family's name for all that is known: no place, no people, no word of every day, nobody who wrote about families.
fn could_be_surname(scanned: &Scanned, first: usize) -> bool {
    const OTHER: Kinds = Kinds::COMMON
        .or(Kinds::PLACE)
        .or(Kinds::SERVICE)
        .or(Kinds::PROFESSION)
        .or(Kinds::CREDIT)
        .or(Kinds::PUBLISHED)
        .or(Kinds::AUTHOR)
        .or(Kinds::SYSTEM)
        .or(Kinds::MONTH)
        .or(Kinds::SUBJECT)
        .or(Kinds::OCCASION);
    let word = scanned.word(first);
    // "the Brazilian family", "a Scottish mother"
    let is_of_people = ["ian", "ean", "ish", "ese"].iter().any(|ending| word.ends_with(ending)) && !scanned.kinds(first).is(Kinds::SURNAME);
    let is_shouted = scanned.token(first).is_some_and(|token| token.case == Case::Upper);
    let is_known = scanned.kinds(first).is(Kinds::SURNAME);
    !is_of_people
        && (is_known || !is_shouted)
        && (is_known || !scanned.kinds(first).is(OTHER))
        && !scanned.kinds(first).is(Kinds::AUTHOR.or(Kinds::FICTION))
}

/// "unborn Petrescu", "Baby Hughes": a child that has no other name yet.
fn is_of_unborn(scanned: &Scanned, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let is_unborn =
        scanned.word(before) == "unborn" || (scanned.word(before) == "baby" && before > 0 && scanned.word(before - 1) == "unborn");
    let is_babys = matches!(scanned.word(before), "baby" | "infant") && is_surname_alone(scanned, first);
    let is_thing = scanned.kinds(first + 1).is(Kinds::SERVICE.or(Kinds::PUBLISHED)) && !scanned.kinds(first + 1).is(Kinds::STOP);
    (is_unborn && could_be_surname(scanned, first) || is_babys) && !is_thing
}

/// Known as a surname and as nothing else.
fn is_surname_alone(scanned: &Scanned, first: usize) -> bool {
    let kinds = scanned.kinds(first);
    let other = Kinds::GIVEN.or(Kinds::COMMON).or(Kinds::AMBIGUOUS).or(Kinds::PLACE).or(Kinds::MONTH).or(Kinds::AUTHOR);
    kinds.is(Kinds::SURNAME) && !kinds.is(other) && !matches!(scanned.word(first), "bird" | "fox" | "bell" | "lo" | "dyer")
}

/// "the mcpherson family"
fn is_whole_familys_in_haste(scanned: &Scanned, first: usize) -> bool {
    let is_family = scanned.word(first + 1) == "family" && !scanned.names_a_service(first + 1);
    let is_led = is_family && first.checked_sub(1).is_some_and(|before| scanned.word(before) == "the");
    is_led && (scanned.word(first).starts_with("mc") || (is_surname_alone(scanned, first) && scanned.word(first).len() > 3))
}

/// "the Okonkwo family", "the Birtwistle twins".
fn is_whole_familys(scanned: &Scanned, first: usize) -> bool {
    let last = end(scanned, first);
    let noun = last + 1;
    let is_kin = matches!(
        scanned.word(noun),
        "family"
            | "twins"
            | "triplets"
            | "baby"
            | "children"
            | "kids"
            | "siblings"
            | "household"
            | "boys"
            | "girls"
            | "brothers"
            | "sisters"
            | "parents"
    );
    if !is_kin || scanned.token(noun).is_some_and(|token| token.case != Case::Lower || token.is_joined) {
        return false;
    }
    // "the Hughes family centre", "the Lister family of tests"
    let is_named_after = scanned.names_a_service(noun)
        || matches!(
            scanned.word(noun + 1),
            "of" | "room" | "rooms" | "wing" | "house" | "lounge" | "suite" | "tree" | "law" | "day" | "name" | "s"
        );
    let is_led = first.checked_sub(1).is_some_and(|before| {
        matches!(scanned.word(before), "the" | "with" | "re" | "about" | "this")
            || scanned.is_mark(before, &[':', '('])
            || scanned.kinds(before).is(Kinds::ATTEND)
    });
    is_led && !is_named_after && could_be_surname(scanned, first) && scanned.behind(first, 8, Kinds::FICTION).is_none()
}
