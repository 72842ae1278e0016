//! What the pages of changes show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::forms::{DetailsForm, TimesForm};
use crate::availability::Verdict;
use crate::error::Problem;
use crate::people::PersonName;

/// The session in hand, as its pages name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InHand {
    /// The code in its address.
    pub code: String,
    /// "Aire group, Thursday 22 October".
    pub name: String,
    /// The group's name.
    pub group: String,
    /// When it is held.
    pub span: Span,
    /// How many sessions of its series from this one on have not begun, this one included.
    pub following: usize,
    /// How many sessions of its series have not begun.
    pub all: usize,
}

/// From when to when, on the clocks of the United Kingdom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The beginning.
    pub starts: NaiveDateTime,
    /// The end.
    pub ends: NaiveDateTime,
}

/// The forms that change a session, with what the answers would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePage {
    /// Which session.
    pub session: InHand,
    /// What stands in the fields of its times.
    pub times: TimesForm,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// What they come to, where nothing is wrong.
    pub preview: Option<Preview>,
    /// What stands in the fields of its details.
    pub details: DetailsForm,
    /// What is wrong with them.
    pub details_problems: Vec<Problem>,
    /// What they come to, where nothing is wrong.
    pub details_preview: Option<Preview>,
    /// Those who can lead it, for who may choose.
    pub supervisors: Vec<PersonName>,
    /// Whether they meet at a place.
    pub is_in_person: bool,
}

/// The page that asks before several sessions are cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelSeriesPage {
    /// The session in hand.
    pub session: InHand,
    /// What it comes to; nothing where no session is left to cancel.
    pub preview: Option<Preview>,
}

/// What a change comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Each session that changes, in order.
    pub lines: Vec<EditLine>,
    /// Each session of the scope that stays as it is.
    pub left_alone: Vec<LeftLine>,
    /// The dates of the new pattern on which no session is held.
    pub skipped: Vec<SkippedLine>,
    /// How many people are told.
    pub told: usize,
    /// What of it does not fit with what else its people have.
    pub verdict: Verdict,
    /// The mark of all this.
    pub seen: String,
}

/// A session that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditLine {
    /// When it is held now; nothing for one that is new.
    pub before: Option<Span>,
    /// When it would be held; nothing for one that would not.
    pub after: Option<Span>,
    /// What else of it becomes something else.
    pub details: Vec<DetailLine>,
}

/// Who leads a session, where, or what it is called, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailLine {
    /// Which of them.
    pub what: Detail,
    /// What it is; empty where it is as for every session of the group.
    pub before: String,
    /// What it would be; empty likewise.
    pub after: String,
}

/// What a session has beside its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// Who leads it.
    Supervisor,
    /// Where it is held.
    Place,
    /// What it is called beside its group.
    Title,
}

/// What would stay with whoever leads a group now, if somebody else took it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatStays {
    /// Who leads it now.
    pub from: PersonName,
    /// How many sessions would be handed over.
    pub handed_over: usize,
    /// Each that would not, in order.
    pub stays: Vec<StayLine>,
    /// The mark of all this.
    pub seen: String,
}

/// A session that somebody cannot take over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayLine {
    /// Its part of the address.
    pub code: String,
    /// When it begins.
    pub starts: NaiveDateTime,
    /// Why, in sentences.
    pub why: Vec<String>,
}

/// A stretch of a day at which the session in hand cannot be held, or only with a reason, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusyLine {
    /// The day.
    pub date: NaiveDate,
    /// "10:00".
    pub from: String,
    /// "11:30"; "24:00" at the end of the day.
    pub to: String,
    /// Why, without the name of a member.
    pub why: String,
    /// Whether it can be held all the same by whoever gives a reason.
    pub needs_reason: bool,
    /// The code of whoever would lead it; empty for a session that is yet to be planned.
    pub leader: String,
}

/// A session that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftLine {
    /// When it begins.
    pub starts: NaiveDateTime,
    /// Why.
    pub why: String,
}

/// A date without a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedLine {
    /// The date.
    pub date: NaiveDate,
    /// Why.
    pub reason: String,
}
