//! Numbers in the records of social care, of a hospital, of a court.
//!
//! Such a number has no form of its own, so that the words before it decide; tickets, orders, bookings and the registrations of practitioners
//! are numbers too, and lead to no family.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// How many words may stand between what a number is of and the number.
const NEAR: usize = 6;

pub(crate) fn find(scanned: &mut Scanned) {
    let mut first = 0;
    while first < scanned.len() {
        let reference = if scanned.is_near_number(first) { reference(scanned, first) } else { None };
        if let Some(reference) = reference.filter(|_| !scanned.is_claimed(first)) {
            if is_of_a_family(scanned, first, &reference) {
                scanned.claim(first, reference.last, Category::CaseReference);
            }
            first = reference.last;
        }
        first += 1;
    }
}

/// What could be a reference: letters and digits, joined by dashes and strokes.
struct Reference {
    last: usize,
    digits: usize,
    letters: usize,
    parts: usize,
    begins_with: String,
}

fn reference(scanned: &Scanned, first: usize) -> Option<Reference> {
    const MARKS: [char; 4] = ['-', '/', '_', '.'];
    let token = scanned.token(first)?;
    let is_begin = !matches!(token.made, Made::Mark(_))
        && !(token.made == Made::Word && (token.length > 5 || token.case == Case::Lower && token.length > 4));
    let is_inside = first > 0 && token.is_joined && scanned.is_mark(first - 1, &MARKS) && scanned.is_joined(first - 1);
    if !is_begin || is_inside {
        return None;
    }
    let begins_with = scanned.word(first).to_owned();
    let mut reference = Reference { last: first, digits: 0, letters: 0, parts: 0, begins_with };
    let mut at = first;
    while reference.parts < 6 {
        let word = scanned.word(at);
        let digits = word.bytes().filter(|letter| letter.is_ascii_digit()).count();
        reference.digits += digits;
        reference.letters += word.len() - digits;
        reference.parts += 1;
        reference.last = at;
        let is_spaced = scanned.token(at + 1).is_some_and(|next| {
            next.made == Made::Digits
                && !next.is_joined
                && next.length >= 3
                && scanned.token(at).is_some_and(|token| match token.made {
                    Made::Digits => token.length >= 2,
                    // "RX4 558102"
                    Made::Mixed => token.length <= 4 && next.length >= 5,
                    // "ref EHM 117204"
                    Made::Word => token.case == Case::Upper && at == first && is_said_to_be_one(scanned, first),
                    Made::Mark(_) => false,
                })
        });
        let goes_on = scanned.is_mark(at + 1, &MARKS)
            && scanned.is_joined(at + 1)
            && scanned.is_joined(at + 2)
            && scanned.token(at + 2).is_some_and(|next| !matches!(next.made, Made::Mark(_)) && next.length <= 12);
        if goes_on {
            at += 2;
        } else if is_spaced {
            at += 1;
        } else {
            break;
        }
    }
    (reference.digits >= 3 && reference.digits + reference.letters <= 24).then_some(reference)
}

/// "ref ", "number: ", "id is ".
fn is_said_to_be_one(scanned: &Scanned, first: usize) -> bool {
    let kinds = scanned.kinds(first);
    (kinds == Kinds::NONE || kinds.is(Kinds::SYSTEM.or(Kinds::SUBJECT))) && scanned.behind(first, 2, Kinds::REF_NOUN).is_some()
}

fn is_of_a_family(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    if is_court_case(scanned, first, reference) || (is_prefixed(reference) && !is_said_to_be_other(scanned, first)) {
        return true;
    }
    // A year, a date or a telephone number is no reference, whatever stands before it.
    let is_year = reference.parts == 1
        && reference.letters == 0
        && reference.digits <= 4
        && reference.begins_with.starts_with(['1', '2'])
        && reference.digits == 4;
    let is_telephone = reference.letters == 0
        && (reference.begins_with.starts_with("07") || reference.begins_with.starts_with("01") || reference.begins_with.starts_with("02"))
        && reference.digits >= 10;
    let is_date = reference.letters == 0 && reference.parts == 3 && reference.digits <= 8;
    let is_long_enough = reference.digits >= 4 || (reference.letters > 0 && reference.digits >= 3);
    if is_year || is_telephone || is_date || !is_long_enough || is_joined_to_letters(scanned, first) {
        return false;
    }
    is_named(scanned, first, reference) || is_in_system_behind(scanned, reference)
}

fn is_joined_to_letters(scanned: &Scanned, first: usize) -> bool {
    first > 0 && scanned.is_joined(first) && scanned.is_mark(first - 1, &['@', '£', '$', '€'])
}

/// `ZE24C50123`
fn is_court_case(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let word = scanned.word(first).as_bytes();
    let is_shaped = word.iter().enumerate().all(|(place, letter)| match place {
        0 | 1 => letter.is_ascii_alphabetic(),
        4 => b"cpfd".contains(letter),
        _ => letter.is_ascii_digit(),
    });
    is_shaped && word.len() == 10 && reference.parts == 1
}

/// `CP/2231`, `CIN-00457`: what they are is in them.
fn is_prefixed(reference: &Reference) -> bool {
    const OURS: [&str; 22] = [
        "cp", "cpp", "cin", "eh", "ehm", "eha", "ehe", "lac", "cla", "mash", "sc", "lcs", "ehcp", "camhs", "csc", "ssd", "fam", "pa",
        "icpc", "cpr", "pmh", "pnmh",
    ];
    reference.parts > 1 && reference.digits >= 3 && OURS.contains(&reference.begins_with.as_str())
}

fn is_said_to_be_other(scanned: &Scanned, first: usize) -> bool {
    scanned.behind(first, 4, Kinds::OTHER_REF).is_some()
}

/// Whether the words before a number say that it is one of a family's records.
fn is_named(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let mut has_noun = false;
    let mut has_plain_ref = false;
    for distance in 1..=NEAR {
        let Some(at) = first.checked_sub(distance) else { break };
        let kinds = scanned.kinds(at);
        let word = scanned.word(at);
        if (scanned.ends_sentence(at) && !has_noun && !scanned.is_mark(at, &['.']))
            || (kinds.is(Kinds::PHONE) && !kinds.is(Kinds::REF_NOUN))
        {
            return false;
        }
        // The number by which people come into a call; a case conference is another matter.
        let is_call = word == "conference" && matches!(scanned.word(at + 1), "id" | "code" | "number");
        if kinds.is(Kinds::OTHER_REF) || is_call {
            return false;
        }
        let is_one = matches!(
            (scanned.word(at.saturating_sub(1)), word),
            ("system" | "systm", "one") | ("liquid", "logic") | ("care", "first") | ("framework", "i")
        );
        if (kinds.is(Kinds::SYSTEM) || is_one) && reference.digits >= 4 {
            return true;
        }
        if kinds.is(Kinds::REF_ALONE) {
            return true;
        }
        if kinds.is(Kinds::REF_NOUN) {
            has_noun = true;
            has_plain_ref |= matches!(word, "ref" | "reference" | "id" | "urn");
            if kinds.is(Kinds::SUBJECT) || word == "file" {
                return true;
            }
        } else if kinds.is(Kinds::SUBJECT) {
            if has_noun {
                return true;
            }
        } else if !is_between(scanned, at, has_noun) {
            break;
        }
    }
    // "ref 4471928": long, and of nothing else that is said.
    has_plain_ref && reference.digits >= 5 && !scanned.is_of_a_call(first) && scanned.ahead(reference.last, 4, Kinds::OTHER_REF).is_none()
}

/// Words that may stand between what a number is of and the number.
fn is_between(scanned: &Scanned, at: usize, has_noun: bool) -> bool {
    match scanned.word(at) {
        "" | "is" | "she" | "he" | "was" | "under" | "the" | "her" | "his" | "their" | "on" | "as" | "s" | "with" | "of" | "for" | "by"
        | "my" | "our" | "see" => true,
        _ => has_noun && scanned.kinds(at).is(Kinds::FAMILY),
    }
}

/// "4471928 on LCS".
fn is_in_system_behind(scanned: &Scanned, reference: &Reference) -> bool {
    let is_on = matches!(scanned.word(reference.last + 1), "on" | "in");
    let names_system =
        scanned.kinds(reference.last + 2).is(Kinds::SYSTEM) || matches!(scanned.word(reference.last + 2), "system" | "systm");
    reference.digits >= 5 && is_on && names_system
}
