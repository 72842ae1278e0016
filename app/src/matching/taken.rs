//! What is taken already of the two weeks of a round: sessions that are planned, groups that people were asked about, and days away.

use std::collections::{BTreeMap, BTreeSet};

use ::matching::Window;
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};

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

/// A member may miss one session of so many; a time at which they would miss more is none at which they can meet.
const ONE_ABSENCE_OF: usize = 6;

impl Taken {
    /// The time of a session, on the clocks of the United Kingdom.
    pub fn by_session(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Self {
        let starts = ::series::local(starts_at);
        let from = i64::from(starts.num_seconds_from_midnight() / 60);
        Self { on: starts.date(), from, to: from + (ends_at - starts_at).num_minutes() }
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

/// The dates of a round, by the two weeks in which it thinks.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// The Monday that begins a first week.
    monday: NaiveDate,
    from: NaiveDate,
    until: NaiveDate,
}

impl Cycle {
    /// The dates on which groups of a round meet.
    pub fn of(from: NaiveDate, until: NaiveDate) -> Self {
        Self { monday: ::series::monday_of(from), from, until }
    }

    /// The dates of a group that meets at a place of the two weeks.
    pub fn dates_of(self, week: i64, day: i64) -> impl Iterator<Item = NaiveDate> {
        let first = u64::try_from(week * 7 + day).ok().map(|days| self.monday + Days::new(days));
        let dates = first.into_iter().flat_map(|first| first.iter_days().step_by(14));
        dates.skip_while(move |date| *date < self.from).take_while(move |date| *date <= self.until)
    }

    /// The week and the day of a date; nothing where no group of the round meets then.
    fn place_of(self, date: NaiveDate) -> Option<(i64, i64)> {
        let is_within = (self.from..=self.until).contains(&date);
        let days = date.signed_duration_since(self.monday).num_days();
        is_within.then(|| (days / 7 % 2, i64::from(date.weekday().num_days_from_monday())))
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

    /// What is left of somebody's windows: without the half hours at which they would miss more sessions of a group than they may.
    pub fn without(self, windows: Vec<Window>, taken: &[Taken]) -> Vec<Window> {
        let mut dates_taken: BTreeMap<(i64, i64, i64), BTreeSet<NaiveDate>> = BTreeMap::new();
        for one in taken {
            let Some((week, day)) = self.place_of(one.on) else { continue };
            let (from, to) = (one.from.max(0), one.to.min(DAY));
            for half_hour in from / HALF_HOUR..(to + HALF_HOUR - 1) / HALF_HOUR {
                dates_taken.entry((week, day, half_hour)).or_default().insert(one.on);
            }
        }
        let is_too_much = |(place, dates): &(&(i64, i64, i64), &BTreeSet<NaiveDate>)| {
            let (week, day, _) = **place;
            dates.len() * ONE_ABSENCE_OF > self.dates_of(week, day).count()
        };
        let shut: BTreeSet<(i64, i64, i64)> = dates_taken.iter().filter(is_too_much).map(|(place, _)| *place).collect();
        if shut.is_empty() {
            return windows;
        }
        windows.into_iter().flat_map(|window| cut(window, &shut)).collect()
    }
}

/// A window without the half hours that are shut.
fn cut(window: Window, shut: &BTreeSet<(i64, i64, i64)>) -> Vec<Window> {
    let (mut left, mut from) = (Vec::new(), window.from);
    for half_hour in window.from / HALF_HOUR..(window.to + HALF_HOUR - 1) / HALF_HOUR {
        if shut.contains(&(window.week, window.day, half_hour)) {
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
    use super::*;
    use crate::availability::{DateOverride, Stretch};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Half a year from a Tuesday on.
    fn cycle() -> Cycle {
        Cycle::of(date("2026-11-24"), date("2027-05-23"))
    }

    fn tuesdays() -> Vec<Window> {
        [0, 1].map(|week| Window { week, day: 1, from: 9 * 60, to: 12 * 60 }).to_vec()
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
        let left = cycle().without(tuesdays(), &every_second);
        assert_eq!(on_the_clock(&left), [(0, 540, 600), (0, 690, 720), (1, 540, 720)]);
        // With a pause around it no session can end at 10:00 or begin at 11:30.
        let with_pause: Vec<Taken> = every_second.iter().map(|taken| taken.with_pause(15)).collect();
        assert_eq!(on_the_clock(&cycle().without(tuesdays(), &with_pause)), [(0, 540, 570), (1, 540, 720)]);
    }

    #[test]
    fn what_is_missed_once_in_six_times_keeps_nobody_away() {
        let some = |count: usize| cycle().dates_of(1, 1).take(count).map(at_ten).collect::<Vec<_>>();
        assert_eq!(cycle().without(tuesdays(), &some(2)), tuesdays());
        assert_eq!(on_the_clock(&cycle().without(tuesdays(), &some(3))).len(), 3);
        let before_and_after = [at_ten(date("2026-11-17")), at_ten(date("2027-05-25")), at_ten(date("2027-06-08"))];
        assert_eq!(cycle().without(tuesdays(), &before_and_after), tuesdays(), "no group meets then");
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
        assert_eq!(cycle().without(tuesdays(), &away), [], "four of thirteen would be missed in the first week, and three in the second");
        let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let late = |on| DateOverride { on, hours: Stretch::new(at(11), at(17)) };
        let overrides = cycle().dates_of(0, 1).take(3).map(late).collect();
        let away = cycle().away(&Availability { overrides, ..Availability::default() });
        assert_eq!(on_the_clock(&cycle().without(tuesdays(), &away)), [(0, 660, 720), (1, 540, 720)]);
    }
}
