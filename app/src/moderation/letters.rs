//! What people are written about what was reported and decided. It says nothing of what was written, nor by whom or where.

use super::model::Outcome;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To whoever can decide about what came within an hour: what of it is still to be decided, counted.
pub(super) fn to_decide(to: PersonId, counts: Counts, origin: &str) -> NewMessage {
    let Counts { reported, waiting, again } = counts;
    let lines = [
        (reported, "a post that was reported", "posts that were reported"),
        (waiting, "a post that others see once somebody has looked at it", "posts that others see once somebody has looked at them"),
        (again, "a decision to be made again by somebody else", "decisions to be made again by somebody else"),
    ];
    let line = |(count, one, more): (usize, &str, &str)| match count {
        0 => None,
        1 => Some(format!("- {one}")),
        count => Some(format!("- {count} {more}")),
    };
    let lines: Vec<String> = lines.into_iter().filter_map(line).collect();
    let subject = match reported + waiting + again {
        1 => "Something in the community waits to be looked at".to_owned(),
        count => format!("{count} things in the community wait to be looked at"),
    };
    let body = format!(
        "This is to be decided, and you are one of those who can. Please look at it within one working day.\n\n{}",
        lines.join("\n")
    );
    letter(to, &subject, &body, &format!("{origin}{}", paths::MODERATION))
}

/// How much of what somebody was asked to decide is still to be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Posts that were reported.
    pub reported: usize,
    /// Posts that wait to be seen.
    pub waiting: usize,
    /// Decisions that another is to make again.
    pub again: usize,
}

/// To whoever wrote a post about which something was decided.
pub(super) fn your_post_decided(to: PersonId, outcome: Outcome, code: &str, origin: &str) -> NewMessage {
    letter(to, "A moderator has looked at a post of yours", outcome.told_author(), &format!("{origin}{}", paths::own_report(code)))
}

/// To whoever reported a post about which something was decided.
pub(crate) fn your_report_decided(to: PersonId, outcome: Outcome, code: &str, origin: &str) -> NewMessage {
    letter(to, "What became of your report", outcome.told_reporter(), &format!("{origin}{}", paths::own_report(code)))
}

fn letter(to: PersonId, subject: &str, body: &str, link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: subject.to_owned(),
        body: format!("Hello\n\n{body}\n\nMore about it: {link}\n\nThe Centre"),
    }
}
