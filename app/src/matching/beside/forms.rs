//! What the form of the places beside a supervisor sends, and what of it can be used.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::matching::forms::{BoardForm, Shown};
use crate::sessions::HostRole;

/// Giving a place beside the supervisor of a group to somebody, or to nobody: one at a time, since one change is taken back at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BesideForm {
    /// The number of the round.
    pub number: String,
    /// How many changes the board had that the person was shown.
    pub seen: String,
    /// The place of the group on it, counted from nought.
    pub group: String,
    /// What somebody would be in it.
    pub role: String,
    /// The code of whoever leads it too, where it is that; empty for nobody.
    pub co_supervisor: String,
    /// The code of whoever observes it, where it is that; empty for nobody.
    pub observer: String,
}

impl BesideForm {
    /// Which board; what is none is that of no round.
    pub fn shown(&self) -> Result<Shown, AppError> {
        BoardForm { number: self.number.clone(), seen: self.seen.clone(), ..BoardForm::default() }.shown()
    }

    /// Which group of it.
    pub fn place(&self) -> Result<usize, AppError> {
        self.group.parse().map_err(|_| AppError::NotFound)
    }

    /// Which place beside its supervisor.
    pub fn role(&self) -> Result<HostRole, AppError> {
        HostRole::of_key(&self.role).ok_or(AppError::NotFound)
    }

    /// The code of whoever shall have it; empty for nobody.
    pub fn person(&self, role: HostRole) -> &str {
        match role {
            HostRole::CoSupervisor => &self.co_supervisor,
            HostRole::Observer => &self.observer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_of_a_group_and_goes_to_nobody_where_nobody_is_chosen() {
        let role = HostRole::Observer.key().to_owned();
        let form = BesideForm { group: "2".to_owned(), role, observer: "abcd2345".to_owned(), ..BesideForm::default() };
        assert_eq!((form.place(), form.role()), (Ok(2), Ok(HostRole::Observer)));
        assert_eq!((form.person(HostRole::Observer), form.person(HostRole::CoSupervisor)), ("abcd2345", ""));
        let form = BesideForm { group: "-1".to_owned(), role: "host".to_owned(), ..form };
        assert_eq!((form.place(), form.role()), (Err(AppError::NotFound), Err(AppError::NotFound)));
    }
}
