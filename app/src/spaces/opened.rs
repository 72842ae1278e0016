//! That two people at the Centre have opened something together, as those whom it concerns are told.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Why confidentiality may be broken: the grounds that stand in every agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A child or an unborn baby at risk of significant harm.
    ChildAtRisk,
    /// An adult at risk.
    AdultAtRisk,
    /// A serious risk of harm to somebody, a member included.
    HarmToSelfOrOthers,
    /// Practice that is unsafe, illegal or seriously incompetent, and is not being addressed.
    UnsafePractice,
    /// A court order or a duty in law.
    LegalDuty,
}

impl Ground {
    /// Every ground, in the order in which forms offer them.
    pub const ALL: [Self; 5] = [Self::ChildAtRisk, Self::AdultAtRisk, Self::HarmToSelfOrOthers, Self::UnsafePractice, Self::LegalDuty];

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ChildAtRisk => "child_at_risk",
            Self::AdultAtRisk => "adult_at_risk",
            Self::HarmToSelfOrOthers => "harm_to_self_or_others",
            Self::UnsafePractice => "unsafe_practice",
            Self::LegalDuty => "legal_duty",
        }
    }

    /// The ground of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.key() == key)
    }

    /// The words of a choice.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChildAtRisk => "A child or an unborn baby may be at risk of significant harm",
            Self::AdultAtRisk => "An adult may be at risk",
            Self::HarmToSelfOrOthers => "Somebody may seriously harm themselves or others",
            Self::UnsafePractice => "Practice may be unsafe or against the law, and nobody is putting it right",
            Self::LegalDuty => "A court order or a duty in law asks for it",
        }
    }

    /// After "because": "a child or an unborn baby may be at risk of significant harm".
    pub const fn because(self) -> &'static str {
        match self {
            Self::ChildAtRisk => "a child or an unborn baby may be at risk of significant harm",
            Self::AdultAtRisk => "an adult may be at risk",
            Self::HarmToSelfOrOthers => "somebody may seriously harm themselves or others",
            Self::UnsafePractice => "practice may be unsafe or against the law, and nobody was putting it right",
            Self::LegalDuty => "a court order or a duty in law asks for it",
        }
    }
}

/// A time at which two people had something open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOpened {
    /// From when.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// Who the two are, with their roles: "Dr Hannah V. (clinical lead) and Moira T. (safeguarding lead)".
    pub by: String,
    /// Why.
    pub ground: Ground,
}

impl TimeOpened {
    /// "on Thursday 22 October, from 10:00 until 14:00, by …, because an adult may be at risk".
    pub fn in_words(&self) -> String {
        use crate::ui::{clock_time, day_and_month};

        let (first, last) = (self.from.date(), self.until.date());
        let until = if first == last { String::new() } else { format!("{}, ", day_and_month(last)) };
        format!(
            "on {}, from {} until {until}{}, by {}, because {}",
            day_and_month(first),
            clock_time(self.from.time()),
            clock_time(self.until.time()),
            self.by,
            self.ground.because()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_whom_it_concerns_read_when_by_whom_and_why() {
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let opened = TimeOpened {
            from: at("2026-10-22T10:00:00"),
            until: at("2026-10-23T10:00:00"),
            by: "Dr Hannah V. (clinical lead) and Moira T. (safeguarding lead)".to_owned(),
            ground: Ground::AdultAtRisk,
        };
        assert_eq!(
            opened.in_words(),
            "on Thursday 22 October, from 10:00 until Friday 23 October, 10:00, by Dr Hannah V. (clinical lead) and Moira T. (safeguarding lead), because an adult may be at risk"
        );
        for ground in Ground::ALL {
            assert_eq!(Ground::of_key(ground.key()), Some(ground));
        }
    }
}
