//! What everybody may read, signed in or not: what the Centre offers, how to join, accessibility, privacy, help, and who sees what.
//!
//! Nothing here comes from the database. What the pages say of permissions is made from the matrix, so that it cannot differ from it.

mod home;

mod join;

mod accessibility;
mod privacy;

mod help;
mod who_sees_what;

pub use accessibility::AccessibilityPage;
pub use help::HelpPage;
pub use home::HomePage;
pub use join::HowToJoinPage;
pub use privacy::PrivacyPage;
pub use who_sees_what::WhoSeesWhatPage;
