//! The file of a proposal, `supervision-matching-proposal/1`, as it is read and written.

use crate::json::{Misread, Node, quoted, read};

/// The word in the file by which its format is known.
pub const PROPOSAL_FORMAT: &str = "supervision-matching-proposal/1";

/// The groups that are proposed for a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub format: String,
    pub groups: Vec<ProposedGroup>,
}

/// One group: who leads it, when and how it meets, and who is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        let proposal = read(json, Self::of).map_err(ProposalError::Unreadable)?;
        if proposal.format != PROPOSAL_FORMAT {
            return Err(ProposalError::OtherFormat(proposal.format));
        }
        Ok(proposal)
    }

    /// The file as text, one line.
    pub fn write(&self) -> String {
        let groups: Vec<String> = self.groups.iter().map(ProposedGroup::written).collect();
        format!("{{\"format\":{},\"groups\":[{}]}}", quoted(&self.format), groups.join(","))
    }

    fn of(file: &Node) -> Result<Self, Misread> {
        Ok(Self { format: file.field("format")?.text()?, groups: file.field("groups")?.list(ProposedGroup::of)? })
    }
}

impl ProposedGroup {
    fn written(&self) -> String {
        let members: Vec<String> = self.members.iter().map(|member| quoted(member)).collect();
        let (supervisor, stream, mode) = (quoted(&self.supervisor), quoted(&self.stream), quoted(&self.mode));
        let (week, day, start, members) = (self.week, self.day, self.start, members.join(","));
        format!(
            "{{\"supervisor\":{supervisor},\"stream\":{stream},\"mode\":{mode},\"week\":{week},\"day\":{day},\"start\":{start},\
             \"members\":[{members}]}}"
        )
    }

    fn of(group: &Node) -> Result<Self, Misread> {
        Ok(Self {
            supervisor: group.field("supervisor")?.text()?,
            stream: group.field("stream")?.text()?,
            mode: group.field("mode")?.text()?,
            week: group.field("week")?.number()?,
            day: group.field("day")?.number()?,
            start: group.field("start")?.number()?,
            members: group.field("members")?.texts()?,
        })
    }
}
