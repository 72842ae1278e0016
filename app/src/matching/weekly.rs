//! The hours of people in a round whose groups meet every week. They say of two weeks when they are free; a weekly group takes the same time of both. So
//! what is free in both of them stands in the first week of the file, the second is empty, and the engine plans one week as it plans two.

use ::matching::Window;

use super::model::MeetsEvery;

/// Somebody's hours of two weeks, in order, as the file of a round has them.
pub fn in_file(meets_every: MeetsEvery, windows: Vec<Window>) -> Vec<Window> {
    match meets_every {
        MeetsEvery::Fortnight => windows,
        MeetsEvery::Week => in_both_weeks(&windows),
    }
}

/// What the two weeks have in common, as hours of the first.
fn in_both_weeks(windows: &[Window]) -> Vec<Window> {
    let in_week = |week: i64| windows.iter().filter(move |window| window.week == week);
    let common = |one: &Window| {
        let one = *one;
        in_week(1).filter(move |other| other.day == one.day).map(move |other| Window {
            from: one.from.max(other.from),
            to: one.to.min(other.to),
            ..one
        })
    };
    let mut both: Vec<Window> = in_week(0).flat_map(common).filter(|window| window.from < window.to).collect();
    both.sort_unstable();
    both
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::facts::lies_within;

    fn window(week: i64, day: i64, from: i64, to: i64) -> Window {
        Window { week, day, from, to }
    }

    #[test]
    fn a_weekly_round_asks_for_what_is_free_in_both_weeks_and_a_fortnightly_one_for_what_was_said() {
        let said = vec![window(0, 1, 540, 720), window(0, 3, 540, 720), window(1, 1, 600, 780), window(1, 4, 540, 720)];
        assert_eq!(in_file(MeetsEvery::Week, said.clone()), [window(0, 1, 600, 720)]);
        assert_eq!(in_file(MeetsEvery::Fortnight, said.clone()), said);
    }

    fn any_windows() -> impl Strategy<Value = Vec<Window>> {
        let one = (0_i64..2, 0_i64..3, 16_i64..34, 1_i64..10);
        prop::collection::vec(one.prop_map(|(week, day, from, length)| window(week, day, 30 * from, 30 * (from + length))), 0..12)
    }

    proptest! {
        #[test]
        fn a_session_fits_into_it_exactly_where_it_fits_into_each_of_the_weeks(windows in any_windows(), day in 0_i64..3, half_hour in 0_i64..48) {
            let start = half_hour * 30;
            let fits = |windows: &[Window], week| lies_within(windows, (week, day, start), 90);
            let both = in_file(MeetsEvery::Week, windows.clone());
            prop_assert_eq!(fits(&both, 0), fits(&windows, 0) && fits(&windows, 1));
            prop_assert!(both.iter().all(|window| window.week == 0));
        }
    }
}
