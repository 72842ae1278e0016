//! Sessions that overlap stand side by side, as many as there is room for; of more, the last place says how many there are beside.

/// A shorter session is drawn as if it lasted this long, so that its name can be read; it must not run into the next one either.
const SHORTEST: u16 = 25;
/// Midnight at the end of the day.
pub const MIDNIGHT: u16 = 24 * 60;

/// When something takes place within its day, in minutes from midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// When it begins.
    pub from: u16,
    /// When it ends; never before it begins, and never after midnight.
    pub to: u16,
}

impl Stretch {
    fn drawn(self) -> Self {
        let to = self.to.max(self.from.saturating_add(SHORTEST)).min(MIDNIGHT);
        Self { from: self.from.min(to.saturating_sub(SHORTEST)), to }
    }
}

/// What stands in the column of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// One of the sessions, by its place in the list.
    One {
        /// Which of them.
        place: usize,
        /// Its lane, counted from one.
        lane: u8,
        /// How many lanes there are beside one another at that time.
        lanes: u8,
    },
    /// Those for which there is no room.
    More {
        /// How many they are.
        count: usize,
        /// From the first of them to the last.
        stretch: Stretch,
    },
}

/// Gives each stretch of a day its lane, of which there are so many at most. What overlaps is never in the same one.
pub fn side_by_side(stretches: &[Stretch], most: u8) -> Vec<Placed> {
    let mut in_order: Vec<(Stretch, usize)> = stretches.iter().enumerate().map(|(place, stretch)| (stretch.drawn(), place)).collect();
    in_order.sort_by_key(|(stretch, place)| (stretch.from, std::cmp::Reverse(stretch.to), *place));
    let mut placed = Vec::with_capacity(in_order.len());
    let mut cluster = Cluster::default();
    for (stretch, place) in in_order {
        if stretch.from >= cluster.end {
            cluster.settle(most, &mut placed);
        }
        cluster.add(stretch, place);
    }
    cluster.settle(most, &mut placed);
    placed
}

/// Stretches that hang together, each overlapping some other.
#[derive(Default)]
struct Cluster {
    members: Vec<(Stretch, usize, u8)>,
    /// When each lane is free again.
    free_from: Vec<u16>,
    end: u16,
}

impl Cluster {
    fn add(&mut self, stretch: Stretch, place: usize) {
        let free = self.free_from.iter_mut().zip(0_u8..).find(|(free_from, _)| **free_from <= stretch.from);
        let lane = if let Some((free_from, lane)) = free {
            *free_from = stretch.to;
            lane
        } else {
            self.free_from.push(stretch.to);
            u8::try_from(self.free_from.len()).unwrap_or(u8::MAX).saturating_sub(1)
        };
        self.members.push((stretch, place, lane));
        self.end = self.end.max(stretch.to);
    }

    /// Writes down where its members stand, and begins anew.
    fn settle(&mut self, most: u8, placed: &mut Vec<Placed>) {
        let Self { members, free_from, .. } = std::mem::take(self);
        let needed = u8::try_from(free_from.len()).unwrap_or(u8::MAX);
        let is_crowded = needed > most;
        let lanes = needed.min(most);
        let is_shown = |lane: u8| !is_crowded || lane.saturating_add(1) < most;
        for (_, place, lane) in members.iter().filter(|(_, _, lane)| is_shown(*lane)) {
            placed.push(Placed::One { place: *place, lane: lane + 1, lanes });
        }
        let hidden = || members.iter().filter(|(_, _, lane)| !is_shown(*lane)).map(|(stretch, _, _)| stretch);
        if let (Some(from), Some(to)) = (hidden().map(|stretch| stretch.from).min(), hidden().map(|stretch| stretch.to).max()) {
            placed.push(Placed::More { count: hidden().count(), stretch: Stretch { from, to } });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOST: u8 = 3;

    fn stretch(from: u16, to: u16) -> Stretch {
        Stretch { from, to }
    }

    #[test]
    fn a_session_alone_has_the_whole_width() {
        assert_eq!(side_by_side(&[stretch(600, 690)], MOST), [Placed::One { place: 0, lane: 1, lanes: 1 }]);
    }

    #[test]
    fn one_after_the_other_is_not_beside_it() {
        let placed = side_by_side(&[stretch(690, 750), stretch(600, 690)], MOST);
        assert_eq!(placed, [Placed::One { place: 1, lane: 1, lanes: 1 }, Placed::One { place: 0, lane: 1, lanes: 1 }]);
    }

    #[test]
    fn two_that_overlap_stand_side_by_side() {
        let placed = side_by_side(&[stretch(840, 930), stretch(900, 960)], MOST);
        assert_eq!(placed, [Placed::One { place: 0, lane: 1, lanes: 2 }, Placed::One { place: 1, lane: 2, lanes: 2 }]);
    }

    #[test]
    fn of_four_at_once_two_are_shown_and_two_are_counted() {
        let placed = side_by_side(&[stretch(600, 660), stretch(600, 690), stretch(610, 650), stretch(620, 700)], MOST);
        assert_eq!(placed.len(), 3);
        assert!(placed.contains(&Placed::More { count: 2, stretch: stretch(610, 700) }));
    }

    #[test]
    fn a_session_just_before_midnight_stays_within_its_day() {
        assert_eq!(stretch(1435, 1440).drawn(), stretch(1415, 1440));
    }

    fn any_stretch() -> impl Strategy<Value = Stretch> {
        (0..MIDNIGHT, 0_u16..=240).prop_map(|(from, length)| stretch(from, (from + length).min(MIDNIGHT)))
    }

    fn lane_and_stretch(placed: &Placed, stretches: &[Stretch]) -> (u8, u8, Stretch) {
        match *placed {
            Placed::One { place, lane, lanes } => (lane, lanes, stretches[place].drawn()),
            Placed::More { stretch, .. } => (MOST, MOST, stretch),
        }
    }

    proptest! {
        #[test]
        fn no_two_in_one_lane_overlap(stretches in prop::collection::vec(any_stretch(), 0..14)) {
            let placed = side_by_side(&stretches, MOST);
            for (index, one) in placed.iter().enumerate() {
                for other in placed.iter().skip(index + 1) {
                    let (lane, _, here) = lane_and_stretch(one, &stretches);
                    let (other_lane, _, there) = lane_and_stretch(other, &stretches);
                    prop_assert!(lane != other_lane || here.to <= there.from || there.to <= here.from);
                }
            }
        }

        #[test]
        fn what_overlaps_is_divided_into_the_same_number_of_lanes(stretches in prop::collection::vec(any_stretch(), 0..14)) {
            let placed = side_by_side(&stretches, MOST);
            for (index, one) in placed.iter().enumerate() {
                for other in placed.iter().skip(index + 1) {
                    let (_, lanes, here) = lane_and_stretch(one, &stretches);
                    let (_, other_lanes, there) = lane_and_stretch(other, &stretches);
                    let is_apart = here.to <= there.from || there.to <= here.from;
                    prop_assert!(is_apart || lanes == other_lanes);
                }
            }
        }

        #[test]
        fn everything_is_shown_or_counted_once(stretches in prop::collection::vec(any_stretch(), 0..14)) {
            let mut shown = vec![0; stretches.len()];
            let mut counted = 0;
            for placed in side_by_side(&stretches, MOST) {
                match placed {
                    Placed::One { place, lane, lanes } => {
                        prop_assert!((1..=lanes).contains(&lane) && lanes <= MOST);
                        shown[place] += 1;
                    }
                    Placed::More { count, stretch } => {
                        prop_assert!(stretch.from < stretch.to && stretch.to <= MIDNIGHT);
                        counted += count;
                    }
                }
            }
            prop_assert!(shown.iter().all(|times| *times <= 1));
            prop_assert_eq!(shown.iter().sum::<usize>() + counted, stretches.len());
        }
    }
}
