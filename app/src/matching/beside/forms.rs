//! What the form of the places beside a supervisor sends, and what of it can be used.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::matching::forms::{BoardForm, Shown};
use crate::sessions::HostRole;

/// Giving the places beside the supervisor of a group, each to somebody or to nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BesideForm {
    /// The number of the round.
    pub number: String,
    /// How many changes the board had that the person was shown.
    pub seen: String,
    /// The place of the group on it, counted from nought.
    pub group: String,
    /// The code of whoever leads it too; empty for nobody.
    pub co_supervisor: String,
    /// The code of whoever observes it; empty for nobody.
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

    /// The code of whoever shall have a place, if anybody.
    pub fn person(&self, role: HostRole) -> Option<&str> {
        let person = match role {
            HostRole::CoSupervisor => &self.co_supervisor,
            HostRole::Observer => &self.observer,
        };
        (!person.is_empty()).then_some(person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_of_a_group_and_goes_to_nobody_where_nobody_is_chosen() {
        let form = BesideForm { group: "2".to_owned(), observer: "abcd2345".to_owned(), ..BesideForm::default() };
        assert_eq!((form.place(), form.person(HostRole::Observer), form.person(HostRole::CoSupervisor)), (Ok(2), Some("abcd2345"), None));
        assert_eq!(BesideForm { group: "-1".to_owned(), ..form }.place(), Err(AppError::NotFound));
    }
}
