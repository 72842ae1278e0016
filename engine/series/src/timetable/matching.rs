//! Which session takes which date of a new pattern.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::NaiveDate;

use crate::calendar_days::monday_of;

/// For each date on which a session is expected, the slot that it takes. Both lists are in order and hold one date a week at most.
///
/// A session takes the slot of the same week. Those that are left over between the same two neighbours find each other in order.
pub(super) fn matched(expected: &[NaiveDate], slots: &[NaiveDate]) -> Vec<Option<NaiveDate>> {
    let mut free: BTreeMap<NaiveDate, NaiveDate> = slots.iter().map(|slot| (monday_of(*slot), *slot)).collect();
    let of_the_week: Vec<Option<NaiveDate>> = expected.iter().map(|date| free.remove(&monday_of(*date))).collect();
    let mut free: BTreeSet<NaiveDate> = free.into_values().collect();
    let mut before = NaiveDate::MIN;
    let mut taken = Vec::with_capacity(expected.len());
    for (slot, after) in of_the_week.iter().zip(next_taken(&of_the_week)) {
        let slot = slot.or_else(|| {
            let mut between = free.range((Bound::Excluded(before), Bound::Unbounded)).copied().take_while(|slot| *slot < after);
            between.next()
        });
        if let Some(slot) = slot {
            free.remove(&slot);
            before = slot;
        }
        taken.push(slot);
    }
    taken
}

/// For each session, the slot of the next one that has found its own.
fn next_taken(slots: &[Option<NaiveDate>]) -> Vec<NaiveDate> {
    let mut next = NaiveDate::MAX;
    let mut nexts = Vec::with_capacity(slots.len());
    for slot in slots.iter().rev() {
        nexts.push(next);
        next = slot.unwrap_or(next);
    }
    nexts.reverse();
    nexts
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    /// Days after Monday 2 November 2026.
    fn days(days: &[u64]) -> Vec<NaiveDate> {
        days.iter().map(|days| NaiveDate::from_ymd_opt(2026, 11, 2).unwrap() + Days::new(*days)).collect()
    }

    fn taken(expected: &[u64], slots: &[u64]) -> Vec<Option<i64>> {
        let monday = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let taken = matched(&days(expected), &days(slots));
        taken.into_iter().map(|slot| slot.map(|slot| (slot - monday).num_days())).collect()
    }

    #[test]
    fn a_session_keeps_to_its_week() {
        assert_eq!(taken(&[3, 10, 17], &[1, 8, 15]), [Some(1), Some(8), Some(15)]);
    }

    #[test]
    fn a_week_without_a_slot_does_not_push_the_others_along() {
        assert_eq!(taken(&[3, 10, 24, 31], &[1, 8, 15, 29]), [Some(1), Some(8), Some(15), Some(29)]);
        assert_eq!(taken(&[3, 10, 17, 24], &[1, 15, 22]), [Some(1), None, Some(15), Some(22)]);
    }

    #[test]
    fn every_second_session_is_left_without_a_slot_when_weekly_becomes_fortnightly() {
        assert_eq!(taken(&[0, 7, 14, 21], &[0, 14]), [Some(0), None, Some(14), None]);
    }

    #[test]
    fn the_other_fortnight_takes_the_sessions_in_order() {
        assert_eq!(taken(&[0, 14, 28], &[7, 21, 35]), [Some(7), Some(21), Some(35)]);
        assert_eq!(taken(&[7, 21, 35], &[0, 14, 28]), [Some(0), Some(14), Some(28)]);
    }

    #[test]
    fn fortnightly_becomes_weekly_with_new_sessions_between() {
        assert_eq!(taken(&[0, 14, 28, 42], &[0, 7, 14, 21]), [Some(0), Some(14), Some(21), None]);
    }

    #[test]
    fn nobody_to_match_is_no_match() {
        assert_eq!(taken(&[], &[0, 7]), []);
        assert_eq!(taken(&[0, 7], &[]), [None, None]);
    }
}
