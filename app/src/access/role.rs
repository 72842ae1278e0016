//! The roles of the Centre. A person may hold several.

use serde::{Deserialize, Serialize};

/// What somebody is to the Centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works with parents and infants, and is supervised.
    Practitioner,
    /// Leads supervision, and is supervised.
    Supervisor,
    /// Brings people and groups together.
    Coordinator,
    /// Answers for the quality of supervision.
    ClinicalLead,
    /// Speaks for a local authority.
    AuthorityLead,
    /// Receives concerns.
    SafeguardingLead,
    /// Reads reports for the Department.
    DepartmentViewer,
    /// Studies what supervision changes.
    Evaluator,
    /// Keeps the system running.
    Administrator,
}

impl Role {
    /// Every role, in the order in which forms offer them.
    pub const ALL: [Self; 9] = [
        Self::Practitioner,
        Self::Supervisor,
        Self::Coordinator,
        Self::ClinicalLead,
        Self::AuthorityLead,
        Self::SafeguardingLead,
        Self::DepartmentViewer,
        Self::Evaluator,
        Self::Administrator,
    ];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practitioner => "Practitioner",
            Self::Supervisor => "Supervisor",
            Self::Coordinator => "Coordinator",
            Self::ClinicalLead => "Clinical lead",
            Self::AuthorityLead => "Authority lead",
            Self::SafeguardingLead => "Safeguarding lead",
            Self::DepartmentViewer => "Department viewer",
            Self::Evaluator => "Evaluator",
            Self::Administrator => "Administrator",
        }
    }

    /// The word in the database and in forms, for example `clinical_lead`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::Supervisor => "supervisor",
            Self::Coordinator => "coordinator",
            Self::ClinicalLead => "clinical_lead",
            Self::AuthorityLead => "authority_lead",
            Self::SafeguardingLead => "safeguarding_lead",
            Self::DepartmentViewer => "department_viewer",
            Self::Evaluator => "evaluator",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// The roles that one person holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// Reads the comma-separated list that a statement gathers; a word that is no role is left out, since an unknown role allows nothing.
    pub fn of_list(list: &str) -> Self {
        list.split(',').filter_map(Role::of_key).collect()
    }

    /// Whether the person holds the role.
    pub fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        Role::ALL.into_iter().filter(|role| self.contains(*role))
    }

    /// Whether any of the roles may only be used with a one-time code: every one but practitioner.
    pub fn need_code(&self) -> bool {
        self.iter().any(|role| role != Role::Practitioner)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_key() {
        for role in Role::ALL {
            assert_eq!(Role::of_key(role.key()), Some(role));
        }
    }

    #[test]
    fn only_practitioners_alone_may_do_without_a_one_time_code() {
        assert!(!Roles::of_list("practitioner").need_code());
        assert!(Roles::of_list("practitioner,supervisor").need_code());
        assert!(Roles::of_list("department_viewer").need_code());
    }
}
