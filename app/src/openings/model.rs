//! What is opened, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::identity::identity;

identity! {
    /// An opening, from the moment at which somebody asks for it.
    OpeningId
}

/// What somebody asks to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Who wrote a post without their name.
    Author {
        /// The space: its part of the address and its name.
        space: (String, String),
        /// The thread's number in it.
        thread: i64,
        /// The post's number in the thread.
        post: i64,
    },
    /// The closed space of a group.
    Space {
        /// The group's name.
        group: String,
    },
}

impl Subject {
    /// "Who wrote post 2 of thread 3 in Endings", "The space of Aire group".
    pub fn in_words(&self) -> String {
        match self {
            Self::Author { space: (_, name), thread, post } => format!("Who wrote post {post} of thread {thread} in {name}"),
            Self::Space { group } => format!("The space of {group}"),
        }
    }
}

/// How far an opening has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Nobody has answered.
    Waits,
    /// It is open.
    Open,
    /// It was declined.
    Declined,
    /// Whoever asked took it back before it was answered.
    TakenBack,
    /// Nobody answered in time.
    Lapsed,
    /// It was open, and is no more.
    Over,
}

impl State {
    /// What stands beside it in a list.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waits => "Waiting for an answer",
            Self::Open => "Open now",
            Self::Declined => "Declined",
            Self::TakenBack => "Taken back",
            Self::Lapsed => "Not answered in time",
            Self::Over => "Closed again",
        }
    }
}

/// For how many hours something can be opened.
pub const HOURS: [i64; 3] = [1, 4, 24];

/// How many days a request waits for an answer.
pub const WAITS_DAYS: i64 = 3;

/// How many posts one page shows to those who read what they have opened.
pub const PER_PAGE: i64 = 50;

/// The two roles that open together.
pub const LEADS: [Role; 2] = [Role::ClinicalLead, Role::SafeguardingLead];

/// Which of the two roles answers what the other asks.
pub const fn other(role: Role) -> Role {
    match role {
        Role::SafeguardingLead => Role::ClinicalLead,
        _ => Role::SafeguardingLead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_two_roles_answers_the_other() {
        assert_eq!(LEADS.map(other), [Role::SafeguardingLead, Role::ClinicalLead]);
    }
}
