//! What people are written about a group that they are asked about: when and how it meets, and nobody's name, and nothing of a round.

use chrono::{NaiveDate, NaiveDateTime};

use super::model::kind_in_words;
use crate::groups::GroupKind;
use crate::matching::Part;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
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
    /// The address that stands in messages.
    pub origin: &'a str,
}

impl Told<'_> {
    /// "It meets online. Every second Thursday, 10:00 to 11:30, UK time, from Thursday 22 October 2026 until Friday 16 July 2027."
    fn meets(&self) -> String {
        let from = self.first.map(|first| format!(" from {}", day_month_year(first.date()))).unwrap_or_default();
        format!("{}. {}, UK time,{from} until {}.", self.way, self.when, day_month_year(self.until))
    }
}

/// To somebody who is asked.
pub(super) fn please_answer(to: PersonId, told: &Told<'_>, part: Part, code: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    let (subject, question) = match part {
        Part::Practitioner => ("Would you take this place in supervision?", format!("The Centre can offer you a place in a {kind}")),
        Part::Supervisor => ("Would you lead this supervision group?", format!("The Centre asks whether you would lead a {kind}")),
    };
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: subject.to_owned(),
        body: format!(
            "Hello\n\n{question}:\n\n{}\n\nNothing is settled before you say so. Sign in to see more, and accept or decline: {}{}\n\nYou need not say why if you decline, and only the Centre’s coordinators see what you answer. You can change your answer until the group begins.\n\nThe Centre",
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
pub(super) fn group_begins(to: PersonId, told: &Told<'_>, part: Part, slug: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    let opening = match part {
        Part::Practitioner => format!("You have a place in a {kind}"),
        Part::Supervisor => format!("The {kind} that you said you would lead is made"),
    };
    let first = told.first.map(|first| {
        let date = first.date();
        format!("The first session is planned for {} at {}.\n\n", day_month_year(date), clock_time(first.time()))
    });
    let begins = told.first.map(|first| format!(" begins on {}", day_and_month(first.date()))).unwrap_or_default();
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("Your supervision group{begins}"),
        body: format!(
            "Hello\n\n{opening}:\n\n{}\n\n{}Please read the group’s supervision agreement and say that you agree to it: {}{}\n\nEverybody in the group is asked to. As soon as all have agreed, you are sent every date, with an invitation for your own calendar.\n\nThe Centre",
            told.meets(),
            first.unwrap_or_default(),
            told.origin,
            paths::agreement(slug)
        ),
    }
}

/// To somebody who has not answered.
pub(super) fn begun_without_you(to: PersonId, told: &Told<'_>, code: &str) -> NewMessage {
    let kind = kind_in_words(told.kind);
    NewMessage {
        to,
        leads: Leads::To(paths::asked(code)),
        subject: "A supervision group has begun without you".to_owned(),
        body: format!(
            "Hello\n\nThe Centre had asked you about a place in a {kind}. We have not heard from you, and it has begun without you. If you are waiting for a place, you stay on the list, and the day on which you asked still counts: you will be told when another place fits. If you are no longer waiting for one, please sign in to Reverie and leave the list.\n\nThe Centre"
        ),
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
