//! Things in the order of numbers.

use crate::ids::Position;

/// Things in the order of their keys; those with equal keys stay as they stood. Where speed does not matter, since every kind of thing that
/// has a sort of its own makes what a page loads larger by two kilobytes.
pub fn in_order<T: Copy>(things: impl Iterator<Item = T>, key: impl Fn(T) -> (u64, u64)) -> Vec<T> {
    let things: Vec<T> = things.collect();
    let mut places: Vec<(u64, u64, usize)> = Vec::with_capacity(things.len());
    for (place, thing) in things.iter().enumerate() {
        let (first, second) = key(*thing);
        places.push((first, second, place));
    }
    places.sort_unstable();
    places.into_iter().filter_map(|(_, _, place)| things.get(place).copied()).collect()
}

pub fn in_order_of_positions<P: Position>(positions: impl Iterator<Item = P>) -> Vec<P> {
    in_order(positions, |position| (number(position.at()), 0))
}

pub fn number(position: usize) -> u64 {
    u64::try_from(position).unwrap_or(u64::MAX)
}
