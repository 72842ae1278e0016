//! What people are written about a series: the dates, and nobody's name.

use ::series::{Occurrence, Skip};

use super::store::Planned;
use super::words::{clocks_of, in_words};
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_month_year, time_range};

/// To somebody whose sessions are planned: of one series, or of several at once.
pub(super) fn sessions_planned(to: PersonId, planned: &[&Planned]) -> NewMessage {
    let first = planned.iter().filter_map(|series| series.held().first()).min_by_key(|first| first.starts_at);
    let first = first.map(|first| format!(" from {}", day_month_year(first.local.date()))).unwrap_or_default();
    let (opening, dates, files) = match planned {
        [only] => {
            let opening = "The sessions of one of your supervision groups are planned.".to_owned();
            (opening, dates_of(only), "With this message comes an invitation for your own calendar.")
        }
        several => {
            let opening = format!("The sessions of {} series are planned that you belong to.", several.len());
            let dates = several.iter().map(|one| format!("{}:\n{}", in_words(&one.pattern, one.length_minutes), dates_of(one)));
            (
                opening,
                dates.collect(),
                "With this message comes an invitation for your own calendar; each further one comes in a short message.",
            )
        }
    };
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: format!("Your sessions{first}"),
        body: format!(
            "Hello\n\n{opening} All times are UK time.\n\n{dates}{files} Sign in to Reverie to see who is in the group, or to send apologies for a session.\n\nThe Centre"
        ),
    }
}

/// Every date of a series, what is skipped of it, and what the clocks do meanwhile.
fn dates_of(planned: &Planned) -> String {
    let dates: Vec<String> = planned.held().iter().map(held_line).collect();
    let clocks = match clocks_of(planned.held()) {
        none if none.is_empty() => none,
        sentence => format!("{sentence}\n\n"),
    };
    format!("{}\n\n{}{clocks}", dates.join("\n"), skipped(planned.skips()))
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
