//! The pages of the community.

mod side;

mod card;
mod feed;
mod opened;
mod space;

mod held;
mod poll;
mod post;
mod thread;

mod attach;
mod compose;
mod new;
mod own;

mod change;

mod saved;

mod keep;

pub use attach::{AttachPage, Attachments, Files};
pub use change::ChangePostPage;
pub use compose::AskModerator;
pub use feed::FeedPage;
pub use keep::{KeepSpacePage, KeptSpacesPage};
pub use new::NewThreadPage;
pub use own::OwnPostsPage;
pub use poll::{AddPollPage, PollRead};
pub use post::SaidBefore;
pub use saved::SavedPage;
pub use space::{GroupSpacePage, SpacePage};
pub use thread::ThreadPage;
