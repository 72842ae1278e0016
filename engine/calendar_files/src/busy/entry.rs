//! One entry of a calendar: only what says when, and whether that is busy.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::lines::Line;
use super::moment::{Moment, duration, period, zone_of};
use super::rule::Rule;

/// An entry, as far as it is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) uid: String,
    pub(super) starts: Option<Moment>,
    ends: Option<Moment>,
    lasts: Option<TimeDelta>,
    rule_text: Option<String>,
    pub(super) rule: Option<Rule>,
    pub(super) except: Vec<Moment>,
    pub(super) also: Vec<Moment>,
    pub(super) instead_of: Option<Moment>,
    /// Cancelled, or shown as free.
    pub(super) is_free: bool,
    /// When it is cannot be told for certain.
    pub(super) is_unclear: bool,
    /// It lists stretches, and is none itself.
    is_list: bool,
    pub(super) listed: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// More dates in one entry are not kept.
const MOST_DATES: usize = 5_000;
/// Nothing that keeps somebody from work lasts longer.
const LONGEST: TimeDelta = TimeDelta::days(1_000);

impl Entry {
    /// An entry that lists stretches.
    pub(super) fn of_list() -> Self {
        Self { is_list: true, ..Self::default() }
    }

    /// Takes in a line of the entry.
    pub(super) fn take(&mut self, line: &Line) {
        let value = line.value();
        match line.name().to_ascii_uppercase().as_str() {
            "UID" => value.clone_into(&mut self.uid),
            "DTSTART" if self.starts.is_none() => self.starts = self.one_moment(line),
            "DTEND" if self.ends.is_none() => self.ends = self.one_moment(line),
            "DURATION" => {
                self.lasts = duration(value);
                self.is_unclear |= self.lasts.is_none();
            }
            "RRULE" if self.rule_text.is_none() => self.rule_text = Some(value.to_owned()),
            "EXDATE" => self.is_unclear |= !add_moments(&mut self.except, line),
            "RDATE" => self.is_unclear |= !add_moments(&mut self.also, line),
            "RECURRENCE-ID" if self.instead_of.is_none() => {
                self.is_unclear |= line.parameter("RANGE").is_some();
                self.instead_of = self.one_moment(line);
            }
            // Said twice, it cannot be told which holds; and a rule of what is left out is no longer written by anybody.
            "DTSTART" | "DTEND" | "RRULE" | "RECURRENCE-ID" | "EXRULE" => self.is_unclear = true,
            "STATUS" if value.eq_ignore_ascii_case("CANCELLED") => self.is_free = true,
            "TRANSP" if value.eq_ignore_ascii_case("TRANSPARENT") => self.is_free = true,
            "X-MICROSOFT-CDO-BUSYSTATUS" if ["FREE", "WORKINGELSEWHERE"].iter().any(|free| value.eq_ignore_ascii_case(free)) => {
                self.is_free = true;
            }
            "FREEBUSY" if self.is_list && line.parameter("FBTYPE").is_none_or(|kind| !kind.eq_ignore_ascii_case("FREE")) => self.list(line),
            _ => return,
        }
        self.is_unclear |= line.is_cut;
    }

    /// The entry once its last line was taken in.
    pub(super) fn finished(mut self) -> Self {
        if self.is_list {
            // A list says from when to when it was made; it is no stretch itself.
            return Self { starts: None, ..self };
        }
        let Some(starts) = self.starts else { return Self { is_unclear: true, ..self } };
        if let Some(text) = &self.rule_text {
            self.rule = Rule::of(text, starts);
            self.is_unclear |= self.rule.is_none();
        }
        let length = self.length();
        self.is_unclear |= length < TimeDelta::zero() || length > LONGEST;
        self
    }

    /// Whether any of it may be after a moment, as far as can be told.
    pub(super) fn may_end_after(&self, moment: DateTime<Utc>) -> bool {
        let Some(starts) = self.starts.filter(|_| self.rule_text.is_none() && self.also.is_empty()) else { return true };
        // Its zone may be the very thing that is unclear.
        self.length() > LONGEST || starts.at() + self.length().max(TimeDelta::zero()) + TimeDelta::days(1) > moment
    }

    /// How long it lasts, as elapsed time; a day where it is a whole day and says no more.
    pub(super) fn length(&self) -> TimeDelta {
        let Some(starts) = self.starts else { return TimeDelta::zero() };
        let usual = if starts.is_day { TimeDelta::days(1) } else { TimeDelta::zero() };
        self.ends.map(|ends| ends.at() - starts.at()).or(self.lasts).unwrap_or(usual)
    }

    /// When it ends if it begins at a moment. Whole days stay whole where the clocks change.
    pub(super) fn end_of(&self, begins: Moment) -> DateTime<Utc> {
        let whole_days = match (self.starts, self.ends) {
            (Some(starts), Some(ends)) if starts.is_day && ends.is_day => Some(ends.local - starts.local),
            (Some(starts), None) if starts.is_day => Some(self.length()),
            _ => None,
        };
        match whole_days.and_then(|days| begins.local.checked_add_signed(days)) {
            Some(local) => Moment { local, ..begins }.at(),
            None => begins.at() + self.length(),
        }
    }

    /// The moment of a line. Where its zone is not known, the moment is still told to the day.
    fn one_moment(&mut self, line: &Line) -> Option<Moment> {
        let zone = zone_of_line(line);
        let moment = Moment::of(line.value(), zone.unwrap_or(Tz::Europe__London));
        self.is_unclear |= zone.is_none() || moment.is_none();
        moment
    }

    fn list(&mut self, line: &Line) {
        for text in line.value().split(',') {
            match period(text.trim()).filter(|_| self.listed.len() < MOST_DATES) {
                Some(stretch) => self.listed.push(stretch),
                None => self.is_unclear = true,
            }
        }
    }
}

/// The zone that a line names, or else that of the United Kingdom.
fn zone_of_line(line: &Line) -> Option<Tz> {
    line.parameter("TZID").map_or(Some(Tz::Europe__London), zone_of)
}

/// Adds the moments of a line to a list, and answers whether all of them are understood. A stretch in such a list would have a length of its
/// own, which nobody writes.
fn add_moments(list: &mut Vec<Moment>, line: &Line) -> bool {
    let Some(zone) = zone_of_line(line) else { return false };
    for text in line.value().split(',') {
        match Moment::of(text, zone).filter(|_| list.len() < MOST_DATES) {
            Some(moment) => list.push(moment),
            None => return false,
        }
    }
    true
}
