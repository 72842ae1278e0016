//! The pages of coming in, and those of one's own devices, password and codes.

mod enter;

mod codes;
mod links;

mod devices;
mod own_codes;
mod password;

pub use codes::{CodePage, SetUpCodePage};
pub use devices::DevicesPage;
pub use enter::{AskForLinkPage, ForgottenPage, SignInPage, SignOutPage};
pub use links::{InvitationPage, LinkPage, ResetPage};
pub use own_codes::OneTimeCodePage;
pub use password::ChangePasswordPage;
