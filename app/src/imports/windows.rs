//! Hours as people write them: "Mon 9-12; Tue 09:00-12:00, Thursdays 2pm to 4.30pm preferred".
//!
//! A weekday, or several, and the times that follow it; times without a weekday belong to the one before. Figures without minutes are those of a
//! working day: "2-4" is in the afternoon, "9-5" ends there.

use chrono::{NaiveTime, Weekday};

use super::words::quoted;
use crate::availability::{Cell, DAYS, Stretch, Week};
use crate::ui::clock_time;

/// How to write it, at the end of every error.
const LIKE: &str = "Write days and times, like: Mon 9:00-12:00; Thu 13:00-16:30 preferred.";

/// The week that is meant.
pub fn week_of(written: &str) -> Result<Week, String> {
    let mut reader = Reader { written, days: Vec::new(), has_times: true, is_range: false, painted: Vec::new(), from: None };
    let mut tokens = tokens(written)?.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        reader.take(token, next)?;
    }
    reader.end()
}

/// A piece of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Days(&'static [Weekday]),
    Time(Written),
    /// A whole day or a part of one, said as a word.
    Part(u32, u32),
    /// From one to the other.
    To,
    /// The times before it are those that they would choose.
    Preferred,
}

/// A time as it is written: the hour may be that of the morning or of the afternoon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    hour: u32,
    minute: u32,
    /// "2" and "2:30", and not "02:30" or "2 am".
    is_open: bool,
}

struct Reader<'a> {
    written: &'a str,
    days: Vec<Weekday>,
    /// Whether the days have been given times: the next day begins anew.
    has_times: bool,
    /// Whether the last thing was a day and a dash.
    is_range: bool,
    painted: Vec<(Weekday, Stretch, Cell)>,
    from: Option<Written>,
}

impl Reader<'_> {
    fn take(&mut self, token: Token, next: Option<&Token>) -> Result<(), String> {
        match token {
            Token::Days(days) => self.day(days),
            Token::To if self.from.is_none() && matches!(next, Some(Token::Days(_))) => {
                self.is_range = true;
                Ok(())
            }
            // A dash between a day and its times, as in "Mon - 9:00-12:00", says nothing.
            Token::To => Ok(()),
            Token::Time(time) => match self.from.take() {
                None if matches!(next, Some(Token::To)) => {
                    self.from = Some(time);
                    Ok(())
                }
                None => Err(self.error("has a time without an end.")),
                Some(from) => self.stretch(from, time),
            },
            Token::Part(from, to) => self.paint(at(from, 0), at(to, 0)),
            Token::Preferred => self.prefer(),
        }
    }

    fn day(&mut self, days: &[Weekday]) -> Result<(), String> {
        if self.from.is_some() {
            return Err(self.error("has a time without an end."));
        }
        if self.has_times {
            self.days.clear();
            self.has_times = false;
        }
        let first = self.days.last().copied().filter(|_| std::mem::take(&mut self.is_range));
        match (first, days) {
            (Some(first), [last]) => {
                let place = |day: Weekday| DAYS.iter().position(|other| *other == day).unwrap_or_default();
                let between = DAYS
                    .get(place(first)..=place(*last))
                    .filter(|days| !days.is_empty())
                    .ok_or_else(|| self.error("has days in the wrong order."))?;
                self.days.extend(between.iter().skip(1));
            }
            _ => self.days.extend(days),
        }
        Ok(())
    }

    fn stretch(&mut self, from: Written, to: Written) -> Result<(), String> {
        // Nobody meets at two in the night: the open hours of the early morning are those of the afternoon.
        let starts = if from.is_open && (1..7).contains(&from.hour) { from.hour + 12 } else { from.hour };
        let starts = at(starts, from.minute);
        let ends = at(to.hour, to.minute);
        let is_before = ends <= starts && to.is_open && to.hour < 12;
        let ends = if is_before { at(to.hour + 12, to.minute) } else { ends };
        self.paint(starts, ends)
    }

    fn paint(&mut self, starts: Option<NaiveTime>, ends: Option<NaiveTime>) -> Result<(), String> {
        let (Some(starts), Some(ends)) = (starts, ends) else { return Err(self.error("has a time that no clock shows.")) };
        let stretch = Stretch::new(starts, ends)
            .ok_or_else(|| self.error(&format!("ends at {} and begins at {}.", clock_time(ends), clock_time(starts))))?;
        if self.days.is_empty() {
            return Err(self.error("has a time without a day."));
        }
        self.has_times = true;
        self.painted.extend(self.days.iter().map(|day| (*day, stretch, Cell::Free)));
        Ok(())
    }

    /// The last stretch is preferred, on each day that it is for.
    fn prefer(&mut self) -> Result<(), String> {
        let last = self.painted.last().map(|(_, stretch, _)| *stretch);
        let Some(last) = last.filter(|_| self.has_times) else { return Err(self.error("says “preferred” before there is a time.")) };
        let of_it = self.painted.iter_mut().rev().take(self.days.len()).filter(|(_, stretch, _)| *stretch == last);
        of_it.for_each(|(_, _, cell)| *cell = Cell::Preferred);
        Ok(())
    }

    fn end(self) -> Result<Week, String> {
        if self.from.is_some() {
            return Err(self.error("has a time without an end."));
        }
        if !self.has_times || self.painted.is_empty() {
            return Err(self.error("has a day without times."));
        }
        let mut week = Week::of_hours(&[]);
        for (day, stretch, cell) in self.painted {
            week.paint_stretch(day, stretch, cell);
        }
        Ok(week)
    }

    fn error(&self, what: &str) -> String {
        format!("{} {what} {LIKE}", quoted(self.written))
    }
}

/// Midnight at the end of a day is a minute short of it, since no stretch goes beyond.
fn at(hour: u32, minute: u32) -> Option<NaiveTime> {
    if (hour, minute) == (24, 0) { NaiveTime::from_hms_opt(23, 59, 0) } else { NaiveTime::from_hms_opt(hour, minute, 0) }
}

fn tokens(written: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = written;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = if first.is_ascii_digit() {
            split(rest, |letter| letter.is_ascii_digit() || matches!(letter, ':' | '.'))
        } else if first.is_alphabetic() {
            split(rest, |letter| letter.is_alphabetic() || matches!(letter, '\'' | '’'))
        } else {
            rest.split_at(first.len_utf8())
        };
        rest = after;
        if first.is_ascii_digit() {
            tokens.push(Token::Time(time(piece).ok_or_else(|| format!("{} is no time. {LIKE}", quoted(piece)))?));
        } else if first.is_alphabetic() {
            word(piece, &mut tokens).ok_or_else(|| format!("{} is neither a day nor a time. {LIKE}", quoted(piece)))?;
        } else if matches!(first, '-' | '–' | '—' | '−') {
            tokens.push(Token::To);
        }
    }
    Ok(tokens)
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !belongs(letter)).unwrap_or(text.len()))
}

/// "9", "09:00", "9.30", "0930".
fn time(piece: &str) -> Option<Written> {
    let piece = piece.trim_end_matches(['.', ':']);
    let parts: Vec<&str> = piece.split([':', '.']).collect();
    let written = match parts.as_slice() {
        [hour] if hour.len() <= 2 => Written { hour: hour.parse().ok()?, minute: 0, is_open: !hour.starts_with('0') },
        [clock] if clock.len() == 4 => {
            Written { hour: clock.get(..2)?.parse().ok()?, minute: clock.get(2..)?.parse().ok()?, is_open: false }
        }
        [hour, minute, ..] if minute.len() == 2 => {
            Written { hour: hour.parse().ok()?, minute: minute.parse().ok()?, is_open: !hour.starts_with('0') }
        }
        _ => return None,
    };
    (written.hour <= 24 && written.minute < 60).then_some(written)
}

/// What a word means; small words between days and times mean nothing.
fn word(piece: &str, tokens: &mut Vec<Token>) -> Option<()> {
    let word = piece.to_lowercase();
    match word.as_str() {
        "am" | "pm" => {
            let Some(Token::Time(time)) = tokens.last_mut() else { return None };
            time.hour = match (word.as_str(), time.hour) {
                ("pm", hour @ 1..12) => hour + 12,
                ("am", 12) => 0,
                (_, hour) => hour,
            };
            time.is_open = false;
        }
        "to" | "till" | "til" | "until" => tokens.push(Token::To),
        "and" | "from" | "between" | "h" | "hrs" | "hours" | "on" | "or" | "every" | "free" | "the" => {}
        "preferred" | "prefer" | "pref" | "preferably" | "best" => tokens.push(Token::Preferred),
        "noon" | "midday" => tokens.push(Token::Time(Written { hour: 12, minute: 0, is_open: false })),
        "morning" | "mornings" => tokens.push(Token::Part(9, 12)),
        "afternoon" | "afternoons" => tokens.push(Token::Part(13, 17)),
        "evening" | "evenings" => tokens.push(Token::Part(17, 20)),
        "all" => tokens.push(Token::Part(9, 17)),
        "day" if matches!(tokens.last(), Some(Token::Part(..))) => {}
        "weekday" | "weekdays" | "daily" => tokens.push(Token::Days(DAYS.get(..5)?)),
        "weekend" | "weekends" => tokens.push(Token::Days(DAYS.get(5..)?)),
        _ => tokens.push(Token::Days(weekday(&word)?)),
    }
    Some(())
}

/// "mon", "tues", "Wednesdays".
fn weekday(word: &str) -> Option<&'static [Weekday]> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    let single = word.strip_suffix('s').filter(|rest| rest.len() >= 3).unwrap_or(word);
    let place = NAMES.iter().position(|name| single.len() >= 2 && (name.starts_with(single) || name.starts_with(word)))?;
    DAYS.get(place..=place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::weekday_name;

    fn said(written: &str) -> String {
        let week = week_of(written).unwrap_or_else(|error| panic!("{error}"));
        let days = DAYS.iter().enumerate().filter_map(|(place, weekday)| {
            let stretches: Vec<String> = week
                .stretches(place)
                .into_iter()
                .map(|(stretch, is_preferred)| format!("{stretch}{}", if is_preferred { "*" } else { "" }))
                .collect();
            (!stretches.is_empty()).then(|| format!("{} {}", weekday_name(*weekday), stretches.join(", ")))
        });
        days.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn hours_are_read_however_they_are_written() {
        for written in [
            "Tue 9-12",
            "Tuesday 09:00-12:00",
            "tues 9.00 – 12.00",
            "Tuesdays from 9am to noon",
            "Tu: 0900-1200",
            "TUE 9 am - 12 pm",
            "Tuesday mornings",
            "Tue - 9:00 until 12:00",
        ] {
            assert_eq!(said(written), "Tuesday 09:00 to 12:00", "{written}");
        }
        assert_eq!(said("Mon 9-5"), "Monday 09:00 to 17:00");
        assert_eq!(said("Mon 2-4"), "Monday 14:00 to 16:00");
        assert_eq!(said("Mon 10-1"), "Monday 10:00 to 13:00");
        assert_eq!(said("Mon all day"), "Monday 09:00 to 17:00");
        assert_eq!(
            said("Mon 9-12, 13:00-15:00; Thu 2pm-4:30pm preferred"),
            "Monday 09:00 to 12:00, 13:00 to 15:00; Thursday 14:00 to 16:30*"
        );
        assert_eq!(said("Mon, Wed and Fri 9:00-11:00"), "Monday 09:00 to 11:00; Wednesday 09:00 to 11:00; Friday 09:00 to 11:00");
        assert_eq!(said("Mon-Wed 9-10 (preferred)"), "Monday 09:00 to 10:00*; Tuesday 09:00 to 10:00*; Wednesday 09:00 to 10:00*");
        assert_eq!(said("Mon 20:00-24:00\nTue 9-10"), "Monday 20:00 to 23:59; Tuesday 09:00 to 10:00");
        assert_eq!(
            said("weekdays 12-13"),
            "Monday 12:00 to 13:00; Tuesday 12:00 to 13:00; Wednesday 12:00 to 13:00; Thursday 12:00 to 13:00; Friday 12:00 to 13:00"
        );
    }

    #[test]
    fn what_cannot_be_read_says_what_is_missing_and_how_to_write_it() {
        for (written, what) in [
            ("Tue", "day without times"),
            ("9-12", "time without a day"),
            ("Tue 9", "time without an end"),
            ("Tue 9- Wed 10-12", "time without an end"),
            ("Tue 14:00-13:00", "ends at 13:00 and begins at 14:00"),
            ("Tue 09:00-09:00", "ends at 09:00"),
            ("Tue 25-26", "is no time"),
            ("Tue 9:75-10", "is no time"),
            ("Smorgasbord 9-12", "“Smorgasbord” is neither a day nor a time"),
            ("preferred Tue 9-12", "before there is a time"),
            ("Fri-Mon 9-12", "wrong order"),
            ("=2+3", "time without an end"),
            ("Tue-Mon 9-12", "wrong order"),
            ("", "day without times"),
        ] {
            let error = week_of(written).unwrap_err();
            assert!(error.contains(what) && error.contains("like: Mon 9:00-12:00"), "{written}: {error}");
        }
    }
}
