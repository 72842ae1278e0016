//! An occurrence, and how it is said.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::kind::OccurrenceKind;
use crate::groups::MeetingMode;
use crate::paths;
use crate::people::PersonName;
use crate::sessions::{AttendanceState, Course, SessionState};
use crate::ui::{day_month_year, hours_and_minutes, lower_first, time_range};

/// A session, or an event, in somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// Its address.
    pub code: String,
    /// "Aire group"; of an event, its title.
    pub group_name: String,
    /// The group's address; empty of an event.
    pub group_slug: String,
    /// What kind of supervision or of event it is.
    pub kind: OccurrenceKind,
    /// How it meets.
    pub mode: MeetingMode,
    /// Where, if it meets at a place.
    pub place: String,
    /// What this session is called beside its group; mostly empty.
    pub session_title: String,
    /// The telephone number of an online room, for when it will not open; may be empty.
    pub room_phone: String,
    /// Its place in the series, counted from one.
    pub number: i64,
    /// How many sessions the series has.
    pub of: i64,
    /// Who leads it.
    pub supervisor: PersonName,
    /// Whose group it is, where somebody else leads the session.
    pub group_supervisor: Option<PersonName>,
    /// The one supervisee of individual supervision; nobody for a group.
    pub supervisee: Option<PersonName>,
    /// When it begins, on the clocks of the United Kingdom.
    pub starts_local: NaiveDateTime,
    /// When it ends, on the same clocks.
    pub ends_local: NaiveDateTime,
    /// How long it lasts.
    pub length_minutes: i64,
    /// The moments that decide how far it has come.
    #[serde(flatten)]
    pub course: Course,
    /// What the calendar's owner is to it.
    pub part: Part,
    /// Whether the owner leads its group, and so plans when it is.
    pub is_planner: bool,
    /// How many belong to the group on that day.
    pub members: i64,
    /// How many of them have sent apologies.
    pub apologies: i64,
    /// How many of them came, once that is marked.
    pub attended: i64,
    /// Whether the owner is one of those who have sent apologies.
    pub own_apologies: bool,
    /// How the owner was there, once that is marked.
    pub own_state: Option<AttendanceState>,
}

/// What somebody is to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Leads it.
    Leads,
    /// Is supervised in it.
    Member,
    /// Leads its group, while somebody else leads the session.
    Covered,
    /// Leads it together with its supervisor, or observes it.
    Hosts,
    /// Waits for a place at an event.
    Waits,
    /// May come to an event, and has not answered.
    Invited,
}

impl Occurrence {
    /// The address of its page.
    pub fn address(&self) -> String {
        if self.kind.is_event() { paths::event(&self.code) } else { paths::session(&self.code) }
    }

    /// The address of the page on which its attendance is marked.
    pub fn record_address(&self) -> String {
        if self.kind.is_event() { paths::event_record(&self.code) } else { paths::record(&self.code) }
    }

    /// The day on which it begins.
    pub fn date(&self) -> NaiveDate {
        self.starts_local.date()
    }

    /// How far it has come.
    pub fn state(&self, now: DateTime<Utc>) -> SessionState {
        self.course.state(now)
    }

    /// "Aire group", and "Aire group: Review of our agreement" where the session has a title of its own; individual supervision is called after the
    /// other person, since two people are all there is to it.
    pub fn title(&self) -> String {
        self.with_own_title(self.name())
    }

    /// The title on paper, which others may pick up: nobody's name in individual supervision.
    pub fn title_without_names(&self) -> String {
        self.with_own_title(self.name_without_names())
    }

    fn name(&self) -> String {
        match (&self.supervisee, self.part) {
            (None, _) => self.group_name.clone(),
            (Some(supervisee), Part::Leads | Part::Covered) => supervisee.short.clone(),
            (Some(_), _) => format!("{} with {}", self.kind.name(), self.supervisor.short),
        }
    }

    fn name_without_names(&self) -> String {
        if self.supervisee.is_some() { self.kind.name().to_owned() } else { self.group_name.clone() }
    }

    fn with_own_title(&self, name: String) -> String {
        if self.session_title.is_empty() { name } else { format!("{name}: {}", self.session_title) }
    }

    /// "Online", or the place.
    pub fn whereabouts(&self) -> &str {
        match self.mode {
            MeetingMode::Online => "Online",
            MeetingMode::InPerson => &self.place,
        }
    }

    /// "10:00 to 11:30".
    pub fn times(&self) -> String {
        time_range(self.starts_local, self.ends_local)
    }

    /// For whom somebody else leads a session that is still to be held. Once it is over the group may have another supervisor for good, so
    /// that nothing is said of it.
    pub fn covered_for(&self, now: DateTime<Utc>) -> Option<&PersonName> {
        let is_to_come = matches!(self.state(now), SessionState::Planned | SessionState::Open);
        self.group_supervisor.as_ref().filter(|_| is_to_come)
    }

    /// "5 of 6 coming" before a session of a group, "5 of 6 attended" after it, for the one who leads it.
    pub fn who_comes(&self, now: DateTime<Utc>) -> Option<String> {
        if self.supervisee.is_some() || self.members == 0 {
            return None;
        }
        match self.state(now) {
            SessionState::Planned | SessionState::Open if self.kind.is_event() => Some(format!("{} coming", self.members)),
            SessionState::Done if self.kind.is_event() => None,
            SessionState::Planned | SessionState::Open => {
                Some(format!("{} of {} coming", self.members.saturating_sub(self.apologies), self.members))
            }
            SessionState::Done if self.part == Part::Leads => Some(format!("{} of {} attended", self.attended, self.members)),
            SessionState::Done | SessionState::NotMarked | SessionState::Cancelled => None,
        }
    }

    /// What there is to say of it beyond its time: an icon, and the words that mean the same.
    pub fn remark(&self, now: DateTime<Utc>) -> Option<Remark> {
        let cover = || self.covered_for(now).map(|_| Remark { icon: "arrow-left-right", words: "Cover" });
        self.remark_of_state(now).or_else(cover)
    }

    /// What its state has to say; nothing while it is planned and the owner comes.
    fn remark_of_state(&self, now: DateTime<Utc>) -> Option<Remark> {
        if self.is_unsettled() {
            return self.remark_of_unsettled(now);
        }
        let is_led = self.part == Part::Leads;
        let remark = match self.state(now) {
            SessionState::Cancelled => Remark { icon: "calendar-x", words: "Cancelled" },
            SessionState::Planned | SessionState::Open if self.own_apologies && !self.kind.has_members() => {
                Remark { icon: "calendar-off", words: "Place given back" }
            }
            SessionState::Planned | SessionState::Open if self.own_apologies => {
                Remark { icon: "calendar-off", words: "You sent apologies" }
            }
            SessionState::Planned => return None,
            SessionState::Open => Remark { icon: "video", words: "Join now" },
            SessionState::NotMarked if is_led => Remark { icon: "circle-alert", words: "Not marked" },
            SessionState::NotMarked => Remark { icon: "clock", words: "Over, not marked yet" },
            SessionState::Done if is_led => Remark { icon: "check", words: "Marked" },
            SessionState::Done => {
                let icon = if self.own_state.is_none_or(AttendanceState::was_there) { "check" } else { "minus" };
                Remark { icon, words: self.own_state.map_or("Marked", own_words) }
            }
        };
        Some(remark)
    }

    /// Everything in one sentence, for whoever hears the calendar:
    /// "Aire group, group, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes, 5 of 6 coming, join now".
    pub fn spoken(&self, now: DateTime<Utc>, is_clash: bool) -> String {
        self.said_of(self.name(), now, is_clash)
    }

    /// The same for paper, without anybody's name in individual supervision.
    pub fn spoken_without_names(&self, now: DateTime<Utc>, is_clash: bool) -> String {
        self.said_of(self.name_without_names(), now, is_clash)
    }

    fn said_of(&self, name: String, now: DateTime<Utc>, is_clash: bool) -> String {
        let kind = self.kind.name().to_lowercase().replace("vig", "VIG");
        let is_named_by_kind = name == self.kind.name();
        let mut parts = vec![self.with_own_title(name)];
        parts.extend((!is_named_by_kind).then_some(kind));
        parts.extend([day_month_year(self.date()), self.times(), hours_and_minutes(self.length_minutes)]);
        parts.extend(self.who_comes(now));
        if is_clash {
            parts.push("clash".to_owned());
        }
        parts.push(self.remark_of_state(now).map_or_else(|| "planned".to_owned(), |remark| lower_first(remark.words)));
        parts.extend(self.covered_for(now).map(|usual| match self.part {
            Part::Leads => format!("cover for {}", usual.short),
            _ => format!("{} leads instead of {}", self.supervisor.short, usual.short),
        }));
        parts.join(", ")
    }

    /// Whether the owner may still move it.
    pub fn may_be_moved(&self, now: DateTime<Utc>) -> bool {
        self.is_planner && self.course.starts_at > now && self.state(now) != SessionState::Cancelled
    }

    /// Whether two sessions of one calendar are planned for the same time. One that is cancelled, over, that the owner has sent apologies for,
    /// or at which they have no place takes no time.
    pub fn clashes_with(&self, other: &Self, now: DateTime<Utc>) -> bool {
        let takes_time =
            |one: &Self| !one.own_apologies && !one.is_unsettled() && matches!(one.state(now), SessionState::Planned | SessionState::Open);
        takes_time(self)
            && takes_time(other)
            && self.course.starts_at < other.course.ends_at
            && other.course.starts_at < self.course.ends_at
    }
}

/// A few words about a session, and the icon that stands beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its name in the sprite.
    pub icon: &'static str,
    /// The words.
    pub words: &'static str,
}

/// What the record says of the reader, said to the reader.
const fn own_words(state: AttendanceState) -> &'static str {
    match state {
        AttendanceState::Attended => "You attended",
        AttendanceState::Late | AttendanceState::LeftEarly => "You attended in part",
        AttendanceState::Apologies | AttendanceState::CancelledByMember => "You sent apologies",
        AttendanceState::DidNotAttend => "You were absent",
        AttendanceState::CancelledByCentre => "Cancelled",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::GroupKind;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn aire() -> Occurrence {
        let name = |short: &str| PersonName { code: "k3f9x2mv".to_owned(), short: short.to_owned(), initials: "RA".to_owned() };
        Occurrence {
            code: "q7m2k9dp".to_owned(),
            group_name: "Aire group".to_owned(),
            group_slug: "aire".to_owned(),
            kind: OccurrenceKind::Supervision(GroupKind::Group),
            mode: MeetingMode::Online,
            place: String::new(),
            session_title: String::new(),
            room_phone: String::new(),
            number: 4,
            of: 10,
            supervisor: name("Dr Ruth A."),
            group_supervisor: None,
            supervisee: None,
            starts_local: date("2026-10-22").and_hms_opt(10, 0, 0).unwrap(),
            ends_local: date("2026-10-22").and_hms_opt(11, 30, 0).unwrap(),
            length_minutes: 90,
            course: Course {
                starts_at: at("2026-10-22T09:00:00Z"),
                ends_at: at("2026-10-22T10:30:00Z"),
                marked_at: None,
                cancelled_at: None,
            },
            part: Part::Member,
            is_planner: false,
            members: 6,
            apologies: 1,
            attended: 0,
            own_apologies: false,
            own_state: None,
        }
    }

    #[test]
    fn a_session_is_said_whole() {
        const WHEN: &str = "Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes";
        let early = at("2026-10-19T08:00:00Z");
        assert_eq!(aire().spoken(early, false), format!("Aire group, group, {WHEN}, 5 of 6 coming, planned"));
        let open = at("2026-10-22T08:48:00Z");
        assert_eq!(aire().spoken(open, true), format!("Aire group, group, {WHEN}, 5 of 6 coming, clash, join now"));
        let review = Occurrence { session_title: "Review of our agreement".to_owned(), ..aire() };
        assert_eq!(review.title(), "Aire group: Review of our agreement");
        let expected = format!("Aire group: Review of our agreement, group, {WHEN}, 5 of 6 coming, planned");
        assert_eq!((review.spoken(early, false), review.spoken_without_names(early, false)), (expected.clone(), expected));
    }

    #[test]
    fn a_cancelled_session_says_so_and_counts_nobody() {
        let mut aire = aire();
        aire.course.cancelled_at = Some(at("2026-10-20T09:00:00Z"));
        let spoken = aire.spoken(at("2026-10-22T08:48:00Z"), false);
        assert_eq!(spoken, "Aire group, group, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes, cancelled");
    }

    #[test]
    fn cover_says_for_whom_until_the_session_is_over() {
        let early = at("2026-10-19T08:00:00Z");
        let mut aire = aire();
        aire.group_supervisor = Some(PersonName { code: "x".to_owned(), short: "Daniel O.".to_owned(), initials: "DO".to_owned() });
        assert_eq!(aire.remark(early).map(|remark| remark.words), Some("Cover"));
        assert!(aire.spoken(early, false).ends_with("5 of 6 coming, planned, Dr Ruth A. leads instead of Daniel O."));
        aire.part = Part::Leads;
        assert!(aire.spoken(early, false).ends_with("planned, cover for Daniel O."));
        assert!(!aire.spoken(at("2026-10-22T10:30:00Z"), false).contains("Daniel"));
        aire.course.cancelled_at = Some(early);
        assert!(!aire.spoken(early, false).contains("Daniel"));
    }

    #[test]
    fn individual_supervision_is_called_after_the_other_person_but_not_on_paper() {
        let mut session = aire();
        session.kind = OccurrenceKind::Supervision(GroupKind::Vig);
        session.supervisee = Some(PersonName { code: "x".to_owned(), short: "Femi O.".to_owned(), initials: "FO".to_owned() });
        assert_eq!(session.title(), "VIG supervision with Dr Ruth A.");
        session.part = Part::Leads;
        assert_eq!(session.title(), "Femi O.");
        assert_eq!(session.title_without_names(), "VIG supervision");
        let early = at("2026-10-19T08:00:00Z");
        assert!(session.spoken(early, false).starts_with("Femi O., VIG supervision, Thursday 22 October 2026, "));
        assert!(session.spoken_without_names(early, false).starts_with("VIG supervision, Thursday 22 October 2026, "));
        assert_eq!(session.who_comes(at("2026-10-19T08:00:00Z")), None);
    }

    #[test]
    fn the_leader_is_reminded_to_mark_and_the_member_learns_how_they_were_marked() {
        let over = at("2026-10-22T10:30:00Z");
        let mut session = aire();
        assert_eq!(session.remark(over).map(|remark| remark.words), Some("Over, not marked yet"));
        session.part = Part::Leads;
        assert_eq!(session.remark(over).map(|remark| remark.words), Some("Not marked"));
        session.course.marked_at = Some(over);
        session.attended = 5;
        assert_eq!(session.remark(over).map(|remark| remark.words), Some("Marked"));
        assert_eq!(session.who_comes(over), Some("5 of 6 attended".to_owned()));
        session.part = Part::Member;
        session.own_state = Some(AttendanceState::LeftEarly);
        assert_eq!(session.remark(over).map(|remark| remark.words), Some("You attended in part"));
    }

    #[test]
    fn two_sessions_clash_only_while_both_are_still_to_be_held() {
        let early = at("2026-10-19T08:00:00Z");
        let (aire, mut mersey) = (aire(), aire());
        assert!(aire.clashes_with(&mersey, early));
        assert!(!aire.clashes_with(&mersey, at("2026-10-22T10:30:00Z")));
        mersey.own_apologies = true;
        assert!(!aire.clashes_with(&mersey, early));
        mersey.own_apologies = false;
        mersey.course.starts_at = aire.course.ends_at;
        mersey.course.ends_at = at("2026-10-22T12:00:00Z");
        assert!(!aire.clashes_with(&mersey, early));
        mersey.course.cancelled_at = Some(early);
        assert!(!mersey.clashes_with(&mersey, early));
    }
}
