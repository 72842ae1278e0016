//! What an edit should come to, by somebody who keeps a paper diary: every date is found by going through the days one by one, and the
//! clocks go by the law. Nothing here uses the crate but to read its rows and to ask for bank holidays.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use series::timetable::{Change, Details, Scope, Series, SessionKey, Timetable};
use series::{DaysOff, Ending, Pattern, PlaceInMonth, Rhythm};

use crate::law::{is_in_the_missing_hour, naive_instant};

#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// `None` for one that the diary made itself.
    pub key: Option<SessionKey>,
    pub slot: Option<NaiveDate>,
    pub starts: NaiveDateTime,
    pub details: Details,
    pub is_cancelled: bool,
    is_attended: bool,
}

/// One series: its dates written out, each with whether a session is held on it.
#[derive(Debug, Clone)]
pub struct Line {
    rhythm: Rhythm,
    time: NaiveTime,
    dates: Vec<(NaiveDate, bool)>,
    ends: Ends,
    details: Details,
    pub meetings: Vec<Meeting>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ends {
    OnADate,
    AfterSessions,
    /// Planned up to this date.
    Never(NaiveDate),
}

#[derive(Debug)]
pub struct Refused;

pub struct Diary<'a> {
    pub lines: Vec<Line>,
    pub days_off: DaysOff<'a>,
    pub now: DateTime<Utc>,
}

impl<'a> Diary<'a> {
    pub fn of(timetable: &Timetable, days_off: DaysOff<'a>, now: DateTime<Utc>) -> Self {
        Self { lines: timetable.all_series().map(|series| Line::of(series, timetable)).collect(), days_off, now }
    }

    /// Goes on with every line that has no end, day by day up to a date.
    pub fn extend(&mut self, horizon: NaiveDate) {
        for line in 0..self.lines.len() {
            let Ends::Never(planned) = self.lines[line].ends else { continue };
            if planned >= horizon {
                continue;
            }
            let (rhythm, time) = (self.lines[line].rhythm, self.lines[line].time);
            let anchor = self.lines[line].dates[0].0;
            let further = planned.iter_days().skip(1).take_while(|date| *date <= horizon);
            for date in further.filter(|date| *date >= anchor && is_date_of(*date, anchor, rhythm)) {
                let starts = on_the_wall(date, time);
                let is_held = naive_instant(starts) > self.now && !self.is_off(date);
                let line = &mut self.lines[line];
                line.dates.push((date, is_held));
                if is_held {
                    let details = line.details.clone();
                    line.meetings.push(Meeting { key: None, slot: Some(date), starts, details, is_cancelled: false, is_attended: false });
                }
            }
            self.lines[line].ends = Ends::Never(horizon);
        }
    }

    pub fn edit(&mut self, key: SessionKey, scope: Scope, change: &Change) -> Result<(), Refused> {
        let (line, in_hand) = self.find(key);
        let in_hand = self.lines[line].meetings[in_hand].clone();
        if scope == Scope::This {
            return self.edit_one(key, change);
        }
        let slot = in_hand.slot.ok_or(Refused)?;
        let from = if scope == Scope::All { NaiveDate::MIN } else { slot };
        match change {
            Change::Start(to) if !settled(&in_hand, self.now) => self.check(*to)?,
            Change::Pattern(pattern) => self.check(pattern.start())?,
            _ => {}
        }
        if self.in_scope(line, from).iter().all(|meeting| settled(meeting, self.now) || meeting.is_cancelled) {
            return Err(Refused);
        }
        if let Change::Cancel(_) = change {
            self.cancel(line, from);
            return Ok(());
        }
        let time = self.lines[line].time;
        let pivot = self
            .in_scope(line, from)
            .iter()
            .filter(|meeting| !settled(meeting, self.now))
            .filter_map(|meeting| meeting.slot)
            .find(|slot| naive_instant(on_the_wall(*slot, time)) > self.now);
        match (change, pivot) {
            (Change::Start(_) | Change::Pattern(_), None) => Err(Refused),
            (Change::Start(to), Some(pivot)) => self.move_many(line, &in_hand, pivot, *to),
            (Change::Pattern(pattern), Some(pivot)) => self.replace(line, pivot, pattern),
            (detail, pivot) => {
                self.change_detail(line, &in_hand, from, pivot, detail);
                Ok(())
            }
        }
    }

    fn edit_one(&mut self, key: SessionKey, change: &Change) -> Result<(), Refused> {
        let (line, place) = self.find(key);
        let meeting = self.lines[line].meetings[place].clone();
        if settled(&meeting, self.now) || meeting.is_cancelled {
            return Err(Refused);
        }
        if let Change::Start(to) = change {
            self.check(*to)?;
        }
        let meeting = &mut self.lines[line].meetings[place];
        match change {
            Change::Start(to) => meeting.starts = *to,
            Change::Pattern(_) => return Err(Refused),
            Change::Cancel(_) => meeting.is_cancelled = true,
            detail => set(detail, &mut meeting.details),
        }
        Ok(())
    }

    fn cancel(&mut self, line: usize, from: NaiveDate) {
        let now = self.now;
        for meeting in self.lines[line].meetings.iter_mut().filter(|meeting| meeting.slot.is_some_and(|slot| slot >= from)) {
            meeting.is_cancelled |= !settled(meeting, now);
        }
        if matches!(self.lines[line].ends, Ends::Never(_)) {
            self.lines[line].ends = Ends::OnADate;
        }
    }

    fn change_detail(&mut self, line: usize, in_hand: &Meeting, from: NaiveDate, pivot: Option<NaiveDate>, change: &Change) {
        let (now, usual) = (self.now, self.lines[line].details.clone());
        for meeting in self.lines[line].meetings.iter_mut().filter(|meeting| meeting.slot.is_some_and(|slot| slot >= from)) {
            let is_in_hand = meeting.key == in_hand.key && meeting.slot == in_hand.slot;
            if !settled(meeting, now) && (is_in_hand || is_usual(change, &meeting.details, &usual)) {
                set(change, &mut meeting.details);
            }
        }
        if let Some(pivot) = pivot {
            let line = self.split(line, pivot);
            set(change, &mut self.lines[line].details);
        }
    }

    fn move_many(&mut self, line: usize, in_hand: &Meeting, pivot: NaiveDate, to: NaiveDateTime) -> Result<(), Refused> {
        let days = (to.date() - in_hand.starts.date()).num_days();
        let slot = in_hand.slot.unwrap();
        let target = slot + TimeDelta::days(days);
        let (rhythm, start) = match self.lines[line].rhythm {
            Rhythm::Weekly { every } => (Rhythm::Weekly { every }, pivot + TimeDelta::days(days)),
            Rhythm::Monthly { every, place } => {
                let is_last = (target + Days::new(7)).month() != target.month();
                let place = match place {
                    PlaceInMonth::Last if is_last => PlaceInMonth::Last,
                    PlaceInMonth::Fifth if target.day() > 28 => PlaceInMonth::Fifth,
                    _ if target.day() > 28 => PlaceInMonth::Last,
                    _ => [PlaceInMonth::First, PlaceInMonth::Second, PlaceInMonth::Third, PlaceInMonth::Fourth]
                        [usize::try_from(target.day() - 1).unwrap() / 7],
                };
                let months = month_of(target) - month_of(slot);
                let first = pivot.with_day(1).unwrap();
                let by = Months::new(u32::try_from(months.abs()).unwrap());
                let first = if months < 0 { first - by } else { first + by };
                let start = first
                    .iter_days()
                    .take_while(|date| date.month() == first.month())
                    .find(|date| date.weekday() == target.weekday() && is_place(*date, place));
                (Rhythm::Monthly { every, place }, start.ok_or(Refused)?)
            }
        };
        self.check(start.and_time(to.time()))?;
        let is_movable = !settled(in_hand, self.now);
        let chosen = (is_movable && slot >= pivot).then_some(target);
        let old = &self.lines[line];
        let dates = old.dates.iter().filter(|(date, _)| *date >= pivot).count();
        let held = old.dates.iter().filter(|(date, held)| *date >= pivot && *held).count();
        let enough = |found: &[(NaiveDate, bool)], next: NaiveDate, ends: Ends| match ends {
            Ends::OnADate => found.len() >= dates,
            Ends::AfterSessions => found.iter().filter(|(_, held)| *held).count() >= held,
            Ends::Never(horizon) => found.len() >= dates && next > horizon,
        };
        let ends = old.ends;
        let line = self.split(line, pivot);
        let new = self.written_out(&self.lines[line], start, rhythm, chosen, |found, next| enough(found, next, ends));
        if new.iter().all(|(_, held)| !held) {
            return Err(Refused);
        }
        if let Ends::Never(horizon) = ends {
            self.lines[line].ends = Ends::Never(horizon.max(new.last().unwrap().0));
        }
        self.take_on(line, rhythm, to.time(), new, days);
        if is_movable {
            let (line, place) = self.find(in_hand.key.unwrap());
            self.lines[line].meetings[place].starts = to;
        }
        Ok(())
    }

    fn replace(&mut self, line: usize, pivot: NaiveDate, pattern: &Pattern) -> Result<(), Refused> {
        let line = self.split(line, pivot);
        let planned = match self.lines[line].ends {
            Ends::Never(horizon) => horizon,
            _ => self.lines[line].meetings.iter().filter_map(|meeting| meeting.slot).max().unwrap(),
        };
        let horizon = planned.max(pattern.start().date());
        let new =
            self.written_out(&self.lines[line], pattern.start().date(), pattern.rhythm(), None, |found, next| match pattern.ending() {
                Some(Ending::Until(until)) => next > until,
                Some(Ending::Times(times)) => found.iter().filter(|(_, held)| *held).count() >= usize::try_from(times).unwrap(),
                None => next > horizon,
            });
        if new.iter().all(|(_, held)| !held) {
            return Err(Refused);
        }
        self.lines[line].ends = match pattern.ending() {
            Some(Ending::Until(_)) => Ends::OnADate,
            Some(Ending::Times(_)) => Ends::AfterSessions,
            None => Ends::Never(horizon),
        };
        self.take_on(line, pattern.rhythm(), pattern.start().time(), new, 0);
        Ok(())
    }

    /// Goes through the days one by one and writes down those of the rule, until there are enough.
    fn written_out(
        &self,
        line: &Line,
        start: NaiveDate,
        rhythm: Rhythm,
        chosen: Option<NaiveDate>,
        enough: impl Fn(&[(NaiveDate, bool)], NaiveDate) -> bool,
    ) -> Vec<(NaiveDate, bool)> {
        let mut found = Vec::new();
        for date in start.iter_days().filter(|date| is_date_of(*date, start, rhythm)) {
            if enough(&found, date) {
                break;
            }
            let was_skipped = line.dates.contains(&(date, false));
            found.push((date, chosen == Some(date) || !(was_skipped || self.is_off(date))));
        }
        found
    }

    fn is_off(&self, date: NaiveDate) -> bool {
        let DaysOff { closures, leave } = self.days_off;
        closures.iter().any(|closure| closure.first <= date && date <= closure.last)
            || leave.iter().any(|leave| leave.first <= date && date <= leave.last)
            || series::bank_holiday_on(date).is_some()
    }

    /// Gives the meetings of a line their new dates.
    fn take_on(&mut self, line: usize, rhythm: Rhythm, time: NaiveTime, dates: Vec<(NaiveDate, bool)>, days: i64) {
        let now = self.now;
        let line = &mut self.lines[line];
        let slots: Vec<NaiveDate> = dates.iter().filter(|(_, held)| *held).map(|(date, _)| *date).collect();
        line.meetings.sort_by_key(|meeting| meeting.slot);
        let with_slot: Vec<usize> = (0..line.meetings.len()).filter(|place| line.meetings[*place].slot.is_some()).collect();
        let mut taken: BTreeMap<usize, NaiveDate> = BTreeMap::new();
        for place in &with_slot {
            let expected = line.meetings[*place].slot.unwrap() + TimeDelta::days(days);
            let same_week = |slot: &&NaiveDate| slot.iso_week() == expected.iso_week();
            if let Some(slot) = slots.iter().find(same_week) {
                taken.insert(*place, *slot);
            }
        }
        for place in &with_slot {
            if !taken.contains_key(place) {
                let after = taken.range(..place).next_back().map(|(_, slot)| *slot);
                let before = taken.range(place..).next().map(|(_, slot)| *slot);
                let fits = |slot: &&NaiveDate| after.is_none_or(|after| **slot > after) && before.is_none_or(|before| **slot < before);
                if let Some(slot) = slots.iter().find(fits) {
                    taken.insert(*place, *slot);
                }
            }
        }
        for place in &with_slot {
            let meeting = &mut line.meetings[*place];
            let stood = on_the_wall(meeting.slot.unwrap(), line.time);
            let is_settled = settled(meeting, now);
            meeting.slot = taken.get(place).copied();
            match meeting.slot {
                Some(slot) if !is_settled && meeting.starts == stood => meeting.starts = on_the_wall(slot, time),
                None if !is_settled => meeting.is_cancelled = true,
                _ => {}
            }
        }
        for slot in slots.iter().filter(|slot| !taken.values().any(|taken| taken == *slot)) {
            let starts = on_the_wall(*slot, time);
            let details = line.details.clone();
            line.meetings.push(Meeting { key: None, slot: Some(*slot), starts, details, is_cancelled: false, is_attended: false });
        }
        (line.rhythm, line.time, line.dates) = (rhythm, time, dates);
    }

    /// The line that begins at a date; a new one if something stays before it.
    fn split(&mut self, line: usize, pivot: NaiveDate) -> usize {
        let old = &mut self.lines[line];
        if !old.meetings.iter().any(|meeting| meeting.slot.is_some_and(|slot| slot < pivot)) {
            return line;
        }
        let (after, before) = old.meetings.drain(..).partition(|meeting| meeting.slot.is_some_and(|slot| slot >= pivot));
        let (dates_after, dates_before) = old.dates.drain(..).partition(|(date, _)| *date >= pivot);
        let new = Line { meetings: after, dates: dates_after, ..old.clone() };
        (old.meetings, old.dates, old.ends) = (before, dates_before, Ends::OnADate);
        self.lines.push(new);
        self.lines.len() - 1
    }

    fn find(&self, key: SessionKey) -> (usize, usize) {
        let place_in = |line: &Line| line.meetings.iter().position(|meeting| meeting.key == Some(key));
        self.lines.iter().enumerate().find_map(|(index, line)| Some((index, place_in(line)?))).unwrap()
    }

    fn in_scope(&self, line: usize, from: NaiveDate) -> Vec<Meeting> {
        let mut meetings: Vec<Meeting> = self.lines[line].meetings.clone();
        meetings.retain(|meeting| meeting.slot.is_some_and(|slot| slot >= from));
        meetings.sort_by_key(|meeting| meeting.slot);
        meetings
    }

    fn check(&self, starts: NaiveDateTime) -> Result<(), Refused> {
        if is_in_the_missing_hour(starts) || naive_instant(starts) <= self.now { Err(Refused) } else { Ok(()) }
    }
}

impl Line {
    fn of(series: &Series, timetable: &Timetable) -> Self {
        let sessions = timetable.all_sessions().filter(|session| session.series == series.key);
        let meetings: Vec<Meeting> = sessions
            .map(|session| Meeting {
                key: Some(session.key),
                slot: session.slot,
                starts: session.starts,
                details: session.details.clone(),
                is_cancelled: session.cancelled.is_some(),
                is_attended: session.is_attended,
            })
            .collect();
        let held = meetings.iter().filter_map(|meeting| meeting.slot).map(|slot| (slot, true));
        let mut dates: Vec<(NaiveDate, bool)> = held.chain(series.skips.iter().map(|skip| (skip.date, false))).collect();
        dates.sort_unstable();
        let ends = match series.pattern.ending() {
            Some(Ending::Until(_)) => Ends::OnADate,
            Some(Ending::Times(_)) => Ends::AfterSessions,
            None => Ends::Never(series.horizon.unwrap()),
        };
        let (rhythm, time) = (series.pattern.rhythm(), series.pattern.start().time());
        Self { rhythm, time, dates, ends, details: series.details.clone(), meetings }
    }
}

fn settled(meeting: &Meeting, now: DateTime<Utc>) -> bool {
    meeting.is_attended || naive_instant(meeting.starts) <= now
}

/// In the hour that does not exist the clock shows an hour more.
fn on_the_wall(date: NaiveDate, time: NaiveTime) -> NaiveDateTime {
    let wall = date.and_time(time);
    if is_in_the_missing_hour(wall) { wall + TimeDelta::hours(1) } else { wall }
}

fn is_date_of(date: NaiveDate, start: NaiveDate, rhythm: Rhythm) -> bool {
    let days = (date - start).num_days();
    match rhythm {
        Rhythm::Weekly { every } => days % (7 * i64::from(every)) == 0,
        Rhythm::Monthly { every, place } => {
            let months = month_of(date) - month_of(start);
            date.weekday() == start.weekday() && months % i64::from(every) == 0 && is_place(date, place)
        }
    }
}

/// Months since the year 0.
fn month_of(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month())
}

/// By counting the days of the month before and after.
fn is_place(date: NaiveDate, place: PlaceInMonth) -> bool {
    let is_nth = |nth: u32| date.day().div_ceil(7) == nth;
    match place {
        PlaceInMonth::First => is_nth(1),
        PlaceInMonth::Second => is_nth(2),
        PlaceInMonth::Third => is_nth(3),
        PlaceInMonth::Fourth => is_nth(4),
        PlaceInMonth::Fifth => is_nth(5),
        PlaceInMonth::Last => (date + Days::new(7)).month() != date.month(),
    }
}

fn set(change: &Change, details: &mut Details) {
    match change {
        Change::Length(minutes) => details.length_minutes = *minutes,
        Change::Host(host) => details.host = *host,
        Change::Place(place) => details.place.clone_from(place),
        Change::Title(title) => details.title.clone_from(title),
        _ => unreachable!("the others are no details"),
    }
}

fn is_usual(change: &Change, details: &Details, usual: &Details) -> bool {
    match change {
        Change::Length(_) => details.length_minutes == usual.length_minutes,
        Change::Host(_) => details.host == usual.host,
        Change::Place(_) => details.place == usual.place,
        Change::Title(_) => details.title == usual.title,
        _ => unreachable!("the others are no details"),
    }
}
