//! What is held about somebody, part by part.

use serde::{Deserialize, Serialize};

use crate::paths;

/// How much is held about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How much of each part, in the order of [`HeldPart::ALL`]; parts of which there is nothing are left out.
    pub parts: Vec<(HeldPart, i64)>,
}

/// A part of what is held about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldPart {
    /// The groups that they are or were in, or lead.
    Groups,
    /// What they agreed to.
    Agreements,
    /// How they were at sessions, and their apologies.
    Sessions,
    /// Places at open clinics, and waiting for them.
    Bookings,
    /// What they said that they would do.
    Actions,
    /// Supervision had elsewhere.
    Hours,
    /// What they wrote for themselves alone.
    Reflections,
    /// What was saved, read and finished.
    Learning,
    /// What they raised to the Centre and want to be told of.
    Themes,
    /// What they ask or asked for, and the places that were offered.
    Waiting,
    /// What they answered for the forming of groups, and when they were asked about one.
    Registration,
    /// Which times suit them.
    Polls,
    /// What they wrote in the community, posted or not, and saved there.
    Community,
    /// When they can be planned.
    Availability,
    /// Reminders and calendar links.
    Settings,
    /// Where they are signed in.
    Devices,
    /// The messages that were written to them.
    Messages,
    /// What they searched for.
    Searches,
    /// What they did, in the log.
    Log,
    /// What of theirs is with the moderators, or was.
    Moderation,
    /// Which events they come to, and those that they host.
    Events,
    /// Who opened what of theirs.
    Access,
}

impl HeldPart {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 22] = [
        Self::Groups,
        Self::Agreements,
        Self::Sessions,
        Self::Bookings,
        Self::Actions,
        Self::Hours,
        Self::Reflections,
        Self::Learning,
        Self::Themes,
        Self::Waiting,
        Self::Registration,
        Self::Polls,
        Self::Community,
        Self::Availability,
        Self::Settings,
        Self::Devices,
        Self::Messages,
        Self::Searches,
        Self::Log,
        Self::Moderation,
        Self::Events,
        Self::Access,
    ];

    /// The word in the file and in the statement.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Agreements => "agreements",
            Self::Sessions => "sessions",
            Self::Bookings => "bookings",
            Self::Actions => "actions",
            Self::Hours => "hours",
            Self::Reflections => "reflections",
            Self::Learning => "learning",
            Self::Themes => "themes",
            Self::Waiting => "waiting",
            Self::Registration => "registration",
            Self::Polls => "polls",
            Self::Community => "community",
            Self::Availability => "availability",
            Self::Settings => "settings",
            Self::Devices => "devices",
            Self::Messages => "messages",
            Self::Searches => "searches",
            Self::Log => "log",
            Self::Moderation => "moderation",
            Self::Events => "events",
            Self::Access => "access",
        }
    }

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "Groups that you are or were in, or lead",
            Self::Agreements => "Agreements that you were asked to agree to",
            Self::Sessions => "Sessions at which you were marked or sent apologies",
            Self::Bookings => "Places at open clinics that you have booked or are waiting for",
            Self::Actions => "Actions that you agreed on",
            Self::Hours => "Supervision that you had elsewhere",
            Self::Reflections => "Entries of your reflective log",
            Self::Learning => "What you have saved, read and finished",
            Self::Themes => "Themes that you raised, and want to be told of",
            Self::Waiting => "What you ask for, and places that you were offered",
            Self::Registration => "Registration, and groups that you were asked about",
            Self::Polls => "Times that you said suit you or do not",
            Self::Community => "What you wrote in the community, drafts and saved posts",
            Self::Availability => "Hours in which you work, and days away",
            Self::Settings => "Reminders and calendar links",
            Self::Devices => "Devices on which you are signed in",
            Self::Messages => "Messages that we wrote to you",
            Self::Searches => "What you searched for",
            Self::Log => "Entries in the log of what you did",
            Self::Moderation => "What you reported, what of yours waits to be seen, and what was decided about your posts",
            Self::Events => "Events that you answered or host",
            Self::Access => "Times at which somebody opened something of yours",
        }
    }

    /// How long it is kept.
    pub const fn kept(self) -> &'static str {
        match self {
            Self::Groups | Self::Agreements | Self::Sessions | Self::Bookings | Self::Actions => {
                "Kept as the record of your supervision, until the Centre deletes it."
            }
            Self::Hours => "Kept until you remove it; what you removed is forgotten after a day.",
            Self::Reflections => "Kept, locked, until you remove it; what you removed is deleted after an hour.",
            Self::Learning => "What you saved and read is kept until you change it, what you finished until the Centre deletes it.",
            Self::Themes => "Kept to tell you what became of them. Until one is gathered you can withdraw it.",
            Self::Waiting | Self::Registration | Self::Polls => "Kept until you change it or the Centre deletes it.",
            Self::Community => "Kept until you withdraw it; what you withdrew is gone at once.",
            Self::Availability | Self::Settings => "Kept until you change it.",
            Self::Devices => "Forgotten when you sign out or the sign-in runs out.",
            Self::Messages => "Forgotten 90 days after they have left. The file has their subjects and when they were written.",
            Self::Searches => "Forgotten after a day.",
            Self::Moderation => {
                "Kept as the record of what was decided, until the Centre deletes it. A post that waits is gone once you withdraw it."
            }
            Self::Events => "Kept until you take your answer back; once an event has begun, until the Centre deletes it.",
            Self::Access => {
                "Kept for six years; the page shows twelve months. The file says what was opened and in which role, and names nobody."
            }
            Self::Log => {
                "Never changed or removed, so that nobody can hide what they did. It holds none of your words, and is counted here alone."
            }
        }
    }

    /// Where it stands and can be changed: the address, and its name.
    pub const fn place(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Groups | Self::Agreements => Some((paths::GROUPS, "Groups")),
            Self::Sessions => Some((paths::CALENDAR, "Calendar")),
            Self::Bookings => Some((paths::CLINICS, "Open clinics")),
            Self::Hours => Some((paths::HOURS, "Hours")),
            Self::Reflections => Some((paths::REFLECTIONS, "Reflective log")),
            Self::Learning => Some((paths::LEARNING, "Learning")),
            Self::Themes => Some((paths::MY_THEMES, "Themes")),
            Self::Waiting => Some((paths::MY_WAITING, "Asking for supervision")),
            Self::Registration => Some((paths::REGISTRATION, "Registration")),
            Self::Community => Some((paths::MY_POSTS, "My posts")),
            Self::Availability => Some((paths::AVAILABILITY, "Availability")),
            Self::Settings => Some((paths::NOTIFICATIONS, "Reminders")),
            Self::Devices => Some((paths::DEVICES, "Devices")),
            Self::Searches => Some((paths::SEARCH, "Search")),
            Self::Moderation => Some((paths::OWN_REPORTS, "With the moderators")),
            Self::Events => Some((paths::EVENTS, "Events")),
            Self::Access => Some((paths::MY_ACCESS, "Who opened your records")),
            Self::Actions | Self::Polls | Self::Messages | Self::Log => None,
        }
    }
}
