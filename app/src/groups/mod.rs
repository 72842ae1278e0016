//! Groups: the people who meet, the supervisor who leads them, and where.
//!
//! A supervision group with an agreement in force, a stable membership and a series of sessions is the central object of the product.
//! Words: a *member* is a supervisee of the group; one-to-one supervision is a group of one. Invariants: a person is in a group once at a
//! time; leaving keeps the history; somebody who is neither member nor supervisor nor manages groups does not learn that a group exists.

mod intervention;
mod model;

mod answers;
mod band;
mod chain;
mod commitment;
pub mod forms;
mod rhythm;
mod running_out;

#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "every server function is asynchronous, and the form of a new group begins with nothing stored")
)]
mod api;

#[cfg(feature = "ssr")]
mod audience;
#[cfg(test)]
pub mod fixture;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod agreement_card;
#[cfg(feature = "ssr")]
mod commitment_card;
#[cfg(feature = "ssr")]
mod group_form;
#[cfg(feature = "ssr")]
mod groups_list;
#[cfg(feature = "ssr")]
mod members_view;

pub use answers::{AgreementCard, AgreementFacts, PartyLine, in_words, waiting_in_words};
pub use api::ASKS;
#[cfg(feature = "ssr")]
pub use audience::audience_of_any_group;
pub use band::Band;
pub use chain::{ChainLink, Upkeep};
pub use commitment::{Commitment, MemberCommitment};
pub use forms::{GroupAddress, GroupFilter, GroupForm, page_number};
pub use intervention::{INTERVENTIONS, intervention_name, named_intervention, named_interventions};
pub use model::{CancelReason, GroupId, GroupKind, MeetingMode, Relation, slug_of_name, within_sentence};
pub use rhythm::Rhythm;
pub use running_out::{Decided, NOTICE, NextStep, RunningOut};

#[cfg(feature = "ssr")]
pub use group_form::{ChangeGroupPage, EndGroupPage, NewGroupPage};
#[cfg(feature = "ssr")]
pub use groups_list::GroupsPage;
#[cfg(feature = "ssr")]
pub use members_view::GroupMembersPage;
#[cfg(feature = "ssr")]
pub use table::groups_table;
#[cfg(feature = "ssr")]
pub use view::GroupPage;
