//! References that say themselves what they are of: by the letters of a system, of a meeting, of a court.

use super::reading::Reference;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// With what the numbers of a family's records begin: meetings, plans and systems of social care, and health.
const OURS: [&str; 35] = [
    "cp", "cpp", "cin", "eh", "ehm", "eha", "ehe", "lac", "cla", "mash", "sc", "lcs", "ehc", "ehcp", "camhs", "csc", "ssd", "fam", "pa",
    "icpc", "rcpc", "cpr", "pmh", "pnmh", "fsw", "taf", "ll", "ics", "fgc", "yot", "marac", "ecaf", "pimh", "mos", "pba",
];

/// `ZE24C50123`
pub(super) fn is_court_case(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let word = scanned.word(first).as_bytes();
    let is_shaped = word.iter().enumerate().all(|(place, letter)| match place {
        0 | 1 => letter.is_ascii_alphabetic(),
        4 => b"cpfd".contains(letter),
        _ => letter.is_ascii_digit(),
    });
    is_shaped && word.len() == 10 && reference.parts == 1
}

/// `CP/2231`, `CIN-00457`, `S47/25/0419`, `ICS553201`.
pub(super) fn begins_as_ours(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    if reference.parts > 1 {
        let least = if reference.begins_with == "ll" { 5 } else { 3 };
        let is_prefixed = reference.digits >= least && OURS.contains(&reference.begins_with.as_str());
        return is_prefixed || is_of_a_section(reference);
    }
    let Some((letters, digits)) = letters_and_digits(scanned.word(first)) else { return false };
    let is_long = digits.len() >= if letters == "sc" { 7 } else { 5 };
    // "pa" and "cp" begin too much else where nothing parts them from the number.
    is_long
        && letters.len() > 1
        && (OURS.contains(&letters) && letters != "pa" || (Kinds::of(letters).is(Kinds::SYSTEM) && letters.len() < 6))
}

/// An enquiry by the section of the Act that it is under, which no other number begins with.
pub(super) fn is_of_a_section(reference: &Reference) -> bool {
    let is_section = matches!(reference.begins_with.as_str(), "s47" | "s17" | "s20" | "s31" | "s37");
    is_section && reference.letters == 1 && reference.digits >= 7
}

/// `sc0048213` as letters and what follows.
pub(super) fn letters_and_digits(word: &str) -> Option<(&str, &str)> {
    let (letters, digits) = word.split_at_checked(word.find(|letter: char| letter.is_ascii_digit())?)?;
    let is_plain = letters.bytes().all(|letter| letter.is_ascii_lowercase()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_plain.then_some((letters, digits))
}

/// `2025-CSC-004417`
pub(super) fn has_ours_within(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let is_ours = |at: usize| scanned.word(at).len() > 2 && OURS.contains(&scanned.word(at));
    reference.parts > 2 && reference.digits >= 5 && (first + 1..=reference.last).any(is_ours)
}

/// `LL 204981`, `EHC 2023/1187`: the letters stand before the number.
pub(super) fn is_behind_ours(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let Some(mut at) = first.checked_sub(1) else { return false };
    // "LL no. 7720199", "LL: 7720199"
    while at > 0 && at + 3 > first && (scanned.is_mark(at, &[':', '#', '-', '.']) || scanned.kinds(at).is(Kinds::REF_NOUN)) {
        at -= 1;
    }
    let is_prefix =
        scanned.token(at).is_some_and(|token| token.made == Made::Word && token.case == Case::Upper) && OURS.contains(&scanned.word(at));
    let is_number = reference.letters == 0 && reference.digits >= 5 && !is_of_days_or_years(scanned, first, reference);
    // "EHCP 12000 children"
    is_prefix && is_number && !scanned.kinds(reference.last + 1).is(Kinds::PLURAL)
}

/// "CP 14/03/2025", "EHCP 2024/25".
fn is_of_days_or_years(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("20") || word.starts_with("19"));
    let is_span_of_years = reference.parts == 2
        && is_year(&reference.begins_with)
        && (scanned.word(reference.last).len() == 2 || is_year(scanned.word(reference.last)));
    let is_day = reference.parts == 3 && reference.digits <= 8;
    let is_telephone = reference.begins_with.starts_with('0') && reference.digits >= 10;
    is_span_of_years || is_day || is_telephone || scanned.is_claimed(first)
}

/// `INC-40213`: how helpdesks number what is broken.
pub(super) fn is_of_a_helpdesk(reference: &Reference) -> bool {
    matches!(reference.begins_with.as_str(), "inc" | "req" | "ritm" | "chg" | "tkt")
}

/// `23/LO/0417`: how committees of ethics number what they approve.
pub(super) fn is_of_ethics(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    const COMMITTEES: [&str; 15] = ["lo", "nw", "sw", "wm", "em", "ee", "yh", "ne", "sc", "wa", "ss", "ws", "ni", "es", "ns"];
    let is_shaped = reference.parts == 3 && reference.digits == 6 && reference.begins_with.len() == 2 && reference.letters == 2;
    is_shaped && COMMITTEES.contains(&scanned.word(first + 2))
}
