//! What Today shows, and the words for what is about to begin.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::asking::{AsWhat, AskedLine};
use crate::calendar::Occurrence;
use crate::events::EventLine;
use crate::groups::{ChainLink, GroupKind, RunningOut};
use crate::overdue::Overdue;
use crate::people::PersonName;
use crate::sessions::Course;

/// All that Today shows, and when that was true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// The next session that will be held.
    pub next: Option<NextSession>,
    /// What comes after it, at most three, also what was cancelled.
    pub coming: Vec<Occurrence>,
    /// The next few events that the reader comes to or has not answered.
    pub events: Vec<EventLine>,
    /// What waits for the reader, soonest first.
    pub waiting: Vec<Waiting>,
    /// One's own practice; nobody's who is neither supervised nor supervises.
    pub practice: Option<Practice>,
}

/// The reader's own supervision, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// The reader's supervisors, and whether they are in supervision.
    pub chain: Vec<ChainLink>,
    /// How much supervision was attended, in minutes.
    pub minutes: i64,
    /// Since when that is counted.
    pub since: NaiveDate,
}

/// The session that the page opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextSession {
    /// When, where, with whom.
    pub occurrence: Occurrence,
    /// The other members.
    pub others: Vec<Attendee>,
}

/// Another member of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Who it is.
    pub name: PersonName,
    /// Whether they have said that they cannot come.
    pub has_sent_apologies: bool,
}

/// Something that nobody but the reader can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Waiting {
    /// Agree to a text.
    Agreement {
        /// "Aire group".
        group_name: String,
        /// The group's address.
        group_slug: String,
        /// Which version.
        version: i64,
        /// Since when it waits.
        since: NaiveDate,
    },
    /// Mark who came.
    ToMark {
        /// The session's address.
        code: String,
        /// "Aire group".
        group_name: String,
        /// The day of the session.
        held_on: NaiveDate,
        /// The day by which it should be done.
        due: NaiveDate,
    },
    /// Do what one said one would.
    Action {
        /// In one's own words.
        words: String,
        /// "Aire group".
        group_name: String,
        /// The group's address.
        group_slug: String,
        /// The day on which it was said.
        said_on: NaiveDate,
        /// The group's next session: its address and its day.
        next: Option<(String, NaiveDate)>,
    },
    /// Take a place that is held, or leave it to somebody else.
    Offer {
        /// "Aire group".
        group_name: String,
        /// The day until which it is held.
        until: NaiveDate,
    },
    /// Say whether one would be in a group, or lead it.
    Asked {
        /// What one is asked about: its part of the address.
        code: String,
        /// The kind of supervision.
        kind: GroupKind,
        /// What one would be in it.
        as_what: AsWhat,
        /// The day on which one was asked.
        asked_on: NaiveDate,
    },
    /// Have a word with somebody who has missed sessions of one's group without apologies.
    Missed {
        /// Who.
        name: PersonName,
        /// "Aire group".
        group_name: String,
        /// The group's address.
        group_slug: String,
        /// How many sessions in a row.
        count: i64,
        /// The day of the last of them.
        last_on: NaiveDate,
    },
    /// Mend sessions that are planned for days on which whoever leads them is away.
    Away {
        /// Who, where it is one person; nobody where it is the reader.
        who: Option<PersonName>,
        /// How many supervisors.
        supervisors: usize,
        /// How many sessions.
        sessions: usize,
        /// The day of the first of them.
        first_on: NaiveDate,
    },
    /// Ask supervisors who have not finished attendances for more than five working days.
    Unmarked {
        /// How many.
        count: i64,
    },
    /// Finish attendances in place of supervisors who are gone.
    LeftBehind {
        /// How many.
        count: i64,
    },
    /// Say what comes after a group's last session.
    Renewal {
        /// The group, which one leads.
        group: RunningOut,
    },
    /// Look after groups that run out, of which nobody has decided what comes next.
    Renewals {
        /// How many.
        count: i64,
        /// How many of them have had their last session.
        stopped: i64,
    },
    /// Take the next step with authorities that have had none for too long.
    Authorities {
        /// How many.
        count: i64,
    },
    /// Look after people whose invitation ran out before they came in.
    Invited {
        /// How many.
        count: i64,
    },
    /// Decide about people of whom their authority says that they do not work there.
    NotThere {
        /// How many.
        count: i64,
    },
    /// Ask authorities that have no lead here about people who are entered with them.
    NoLead {
        /// How many.
        count: i64,
    },
    /// Say who works for one’s own authority.
    Colleagues {
        /// How many wait.
        count: i64,
        /// Since when the first of them does.
        since: NaiveDate,
    },
}

impl Waiting {
    /// What it is sorted by: the day on which it should be done. What is due at any time is due now.
    pub fn due(&self) -> NaiveDate {
        match self {
            Self::Agreement { since, .. } | Self::Colleagues { since, .. } => *since,
            Self::Asked { asked_on, .. } => *asked_on,
            Self::ToMark { due, .. } => *due,
            Self::Action { next, said_on, .. } => next.as_ref().map_or(NaiveDate::MAX, |(_, day)| (*day).max(*said_on)),
            Self::Renewal { group } => group.last_on,
            Self::Missed { last_on, .. } => *last_on,
            Self::Away { first_on, .. } => *first_on,
            Self::Offer { until, .. } => *until,
            Self::Renewals { .. }
            | Self::Unmarked { .. }
            | Self::LeftBehind { .. }
            | Self::Authorities { .. }
            | Self::Invited { .. }
            | Self::NotThere { .. }
            | Self::NoLead { .. } => NaiveDate::MIN,
        }
    }
}

/// How near the next session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// On another day.
    Later,
    /// Later on the same day.
    Today,
    /// From a quarter of an hour before it begins until it ends: it can be joined.
    Open,
}

impl Moment {
    /// How near a session is that is not over.
    pub fn of(course: &Course, now: DateTime<Utc>) -> Self {
        if now >= course.opens_at() {
            Self::Open
        } else if ::series::local(course.starts_at).date() == ::series::local(now).date() {
            Self::Today
        } else {
            Self::Later
        }
    }

    /// The word that the style knows it by.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Today => "today",
            Self::Open => "open",
        }
    }
}

/// What is said in the hours before a session and while it runs: "Later today", "Starts in 12 minutes", "Started at 10:00".
///
/// A minute that has begun counts, so that "1 minute" is said until the session begins.
pub fn starts_in(seconds: i64, begins: &str) -> String {
    const HOUR: i64 = 60 * 60;
    match seconds {
        ..=0 => format!("Started at {begins}"),
        1..=60 => "Starts in 1 minute".to_owned(),
        61..=HOUR => format!("Starts in {} minutes", seconds.saturating_add(59) / 60),
        _ => "Later today".to_owned(),
    }
}

/// The page of one's own supervision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSupervision {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// Supervisors, hours, and since when they are counted.
    pub practice: Practice,
    /// The group in which one has waited longest, where supervision is overdue.
    pub overdue: Option<Overdue>,
    /// Groups that one is asked about, and can still answer.
    pub asked: Vec<AskedLine>,
    /// Sessions that are not over, soonest first.
    pub coming: Vec<Occurrence>,
    /// Sessions since then that are over, latest first.
    pub past: Vec<Occurrence>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_moment_changes_at_midnight_and_a_quarter_of_an_hour_before() {
        let course =
            Course { starts_at: at("2026-10-22T09:00:00Z"), ends_at: at("2026-10-22T10:30:00Z"), marked_at: None, cancelled_at: None };
        // Midnight in summer is 23:00 in Greenwich.
        for (now, moment) in [
            ("2026-10-21T22:59:59Z", Moment::Later),
            ("2026-10-21T23:00:00Z", Moment::Today),
            ("2026-10-22T08:44:59Z", Moment::Today),
            ("2026-10-22T08:45:00Z", Moment::Open),
            ("2026-10-22T10:29:59Z", Moment::Open),
        ] {
            assert_eq!(Moment::of(&course, at(now)), moment, "{now}");
        }
    }

    #[test]
    fn a_session_just_after_midnight_can_be_joined_the_day_before() {
        let course =
            Course { starts_at: at("2026-10-21T23:05:00Z"), ends_at: at("2026-10-22T00:00:00Z"), marked_at: None, cancelled_at: None };
        assert_eq!(Moment::of(&course, at("2026-10-21T22:50:00Z")), Moment::Open);
        assert_eq!(Moment::of(&course, at("2026-10-21T22:49:00Z")), Moment::Later);
    }

    #[test]
    fn the_last_hour_is_counted_in_minutes() {
        assert_eq!(starts_in(3601, "10:00"), "Later today");
        assert_eq!(starts_in(3600, "10:00"), "Starts in 60 minutes");
        assert_eq!(starts_in(720, "10:00"), "Starts in 12 minutes");
        assert_eq!(starts_in(661, "10:00"), "Starts in 12 minutes");
        assert_eq!(starts_in(60, "10:00"), "Starts in 1 minute");
        assert_eq!(starts_in(1, "10:00"), "Starts in 1 minute");
        assert_eq!(starts_in(0, "10:00"), "Started at 10:00");
        assert_eq!(starts_in(-600, "10:00"), "Started at 10:00");
    }

    #[test]
    fn what_waits_is_sorted_by_when_it_should_be_done() {
        let action = Waiting::Action {
            words: String::new(),
            group_name: String::new(),
            group_slug: String::new(),
            said_on: date("2026-10-08"),
            next: Some(("q7m2k9dp".to_owned(), date("2026-10-22"))),
        };
        let to_mark =
            Waiting::ToMark { code: String::new(), group_name: String::new(), held_on: date("2026-10-21"), due: date("2026-10-23") };
        let agreement = Waiting::Agreement { group_name: String::new(), group_slug: String::new(), version: 2, since: date("2026-10-12") };
        let mut waiting = [to_mark.clone(), action.clone(), agreement.clone()];
        waiting.sort_by_key(Waiting::due);
        assert_eq!(waiting, [agreement, action, to_mark]);
    }
}
