//! What the board holds, what of it is asked for, and when a week is too full.

use std::collections::HashSet;

use ::series::Closure;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Days, date_of};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonName;
use crate::sessions::{Course, SessionState};
use crate::ui::{clock_time, day_month_year, hours_and_minutes, time_range};

/// How long somebody's sessions of a week may last together before the week is too full, unless their contract says how long: the rest
/// is for preparing, for what is written, and for their own supervision.
pub const FULL_WEEK_MINUTES: i64 = 12 * 60;

/// A week of the Centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The moment of the answer, by which a session is planned, open or over.
    pub now: DateTime<Utc>,
    /// The week.
    pub days: Days,
    /// Everybody who can be chosen from.
    pub supervisors: Vec<PersonName>,
    /// Who leads sessions, or could: first those who are supervisors no more, then everybody by name.
    pub lines: Vec<BoardLine>,
    /// When the Centre is closed, of that week and later ones.
    pub closures: Vec<Closure>,
}

/// A supervisor, with the week's sessions that are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// Who it is.
    pub supervisor: PersonName,
    /// Whether they may lead sessions; otherwise somebody has to take them over.
    pub is_supervisor: bool,
    /// How long their sessions last that week, without those that are cancelled, whatever is shown.
    pub load_minutes: i64,
    /// How long they may last before the week is too full.
    pub full_minutes: i64,
    /// Their sessions, in order.
    pub sessions: Vec<BoardSession>,
}

/// A session on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSession {
    /// Its address.
    pub code: String,
    /// "Aire group".
    pub group_name: String,
    /// What this session is called beside its group; mostly empty.
    pub session_title: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// When it begins, on the clocks of the United Kingdom.
    pub starts_local: NaiveDateTime,
    /// How long it lasts.
    pub length_minutes: i64,
    /// The moments that decide how far it has come.
    #[serde(flatten)]
    pub course: Course,
    /// Whose group it is, where somebody else leads the session: "Daniel O.".
    pub usual_supervisor: Option<String>,
    /// Whether the reader plans when it is.
    pub is_planner: bool,
}

impl BoardLine {
    /// Whether the week is too full.
    pub fn is_over(&self) -> bool {
        self.load_minutes > self.full_minutes
    }

    /// The sessions that overlap another of the same person while both are still to be held.
    pub fn clashes(&self, now: DateTime<Utc>) -> HashSet<&str> {
        let to_come: Vec<&BoardSession> = self.sessions.iter().filter(|session| session.is_to_come(now)).collect();
        // In order of beginning, so one that overlaps any later one overlaps the next, or is longer than all between.
        let pairs = to_come.iter().enumerate().flat_map(|(place, one)| {
            let later = to_come.iter().skip(place.saturating_add(1)).take_while(|other| other.course.starts_at < one.course.ends_at);
            later.flat_map(move |other| [one.code.as_str(), other.code.as_str()])
        });
        pairs.collect()
    }
}

impl BoardSession {
    /// The day on which it begins.
    pub fn date(&self) -> NaiveDate {
        self.starts_local.date()
    }

    /// "Aire group"; individual supervision by its kind, without a name.
    pub fn title(&self) -> &str {
        if self.kind.is_named_by_kind() { self.kind.name() } else { &self.group_name }
    }

    /// What is said of it in view: "10:00 Aire group", "10:00 Aire group: Review of our agreement".
    pub fn words(&self) -> String {
        let own = if self.session_title.is_empty() { String::new() } else { format!(": {}", self.session_title) };
        format!("{} {}{own}", clock_time(self.starts_local.time()), self.title())
    }

    /// How far it has come, in a word; nothing while it is planned.
    pub fn state_words(&self, now: DateTime<Utc>) -> Option<&'static str> {
        match self.course.state(now) {
            SessionState::Planned => None,
            SessionState::Open => Some("Now"),
            SessionState::NotMarked => Some("Not marked"),
            SessionState::Done => Some("Marked"),
            SessionState::Cancelled => Some("Cancelled"),
        }
    }

    /// For whom somebody else leads it, while it is still to be held.
    pub fn covered_for(&self, now: DateTime<Utc>) -> Option<&str> {
        self.usual_supervisor.as_deref().filter(|_| self.is_to_come(now))
    }

    /// What is in view below its words: what kind it is, unless the name says so, and how far it has come.
    pub fn remarks(&self, now: DateTime<Utc>, is_clash: bool) -> Vec<String> {
        let is_named_by_kind = self.title().to_lowercase().ends_with(&self.kind.name().to_lowercase());
        let parts = [
            (!is_named_by_kind).then(|| self.kind.name().to_owned()),
            is_clash.then(|| "Clash".to_owned()),
            self.state_words(now).map(str::to_owned),
            self.covered_for(now).map(|usual| format!("Cover for {usual}")),
        ];
        parts.into_iter().flatten().collect()
    }

    /// From when to when it is moved by hand, "10:00" and "11:30"; nothing where the reader may not move it, or no longer, and where it goes on past
    /// midnight, of which the cell of a day tells nothing.
    pub fn moves(&self, now: DateTime<Utc>) -> Option<(String, String)> {
        let ends = self.starts_local + TimeDelta::minutes(self.length_minutes);
        let may_be_moved = self.is_planner && self.course.state(now) == SessionState::Planned && ends.date() == self.date();
        may_be_moved.then(|| (clock_time(self.starts_local.time()), clock_time(ends.time())))
    }

    /// Everything in one sentence, which begins with what is in view.
    pub fn spoken(&self, now: DateTime<Utc>, is_clash: bool) -> String {
        let mut parts = vec![self.words()];
        parts.extend(self.remarks(now, is_clash));
        parts.extend(self.state_words(now).is_none().then(|| "Planned".to_owned()));
        parts.push(day_month_year(self.date()));
        parts.push(time_range(self.starts_local, ::series::local(self.course.ends_at)));
        parts.push(hours_and_minutes(self.length_minutes));
        parts.join(", ")
    }

    fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        matches!(self.course.state(now), SessionState::Planned | SessionState::Open)
    }
}

/// Which week is asked for and what of it, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardForm {
    /// A day of the week: "2026-10-19".
    pub day: String,
    /// Where those who are supervised work: the name of a region, or empty.
    pub region: String,
    /// `group`, `one_to_one`, `vig`, `supervisors`, or empty.
    pub kind: String,
    /// The code of a supervisor, or empty.
    pub supervisor: String,
}

/// The same, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The week.
    pub days: Days,
    /// A region, or empty for all.
    pub region: String,
    /// A kind, or every kind.
    pub kind: Option<GroupKind>,
    /// The code of a supervisor, or empty for all.
    pub supervisor: String,
}

impl BoardForm {
    /// Whether only a part of the week is asked for.
    pub fn is_narrow(&self) -> bool {
        !(self.region.is_empty() && self.kind.is_empty() && self.supervisor.is_empty())
    }

    /// Reads it. A kind that there is none of asks for all, as in every filter.
    pub fn check(&self) -> Result<Asked, AppError> {
        let day = date_of(&self.day).ok_or_else(|| AppError::invalid("day", "Enter a date like 2026-10-19"))?;
        Ok(Asked {
            days: Days::week_of(day),
            region: self.region.clone(),
            kind: GroupKind::of_key(&self.kind),
            supervisor: self.supervisor.clone(),
        })
    }
}

impl Asked {
    /// Whether a line is asked for: that of the supervisor who was chosen; of all others those with anything to show, and without a choice
    /// those who have time as well.
    pub fn has(&self, line: &BoardLine) -> bool {
        if !self.supervisor.is_empty() {
            return line.supervisor.code == self.supervisor;
        }
        let is_narrow = !self.region.is_empty() || self.kind.is_some();
        !is_narrow || !line.sessions.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn session(starts: &str, length_minutes: i64) -> BoardSession {
        let starts_at = at(starts);
        BoardSession {
            code: starts.to_owned(),
            group_name: "Aire group".to_owned(),
            session_title: String::new(),
            kind: GroupKind::Group,
            starts_local: ::series::local(starts_at),
            length_minutes,
            course: Course { starts_at, ends_at: starts_at + TimeDelta::minutes(length_minutes), marked_at: None, cancelled_at: None },
            usual_supervisor: None,
            is_planner: true,
        }
    }

    fn line(sessions: Vec<BoardSession>) -> BoardLine {
        let supervisor = PersonName { code: "k3f9x2mv".to_owned(), short: "Dr Ruth A.".to_owned(), initials: "RA".to_owned() };
        BoardLine { supervisor, is_supervisor: true, load_minutes: 0, full_minutes: FULL_WEEK_MINUTES, sessions }
    }

    #[test]
    fn a_session_is_said_whole_and_begins_with_what_is_in_view() {
        let early = at("2026-10-19T08:00:00Z");
        let mut aire = session("2026-10-22T09:00:00Z", 90);
        assert_eq!(aire.spoken(early, false), "10:00 Aire group, Planned, Thursday 22 October 2026, 10:00 to 11:30, 1 hour 30 minutes");
        aire.usual_supervisor = Some("Daniel O.".to_owned());
        assert!(aire.spoken(early, true).starts_with("10:00 Aire group, Clash, Cover for Daniel O., Planned, Thursday 22 October"));
        assert!(aire.spoken(at("2026-10-22T10:30:00Z"), false).starts_with("10:00 Aire group, Not marked, Thursday"));
        aire.session_title = "Review of our agreement".to_owned();
        assert!(
            aire.spoken(early, false).starts_with("10:00 Aire group: Review of our agreement, Cover for"),
            "{}",
            aire.spoken(early, false)
        );
        aire.session_title = String::new();
        aire.kind = GroupKind::Reflective;
        assert!(aire.spoken(early, false).starts_with(&format!("10:00 Aire group, {}, ", GroupKind::Reflective.name())));
    }

    #[test]
    fn whoever_plans_a_session_moves_it_while_it_is_to_come_and_within_its_day() {
        let early = at("2026-10-19T08:00:00Z");
        let aire = session("2026-10-22T09:00:00Z", 90);
        assert_eq!(aire.moves(early), Some(("10:00".to_owned(), "11:30".to_owned())));
        assert_eq!(aire.moves(at("2026-10-22T09:30:00Z")), None, "it has begun");
        assert_eq!(session("2026-10-22T22:00:00Z", 90).moves(early), None, "it ends on another day");
        assert_eq!(BoardSession { is_planner: false, ..aire }.moves(early), None);
    }

    #[test]
    fn individual_supervision_names_nobody() {
        let mut alone = session("2026-10-22T09:00:00Z", 60);
        alone.kind = GroupKind::Vig;
        alone.group_name = "Femi and Ruth".to_owned();
        assert_eq!(alone.words(), "10:00 VIG supervision");
        assert!(!alone.spoken(at("2026-10-19T08:00:00Z"), false).contains("Femi"));
    }

    #[test]
    fn one_long_session_clashes_with_each_that_begins_in_it() {
        let early = at("2026-10-19T08:00:00Z");
        let line = line(vec![
            session("2026-10-22T09:00:00Z", 180),
            session("2026-10-22T09:30:00Z", 30),
            session("2026-10-22T11:00:00Z", 60),
            session("2026-10-22T12:00:00Z", 60),
        ]);
        assert_eq!(line.clashes(early), HashSet::from(["2026-10-22T09:00:00Z", "2026-10-22T09:30:00Z", "2026-10-22T11:00:00Z"]));
        assert!(line.clashes(at("2026-10-22T15:00:00Z")).is_empty(), "what is over clashes with nothing");
    }

    #[test]
    fn a_week_is_too_full_above_its_measure_and_not_at_it() {
        let mut line = line(Vec::new());
        line.load_minutes = line.full_minutes;
        assert!(!line.is_over());
        line.load_minutes += 1;
        assert!(line.is_over());
    }

    #[test]
    fn a_choice_leaves_out_who_has_nothing_to_show_but_not_whom_it_names() {
        let asked = |supervisor: &str, kind: &str| {
            let form = BoardForm { day: "2026-10-22".into(), supervisor: supervisor.into(), kind: kind.into(), ..BoardForm::default() };
            form.check().unwrap()
        };
        let (free, busy) = (line(Vec::new()), line(vec![session("2026-10-22T09:00:00Z", 90)]));
        assert!(asked("", "").has(&free) && asked("", "nonsense").has(&free));
        assert!(!asked("", "vig").has(&free) && asked("", "vig").has(&busy));
        assert!(asked("k3f9x2mv", "vig").has(&free) && !asked("another", "").has(&busy));
    }
}
