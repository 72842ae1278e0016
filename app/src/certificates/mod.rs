//! Certificates: what the Centre vouches for, to whoever is shown one.
//!
//! Words: a *certificate* is *issued* to its *holder* for a learning page that they finished, for an event at which they were marked, or for the
//! supervision of some days at which they were marked; whoever is shown one reads the same facts at the address that stands on it; it may be *revoked*,
//! with a reason. Invariants: it is issued from what is recorded and from nothing else; its facts are those of the moment of issue and are never changed;
//! for one thing there is one that holds, and for one day of supervision too; no minute is vouched for twice; its code cannot be guessed, and a wrong code answers as one that never was; a revoked one says so and since
//! when, and why only at the Centre, which finds a certificate by its code and lists nobody's.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use sheet::certificate_file;
#[cfg(feature = "ssr")]
pub use view::{CertificatesPage, MyCertificatesPage, VerifyPage};
