//! Another calendar of somebody's, and what became of reading it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A stretch of time in which somebody is busy elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BusyBlock {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// Another calendar, as its owner sees it here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherCalendar {
    /// Where it is, without the part that nobody else may know: `calendar.example.org`.
    pub host: String,
    /// What became of reading it last.
    pub outcome: Outcome,
    /// When it was last read in full.
    pub read_at: Option<DateTime<Utc>>,
    /// How many of its entries could not be understood then.
    pub not_understood: i64,
}

/// What became of reading another calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is to be read now.
    Waiting,
    /// It was read.
    Read,
    /// Nothing answered, or not in time.
    NotReached,
    /// What answered has no calendar there for us.
    Refused,
    /// It sends on to another place, and we do not follow.
    SentElsewhere,
    /// What stands there is no calendar.
    NotACalendar,
    /// It is larger than anybody's calendar.
    TooLarge,
}

impl Outcome {
    /// What its owner reads.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Waiting => "It will be read within a minute or two. Open this page again then.",
            Self::Read => "It was read. Your busy times count when sessions are planned.",
            Self::NotReached => "It could not be reached. It is tried again every two hours.",
            Self::Refused => {
                "There is no calendar for us at this address. Look in the other calendar for its private address, and paste that."
            }
            Self::SentElsewhere => "The address leads on to another place, where we do not follow. Paste the address to which it leads.",
            Self::NotACalendar => "What stands at this address is no calendar. Look for an address that ends in .ics.",
            Self::TooLarge => "The calendar holds more than we can read. Publish less of it, such as the next year alone.",
        }
    }
}
