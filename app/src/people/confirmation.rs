//! Whether somebody works for the authority with which they are entered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::model::Standing;

/// What is said of it where somebody is entered with an authority, or moved to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorksThere {
    /// The authority has told the Centre so; in a few words how, or none.
    Named {
        /// "named on the list of 3 November".
        how: String,
    },
    /// The leads of the authority are asked.
    ToBeAsked,
}

impl WorksThere {
    /// What is sent where the authority has named them.
    pub const NAMED: &str = "named";
    /// What is sent where its leads are asked.
    pub const ASK: &str = "ask";

    /// What a form says. One that says nothing has nobody's word, so the authority is asked.
    pub fn of(key: &str, how: String) -> Self {
        if key == Self::NAMED { Self::Named { how } } else { Self::ToBeAsked }
    }
}

/// What an authority lead says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
pub enum LeadsAnswer {
    /// They work there.
    WorksThere,
    /// They do not.
    DoesNot,
}

/// How far it is confirmed, as a list can be narrowed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confirmed {
    /// By the authority, or by the Centre with its word.
    Yes,
    /// Nobody has said anything yet, and a lead of the authority can.
    Waits,
    /// Nobody has said anything yet, and the authority has no lead here who could: it is for the Centre to ask it.
    NoLead,
    /// A lead of the authority has said that they do not work there.
    Denied,
}

impl Confirmed {
    /// Each of them, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Yes, Self::Waits, Self::NoLead, Self::Denied];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "Confirmed",
            Self::Waits => "Waits for the authority",
            Self::NoLead => "Waits, with no lead to ask",
            Self::Denied => "Does not work there",
        }
    }

    /// The word in addresses, and in what statements answer.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Waits => "waits",
            Self::NoLead => "no_lead",
            Self::Denied => "denied",
        }
    }

    /// The one of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|confirmed| confirmed.key() == key)
    }
}

/// How it stands with somebody who is entered with an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// How far.
    pub confirmed: Confirmed,
    /// When the leads were asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// When somebody answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// "Colin M."; nobody where it was the Centre as a whole.
    pub by: Option<String>,
    /// Whether a lead of the authority answered, and not the Centre.
    pub is_of_lead: bool,
    /// How the Centre knows it, or empty.
    pub how: String,
}

impl Confirmation {
    /// All of it in a sentence; `day` writes a moment as a day.
    pub fn sentence(&self, day: impl Fn(DateTime<Utc>) -> String) -> String {
        let on = self.answered_at.map(|at| format!(" on {}", day(at))).unwrap_or_default();
        let by = self.by.as_deref().unwrap_or("the Centre");
        let whose = if self.is_of_lead { ", for the authority" } else { "" };
        match self.confirmed {
            Confirmed::Yes if self.how.is_empty() => format!("Confirmed by {by}{whose}{on}."),
            Confirmed::Yes => format!("Confirmed by {by}{whose}{on}: {}.", self.how.trim_end_matches('.')),
            Confirmed::Denied => format!("{by}{whose} said{on} that they do not work there."),
            Confirmed::Waits => self.asked_at.map_or_else(
                || "Waits for the authority.".to_owned(),
                |at| format!("Has waited for the authority since {}. A lead of it can say so.", day(at)),
            ),
            Confirmed::NoLead => {
                "Waits for the authority, of which nobody is here who can say so. Please ask the authority, and confirm it.".to_owned()
            }
        }
    }
}

/// Those of an authority who wait for the word of its leads, as a lead sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleagues {
    /// "Bradford"; empty for a lead of none.
    pub authority: String,
    /// Whether it is confirmed that the lead works there, without which they say nothing of others.
    pub is_open: bool,
    /// Those who were asked about first, first.
    pub waiting: Vec<Colleague>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The eight-character code.
    pub code: String,
    /// "Dr Ruth Adeyemi": whoever answers has to know for whom.
    pub name: String,
    /// "RA".
    pub initials: String,
    /// "Health visitor", or empty.
    pub profession: String,
    /// How far they have come in joining.
    pub standing: Standing,
    /// The day of their latest invitation, while its link is kept.
    pub invited_on: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confirmation(confirmed: Confirmed) -> Confirmation {
        Confirmation {
            confirmed,
            asked_at: None,
            answered_at: Some("2026-11-04T09:00:00Z".parse().unwrap()),
            by: Some("Colin M.".to_owned()),
            is_of_lead: true,
            how: String::new(),
        }
    }

    fn said(confirmation: &Confirmation) -> String {
        confirmation.sentence(|at| at.format("%-d %B").to_string())
    }

    #[test]
    fn it_is_said_who_confirmed_it_when_and_how_it_is_known() {
        assert_eq!(said(&confirmation(Confirmed::Yes)), "Confirmed by Colin M., for the authority on 4 November.");
        let by_the_centre =
            Confirmation { is_of_lead: false, how: "named on the list of 3 November".to_owned(), ..confirmation(Confirmed::Yes) };
        assert_eq!(said(&by_the_centre), "Confirmed by Colin M. on 4 November: named on the list of 3 November.");
        assert_eq!(said(&confirmation(Confirmed::Denied)), "Colin M., for the authority said on 4 November that they do not work there.");
    }

    #[test]
    fn whoever_waits_is_said_to_wait_for_nobody_where_the_authority_has_no_lead() {
        let waits = Confirmation {
            asked_at: Some("2026-11-02T09:00:00Z".parse().unwrap()),
            answered_at: None,
            by: None,
            ..confirmation(Confirmed::Waits)
        };
        assert_eq!(said(&waits), "Has waited for the authority since 2 November. A lead of it can say so.");
        assert!(said(&Confirmation { confirmed: Confirmed::NoLead, ..waits }).contains("of which nobody is here who can say so"));
    }

    #[test]
    fn a_form_that_says_nothing_confirms_nothing() {
        assert_eq!(WorksThere::of("", String::new()), WorksThere::ToBeAsked);
        assert_eq!(WorksThere::of("named", "by phone".to_owned()), WorksThere::Named { how: "by phone".to_owned() });
    }
}
