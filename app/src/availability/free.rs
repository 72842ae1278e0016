//! The hours of a day that are still free: what somebody has said, less what they are in already.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::known::Taken;
use super::model::{Availability, DayHours, LeaveKind, Stretch};
use crate::busy::BusyBlock;
use crate::groups::GroupKind;

/// One date as somebody who plans sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Day {
    /// Nobody knows, since no hours were ever said.
    Unknown,
    /// Away.
    Away(LeaveKind),
    /// A date that cannot be planned.
    Unavailable,
    /// No hours on such a day.
    Off,
    /// Hours, of which these are still free; none where everything is taken.
    Free(Vec<Stretch>),
}

/// What somebody is in already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Diary<'a> {
    /// Their sessions.
    pub taken: &'a [Taken],
    /// When they are busy in another calendar.
    pub elsewhere: &'a [BusyBlock],
}

/// What is free of a date for a kind of supervision, or for any, beside what a diary holds.
///
/// The minutes after a session that stay empty are kept free before the next one too; around what another calendar holds, nobody asked for
/// any. Where the clocks go back, the hour that exists twice is free only where both of it are, since a session that is planned there begins in
/// the first.
pub fn free_times(availability: &Availability, date: NaiveDate, kind: Option<GroupKind>, diary: Diary<'_>) -> Day {
    let open = match availability.on(date, kind) {
        DayHours::Unknown => return Day::Unknown,
        DayHours::Away(leave) => return Day::Away(leave),
        DayHours::Unavailable => return Day::Unavailable,
        DayHours::Open(open) if open.is_empty() => return Day::Off,
        DayHours::Open(open) => open,
    };
    let buffer = TimeDelta::minutes(availability.limits.buffer_minutes);
    let sessions = diary.taken.iter().map(|one| (one.starts_at - buffer, one.ends_at + buffer));
    let mut busy: Vec<(DateTime<Utc>, DateTime<Utc>)> =
        sessions.chain(diary.elsewhere.iter().map(|block| (block.starts_at, block.ends_at))).collect();
    busy.sort_unstable();
    Day::Free(open.into_iter().flat_map(|stretch| without(date, stretch, &busy)).collect())
}

/// What is left of a stretch of a date.
fn without(date: NaiveDate, stretch: Stretch, busy: &[(DateTime<Utc>, DateTime<Utc>)]) -> Vec<Stretch> {
    let (mut free_from, end) = (::series::instant(date.and_time(stretch.from())), ::series::instant(date.and_time(stretch.to())));
    let mut left = Vec::new();
    for (starts_at, ends_at) in busy.iter().copied().take_while(|(starts_at, _)| *starts_at < end) {
        left.extend(on_the_wall(date, free_from, starts_at));
        free_from = free_from.max(ends_at);
    }
    left.extend(on_the_wall(date, free_from, end));
    left
}

/// A stretch of a date as the clocks show it; nothing where nothing is left.
fn on_the_wall(date: NaiveDate, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Stretch> {
    if from >= to {
        return None;
    }
    Stretch::new(first_time_from(date, from)?, ::series::local(to).time())
}

/// The first time of a date on the wall that means this instant or a later one.
fn first_time_from(date: NaiveDate, from: DateTime<Utc>) -> Option<NaiveTime> {
    let wall = ::series::local(from);
    if wall.date() != date {
        return None;
    }
    if ::series::instant(wall) >= from {
        return Some(wall.time());
    }
    // The second time that the clocks show this hour: whatever is planned in it is held in the first.
    wall.time().with_minute(0)?.with_second(0)?.with_hour(wall.hour() + 1)
}

/// The days from one on, each with what is free of it.
pub fn free_days(
    availability: &Availability,
    from: NaiveDate,
    days: u64,
    kind: Option<GroupKind>,
    diary: Diary<'_>,
) -> Vec<(NaiveDate, Day)> {
    (0..days).map(|day| from + Days::new(day)).map(|date| (date, free_times(availability, date, kind, diary))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use uuid::Uuid;

    use super::super::known::{MeetingId, Part};
    use super::super::model::fixture::{hours, leave, nine_to_five, stretch};
    use super::super::model::{DateOverride, Limits};
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// What is free of a date beside some sessions.
    fn beside(availability: &Availability, date: NaiveDate, taken: &[Taken]) -> Day {
        free_times(availability, date, None, Diary { taken, ..Diary::default() })
    }

    fn taken(starts_at: &str, minutes: i64) -> Taken {
        let starts_at: DateTime<Utc> = starts_at.parse().unwrap();
        Taken { meeting: MeetingId(Uuid::nil()), part: Part::Leads, starts_at, ends_at: starts_at + TimeDelta::minutes(minutes) }
    }

    #[test]
    fn a_session_takes_its_time_and_a_quarter_of_an_hour_on_either_side() {
        // 10:00 to 11:30 in British Summer Time.
        let free = beside(&nine_to_five(), date("2026-10-22"), &[taken("2026-10-22T09:00:00Z", 90)]);
        assert_eq!(free, Day::Free(vec![stretch("09:00", "09:45"), stretch("11:45", "17:00")]));
        let no_pause = Availability { limits: Limits { buffer_minutes: 0, ..Limits::default() }, ..nine_to_five() };
        let free = beside(&no_pause, date("2026-10-22"), &[taken("2026-10-22T09:00:00Z", 90)]);
        assert_eq!(free, Day::Free(vec![stretch("09:00", "10:00"), stretch("11:30", "17:00")]));
    }

    #[test]
    fn what_another_calendar_holds_is_taken_to_the_minute() {
        let Taken { starts_at, ends_at, .. } = taken("2026-10-22T10:50:00Z", 25);
        let elsewhere = [BusyBlock { starts_at, ends_at }];
        let diary = Diary { taken: &[taken("2026-10-22T09:00:00Z", 90)], elsewhere: &elsewhere };
        let free = free_times(&nine_to_five(), date("2026-10-22"), None, diary);
        assert_eq!(free, Day::Free(vec![stretch("09:00", "09:45"), stretch("11:45", "11:50"), stretch("12:15", "17:00")]));
    }

    #[test]
    fn a_day_says_why_nothing_of_it_is_free() {
        let said = Availability {
            overrides: vec![DateOverride { on: date("2026-10-29"), hours: None }],
            leave: vec![leave("2026-11-02", "2026-11-02")],
            ..nine_to_five()
        };
        assert_eq!(beside(&Availability::default(), date("2026-10-22"), &[]), Day::Unknown);
        assert_eq!(beside(&said, date("2026-10-29"), &[]), Day::Unavailable);
        assert_eq!(beside(&said, date("2026-11-02"), &[]), Day::Away(LeaveKind::Training));
        assert_eq!(beside(&said, date("2026-10-24"), &[]), Day::Off);
        assert_eq!(beside(&said, date("2026-10-22"), &[taken("2026-10-22T07:00:00Z", 600)]), Day::Free(Vec::new()));
    }

    #[test]
    fn the_same_hours_are_free_on_both_sides_of_a_change_of_the_clocks() {
        for day in ["2026-10-23", "2026-10-26", "2027-03-26", "2027-03-30"] {
            assert_eq!(beside(&nine_to_five(), date(day), &[]), Day::Free(vec![stretch("09:00", "17:00")]), "{day}");
        }
    }

    #[test]
    fn of_the_hour_that_exists_twice_nothing_is_free_that_would_be_planned_over_a_session() {
        let said = Availability {
            hours: vec![hours(Weekday::Sun, "00:00", "04:00", &[])],
            limits: Limits { buffer_minutes: 0, ..Limits::default() },
            ..Availability::default()
        };
        let back = date("2026-10-25");
        // From 00:30 in summer time for an hour and a half: the clocks show 01:00, for the second time, when it ends.
        let free = beside(&said, back, &[taken("2026-10-24T23:30:00Z", 90)]);
        assert_eq!(free, Day::Free(vec![stretch("00:00", "00:30"), stretch("02:00", "04:00")]));
    }

    #[test]
    fn of_the_hour_that_does_not_exist_nothing_is_lost_around_it() {
        let said = Availability {
            hours: vec![hours(Weekday::Sun, "00:00", "04:00", &[])],
            limits: Limits { buffer_minutes: 0, ..Limits::default() },
            ..Availability::default()
        };
        // 00:30 in winter time for an hour: it is 02:30 in summer time when it ends.
        let free = beside(&said, date("2027-03-28"), &[taken("2027-03-28T00:30:00Z", 60)]);
        assert_eq!(free, Day::Free(vec![stretch("00:00", "00:30"), stretch("02:30", "04:00")]));
    }
}
