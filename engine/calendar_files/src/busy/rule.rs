//! Rules by which an entry repeats.
//!
//! A rule is a question that is put to each day, never a loop that a rule can keep going: whatever it says, it costs as much as there are
//! days to look at, and there is a limit to those.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Timelike, Utc, Weekday};

use super::NotRead;
use super::moment::Moment;

/// How often something repeats, and on which of the days of its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    turn: Turn,
    every: u32,
    end: End,
    months: Vec<i32>,
    month_days: Vec<i32>,
    year_days: Vec<i32>,
    weekdays: Vec<(Option<i32>, Weekday)>,
    /// Which of the days that a turn comes to.
    places: Vec<i32>,
    week_begins: Weekday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Never,
    Times(u32),
    /// The last day.
    On(NaiveDate),
    /// The last instant.
    At(DateTime<Utc>),
}

/// How many days have been looked at. One calendar has what many people have together, and no more.
#[derive(Debug, Default)]
pub(super) struct Effort(usize);

const MOST_DAYS: usize = 5_000_000;

/// Every weekday of every week of a year; nobody needs more.
const MOST_WEEKDAYS: usize = 7 * 53;

impl Effort {
    fn spend(&mut self, days: usize) -> Result<(), NotRead> {
        self.0 = self.0.saturating_add(days);
        if self.0 > MOST_DAYS { Err(NotRead::TooMuch) } else { Ok(()) }
    }
}

impl Rule {
    /// Reads a rule of something that begins at a moment. One of which any part is not understood is none.
    pub(super) fn of(text: &str, starts: Moment) -> Option<Self> {
        let mut turn = None;
        let mut rule = Self {
            turn: Turn::Day,
            every: 1,
            end: End::Never,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weekdays: Vec::new(),
            places: Vec::new(),
            week_begins: Weekday::Mon,
        };
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => turn = Some(turn_of(value)?),
                "INTERVAL" => rule.every = value.parse().ok().filter(|every| (1..=10_000).contains(every))?,
                "COUNT" if rule.end == End::Never => rule.end = End::Times(value.parse().ok()?),
                "UNTIL" if rule.end == End::Never => rule.end = end_of(value, starts)?,
                "BYMONTH" => rule.months = numbers(value, 1, 12)?,
                "BYMONTHDAY" => rule.month_days = numbers(value, -31, 31)?,
                "BYYEARDAY" => rule.year_days = numbers(value, -366, 366)?,
                "BYSETPOS" => rule.places = numbers(value, -366, 366)?,
                "BYDAY" if value.split(',').count() > MOST_WEEKDAYS => return None,
                "BYDAY" => rule.weekdays = value.split(',').map(weekday_of).collect::<Option<_>>()?,
                "WKST" => rule.week_begins = weekday_of(value)?.1,
                // It says again what the beginning says already.
                "BYHOUR" if value.parse() == Ok(starts.local.hour()) => {}
                "BYMINUTE" if value.parse() == Ok(starts.local.minute()) => {}
                "BYSECOND" if value.parse() == Ok(starts.local.second()) => {}
                _ => return None,
            }
        }
        rule.turn = turn?;
        let counts_weekdays = rule.weekdays.iter().any(|(place, _)| place.is_some());
        let may_count = matches!(rule.turn, Turn::Month | Turn::Year);
        (may_count || !counts_weekdays).then(|| rule.beginning(starts.local.date()))
    }

    /// With the days that the beginning stands for where the rule names none.
    fn beginning(mut self, starts: NaiveDate) -> Self {
        if !(self.weekdays.is_empty() && self.month_days.is_empty() && self.year_days.is_empty()) {
            return self;
        }
        let day = i32::try_from(starts.day()).unwrap_or(1);
        match self.turn {
            Turn::Day => {}
            Turn::Week => self.weekdays = vec![(None, starts.weekday())],
            Turn::Month => self.month_days = vec![day],
            Turn::Year => {
                self.month_days = vec![day];
                if self.months.is_empty() {
                    self.months = vec![i32::try_from(starts.month()).unwrap_or(1)];
                }
            }
        }
        self
    }

    /// The days of the rule from one day to another on which something begins, in order.
    pub(super) fn dates(&self, starts: Moment, (from, to): (NaiveDate, NaiveDate), effort: &mut Effort) -> Result<Vec<NaiveDate>, NotRead> {
        let begins = starts.local.date();
        let is_over = |date: NaiveDate| match self.end {
            End::On(last) => date > last,
            End::At(last) => Moment { local: date.and_time(starts.local.time()), ..starts }.at() > last,
            End::Never | End::Times(_) => false,
        };
        let mut left = if let End::Times(times) = self.end { times } else { u32::MAX };
        // Without a number of times to count, what is long past need not be looked at.
        let first_turn = if let End::Times(_) = self.end { 0 } else { self.turn_before(begins, from) };
        let mut dates = Vec::new();
        for nth in first_turn.. {
            let Some((first, last)) = self.turn_at(begins, nth).filter(|(first, _)| *first <= to) else { break };
            effort.spend(usize::try_from((last - first).num_days()).unwrap_or_default().saturating_add(1))?;
            for date in self.days_between(first, last).into_iter().filter(|date| *date >= begins) {
                if left == 0 || date > to || is_over(date) {
                    return Ok(dates);
                }
                left -= 1;
                dates.extend((date >= from).then_some(date));
            }
            if is_over(first) {
                break;
            }
        }
        Ok(dates)
    }

    /// A turn that lies before a day, or the first.
    fn turn_before(&self, begins: NaiveDate, day: NaiveDate) -> u32 {
        let days = u32::try_from((day - begins).num_days()).unwrap_or_default();
        let longest = match self.turn {
            Turn::Day => 1,
            Turn::Week => 7,
            Turn::Month => 31,
            Turn::Year => 366,
        };
        (days / longest / self.every).saturating_sub(1)
    }

    /// The first and the last day of a turn. The one that is counted as nought holds the beginning.
    fn turn_at(&self, begins: NaiveDate, nth: u32) -> Option<(NaiveDate, NaiveDate)> {
        let turns = nth.checked_mul(self.every)?;
        match self.turn {
            Turn::Day => {
                let day = begins.checked_add_days(Days::new(turns.into()))?;
                Some((day, day))
            }
            Turn::Week => {
                let first = begins.week(self.week_begins).checked_first_day()?.checked_add_days(Days::new(7 * u64::from(turns)))?;
                Some((first, first.checked_add_days(Days::new(6))?))
            }
            Turn::Month => {
                let first = begins.with_day(1)?.checked_add_months(Months::new(turns))?;
                Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Turn::Year => {
                let first = begins.with_ordinal(1)?.checked_add_months(Months::new(turns.checked_mul(12)?))?;
                Some((first, first.checked_add_months(Months::new(12))?.pred_opt()?))
            }
        }
    }

    /// The days of a turn to which the rule comes.
    fn days_between(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).filter(|day| self.is_on(*day)).collect();
        if self.places.is_empty() {
            return days;
        }
        let mut at: Vec<NaiveDate> = self.places.iter().filter_map(|place| nth(&days, *place)).collect();
        at.sort_unstable();
        at.dedup();
        at
    }

    fn is_on(&self, day: NaiveDate) -> bool {
        let holds = |wanted: &[i32], figure: u32, of: u32| {
            let (figure, of) = (i32::try_from(figure).unwrap_or_default(), i32::try_from(of).unwrap_or_default());
            wanted.is_empty() || wanted.iter().any(|one| *one == figure || *one == figure - of - 1)
        };
        let is_month = |month: &i32| u32::try_from(*month) == Ok(day.month());
        (self.months.is_empty() || self.months.iter().any(is_month))
            && holds(&self.month_days, day.day(), days_of_month(day))
            && holds(&self.year_days, day.ordinal(), days_of_year(day))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|wanted| self.is_weekday(day, *wanted)))
    }

    /// Whether a day is a weekday that the rule names: any such, or the second or last of the month or of the year.
    fn is_weekday(&self, day: NaiveDate, (place, weekday): (Option<i32>, Weekday)) -> bool {
        let Some(place) = place else { return day.weekday() == weekday };
        let is_of_year = self.turn == Turn::Year && self.months.is_empty();
        let (figure, of) = if is_of_year { (day.ordinal(), days_of_year(day)) } else { (day.day(), days_of_month(day)) };
        let from_start = i32::try_from(figure.div_ceil(7)).unwrap_or_default();
        let from_end = i32::try_from((of - figure) / 7 + 1).unwrap_or_default();
        day.weekday() == weekday && (place == from_start || place == -from_end)
    }
}

/// A day by its place from the beginning, or from the end.
fn nth(days: &[NaiveDate], place: i32) -> Option<NaiveDate> {
    let place_of = usize::try_from(place.unsigned_abs()).ok()?.checked_sub(1)?;
    if place > 0 { days.get(place_of).copied() } else { days.iter().rev().nth(place_of).copied() }
}

fn days_of_month(day: NaiveDate) -> u32 {
    u32::from(day.num_days_in_month())
}

fn days_of_year(day: NaiveDate) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}

fn turn_of(word: &str) -> Option<Turn> {
    match word.to_ascii_uppercase().as_str() {
        "DAILY" => Some(Turn::Day),
        "WEEKLY" => Some(Turn::Week),
        "MONTHLY" => Some(Turn::Month),
        "YEARLY" => Some(Turn::Year),
        _ => None,
    }
}

/// The last moment of a rule. Where whole days repeat, or a date is written, it is the last day.
fn end_of(text: &str, starts: Moment) -> Option<End> {
    let until = Moment::of(text, starts.zone)?;
    Some(if until.is_day || starts.is_day { End::On(until.local.date()) } else { End::At(until.at()) })
}

/// Numbers between two, and none of them nought; each once, since a list may be as long as a line.
fn numbers(text: &str, least: i32, most: i32) -> Option<Vec<i32>> {
    let number = |text: &str| text.trim().parse().ok().filter(|number| (least..=most).contains(number) && *number != 0);
    let each: BTreeSet<i32> = text.split(',').map(number).collect::<Option<_>>()?;
    Some(each.into_iter().collect())
}

/// `TU`, `2TU`, `-1TU`.
fn weekday_of(text: &str) -> Option<(Option<i32>, Weekday)> {
    let text = text.trim().to_ascii_uppercase();
    let (place, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match day {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let place = if place.is_empty() { None } else { Some(place.parse().ok().filter(|place| *place != 0)?) };
    Some((place, weekday))
}
