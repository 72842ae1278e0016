//! Agreements: what a group and its supervisor say to each other before they begin, in versions.
//!
//! Words: a text is *proposed*, and *in force* once everybody who is a *party* (the members and the supervisor) has agreed to it in the
//! product; the version before *ends* at that moment. Invariants: a version's text is never changed, a change of text is a new version and
//! asks everybody again; one version at a time is in force for a group, which the database enforces; a group publishes no session without
//! one; a new member is asked too, and the agreement waits for that member alone. Who joined and who left is settled in `groups`, which
//! asks and releases the parties in the transaction of the change.

mod model;
mod template;

mod changes;

mod answers;
mod forms;

mod api;

#[cfg(test)]
pub mod fixture;
#[cfg(feature = "ssr")]
pub(crate) mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod proposal_view;

pub use api::ASKS;
pub use model::{AgreementId, Section};
pub use template::{Terms, standard_text};

#[cfg(feature = "ssr")]
pub use proposal_view::ProposeAgreementPage;
#[cfg(feature = "ssr")]
pub use view::{AgreementPage, AgreementVersionPage};
