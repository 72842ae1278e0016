//! Who takes which of some places, where each takes one at most: as many places as can be filled, and of the ways to do that the one with the most points.
//!
//! Places are given out one by one along a way on which whoever has a place already moves on to another: of all such ways the one that adds most. So the
//! places that are filled are at every moment the best of as many as there are, and at the end no way is left on which one more could be filled.

/// For each place who takes it, if anybody can. `points` has a row for each place and in it a column for each person: what it is worth that they have it,
/// or nothing where they cannot. Of what is worth the same the earlier place and the earlier person are taken, so that the answer is always the same.
pub fn assign(points: &[Vec<Option<i64>>]) -> Vec<Option<usize>> {
    let people = points.iter().map(Vec::len).max().unwrap_or_default();
    let mut taken = Taken { by_place: vec![None; points.len()], by_person: vec![None; people] };
    while let Some(way) = best_way(points, &taken) {
        for (place, person) in way {
            taken.give(place, person);
        }
    }
    taken.by_place
}

struct Taken {
    /// Who has each place.
    by_place: Vec<Option<usize>>,
    /// Which place each person has.
    by_person: Vec<Option<usize>>,
}

impl Taken {
    fn give(&mut self, place: usize, person: usize) {
        if let Some(of_place) = self.by_place.get_mut(place) {
            *of_place = Some(person);
        }
        if let Some(of_person) = self.by_person.get_mut(person) {
            *of_person = Some(place);
        }
    }

    fn has(&self, place: usize, person: usize) -> bool {
        self.by_place.get(place).copied().flatten() == Some(person)
    }
}

/// How somebody is reached on the best way to them that is known.
#[derive(Clone, Copy)]
struct Step {
    /// What the way adds up to.
    gain: i64,
    /// The place that they would take.
    place: usize,
    /// Who would leave it to them; nobody where it is not taken.
    left_by: Option<usize>,
}

/// The way that adds most and ends with somebody who has no place, as the places that change hands; nothing where there is none.
fn best_way(points: &[Vec<Option<i64>>], taken: &Taken) -> Option<Vec<(usize, usize)>> {
    let mut steps: Vec<Option<Step>> = vec![None; taken.by_person.len()];
    for (place, row) in points.iter().enumerate().filter(|(place, _)| taken.by_place.get(*place).copied().flatten().is_none()) {
        go_on(row, Step { gain: 0, place, left_by: None }, taken, &mut steps);
    }
    let mut has_changed = true;
    while has_changed {
        has_changed = false;
        for (person, place) in taken.by_person.iter().enumerate() {
            let (Some(place), Some(step)) = (*place, steps.get(person).copied().flatten()) else { continue };
            let Some(row) = points.get(place) else { continue };
            let left = row.get(person).copied().flatten().unwrap_or_default();
            has_changed |= go_on(row, Step { gain: step.gain - left, place, left_by: Some(person) }, taken, &mut steps);
        }
    }
    let without_place = steps.iter().enumerate().filter(|(person, _)| taken.by_person.get(*person).copied().flatten().is_none());
    let reached = without_place.filter_map(|(person, step)| Some((person, (*step)?)));
    let (last, _) = reached.reduce(|best, other| if other.1.gain > best.1.gain { other } else { best })?;
    let mut way = Vec::new();
    let mut reached = Some(last);
    while let Some(person) = reached {
        let step = steps.get(person).copied().flatten()?;
        way.push((step.place, person));
        reached = step.left_by;
    }
    Some(way)
}

/// Reaches everybody who can take a place, where that is better than how they were reached before. Says whether anybody was.
fn go_on(row: &[Option<i64>], from: Step, taken: &Taken, steps: &mut [Option<Step>]) -> bool {
    let mut is_better = false;
    for ((person, worth), step) in row.iter().enumerate().zip(steps.iter_mut()) {
        let Some(worth) = worth else { continue };
        let gain = from.gain + worth;
        if !taken.has(from.place, person) && step.is_none_or(|known| gain > known.gain) {
            *step = Some(Step { gain, ..from });
            is_better = true;
        }
    }
    is_better
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whoever_has_a_place_moves_on_where_one_more_can_be_filled_by_that() {
        assert_eq!(assign(&[vec![Some(5), Some(9)], vec![None, Some(9)]]), [Some(0), Some(1)]);
        assert_eq!(
            assign(&[vec![Some(1), Some(9), None], vec![None, Some(9), None], vec![None, Some(9), Some(1)]]),
            [Some(0), Some(1), Some(2)]
        );
        assert_eq!(assign(&[vec![None, None], Vec::new()]), [None, None]);
        assert_eq!(assign(&[]), Vec::<Option<usize>>::new());
    }

    #[test]
    fn of_what_is_worth_the_same_the_first_is_taken() {
        assert_eq!(assign(&[vec![Some(3), Some(3)], vec![Some(3), Some(3)]]), [Some(0), Some(1)]);
        assert_eq!(assign(&[vec![Some(3)], vec![Some(3)]]), [Some(0), None]);
    }

    /// How many places are filled, and what that is worth, in the best of all ways.
    fn best_of_all(points: &[Vec<Option<i64>>], taken: &mut Vec<usize>) -> (usize, i64) {
        let Some((first, others)) = points.split_first() else { return (0, 0) };
        let mut best = best_of_all(others, taken);
        for (person, worth) in first.iter().enumerate() {
            let Some(worth) = worth.filter(|_| !taken.contains(&person)) else { continue };
            taken.push(person);
            let (filled, sum) = best_of_all(others, taken);
            taken.pop();
            best = best.max((filled + 1, sum + worth));
        }
        best
    }

    proptest! {
        #[test]
        fn as_many_places_are_filled_as_can_be_with_the_most_points_and_nobody_has_two(
            points in prop::collection::vec(prop::collection::vec(prop::option::of(0_i64..20), 5), 0..6)
        ) {
            let assigned = assign(&points);
            let people: Vec<usize> = assigned.iter().flatten().copied().collect();
            let each_once: std::collections::BTreeSet<usize> = people.iter().copied().collect();
            prop_assert_eq!(each_once.len(), people.len());
            let worth = assigned.iter().zip(&points).filter_map(|(person, row)| person.map(|person| row[person].unwrap()));
            let sum = worth.sum::<i64>();
            prop_assert_eq!((people.len(), sum), best_of_all(&points, &mut Vec::new()));
            prop_assert_eq!(assign(&points), assigned);
        }
    }
}
