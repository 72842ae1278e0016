//! What is written like a reference.

use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// What could be a reference: letters and digits, joined by dashes and strokes.
pub(super) struct Reference {
    pub(super) last: usize,
    pub(super) digits: usize,
    pub(super) letters: usize,
    pub(super) parts: usize,
    pub(super) begins_with: String,
}

/// The reference that begins at a place.
pub(super) fn read(scanned: &Scanned, first: usize) -> Option<Reference> {
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
