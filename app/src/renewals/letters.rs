//! What those who plan are written: the day, the way, and nobody's name.

use chrono::NaiveDate;

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::day_month_year;

/// To the supervisor and the coordinators of a group that runs out.
pub(super) fn what_comes_next(to: PersonId, last_on: NaiveDate, has_stopped: bool, link: &Link<'_>) -> NewMessage {
    let day = day_month_year(last_on);
    let (subject, sentence) = if has_stopped {
        (
            format!("A group has had no session since {day}"),
            format!("One of the supervision groups had its last session on {day}, and nothing is planned."),
        )
    } else {
        (
            format!("A group’s sessions end on {day}"),
            format!("One of the supervision groups has its last session on {day}, and nothing is planned after it."),
        )
    };
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject,
        body: format!(
            "Hello\n\n{sentence} Please renew it, review it or let it end, so that nobody’s supervision stops unseen.\n\nThe group and the ways forward: {}{}\n\nThe Centre",
            link.origin,
            paths::renewal(link.slug)
        ),
    }
}

/// Where the way forward begins.
pub(super) struct Link<'a> {
    /// The address that stands in messages.
    pub origin: &'a str,
    /// The group's part of the address.
    pub slug: &'a str,
}
