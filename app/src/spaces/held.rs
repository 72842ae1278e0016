//! What waits for a moderator before others see it, why, and what keeps somebody from posting.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::answers::Attached;
use super::model::on_day;
use crate::identity::identity;
use crate::ui::clock_time;

identity! {
    /// Something that a moderator decides: about a post that was reported, or one that waits to be seen.
    CaseId
}

/// Whether what is written in a space is looked at before others see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Never.
    #[default]
    Off,
    /// Until something of the writer's has been shown in the space.
    First,
    /// Always.
    All,
}

impl Approval {
    /// Each, in the order of the form.
    pub const EACH: [Self; 3] = [Self::Off, Self::First, Self::All];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::First => "first",
            Self::All => "all",
        }
    }

    /// What a word means.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|approval| approval.key() == key)
    }

    /// The words of the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "No: posts are shown at once",
            Self::First => "The first post of each person, and every post without a name",
            Self::All => "Every post",
        }
    }

    /// What stands beside the space.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Off => "Shown at once",
            Self::First => "The first of each person is looked at first",
            Self::All => "Looked at first",
        }
    }
}

/// Why a post waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Nothing of its writer's has been shown in the space yet with their name, or it bears none.
    First,
    /// Every post of the space is looked at.
    All,
    /// The thread is heated, so every reply to it is looked at.
    Slowed,
    /// Something in it looks like a detail of a family, and its writer asked a moderator.
    Marked,
    /// A moderator asked its writer to change it.
    AskedFor,
}

impl Because {
    /// Why, in a list.
    pub const fn short(self) -> &'static str {
        match self {
            Self::First => "the first of its writer here, or without a name",
            Self::All => "every post of this space does",
            Self::Slowed => "a heated thread",
            Self::Marked => "its writer asks a moderator",
            Self::AskedFor => "it was changed as asked",
        }
    }

    /// Why, to whoever wrote it and to whoever looks at it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::First => "In this space the first post of each person, and every post without a name, is looked at before others see it.",
            Self::All => "In this space every post is looked at before others see it.",
            Self::Slowed => "In this thread every reply is looked at before others see it.",
            Self::Marked => "Something in it could look like a detail of a family, and its writer asked a moderator.",
            Self::AskedFor => "A moderator had asked for a change.",
        }
    }
}

/// Why a post was reported, and why something was decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It could identify a family or a colleague.
    Identifies,
    /// It is unkind or disrespectful.
    Unkind,
    /// Following it could do harm.
    Unsafe,
    /// Somebody is worried about the safety of a child or an adult.
    Safeguarding,
    /// Something else.
    Other,
}

impl Reason {
    /// Whether those who decide are written to at once: somebody may come to harm, or may be recognised as long as it stands there.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Identifies | Self::Unsafe | Self::Safeguarding)
    }

    /// Each, in the order of the form.
    pub const EACH: [Self; 5] = [Self::Identifies, Self::Unkind, Self::Unsafe, Self::Safeguarding, Self::Other];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identifies => "identifies",
            Self::Unkind => "unkind",
            Self::Unsafe => "unsafe",
            Self::Safeguarding => "safeguarding",
            Self::Other => "other",
        }
    }

    /// What a word means.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|reason| reason.key() == key)
    }

    /// The words that people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identifies => "It could identify a family or a colleague",
            Self::Unkind => "It is unkind or disrespectful",
            Self::Unsafe => "Its advice is not safe",
            Self::Safeguarding => "A worry about somebody’s safety",
            Self::Other => "Something else",
        }
    }
}

/// How a post is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum HiddenAs {
    /// For good.
    Hidden,
    /// Until its author has changed it and somebody has looked at it again.
    ToChange,
}

/// What becomes of something that somebody posts at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Whether what is written in the space is looked at first.
    pub approval: Approval,
    /// Why it would wait; nothing where it is shown at once.
    pub waits: Option<Because>,
    /// Until when they post nothing in the space, and why.
    pub paused: Option<(NaiveDateTime, Reason)>,
}

/// What somebody is told who posts while they are paused.
pub fn paused_until((until, reason): (NaiveDateTime, Reason), now: NaiveDateTime) -> String {
    format!(
        "A moderator has paused your posting in this space until {}, {}, UK time. The reason: “{}”.",
        on_day(until.date(), now.date()),
        clock_time(until.time()),
        reason.name()
    )
}

/// What of somebody's own waits for a moderator, or was sent back to them. Nobody else learns of it but those who decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPost {
    /// Its part of the address.
    pub code: String,
    /// The title, of a new thread.
    pub title: String,
    /// The text as HTML.
    pub html: String,
    /// The post that it would change.
    pub changes: Option<i64>,
    /// Why it waits.
    pub because: Because,
    /// Whether it was sent back.
    pub is_sent_back: bool,
    /// When it was written.
    pub written_at: NaiveDateTime,
    /// What is to stand with it.
    pub files: Vec<Attached>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_who_is_paused_is_told_until_when_and_why() {
        let moment = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let told = paused_until((moment("2026-10-25T09:00:00"), Reason::Unkind), moment("2026-10-22T09:00:00"));
        assert_eq!(
            told,
            "A moderator has paused your posting in this space until Sunday 25 October, 09:00, UK time. The reason: “It is unkind or disrespectful”."
        );
    }
}
