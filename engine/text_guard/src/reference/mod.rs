//! Numbers in the records of social care, of a hospital, of a court.
//!
//! Such a number has no form of its own, so that the words before it decide; tickets, orders, bookings and the registrations of practitioners
//! are numbers too, and lead to no family.

mod form;
mod reading;
mod said;

use reading::Reference;

use crate::Category;
use crate::scanned::Scanned;
use crate::words::Kinds;

pub(crate) fn find(scanned: &mut Scanned) {
    let mut first = 0;
    while first < scanned.len() {
        let reference = if scanned.is_near_number(first) { reading::read(scanned, first) } else { None };
        if let Some(reference) = reference.filter(|_| !scanned.is_claimed(first)) {
            if is_of_a_family(scanned, first, &reference) {
                scanned.claim(first, reference.last, Category::CaseReference);
            }
            first = reference.last;
        }
        first += 1;
    }
}

fn is_of_a_family(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    if form::is_court_case(scanned, first, reference) {
        return true;
    }
    if form::is_of_a_helpdesk(reference) {
        return false;
    }
    let is_ours = form::begins_as_ours(scanned, first, reference)
        || form::has_ours_within(scanned, first, reference)
        || form::is_behind_ours(scanned, first, reference);
    if is_ours {
        // Of a strategy meeting, and not of a strategy.
        return form::is_of_a_section(reference) || !is_said_to_be_other(scanned, first, reference.last);
    }
    // A year, a date or a telephone number is no reference, whatever stands before it.
    let is_year = reference.parts == 1
        && reference.letters == 0
        && reference.digits <= 4
        && reference.begins_with.starts_with(['1', '2'])
        && reference.digits == 4;
    let is_telephone = reference.letters == 0
        && (reference.begins_with.starts_with("07")
            || reference.begins_with.starts_with("01")
            || reference.begins_with.starts_with("02")
            || reference.begins_with.starts_with("0044"))
        && reference.digits >= 10;
    let is_date = reference.letters == 0 && reference.parts == 3 && reference.digits <= 8;
    let is_long_enough = reference.digits >= 4 || (reference.letters > 0 && reference.digits >= 3);
    if is_year
        || is_telephone
        || is_date
        || !is_long_enough
        || is_joined_to_letters(scanned, first)
        || form::is_of_ethics(scanned, first, reference)
    {
        return false;
    }
    said::is_named(scanned, first, reference)
        || said::is_right_behind_case(scanned, first, reference)
        || said::is_in_system_behind(scanned, reference)
        || is_beside_another(scanned, first)
}

fn is_joined_to_letters(scanned: &Scanned, first: usize) -> bool {
    first > 0 && scanned.is_joined(first) && scanned.is_mark(first - 1, &['@', '£', '$', '€'])
}

/// "SC0048213 and SC0051967": the second of two.
fn is_beside_another(scanned: &Scanned, first: usize) -> bool {
    let Some(and) = first.checked_sub(1).filter(|at| matches!(scanned.word(*at), "and" | "or") || scanned.is_mark(*at, &[',', '&', '/']))
    else {
        return false;
    };
    and > 0 && scanned.found_last() == Some((and - 1, Category::CaseReference))
}

fn is_said_to_be_other(scanned: &Scanned, first: usize, last: usize) -> bool {
    const BEHIND: usize = 4;
    // "the policy, ref CP-014", "CP-014 is our policy"
    scanned.behind(first, BEHIND, Kinds::OTHER_REF).is_some_and(|by| !said::is_set_apart(scanned, first - by, first))
        || (scanned.word(last + 1) == "is" && scanned.ahead(last, 3, Kinds::OTHER_REF).is_some())
}
