//! Spaces: where people of the Centre think aloud with one another.
//!
//! Words: a *space* is for everybody, for an intervention, a region, supervisors, new starters, or closed for one supervision group; in it stand
//! *threads*, and in these *posts*, both numbered; whoever *looks after* a space pins and locks. Invariants: nobody is in a list of a space: who
//! may read it follows from what they are and do, at the moment they ask, and every statement says so by the same words (`readable!`); the closed
//! space of a group is open to its members and its supervisor, whatever else somebody may do at the Centre; what somebody may not read is not
//! there; a post is kept as it was typed and as the HTML that was made of it once, and every text comes through [`Written`] before it is kept; a
//! post that is withdrawn is gone, with all that it said before; what waits for a moderator is no post yet, and what a hidden post says is put aside, so that
//! nothing that reads posts can show, count or find either; whoever has left is a former member; who wrote a post without their name stands apart
//! from it (`store/apart.rs`), and nothing that anybody is shown, sent or told by the log comes from there; what somebody has read, muted, saved or
//! begun to write is theirs alone and told to nobody, not even to the log, and neither is what they choose in a *poll*; a file can be attached only where
//! whoever looks after the space allows it, is kept as it was made anew here, and waits with its post where that waits; what somebody wrote is theirs to
//! take back wherever it stands, also where they read no more. Deliberately absent: counts of approval, an order by anything but time, and messages
//! between two people.

mod held;
mod model;
mod opened;
mod plain;

mod answers;
mod forms;
mod keeping;

mod api;
#[cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "every server function is asynchronous, and a preview stores nothing"))]
mod drafting;

#[cfg(feature = "ssr")]
mod markdown;
#[cfg(feature = "ssr")]
mod written;

#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod files;

mod attaching;
mod own;
mod polling;
mod told;

#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod own_text;

mod island;

#[cfg(test)]
pub mod fixture;

#[cfg(feature = "ssr")]
mod view;

pub use answers::{Attached, Writer};
pub use api::{ASKS, ChangeHeldPost, WithdrawHeldPost};
pub use attaching::ASKS as ATTACHING;
#[cfg(feature = "ssr")]
pub use attaching::community_file;
pub use drafting::ASKS as DRAFTING;
#[cfg(feature = "ssr")]
pub use forms::FileAddress;
pub use forms::{PostAddress, ThreadAddress};
pub use held::{Approval, Because, CaseId, HiddenAs, Reason};
#[cfg(feature = "ssr")]
pub use markdown::words_of;
#[cfg(feature = "ssr")]
pub use model::attaching_to_held;
pub use model::{FileKind, LARGEST_FILE, SpaceId, SpaceKind, ThreadId, post_address, when};
pub use opened::{Ground, TimeOpened};
pub use own::ASKS as OWN;
#[cfg(feature = "ssr")]
pub use own_text::own_posts_as_text;
pub use plain::plain_line;
pub use polling::{ASKS as POLLING, Poll, TopicVote};
pub use told::ASKS as TOLD;
#[cfg(feature = "ssr")]
pub use told::{told_of, what_was_opened_together};

#[cfg(feature = "ssr")]
pub use view::{
    AddPollPage, AskModerator, AttachPage, Attachments, ChangePostPage, FeedPage, Files, GroupSpacePage, KeepSpacePage, KeptSpacesPage,
    NewThreadPage, OwnPostsPage, PollRead, SaidBefore, SavedPage, SpacePage, ThreadPage,
};
#[cfg(feature = "ssr")]
pub use written::Written;
