//! Coming in: how people prove who they are, and the links by which they do it for the first time or again.
//!
//! Words: a *sign-in* is one device on which somebody has proved who they are; its *stage* says what is still to come. Invariants: what
//! is stored of a token, a code or a password is too little to use it; an answer never tells whether an address is known; a link works
//! once; a one-time code works once. What may be done afterwards is not settled here but in [`crate::access`].

mod model;

#[cfg(feature = "ssr")]
mod checks;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub(crate) mod limits;
#[cfg(feature = "ssr")]
mod one_time_code;
#[cfg(feature = "ssr")]
mod password;

mod api;
mod own_api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod entrance;
#[cfg(feature = "ssr")]
mod view;

pub use api::{ASKS, SignOut};
#[cfg(feature = "ssr")]
pub use limits::{Limited, attempt, forgive};
pub use model::Stage;
pub use own_api::OWN_ASKS;

#[cfg(feature = "ssr")]
pub use view::{
    AskForLinkPage, ChangePasswordPage, CodePage, DevicesPage, ForgottenPage, InvitationPage, LinkPage, OneTimeCodePage, ResetPage,
    SetUpCodePage, SignInPage, SignOutPage,
};
