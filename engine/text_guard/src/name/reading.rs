//! What is written like a full name.

use crate::scanned::Scanned;
use crate::tokens::{Case, Made, Token};
use crate::words::Kinds;

/// A name that was read.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) last: usize,
    pub(super) written: Written,
}

/// How a name is written, and so how sure it is one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// "Sarah Jones": the given name is one that is known.
    Known,
    /// "Oluwaseun Adeyemi": words that could be a name for all that is known.
    Strange,
    /// "kelly marsh", in haste.
    Small,
    /// "Mrs Patel".
    Titled,
    /// "S. Jones".
    Initial,
}

/// The name that begins at a place, if one does.
pub(super) fn read(scanned: &Scanned, first: usize) -> Option<Name> {
    let is_titled = scanned.kinds(first.wrapping_sub(1)).is(Kinds::TITLE);
    let may_begin = |token: &Token| token.made == Made::Word && (is_titled || token.case != Case::Lower || token.kinds.is(Kinds::GIVEN));
    scanned.token(first).filter(|token| may_begin(token))?;
    capitals(scanned, first).or_else(|| small(scanned, first)).or_else(|| small_titled(scanned, first)).or_else(|| reversed(scanned, first))
}

/// "Luis de la Cruz", "Mohammed Al-Hassan", "O'Brien" behind "Mrs".
fn capitals(scanned: &Scanned, first: usize) -> Option<Name> {
    let is_titled = scanned.kinds(first.wrapping_sub(1)).is(Kinds::TITLE)
        || (scanned.is_mark(first.wrapping_sub(1), &['.']) && scanned.kinds(first.wrapping_sub(2)).is(Kinds::TITLE));
    let token = scanned.token(first)?;
    let is_initial = token.case == Case::Initial && token.made == Made::Word;
    if is_initial {
        // "S. Jones", "S Jones"
        let is_stopped = scanned.is_mark(first + 1, &['.']);
        let second = if is_stopped { first + 2 } else { first + 1 };
        let last = part(scanned, second, false)?;
        let is_whole =
            !scanned.kinds(second).is(Kinds::COMMON.or(Kinds::PLACE)) && (is_stopped || is_titled || is_bare_initial(scanned, first));
        let written = if is_titled { Written::Titled } else { Written::Initial };
        return is_whole.then_some(Name { last, written });
    }
    let is_given = token.kinds.is(Kinds::GIVEN);
    // "Little Jayden Okoro": the name begins behind the word that only opens the sentence.
    if !is_given && token.kinds.is(Kinds::COMMON) && scanned.kinds(first + 1).is(Kinds::GIVEN) {
        return None;
    }
    let mut last = part(scanned, first, false)?;
    let mut parts = 1;
    let mut strange = usize::from(is_strange(scanned, first, is_given));
    while parts < 5 {
        let mut next = last + 1;
        while next < last + 4 && is_particle(scanned, next) {
            next += 1;
        }
        // "al-Hassan"
        let is_dashed = next > last + 1 && scanned.is_mark(next, &['-']);
        next += usize::from(is_dashed);
        let Some(end) = part(scanned, next, is_given).filter(|_| is_dashed || !scanned.is_joined(next)) else { break };
        strange += usize::from(is_strange(scanned, next, is_given));
        last = end;
        parts += 1;
    }
    let is_whole = if is_titled { parts >= 1 } else { parts >= 2 };
    let is_name = is_whole && (is_given || strange == parts);
    let written = match (parts, is_given) {
        (1, _) => Written::Titled,
        (_, true) => Written::Known,
        _ => Written::Strange,
    };
    is_name.then_some(Name { last, written })
}

/// "A Kowalczyk" and not "A Somali mum", "Group B Strep", "T Shirt".
fn is_bare_initial(scanned: &Scanned, first: usize) -> bool {
    let second = first + 1;
    let is_apart = scanned.token(second).is_some_and(|token| token.length > 2 && !token.is_joined);
    let is_behind_name = scanned.before(first, 1).is_some_and(|before| before.made != Made::Word || before.case == Case::Lower);
    let begins = scanned.before(first, 1).is_none() || scanned.ends_sentence(first - 1);
    let is_surname = scanned.kinds(second).is(Kinds::SURNAME);
    let is_strange = is_strange(scanned, second, false) && !scanned.kinds(second).is(Kinds::GIVEN.or(Kinds::AUTHOR));
    let is_word = matches!(scanned.word(first), "a" | "i");
    is_apart && (is_behind_name || begins) && if is_word { is_surname && !begins } else { is_surname || is_strange }
}

/// Whether a particle ("de", "van der", "al-") leads on to another part of the name.
fn is_particle(scanned: &Scanned, place: usize) -> bool {
    let Some(token) = scanned.token(place).filter(|token| token.kinds.is(Kinds::PARTICLE) && !token.is_joined) else { return false };
    // "Al-Hassan" is a part by itself.
    if token.case != Case::Lower && scanned.is_mark(place + 1, &['-', '\'']) {
        return false;
    }
    (place + 1..place + 3).any(|at| scanned.token(at).is_some_and(|token| token.case == Case::Capital && !token.kinds.is(Kinds::STOP)))
}

/// Whether a part could be a name for all that is known: no place, and no word of every day.
fn is_strange(scanned: &Scanned, place: usize, behind_given: bool) -> bool {
    let kinds = scanned.kinds(place);
    if behind_given || kinds.is(Kinds::GIVEN.or(Kinds::SURNAME)) {
        return true;
    }
    !kinds.is(Kinds::COMMON
        .or(Kinds::PLACE)
        .or(Kinds::SERVICE)
        .or(Kinds::PROFESSION)
        .or(Kinds::CREDIT)
        .or(Kinds::PUBLISHED)
        .or(Kinds::STREET)
        .or(Kinds::SYSTEM))
}

/// The last token of one part of a name: a word with a capital, with others joined to it by a dash or an apostrophe.
fn part(scanned: &Scanned, first: usize, behind_given: bool) -> Option<usize> {
    let token = scanned.token(first)?;
    let kinds = token.kinds;
    let is_shouted = token.case == Case::Upper;
    let may_be = token.made == Made::Word
        && matches!(token.case, Case::Capital | Case::Upper)
        && (!kinds.is(Kinds::FAMILY.or(Kinds::STOP).or(Kinds::TITLE))
            || kinds.is(Kinds::GIVEN)
            || (behind_given && kinds.is(Kinds::SURNAME)))
        && !kinds.is(Kinds::CLIENT);
    // "VIG", "NICU": a name is shouted only where it is a known one.
    let is_known = kinds.is(Kinds::GIVEN.or(Kinds::SURNAME)) || (behind_given && token.length > 3);
    let is_initials = scanned.word(first).len() == 1;
    if !may_be && !is_joined_initial(scanned, first) || (is_shouted && !is_known && !is_initials) {
        return None;
    }
    // Behind a given name a word of every day may be the family's name (Cross, Long), but no thing that is named ("Amelia Unit").
    if behind_given && kinds.is(Kinds::PROFESSION.or(Kinds::CREDIT).or(Kinds::SERVICE)) && !kinds.is(Kinds::SURNAME.or(Kinds::GIVEN)) {
        return None;
    }
    let mut last = first;
    while last < first + 6 && scanned.is_mark(last + 1, &['-', '\'']) && scanned.is_joined(last + 1) && scanned.is_joined(last + 2) {
        let next = scanned.token(last + 2)?;
        let is_possessive = scanned.is_mark(last + 1, &['\'']) && matches!(scanned.word(last + 2), "s" | "d" | "ll" | "re" | "ve");
        if next.made != Made::Word || is_possessive || (next.case == Case::Lower && scanned.is_mark(last + 1, &['\''])) {
            break;
        }
        last += 2;
    }
    Some(last)
}

/// The "O" of "O'Brien".
fn is_joined_initial(scanned: &Scanned, place: usize) -> bool {
    let is_initial = scanned.token(place).is_some_and(|token| token.case == Case::Initial);
    is_initial
        && scanned.is_mark(place + 1, &['\''])
        && scanned.is_joined(place + 1)
        && scanned.token(place + 2).is_some_and(|next| next.is_joined && next.case == Case::Capital)
}

/// "kelly marsh", in haste: a given name that is known, and a word that is none of every day.
fn small(scanned: &Scanned, first: usize) -> Option<Name> {
    let token = scanned.token(first)?;
    // "sarah-jane tattersall"
    let is_double = scanned.is_mark(first + 1, &['-']) && scanned.is_joined(first + 1) && scanned.kinds(first + 2).is(Kinds::GIVEN);
    let second = if is_double { first + 3 } else { first + 1 };
    let next = scanned.token(second)?;
    let is_given = token.kinds.is(Kinds::GIVEN) && token.made == Made::Word && next.made == Made::Word && !next.is_joined;
    // "Kelly marsh" as well; two capitals were read above.
    if !is_given || next.case != Case::Lower || next.length < 3 {
        return None;
    }
    let is_surname = next.kinds.is(Kinds::SURNAME) && !next.kinds.is(Kinds::STOP);
    // "re: tiffany gosling"
    let is_head = first.checked_sub(1).is_some_and(|at| scanned.is_mark(at, &[':']));
    let is_unknown = next.kinds == Kinds::NONE
        && (is_head || !is_verb(scanned.word(second)))
        && !token.kinds.is(Kinds::AMBIGUOUS)
        && token.case == Case::Lower;
    let is_common = next.kinds.is(Kinds::COMMON.or(Kinds::FAMILY).or(Kinds::STOP));
    ((is_surname && !is_common) || is_unknown).then_some(Name { last: second, written: Written::Small })
}

/// "mrs ahmed"
fn small_titled(scanned: &Scanned, first: usize) -> Option<Name> {
    let token = scanned.token(first)?;
    // Whoever misses something is no "miss".
    let is_titled = matches!(scanned.word(first.checked_sub(1)?), "mr" | "mrs");
    let may_be = token.case == Case::Lower && token.length > 2 && !token.kinds.is(Kinds::STOP.or(Kinds::COMMON).or(Kinds::FAMILY));
    (is_titled && may_be).then_some(Name { last: first, written: Written::Titled })
}

/// "OKEKE, Chinonso", as lists and letters have it.
fn reversed(scanned: &Scanned, first: usize) -> Option<Name> {
    let token = scanned.token(first)?;
    let given = scanned.token(first + 2).filter(|_| scanned.is_mark(first + 1, &[',']) && scanned.is_joined(first + 1))?;
    let is_shouted = token.case == Case::Upper && token.length > 3 && token.kinds == Kinds::NONE;
    let is_surname = matches!(token.case, Case::Capital | Case::Upper) && token.kinds.is(Kinds::SURNAME);
    let is_given = given.made == Made::Word
        && given.case == Case::Capital
        && (given.kinds.is(Kinds::GIVEN) || (token.case == Case::Upper && given.kinds == Kinds::NONE));
    let is_head = first.checked_sub(1).is_none_or(|at| {
        scanned.is_mark(at, &[':', '(', '-']) || scanned.word(at) == "re" || scanned.kinds(at).is(Kinds::FAMILY.or(Kinds::CLIENT))
    });
    ((is_shouted || is_surname) && is_given && is_head).then_some(Name { last: first + 2, written: Written::Strange })
}

/// Endings that names seldom have and what somebody does often has.
fn is_verb(word: &str) -> bool {
    ["ed", "ing", "ly", "s", "nt", "less", "ful", "able", "tion"].iter().any(|ending| word.ends_with(ending))
}
