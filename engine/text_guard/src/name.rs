//! Full names of children, parents and relatives.
//!
//! A name counts where a word for a child, a parent or a relative belongs to it: right before ("mum Sarah Jones", "the dad, Tom O'Brien"), right
//! behind ("Sarah Jones, mum of two", "Sarah Jones's baby"), or in the same sentence where the given name is a usual one and nothing makes it a
//! colleague's. A given name alone is let pass: practitioners think of people by one, often an invented one, and it leads to nobody. Colleagues
//! and supervisors are let pass too: the product itself names them, and no family is found by them.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// How many words may stand between a name and the word that it belongs to.
const NEAR: usize = 8;

pub(crate) fn find(scanned: &mut Scanned) {
    let mut first = 0;
    // Where the last name ended, for "Leanne Booth and Ryan Sykes".
    let mut pair = None;
    while first < scanned.len() {
        if scanned.is_claimed(first) || (first > 0 && scanned.is_joined(first) && scanned.is_mark(first - 1, &['@', '#', '\'', '-'])) {
            first += 1;
            continue;
        }
        let Some(name) = name(scanned, first) else {
            first += 1;
            continue;
        };
        if pair == Some(first) || is_of_family(scanned, first, &name) {
            scanned.claim(first, name.last, Category::PersonName);
            pair = behind_and(scanned, name.last);
        }
        first = name.last + 1;
    }
}

/// A name that was read.
#[derive(Clone, Copy)]
struct Name {
    last: usize,
    written: Written,
}

/// How a name is written, and so how sure it is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
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

// -- Reading a name.

fn name(scanned: &Scanned, first: usize) -> Option<Name> {
    scanned.token(first).filter(|token| token.made == Made::Word && (token.case != Case::Lower || token.kinds.is(Kinds::GIVEN)))?;
    capitals(scanned, first).or_else(|| small(scanned, first))
}

/// "Luis de la Cruz", "Mohammed Al-Hassan", "O'Brien" behind "Mrs".
fn capitals(scanned: &Scanned, first: usize) -> Option<Name> {
    let is_titled = scanned.kinds(first.wrapping_sub(1)).is(Kinds::TITLE)
        || (scanned.is_mark(first.wrapping_sub(1), &['.']) && scanned.kinds(first.wrapping_sub(2)).is(Kinds::TITLE));
    let token = scanned.token(first)?;
    let is_initial = token.case == Case::Initial && token.made == Made::Word;
    if is_initial {
        // "S. Jones"
        let second = if scanned.is_mark(first + 1, &['.']) { first + 2 } else { return None };
        let last = part(scanned, second, false)?;
        return (!scanned.kinds(second).is(Kinds::COMMON.or(Kinds::PLACE))).then_some(Name { last, written: Written::Initial });
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
    if behind_given && kinds.is(Kinds::PROFESSION.or(Kinds::SERVICE)) && !kinds.is(Kinds::SURNAME.or(Kinds::GIVEN)) {
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
    let second = first + 1;
    let next = scanned.token(second)?;
    let is_given = token.kinds.is(Kinds::GIVEN) && token.made == Made::Word && next.made == Made::Word && !next.is_joined;
    // "Kelly marsh" as well; two capitals were read above.
    if !is_given || next.case != Case::Lower || next.length < 3 {
        return None;
    }
    let is_surname = next.kinds.is(Kinds::SURNAME) && !next.kinds.is(Kinds::STOP);
    let is_unknown =
        next.kinds == Kinds::NONE && !is_verb(scanned.word(second)) && !token.kinds.is(Kinds::AMBIGUOUS) && token.case == Case::Lower;
    let is_common = next.kinds.is(Kinds::COMMON.or(Kinds::FAMILY).or(Kinds::STOP));
    ((is_surname && !is_common) || is_unknown).then_some(Name { last: second, written: Written::Small })
}

/// Endings that names seldom have and what somebody does often has.
fn is_verb(word: &str) -> bool {
    ["ed", "ing", "ly", "s", "nt", "less", "ful", "able", "tion"].iter().any(|ending| word.ends_with(ending))
}

fn behind_and(scanned: &Scanned, last: usize) -> Option<usize> {
    let is_and = scanned.word(last + 1) == "and" || scanned.is_mark(last + 1, &['&', '/']);
    is_and.then_some(last + 2)
}

// -- Whose it is.

fn is_of_family(scanned: &Scanned, first: usize, name: &Name) -> bool {
    if is_authors(scanned, first, name) {
        return false;
    }
    match before(scanned, first) {
        Belongs::Family => return true,
        Belongs::Profession => return false,
        Belongs::Nobody => {}
    }
    match behind(scanned, name.last) {
        Belongs::Family => true,
        Belongs::Profession => false,
        Belongs::Nobody => name.written == Written::Known && is_in_talk_of_family(scanned, first, name.last),
    }
}

/// To whom a name belongs by what stands right beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    Family,
    Profession,
    Nobody,
}

/// "mum ", "the dad, ", "baby's name is ", "the birth mother, a young woman named ".
fn before(scanned: &Scanned, first: usize) -> Belongs {
    // "The parent I am worried about is …": what is said to be the name may stand a clause away.
    let mut is_said_to_be = false;
    for distance in 1..=NEAR {
        let Some(at) = first.checked_sub(distance) else { break };
        if scanned.ends_sentence(at) {
            break;
        }
        let kinds = scanned.kinds(at);
        let word = scanned.word(at);
        let is_service = kinds.is(Kinds::PROFESSION) && !kinds.is(Kinds::FAMILY);
        if is_service {
            return Belongs::Profession;
        }
        let is_title_of_doctor = matches!(word, "dr" | "prof");
        if is_title_of_doctor {
            return Belongs::Profession;
        }
        let is_person = kinds.is(Kinds::FAMILY.or(Kinds::CLIENT)) && !scanned.names_a_service(at);
        if is_person && (!kinds.is(Kinds::PLURAL) || is_said_of_each(word)) {
            return if is_own(scanned, at) { Belongs::Nobody } else { Belongs::Family };
        }
        is_said_to_be |= matches!(word, "is" | "was" | "called" | "named");
        if is_said_to_be
            && matches!(scanned.word(at + 1), "called" | "named" | "name")
            && matches!(word, "is" | "s" | "was")
            && is_child_meant(scanned, at)
        {
            return Belongs::Family;
        }
        if !is_filler_before(scanned, at) && !is_said_to_be {
            if is_clause_of_family(scanned, first, at) {
                return Belongs::Family;
            }
            break;
        }
    }
    // "little Jayden Okoro"
    if first.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "little" | "wee" | "tiny")) {
        Belongs::Family
    } else {
        Belongs::Nobody
    }
}

/// "the mother I mentioned, …".
fn is_clause_of_family(scanned: &Scanned, first: usize, at: usize) -> bool {
    let is_apposed = scanned.is_mark(first - 1, &[',', '(', '-']);
    let begins = |by: usize| {
        let who = at.checked_sub(by)?;
        let is_clause = matches!(scanned.word(who + 1), "i" | "we" | "you" | "who" | "whose" | "that");
        Some(is_clause && scanned.is_of_family(who) && !scanned.kinds(who).is(Kinds::PLURAL))
    };
    let has_profession = (1..=5).any(|by| at.checked_sub(by).is_some_and(|at| scanned.kinds(at).is(Kinds::PROFESSION)));
    is_apposed && !has_profession && (1..=5).any(|by| begins(by) == Some(true))
}

/// "he is called", "she's called".
fn is_child_meant(scanned: &Scanned, at: usize) -> bool {
    let before = at.saturating_sub(1);
    let who = if scanned.is_mark(before, &['\'']) { before.saturating_sub(1) } else { before };
    matches!(scanned.word(who), "he" | "she")
}

/// Plurals that are said before the names of those meant.
fn is_said_of_each(word: &str) -> bool {
    matches!(
        word,
        "parents"
            | "twins"
            | "siblings"
            | "children"
            | "brothers"
            | "sisters"
            | "kids"
            | "grandparents"
            | "carers"
            | "family"
            | "sons"
            | "daughters"
            | "boys"
            | "girls"
    )
}

/// "my own mum": a practitioner's, who is no family of the practice.
fn is_own(scanned: &Scanned, at: usize) -> bool {
    scanned.word(at.wrapping_sub(1)) == "own" && scanned.kinds(at.wrapping_sub(2)).is(Kinds::OWN)
}

fn is_filler_before(scanned: &Scanned, at: usize) -> bool {
    if scanned.is_mark(at, &[',', ':', '(', '"', '\'', '-', '=', '–', ';', '.', '[', '/', '*']) {
        return true;
    }
    let kinds = scanned.kinds(at);
    if kinds.is(Kinds::TITLE) {
        return true;
    }
    let is_given = scanned.token(at).is_some_and(|token| token.case == Case::Capital && token.kinds.is(Kinds::GIVEN));
    is_given
        || matches!(
            scanned.word(at),
            "is" | "was"
                | "are"
                | "were"
                | "called"
                | "named"
                | "name"
                | "names"
                | "full"
                | "real"
                | "who"
                | "whose"
                | "s"
                | "a"
                | "young"
                | "woman"
                | "man"
                | "her"
                | "his"
                | "their"
                | "the"
                | "and"
                | "aka"
                | "ie"
                | "eg"
                | "surname"
                | "known"
                | "as"
                | "this"
                | "month"
                | "week"
                | "today"
                | "new"
                | "baby's"
                | "be"
                | "will"
                | "in"
                | "question"
                | "here"
                | "i"
                | "mean"
        )
}

/// ", mum of two", " (dad)", "'s baby", " is a first-time mum".
fn behind(scanned: &Scanned, last: usize) -> Belongs {
    for distance in 1..=NEAR {
        let at = last + distance;
        if scanned.ends_sentence(at) {
            break;
        }
        let kinds = scanned.kinds(at);
        if kinds.is(Kinds::FAMILY) && !kinds.is(Kinds::PLURAL) {
            let is_said_of_work = scanned.names_a_service(at) || is_father_of_thought(scanned, at);
            return if is_said_of_work { Belongs::Profession } else { Belongs::Family };
        }
        if kinds.is(Kinds::PROFESSION) {
            return Belongs::Profession;
        }
        if is_said_of_parent_or_child(scanned, at) {
            return Belongs::Family;
        }
        if !is_filler_behind(scanned, at) {
            break;
        }
    }
    Belongs::Nobody
}

/// "14 months", "(dob …)", "gave birth", "is pregnant".
fn is_said_of_parent_or_child(scanned: &Scanned, at: usize) -> bool {
    let is_small = scanned.digits(at).is_some_and(|digits| digits.len() <= 2) || scanned.kinds(at).is(Kinds::NUMBER);
    let is_age = is_small && matches!(scanned.word(at + 1), "months" | "weeks" | "days" | "month" | "week" | "mths" | "wks" | "mth" | "wk");
    let gave_birth = scanned.word(at) == "gave" && scanned.word(at + 1) == "birth";
    is_age || gave_birth || matches!(scanned.word(at), "dob" | "pregnant" | "breastfeeding")
}

/// "the father of attachment theory"
fn is_father_of_thought(scanned: &Scanned, at: usize) -> bool {
    let is_of = scanned.word(at + 1) == "of";
    is_of && scanned.ahead(at + 1, 4, Kinds::PUBLISHED).is_some()
}

fn is_filler_behind(scanned: &Scanned, at: usize) -> bool {
    if scanned.is_mark(at, &[',', '(', '-', '\'', '"', '–', ':', '[', '/', '=', '*']) {
        return true;
    }
    // "… and the baby" may be another's; "… and her baby" is not.
    if scanned.word(at) == "and" {
        return scanned.kinds(at + 1).is(Kinds::PERSONAL);
    }
    scanned.digits(at).is_some()
        || matches!(
            scanned.word(at),
            "s" | "he"
                | "been"
                | "third"
                | "second"
                | "fourth"
                | "she"
                | "they"
                | "is"
                | "was"
                | "the"
                | "a"
                | "an"
                | "her"
                | "his"
                | "their"
                | "and"
                | "first"
                | "time"
                | "young"
                | "new"
                | "birth"
                | "foster"
                | "single"
                | "lone"
                | "teenage"
                | "teen"
                | "little"
                | "who"
                | "has"
                | "had"
                | "my"
                | "biological"
                | "adoptive"
                | "older"
                | "younger"
                | "other"
                | "aged"
                | "another"
                | "two"
                | "three"
                | "four"
                | "old"
                | "newborn"
                | "one"
                | "with"
                | "also"
                | "eldest"
                | "youngest"
                | "of"
                | "year"
                | "years"
                | "months"
                | "weeks"
                | "being"
                | "as"
        )
}

/// Whether a sentence speaks of the family of whoever is named, with nothing that makes it a colleague's name.
fn is_in_talk_of_family(scanned: &Scanned, first: usize, last: usize) -> bool {
    const BESIDE: usize = 5;
    let works_here = scanned.behind(first, BESIDE, Kinds::PROFESSION).is_some() || scanned.ahead(last, BESIDE, Kinds::PROFESSION).is_some();
    if works_here {
        return false;
    }
    // "I visited Gemma Lowe and the newborn": whom a practitioner visits is family. A colleague asks after the baby as well, but has none here.
    let attended = scanned.behind(first, 3, Kinds::ATTEND).is_some();
    (1..=12).map(|distance| last + distance).take_while(|at| !scanned.ends_sentence(*at)).any(|at| {
        let is_family = scanned.is_of_family(at) && !scanned.kinds(at).is(Kinds::PLURAL);
        let is_theirs = (1..=3).any(|by| at.checked_sub(by).is_some_and(|at| matches!(scanned.word(at), "her" | "his" | "their")));
        (is_family && (is_theirs || attended)) || (scanned.kinds(at).is(Kinds::TALK) && is_theirs)
    })
}

/// Whoever wrote the books of the field is quoted beside mothers and babies all the time.
fn is_authors(scanned: &Scanned, first: usize, name: &Name) -> bool {
    (first..=name.last).any(|place| scanned.kinds(place).is(Kinds::AUTHOR))
}
