//! Registration: what a matching round needs to know of whoever is supervised and of whoever supervises.
//!
//! Words: a *registration* is filled in *step* by step, one question on a page, and is *confirmed* when somebody says that all of it is
//! right; an *offering* is what a supervisor brings to a round beside their hours; a *clearance* is something that they must hold to lead,
//! with the last day on which it holds; a *need* is what somebody ticks of what they need to take part. Invariants: an answer is kept as soon as it is given; an answer that was changed has to be confirmed
//! again; "don't know" is an answer, and not the same as none; what somebody needs to take part and whom they would rather not meet is read
//! by themselves and by those who match, and by nobody else; who is kept apart from whom, or together, has no reason, and neither of them learns of it;
//! with whom somebody would like to be counts where the other has asked for them as well, and nobody is told whether they have.
//! Whose manager somebody names by an email that nobody has is not told, so that no form finds out who is here.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub mod fixture;

pub use answers::{Clearance, Offering, Registration};
pub use api::ASKS;
pub use forms::{Apart, NewOffering, OfferingForm, StepForm};
pub use model::{
    ClearanceKind, Competence, Elsewhere, Experience, INTERVENTIONS, Manager, Need, REGIONS, Setting, Shared, Step, Stream,
    intervention_name, is_stale,
};

#[cfg(feature = "ssr")]
pub use view::{OfferingPage, PersonRegistrationPage, RegistrationPage, StepPage};
