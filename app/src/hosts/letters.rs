//! What people are written about hosts: the session and the role, and nobody's name. Who it is stands on its page.

use chrono::NaiveDateTime;

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::sessions::HostRole;
use crate::ui::{and, clock_time, day_and_month, day_month_year};

fn when(starts: NaiveDateTime) -> String {
    format!("{}, {}, UK time", day_month_year(starts.date()), clock_time(starts.time()))
}

/// To whoever was added.
pub(super) fn you_are_added(to: PersonId, role: HostRole, starts: NaiveDateTime, code: &str) -> NewMessage {
    let what = match role {
        HostRole::CoSupervisor => "You lead a session together with its supervisor",
        HostRole::Observer => "You observe a session",
    };
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("{} on {}", role.name(), day_and_month(starts.date())),
        body: format!(
            "Hello\n\n{what}: {}. You find it in your calendar. What was agreed about confidentiality binds you too: please ask its supervisor for the agreement before the session.\n\nIf you cannot, please tell its supervisor.\n\nThe Centre",
            when(starts)
        ),
    }
}

/// To whoever was added to the sessions of a group that have been published.
pub(super) fn you_are_beside(to: PersonId, role: HostRole, sessions: &Beside) -> NewMessage {
    let what = match role {
        HostRole::CoSupervisor => "lead together with its supervisor",
        HostRole::Observer => "observe",
    };
    let news = if sessions.added.is_empty() {
        "You were not added to its sessions; please ask the Centre’s coordinator.".to_owned()
    } else {
        sessions.in_words()
    };
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "Sessions of a group beside its supervisor".to_owned(),
        body: format!("Hello\n\nThe sessions of the supervision group that you said you would {what} are planned. {news}\n\nThe Centre"),
    }
}

/// The sessions of a group to which somebody was to be added.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Those to which they were.
    pub added: Vec<NaiveDateTime>,
    /// Those for which they are not free, or may not be there.
    pub left_out: Vec<NaiveDateTime>,
}

impl Beside {
    /// To how many somebody was added, and what they do now.
    fn in_words(&self) -> String {
        let count = if self.added.len() == 1 { "1 session".to_owned() } else { format!("{} sessions", self.added.len()) };
        let first = self.added.first().map(|first| format!(", the first on {}", when(*first))).unwrap_or_default();
        let left_out: Vec<String> = self.left_out.iter().map(|starts| day_month_year(starts.date())).collect();
        let left_out = match left_out.as_slice() {
            [] => String::new(),
            dates => format!("You are not free on these dates by now, and were not added: {}. ", and(dates)),
        };
        format!(
            "You were added to {count}{first}. {left_out}You find them in your calendar. What was agreed about confidentiality binds you too: please ask its supervisor for the agreement before the first session.\n\nIf you cannot come to one of them, please tell its supervisor."
        )
    }
}

/// To whoever was removed.
pub(super) fn you_are_removed(to: PersonId, starts: NaiveDateTime) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: format!("You are no longer expected on {}", day_and_month(starts.date())),
        body: format!("Hello\n\nYou are no longer expected at a session beside its supervisor: {}.\n\nThe Centre", when(starts)),
    }
}

/// To whoever comes to the session, and to its supervisor.
pub(super) fn somebody_is_there(to: PersonId, role: HostRole, starts: NaiveDateTime, code: &str) -> NewMessage {
    let what = match role {
        HostRole::CoSupervisor => "is led by a second supervisor too",
        HostRole::Observer => "is observed by another supervisor",
    };
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("Who else is at your session on {}", day_and_month(starts.date())),
        body: format!(
            "Hello\n\nYour session {what}: {}. What you agreed about confidentiality covers that person too. If you would rather not, please tell your supervisor before the session.\n\nSign in to Reverie and open the session to see who it is.\n\nThe Centre",
            when(starts)
        ),
    }
}
