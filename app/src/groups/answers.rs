//! What the pages of groups show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::chain::Upkeep;
use super::commitment::MemberCommitment;
use super::intervention::intervention_name;
use super::model::{GroupKind, MeetingMode, Relation};
use super::rhythm::Rhythm;
use super::running_out::RunningOut;
use crate::people::PersonName;

/// Everything on the page of one group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupPage {
    /// Name, kind, room.
    pub facts: GroupFacts,
    /// Who can see the page, made from the same policy that opens it.
    pub audience: String,
    /// What the person who looks is to the group.
    pub relation: Relation,
    /// Whether they may change members, supervisor and room.
    pub may_change: bool,
    /// Whether they may propose an agreement and plan sessions.
    pub may_plan: bool,
    /// Whoever leads it.
    pub supervisor: Participant,
    /// How it stands with the supervisor's own supervision.
    pub upkeep: Upkeep,
    /// Whoever is supervised in it.
    pub members: Vec<Participant>,
    /// How each of them keeps to it, for those who read who came.
    pub commitment: Vec<MemberCommitment>,
    /// The agreement, in force or proposed.
    pub agreement: AgreementCard,
    /// The series, in the order in which they were made.
    pub series: Vec<SeriesLine>,
    /// That the last of them runs out, for those who plan the group's sessions.
    pub running_out: Option<RunningOut>,
    /// Sessions that have not ended yet.
    pub coming: SessionList,
    /// Sessions that have ended, the latest first.
    pub past: SessionList,
}

/// What a group is, without the people in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupFacts {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// The key of the intervention that it is on, where it is on one in particular.
    pub intervention: Option<String>,
    /// How it meets.
    pub mode: MeetingMode,
    /// The address of the outside room, or empty.
    pub room_url: String,
    /// The telephone number of that room, or empty.
    pub room_phone: String,
    /// Where it meets in person, or empty.
    pub place: String,
    /// How many places it has.
    pub capacity: i64,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
    /// Rises with every change of these facts.
    pub version: i64,
}

/// Somebody in a group, as everybody in it sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// "Amina R."
    pub name: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// Whether this is the person who looks.
    pub is_self: bool,
    /// Since when; the supervisor has none.
    pub joined_on: Option<NaiveDate>,
}

/// How it stands with a group's agreement.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AgreementCard {
    /// The version in force.
    pub in_force: Option<AgreementFacts>,
    /// A newer text that waits for somebody.
    pub proposed: Option<AgreementFacts>,
}

impl AgreementCard {
    /// Whether a text is in force that the present supervisor has agreed to: only then are sessions published.
    pub fn lets_publish(&self) -> bool {
        self.in_force.as_ref().is_some_and(|facts| facts.parties.iter().any(|party| party.is_supervisor && party.agreed_on.is_some()))
    }

    /// Whether the person who looks has not agreed to a text yet.
    pub fn waits_for_reader(&self) -> bool {
        self.in_force.iter().chain(self.proposed.iter()).any(AgreementFacts::waits_for_reader)
    }
}

/// One version of an agreement in a few lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgreementFacts {
    /// Counted from one.
    pub version: i64,
    /// When it was proposed, or came into force.
    pub since: NaiveDate,
    /// When it is to be looked at again.
    pub review_on: NaiveDate,
    /// Whoever has to agree, the supervisor first.
    pub parties: Vec<PartyLine>,
}

impl AgreementFacts {
    /// Whether the person who looks has not agreed yet.
    pub fn waits_for_reader(&self) -> bool {
        self.parties.iter().any(|party| party.is_self && party.agreed_on.is_none())
    }
}

/// Somebody who has to agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyLine {
    /// Who.
    pub name: PersonName,
    /// Whether this is the person who looks.
    pub is_self: bool,
    /// Whether this is the supervisor.
    pub is_supervisor: bool,
    /// The day on which they agreed.
    pub agreed_on: Option<NaiveDate>,
}

/// A series in one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeriesLine {
    /// Its place in the group, counted from one.
    pub number: i64,
    /// "Every second Thursday, 10:00 to 11:30".
    pub rhythm: Rhythm,
    /// Whether its sessions are planned.
    pub is_published: bool,
    /// How many sessions it has, once published.
    pub sessions: i64,
    /// The day of the last session, once published.
    pub last_on: Option<NaiveDate>,
}

/// Some of a group's sessions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SessionList {
    /// This part of the list.
    pub lines: Vec<SessionLine>,
    /// Which part it is, counted from one.
    pub page: i64,
    /// How many there are in all.
    pub total: i64,
}

/// How many sessions one part of the list holds.
pub const SESSIONS_PER_PAGE: i64 = 8;

/// A session in one line. Times are UK local time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionLine {
    /// Its part of the address.
    pub code: String,
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Its place in the series.
    pub number: i64,
    /// How many the series has.
    pub of: i64,
    /// Whether the Centre cancelled it.
    pub is_cancelled: bool,
    /// How many wait for a place at it, at an open clinic: never who.
    pub waiting: i64,
}

/// A part of the list of groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupList {
    /// Whether it is every group of the Centre, or those of the person who looks.
    pub is_all: bool,
    /// The groups of this part.
    pub lines: Vec<GroupLine>,
    /// Which part it is, counted from one.
    pub page: i64,
    /// How many groups there are in all parts.
    pub total: i64,
    /// Whom the list can be narrowed to: codes and names.
    pub supervisors: Vec<PersonName>,
}

/// How many groups one part of the list holds.
pub const GROUPS_PER_PAGE: i64 = 25;

/// A group in one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupLine {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// The key of the intervention that it is on, where it is on one in particular.
    pub intervention: Option<String>,
    /// Who leads it.
    pub supervisor: PersonName,
    /// Whether the person who looks leads it.
    pub is_led_by_reader: bool,
    /// Whether the person who looks is its one member.
    pub is_of_reader: bool,
    /// Its one member, where it has one place: "Zoë Z.".
    pub only_member: Option<String>,
    /// How many belong to it.
    pub members: i64,
    /// How many places it has.
    pub capacity: i64,
    /// How it stands with its agreement.
    pub agreement: AgreementStanding,
    /// When it meets next.
    pub next: Option<NaiveDateTime>,
    /// Whether it meets no more.
    pub is_ended: bool,
}

impl GroupLine {
    /// Its name; of two people, with whom the reader meets there, since several pairs may have one name: "One-to-one supervision with Zoë Z.".
    pub fn told_apart(&self) -> String {
        match &self.only_member {
            Some(_) if self.is_of_reader => format!("{} with {}", self.name, self.supervisor.short),
            Some(member) => format!("{} with {member}", self.name),
            None => self.name.clone(),
        }
    }
}

impl GroupLine {
    /// On what it is, where it is on one intervention in particular.
    pub fn on(&self) -> Option<&'static str> {
        self.intervention.as_deref().map(intervention_name)
    }

    /// How it stands with the group and its agreement, in words.
    pub const fn standing(&self) -> &'static str {
        match (self.is_ended, self.agreement) {
            (true, _) => "Ended",
            (false, AgreementStanding::InForce) => "Agreement in force",
            (false, AgreementStanding::ChangeProposed) => "In force, change proposed",
            (false, AgreementStanding::Proposed) => "Agreement proposed",
            (false, AgreementStanding::NeedsSupervisor) => "Needs the new supervisor’s agreement",
            (false, AgreementStanding::Missing) => "No agreement",
        }
    }
}

/// How it stands with a group's agreement, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgreementStanding {
    /// There is none.
    Missing,
    /// The first text waits for somebody to agree.
    Proposed,
    /// A text is in force.
    InForce,
    /// A text is in force, and a change of it waits for somebody to agree.
    ChangeProposed,
    /// A text is in force that the group's supervisor, who is new, has not agreed to.
    NeedsSupervisor,
}

/// What the form of a group begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupChange {
    /// The group as it is; `None` for a new one.
    pub facts: Option<GroupFacts>,
    /// The code of the present supervisor.
    pub supervisor: String,
}

/// The page on which people join a group and leave it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MembersPage {
    /// The group.
    pub facts: GroupFacts,
    /// Whoever belongs to it.
    pub members: Vec<Participant>,
    /// What was searched for.
    pub find: String,
    /// Who was found, and does not belong to it yet.
    pub candidates: Vec<Candidate>,
}

/// Somebody who was found for a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: Participant,
    /// In how many groups they are already.
    pub groups: i64,
    /// Why they cannot be given a place; empty where they can.
    pub why_not: String,
}

/// What ending a group would do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndPage {
    /// The group.
    pub facts: GroupFacts,
    /// How many belong to it.
    pub members: i64,
    /// How many sessions would be cancelled.
    pub sessions: i64,
}

/// "One person is waiting for a place.", "3 people are waiting for a place."; nothing where nobody is.
pub fn waiting_in_words(waiting: i64) -> Option<String> {
    match waiting {
        ..=0 => None,
        1 => Some("One person is waiting for a place.".to_owned()),
        several => Some(format!("{several} people are waiting for a place.")),
    }
}

/// "one", "two", … in running text; figures from eleven on.
pub fn in_words(count: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
