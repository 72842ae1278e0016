//! When somebody else's calendar says that its owner is busy, and nothing else of it.
//!
//! What is read here comes from anywhere, so nothing is taken on trust: it may be no calendar, endless, or made to keep us at work. Titles,
//! people and places are never looked at; blocks that touch become one, so that not even their number is kept. An entry whose time cannot be
//! told for certain is left out and counted, never guessed.

mod lines;

mod moment;

mod entry;

mod rule;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::Identity;
use entry::Entry;
use lines::Lines;
use moment::Moment;
use rule::Effort;

/// A stretch of time in which somebody is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// What a calendar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyTimes {
    /// The stretches in order, none touching another.
    pub blocks: Vec<Busy>,
    /// How many entries may be of the time in question and could not be understood. They are not among the stretches.
    pub not_understood: usize,
}

/// Why nothing can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// What stands there is no calendar, or not the whole of one.
    NotACalendar,
    /// The calendar holds more than can be read.
    TooMuch,
}

/// More entries are no person's calendar.
const MOST_ENTRIES: usize = 20_000;
/// More times in a year are no person's either.
const MOST_BLOCKS: usize = 20_000;

/// When a calendar is busy between two moments. What it holds of ours, because its owner was invited to it, is what we know already.
pub fn busy_times(content: &[u8], (from, until): (DateTime<Utc>, DateTime<Utc>), ours: &BTreeSet<Identity>) -> Result<BusyTimes, NotRead> {
    let entries = entries(content)?;
    let instead = instead(&entries);
    let mut found = BusyTimes::default();
    let mut effort = Effort::default();
    let mut blocks = Blocks { from, until, found: Vec::new() };
    for entry in entries.iter().filter(|entry| !entry.is_free && !is_ours(&entry.uid, ours)) {
        if entry.is_unclear {
            found.not_understood += usize::from(entry.may_end_after(from));
            continue;
        }
        let moved = instead.get(entry.uid.as_str()).filter(|_| entry.instead_of.is_none());
        blocks.add_entry(entry, moved, &mut effort)?;
    }
    found.blocks = joined(blocks.found);
    Ok(found)
}

fn is_ours(uid: &str, ours: &BTreeSet<Identity>) -> bool {
    let digits: String = uid.chars().filter(|character| *character != '-').collect();
    digits.len() == 32 && u128::from_str_radix(&digits, 16).is_ok_and(|identity| ours.contains(&Identity(identity)))
}

/// Every entry, in the order of the file.
fn entries(content: &[u8]) -> Result<Vec<Entry>, NotRead> {
    let mut lines = Lines::of(content);
    if lines.next().is_none_or(|line| !line.is("BEGIN", "VCALENDAR")) {
        return Err(NotRead::NotACalendar);
    }
    let mut entries = Vec::new();
    // Components stand in one another, such as an alarm in an event; only how deep is counted, so no depth costs anything.
    let mut open: Option<(Entry, usize)> = None;
    let mut is_whole = false;
    for line in lines.filter(|line| !line.name().is_empty()) {
        is_whole = open.is_none() && line.is("END", "VCALENDAR");
        match &mut open {
            None if line.is("BEGIN", "VEVENT") => open = Some((Entry::default(), 0)),
            None if line.is("BEGIN", "VFREEBUSY") => open = Some((Entry::of_list(), 0)),
            Some((_, depth)) if line.name_is("BEGIN") => *depth += 1,
            Some((entry, 0)) if line.name_is("END") => {
                entries.push(std::mem::take(entry).finished());
                open = None;
            }
            Some((_, depth)) if line.name_is("END") => *depth -= 1,
            Some((entry, 0)) => entry.take(&line),
            None | Some(_) => {}
        }
        if entries.len() > MOST_ENTRIES {
            return Err(NotRead::TooMuch);
        }
    }
    // Half a calendar would free what is busy.
    if is_whole { Ok(entries) } else { Err(NotRead::NotACalendar) }
}

/// For each identity, the times of what repeats in whose place another entry stands.
fn instead(entries: &[Entry]) -> BTreeMap<&str, BTreeSet<DateTime<Utc>>> {
    let mut instead: BTreeMap<&str, BTreeSet<DateTime<Utc>>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.is_unclear) {
        if let Some(moment) = entry.instead_of {
            instead.entry(&entry.uid).or_default().insert(moment.at());
        }
    }
    instead
}

/// The stretches that were found, as far as they lie between two moments.
struct Blocks {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    found: Vec<Busy>,
}

impl Blocks {
    fn add(&mut self, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Result<(), NotRead> {
        let (starts_at, ends_at) = (starts_at.max(self.from), ends_at.min(self.until));
        if starts_at < ends_at {
            self.found.push(Busy { starts_at, ends_at });
        }
        if self.found.len() > MOST_BLOCKS { Err(NotRead::TooMuch) } else { Ok(()) }
    }

    /// The stretches of an entry, but for those in whose place another entry stands.
    fn add_entry(&mut self, entry: &Entry, moved: Option<&BTreeSet<DateTime<Utc>>>, effort: &mut Effort) -> Result<(), NotRead> {
        for (starts_at, ends_at) in &entry.listed {
            self.add(*starts_at, *ends_at)?;
        }
        let Some(starts) = entry.starts else { return Ok(()) };
        let out: BTreeSet<DateTime<Utc>> = entry.except.iter().map(|moment| moment.at()).collect();
        let is_out = |moment: &Moment| out.contains(&moment.at()) || moved.is_some_and(|moved| moved.contains(&moment.at()));
        let dates = match &entry.rule {
            Some(rule) => rule.dates(starts, self.days(entry), effort)?,
            None => vec![starts.local.date()],
        };
        let repeated = dates.into_iter().map(|date| Moment { local: date.and_time(starts.local.time()), ..starts });
        for moment in repeated.chain(entry.also.iter().copied()).filter(|moment| !is_out(moment)) {
            self.add(moment.at(), entry.end_of(moment))?;
        }
        Ok(())
    }

    /// The days on which something of this entry's length can begin and be of the time in question, whatever the zone.
    fn days(&self, entry: &Entry) -> (NaiveDate, NaiveDate) {
        let slack = TimeDelta::days(2);
        ((self.from - entry.length() - slack).date_naive(), (self.until + slack).date_naive())
    }
}

/// Blocks in order; those that overlap or touch are one.
fn joined(mut blocks: Vec<Busy>) -> Vec<Busy> {
    blocks.sort_unstable();
    let mut joined: Vec<Busy> = Vec::new();
    for block in blocks {
        match joined.last_mut().filter(|last| block.starts_at <= last.ends_at) {
            Some(last) => last.ends_at = last.ends_at.max(block.ends_at),
            None => joined.push(block),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
