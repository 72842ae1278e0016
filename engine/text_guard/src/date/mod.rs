//! Days on which somebody was born or is due.
//!
//! A date alone is a training day as soon as a birthday; what stands beside it decides. A month or a year alone is no date of birth: thousands
//! share it. The day on which a baby is due counts, since it becomes one.

mod arrival;
mod birth;
mod written;

use crate::Category;
use crate::scanned::Scanned;

pub(crate) fn find(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        if scanned.is_claimed(first) {
            continue;
        }
        let last = match written::read(scanned, first) {
            Some(date) => (birth::is_said(scanned, first, date.last) || arrival::is_said(scanned, first, &date)).then_some(date.last),
            None => written::bare(scanned, first),
        };
        if let Some(last) = last {
            scanned.claim(first, last, Category::DateOfBirth);
        }
    }
}

/// The day right behind the name of a child or a parent, "(Amelia Clarke, 14/02/2025)", which is whose it is.
pub(crate) fn claim_behind_name(scanned: &mut Scanned, last: usize) {
    let mut first = last + 1;
    while first < last + 3 && scanned.is_mark(first, &[',', '(', '-', ':']) {
        first += 1;
    }
    let date = written::in_numbers(scanned, first).filter(|date| date.last > first + 3);
    if let Some(date) = date.filter(|_| !scanned.is_claimed(first)) {
        scanned.claim(first, date.last, Category::DateOfBirth);
    }
}
