//! What the server functions of a capability ask for, as a table beside them.

use super::matrix::Permission;

/// One server function and the permission that its first line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// Its path: `/api/send_apologies`.
    pub path: &'static str,
    /// The permission, or nothing where the whole world may call it.
    pub permission: Option<Permission>,
}

/// A function that begins with `require(permission)`.
pub const fn asks(path: &'static str, permission: Permission) -> Asks {
    Asks { path, permission: Some(permission) }
}

/// A function that begins with `anyone()`.
pub const fn asks_nothing(path: &'static str) -> Asks {
    Asks { path, permission: None }
}
