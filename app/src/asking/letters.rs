//! What people are written about a group that they are asked about: when and how it meets, and nobody's name, and nothing of a round.

use chrono::{NaiveDate, NaiveDateTime};

use super::model::{AsWhat, kind_in_words};
use crate::groups::GroupKind;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::sessions::HostRole;
use crate::ui::{clock_time, day_and_month, day_month_year};

/// A group as letters speak of it.
#[derive(Clone, Debug)]
pub(super) struct Told<'a> {
    /// The kind of supervision.
    pub kind: GroupKind,
    /// "Every second Thursday, 10:00 to 11:30".
    pub when: String,
    /// "Online", "In person, London".
    pub way: String,
    /// When its first session begins.
    pub first: Option<NaiveDateTime>,
    /// The last day.
    pub until: NaiveDate,
    /// What others would be beside its supervisor.
    pub beside: Vec<HostRole>,
    /// The address that stands in messages.
    pub origin: &'a str,
}

impl Told<'_> {
    /// "It meets online. Every second Thursday, 10:00 to 11:30, UK time, from Thursday 22 October 2026 until Friday 16 July 2027."
    fn meets(&self) -> String {
        let from = self.first.map(|first| format!(" from {}", day_month_year(first.date()))).unwrap_or_default();
        format!("{}. {}, UK time,{from} until {}.", self.way, self.when, day_month_year(self.until))
    }

    /// That somebody would be beside the supervisor, to those who would be with them, as a paragraph of its own; never who.
    fn company(&self) -> String {
        let who = match self.beside.as_slice() {
            [] => return String::new(),
            [HostRole::CoSupervisor] => "A second supervisor leads it too.",
            [HostRole::Observer] => "Another supervisor is there to learn, and leads nothing.",
            _ => "A second supervisor leads it too, and another is there to learn and leads nothing.",
        };
        format!(
            "{who} What is agreed about confidentiality covers them as well. If you would rather not, please tell the Centre’s coordinator.\n\n"
        )
    }
}

/// To somebody who is asked.
pub(super) fn please_answer(to: PersonId, told: &Told<'_>, as_what: AsWhat, code: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    let (subject, question) = match as_what {
        AsWhat::Member => ("Would you take this place in supervision?", format!("The Centre can offer you a place in a {kind}")),
        AsWhat::Leader => ("Would you lead this supervision group?", format!("The Centre asks whether you would lead a {kind}")),
        AsWhat::Beside(HostRole::CoSupervisor) => (
            "Would you lead this supervision group with its supervisor?",
            format!("The Centre asks whether you would lead a {kind} together with its supervisor, who marks the attendance"),
        ),
        AsWhat::Beside(HostRole::Observer) => (
            "Would you observe this supervision group?",
            format!("The Centre asks whether you would be there when a {kind} meets, to learn to lead one"),
        ),
    };
    let company = company_for(told, as_what);
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: subject.to_owned(),
        body: format!(
            "Hello\n\n{question}:\n\n{}\n\n{company}Nothing is settled before you say so. Sign in to see more, and accept or decline: {}{}\n\nYou need not say why if you decline, and only the Centre’s coordinators see what you answer. You can change your answer until the group begins.\n\nThe Centre",
            told.meets(),
            told.origin,
            paths::asked(code)
        ),
    }
}

/// To somebody who is asked no more.
pub(super) fn asked_no_more(to: PersonId, code: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::To(paths::asked(code)),
        subject: "You need not answer about a supervision group any more".to_owned(),
        body: "Hello\n\nThe Centre had asked you about a supervision group. It does not begin as we had planned it, so you need not answer. If you are waiting for a place, you stay on the list, and the day on which you asked still counts. We are sorry for the trouble.\n\nThe Centre".to_owned(),
    }
}

/// To somebody who has accepted, once the group is made.
pub(super) fn group_begins(to: PersonId, told: &Told<'_>, as_what: AsWhat, slug: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    let opening = match as_what {
        AsWhat::Member => format!("You have a place in a {kind}"),
        AsWhat::Leader => format!("The {kind} that you said you would lead is made"),
        AsWhat::Beside(HostRole::CoSupervisor) => format!("The {kind} that you said you would lead with its supervisor is made"),
        AsWhat::Beside(HostRole::Observer) => format!("The {kind} that you said you would observe is made"),
    };
    let first = told.first.map(|first| {
        let date = first.date();
        format!("The first session is planned for {} at {}.\n\n", day_month_year(date), clock_time(first.time()))
    });
    let begins = told.first.map(|first| format!(" begins on {}", day_and_month(first.date()))).unwrap_or_default();
    let (group, next) = match as_what {
        AsWhat::Beside(_) => (
            "The",
            "As soon as everybody in it has agreed to its supervision agreement, you are sent the dates, with an invitation for your own calendar. What they agree about confidentiality binds you too: please ask its supervisor for the agreement before the first session.".to_owned(),
        ),
        AsWhat::Member | AsWhat::Leader => (
            "Your",
            format!(
                "Please read the group’s supervision agreement and say that you agree to it: {}{}\n\nEverybody in the group is asked to. As soon as all have agreed, you are sent every date, with an invitation for your own calendar.",
                told.origin,
                paths::agreement(slug)
            ),
        ),
    };
    let leads = if matches!(as_what, AsWhat::Beside(_)) { Leads::to(paths::CALENDAR) } else { Leads::AsWritten };
    NewMessage {
        to,
        leads,
        subject: format!("{group} supervision group{begins}"),
        body: format!(
            "Hello\n\n{opening}:\n\n{}\n\n{}{}{next}\n\nThe Centre",
            told.meets(),
            first.unwrap_or_default(),
            company_for(told, as_what),
        ),
    }
}

/// Whoever would be beside the supervisor knows what they are themselves.
fn company_for(told: &Told<'_>, as_what: AsWhat) -> String {
    match as_what {
        AsWhat::Beside(_) => String::new(),
        AsWhat::Member | AsWhat::Leader => told.company(),
    }
}

/// To somebody who has not answered.
pub(super) fn begun_without_you(to: PersonId, told: &Told<'_>, as_what: AsWhat, code: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    let words = match as_what {
        AsWhat::Beside(_) => format!(
            "The Centre had asked whether you would be beside the supervisor of a {kind}, and it has begun without you. You need not do anything."
        ),
        AsWhat::Member | AsWhat::Leader => format!(
            "The Centre had asked you about a place in a {kind}. We have not heard from you, and it has begun without you. If you are waiting for a place, you stay on the list, and the day on which you asked still counts: you will be told when another place fits. If you are no longer waiting for one, please sign in to Reverie and leave the list."
        ),
    };
    NewMessage {
        to,
        leads: Leads::To(paths::asked(code)),
        subject: "A supervision group has begun without you".to_owned(),
        body: format!("Hello\n\n{words}\n\nThe Centre"),
    }
}

/// To whoever asked the people, where the sessions of their group cannot be published by themselves.
pub(super) fn sessions_to_look_at(to: PersonId, origin: &str, slug: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "The sessions of a new group wait for you".to_owned(),
        body: format!(
            "Hello\n\nEverybody in a supervision group that you have made of a matching round has agreed to its agreement. Its sessions could not be published by themselves, because something is in the way by now. They are still a draft, and nobody has been told of them.\n\nPlease sign in to see what is in the way, and publish them: {origin}{}\n\nThe Centre",
            paths::group(slug)
        ),
    }
}
