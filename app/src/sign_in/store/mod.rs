//! Sign-ins, passwords, codes and links in the database. Each function is one unit of work, or says of which it is a part.

mod sign_ins;

mod passwords;

mod codes;
mod pending_code;

mod links;

mod invitations;

mod asked;

mod devices;
mod lost_phone;

mod administrator;
mod demonstration;

#[cfg(test)]
pub mod fixture;

pub use administrator::{NewAdministrator, create_administrator};
pub use asked::{ask_for_link, ask_for_reset, enter_by_link, reset_password};
pub use codes::{code_state, enter_code, forget_code, renew_recovery_codes};
pub use demonstration::{demonstration_people, enter_demonstration};
pub use devices::{devices_of, sign_out_all, sign_out_device, sign_out_others};
pub use invitations::{accept_invitation, invite};
pub use links::{Purpose, link_owner, withdraw_links};
pub use lost_phone::{forget_codes_of, has_codes};
pub use passwords::{change_password, check_own_password, sign_in_name, sign_in_with_password};
pub use pending_code::{begin_own_code, confirm_code, drop_new_code, pending_code, set_up_code};
pub use sign_ins::{Arrival, Entrance, OpenSignIn, open_sign_in, sign_out, sign_out_everywhere};
