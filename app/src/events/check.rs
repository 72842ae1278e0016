//! Whether an event that was typed can be kept.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::forms::{EventForm, EventTimes};
use super::model::{CLOSINGS, EventKind};
use crate::error::{AppError, Problem};
use crate::groups::MeetingMode;
use crate::groups::forms::{check_place, check_room_url};
use crate::guard;
use crate::spaces::{Written, plain_line};

/// An event that can be stored. Only [`EventForm::check`] makes one.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub(super) kind: EventKind,
    pub(super) title: String,
    pub(super) speaker: String,
    pub(super) text: Written,
    pub(super) space: String,
    pub(super) starts: NaiveDateTime,
    pub(super) length_minutes: i64,
    pub(super) mode: MeetingMode,
    pub(super) room_url: String,
    pub(super) place: String,
    pub(super) capacity: Option<i64>,
    pub(super) closes_hours: i64,
    pub(super) minutes: i64,
    pub(super) reading: Vec<String>,
}

const LONGEST_TITLE: usize = 120;
const LONGEST_SPEAKER: usize = 200;
/// The longest event, and the most that it counts for.
const LONGEST: i64 = 600;
const MOST_PLACES: i64 = 1_000;
/// How far ahead an event is planned.
const AHEAD: TimeDelta = TimeDelta::days(730);

impl EventForm {
    /// The event, or everything that has to change, in the order of the form.
    pub fn check(&self, now: DateTime<Utc>) -> Result<NewEvent, AppError> {
        let (title, speaker) = (plain_line(&self.title), plain_line(&self.speaker));
        let (kind, mode, text) = (EventKind::of_key(&self.kind), MeetingMode::of_key(&self.mode), Written::of(&self.text));
        let (starts, length) = (self.starts(now), number(&self.length_minutes, 15, LONGEST));
        let (capacity, minutes) = (self.places(), number(&self.minutes, 0, LONGEST));
        let closes = CLOSINGS.into_iter().map(|(hours, _)| hours).find(|hours| hours.to_string() == self.closes_hours);
        let before = [
            kind.is_none().then(|| Problem::new("kind", "Choose what kind of event it is.")),
            check_words("title", &title, (3, LONGEST_TITLE), "Enter a title of a few words"),
            check_words("speaker", &speaker, (0, LONGEST_SPEAKER), "Say who speaks"),
        ];
        let after = [
            self.space.is_empty().then(|| Problem::new("space", "Choose for whom it is.")),
            length.is_none().then(|| Problem::new("length_minutes", "Enter the minutes, from 15 to 600, such as 60.")),
            mode.is_none().then(|| Problem::new("mode", "Choose whether it meets online or in person.")),
            check_room_url(&self.room_url, mode),
            check_place(&self.place, mode),
            capacity.is_err().then(|| Problem::new("capacity", "Enter a number from 1 to 1,000, or leave it empty.")),
            closes.is_none().then(|| Problem::new("closes_hours", "Choose when answers close.")),
            minutes.is_none().then(|| Problem::new("minutes", "Enter the minutes, from 0 to 600, such as 60.")),
        ];
        let mut problems: Vec<Problem> = before.into_iter().flatten().collect();
        problems.extend(text.as_ref().err().into_iter().flat_map(problems_of));
        problems.extend(starts.as_ref().err().cloned());
        problems.extend(after.into_iter().flatten());
        let whole = (kind, text, starts, length, mode, capacity, closes, minutes);
        let (true, (Some(kind), Ok(text), Ok(starts), Some(length_minutes), Some(mode), Ok(capacity), Some(closes_hours), Some(minutes))) =
            (problems.is_empty(), whole)
        else {
            return Err(AppError::Invalid(problems));
        };
        let (room_url, place) = (self.room_url.trim().to_owned(), plain_line(&self.place));
        let (space, reading) = (self.space.clone(), self.reading.clone());
        Ok(NewEvent {
            kind,
            title,
            speaker,
            text,
            space,
            starts,
            length_minutes,
            mode,
            room_url,
            place,
            capacity,
            closes_hours,
            minutes,
            reading,
        })
    }

    fn starts(&self, now: DateTime<Utc>) -> Result<NaiveDateTime, Problem> {
        let day: Option<NaiveDate> = self.starts_on.trim().parse().ok();
        let day = day.filter(|day| (2000..2200).contains(&chrono::Datelike::year(day)));
        let day = day.ok_or_else(|| Problem::new("starts_on", "Choose the day."))?;
        let time = NaiveTime::parse_from_str(self.starts_time.trim(), "%H:%M");
        let starts = day.and_time(time.map_err(|_| Problem::new("starts_time", "Enter when it begins, such as 10:00."))?);
        if !::series::local_time_exists(starts) {
            return Err(Problem::new("starts_time", "The clocks go forward in that night, and this time does not exist. Choose another."));
        }
        let at = ::series::instant(starts);
        if at <= now || at > now + AHEAD {
            return Err(Problem::new("starts_on", "Choose a day and a time to come, within two years."));
        }
        Ok(starts)
    }

    fn places(&self) -> Result<Option<i64>, ()> {
        if self.capacity.trim().is_empty() {
            return Ok(None);
        }
        number(&self.capacity, 1, MOST_PLACES).map(Some).ok_or(())
    }
}

impl EventTimes {
    /// From when to when it would be; nothing where that cannot be, which is said of the form.
    pub fn span(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let Self { starts_on, starts_time, .. } = self.clone();
        let starts = EventForm { starts_on, starts_time, ..EventForm::default() }.starts(now).ok()?;
        let starts_at = ::series::instant(starts);
        Some((starts_at, starts_at + TimeDelta::minutes(number(&self.length_minutes, 15, LONGEST)?)))
    }
}

fn number(typed: &str, least: i64, most: i64) -> Option<i64> {
    typed.trim().parse().ok().filter(|number| (least..=most).contains(number))
}

fn check_words(field: &str, words: &str, (shortest, longest): (usize, usize), what: &str) -> Option<Problem> {
    let length = words.chars().count();
    if length < shortest {
        return Some(Problem::new(field, format!("{what}.")));
    }
    if length > longest {
        return Some(Problem::new(field, format!("{what}, in at most {longest} characters.")));
    }
    guard::problem(field, &guard::look(words))
}

fn problems_of(error: &AppError) -> Vec<Problem> {
    match error {
        AppError::Invalid(problems) => problems.clone(),
        other => vec![Problem::new("text", other.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-10-22T08:00:00Z".parse().unwrap()
    }

    fn whole() -> EventForm {
        super::super::store::fixture::form("centre")
    }

    fn fields(form: &EventForm) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = form.check(now()) else { return Vec::new() };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn an_empty_form_says_everything_that_is_missing_in_its_own_order() {
        let missing = ["kind", "title", "text", "starts_on", "space", "length_minutes", "mode", "closes_hours", "minutes"];
        assert_eq!(fields(&EventForm::default()), missing);
        assert_eq!(fields(&whole()), Vec::<String>::new());
    }

    #[test]
    fn an_event_lies_ahead_at_a_time_that_the_clocks_have() {
        for (day, time, field) in [
            ("2026-10-22", "08:59", "starts_on"),
            ("2029-01-01", "10:00", "starts_on"),
            ("2027-03-28", "01:30", "starts_time"),
            ("2026-11-05", "ten", "starts_time"),
            ("9999999-11-05", "10:00", "starts_on"),
        ] {
            assert_eq!(fields(&EventForm { starts_on: day.to_owned(), starts_time: time.to_owned(), ..whole() }), [field], "{day} {time}");
        }
    }

    #[test]
    fn what_could_identify_a_family_is_in_no_event() {
        let text = "We talk about Kelly’s baby, NHS number 943 476 5919.".to_owned();
        assert_eq!(fields(&EventForm { text, ..whole() }), ["text"]);
        assert_eq!(fields(&EventForm { title: "Ring me on 07700 900123".to_owned(), ..whole() }), ["title"]);
    }

    #[test]
    fn places_are_a_number_or_as_many_as_want_to_come() {
        let capacity = |typed: &str| EventForm { capacity: typed.to_owned(), ..whole() }.check(now()).map(|event| event.capacity);
        assert_eq!((capacity(" 30 ").unwrap(), capacity("").unwrap()), (Some(30), None));
        for wrong in ["0", "-3", "many", "1001"] {
            assert!(capacity(wrong).is_err(), "{wrong}");
        }
    }
}
