//! What the forms of hosts send, and what of it is valid.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, Problem};
use crate::sessions::HostRole;

/// Adding somebody to a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddHostForm {
    /// The session's part of the address.
    pub session: String,
    /// The person's code.
    pub person: String,
    /// The key of a [`HostRole`].
    pub role: String,
}

impl AddHostForm {
    /// What they shall be, if somebody was chosen.
    pub fn check(&self) -> Result<HostRole, AppError> {
        let role = HostRole::of_key(&self.role);
        let problems: Vec<Problem> = [
            self.person.is_empty().then(|| Problem::new("person", "Choose who it is.")),
            role.is_none().then(|| Problem::new("role", "Choose whether they lead it too, or observe it.")),
        ]
        .into_iter()
        .flatten()
        .collect();
        match role {
            Some(role) if problems.is_empty() => Ok(role),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

/// Removing somebody from a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveHostForm {
    /// The session's part of the address.
    pub session: String,
    /// The person's code.
    pub person: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_names_everything_that_is_missing() {
        let Err(AppError::Invalid(problems)) = AddHostForm::default().check() else { panic!("it is empty") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["person", "role"]);
        let whole = AddHostForm { person: "abcd2345".to_owned(), role: "observer".to_owned(), ..AddHostForm::default() };
        assert_eq!(whole.check(), Ok(HostRole::Observer));
    }
}
