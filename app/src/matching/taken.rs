//! What is taken already of the two weeks of a round, or of the one of a weekly round: sessions that are planned, groups that people were asked about, events that somebody
//! hosts, what another calendar of theirs keeps busy, and days away.
//!
//! One rule holds for all of it. A group of a round meets on every second date of a weekday, or on every one, and a member may miss one session of six. A
//! time at which somebody would miss more is none at which they can meet: one afternoon at the dentist in half a year takes nothing away, nor does a
//! fortnight of leave; what comes again every second week does, and so does something else on each of many Tuesdays. So it is counted over the
//! whole of a session, whatever it is that takes a part of it, and a date counts once. Of a weekly group, what comes again every second week takes
//! every second date, so that the time is gone in whichever week it comes.

use std::collections::{BTreeMap, BTreeSet};

use ::matching::Window;
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};

use super::facts::lies_within;
use super::model::MeetsEvery;
use crate::availability::Availability;

/// Some minutes of a date on which somebody is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The date.
    pub on: NaiveDate,
    /// The first minute after midnight.
    pub from: i64,
    /// The first minute that is free again.
    pub to: i64,
}

/// The minutes of a day.
const DAY: i64 = 24 * 60;

const HALF_HOUR: i64 = 30;

/// A member may miss one session of so many.
const ONE_ABSENCE_OF: usize = 6;

impl Taken {
    /// A stretch of time on the clocks of the United Kingdom, by the dates that it touches.
    pub fn between(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> impl Iterator<Item = Self> {
        let (starts, ends) = (::series::local(starts_at), ::series::local(ends_at));
        let from = i64::from(starts.num_seconds_from_midnight() / 60);
        let to = i64::from(ends.num_seconds_from_midnight().div_ceil(60));
        let on_date = move |on| Self { on, from: if on == starts.date() { from } else { 0 }, to: if on == ends.date() { to } else { DAY } };
        starts.date().iter_days().take_while(move |on| *on <= ends.date()).map(on_date).filter(|taken| taken.from < taken.to)
    }

    const fn all_day(on: NaiveDate) -> Self {
        Self { on, from: 0, to: DAY }
    }

    /// With some minutes more before and after.
    #[must_use]
    pub const fn with_pause(self, minutes: i64) -> Self {
        Self { from: self.from - minutes, to: self.to + minutes, ..self }
    }
}

/// The dates of a round, by the weeks in which it thinks: two, or one where its groups meet every week.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// The Monday that begins a first week.
    monday: NaiveDate,
    from: NaiveDate,
    until: NaiveDate,
    meets_every: MeetsEvery,
}

/// The half hours of a day at which anything is taken, counted from midnight, each with the dates on which it is.
type TakenDay = BTreeMap<i64, BTreeSet<NaiveDate>>;

impl Cycle {
    /// The dates on which groups of a round meet.
    pub fn of((from, until): (NaiveDate, NaiveDate), meets_every: MeetsEvery) -> Self {
        Self { monday: ::series::monday_of(from), from, until, meets_every }
    }

    /// The dates of a group that meets at a place of those weeks.
    pub fn dates_of(self, week: i64, day: i64) -> impl Iterator<Item = NaiveDate> {
        let first = u64::try_from(week * 7 + day).ok().map(|days| self.monday + Days::new(days));
        let dates = first.into_iter().flat_map(move |first| first.iter_days().step_by(7 * usize::from(self.meets_every.weeks())));
        dates.skip_while(move |date| *date < self.from).take_while(move |date| *date <= self.until)
    }

    /// The week and the day of a date; nothing where no group of the round meets then.
    fn place_of(self, date: NaiveDate) -> Option<(i64, i64)> {
        let is_within = (self.from..=self.until).contains(&date);
        let days = date.signed_duration_since(self.monday).num_days();
        is_within.then(|| (days / 7 % i64::from(self.meets_every.weeks()), i64::from(date.weekday().num_days_from_monday())))
    }

    /// The days on which somebody has said that they are away, or that they work at other hours.
    pub fn away(self, said: &Availability) -> Vec<Taken> {
        let minute = |time: chrono::NaiveTime| i64::from(time.num_seconds_from_midnight() / 60);
        let leave = said.leave.iter().flat_map(|leave| {
            let (first, last) = (leave.first.max(self.from), leave.last.min(self.until));
            first.iter_days().take_while(move |date| *date <= last).map(Taken::all_day)
        });
        let other_hours = said.overrides.iter().flat_map(|other| match other.hours {
            None => vec![Taken::all_day(other.on)],
            Some(hours) => {
                vec![Taken { on: other.on, from: 0, to: minute(hours.from()) }, Taken { on: other.on, from: minute(hours.to()), to: DAY }]
            }
        });
        leave.chain(other_hours).collect()
    }

    /// What is left of somebody's windows for sessions of so many minutes: no session fits into it of which they would miss more than they may.
    pub fn without(self, mut windows: Vec<Window>, taken: &[Taken], minutes: i64) -> Vec<Window> {
        for (place, half_hours) in self.by_day(taken) {
            let most = self.dates_of(place.0, place.1).count() / ONE_ABSENCE_OF;
            // What is too much by itself goes first; nothing beside it is given up for its sake then.
            let too_much = half_hours.iter().filter(|(_, dates)| dates.len() > most).map(|(half_hour, _)| *half_hour);
            windows = cut(windows, place, &too_much.collect());
            for start in (0..DAY / HALF_HOUR).map(|half_hour| half_hour * HALF_HOUR) {
                if let Some(worst) = too_often(&half_hours, (start, minutes), most)
                    && lies_within(&windows, (place.0, place.1, start), minutes)
                {
                    windows = cut(windows, place, &BTreeSet::from([worst]));
                }
            }
        }
        windows
    }

    /// What is taken of each day of those weeks, by half hour.
    fn by_day(self, taken: &[Taken]) -> BTreeMap<(i64, i64), TakenDay> {
        let mut days: BTreeMap<(i64, i64), TakenDay> = BTreeMap::new();
        for one in taken {
            let Some(place) = self.place_of(one.on) else { continue };
            let (from, to) = (one.from.max(0), one.to.min(DAY));
            for half_hour in from / HALF_HOUR..(to + HALF_HOUR - 1) / HALF_HOUR {
                days.entry(place).or_default().entry(half_hour).or_default().insert(one.on);
            }
        }
        days
    }
}

/// Of a session of which more dates would be missed than may be, the half hour that takes most of them; of several the last, which is in the way
/// of the sessions that begin after it too.
fn too_often(half_hours: &TakenDay, (start, minutes): (i64, i64), most: usize) -> Option<i64> {
    let within = half_hours.range(start / HALF_HOUR..(start + minutes + HALF_HOUR - 1) / HALF_HOUR);
    let missed: BTreeSet<&NaiveDate> = within.clone().flat_map(|(_, dates)| dates).collect();
    if missed.len() <= most {
        return None;
    }
    within.max_by_key(|(_, dates)| dates.len()).map(|(half_hour, _)| *half_hour)
}

/// Windows without the half hours of a day that are shut.
fn cut(windows: Vec<Window>, place: (i64, i64), shut: &BTreeSet<i64>) -> Vec<Window> {
    if shut.is_empty() {
        return windows;
    }
    let is_there = |window: &Window| (window.week, window.day) == place;
    windows.into_iter().flat_map(|window| if is_there(&window) { without_half_hours(window, shut) } else { vec![window] }).collect()
}

fn without_half_hours(window: Window, shut: &BTreeSet<i64>) -> Vec<Window> {
    let (mut left, mut from) = (Vec::new(), window.from);
    for half_hour in window.from / HALF_HOUR..(window.to + HALF_HOUR - 1) / HALF_HOUR {
        if shut.contains(&half_hour) {
            left.push(Window { from, to: half_hour * HALF_HOUR, ..window });
            from = (half_hour + 1) * HALF_HOUR;
        }
    }
    left.push(Window { from, ..window });
    left.retain(|stretch| stretch.from < stretch.to);
    left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::availability::{DateOverride, Stretch};

    /// The minutes of a session.
    const SESSION: i64 = 90;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Half a year from a Tuesday on.
    fn cycle() -> Cycle {
        Cycle::of((date("2026-11-24"), date("2027-05-23")), MeetsEvery::Fortnight)
    }

    fn tuesdays() -> Vec<Window> {
        [0, 1].map(|week| Window { week, day: 1, from: 9 * 60, to: 12 * 60 }).to_vec()
    }

    /// What is left of the Tuesdays.
    fn left_of(taken: &[Taken]) -> Vec<Window> {
        cycle().without(tuesdays(), taken, SESSION)
    }

    /// A session of an hour and a half at 10:00.
    fn at_ten(on: NaiveDate) -> Taken {
        Taken { on, from: 600, to: 690 }
    }

    fn on_the_clock(windows: &[Window]) -> Vec<(i64, i64, i64)> {
        windows.iter().map(|window| (window.week, window.from, window.to)).collect()
    }

    #[test]
    fn whoever_is_in_a_session_every_second_tuesday_is_free_then_in_the_other_week_alone() {
        let every_second: Vec<Taken> = cycle().dates_of(0, 1).map(at_ten).collect();
        assert_eq!(every_second.first().map(|taken| taken.on), Some(date("2026-11-24")));
        assert_eq!(every_second.len(), 13);
        assert_eq!(on_the_clock(&left_of(&every_second)), [(0, 540, 600), (0, 690, 720), (1, 540, 720)]);
        // With a pause around it no session can end at 10:00 or begin at 11:30.
        let with_pause: Vec<Taken> = every_second.iter().map(|taken| taken.with_pause(15)).collect();
        assert_eq!(on_the_clock(&left_of(&with_pause)), [(0, 540, 570), (1, 540, 720)]);
    }

    #[test]
    fn of_a_weekly_group_what_comes_again_in_either_week_takes_the_time_and_a_fortnight_of_leave_does_not() {
        let weekly = Cycle { meets_every: MeetsEvery::Week, ..cycle() };
        assert_eq!(
            weekly.dates_of(0, 1).take(3).map(|date| date.to_string()).collect::<Vec<_>>(),
            ["2026-11-24", "2026-12-01", "2026-12-08"]
        );
        let tuesday = || vec![Window { week: 0, day: 1, from: 9 * 60, to: 12 * 60 }];
        for week in [0, 1] {
            let every_second: Vec<Taken> = cycle().dates_of(week, 1).map(at_ten).collect();
            assert_eq!(on_the_clock(&weekly.without(tuesday(), &every_second, SESSION)), [(0, 540, 600), (0, 690, 720)]);
        }
        let two_in_a_row = [date("2026-12-01"), date("2026-12-08")].map(Taken::all_day);
        assert_eq!(weekly.without(tuesday(), &two_in_a_row, SESSION), tuesday());
        let five: Vec<Taken> = weekly.dates_of(0, 1).take(5).map(Taken::all_day).collect();
        assert_eq!(weekly.without(tuesday(), &five, SESSION), [], "five of twenty-six are more than one in six");
    }

    #[test]
    fn what_is_missed_once_in_six_times_keeps_nobody_away() {
        let some = |count: usize| cycle().dates_of(1, 1).take(count).map(at_ten).collect::<Vec<_>>();
        assert_eq!(left_of(&some(2)), tuesdays());
        assert_eq!(on_the_clock(&left_of(&some(3))).len(), 3);
        let before_and_after = [at_ten(date("2026-11-17")), at_ten(date("2027-05-25")), at_ten(date("2027-06-08"))];
        assert_eq!(left_of(&before_and_after), tuesdays(), "no group meets then");
    }

    #[test]
    fn something_else_at_another_time_on_each_of_many_tuesdays_is_as_much_as_one_thing_on_all_of_them() {
        let at = |(place, on): (usize, NaiveDate)| {
            let from = 600 + 30 * i64::try_from(place % 3).unwrap();
            Taken { on, from, to: from + 30 }
        };
        let scattered: Vec<Taken> = cycle().dates_of(0, 1).take(6).enumerate().map(at).collect();
        // Each half hour is taken twice in thirteen times; of a session at 10:00 six would be missed, and of one at 9:00 two.
        assert_eq!(on_the_clock(&left_of(&scattered)), [(0, 540, 630), (0, 660, 720), (1, 540, 720)]);
        assert_eq!(left_of(&scattered[..2]), tuesdays());
    }

    #[test]
    fn days_away_and_other_hours_count_as_sessions_do() {
        let leave = crate::availability::Leave {
            id: crate::availability::LeaveId(uuid::Uuid::nil()),
            first: date("2026-11-01"),
            last: date("2027-01-10"),
            kind: crate::availability::LeaveKind::Leave,
        };
        let away = cycle().away(&Availability { leave: vec![leave], ..Availability::default() });
        assert_eq!(away.first().map(|taken| taken.on), Some(date("2026-11-24")), "from the first day of the round on");
        assert_eq!(left_of(&away), [], "four of thirteen would be missed in the first week, and three in the second");
        let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let late = |on| DateOverride { on, hours: Stretch::new(at(11), at(17)) };
        let overrides = cycle().dates_of(0, 1).take(3).map(late).collect();
        let away = cycle().away(&Availability { overrides, ..Availability::default() });
        assert_eq!(on_the_clock(&left_of(&away)), [(0, 660, 720), (1, 540, 720)]);
    }

    #[test]
    fn a_time_that_goes_on_past_midnight_is_taken_on_each_date_that_it_touches() {
        let between = |from: &str, to: &str| {
            let taken = Taken::between(from.parse().unwrap(), to.parse().unwrap());
            taken.map(|taken| (taken.on.to_string(), taken.from, taken.to)).collect::<Vec<_>>()
        };
        assert_eq!(between("2026-12-01T10:00:00Z", "2026-12-01T11:29:01Z"), [("2026-12-01".to_owned(), 600, 690)]);
        let [first, second, third] = ["2026-12-01", "2026-12-02", "2026-12-03"].map(str::to_owned);
        assert_eq!(between("2026-12-01T22:00:00Z", "2026-12-03T01:00:00Z"), [(first, 1320, DAY), (second.clone(), 0, DAY), (third, 0, 60)]);
        assert_eq!(between("2026-12-02T00:00:00Z", "2026-12-03T00:00:00Z"), [(second, 0, DAY)], "midnight belongs to the day before");
        // Summer time: eight o'clock of the world is nine o'clock here.
        assert_eq!(between("2027-04-06T08:00:00Z", "2027-04-06T09:00:00Z"), [("2027-04-06".to_owned(), 540, 600)]);
    }

    fn any_taken() -> impl Strategy<Value = Vec<Taken>> {
        let one = (0_u64..182, 32_i64..80, 1_i64..14).prop_map(|(days, from, length)| Taken {
            on: date("2026-11-24") + Days::new(days),
            from: 15 * from,
            to: 15 * (from + length),
        });
        prop::collection::vec(one, 0..160)
    }

    fn any_windows() -> impl Strategy<Value = Vec<Window>> {
        let one = (0_i64..2, 0_i64..5, 16_i64..34, 1_i64..10).prop_map(|(week, day, from, length)| Window {
            week,
            day,
            from: 30 * from,
            to: 30 * (from + length),
        });
        prop::collection::vec(one, 1..12)
    }

    /// The dates of a place of the two weeks on which something is taken between two minutes.
    fn dates_taken(taken: &[Taken], (week, day): (i64, i64), (from, to): (i64, i64)) -> usize {
        let is_taken = |date: &NaiveDate| taken.iter().any(|one| one.on == *date && one.from < to && from < one.to);
        cycle().dates_of(week, day).filter(is_taken).count()
    }

    proptest! {
        #[test]
        fn no_session_fits_into_what_is_left_of_which_more_than_one_in_six_would_be_missed(taken in any_taken(), windows in any_windows()) {
            let left = cycle().without(windows.clone(), &taken, SESSION);
            for (week, day, half_hour) in (0..2).flat_map(|week| (0..5).flat_map(move |day| (0..48).map(move |half_hour| (week, day, half_hour)))) {
                let start = half_hour * HALF_HOUR;
                if lies_within(&left, (week, day, start), SESSION) {
                    prop_assert!(lies_within(&windows, (week, day, start), SESSION));
                    let missed = dates_taken(&taken, (week, day), (start, start + SESSION));
                    prop_assert!(missed * 6 <= cycle().dates_of(week, day).count(), "{missed} at {start}");
                }
            }
        }

        #[test]
        fn a_day_of_which_no_more_than_one_in_six_is_taken_stays_as_it_is_and_so_does_every_half_hour_that_is_free(taken in any_taken(), windows in any_windows()) {
            let left = cycle().without(windows.clone(), &taken, SESSION);
            for (week, day) in (0..2).flat_map(|week| (0..5).map(move |day| (week, day))) {
                let of_day = |windows: &[Window]| windows.iter().copied().filter(|one| (one.week, one.day) == (week, day)).collect::<Vec<_>>();
                if dates_taken(&taken, (week, day), (0, DAY)) * 6 <= cycle().dates_of(week, day).count() {
                    prop_assert_eq!(of_day(&left), of_day(&windows));
                }
                for half_hour in 0..48 {
                    let (from, to) = (half_hour * HALF_HOUR, (half_hour + 1) * HALF_HOUR);
                    if dates_taken(&taken, (week, day), (from, to)) == 0 {
                        let is_in = |windows: &[Window]| lies_within(windows, (week, day, from), HALF_HOUR);
                        prop_assert_eq!(is_in(&left), is_in(&windows));
                    }
                }
            }
        }
    }
}
