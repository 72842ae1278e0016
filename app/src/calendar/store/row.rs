//! A line of the answer, and the occurrence that it becomes.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::calendar::{Occurrence, OccurrenceKind, Part};
use crate::groups::{GroupKind, MeetingMode};
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::sessions::{AttendanceState, Course};

/// The columns that every statement of a calendar answers with.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    session_code: String,
    group_name: String,
    group_slug: String,
    kind: GroupKind,
    mode: MeetingMode,
    place: String,
    session_title: String,
    room_phone: String,
    number: i64,
    of_number: i64,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    marked_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    part: Part,
    is_planner: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
    usual_code: Option<String>,
    usual_title: Option<String>,
    usual_given_name: Option<String>,
    usual_family_name: Option<String>,
    one_code: Option<String>,
    one_title: Option<String>,
    one_given_name: Option<String>,
    one_family_name: Option<String>,
    members: i64,
    apologies: i64,
    attended: i64,
    own_apologies_at: Option<DateTime<Utc>>,
    own_state: Option<AttendanceState>,
}

impl From<Row> for Occurrence {
    fn from(row: Row) -> Self {
        Self {
            supervisee: row.supervisee(),
            group_supervisor: row.group_supervisor(),
            ends_local: ::series::local(row.ends_at),
            course: Course { starts_at: row.starts_at, ends_at: row.ends_at, marked_at: row.marked_at, cancelled_at: row.cancelled_at },
            code: row.session_code,
            group_name: row.group_name,
            group_slug: row.group_slug,
            kind: OccurrenceKind::Supervision(row.kind),
            mode: row.mode,
            place: row.place,
            session_title: row.session_title,
            room_phone: row.room_phone,
            number: row.number,
            of: row.of_number,
            supervisor: row.supervisor.into(),
            starts_local: row.starts_local,
            length_minutes: row.length_minutes,
            part: row.part,
            is_planner: row.is_planner,
            members: row.members,
            apologies: row.apologies,
            attended: row.attended,
            own_apologies: row.own_apologies_at.is_some(),
            own_state: row.own_state,
        }
    }
}

impl Row {
    /// Whose group it is, where that is somebody else than who leads the session.
    fn group_supervisor(&self) -> Option<PersonName> {
        let row = NameRow {
            code: self.usual_code.clone()?,
            title: self.usual_title.clone()?,
            given_name: self.usual_given_name.clone()?,
            family_name: self.usual_family_name.clone()?,
        };
        Some(row.into())
    }

    /// The other person of individual supervision, where there is just one.
    fn supervisee(&self) -> Option<PersonName> {
        let row = NameRow {
            code: self.one_code.clone()?,
            title: self.one_title.clone()?,
            given_name: self.one_given_name.clone()?,
            family_name: self.one_family_name.clone()?,
        };
        (self.members == 1).then(|| row.into())
    }
}
