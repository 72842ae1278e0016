//! What people are written about a series: the dates, and nobody's name.

use ::series::{Occurrence, Skip};

use super::store::Planned;
use super::words::clocks_of;
use crate::messages::NewMessage;
use crate::people::PersonId;
use crate::ui::{day_month_year, time_range};

/// To everybody in a group whose sessions are planned.
pub(super) fn sessions_planned(to: PersonId, planned: &Planned) -> NewMessage {
    let first = planned.held().first().map(|first| format!(" from {}", day_month_year(first.local.date()))).unwrap_or_default();
    let dates: Vec<String> = planned.held().iter().map(held_line).collect();
    let clocks = match clocks_of(planned.held()) {
        none if none.is_empty() => none,
        sentence => format!("{sentence}\n\n"),
    };
    NewMessage {
        to,
        subject: format!("Your sessions{first}"),
        body: format!(
            "Hello\n\nThe sessions of one of your supervision groups are planned. All times are UK time.\n\n{}\n\n{}{clocks}With this message comes an invitation for your own calendar. Sign in to Reverie to see who is in the group, or to send apologies for a session.\n\nThe Centre",
            dates.join("\n"),
            skipped(planned.skips())
        ),
    }
}

/// "Thursday 22 October 2026, 10:00 to 11:30".
fn held_line(session: &Occurrence) -> String {
    format!("{}, {}", day_month_year(session.local.date()), time_range(session.local, ::series::local(session.ends_at)))
}

fn skipped(skips: &[Skip]) -> String {
    if skips.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = skips.iter().map(|skip| format!("{} ({})", day_month_year(skip.date), skip.reason)).collect();
    format!("There is no session on:\n{}\n\n", lines.join("\n"))
}
