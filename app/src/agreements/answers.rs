//! What the pages of agreements show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::SectionChange;
use super::model::Section;
use crate::groups::PartyLine;

/// The agreement of a group, or that there is none yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgreementView {
    /// The group's part of the address.
    pub slug: String,
    /// The group's name.
    pub group: String,
    /// Who can see the page, made from the same policy that opens the group.
    pub audience: String,
    /// Whether the reader may propose a text.
    pub may_plan: bool,
    /// The version that is shown.
    pub shown: Option<ShownVersion>,
    /// Every version, the newest first.
    pub versions: Vec<VersionLine>,
}

/// One version, whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownVersion {
    /// Its number, standing and dates.
    pub line: VersionLine,
    /// When it is to be looked at again.
    pub review_on: NaiveDate,
    /// When the version before was to be looked at again, if that differs.
    pub review_before: Option<NaiveDate>,
    /// The text.
    pub sections: Vec<Section>,
    /// The text beside that of the version before; empty for the first.
    pub changes: Vec<SectionChange>,
    /// Who was asked, the supervisor first.
    pub parties: Vec<Party>,
    /// Whether the reader is asked and has not agreed yet.
    pub waits_for_reader: bool,
}

/// One version in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// Its number, counted from one.
    pub version: i64,
    /// How it stands.
    pub standing: Standing,
}

impl VersionLine {
    /// Whether everybody has agreed to it, and to nothing newer.
    pub fn is_in_force(&self) -> bool {
        matches!(self.standing, Standing::InForce(_))
    }
}

/// How a version stands, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It waits for somebody to agree.
    Proposed(NaiveDate),
    /// Everybody has agreed.
    InForce(NaiveDate),
    /// It was in force until a newer version was, or the group ended.
    Ended(NaiveDate, NaiveDate),
    /// A newer text was proposed before everybody had agreed.
    Withdrawn(NaiveDate),
}

/// What the form begins with that proposes a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposalDraft {
    /// The group's part of the address.
    pub slug: String,
    /// The group's name.
    pub group: String,
    /// Who will be able to see it.
    pub audience: String,
    /// The newest version so far, 0 where there is none.
    pub base: i64,
    /// Which version the text is taken from; none where it is the standard text.
    pub from: Option<VersionLine>,
    /// The text to begin with.
    pub sections: Vec<Section>,
    /// The day of the next review, as proposed.
    pub review_on: NaiveDate,
    /// How many people will be asked.
    pub asked: usize,
}

/// Who is asked to agree, and by whom they are employed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Party {
    /// Who, and whether they have agreed.
    pub line: PartyLine,
    /// The authority; empty for whoever works for the Centre.
    pub employer: String,
}
