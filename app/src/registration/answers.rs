//! What the pages of a registration show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::model::{ClearanceKind, Competence, Elsewhere, Experience, Manager, Need, Setting, Shared, Step, Stream};
use crate::people::PersonName;
use crate::waiting::{Urgency, Way};

/// What somebody has answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The questions that were answered.
    pub answered: Vec<Step>,
    /// For how long they have done this work.
    pub experience: Option<Experience>,
    /// Whether they have supervision elsewhere.
    pub elsewhere: Option<Elsewhere>,
    /// Where they work; nothing where they would rather not say.
    pub setting: Option<Setting>,
    /// What they ask for.
    pub stream: Option<Stream>,
    /// The key of the work that they would bring.
    pub intervention: Option<String>,
    /// Their level.
    pub competence: Option<Competence>,
    /// How they would meet.
    pub way: Option<Way>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// The hours of the first week, as figures.
    pub first_week: Option<String>,
    /// The hours of the second.
    pub second_week: Option<String>,
    /// What they say of their line manager.
    pub manager: Option<Manager>,
    /// The manager's work email, or empty.
    pub manager_email: String,
    /// The code of the supervisor with whom they would stay, or empty.
    pub kept_supervisor: String,
    /// What they need to take part, of what is listed.
    pub needs: Vec<Need>,
    /// What else they need, in their words.
    pub access_needs: String,
    /// The language that they work in.
    pub language: String,
    /// With whom they would like to be, by work email.
    pub wished_emails: Vec<String>,
    /// Whom they would rather not meet, by work email.
    pub avoided_emails: Vec<String>,
    /// The slugs of authorities whose people they would rather not meet.
    pub avoided_authorities: Vec<String>,
    /// What may be used.
    pub shared: Vec<Shared>,
    /// When they last said that all of it is right.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i64,
}

impl Registration {
    /// The first question that is not answered.
    pub fn next_step(&self) -> Option<Step> {
        Step::ALL.iter().copied().find(|step| !self.answered.contains(step))
    }

    /// Whether somebody goes through the questions one after the other: they have not confirmed, and nothing is answered beyond the first question that is not.
    /// A question that came new to somebody who had answered them all, or confirmed, stands alone.
    pub fn is_gone_through(&self) -> bool {
        let mut beyond = Step::ALL.iter().skip_while(|step| self.answered.contains(step));
        self.confirmed_at.is_none() && beyond.next().is_some() && !beyond.any(|step| self.answered.contains(step))
    }

    /// Remembers that a question was answered.
    pub fn has_answered(&mut self, step: Step) {
        if !self.answered.contains(&step) {
            self.answered.push(step);
        }
    }
}

/// What a supervisor offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offering {
    /// The keys of the work that they supervise.
    pub interventions: Vec<String>,
    /// How they would meet.
    pub way: Way,
    /// Where they would meet in person.
    pub region: String,
    /// How many groups they could take on.
    pub most_groups: i64,
    /// When they said so.
    pub confirmed_at: DateTime<Utc>,
    /// Rises with every change.
    pub version: i64,
}

/// One's own registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRegistration {
    /// The answers.
    pub registration: Registration,
    /// What one offers as a supervisor; nothing where one has not said.
    pub offering: Option<Offering>,
    /// Whether one leads supervision.
    pub is_supervisor: bool,
    /// Those who supervise or have supervised one, and whoever one would stay with: code and name.
    pub supervisors: Vec<(String, String)>,
    /// Every authority: slug and name.
    pub authorities: Vec<(String, String)>,
    /// The day of the answer.
    pub today: NaiveDate,
}

/// Somebody's registration, as coordinators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationOf {
    /// Whose it is.
    pub person: PersonName,
    /// The answers, where there are any.
    pub own: OwnRegistration,
    /// Who manages them, as far as that is known here.
    pub manager: Option<PersonName>,
    /// What they hold as a supervisor, and until when.
    pub clearances: Vec<Clearance>,
    /// With whom a coordinator keeps them together.
    pub kept_together: Vec<KeptTogether>,
    /// From whom they are kept apart.
    pub kept_apart: Vec<KeptApart>,
}

/// Something that a supervisor must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// What.
    pub kind: ClearanceKind,
    /// The last day on which it holds.
    pub good_until: NaiveDate,
}

/// Somebody with whom a person is kept together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTogether {
    /// Its part of forms.
    pub id: String,
    /// "Amina R."
    pub with: String,
}

/// Somebody, or an authority, from whom a person is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptApart {
    /// Its part of forms.
    pub id: String,
    /// "Amina R.", "everybody of Bradford".
    pub from: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_came_new_is_not_gone_through_with_the_others() {
        let of = |answered: &[Step], confirmed: Option<&str>| Registration {
            answered: answered.to_vec(),
            confirmed_at: confirmed.map(|at| at.parse().unwrap()),
            ..Registration::default()
        };
        let without = |step: Step| Step::ALL.iter().copied().filter(|other| *other != step).collect::<Vec<_>>();
        assert!(of(&[], None).is_gone_through() && of(&Step::ALL[..4], None).is_gone_through());
        assert!(!of(Step::ALL, None).is_gone_through(), "whoever changes one answer of all");
        assert!(!of(&without(Step::Setting), Some("2026-04-22T12:00:00Z")).is_gone_through());
        assert!(!of(&without(Step::Setting), None).is_gone_through(), "and has changed another answer since they confirmed");
        assert!(!of(&without(Step::Sharing), Some("2026-04-22T12:00:00Z")).is_gone_through(), "though it is the last");
    }
}
