//! What the pages of asking show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::equity::EquityTable;
use super::model::{AsWhat, Reply};
use crate::groups::{GroupKind, MeetingMode};
use crate::people::PersonName;
use crate::sessions::HostRole;

/// When and how a group would meet, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The kind of supervision.
    pub kind: GroupKind,
    /// Who would lead it.
    pub supervisor: PersonName,
    /// "Every second Thursday, 10:00 to 11:30".
    pub when: String,
    /// "Online", "In person, London".
    pub way: String,
    /// When its first session would begin; nothing where no date is left.
    pub first: Option<NaiveDateTime>,
    /// The last day.
    pub until: NaiveDate,
}

/// The groups of a round before anybody is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundToAsk {
    /// The number of the round.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// The groups about which nobody has been asked.
    pub groups: Vec<GroupToAsk>,
    /// About how many groups people have been asked already.
    pub asked_groups: usize,
    /// Who would be placed and who waits longest, with small numbers protected.
    pub equity: Vec<EquityTable>,
}

/// A group before anybody is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupToAsk {
    /// What stands for it, with everybody in it, in the form.
    pub key: String,
    /// When and how.
    pub terms: Terms,
    /// Who is asked for a place, each with "Health visitor, Bradford".
    pub asked: Vec<(PersonName, String)>,
    /// Who is not asked, and why.
    pub left_out: Vec<(PersonName, String)>,
    /// What keeps its supervisor from leading it by now; nothing where nothing does.
    pub problem: Option<String>,
    /// What they are written: subject and text, to members and to the supervisor.
    pub letters: [(String, String); 2],
    /// Who is asked to be beside the supervisor.
    pub beside: Vec<WrittenBeside>,
}

/// Somebody who would be beside a supervisor, and what they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenBeside {
    /// Who.
    pub person: PersonName,
    /// What they would be.
    pub role: HostRole,
    /// Subject and text.
    pub letter: (String, String),
}

/// Somebody who is asked to be beside a supervisor, and what they answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideAnswering {
    /// Who.
    pub person: PersonName,
    /// What they would be.
    pub role: HostRole,
    /// What they answer.
    pub reply: Option<Reply>,
}

/// What the people of a round's groups have answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAnswers {
    /// The number of the round.
    pub number: i64,
    /// What it is called.
    pub name: String,
    /// The groups, those first that wait for something.
    pub groups: Vec<GroupAnswers>,
}

/// A group that people are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupAnswers {
    /// Its part of the address.
    pub code: String,
    /// When and how.
    pub terms: Terms,
    /// What whoever would lead it answers.
    pub supervisor: Option<Reply>,
    /// Who is asked to be beside them.
    pub beside: Vec<BesideAnswering>,
    /// Everybody who is asked for a place.
    pub people: Vec<Answering>,
    /// How few are enough.
    pub least: i64,
    /// How many places are open.
    pub open: i64,
    /// Who fits an open place, the best first.
    pub next: Vec<Next>,
    /// Two of those who accept, or lead, who may not be in one group by now; nothing where everybody may, or the question was taken back.
    pub apart: Option<String>,
    /// How it stands.
    pub stage: Stage,
}

/// How a group stands that people are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It waits for answers.
    Waiting,
    /// It can be made.
    Ready,
    /// It was made: the part of the address, and its name.
    Made(String, String),
    /// The question was taken back.
    TakenBack,
}

/// Somebody who is asked for a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    /// Who.
    pub person: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// What they answer.
    pub reply: Option<Reply>,
}

/// Somebody who waits and fits an open place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Who.
    pub person: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// Why they fit: how much they need it, what they asked for, and what is not as it should be.
    pub why: String,
    /// What they would add to the score.
    pub adds: i64,
}

/// A group that the reader is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAsked {
    /// Its part of the address.
    pub code: String,
    /// What they would be in it.
    pub as_what: AsWhat,
    /// When and how.
    pub terms: Terms,
    /// How many others were asked.
    pub others: i64,
    /// The professions of the others, each once.
    pub professions: Vec<String>,
    /// The authorities of the others, each once.
    pub authorities: Vec<String>,
    /// What they answer.
    pub reply: Option<Reply>,
    /// How it stands.
    pub stage: OwnStage,
}

/// Something that the reader is asked about and can still answer, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedLine {
    /// Its part of the address.
    pub code: String,
    /// The kind of supervision.
    pub kind: GroupKind,
    /// What they would be in it.
    pub as_what: AsWhat,
    /// The day on which they were asked.
    pub asked_on: NaiveDate,
    /// What they answer.
    pub reply: Option<Reply>,
}

/// How a group stands that the reader is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnStage {
    /// They can answer, and change their answer.
    Open,
    /// They are in the group, or lead it: the part of the address.
    Begun(String),
    /// It has begun without them.
    WithoutYou,
    /// It came to nothing.
    TakenBack,
}

/// A group that can be made of those who accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupToMake {
    /// The number of the round.
    pub number: i64,
    /// Its part of the address.
    pub code: String,
    /// The version that is shown.
    pub version: i64,
    /// When and how.
    pub terms: Terms,
    /// How it meets.
    pub mode: MeetingMode,
    /// The intervention that it would be on, since all who accept would bring it.
    pub intervention: Option<String>,
    /// Who would be in it.
    pub members: Vec<PersonName>,
    /// Who has not answered, and is told that it has begun without them.
    pub silent: Vec<PersonName>,
    /// Every date.
    pub dates: Vec<NaiveDateTime>,
    /// The dates that are stepped over, each with its reason.
    pub skipped: Vec<(NaiveDate, String)>,
    /// What members, the supervisor and those who have not answered are written: subject and text.
    pub letters: Vec<(String, String)>,
    /// Who would be beside the supervisor.
    pub beside: Vec<WrittenBeside>,
    /// Who was asked to be, and is told that it has begun without them.
    pub not_beside: Vec<WrittenBeside>,
    /// What stands in the way, if anything does.
    pub problem: Option<String>,
}
