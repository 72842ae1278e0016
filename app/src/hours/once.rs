//! That no minute counts twice: of things that overlap in time.

use chrono::{DateTime, TimeDelta, Utc};

/// The rule, as pages and files say it.
pub const COUNTED_ONCE: &str = "No minute counts twice. Where sessions and events at which you were marked overlap in time, together they count for no more than the time that went by: supervision first, and of two sessions or two events the one that began first.";

/// Something at which somebody was marked.
#[derive(Clone, Copy, Debug)]
pub struct Attended {
    /// The instant at which it began: on a night on which the clocks change, what they show runs ahead of the time that goes by, or behind it.
    pub starts_at: DateTime<Utc>,
    /// How long it was.
    pub length_minutes: i64,
    /// For how many minutes of it they were there, or it counts.
    pub minutes: i64,
}

/// A stretch of time in which one thing touches the next, and what has been counted of it.
#[derive(Clone, Copy)]
struct Taken {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    counted: i64,
}

/// What each of them counts, in the order in which they come: what overlaps with others before it counts only the time that they leave. Whoever left one
/// early for the next has both. What overlaps with nothing counts as it is.
pub fn counted_once(all: impl IntoIterator<Item = Attended>) -> Vec<i64> {
    let mut taken: Vec<Taken> = Vec::new();
    let counted = all.into_iter().map(|one| {
        if one.minutes <= 0 {
            return 0;
        }
        let until = one.starts_at + TimeDelta::minutes(one.length_minutes);
        let (touched, apart): (Vec<Taken>, Vec<Taken>) =
            taken.drain(..).partition(|other| other.from < until && one.starts_at < other.until);
        let from = touched.iter().map(|other| other.from).fold(one.starts_at, Ord::min);
        let until = touched.iter().map(|other| other.until).fold(until, Ord::max);
        let before: i64 = touched.iter().map(|other| other.counted).sum();
        let counts = if touched.is_empty() { one.minutes } else { one.minutes.min((until - from).num_minutes() - before).max(0) };
        taken = apart;
        taken.push(Taken { from, until, counted: before + counts });
        counts
    });
    counted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(starts: &str, length_minutes: i64, minutes: i64) -> Attended {
        Attended { starts_at: ::series::instant(format!("2026-10-22T{starts}:00").parse().unwrap()), length_minutes, minutes }
    }

    fn on(starts: &str, length_minutes: i64) -> Attended {
        Attended { starts_at: ::series::instant(starts.parse().unwrap()), length_minutes, minutes: length_minutes }
    }

    #[test]
    fn what_overlaps_counts_for_no_more_than_the_time_that_went_by() {
        assert_eq!(counted_once([at("10:00", 90, 90), at("11:00", 60, 60)]), [90, 30]);
        assert_eq!(counted_once([at("10:00", 90, 90), at("10:15", 30, 30)]), [90, 0], "it lay within the first");
        assert_eq!(counted_once([at("10:00", 60, 60), at("11:00", 60, 60)]), [60, 60], "one ends as the next begins");
        assert_eq!(counted_once([at("10:00", 60, 60), at("12:00", 60, 60), at("10:30", 120, 120)]), [60, 60, 60], "what lies between");
    }

    #[test]
    fn what_goes_on_past_midnight_or_while_the_clocks_change_counts_once_as_well() {
        assert_eq!(counted_once([on("2026-10-22T23:30:00", 60), on("2026-10-23T00:00:00", 60)]), [60, 30]);
        // At two the clocks go back to one: two hours after half past twelve they show half past one.
        assert_eq!(counted_once([on("2026-10-25T00:30:00", 120), on("2026-10-25T02:00:00", 60)]), [120, 60]);
        // At one they go forward to two: an hour after half past twelve they show half past two.
        assert_eq!(counted_once([on("2027-03-28T00:30:00", 60), on("2027-03-28T02:00:00", 60)]), [60, 30]);
    }

    #[test]
    fn whoever_left_one_early_for_the_next_has_both_and_who_was_not_there_is_in_nobodys_way() {
        assert_eq!(counted_once([at("10:00", 90, 60), at("11:00", 60, 60)]), [60, 60]);
        assert_eq!(counted_once([at("10:00", 90, 0), at("10:00", 90, 90)]), [0, 90]);
        assert_eq!(counted_once([at("10:00", 60, 90)]), [90], "what counts for more than its length, and overlaps with nothing");
    }
}
