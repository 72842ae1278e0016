//! The most that one supervisor could make at given prices: which of their starts to use.

use crate::bound::pricing::{Offer, Pricing};
use crate::bound::{POINT, Wish};
use crate::ids::StartId;
use crate::problem::{Problem, Slot};

/// A start of the supervisor, with the most that any group at it could make.
struct Hour {
    start: StartId,
    /// Never too low; the value of `offer` once it is exact.
    value: i64,
    is_exact: bool,
    offer: Option<Offer>,
    rivals: Vec<Rival>,
    /// How many of the hours before this one are far enough away.
    before: usize,
}

/// A group that could be the best of its hour: what it makes at most, at which slot, and the level that has nobody in it.
type Rival = (i64, Slot, i64);

/// The best choice of groups for one supervisor, with no regard to the others.
///
/// The quick values are never too low, so a best timetable by them is never too low either. Wherever it uses a quick value it is
/// replaced by the exact one, until the best timetable stands on exact values alone: what was never used needs no exact value.
pub fn best_timetable(pricing: &Pricing, slots: &[Slot]) -> Wish {
    let Some(first) = slots.first() else { return Wish { value: 0, slots: Vec::new(), wanted: Vec::new() } };
    let problem = &pricing.ground.problem;
    let mut hours = quick_hours(pricing, slots);
    let most = problem.leaders[first.supervisor].max_groups.min(hours.len());
    loop {
        let (value, chosen) = choose(problem, &hours, most);
        let mut is_exact = true;
        for hour in &chosen {
            if let Some(hour) = hours.get_mut(*hour)
                && !hour.is_exact
            {
                is_exact = false;
                make_exact(pricing, hour);
            }
        }
        if is_exact {
            let chosen = chosen.iter().filter_map(|hour| hours.get(*hour)).filter_map(|hour| hour.offer.as_ref());
            let offers: Vec<&Offer> = chosen.collect();
            return Wish {
                value,
                slots: offers.iter().map(|offer| offer.slot).collect(),
                wanted: offers.iter().flat_map(|offer| offer.members.iter().copied()).collect(),
            };
        }
    }
}

fn quick_hours(pricing: &Pricing, slots: &[Slot]) -> Vec<Hour> {
    let problem = &pricing.ground.problem;
    let mut best = Vec::new();
    let mut hours: Vec<Hour> = Vec::new();
    for at_one_start in slots.chunk_by(|one, other| one.start == other.start) {
        let mut rivals: Vec<Rival> = Vec::new();
        for slot in at_one_start {
            // Levels span one at most: nobody of level 3, or nobody of level 1.
            for absent in [3, 1] {
                let value = pricing.at_most(*slot, absent, &mut best);
                if value > 0 {
                    rivals.push((value, *slot, absent));
                }
            }
        }
        if let Some((value, slot, _)) = rivals.iter().max().copied() {
            let before = hours.iter().rposition(|hour| problem.are_apart(hour.start, slot.start)).map_or(0, |last| last + 1);
            hours.push(Hour { start: slot.start, value, is_exact: false, offer: None, rivals, before });
        }
    }
    hours
}

/// Prices the slots of an hour exactly, for as long as another could still be better.
fn make_exact(pricing: &Pricing, hour: &mut Hour) {
    let mut best: Option<Offer> = None;
    while let Some((place, (at_most, slot, absent))) = hour.rivals.iter().copied().enumerate().max_by_key(|(_, rival)| *rival) {
        let most = best.as_ref().map_or(0, |best| best.value);
        if at_most <= most {
            break;
        }
        hour.rivals.swap_remove(place);
        let offer = pricing.best_offer(slot, absent);
        if offer.value > most {
            best = Some(offer);
        }
    }
    hour.value = best.as_ref().map_or(0, |best| best.value);
    hour.is_exact = true;
    hour.offer = best;
}

/// The best set of hours that are far enough from one another, and its value: the most with the first so many hours and so many groups.
fn choose(problem: &Problem, hours: &[Hour], most: usize) -> (i64, Vec<usize>) {
    let width = most + 1;
    let mut table = vec![0_i64; (hours.len() + 1) * width];
    for (position, hour) in hours.iter().enumerate() {
        for groups in 0..=most {
            let unused = table.get(position * width + groups).copied().unwrap_or(0);
            let earlier = groups.checked_sub(1).and_then(|fewer| table.get(hour.before * width + fewer));
            let used = earlier.map_or(0, |earlier| earlier + hour.value);
            if let Some(value) = table.get_mut((position + 1) * width + groups) {
                *value = unused.max(used);
            }
        }
    }
    let last = hours.len() * width;
    let value_of = |groups: usize| table.get(last + groups).copied().unwrap_or(0) - problem.rules.load_cost(groups).saturating_mul(POINT);
    let (value, mut groups) =
        (0..=most).map(|groups| (value_of(groups), groups)).max_by_key(|(value, groups)| (*value, most - groups)).unwrap_or((0, 0));
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
