//! The file of a proposal, `supervision-matching-proposal/1`, as it is read and written.

use serde::{Deserialize, Serialize};

/// The word in the file by which its format is known.
pub const PROPOSAL_FORMAT: &str = "supervision-matching-proposal/1";

/// The groups that are proposed for a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub format: String,
    pub groups: Vec<ProposedGroup>,
}

/// One group: who leads it, when and how it meets, and who is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProposedGroup {
    pub supervisor: String,
    pub stream: String,
    pub mode: String,
    pub week: i64,
    pub day: i64,
    pub start: i64,
    pub members: Vec<String>,
}

/// Why a proposal could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposalError {
    #[error("the proposal cannot be read: {0}")]
    Unreadable(String),
    #[error("the proposal's format is {0:?}, not {PROPOSAL_FORMAT:?}")]
    OtherFormat(String),
}

impl Proposal {
    pub fn new(groups: Vec<ProposedGroup>) -> Self {
        Self { format: PROPOSAL_FORMAT.to_owned(), groups }
    }

    /// Reads a file. Whether its groups keep the rules is not asked here.
    pub fn read(json: &[u8]) -> Result<Self, ProposalError> {
        let proposal: Self = serde_json::from_slice(json).map_err(|error| ProposalError::Unreadable(error.to_string()))?;
        if proposal.format != PROPOSAL_FORMAT {
            return Err(ProposalError::OtherFormat(proposal.format));
        }
        Ok(proposal)
    }

    /// The file as text, one line.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
