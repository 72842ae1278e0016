//! Attendance, the course of a session, and how both are said.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::identity::identity;

pub use crate::groups::CancelReason;

identity! {
    /// One meeting of a group.
    SessionId
}

identity! {
    /// Something that somebody said they would do.
    ActionId
}

/// How somebody was at a session: the seven states of the Centre's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum AttendanceState {
    /// From beginning to end.
    Attended,
    /// Came after the beginning; the minutes say how much remained.
    Late,
    /// Went before the end; the minutes say how much there was.
    LeftEarly,
    /// Said in good time that they could not come.
    Apologies,
    /// Neither came nor said so.
    DidNotAttend,
    /// Said after the cut-off that they could not come.
    CancelledByMember,
    /// There was no session for anybody.
    CancelledByCentre,
}

impl AttendanceState {
    /// Every state, in the order of the record.
    pub const ALL: [Self; 7] = [
        Self::Attended,
        Self::Late,
        Self::LeftEarly,
        Self::Apologies,
        Self::DidNotAttend,
        Self::CancelledByMember,
        Self::CancelledByCentre,
    ];

    /// What can be said of one person, in the order in which the attendance sheet offers it: late apologies stand beside apologies.
    /// A session is cancelled by the Centre for everybody or for nobody, so that state is not offered.
    pub const OF_ONE: [Self; 6] =
        [Self::Attended, Self::Late, Self::LeftEarly, Self::Apologies, Self::CancelledByMember, Self::DidNotAttend];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attended => "Present",
            Self::Late => "Came late",
            Self::LeftEarly => "Left early",
            Self::Apologies => "Apologies",
            Self::DidNotAttend => "Absent",
            Self::CancelledByMember => "Late apologies",
            Self::CancelledByCentre => "Cancelled by the Centre",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Late => "late",
            Self::LeftEarly => "left_early",
            Self::Apologies => "apologies",
            Self::DidNotAttend => "did_not_attend",
            Self::CancelledByMember => "cancelled_by_member",
            Self::CancelledByCentre => "cancelled_by_centre",
        }
    }

    /// The state of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether somebody was at the session, or at a part of it.
    pub const fn was_there(self) -> bool {
        matches!(self, Self::Attended | Self::Late | Self::LeftEarly)
    }

    /// Whether only part of the session was attended, so that the minutes have to be said.
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Late | Self::LeftEarly)
    }
}

/// What somebody is at a session beside the supervisor who leads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum HostRole {
    /// Leads it together with the supervisor, who marks the attendance.
    CoSupervisor,
    /// Is there to learn from it, and leads nothing.
    Observer,
}

impl HostRole {
    /// Every role, in the order in which the form offers them.
    pub const ALL: [Self; 2] = [Self::CoSupervisor, Self::Observer];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CoSupervisor => "Co-supervisor",
            Self::Observer => "Observer",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CoSupervisor => "co_supervisor",
            Self::Observer => "observer",
        }
    }

    /// The role of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Why a finished attendance is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// It was marked by mistake.
    Mistake,
    /// Somebody said afterwards how it was.
    ToldAfterwards,
    /// The minutes were not right.
    Minutes,
    /// Anything else.
    Other,
}

impl CorrectionReason {
    /// Every reason, in the order in which the form offers them.
    pub const ALL: [Self; 4] = [Self::Mistake, Self::ToldAfterwards, Self::Minutes, Self::Other];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mistake => "It was marked by mistake",
            Self::ToldAfterwards => "Somebody said afterwards how it was",
            Self::Minutes => "The minutes were not right",
            Self::Other => "Another reason",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::ToldAfterwards => "told_afterwards",
            Self::Minutes => "minutes",
            Self::Other => "other",
        }
    }

    /// The reason of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// How far a session has come, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// It lies ahead.
    Planned,
    /// From a quarter of an hour before the beginning to the end, while the room can be entered.
    Open,
    /// It is over, and the attendance is not finished: it does not count as delivered.
    NotMarked,
    /// It is over, and the attendance is finished.
    Done,
    /// The Centre cancelled it.
    Cancelled,
}

impl SessionState {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Open => "Open now",
            Self::NotMarked => "Attendance not finished",
            Self::Done => "Attendance finished",
            Self::Cancelled => "Cancelled by the Centre",
        }
    }
}

/// The moments that decide how far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// When the supervisor finished the attendance.
    pub marked_at: Option<DateTime<Utc>>,
    /// When the Centre cancelled it.
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Course {
    /// How long before the beginning the room can be entered.
    const EARLY: TimeDelta = TimeDelta::minutes(15);
    /// How long before the beginning apologies stop being in good time.
    pub(crate) const NOTICE: TimeDelta = TimeDelta::hours(24);
    /// How long after the end the session's supervisor may correct the attendance.
    const CORRECTION: TimeDelta = TimeDelta::days(30);

    /// How far the session has come.
    pub fn state(&self, now: DateTime<Utc>) -> SessionState {
        if self.cancelled_at.is_some() {
            return SessionState::Cancelled;
        }
        if self.marked_at.is_some() {
            return SessionState::Done;
        }
        if now >= self.ends_at {
            return SessionState::NotMarked;
        }
        if now >= self.opens_at() { SessionState::Open } else { SessionState::Planned }
    }

    /// When the room can be entered.
    pub fn opens_at(&self) -> DateTime<Utc> {
        self.starts_at - Self::EARLY
    }

    /// When apologies stop being in good time.
    pub fn cut_off(&self) -> DateTime<Utc> {
        self.starts_at - Self::NOTICE
    }

    /// Whether it is still to come or under way, whatever has been marked already.
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        self.cancelled_at.is_none() && now < self.ends_at
    }

    /// By when the attendance is to be finished, in UK local time: 17:00 on its day.
    pub fn due(&self) -> NaiveDateTime {
        due_on(::series::local(self.ends_at).date()).and_time(NaiveTime::MIN) + TimeDelta::hours(17)
    }

    /// Whether the attendance is not finished though it was due.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == SessionState::NotMarked && now > ::series::instant(self.due())
    }

    /// Until when the session's supervisor corrects a finished attendance; later, a coordinator does.
    pub fn supervisor_corrects_until(&self) -> DateTime<Utc> {
        self.ends_at + Self::CORRECTION
    }

    /// What apologies sent at a moment are recorded as.
    pub fn state_of_apologies(&self, sent_at: DateTime<Utc>) -> AttendanceState {
        if sent_at > self.cut_off() { AttendanceState::CancelledByMember } else { AttendanceState::Apologies }
    }
}

/// The day on which the attendance of a session that was held on a day is due: two working days later.
pub fn due_on(held_on: NaiveDate) -> NaiveDate {
    ::series::working_days_after(held_on, 2)
}

/// Sessions that ended before this moment have been over for more than five working days, to 17:00 on the last of them: the attendance of
/// those that are not finished is on the list of the coordinators.
pub fn long_overdue_before(now: DateTime<Utc>) -> DateTime<Utc> {
    // No five working days fill more days than this, whatever holidays lie among them.
    const AT_MOST: i64 = 30;

    let local = ::series::local(now);
    let is_long_ago = |day: &NaiveDate| ::series::working_days_after(*day, 5).and_time(NaiveTime::MIN) + TimeDelta::hours(17) < local;
    let newest = (0..AT_MOST).map(|days| local.date() - TimeDelta::days(days)).find(is_long_ago);
    let newest = newest.unwrap_or_else(|| local.date() - TimeDelta::days(AT_MOST));
    ::series::instant((newest + TimeDelta::days(1)).and_time(NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-10-{time}:00Z").parse().unwrap()
    }

    fn course() -> Course {
        Course { starts_at: at("22T09:00"), ends_at: at("22T10:30"), marked_at: None, cancelled_at: None }
    }

    #[test]
    fn every_state_is_found_by_its_key_and_has_words_of_its_own() {
        for state in AttendanceState::ALL {
            assert_eq!(AttendanceState::of_key(state.key()), Some(state));
            assert_eq!(AttendanceState::ALL.iter().filter(|other| other.name() == state.name()).count(), 1);
        }
        assert_eq!(AttendanceState::of_key("asleep"), None);
    }

    #[test]
    fn the_sheet_offers_every_state_but_the_one_for_everybody() {
        let offered: Vec<_> = AttendanceState::ALL.into_iter().filter(|state| AttendanceState::OF_ONE.contains(state)).collect();
        assert_eq!(offered.len(), 6);
        assert!(!offered.contains(&AttendanceState::CancelledByCentre));
    }

    #[test]
    fn the_room_is_open_from_a_quarter_of_an_hour_before_until_the_end() {
        let course = course();
        assert_eq!(course.state(at("22T08:44")), SessionState::Planned);
        assert_eq!(course.state(at("22T08:45")), SessionState::Open);
        assert_eq!(course.state(at("22T10:29")), SessionState::Open);
        assert_eq!(course.state(at("22T10:30")), SessionState::NotMarked);
    }

    #[test]
    fn a_finished_or_cancelled_session_stays_so() {
        let finished = Course { marked_at: Some(at("22T10:35")), ..course() };
        assert_eq!(finished.state(at("22T10:36")), SessionState::Done);
        let cancelled = Course { cancelled_at: Some(at("20T09:00")), ..course() };
        assert_eq!(cancelled.state(at("22T08:50")), SessionState::Cancelled);
    }

    #[test]
    fn the_attendance_is_due_two_working_days_after_the_session() {
        // Thursday 22 October 2026; the Monday after it is the second working day, in winter time already.
        let course = course();
        assert_eq!(course.due().to_string(), "2026-10-26 17:00:00");
        assert!(!course.is_overdue(at("26T17:00")));
        assert!(course.is_overdue(at("26T17:01")));
        assert!(!Course { marked_at: Some(at("26T18:00")), ..course }.is_overdue(at("27T09:00")));
    }

    #[test]
    fn the_coordinators_have_it_on_their_list_after_five_working_days() {
        // Thursday 22 October 2026; the Thursday after it is the fifth working day.
        assert_eq!(long_overdue_before(at("29T17:00")), at("21T23:00"));
        assert_eq!(long_overdue_before(at("29T17:01")), at("22T23:00"));
        assert!(course().ends_at < at("22T23:00"));
        // A weekend adds nothing: on the Sunday it is still what it was on the Friday evening.
        assert_eq!(long_overdue_before(at("25T12:00")), long_overdue_before(at("23T16:01")));
    }

    #[test]
    fn apologies_are_late_once_less_than_a_day_is_left() {
        assert_eq!(course().state_of_apologies(at("21T09:00")), AttendanceState::Apologies);
        assert_eq!(course().state_of_apologies(at("21T09:01")), AttendanceState::CancelledByMember);
    }
}
