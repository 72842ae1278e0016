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
    if first == at || !has_domain || is_shared(scanned, first, at, at + 1) {
        return;
    }
    scanned.claim(first, last, Category::Email);
}

/// "kelly at example dot com", "kelly.marsh (at) example.com", "kelly at gmail.com".
fn in_words(scanned: &mut Scanned, at: usize) {
    const OPEN: [char; 3] = ['(', '[', '{'];
    const CLOSED: [char; 3] = [')', ']', '}'];
    let is_bracketed = at > 0 && scanned.is_mark(at - 1, &OPEN) && scanned.is_mark(at + 1, &CLOSED);
    let (before, host) = if is_bracketed { (at.checked_sub(2), at + 2) } else { (at.checked_sub(1), at + 1) };
    let Some(before) = before.filter(|before| !scanned.word(*before).is_empty()) else { return };
    let Some(last) = domain(scanned, host, is_bracketed) else { return };
    let mut first = before;
    while before - first < MOST
        && first > 1
        && scanned.is_joined(first)
        && scanned.is_joined(first - 1)
        && scanned.is_mark(first - 1, &['.', '_', '-'])
        && !scanned.word(first - 2).is_empty()
    {
        first -= 2;
    }
    let is_said = is_bracketed || scanned.word(host + 1) == "dot" || !is_site(scanned, host, last) || first < before;
    if !is_shared(scanned, first, before + 1, host) && (is_said || is_somebodys(scanned, before)) {
        scanned.claim(first, last, Category::Email);
    }
}

/// What is a site as well as a host of mail: "a good film at sky.com", "look at outlook.com/help".
fn is_site(scanned: &Scanned, host: usize, last: usize) -> bool {
    matches!(scanned.word(host), "sky" | "live") || (scanned.is_mark(last + 1, &['/']) && scanned.is_joined(last + 1))
}

/// "kelly at …", "kelly88 at …", "her email is kmarsh at …".
fn is_somebodys(scanned: &Scanned, before: usize) -> bool {
    let is_own = scanned.token(before).is_some_and(|token| token.kinds.is(Kinds::GIVEN.or(Kinds::SURNAME)) || token.made == Made::Mixed);
    is_own || (1..=4).any(|by| before.checked_sub(by).is_some_and(|at| matches!(scanned.word(at), "email" | "mail" | "address")))
}

/// The last token of what stands behind the sign, in words or with stops. "At work.we" is a slip, so that stops count where the host is one of mail.
fn domain(scanned: &Scanned, host: usize, is_surely_one: bool) -> Option<usize> {
    let is_stop = |place: usize| {
        scanned.word(place) == "dot" || (scanned.is_mark(place, &['.']) && scanned.is_joined(place) && scanned.is_joined(place + 1))
    };
    let is_spoken = scanned.word(host + 1) == "dot";
    let is_of_mail = is_surely_one
        || is_spoken
        || is_provider(scanned.word(host))
        // All else of it are sites: "a leaflet at nhs.uk".
        || (scanned.word(host) == "nhs" && scanned.word(host + 2) == "net");
    if !is_of_mail || scanned.word(host).is_empty() {
        return None;
    }
    let mut last = host;
    while last < host + 6 && is_stop(last + 1) && (2..=12).contains(&scanned.word(last + 2).len()) && scanned.digits(last + 2).is_none() {
        last += 2;
    }
    let ending = scanned.word(last).len();
    (last > host && (2..=4).contains(&ending)).then_some(last)
}

fn is_part(token: Option<&Token>, marks: &[char]) -> bool {
    token.is_some_and(|token| match token.made {
        Made::Mark(mark) => marks.contains(&mark),
        _ => true,
    })
}

/// Those with whom people have their own addresses.
fn is_provider(host: &str) -> bool {
    matches!(
        host,
        "gmail"
            | "hotmail"
            | "outlook"
            | "yahoo"
            | "icloud"
            | "live"
            | "btinternet"
            | "aol"
            | "sky"
            | "talktalk"
            | "virginmedia"
            | "googlemail"
            | "ymail"
            | "protonmail"
    )
}

/// Whether the part before the sign says what it is for and not whose it is. An organisation's says so where one of its words does and none is a name.
fn is_shared(scanned: &Scanned, first: usize, at: usize, host: usize) -> bool {
    let parts = || (first..at).filter(|place| !scanned.is_mark(*place, &['.', '_', '-']));
    if is_provider(scanned.word(host)) || matches!(scanned.word(host), "me" | "msn" | "proton" | "gmx") {
        return parts().all(|place| scanned.kinds(place).is(Kinds::MAILBOX));
    }
    // What an institution calls a mailbox by a word of every day is shared as well.
    let is_institutions = (at + 1..at + MOST)
        .take_while(|place| *place == at + 1 || scanned.is_joined(*place))
        .any(|place| matches!(scanned.word(place), "nhs" | "gov" | "ac" | "org" | "sch" | "police"));
    let mut is_for_all = false;
    for place in parts() {
        let word = scanned.word(place).trim_end_matches(|letter: char| letter.is_ascii_digit());
        let kinds = Kinds::of(word);
        let is_purpose = kinds.is(Kinds::MAILBOX) || ends_in_purpose(word);
        let is_name = kinds.is(Kinds::GIVEN.or(Kinds::SURNAME)) && !kinds.is(Kinds::COMMON.or(Kinds::PLACE));
        if !is_purpose && (is_name || (is_kin(word) && first + 1 < at) || word.chars().count() < 2) {
            return false;
        }
        is_for_all |= is_purpose || (is_institutions && !is_name && kinds != Kinds::NONE);
    }
    is_for_all
}

/// "grandad.reg@" is one man's.
fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "mum" | "mam" | "dad" | "nan" | "nana" | "nanna" | "gran" | "granny" | "grandma" | "grandad" | "auntie" | "aunty" | "uncle"
    )
}

/// "safeguardingadmin", "perinatalteam", and not "sarahadmin".
fn ends_in_purpose(word: &str) -> bool {
    const PURPOSES: [&str; 20] = [
        "admin",
        "team",
        "referrals",
        "referral",
        "enquiries",
        "services",
        "service",
        "support",
        "office",
        "training",
        "info",
        "bookings",
        "reception",
        "desk",
        "duty",
        "hub",
        "clinic",
        "events",
        "group",
        "inbox",
    ];
    PURPOSES
        .iter()
        .filter_map(|purpose| word.strip_suffix(purpose))
        .any(|before| before.len() > 1 && !Kinds::of(before).is(Kinds::GIVEN.or(Kinds::SURNAME)))
}
