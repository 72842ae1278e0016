//! The kinds of conflict, and how seriously each is taken.

use serde::{Deserialize, Serialize};

/// What does not fit. In the order in which they are told where several are equally serious.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClashKind {
    /// Whoever leads the session is in another at the same time, or hosts an event.
    SupervisorTwice,
    /// A member of the group is in another session at the same time, or hosts an event.
    MemberTwice,
    /// The Centre is closed on its day.
    Closed,
    /// Whoever leads it is away.
    OnLeave,
    /// Whoever leads it has said that the date cannot be planned.
    UnavailableDate,
    /// It lies outside the hours of whoever leads it.
    OutsideHours,
    /// Whoever leads it is busy in another calendar of theirs at the same time.
    BusyElsewhere,
    /// Too little time lies between it and another.
    Buffer,
    /// More sessions of a day than are wanted.
    DayCap,
    /// More sessions of a week than are wanted.
    WeekCap,
}

impl ClashKind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::SupervisorTwice,
        Self::MemberTwice,
        Self::Closed,
        Self::OnLeave,
        Self::UnavailableDate,
        Self::OutsideHours,
        Self::BusyElsewhere,
        Self::Buffer,
        Self::DayCap,
        Self::WeekCap,
    ];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SupervisorTwice => "One supervisor at two sessions or events at once",
            Self::MemberTwice => "A member at two sessions or events at once",
            Self::Closed => "The Centre is closed",
            Self::OnLeave => "The supervisor is away",
            Self::UnavailableDate => "A date that cannot be planned",
            Self::OutsideHours => "Outside working hours",
            Self::BusyElsewhere => "The supervisor is busy in another calendar",
            Self::Buffer => "Too little time between two sessions",
            Self::DayCap => "Too many sessions in a day",
            Self::WeekCap => "Too many sessions in a week",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SupervisorTwice => "supervisor_twice",
            Self::MemberTwice => "member_twice",
            Self::Closed => "closed",
            Self::OnLeave => "on_leave",
            Self::UnavailableDate => "unavailable_date",
            Self::OutsideHours => "outside_hours",
            Self::BusyElsewhere => "busy_elsewhere",
            Self::Buffer => "buffer",
            Self::DayCap => "day_cap",
            Self::WeekCap => "week_cap",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// How it is treated until a coordinator decides otherwise.
    pub const fn usual_level(self) -> Level {
        match self {
            Self::SupervisorTwice => Level::Block,
            Self::MemberTwice | Self::Closed | Self::OnLeave | Self::UnavailableDate => Level::BlockPublishing,
            Self::OutsideHours | Self::BusyElsewhere | Self::Buffer | Self::DayCap | Self::WeekCap => Level::Warn,
        }
    }
}

/// How a kind of conflict is treated, the most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing is saved with it.
    Block,
    /// A draft can be saved with it, and not published.
    BlockPublishing,
    /// It is said, and needs a reason to be left so.
    Warn,
    /// It is not looked at.
    Ignore,
}

impl Level {
    /// Every level, the most serious first.
    pub const ALL: [Self; 4] = [Self::Block, Self::BlockPublishing, Self::Warn, Self::Ignore];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Block => "Do not allow",
            Self::BlockPublishing => "Allow in a draft only",
            Self::Warn => "Warn, and ask for a reason",
            Self::Ignore => "Ignore",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::BlockPublishing => "block_publishing",
            Self::Warn => "warn",
            Self::Ignore => "ignore",
        }
    }

    /// The level of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }
}

/// Why a conflict is left as it is. A list, since free text could hold what belongs to somebody's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum KeepReason {
    /// Whoever it concerns has agreed to it.
    Agreed,
    /// The group has no other time.
    OnlyTime,
    /// It does not come again.
    OnlyOnce,
    /// Anything else.
    Other,
}

impl KeepReason {
    /// Every reason, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Agreed, Self::OnlyTime, Self::OnlyOnce, Self::Other];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreed => "The supervisor has agreed to it",
            Self::OnlyTime => "The group has no other time",
            Self::OnlyOnce => "It is only this once",
            Self::Other => "Another reason",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::OnlyTime => "only_time",
            Self::OnlyOnce => "only_once",
            Self::Other => "other",
        }
    }

    /// The reason of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }

    /// Every reason as a form offers it: what is sent, and the words.
    pub fn options() -> Vec<(String, String)> {
        Self::ALL.map(|reason| (reason.key().to_owned(), reason.name().to_owned())).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_level_and_reason_is_found_by_its_key() {
        for kind in ClashKind::ALL {
            assert_eq!(ClashKind::of_key(kind.key()), Some(kind));
        }
        for level in Level::ALL {
            assert_eq!(Level::of_key(level.key()), Some(level));
        }
        for reason in KeepReason::ALL {
            assert_eq!(KeepReason::of_key(reason.key()), Some(reason));
        }
    }

    #[test]
    fn nobody_is_in_two_rooms_at_once_whatever_else_is_allowed() {
        assert_eq!(ClashKind::SupervisorTwice.usual_level(), Level::Block);
        assert!(Level::ALL.is_sorted());
    }
}
