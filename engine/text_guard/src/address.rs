//! Where somebody lives: a house and its street, a flat, or a street where it is said that somebody lives there.
//!
//! A venue's address is let pass where the nearest word says that it is one and nothing says that somebody lives there.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// A street has no more words than that.
const MOST_WORDS: usize = 5;

pub(crate) fn find(scanned: &mut Scanned) {
    let mut first = 0;
    while first < scanned.len() {
        let found = if scanned.is_claimed(first) { None } else { address(scanned, first) };
        if let Some(last) = found.filter(|last| !is_venue(scanned, first, *last)) {
            scanned.claim(first, last, Category::Address);
            first = last;
        }
        first += 1;
    }
}

fn is_venue(scanned: &Scanned, first: usize, last: usize) -> bool {
    match whose_address(scanned, first) {
        Some(Whose::Family) => return false,
        Some(Whose::Ours) => return true,
        None => {}
    }
    if is_where_writer_works(scanned, first) {
        return true;
    }
    // Nobody holds a clinic in a flat.
    let is_flat = scanned.kinds(first).is(Kinds::FLAT);
    !is_flat && scanned.belongs_to_service(first, last, Kinds::VENUE, Kinds::PERSONAL.or(Kinds::SETTLED))
}

/// Whose an address is said to be.
#[derive(Clone, Copy)]
enum Whose {
    Family,
    Ours,
}

/// "I used to work at …", "Come to …", "Unit 6, …"
fn is_where_writer_works(scanned: &Scanned, first: usize) -> bool {
    if first.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "unit" | "suite")) {
        return true;
    }
    let comes = first.checked_sub(2).filter(|at| matches!(scanned.word(*at), "come" | "meet" | "gather" | "venue"));
    if comes.is_some_and(|at| at == 0 || scanned.ends_sentence(at - 1)) {
        return true;
    }
    let works =
        (1..=3).filter_map(|by| first.checked_sub(by)).find(|at| matches!(scanned.word(*at), "work" | "worked" | "working" | "trained"));
    works.is_some_and(|at| (1..=4).filter_map(|by| at.checked_sub(by)).any(|who| matches!(scanned.word(who), "i" | "we")))
}

/// "letters go to the old address, …", "our new address is …": whose it is by the words right before it.
fn whose_address(scanned: &Scanned, first: usize) -> Option<Whose> {
    let noun = (1..=3).filter_map(|by| first.checked_sub(by)).find(|at| matches!(scanned.word(*at), "address" | "addr"))?;
    for at in (1..=3).filter_map(|by| noun.checked_sub(by)) {
        let word = scanned.word(at);
        if matches!(word, "our" | "centre" | "hub" | "clinic" | "office") {
            return Some(Whose::Ours);
        }
        if matches!(word, "old" | "home" | "previous" | "last" | "forwarding" | "temporary" | "current") || scanned.is_of_family(at) {
            return Some(Whose::Family);
        }
        if scanned.kinds(at).is(Kinds::PERSONAL) {
            return Some(Whose::Family);
        }
    }
    None
}

/// The last token of the address that begins at a place.
fn address(scanned: &Scanned, first: usize) -> Option<usize> {
    flat(scanned, first)
        .or_else(|| house(scanned, first))
        .or_else(|| home(scanned, first))
        .or_else(|| house_and_street(scanned, first))
        .or_else(|| number_alone(scanned, first))
        .or_else(|| house_of_one_word(scanned, first))
        .or_else(|| said_to_be(scanned, first))
}

/// `Flat 3, 22 High Street`, `Flat 12b, Kestrel House`, and `flat 7` where somebody lives.
fn flat(scanned: &Scanned, first: usize) -> Option<usize> {
    if !scanned.kinds(first).is(Kinds::FLAT) || !is_house_number(scanned, first + 1) {
        return None;
    }
    let mut at = first + 2;
    // "Flat 2/1" in Scotland: the first door on the second floor.
    if scanned.is_mark(at, &['/']) && scanned.digits(at + 1).is_some() {
        at += 2;
    }
    while scanned.is_mark(at, &[',', '-']) {
        at += 1;
    }
    if let Some(last) = house(scanned, at).or_else(|| named_house(scanned, at)) {
        return Some(last);
    }
    // "Apartment 14, The Maltings"
    let is_apart = scanned.is_mark(first + 2, &[',']);
    let name = at + usize::from(scanned.word(at) == "the");
    let is_named = scanned.token(name).is_some_and(|token| {
        token.made == Made::Word
            && token.case == Case::Capital
            && token.length > 3
            && !token.kinds.is(Kinds::STOP.or(Kinds::COMMON).or(Kinds::MONTH))
    });
    if is_apart && is_named {
        return Some(name);
    }
    if let Some(last) = name_of_house(scanned, at).filter(|_| is_apart) {
        let behind = if scanned.is_mark(last + 1, &[',']) { last + 2 } else { last + 1 };
        return Some(street(scanned, behind).filter(|_| behind > last + 1).unwrap_or(last));
    }
    let home = Kinds::HOME.or(Kinds::PERSONAL).or(Kinds::FAMILY);
    let is_home = scanned.behind(first, 8, home).is_some() || scanned.ahead(first + 1, 8, home).is_some();
    // "flat 3 out of 10"
    (is_home && scanned.word(first + 2) != "out").then_some(first + 1)
}

/// `The Old Maltings`, `Wharf Mill`: two words with a capital behind a flat's number.
fn name_of_house(scanned: &Scanned, first: usize) -> Option<usize> {
    let is_part = |at: usize| scanned.token(at).is_some_and(|token| token.made == Made::Word && token.case == Case::Capital);
    let words = (first..first + 4).take_while(|at| is_part(*at)).count();
    (words >= 2).then(|| first + words - 1)
}

/// `14 Elm Road`, `45a Victoria Avenue`, `31 mill lane`, with the dwelling before it.
fn house(scanned: &Scanned, first: usize) -> Option<usize> {
    if !is_house_number(scanned, first) {
        return None;
    }
    let next = if scanned.is_mark(first + 1, &[',']) { first + 2 } else { first + 1 };
    // "6 Llys Owain"
    let is_welsh = scanned.kinds(next).is(Kinds::STREET_FIRST) && scanned.token(next + 1).is_some_and(|token| token.case == Case::Capital);
    if is_welsh { Some(next + 1) } else { street(scanned, next).or_else(|| dwelling(scanned, next)) }
}

/// `12 Saville House`
fn dwelling(scanned: &Scanned, first: usize) -> Option<usize> {
    let is_name = scanned.token(first).is_some_and(|token| {
        token.made == Made::Word && token.case == Case::Capital && !token.kinds.is(Kinds::COMMON.or(Kinds::STOP).or(Kinds::MONTH))
    });
    let is_house = scanned.token(first + 1).is_some_and(|next| next.case == Case::Capital && next.kinds.is(Kinds::DWELLING));
    (is_name && is_house).then_some(first + 1)
}

/// The last token of a street's name that begins at a place.
fn street(scanned: &Scanned, first: usize) -> Option<usize> {
    let mut at = first;
    for words in 0..=MOST_WORDS {
        let token = scanned.token(at).filter(|token| token.made == Made::Word)?;
        let (case, kinds) = (token.case, token.kinds);
        let is_type = kinds.is(Kinds::STREET) || (kinds.is(Kinds::WEAK_STREET) && case != Case::Lower);
        if words > 0 && is_type && !is_name_of_saint(scanned, at) {
            // "Park Road Close": the last word for a street ends it.
            let goes_on = scanned.kinds(at + 1).is(Kinds::STREET.or(Kinds::WEAK_STREET))
                && scanned.token(at + 1).is_some_and(|next| next.case == Case::Capital);
            if !goes_on {
                return Some(at);
            }
        }
        let is_of_every_day =
            kinds.is(Kinds::STOP) || (kinds.is(Kinds::COMMON) && !is_usual_in_streets(scanned.word(at))) || token.length < 3;
        if case == Case::Lower && is_of_every_day {
            return None;
        }
        at += 1;
        // "St Anne's Terrace"
        if scanned.is_mark(at, &['\'']) && scanned.word(at + 1) == "s" {
            at += 2;
        } else if scanned.is_mark(at, &['.', '-', '\'']) {
            at += 1;
        }
    }
    None
}

/// "St" before a capital: a saint, and no street.
fn is_name_of_saint(scanned: &Scanned, at: usize) -> bool {
    let next = scanned.token(at + 1);
    scanned.word(at) == "st"
        && next.is_some_and(|next| next.made == Made::Word && next.case == Case::Capital && !next.kinds.is(Kinds::STOP))
}

/// Words that are common everywhere and in the names of streets.
fn is_usual_in_streets(word: &str) -> bool {
    matches!(
        word,
        "high"
            | "park"
            | "station"
            | "church"
            | "school"
            | "london"
            | "mill"
            | "water"
            | "north"
            | "south"
            | "east"
            | "west"
            | "white"
            | "new"
            | "long"
            | "green"
            | "red"
            | "black"
            | "main"
            | "summer"
            | "spring"
            | "street"
            | "bank"
            | "oak"
            | "wood"
            | "hill"
            | "lead"
    )
}

/// `Kestrel House`, `Rose Cottage, Mill Lane`
fn named_house(scanned: &Scanned, first: usize) -> Option<usize> {
    let mut at = first;
    while at < first + 3 && scanned.token(at).is_some_and(|token| token.made == Made::Word && token.case != Case::Lower) {
        let next = scanned.token(at + 1)?;
        if next.kinds.is(Kinds::DWELLING) && (next.case != Case::Lower || scanned.kinds(first).is(Kinds::FLAT)) {
            let behind = if scanned.is_mark(at + 2, &[',']) { at + 3 } else { at + 2 };
            return Some(house(scanned, behind).or_else(|| street(scanned, behind)).unwrap_or(at + 1));
        }
        at += 1;
    }
    None
}

/// `lives on Bracken Way`, `lives at Rose Cottage`
fn home(scanned: &Scanned, first: usize) -> Option<usize> {
    let is_capital = scanned.token(first).is_some_and(|token| token.made == Made::Word && token.case == Case::Capital);
    let is_in = matches!(scanned.word(first.checked_sub(1)?), "at" | "on" | "in" | "to" | "off" | "is");
    // "my old service was in Gloucester House on …": a house with a name is no home.
    let is_named_house =
        |at: usize| matches!(scanned.word(at), "house" | "home") && scanned.token(at).is_some_and(|token| token.case == Case::Capital);
    let is_home = (scanned.kinds(first.checked_sub(2)?).is(Kinds::HOME) && !is_named_house(first - 2))
        || scanned.word(first - 2) == "family"
        || scanned.behind(first - 1, 4, Kinds::HOME).is_some_and(|distance| !is_named_house(first - 1 - distance));
    if !(is_capital && is_in && is_home) {
        return None;
    }
    street(scanned, first).or_else(|| named_house(scanned, first)).or_else(|| house_with_its_street(scanned, first))
}

/// `The Old Forge, Church Lane`
fn house_with_its_street(scanned: &Scanned, first: usize) -> Option<usize> {
    let comma = (first + 1..first + 5).find(|at| scanned.is_mark(*at, &[',']))?;
    let is_name = (first..comma).all(|at| scanned.token(at).is_some_and(|token| token.made == Made::Word && token.case != Case::Lower));
    if is_name { house(scanned, comma + 1).or_else(|| street(scanned, comma + 1)) } else { None }
}

/// `The Bungalow, Quarry Lane`: a house with a name, and its street.
fn house_and_street(scanned: &Scanned, first: usize) -> Option<usize> {
    let last = named_house(scanned, first)?;
    let ends_in_street = scanned.kinds(last).is(Kinds::STREET.or(Kinds::WEAK_STREET)) && !scanned.kinds(last).is(Kinds::DWELLING);
    ends_in_street.then_some(last)
}

/// `lives at number 42`
fn number_alone(scanned: &Scanned, first: usize) -> Option<usize> {
    let is_number = matches!(scanned.word(first), "number" | "no");
    let digits = if scanned.is_mark(first + 1, &['.']) { first + 2 } else { first + 1 };
    let is_at = first.checked_sub(1).is_some_and(|at| scanned.word(at) == "at") && scanned.behind(first, 3, Kinds::HOME).is_some();
    let is_whole = is_number && is_at && is_house_number(scanned, digits);
    is_whole.then(|| street(scanned, digits + 1).unwrap_or(digits))
}

/// `live at 6 The Paddocks`, `her tenancy at 5, Kirkgate`: a street without a word for one, where somebody is said to live.
fn house_of_one_word(scanned: &Scanned, first: usize) -> Option<usize> {
    const NEAR: usize = 7;
    const NAMES_NO_STREET: Kinds =
        Kinds::MONTH.or(Kinds::COMMON).or(Kinds::FAMILY).or(Kinds::PLACE).or(Kinds::STOP).or(Kinds::SERVICE).or(Kinds::PROFESSION);
    let is_at = matches!(scanned.word(first.checked_sub(1)?), "at" | "to" | "into" | "is") || scanned.is_mark(first - 1, &[':']);
    let who = Kinds::HOME.or(Kinds::SETTLED).or(Kinds::FAMILY).or(Kinds::CLIENT);
    if !is_at || !is_house_number(scanned, first) || scanned.behind(first, NEAR, who).is_none() {
        return None;
    }
    let mut name = if scanned.is_mark(first + 1, &[',']) { first + 2 } else { first + 1 };
    let has_article = scanned.word(name) == "the";
    name += usize::from(has_article);
    let token = scanned.token(name).filter(|token| token.made == Made::Word && token.case == Case::Capital && token.length > 3)?;
    let is_home = has_article || scanned.behind(first, NEAR, Kinds::HOME.or(Kinds::SETTLED)).is_some();
    (is_home && !token.kinds.is(NAMES_NO_STREET)).then_some(name)
}

/// `her address is …, Bath Road`
fn said_to_be(scanned: &Scanned, first: usize) -> Option<usize> {
    let is_capital = scanned.token(first).is_some_and(|token| token.made == Made::Word && token.case == Case::Capital);
    let is_said = is_capital
        && (2..=9).map_while(|by| first.checked_sub(by)).take_while(|at| !scanned.ends_sentence(*at)).any(|at| {
            scanned.word(at) == "address"
                && (matches!(scanned.word(at + 1), "is" | "as" | "was") || scanned.is_mark(at + 1, &[':']))
                && scanned.behind(at, 3, Kinds::SERVICE).is_none()
        });
    if is_said { street(scanned, first) } else { None }
}

/// `14`, `45a`, `12-14`
fn is_house_number(scanned: &Scanned, place: usize) -> bool {
    let Some(token) = scanned.token(place).filter(|token| matches!(token.made, Made::Digits | Made::Mixed)) else { return false };
    let word = scanned.word(place);
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let is_number = (1..=4).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && word.len() - digits.len() <= 1
        && !digits.starts_with('0');
    is_number && !(place > 0 && token.is_joined && scanned.is_mark(place - 1, &['/', '.', ':', '£']))
}
