//! What the pages of a session show: never a row, and never more than its reader may know.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::model::{ActionId, AttendanceState, CancelReason, CorrectionReason, HostRole, SessionState};
use super::readers::{Circle, Relation};
use crate::groups::{GroupKind, MeetingMode};
use crate::people::PersonName;
use crate::ui::{capital, clock_time, day_and_month, day_month_year, time_range};

/// What every page of a session begins with. Times are UK local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionHead {
    /// The code in its address.
    pub code: String,
    /// The group's part of the address.
    pub group_slug: String,
    /// "Aire group".
    pub group_name: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// How they meet.
    pub mode: MeetingMode,
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// When the page was made.
    pub now: NaiveDateTime,
    /// Its place in the series.
    pub number: i64,
    /// How many sessions the series has.
    pub of: i64,
    /// How far it has come.
    pub state: SessionState,
    /// What the reader is to it.
    pub relation: Relation,
    /// Who leads it.
    pub supervisor: PersonName,
    /// Whether whoever leads it does so for somebody else, whose group it was then.
    pub is_cover: bool,
    /// Whether the group's supervisor is somebody other than whoever leads it, and so one more who reads it.
    pub is_read_by_groups_supervisor: bool,
    /// Whoever leads it together with them, or observes it.
    pub hosts: Vec<Host>,
    /// How many members it has.
    pub members: usize,
}

/// Somebody who leads a session together with its supervisor, or observes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Who.
    pub name: PersonName,
    /// What they are to the session.
    pub role: HostRole,
}

impl Host {
    /// What they read of it.
    pub const fn relation(&self) -> Relation {
        match self.role {
            HostRole::CoSupervisor => Relation::CoSupervisor,
            HostRole::Observer => Relation::Observer,
        }
    }
}

impl SessionHead {
    /// "Aire group, Thursday 22 October"; one-to-one, "Supervision, Thursday 22 October", since a name stands in no title.
    pub fn title(&self) -> String {
        format!("{}, {}", session_name(self.kind, &self.group_name), self.day())
    }

    /// "Thursday 22 October", with the year where it is another one.
    pub fn day(&self) -> String {
        let date = self.starts.date();
        if date.year() == self.now.date().year() { day_and_month(date) } else { day_month_year(date) }
    }

    /// "10:00 to 11:30, UK time".
    pub fn hours(&self) -> String {
        format!("{}, UK time", time_range(self.starts, self.ends))
    }

    /// "Session 4 of 10"; one that has no place in its series any more says so.
    pub fn place_in_series(&self) -> String {
        if self.number == 0 { "Outside the series".to_owned() } else { format!("Session {} of {}", self.number, self.of) }
    }

    /// "Starts in 12 minutes", "Under way since 10:00", or the time where neither is true.
    pub fn nearness(&self) -> String {
        let minutes = self.starts.signed_duration_since(self.now).num_minutes();
        match self.state {
            SessionState::Open if self.now >= self.starts => format!("Under way since {}", clock_time(self.starts.time())),
            SessionState::Open | SessionState::Planned if minutes < 1 => "Starts now".to_owned(),
            SessionState::Open | SessionState::Planned if minutes == 1 => "Starts in 1 minute".to_owned(),
            SessionState::Open | SessionState::Planned if minutes < 60 => format!("Starts in {minutes} minutes"),
            _ => capital(&format!("{}, {}", crate::ui::day(self.starts.date(), self.now.date()), self.hours())),
        }
    }

    /// How they meet, in a word or two.
    pub fn way(&self) -> &'static str {
        match self.mode {
            MeetingMode::Online => "Online",
            MeetingMode::InPerson => "In person",
        }
    }

    /// The people round it, for the audience lines.
    pub fn circle(&self) -> Circle {
        Circle {
            group: self.group_name.clone(),
            members: self.members,
            supervisor: self.supervisor.short.clone(),
            is_read_by_groups_supervisor: self.is_read_by_groups_supervisor,
            hosts: self.hosts.iter().map(|host| (host.name.short.clone(), host.relation())).collect(),
            is_booked: !self.kind.has_members(),
        }
    }
}

/// What a session is called where no person may be named: the group, or "Supervision" for two people.
pub fn session_name(kind: GroupKind, group_name: &str) -> String {
    if kind == GroupKind::OneToOne { "Supervision".to_owned() } else { group_name.to_owned() }
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSession {
    /// What and when.
    pub head: SessionHead,
    /// Its members, as far as the reader may know.
    pub people: Vec<Participant>,
    /// The reader's own place, if they are a member.
    pub own: Option<OwnPlace>,
    /// How to get in, for those whose room it is.
    pub room: Option<Room>,
    /// What was agreed, for those who were there.
    pub actions: Option<Vec<ActionLine>>,
    /// Why it does not take place.
    pub cancelled: Option<CancelReason>,
    /// Whether the reader leads it, so that its record is theirs to keep.
    pub may_record: bool,
    /// Whether the reader may cancel it.
    pub may_cancel: bool,
    /// Whether the reader may change when it is, and with it its series.
    pub may_change: bool,
    /// What it is called beside its group; mostly empty.
    pub title: String,
    /// How many wait for a place at it, at an open clinic, for those who read who came; none for everybody else.
    pub waiting: i64,
}

/// A member at a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Who it is.
    pub name: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// Whether it is the reader.
    pub is_you: bool,
    /// Whether they said that they cannot come.
    pub has_apologies: bool,
    /// Why, where the reader may know and they said so.
    pub reason: String,
    /// How they were there, where the reader may know.
    pub mark: Option<Mark>,
}

/// How somebody was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The state.
    pub state: AttendanceState,
    /// How many minutes, where it was a part.
    pub minutes: Option<i64>,
}

impl Mark {
    /// "Came late, 65 minutes".
    pub fn words(&self) -> String {
        match self.minutes {
            Some(minutes) => format!("{}, {minutes} minutes", self.state.name()),
            None => self.state.name().to_owned(),
        }
    }
}

/// The reader's own place at a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPlace {
    /// What they sent.
    pub apologies: Option<Apologies>,
    /// How they were there.
    pub mark: Option<Mark>,
    /// Whether apologies can still be sent or withdrawn.
    pub may_send: bool,
}

/// Apologies, for the one who sent them and the session's supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apologies {
    /// When they were sent, in UK local time.
    pub sent: NaiveDateTime,
    /// Whether that was after the cut-off.
    pub is_late: bool,
    /// Why, if they said so.
    pub reason: String,
}

/// How to get into a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Which door there is.
    pub door: Door,
    /// The telephone number, or empty.
    pub phone: String,
}

/// The door of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// They meet at a place.
    Place(String),
    /// The outside room, which can be entered now.
    Open,
    /// The outside room, which opens at this UK local time.
    OpensAt(NaiveDateTime),
    /// They meet online, and the room's address has not been entered.
    NoRoom,
    /// It is over, or was cancelled.
    Closed,
}

/// Something that somebody said they would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionLine {
    /// Which one.
    pub id: ActionId,
    /// What.
    pub words: String,
    /// Who.
    pub owner: PersonName,
    /// Whether that is the reader.
    pub is_own: bool,
    /// Whether it is done.
    pub is_done: bool,
    /// The UK local time of the session at which it was agreed.
    pub agreed: NaiveDateTime,
    /// Whether that was this session.
    pub is_from_here: bool,
}

impl ActionLine {
    /// "agreed here", or "from 8 October".
    pub fn origin(&self) -> String {
        if self.is_from_here { "agreed here".to_owned() } else { format!("from {}", self.agreed.format("%-d %B")) }
    }
}

/// Sending apologies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPlace {
    /// What and when.
    pub head: SessionHead,
    /// The reader's own place.
    pub own: OwnPlace,
    /// When apologies stop being in good time, in UK local time.
    pub cut_off: NaiveDateTime,
    /// The days of the next sessions of the group that the reader is expected at, in order.
    pub following: Vec<NaiveDate>,
    /// For how many sessions ahead apologies were sent at once with those for this one, itself included; none where none were.
    pub together: i64,
}

/// Cancelling a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// What and when.
    pub head: SessionHead,
    /// Everybody who is told.
    pub told: Vec<PersonName>,
}

/// Attendance and agreed actions, for the session's supervisor and, without the actions, for the Centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRecord {
    /// What and when.
    pub head: SessionHead,
    /// The version that a save has to name, so that two windows do not overwrite each other.
    pub version: i64,
    /// How long the session was planned.
    pub length_minutes: i64,
    /// By when the attendance is to be finished, in UK local time.
    pub due: NaiveDateTime,
    /// What can be done with it now.
    pub stage: RecordStage,
    /// A line for each member.
    pub lines: Vec<SheetLine>,
    /// What was agreed, for those who were there.
    pub actions: Option<Vec<ActionLine>>,
    /// Who can own an action.
    pub owners: Vec<PersonName>,
    /// What was corrected after the attendance was finished, latest first.
    pub corrections: Vec<CorrectionLine>,
}

/// What can be done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStage {
    /// The session has not begun.
    TooEarly,
    /// The reader may mark it.
    ToMark,
    /// It is not finished, and not the reader's to finish.
    Waiting,
    /// It is finished, and the reader may correct it.
    ToCorrect,
    /// It is finished.
    Finished,
    /// The session was cancelled by the Centre.
    Cancelled,
}

/// A person on the attendance sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Who it is.
    pub name: PersonName,
    /// What stands on the sheet: what was saved, or what their apologies say.
    pub mark: Option<Mark>,
    /// What they sent ahead.
    pub apologies: Option<Apologies>,
}

/// A correction of a finished attendance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLine {
    /// Whose line.
    pub name: PersonName,
    /// What stood there.
    pub before: Option<Mark>,
    /// What stands there since.
    pub after: Mark,
    /// Why.
    pub reason: CorrectionReason,
    /// Who corrected it.
    pub by: PersonName,
    /// When, in UK local time.
    pub at: NaiveDateTime,
}

/// A session whose attendance is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmarked {
    /// The code in its address.
    pub code: String,
    /// What kind of supervision it was.
    pub kind: GroupKind,
    /// "Aire group", or "Supervision".
    pub name: String,
    /// When it began, in UK local time.
    pub starts: NaiveDateTime,
    /// When it ended.
    pub ends: NaiveDateTime,
    /// By when the attendance is to be finished.
    pub due: NaiveDateTime,
    /// Whether that has passed.
    pub is_overdue: bool,
    /// Whether some of it is saved.
    pub is_begun: bool,
    /// Whether somebody else led it who can finish nothing any more, so that it waits for a coordinator.
    pub is_left_behind: bool,
    /// Who has not finished it for more than five working days, where that is not the reader: "Dr Ruth A.".
    pub waits_for: Option<String>,
}
