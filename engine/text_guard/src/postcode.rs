//! Postcodes of the United Kingdom.
//!
//! Only whole ones: the first half alone is a district ("the SW1 area"), which tells of nobody.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// The letters with which postcodes begin.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG \
                     HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA \
                     SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";

pub(crate) fn find(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        let last = whole(scanned, first).or_else(|| halves(scanned, first));
        let Some(last) = last.filter(|_| !scanned.is_claimed(first)) else { continue };
        let family = Kinds::PERSONAL.or(Kinds::SETTLED);
        if !is_code_of_a_thing(scanned, first) && !scanned.belongs_to_service(first, last, Kinds::VENUE, family) {
            scanned.claim(first, last, Category::Postcode);
        }
    }
}

/// `bd38hp`
fn whole(scanned: &Scanned, place: usize) -> Option<usize> {
    let word = mixed(scanned, place)?;
    let cut = word.len().checked_sub(3)?;
    let (outward, inward) = word.split_at_checked(cut)?;
    (is_outward(outward) && is_inward(inward)).then_some(place)
}

/// `BD3 8HP`, `BD3-8HP`
fn halves(scanned: &Scanned, place: usize) -> Option<usize> {
    let outward = mixed(scanned, place)?;
    let next = if scanned.is_mark(place + 1, &['-', '.', ',']) { place + 2 } else { place + 1 };
    let inward = mixed(scanned, next)?;
    let is_small =
        scanned.token(next).is_some_and(|token| token.case == Case::Lower) && inward.chars().any(|letter| letter.is_ascii_lowercase());
    let is_measure = match inward.get(1..) {
        Some("st" | "nd" | "rd" | "th") => true,
        Some("ug") => outward.starts_with('b'),
        _ => false,
    };
    // Capitals are written on purpose; a district beside "2nd floor", and vitamin B12 beside its dose, are not.
    let is_meant = !(is_measure && ((is_small && is_written_small(scanned, next)) || is_counted(scanned, next)));
    let is_right = is_inward(inward) || (is_like_inward(inward) && is_behind_street(scanned, place));
    (is_outward(outward) && is_right && is_meant).then_some(next)
}

/// "S17 2ND FLOOR"
fn is_counted(scanned: &Scanned, place: usize) -> bool {
    let next = place + 1;
    matches!(scanned.word(next), "floor" | "of" | "row" | "door" | "week" | "line" | "time" | "session" | "edition")
        || scanned.word(next).ends_with("day")
}

/// "module PS12 3AB": a code that is said to be another.
fn is_code_of_a_thing(scanned: &Scanned, first: usize) -> bool {
    (1..=2).filter_map(|by| first.checked_sub(by)).any(|at| {
        let is_post = scanned.word(at) == "code" && at.checked_sub(1).is_some_and(|before| matches!(scanned.word(before), "post" | "zip"));
        scanned.kinds(at).is(Kinds::THING) && !is_post
    })
}

/// "…Brick Street, dy1 4kb": with letters that the post does not use, as a slip.
fn is_behind_street(scanned: &Scanned, place: usize) -> bool {
    let comma = place.checked_sub(1).filter(|at| scanned.is_mark(*at, &[',']));
    let street = comma.unwrap_or(place).checked_sub(1);
    street.is_some_and(|at| scanned.kinds(at).is(Kinds::STREET.or(Kinds::WEAK_STREET)) || scanned.word(at) == "postcode")
}

fn is_like_inward(inward: &str) -> bool {
    let [digit, first, second] = inward.as_bytes() else { return false };
    digit.is_ascii_digit() && first.is_ascii_alphabetic() && second.is_ascii_alphabetic()
}

fn mixed(scanned: &Scanned, place: usize) -> Option<&str> {
    let is_mixed = scanned.token(place).is_some_and(|token| token.made == Made::Mixed && token.length <= 7);
    is_mixed.then(|| scanned.word(place)).filter(|word| word.is_ascii())
}

/// Whether the letters of a part that begins with a digit are small ones.
fn is_written_small(scanned: &Scanned, place: usize) -> bool {
    scanned.token(place).is_some_and(|token| token.case == Case::Lower)
}

/// An area, one or two digits, and in London a letter.
fn is_outward(outward: &str) -> bool {
    let letters = outward.chars().take_while(|letter| letter.is_ascii_alphabetic()).count();
    let (Some(area), Some(district)) = (outward.get(..letters), outward.get(letters..)) else { return false };
    let is_district = match district.as_bytes() {
        [first] => first.is_ascii_digit(),
        [first, second] => first.is_ascii_digit() && second.is_ascii_alphanumeric(),
        _ => false,
    };
    let area = format!(" {} ", area.to_ascii_uppercase());
    is_district && AREAS.contains(&area)
}

/// A digit and two letters, of which none is one that could be misread.
fn is_inward(inward: &str) -> bool {
    let [digit, first, second] = inward.as_bytes() else { return false };
    let is_letter = |letter: &u8| letter.is_ascii_alphabetic() && !b"cikmov".contains(&letter.to_ascii_lowercase());
    digit.is_ascii_digit() && is_letter(first) && is_letter(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_of_a_postcode_follow_the_rules_of_the_post() {
        for outward in ["m1", "b29", "sw17", "ec1v", "w1t"] {
            assert!(is_outward(outward), "{outward}");
        }
        for not in ["q1", "zz9", "m", "room", "sw1ab", "4b", "lsd4"] {
            assert!(!is_outward(not), "{not}");
        }
        assert!(is_inward("8hp"));
        for not in ["5mg", "2ml", "3kg", "88p", "2pm", "hp8"] {
            assert!(!is_inward(not), "{not}");
        }
    }
}
