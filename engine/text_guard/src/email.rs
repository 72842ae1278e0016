//! Addresses for e-mail.
//!
//! A shared one of an organisation (`info@`, `training@`) leads to no family and is let pass; a person's is not, a colleague's neither: it is
//! somebody's, and a text about families that names who works with them is one step from naming them.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Made, Token};
use crate::words::Kinds;

/// No address has more parts on either side.
const MOST: usize = 24;

pub(crate) fn find(scanned: &mut Scanned) {
    for place in 0..scanned.len() {
        if scanned.is_mark(place, &['@']) {
            with_sign(scanned, place);
        } else if scanned.word(place) == "at" {
            in_words(scanned, place);
        }
    }
}

fn with_sign(scanned: &mut Scanned, at: usize) {
    let mut first = at;
    while first > 0 && at - first < MOST && scanned.is_joined(first) && is_part(scanned.token(first - 1), &['.', '_', '-', '+', '\'', '%'])
    {
        first -= 1;
    }
    // What opens a bracket or a quotation is no part of it.
    while first < at && scanned.is_mark(first, &['\'', '.', '-']) {
        first += 1;
    }
    let mut last = at;
    while last - at < MOST && scanned.is_joined(last + 1) && is_part(scanned.token(last + 1), &['.', '-']) {
        last += 1;
    }
    while last > at && scanned.is_mark(last, &['.', '-']) {
        last -= 1;
    }
    let has_domain = (at + 1..=last).any(|place| scanned.is_mark(place, &['.']));
    if first == at || !has_domain || is_shared(scanned, first, at) {
        return;
    }
    scanned.claim(first, last, Category::Email);
}

/// "kelly at example dot com".
fn in_words(scanned: &mut Scanned, at: usize) {
    let is_dotted = scanned.word(at + 2) == "dot" && matches!(scanned.word(at + 3), "com" | "co" | "org" | "net" | "uk");
    let Some(first) = at.checked_sub(1).filter(|_| is_dotted && !scanned.word(at.saturating_sub(1)).is_empty()) else { return };
    let last = if scanned.word(at + 3) == "co" && scanned.word(at + 4) == "dot" { at + 5 } else { at + 3 };
    scanned.claim(first, last, Category::Email);
}

fn is_part(token: Option<&Token>, marks: &[char]) -> bool {
    token.is_some_and(|token| match token.made {
        Made::Mark(mark) => marks.contains(&mark),
        _ => true,
    })
}

/// Whether the part before the sign says what it is for and not whose it is.
fn is_shared(scanned: &Scanned, first: usize, at: usize) -> bool {
    (first..at).all(|place| scanned.is_mark(place, &['.', '_', '-']) || scanned.kinds(place).is(Kinds::MAILBOX))
}
