//! Group matching.

mod matcher;

mod instance;
mod proposal;

mod check;
mod compile;
mod directory;

mod problem;

mod schedule;

mod plan;

mod search;

mod arrangement;

mod ground;

mod bound;

mod ids;
mod random;
mod threads;

pub use check::{InstanceError, InstanceProblem};
pub use instance::{INSTANCE_FORMAT, Instance, Practitioner, Rules, StreamRules, Supervisor, Weights, Window};
pub use matcher::Matcher;
pub use proposal::{PROPOSAL_FORMAT, Proposal, ProposalError, ProposedGroup};
