//! One's own account: what the Centre knows of oneself, and how pages look on this device.
//!
//! How one comes in (password, codes, devices) is settled in [`crate::sign_in`]. Name, address and roles are changed by those who manage
//! people, not here, since an invitation was sent to that address and the roles decide who sees what.

mod model;

#[cfg(feature = "ssr")]
mod checks;

#[cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "every server function is asynchronous, and one only sets cookies"))]
mod api;
#[cfg(feature = "ssr")]
mod store;

mod held;
#[cfg(feature = "ssr")]
mod held_store;

#[cfg(feature = "ssr")]
mod held_view;
#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::Account;

#[cfg(feature = "ssr")]
pub use checks::has_letter_keys;
#[cfg(feature = "ssr")]
pub use held_store::my_data_file;
#[cfg(feature = "ssr")]
pub use held_view::MyDataPage;
#[cfg(feature = "ssr")]
pub use view::{AccountPage, AppearancePage};
