//! The questions of a registration, and what can be answered.

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::groups::GroupKind;
pub use crate::groups::{INTERVENTIONS, intervention_name};

/// The regions of England, as the register of authorities names them.
pub const REGIONS: [&str; 9] = [
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
];

/// Answers of which one is chosen: a type with the words and the keys of each.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $choice:ident = $key:literal, $words:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text"))]
        pub enum $name {
            $(
                $(#[$doc])*
                #[serde(rename = $key)]
                #[cfg_attr(feature = "ssr", sqlx(rename = $key))]
                $choice,
            )+
        }

        impl $name {
            /// Every choice, in the order in which forms offer them.
            pub const ALL: &'static [Self] = &[$(Self::$choice),+];

            /// The word in the database and in forms.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$choice => $key,)+
                }
            }

            /// The words that a person reads.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$choice => $words,)+
                }
            }

            /// The choice of a word, if there is one.
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.key() == key)
            }
        }
    };
}

choices! {
    /// Where somebody works with families.
    Setting {
        /// Health visiting.
        HealthVisiting = "health_visiting", "Health visiting service";
        /// For families of an area.
        FamilyHub = "family_hub", "Family hub or children’s centre";
        /// For the relationship of parent and infant, or the mind of a parent.
        MentalHealth = "mental_health", "Parent-infant or perinatal mental health team";
        /// Before, at and soon after birth.
        Maternity = "maternity", "Maternity or neonatal service";
        /// Where children are looked after by day.
        EarlyYears = "early_years", "Nursery or other early years service";
        /// Of a council.
        SocialCare = "social_care", "Early help or children’s social care";
        /// Of a charity.
        Voluntary = "voluntary", "Voluntary or community organisation";
        /// None of these.
        Other = "other", "Somewhere else";
    }
}

choices! {
    /// What kind of group somebody asks for.
    Stream {
        /// For parent-infant work.
        ParentInfant = "pir", "A group for parent-infant work";
        /// For Video Interaction Guidance.
        Vig = "vig", "A group for Video Interaction Guidance (VIG)";
        /// For supervisors, who are supervised themselves.
        Supervisors = "sos", "A group of supervisors";
    }
}

choices! {
    /// For how long somebody has worked with children under two and their parents.
    Experience {
        /// Less than a year.
        UnderOne = "under_one", "Less than a year";
        /// One to three years.
        OneToThree = "one_to_three", "One to three years";
        /// More than three years.
        OverThree = "over_three", "More than three years";
        /// They do not know.
        Unknown = "unknown", "I don’t know";
    }
}

choices! {
    /// Whether somebody has clinical supervision elsewhere.
    Elsewhere {
        /// They have.
        Yes = "yes", "Yes";
        /// They have not.
        No = "no", "No";
        /// They do not know whether what they have is that.
        Unknown = "unknown", "I don’t know";
    }
}

choices! {
    /// The level of the `AiMH` UK Infant Mental Health Competency Framework.
    Competence {
        /// General knowledge.
        One = "one", "Level 1: general knowledge and skills";
        /// Advanced.
        Two = "two", "Level 2: advanced";
        /// Those who supervise and manage.
        Three = "three", "Level 3: supervising or leading others";
        /// They do not know.
        Unknown = "unknown", "I don’t know";
    }
}

choices! {
    /// What somebody says of their line manager.
    Manager {
        /// There is one, who is named.
        Named = "named", "This person";
        /// There is none.
        Nobody = "none", "I have no line manager";
        /// They do not know.
        Unknown = "unknown", "I don’t know";
    }
}

choices! {
    /// What may be used beyond the round itself.
    Shared {
        /// The profession, so that nobody is the only one of theirs.
        Profession = "profession", "My profession";
        /// The language, likewise.
        Language = "language", "The language I work in";
        /// Where they work, likewise.
        Setting = "setting", "Where I work";
        /// Colleagues may find them.
        Directory = "directory", "Show me to colleagues in the directory";
    }
}

choices! {
    /// Something that somebody needs to take part, of which a matching round says where it is met. What is not here is said in words.
    Need {
        /// Into the room and within it.
        StepFree = "step_free", "Step-free access";
        /// What is said, in writing beside the picture.
        Captions = "captions", "Live captions";
        /// For a hearing aid, in the room.
        HearingLoop = "hearing_loop", "A hearing loop";
        /// Somebody who signs.
        Interpreter = "interpreter", "A British Sign Language interpreter";
    }
}

choices! {
    /// What a supervisor must hold to lead.
    ClearanceKind {
        /// With a professional body.
        Registration = "registration", "Professional registration";
        /// Their own, or cover by the employer.
        Indemnity = "indemnity", "Professional indemnity";
        /// The decision on the criminal record check, until it is looked at again.
        Dbs = "dbs", "DBS decision, to be looked at again";
        /// Level 3 of the intercollegiate framework.
        Safeguarding = "safeguarding", "Safeguarding training, level 3";
        /// That they are supervised themselves.
        Supervision = "supervision", "Own supervision in place";
    }
}

choices! {
    /// A question, which has a page of its own.
    Step {
        /// For how long, and whether there is supervision elsewhere.
        Experience = "experience", "Your experience";
        /// Where they work.
        Setting = "setting", "Where you work";
        /// What is asked for.
        Stream = "group", "The group you ask for";
        /// The work that is brought.
        Intervention = "intervention", "The work you would bring";
        /// The level.
        Competence = "level", "Your level";
        /// How to meet.
        Way = "way", "How you would meet";
        /// How soon.
        Urgency = "urgency", "How soon";
        /// The hours of the first week.
        FirstWeek = "first-week", "Your hours: first week";
        /// The hours of the second.
        SecondWeek = "second-week", "Your hours: second week";
        /// The line manager.
        Manager = "manager", "Your line manager";
        /// Whom to stay with.
        Keep = "supervisor", "A supervisor to stay with";
        /// Access, and language.
        Needs = "needs", "What you need to take part";
        /// Whom to be with.
        Together = "together", "People you would like to be with";
        /// Whom not to meet.
        Apart = "apart", "People you would rather not meet";
        /// What may be used.
        Sharing = "sharing", "What may be used";
    }
}

impl Stream {
    /// The kind of group that it leads to.
    pub const fn kind(self) -> GroupKind {
        match self {
            Self::ParentInfant => GroupKind::Group,
            Self::Vig => GroupKind::Vig,
            Self::Supervisors => GroupKind::Supervisors,
        }
    }
}

impl Competence {
    /// The figure that a round counts with.
    pub const fn level(self) -> Option<i64> {
        match self {
            Self::One => Some(1),
            Self::Two => Some(2),
            Self::Three => Some(3),
            Self::Unknown => None,
        }
    }
}

impl Step {
    /// What the question is about, for somebody else who reads the answer.
    pub const fn about_them(self) -> &'static str {
        match self {
            Self::Experience => "Experience",
            Self::Setting => "Where they work",
            Self::Stream => "Group asked for",
            Self::Intervention => "Work they would bring",
            Self::Competence => "Level",
            Self::Way => "How they would meet",
            Self::FirstWeek => "Hours: first week",
            Self::SecondWeek => "Hours: second week",
            Self::Manager => "Line manager",
            Self::Needs => "What they need to take part",
            Self::Together => "People they would like to be with",
            Self::Apart => "People they would rather not meet",
            Self::Urgency | Self::Keep | Self::Sharing => self.name(),
        }
    }

    /// The question after this one; nothing after the last.
    pub fn next(self) -> Option<Self> {
        let place = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(place + 1).copied()
    }

    /// The question before this one; nothing before the first.
    pub fn before(self) -> Option<Self> {
        let place = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(place.checked_sub(1)?).copied()
    }
}

/// From when on answers are too old to be used unasked.
const MONTHS_GOOD: u32 = 6;

/// Whether answers that were confirmed then have to be looked at again.
pub fn is_stale(confirmed_at: DateTime<Utc>, today: NaiveDate) -> bool {
    let confirmed = ::series::local(confirmed_at).date();
    confirmed.checked_add_months(Months::new(MONTHS_GOOD)).is_none_or(|until| until < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_found_by_its_key_and_leads_to_the_next() {
        let mut step = Some(Step::Experience);
        let mut seen = Vec::new();
        while let Some(here) = step {
            assert_eq!(Step::of_key(here.key()), Some(here));
            assert_eq!(here.next().and_then(Step::before), here.next().map(|_| here));
            seen.push(here);
            step = here.next();
        }
        assert_eq!(seen, Step::ALL);
    }

    #[test]
    fn answers_are_good_for_six_months_to_the_day() {
        let confirmed = "2026-04-22T12:00:00Z".parse().unwrap();
        assert!(!is_stale(confirmed, "2026-10-22".parse().unwrap()));
        assert!(is_stale(confirmed, "2026-10-23".parse().unwrap()));
    }
}
