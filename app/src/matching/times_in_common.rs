//! When the members of a group and whoever leads it could meet.

use std::collections::BTreeSet;

use ::matching::{ProposedGroup, Window};

use super::answers::{DayInCommon, TimesInCommon};
use super::facts::{Names, clock, day_name, lies_within, week_name};
use super::model::MeetsEvery;

const HALF_HOUR: i64 = 30;

/// The half hours of the days on which whoever leads the group works, from the first hour to the last on any of them.
pub fn times_in_common(names: &Names<'_>, group: &ProposedGroup) -> TimesInCommon {
    let hours: &[Window] = names.supervisor(&group.supervisor).map(|supervisor| supervisor.availability.as_slice()).unwrap_or_default();
    let members = names.members(group);
    let everybody: Vec<&[Window]> = [hours].into_iter().chain(members.iter().map(|member| member.availability.as_slice())).collect();
    let first = hours.iter().map(|window| window.from / 60).min().unwrap_or(9);
    let last = hours.iter().map(|window| (window.to + 59) / 60).max().unwrap_or(17);
    let days: BTreeSet<(i64, i64)> = hours.iter().map(|window| (window.week, window.day)).collect();
    let end = group.start + names.rules().session_minutes;
    let is_chosen = |week: i64, day: i64, minute: i64| (week, day) == (group.week, group.day) && (group.start..end).contains(&minute);
    let day = |(week, day): (i64, i64)| {
        let free = |minute: i64| everybody.iter().filter(|windows| lies_within(windows, (week, day, minute), HALF_HOUR)).count();
        let minutes = (first * 2..last * 2).map(|half_hour| half_hour * HALF_HOUR);
        let half_hours: Vec<(i64, usize)> = minutes.map(|minute| (minute, free(minute))).collect();
        DayInCommon {
            name: format!("{}, {}", day_name(day), week_name(week, names.meets_every())),
            short: short_name((week, day), names.meets_every()),
            all: stretches(&half_hours, |free| free == everybody.len()),
            all_but_one: stretches(&half_hours, |free| free + 1 == everybody.len()),
            half_hours: half_hours.iter().map(|(minute, free)| (*free, is_chosen(week, day, *minute))).collect(),
        }
    };
    TimesInCommon {
        people: everybody.len(),
        meets_every: names.meets_every(),
        hours: (first..last).collect(),
        days: days.into_iter().map(day).collect(),
    }
}

/// "Thu 1", "Thu".
fn short_name((week, day): (i64, i64), meets_every: MeetsEvery) -> String {
    let day = day_name(day).get(..3).unwrap_or_default();
    match meets_every {
        MeetsEvery::Fortnight => format!("{day} {}", week + 1),
        MeetsEvery::Week => day.to_owned(),
    }
}

/// Half hours that follow one another as one stretch.
fn stretches(half_hours: &[(i64, usize)], is_meant: impl Fn(usize) -> bool) -> Vec<String> {
    let mut found: Vec<(i64, i64)> = Vec::new();
    for (minute, _) in half_hours.iter().filter(|(_, free)| is_meant(*free)) {
        match found.last_mut().filter(|(_, to)| to == minute) {
            Some((_, to)) => *to += HALF_HOUR,
            None => found.push((*minute, minute + HALF_HOUR)),
        }
    }
    found.into_iter().map(|(from, to)| format!("{}–{}", clock(from), clock(to))).collect()
}
