//! What the pages of polls show.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Answer, Subject, Time};
use crate::people::PersonName;

/// A poll as somebody sees it who came by a link: nothing of anybody else is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollToAnswer {
    /// The first name of the one whose link it is, so that whoever holds another's notices.
    pub given_name: String,
    /// Whether it is for a group that they are in.
    pub is_for_group: bool,
    /// What is asked.
    pub subject: Subject,
    /// The times.
    pub times: Vec<Time>,
    /// What they have answered, by the place of the time.
    pub own: BTreeMap<i64, Answer>,
    /// The moment of the answer.
    pub now: DateTime<Utc>,
}

/// A poll as whoever plans sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollPage {
    /// Its part of the address.
    pub code: String,
    /// The group: its part of the address and its name.
    pub group: Option<(String, String)>,
    /// What is asked.
    pub subject: Subject,
    /// Whether the reader is its organiser.
    pub is_organiser: bool,
    /// The times with how they are answered.
    pub times: Vec<Tally>,
    /// How many were asked, and how many of them have answered.
    pub asked: i64,
    /// How many have answered.
    pub answered: i64,
    /// Who answered what; for the organiser alone.
    pub people: Vec<Answering>,
    /// The groups that could take up a time, where the poll is for none: part of the address, and name.
    pub groups: Vec<(String, String)>,
    /// When those who had not answered were asked once more.
    pub nudged_on: Option<NaiveDate>,
    /// Whether they can be asked once more now.
    pub may_nudge: bool,
    /// The time that became a series.
    pub chosen: Option<i64>,
    /// The moment of the answer.
    pub now: DateTime<Utc>,
}

/// A time, and how many it suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The time.
    pub time: Time,
    /// How many say yes.
    pub yes: i64,
    /// How many say if need be.
    pub if_need_be: i64,
    /// How many say no.
    pub no: i64,
}

impl Tally {
    /// What times are ordered by: those whom it suits in one way or the other first, then those whom it simply suits.
    pub const fn merit(&self) -> (i64, i64) {
        (self.yes + self.if_need_be, self.yes)
    }
}

impl PollPage {
    /// How well the times suit that suit most people; nothing before anybody has answered.
    pub fn most(&self) -> Option<(i64, i64)> {
        self.times.iter().map(Tally::merit).max().filter(|merit| merit.0 > 0)
    }

    /// The time that suits most people, the earliest where several do; none before anybody has answered.
    pub fn best(&self) -> Option<i64> {
        let best = self.most()?;
        self.times.iter().find(|tally| tally.merit() == best).map(|tally| tally.time.place)
    }
}

/// Somebody who was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    /// Who.
    pub name: PersonName,
    /// What they answered, by the place of the time; nothing where they have not.
    pub own: BTreeMap<i64, Answer>,
    /// Whether their links were taken back.
    pub is_revoked: bool,
}

/// A poll in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollLine {
    /// Its part of the address.
    pub code: String,
    /// The group's name, where it is for one.
    pub group_name: Option<String>,
    /// What is asked.
    pub subject: Subject,
    /// How many were asked.
    pub asked: i64,
    /// How many have answered.
    pub answered: i64,
    /// Whether it is open.
    pub is_open: bool,
}

/// What the form of a new poll begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollToMake {
    /// The group: its part of the address and its name. None where people are named.
    pub group: Option<(String, String)>,
    /// How long its sessions last.
    pub length_minutes: i64,
    /// Weeks from one to the next.
    pub every_weeks: i64,
    /// From when the times of a week would hold, and by when to answer.
    pub begins_on: NaiveDate,
    /// The last day for answers.
    pub closes_on: NaiveDate,
}
