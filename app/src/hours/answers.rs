//! What the pages of one's hours show.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::intervention::Intervention;
use super::model::{Span, Stretch, Total};
use crate::groups::{Commitment, GroupKind};
use crate::sessions::AttendanceState;

/// Somebody's hours in a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// Their whole name, as it stands on the sheet for a register.
    pub name: String,
    /// Their profession; may be empty.
    pub profession: String,
    /// For which time.
    pub stretch: Stretch,
    /// The days that it comes to.
    pub days: Span,
    /// The time of registration, where they have chosen one.
    pub chosen: Option<Span>,
    /// The sessions of the Centre whose attendance is finished, the latest first.
    pub sessions: Vec<Marked>,
    /// What they have logged, the latest first.
    pub elsewhere: Vec<Entry>,
}

/// A session of the Centre at which somebody has been marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Its part of the address.
    pub code: String,
    /// What kind of supervision it was.
    pub kind: GroupKind,
    /// On what its group is.
    pub intervention: Intervention,
    /// "Aire group", or "Supervision".
    pub name: String,
    /// When it began, in UK local time.
    pub starts: NaiveDateTime,
    /// How they were there.
    pub state: AttendanceState,
    /// How long it was.
    pub length_minutes: i64,
    /// What it counts for them.
    pub minutes: i64,
    /// How many minutes of it count at another session that went on at the same time.
    pub elsewhere: i64,
    /// Who led it, as the product names people: "Dr Ruth A.".
    pub supervisor: String,
    /// The same for a register: "Dr Ruth Adeyemi, clinical psychologist".
    pub supervisor_in_full: String,
}

/// Hours had elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its part of the address.
    pub code: String,
    /// On which day.
    pub held_on: NaiveDate,
    /// How long.
    pub minutes: i64,
    /// In which format.
    pub format: GroupKind,
    /// On what.
    pub intervention: Intervention,
    /// With whom, in general words.
    pub supervised_by: String,
    /// Which version of it this is.
    pub version: i64,
}

/// What the form of a new entry begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryToLog {
    /// The present day.
    pub today: NaiveDate,
    /// What was logged last: the next is most often with the same person.
    pub last: Option<Entry>,
}

impl Hours {
    /// Everything together.
    pub fn total(&self) -> Total {
        self.added(|_| true, |_| true)
    }

    /// By format, those alone of which there is something.
    pub fn by_format(&self) -> Vec<(&'static str, Total)> {
        let of = |format: GroupKind| self.added(|session| session.kind == format, |entry| entry.format == format);
        GroupKind::ALL.into_iter().map(|format| (format.name(), of(format))).filter(|(_, total)| total.sum() > 0).collect()
    }

    /// By intervention, those alone of which there is something.
    pub fn by_intervention(&self) -> Vec<(&'static str, Total)> {
        let of = |one: Intervention| self.added(|session| session.intervention == one, |entry| entry.intervention == one);
        Intervention::all().map(|one| (one.name(), of(one))).filter(|(_, total)| total.sum() > 0).collect()
    }

    fn added(&self, is_session: impl Fn(&Marked) -> bool, is_entry: impl Fn(&Entry) -> bool) -> Total {
        let mut total = Total::default();
        for session in self.sessions.iter().filter(|session| is_session(session)) {
            total += Total { verified: session.minutes, reported: 0 };
        }
        for entry in self.elsewhere.iter().filter(|entry| is_entry(entry)) {
            total += Total { verified: 0, reported: entry.minutes };
        }
        total
    }

    /// At how many sessions they were, and of how many they had said in good time that they could not come.
    pub fn commitment(&self) -> Commitment {
        let mut commitment = Commitment::default();
        for session in &self.sessions {
            commitment.held += 1;
            match session.state {
                AttendanceState::Attended | AttendanceState::Late | AttendanceState::LeftEarly => commitment.attended += 1,
                AttendanceState::Apologies => commitment.told_ahead += 1,
                AttendanceState::DidNotAttend | AttendanceState::CancelledByMember | AttendanceState::CancelledByCentre => {}
            }
        }
        commitment
    }
}
