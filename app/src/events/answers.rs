//! What the pages of events show.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Answer, CancelledBecause, EventKind, places_in_words};
use crate::availability::Verdict;
use crate::groups::MeetingMode;
use crate::people::PersonName;
use crate::sessions::answers::{Mark, SheetLine};
use crate::sessions::{AttendanceState, Course, SessionState};
use crate::spaces::SpaceKind;
use crate::ui::{day_and_month, day_month_year, time_range};

/// An event as it stands in somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// Its part of the address.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What kind of event it is.
    pub kind: EventKind,
    /// How it meets.
    pub mode: MeetingMode,
    /// Where, if it meets at a place.
    pub place: String,
    /// Who hosts it.
    pub host: PersonName,
    /// When it begins, on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// How long it lasts.
    pub length_minutes: i64,
    /// The moments that decide how far it has come.
    pub course: Course,
    /// What the calendar's owner has answered.
    pub answer: Option<Answer>,
    /// Whether the owner hosts it.
    pub is_host: bool,
    /// How many come.
    pub coming: i64,
    /// How the owner was there, once that is marked.
    pub own_state: Option<AttendanceState>,
}

/// The events that somebody may come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// Whether the reader makes events.
    pub may_make: bool,
    /// Those that are not published, for whoever may see them.
    pub drafts: Vec<EventLine>,
    /// Those that are not over, soonest first.
    pub coming: Vec<EventLine>,
    /// Some of those that are over, the latest first.
    pub past: Vec<EventLine>,
}

/// An event in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Its part of the address.
    pub code: String,
    /// What kind of event it is.
    pub kind: EventKind,
    /// What it is called.
    pub title: String,
    /// The home space: its part of the address, and its name.
    pub space: (String, String),
    /// For whom that is.
    pub space_kind: SpaceKind,
    /// How it meets.
    pub mode: MeetingMode,
    /// Where, if it meets at a place.
    pub place: String,
    /// When it begins, in UK local time.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// How far it has come.
    pub state: SessionState,
    /// Whether it is not published yet.
    pub is_draft: bool,
    /// How many places there are; none for as many as want to come.
    pub capacity: Option<i64>,
    /// How many come.
    pub coming: i64,
    /// What the reader has answered.
    pub answer: Option<Answer>,
    /// Whether the reader hosts it.
    pub is_host: bool,
    /// What it counts for in a CPD log.
    pub minutes: i64,
}

impl EventLine {
    /// "Thursday 5 November 2026".
    pub fn day(&self) -> String {
        day_month_year(self.starts.date())
    }

    /// "10:00 to 11:30", and with the last day where it is another.
    pub fn hours(&self) -> String {
        if self.starts.date() == self.ends.date() {
            return time_range(self.starts, self.ends);
        }
        format!("{} on {}", time_range(self.starts, self.ends), day_and_month(self.ends.date()))
    }

    /// "Online", or the place.
    pub fn whereabouts(&self) -> &str {
        match self.mode {
            MeetingMode::Online => "Online",
            MeetingMode::InPerson => &self.place,
        }
    }

    /// "3 of 30 places left".
    pub fn places(&self) -> String {
        places_in_words(self.capacity, self.coming)
    }

    /// Whether whoever says yes now waits.
    pub fn is_full(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.coming >= capacity)
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventShown {
    /// What stands in a list, too.
    pub line: EventLine,
    /// The present moment in UK local time.
    pub now: NaiveDateTime,
    /// Who speaks; may be empty.
    pub speaker: String,
    /// What it is about, as HTML.
    pub html: String,
    /// Who hosts it.
    pub host: PersonName,
    /// When answers close, in UK local time.
    pub closes: NaiveDateTime,
    /// Whether somebody can still say that they come.
    pub is_open: bool,
    /// Whether the reader is one of those who may come, and not one who looks after it alone.
    pub may_come: bool,
    /// How many wait.
    pub waiting: i64,
    /// How many wait before the reader, who waits as well.
    pub before_reader: i64,
    /// What is worth reading before: each item's part of the address, and its title.
    pub reading: Vec<(String, String)>,
    /// How the reader gets in, where they come or host it.
    pub door: Option<EventDoor>,
    /// Why it was cancelled.
    pub cancelled: Option<CancelledBecause>,
    /// How the reader was there, once that is marked.
    pub own: Option<Mark>,
    /// Whether the reader changes and cancels it, and marks who came.
    pub is_keeper: bool,
    /// The version that is shown.
    pub version: i64,
    /// What is in the way of a draft, for whoever publishes it.
    pub in_the_way: InTheWay,
}

/// What is in the way of an event at its time: what else its host has then, or has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTheWay {
    /// What does not fit, by how serious it is.
    pub verdict: Verdict,
    /// The sessions and events among that which the reader may open: each one's address, and its name with its time.
    pub links: Vec<(String, String)>,
}

/// How far the room is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventDoor {
    /// From then on.
    OpensAt(NaiveDateTime),
    /// It is open.
    Open,
    /// It meets at a place.
    InPerson,
    /// It is over.
    Closed,
}

/// An event to be changed, or what a new one is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventToChange {
    /// What stands in it; nothing of a new one.
    pub event: Option<EventFields>,
    /// To whom it can be given: each one's code, and their name; nobody where it is new.
    pub hosts: Vec<(String, String)>,
    /// The spaces in which it can be at home: each one's part of the address, and its name.
    pub spaces: Vec<(String, String)>,
    /// What the library holds: each item's part of the address, and its title.
    pub library: Vec<(String, String)>,
    /// The present day and time in UK local time.
    pub now: NaiveDateTime,
    /// What is in the way of it at the time that was typed and refused.
    pub in_the_way: InTheWay,
}

/// What stands in an event, as its form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFields {
    /// What stands in a list, too.
    pub line: EventLine,
    /// Who speaks.
    pub speaker: String,
    /// What it is about, as it was typed.
    pub source: String,
    /// The address of the room.
    pub room_url: String,
    /// How many hours before the beginning answers close.
    pub closes_hours: i64,
    /// The items that are worth reading before, by their part of the address.
    pub reading: Vec<String>,
    /// The version that is shown.
    pub version: i64,
}

/// That people belonged no more to those whom an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// On which day.
    pub on: NaiveDate,
    /// How many of them had a place.
    pub places: i64,
    /// How many of them waited for one.
    pub waiting: i64,
    /// How many who waited have had a place since.
    pub passed_on: i64,
}

impl Lapse {
    /// What happened, and nobody's name: why somebody belongs no more is not the host's to know.
    pub fn words(&self) -> String {
        let people = |count: i64, what: &str| match count {
            0 => None,
            1 => Some(format!("1 person who {what} no longer belongs to those whom the event is for.")),
            more => Some(format!("{more} people who {what} no longer belong to those whom the event is for.")),
        };
        let passed_on = match self.passed_on {
            0 => None,
            1 => Some("1 place went to whoever had waited longest.".to_owned()),
            more => Some(format!("{more} places went to those who had waited longest.")),
        };
        let parts = [people(self.places, "had a place"), people(self.waiting, "waited"), passed_on];
        format!("{}: {}", day_and_month(self.on), parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// Who came to an event, to be marked or read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRecord {
    /// What stands in a list, too.
    pub line: EventLine,
    /// The present moment in UK local time.
    pub now: NaiveDateTime,
    /// How long it was planned.
    pub length_minutes: i64,
    /// Everybody who had a place.
    pub lines: Vec<SheetLine>,
    /// Those who wait, by their names, in their order.
    pub waiting: Vec<String>,
    /// What became of the places of those who belong no more to those whom it is for, the latest first.
    pub lapses: Vec<Lapse>,
    /// The version that is shown.
    pub version: i64,
}
