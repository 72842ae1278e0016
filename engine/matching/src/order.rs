//! Things in an order.

use std::cmp::Ordering;

/// Things in the order of their keys; those with equal keys stay as they stood. One sort for all of them, where speed does not matter, since
/// every kind of thing that has a sort of its own makes what a page loads larger by two kilobytes.
pub fn in_order<T: Copy, K: Ord>(things: impl Iterator<Item = T>, key: impl Fn(T) -> K) -> Vec<T> {
    let things: Vec<T> = things.collect();
    let keys: Vec<K> = things.iter().map(|thing| key(*thing)).collect();
    let places = places_in_order(things.len(), &|one, other| keys.get(one).cmp(&keys.get(other)));
    places.into_iter().filter_map(|place| things.get(place).copied()).collect()
}

fn places_in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}
