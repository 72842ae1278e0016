//! The most that one supervisor could make at given prices: which of their starts to use.

use crate::bound::pricing::{Offer, Pricing};
use crate::bound::{POINT, Wish};
use crate::ids::StartId;
use crate::problem::{Problem, Slot};

/// A start of the supervisor, with the most that any group at it could make.
struct Hour {
    start: StartId,
    /// Never too low; the true value of `offer` where there is one.
    value: i64,
    offer: Option<Offer>,
    slots: Vec<(i64, Slot)>,
    /// How many of the hours before this one are far enough away.
    before: usize,
}

/// The best choice of groups for one supervisor, with no regard to the others.
///
/// The quick values are never too low, so a best timetable by them is never too low either. Wherever it uses a quick value it is
/// replaced by the exact one, until the best timetable stands on exact values alone: what was never used needs no exact value.
pub fn best_timetable(pricing: &Pricing, slots: &[Slot]) -> Wish {
    let Some(first) = slots.first() else { return Wish { value: 0, wanted: Vec::new() } };
    let problem = &pricing.ground.problem;
    let mut hours = quick_hours(pricing, slots);
    let most = problem.leaders[first.supervisor].max_groups.min(hours.len());
    loop {
        let (value, chosen) = choose(problem, &hours, most);
        let mut is_exact = true;
        for hour in &chosen {
            if let Some(hour) = hours.get_mut(*hour)
                && hour.offer.is_none()
            {
                is_exact = false;
                make_exact(pricing, hour);
            }
        }
        if is_exact {
            let chosen = chosen.iter().filter_map(|hour| hours.get(*hour)).filter_map(|hour| hour.offer.as_ref());
            return Wish { value, wanted: chosen.flat_map(|offer| offer.members.iter().copied()).collect() };
        }
    }
}

fn quick_hours(pricing: &Pricing, slots: &[Slot]) -> Vec<Hour> {
    let problem = &pricing.ground.problem;
    let mut best = Vec::new();
    let mut hours: Vec<Hour> = Vec::new();
    for at_one_start in slots.chunk_by(|one, other| one.start == other.start) {
        let priced = at_one_start.iter().map(|slot| (pricing.at_most(*slot, &mut best), *slot));
        let mut slots: Vec<(i64, Slot)> = priced.filter(|(value, _)| *value > 0).collect();
        slots.sort_unstable_by(|one, other| other.cmp(one));
        if let Some((value, slot)) = slots.first().copied() {
            let before = hours.iter().rposition(|hour| problem.are_apart(hour.start, slot.start)).map_or(0, |last| last + 1);
            hours.push(Hour { start: slot.start, value, offer: None, slots, before });
        }
    }
    hours
}

/// Prices the slots of an hour exactly, for as long as another could still be better.
fn make_exact(pricing: &Pricing, hour: &mut Hour) {
    let mut best = Offer { value: 0, members: Vec::new() };
    for (at_most, slot) in &hour.slots {
        if *at_most <= best.value {
            break;
        }
        let offer = pricing.best_offer(*slot);
        if offer.value > best.value {
            best = offer;
        }
    }
    hour.value = best.value;
    hour.offer = Some(best);
}

/// The best set of hours that are far enough from one another, and its value: the most with the first so many hours and so many groups.
fn choose(problem: &Problem, hours: &[Hour], most: usize) -> (i64, Vec<usize>) {
    let width = most + 1;
    let mut table = vec![0_i64; (hours.len() + 1) * width];
    for (position, hour) in hours.iter().enumerate() {
        for groups in 0..=most {
            let without = table.get(position * width + groups).copied().unwrap_or(0);
            let with = groups.checked_sub(1).and_then(|fewer| table.get(hour.before * width + fewer)).map_or(0, |value| value + hour.value);
            if let Some(value) = table.get_mut((position + 1) * width + groups) {
                *value = without.max(with);
            }
        }
    }
    let last = hours.len() * width;
    let value_of = |groups: usize| table.get(last + groups).copied().unwrap_or(0) - problem.rules.load_cost(groups).saturating_mul(POINT);
    let (value, mut groups) = (0..=most).map(|groups| (value_of(groups), groups)).max_by_key(|(value, groups)| (*value, most - groups)).unwrap_or((0, 0));
    let mut chosen = Vec::new();
    let mut position = hours.len();
    while let Some(hour) = position.checked_sub(1).and_then(|before| hours.get(before)) {
        let here = table.get(position * width + groups);
        if groups == 0 {
            break;
        }
        if here == table.get((position - 1) * width + groups) {
            position -= 1;
        } else {
            chosen.push(position - 1);
            groups -= 1;
            position = hour.before;
        }
    }
    (value, chosen)
}
