//! What the pages of openings show.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::model::{State, Subject};
use crate::access::Role;
use crate::people::PersonName;
use crate::spaces::{Attached, Ground, HiddenAs, Poll, Reason};

/// An opening in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningLine {
    /// Its part of the address.
    pub code: String,
    /// What it is about.
    pub subject: Subject,
    /// How far it has come.
    pub state: State,
    /// When it was asked for.
    pub asked_at: NaiveDateTime,
    /// Until when it waits, or is or was open.
    pub until: NaiveDateTime,
    /// Whether the reader is asked.
    pub is_readers_to_answer: bool,
    /// Whether it is or was open, and whoever it concerns has not been told.
    pub is_untold: bool,
}

/// An opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The line of it.
    pub line: OpeningLine,
    /// Why.
    pub ground: Ground,
    /// The same in the words of whoever asks.
    pub words: String,
    /// Why whoever it concerns should not be told at once; empty where they are.
    pub silence: String,
    /// For how many hours.
    pub hours: i64,
    /// Who asks, in which role.
    pub asked_by: (PersonName, Role),
    /// What was answered.
    pub answer: Option<Answer>,
    /// When whoever it concerns was told.
    pub told_at: Option<NaiveDateTime>,
    /// Who has looked, and when first.
    pub looks: Vec<(PersonName, NaiveDateTime)>,
    /// Whether the reader is one of the two.
    pub is_readers: bool,
    /// Whether the reader asked for it and can take that back.
    pub is_readers_to_take_back: bool,
    /// Whether the reader can have whoever it concerns told.
    pub may_tell: bool,
}

/// What was answered to somebody who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answered, in which role.
    pub by: (PersonName, Role),
    /// When.
    pub at: NaiveDateTime,
    /// Whether they agreed.
    pub is_agreed: bool,
    /// In their words.
    pub words: String,
}

/// What two people have opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its part of the address.
    pub code: String,
    /// What it is about.
    pub subject: Subject,
    /// Until when it is open.
    pub until: NaiveDateTime,
    /// The posts of the page, the first first: one alone where the question is who wrote it.
    pub posts: Vec<OpenedPost>,
    /// Which page this is.
    pub page: i64,
    /// How many posts there are.
    pub total: i64,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A post as those read it who have opened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedPost {
    /// What its thread is called.
    pub title: String,
    /// Its number in the thread.
    pub number: i64,
    /// Who wrote it: "Amina R., health visitor, Bradford", or that they have left.
    pub author: String,
    /// The text as HTML, of a hidden one too; empty where it was withdrawn.
    pub html: String,
    /// When it was written.
    pub written_at: NaiveDateTime,
    /// Whether its author took it back.
    pub is_withdrawn: bool,
    /// How a moderator hid it from its readers.
    pub hidden: Option<HiddenAs>,
    /// Why they did.
    pub reason: Option<Reason>,
    /// What stands with it.
    pub files: Vec<Attached>,
    /// What it said before it was changed, and until when, the last of it first; nothing where it was withdrawn.
    pub before: Vec<(NaiveDateTime, String)>,
    /// The poll of the thread that begins with it.
    pub poll: Option<Poll>,
}

/// What the form begins with by which somebody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAsk {
    /// In which of the two roles the reader can ask.
    pub roles: Vec<Role>,
    /// Whether anybody else could agree.
    pub could_be_agreed: bool,
}
