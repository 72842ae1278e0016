//! Open clinics: sessions without standing members, at which whoever wants to come books a place.
//!
//! A clinic is a group of the kind "open clinic": it has a supervisor, an agreement and series as any other. Words: its *places* are those of
//! one session; a place is *booked* in one step and *given back* until the session begins; what everybody agrees to by booking are the
//! clinic's *terms*, which are its agreement in force. Invariants: a place is one person's, which the database settles, whoever asks for it
//! at once; a place that is given back is at that moment whoever's has *waited* longest for one, or free; in the last day, in which places cannot be given back
//! in good time, it is given to nobody unasked, and those who wait are told of it; whoever waits is reminded of nothing, sees where they stand as a band, and is
//! told when the session is cancelled; they stop when they like, whatever has become of the session and of their roles; how many wait is told to those who read
//! who came to a session, and who they are to nobody; whoever has booked is at the session in every respect (attendance, reminders,
//! calendar, audience), and nobody else learns who has; after the cut-off for apologies a place given back counts as late apologies.

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;
#[cfg(feature = "ssr")]
mod waits_view;

pub use answers::WaitedSession;
pub use api::ASKS;
pub use forms::BookForm;

#[cfg(feature = "ssr")]
pub use view::ClinicsPage;
#[cfg(feature = "ssr")]
pub use waits_view::ClinicWaitsPage;
