//! What people are written about a poll: a link of their own, and nobody's name.

use chrono::NaiveDate;

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year};

/// What an invitation to answer says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Invitation<'a> {
    /// How many times are offered.
    pub times: i64,
    /// The last day for answers.
    pub last_day: NaiveDate,
    /// Whether it is for a group that the person is in or leads.
    pub is_for_group: bool,
    /// The address that stands in messages.
    pub origin: &'a str,
}

/// To somebody who is asked.
pub(super) fn invitation(to: PersonId, invitation: &Invitation<'_>, code: &str) -> NewMessage {
    letter(to, format!("When can you come? Please answer by {}", day_and_month(invitation.last_day)), "", invitation, code)
}

/// To somebody who has not answered.
pub(super) fn reminder(to: PersonId, invitation: &Invitation<'_>, code: &str) -> NewMessage {
    let subject = format!("Still to answer by {}: when can you come?", day_and_month(invitation.last_day));
    letter(to, subject, "We have not heard from you yet. ", invitation, code)
}

fn letter(to: PersonId, subject: String, opening: &str, invitation: &Invitation<'_>, code: &str) -> NewMessage {
    let what = if invitation.is_for_group { "for one of your supervision groups" } else { "for supervision" };
    let times = if invitation.times == 1 { "One time is offered".to_owned() } else { format!("{} times are offered", invitation.times) };
    NewMessage {
        to,
        leads: Leads::LetsIn,
        subject,
        body: format!(
            "Hello\n\n{opening}The Centre is looking for a time {what}. {times}; please say of each whether it suits you: yes, if need be, or no.\n\n{}{}\n\nThe link is yours alone and needs no password, so please do not pass it on. You can change your answers until {}.\n\nThe Centre",
            invitation.origin,
            paths::answer_poll(code),
            day_month_year(invitation.last_day)
        ),
    }
}

/// To the organiser of a poll that has closed by itself.
pub(super) fn has_closed(to: PersonId, last_day: NaiveDate, (answered, asked): (i64, i64), link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("Your poll of {} has closed", day_and_month(last_day)),
        body: format!(
            "Hello\n\nA poll in which you offered times has closed: {answered} of {asked} have answered.\n\nThe answers, and the way to a series: {link}\n\nThe Centre"
        ),
    }
}
