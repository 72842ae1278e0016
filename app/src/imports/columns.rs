//! The columns that are understood: their headings, an example, and what may stand in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Choice, Vocabulary, plain};
use crate::access::Role;
use crate::authorities::REGIONS;
use crate::registration::{ClearanceKind, Competence, Elsewhere, Experience, INTERVENTIONS, Setting, Stream};
use crate::waiting::{Urgency, Way};

/// A type with a line for each column: the heading, further headings that mean it, an example, and what may stand there.
macro_rules! columns {
    ($($(#[$doc:meta])* $column:ident = $heading:literal, [$($other:literal),*], $example:literal, $about:literal;)+) => {
        /// A column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column {
            $($(#[$doc])* $column,)+
        }

        impl Column {
            /// Every column, in the order of the template.
            pub const ALL: [Self; Self::HEADINGS.len()] = [$(Self::$column),+];

            /// The headings of the template.
            pub const HEADINGS: &'static [&'static str] = &[$($heading),+];

            /// The heading that is expected.
            pub const fn heading(self) -> &'static str {
                match self { $(Self::$column => $heading,)+ }
            }

            /// What could stand in it.
            pub const fn example(self) -> &'static str {
                match self { $(Self::$column => $example,)+ }
            }

            /// What may stand in it.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$column => $about,)+ }
            }

            const fn other_headings(self) -> &'static [&'static str] {
                match self { $(Self::$column => &[$($other),*],)+ }
            }
        }
    };
}

columns! {
    /// "Dr".
    Title = "Title", ["prefix", "salutation"], "Dr", "Only where it is shown before the name.";
    /// The first name.
    GivenName = "First name", ["given name", "forename", "firstname", "first", "christian name"], "Amina", "Needed.";
    /// The family name.
    FamilyName = "Family name", ["surname", "last name", "lastname", "last"], "Rahman", "Needed.";
    /// By which somebody is known.
    Email = "Email", ["e-mail", "email address", "e-mail address", "work email", "work email address", "your email", "username"], "amina.rahman@council.example", "Needed: the work email. One address is one person.";
    /// What they are to the Centre.
    Role = "Role", ["roles", "practitioner or supervisor"], "Practitioner", "Empty means practitioner; both can stand there, divided by a comma.";
    /// For example health visitor.
    Profession = "Profession", ["job title", "job", "role or profession", "occupation", "job role"], "Health visitor", "In a few words.";
    /// Where they work.
    Authority = "Authority", ["local authority", "la", "council", "local authority name"], "Bradford", "Needed for a practitioner who is new: the name or the code of one of the 75.";
    /// When they gave the answers.
    AnsweredOn = "Answered on", ["timestamp", "date", "completed", "completion time", "date answered", "submitted", "submitted at"], "1 October 2026", "The day on which they answered; empty means today. Numbers are read as day, month, year.";
    /// For how long they have done this work.
    Experience = "Experience with under-twos", ["experience", "years with under-twos", "years with under 2s", "years of experience", "years"], "More than three years", "A number of years does as well.";
    /// Whether they have supervision elsewhere.
    Elsewhere = "Supervision elsewhere", ["current supervision", "has supervision", "clinical supervision elsewhere"], "No", "Whether they have clinical supervision elsewhere.";
    /// Where they work with families.
    Setting = "Setting", ["work setting", "setting of work", "where they work", "where you work"], "Health visiting service", "Where they do most of their work with families.";
    /// What they ask for.
    Stream = "Group asked for", ["group", "stream", "type of group", "supervision wanted"], "Parent-infant work", "";
    /// The work that they bring.
    Intervention = "Work", ["intervention", "main intervention", "work they would bring", "approach"], "Solihull Approach", "The work that they would bring most often.";
    /// The level.
    Level = "Level", ["competence", "competency level", "imhcf level", "aimh level", "competence level"], "2", "Of the AiMH UK Infant Mental Health Competency Framework.";
    /// How they would meet.
    Way = "Meets", ["mode", "how they would meet", "online or in person", "format"], "Online", "";
    /// How soon.
    Urgency = "How soon", ["urgency", "needed by", "how soon needed"], "Now", "";
    /// The hours of the first week.
    FirstWeek = "Hours", ["availability", "first week", "hours first week", "times", "when free", "days and times", "available times"], "Mon 9:00-12:00; Thu 13:00-16:30 preferred", "Days and times in which they are free.";
    /// The hours of the second.
    SecondWeek = "Hours in the second week", ["second week", "hours second week"], "", "Where the second week of two differs; empty means as in the first.";
    /// Who manages them.
    Manager = "Line manager", ["manager", "line manager email", "manager email", "line manager's email"], "line.manager@council.example", "The work email, “none”, or “don’t know”.";
    /// With which supervisor they would stay.
    Keep = "Supervisor to stay with", ["stay with", "stays with", "supervisor to keep", "keep supervisor", "earlier supervisor", "previous supervisor"], "", "The work email or the code of a supervisor who is here. A name is not enough, since two people may have one.";
    /// What they need to take part.
    Needs = "Access needs", ["needs", "accessibility", "access requirements", "adjustments"], "Captions", "What they need to take part.";
    /// The language that they work in.
    Language = "Language", ["languages", "working language"], "English and Urdu", "The languages that they work in.";
    /// Whom they would rather not meet.
    AvoidedEmails = "People to avoid", ["avoid people", "would rather not meet"], "", "Work emails, divided by semicolons. Coordinators alone read it.";
    /// Whose people they would rather not meet.
    AvoidedAuthorities = "Authorities to avoid", ["avoid authorities"], "", "Names of authorities, divided by semicolons.";
    /// Whether the profession may be used.
    ShareProfession = "May use profession", ["share profession"], "Yes", "Yes or no; empty means no.";
    /// Whether the language may be used.
    ShareLanguage = "May use language", ["share language"], "No", "Yes or no; empty means no.";
    /// Whether the setting may be used.
    ShareSetting = "May use setting", ["share setting"], "Yes", "Yes or no; empty means no.";
    /// Whether colleagues may find them.
    Directory = "In the directory", ["directory", "consent to directory"], "No", "Yes or no; empty means no.";
    /// The work that they supervise.
    Supervises = "Supervises", ["interventions supervised", "work supervised", "supervised work"], "", "For supervisors: the work, divided by semicolons.";
    /// Where a supervisor could meet in person.
    Region = "Region", [], "", "For supervisors: where they could meet in person.";
    /// How many groups a supervisor could take on.
    MostGroups = "New groups", ["groups at most", "capacity", "most groups", "number of groups"], "", "For supervisors: how many they could take on, from 0 to 20.";
    /// Until when a supervisor is registered.
    RegistrationUntil = "Professional registration until", ["registration until", "registered until", "registration expires", "registration expiry", "registration renewal"], "", "For supervisors: the last day on which it holds, like 31 March 2028.";
    /// Until when a supervisor is insured.
    IndemnityUntil = "Professional indemnity until", ["indemnity until", "indemnity expires", "indemnity expiry", "insured until", "insurance until", "insurance expires"], "", "For supervisors: the last day on which it holds, whether it is their own or the employer’s.";
    /// When the decision on a supervisor's DBS check is looked at again.
    DbsUntil = "DBS decision until", ["dbs", "dbs until", "dbs review", "dbs recheck", "dbs due"], "", "For supervisors: the day on which the decision is to be looked at again. Nothing of the certificate is kept.";
    /// Until when a supervisor's training holds.
    SafeguardingUntil = "Safeguarding training, level 3, until", ["safeguarding", "safeguarding until", "safeguarding level 3 until", "safeguarding training until"], "", "For supervisors: the last day on which it holds.";
    /// Until when a supervisor is supervised.
    SupervisionUntil = "Own supervision until", ["own supervision", "own supervision in place until", "supervised until", "supervision of supervision until"], "", "For supervisors: the last day on which their own supervision is in place.";
}

impl Column {
    /// The column of a heading, whatever its capitals, spaces and dashes.
    pub fn of_heading(heading: &str) -> Option<Self> {
        static MEANT: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let meant = |column: Column| {
                std::iter::once(column.heading()).chain(column.other_headings().iter().copied()).map(move |said| (plain(said), column))
            };
            Column::ALL.into_iter().flat_map(meant).collect()
        });

        MEANT.get(&plain(heading)).copied()
    }

    /// Where the last day stands on which something holds that a supervisor must hold.
    pub const fn of_clearance(kind: ClearanceKind) -> Self {
        match kind {
            ClearanceKind::Registration => Self::RegistrationUntil,
            ClearanceKind::Indemnity => Self::IndemnityUntil,
            ClearanceKind::Dbs => Self::DbsUntil,
            ClearanceKind::Safeguarding => Self::SafeguardingUntil,
            ClearanceKind::Supervision => Self::SupervisionUntil,
        }
    }

    /// Whether a file without it cannot be read.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::GivenName | Self::FamilyName | Self::Email)
    }

    /// The words of which one may stand there; none where it is free.
    pub fn vocabulary(self) -> &'static Vocabulary {
        static VOCABULARIES: LazyLock<Vec<Vocabulary>> =
            LazyLock::new(|| Column::ALL.into_iter().map(|column| Vocabulary::of(column.choices())).collect());
        static NONE: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(Vec::new()));

        let place = Self::ALL.into_iter().position(|column| column == self);
        place.and_then(|place| VOCABULARIES.get(place)).unwrap_or(&NONE)
    }

    fn choices(self) -> Vec<Choice> {
        let known = |key: &'static str, name: &'static str| Choice { key, name, also: further_words(self, key) };
        match self {
            Self::Role => [Role::Practitioner, Role::Supervisor].map(|role| known(role.key(), role.name())).to_vec(),
            Self::Experience => Experience::ALL.iter().map(|choice| known(choice.key(), choice.name())).collect(),
            Self::Elsewhere => Elsewhere::ALL.iter().map(|choice| known(choice.key(), choice.name())).collect(),
            Self::Setting => Setting::ALL.iter().map(|choice| known(choice.key(), choice.name())).collect(),
            Self::Stream => Stream::ALL.iter().map(|choice| known(choice.key(), choice.name())).collect(),
            Self::Intervention | Self::Supervises => INTERVENTIONS.map(|(key, name)| known(key, name)).to_vec(),
            Self::Level => Competence::ALL.iter().map(|choice| known(choice.key(), choice.name())).collect(),
            Self::Way => Way::ALL.map(|way| known(way.key(), way.name())).to_vec(),
            Self::Urgency => Urgency::ALL.map(|urgency| known(urgency.key(), urgency.name())).to_vec(),
            Self::Region => REGIONS.map(|region| known(region, region)).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// What people write for a choice beside the words of the product.
fn further_words(column: Column, key: &str) -> &'static [&'static str] {
    const UNKNOWN: &[&str] = &["don’t know", "dont know", "do not know", "not known", "not sure", "unsure", "dk"];
    match (column, key) {
        (_, "unknown") => UNKNOWN,
        (Column::Experience, "under_one") => {
            &["under 1", "under one year", "less than 1 year", "< 1 year", "under a year", "0-1 years", "0 to 1 year"]
        }
        (Column::Experience, "one_to_three") => &["1-3 years", "1 to 3 years", "1 to 3", "1 - 3"],
        (Column::Experience, "over_three") => {
            &["over 3", "over three years", "more than 3 years", "3+ years", "3+", "over 3 years", "> 3 years"]
        }
        (Column::Elsewhere, "yes") => &["y", "true"],
        (Column::Elsewhere, "no") => &["n", "false", "none"],
        (Column::Setting, "health_visiting") => &["health visiting", "health visiting team", "0-19 service", "0-19 team"],
        (Column::Setting, "family_hub") => &["family hub", "children’s centre", "family centre", "sure start"],
        (Column::Setting, "mental_health") => &[
            "parent-infant team",
            "parent-infant service",
            "parent-infant mental health team",
            "perinatal mental health team",
            "perinatal mental health service",
            "perinatal mental health",
        ],
        (Column::Setting, "maternity") => &["maternity", "maternity service", "midwifery", "neonatal", "neonatal unit", "neonatal service"],
        (Column::Setting, "early_years") => &["nursery", "early years", "early years service"],
        (Column::Setting, "social_care") => &["social care", "children’s social care", "social services", "early help"],
        (Column::Setting, "voluntary") => {
            &["voluntary organisation", "voluntary sector", "community organisation", "charity", "third sector"]
        }
        (Column::Setting, "other") => &["elsewhere"],
        (Column::Stream, "pir") => {
            &["parent-infant work", "parent-infant", "parent infant relationship", "pir", "pir group", "parent-infant relationship work"]
        }
        (Column::Stream, "vig") => &["video interaction guidance", "vig", "vig group", "vig supervision"],
        (Column::Stream, "sos") => &["supervisors", "supervision of supervisors", "sos", "supervisors’ group", "group of supervisors"],
        (Column::Intervention | Column::Supervises, "solihull") => &["solihull"],
        (Column::Intervention | Column::Supervises, "triple_p_baby") => &["triple p", "baby triple p", "triple-p"],
        (Column::Intervention | Column::Supervises, "nbo") => &["nbo", "nbas", "newborn behavioural observations"],
        (Column::Intervention | Column::Supervises, "vipp") => &["vipp", "vipp-sd"],
        (Column::Intervention | Column::Supervises, "cosp") => &["circle of security", "cos-p"],
        (Column::Intervention | Column::Supervises, "mellow") => &["mellow", "mellow parenting", "mellow babies", "mellow bumps"],
        (Column::Intervention | Column::Supervises, "iy_baby") => {
            &["incredible years", "incredible years babies", "incredible years toddlers"]
        }
        (Column::Intervention | Column::Supervises, "epec_baby") => &["epec"],
        (Column::Intervention | Column::Supervises, "www") => &["www"],
        (Column::Intervention | Column::Supervises, "mentalisation_based") => &["mentalisation", "mbt", "mbt-parenting"],
        (Column::Level, "one") => &["1", "one", "l1"],
        (Column::Level, "two") => &["2", "two", "l2"],
        (Column::Level, "three") => &["3", "three", "l3"],
        (Column::Way, "online") => &["remote", "virtual", "video", "teams", "zoom"],
        (Column::Way, "in_person") => &["face to face", "f2f", "in-person", "at a venue"],
        (Column::Way, "either") => &["either", "both", "any", "hybrid", "in person or online", "no preference"],
        (Column::Urgency, "now") => &["immediate", "immediately", "urgent", "at once", "asap"],
        (Column::Urgency, "within-3-months") => &["3 months", "within three months", "0-3 months", "up to 3 months"],
        (Column::Urgency, "within-6-months") => &["3-6 months", "3 to 6 months", "within 6 months", "6 months"],
        (Column::Urgency, "within-12-months") => &["6-12 months", "6 to 12 months", "within 12 months", "within a year", "12 months"],
        (Column::Urgency, "later") => &["after 12 months", "not urgent", "no hurry"],
        (Column::Region, "Yorkshire and The Humber") => &["yorkshire", "yorkshire and humber", "yorkshire & the humber"],
        (Column::Region, "East of England") => &["east"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_means_one_column() {
        for column in Column::ALL {
            for heading in std::iter::once(column.heading()).chain(column.other_headings().iter().copied()) {
                assert_eq!(Column::of_heading(heading), Some(column), "{heading}");
            }
        }
        assert_eq!(Column::of_heading(" FIRST-NAME: "), Some(Column::GivenName));
        assert_eq!([Column::of_heading(""), Column::of_heading("?"), Column::of_heading("Shoe size")], [None; 3]);
    }

    #[test]
    fn each_thing_that_a_supervisor_must_hold_has_a_column_of_its_own() {
        let mut headings: Vec<&str> = ClearanceKind::ALL.iter().map(|kind| Column::of_clearance(*kind).heading()).collect();
        headings.dedup();
        assert_eq!(headings.len(), ClearanceKind::ALL.len());
        assert!(headings.iter().all(|heading| heading.ends_with(" until")), "{headings:?}");
    }

    #[test]
    fn every_word_of_a_column_means_one_choice() {
        for column in Column::ALL {
            for choice in column.vocabulary().choices() {
                for word in choice.words() {
                    assert_eq!(column.vocabulary().choose(&word), Ok(choice.key), "{column:?}: {word}");
                }
            }
        }
    }
}
