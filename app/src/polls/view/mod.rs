//! The pages of polls: one for whoever answers, and three for those who plan.

mod answer;

mod list;
mod new;
mod poll;

pub use answer::AnswerPage;
pub use list::PollsPage;
pub use new::NewPollPage;
pub use poll::PollPage;
