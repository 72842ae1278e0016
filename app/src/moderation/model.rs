//! What can be decided, and how long it took.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The post stays, and nothing was wrong with it.
    Leave,
    /// The post stays, and its author is warned.
    Warn,
    /// The post is hidden until its author has changed it.
    Ask,
    /// The post is hidden.
    Hide,
    /// The post is hidden, and its author posts nothing in the space for a while.
    Pause,
    /// What waited is shown.
    Show,
    /// What waited is sent back to its author.
    SendBack,
}

impl Outcome {
    /// What can be decided about a reported post, in the order of the form.
    pub const OF_REPORTS: [Self; 5] = [Self::Leave, Self::Warn, Self::Ask, Self::Hide, Self::Pause];
    /// What can be decided about a post that waits.
    pub const OF_WAITING: [Self; 2] = [Self::Show, Self::SendBack];

    /// The word in forms and files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Warn => "warn",
            Self::Ask => "ask",
            Self::Hide => "hide",
            Self::Pause => "pause",
            Self::Show => "show",
            Self::SendBack => "send_back",
        }
    }

    /// What a word means.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::OF_REPORTS.into_iter().chain(Self::OF_WAITING).find(|outcome| outcome.key() == key)
    }

    /// The words of the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leave => "Leave the post as it is",
            Self::Warn => "Leave it, and warn its author",
            Self::Ask => "Ask its author to change it; it is hidden until then",
            Self::Hide => "Hide it",
            Self::Pause => "Hide it, and pause its author’s posting in this space",
            Self::Show => "Show it",
            Self::SendBack => "Send it back to its author",
        }
    }

    /// The words of a list.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Leave => "Left as it is",
            Self::Warn => "Warned",
            Self::Ask => "Asked to change",
            Self::Hide => "Hidden",
            Self::Pause => "Hidden, posting paused",
            Self::Show => "Shown",
            Self::SendBack => "Sent back",
        }
    }

    /// What the author is told.
    pub const fn told_author(self) -> &'static str {
        match self {
            Self::Leave => "A post of yours was reported. A moderator has looked at it and left it as it is.",
            Self::Warn => "A post of yours was reported. A moderator has left it, and asks you to be careful.",
            Self::Ask => {
                "A moderator asks you to change a post of yours. It is hidden until you have, and somebody has looked at it again."
            }
            Self::Hide => "A moderator has hidden a post of yours.",
            Self::Pause => "A moderator has hidden a post of yours, and paused your posting in that space for a while.",
            Self::Show => "A moderator has looked at your post, and it is shown.",
            Self::SendBack => "A moderator has looked at your post and asks you to change it before it is shown.",
        }
    }

    /// What whoever reported it is told: what became of the post, and not of its author.
    pub const fn told_reporter(self) -> &'static str {
        match self {
            Self::Ask | Self::Hide | Self::Pause => "A moderator has looked at the post that you reported, and hidden it.",
            Self::Warn => "A moderator has looked at the post that you reported, and done what was needed. It stays.",
            Self::Leave | Self::Show | Self::SendBack => "A moderator has looked at the post that you reported, and left it as it is.",
        }
    }

    /// Whether there is something to give a reason for.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Warn | Self::Ask | Self::Hide | Self::Pause | Self::SendBack)
    }
}

/// For how many days posting can be paused.
pub const PAUSES: [i64; 4] = [1, 3, 7, 28];

/// For how many days after the first decision somebody can appeal.
pub const APPEAL_DAYS: i64 = 14;

/// The moment by which something should be decided: one working day later.
pub fn due(asked_at: NaiveDateTime) -> NaiveDateTime {
    let day = ::series::working_days_after(asked_at.date(), 1);
    if ::series::is_working_day(asked_at.date()) { day.and_time(asked_at.time()) } else { at_hour(day, WORKING.1) }
}

/// Between which hours of a day somebody works.
const WORKING: (i64, i64) = (9, 17);

fn at_hour(day: NaiveDate, hour: i64) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::hours(hour)
}

/// The minutes of working hours, 9:00 to 17:00 on working days, between two moments. Of what took longer than a year, those of a year.
pub fn working_minutes(from: NaiveDateTime, to: NaiveDateTime) -> i64 {
    let days = from.date().iter_days().take(366).take_while(|day| *day <= to.date()).filter(|day| ::series::is_working_day(*day));
    let minutes = |day: NaiveDate| {
        let (begins, ends) = (from.max(at_hour(day, WORKING.0)), to.min(at_hour(day, WORKING.1)));
        (ends - begins).max(TimeDelta::zero()).num_minutes()
    };
    days.map(minutes).sum()
}

/// The one in the middle; of two in the middle the mean.
pub fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let (upper, lower) = (numbers.len() / 2, numbers.len().checked_sub(1)? / 2);
    Some((numbers.get(upper)? + numbers.get(lower)?) / 2)
}

/// The last day on which somebody can appeal.
pub fn last_day_to_appeal(decided: NaiveDateTime) -> NaiveDate {
    decided.date() + Days::new(APPEAL_DAYS.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn what_took_a_night_and_a_weekend_took_the_hours_in_which_somebody_works() {
        // Thursday afternoon to Friday morning, and Friday evening to Monday morning.
        assert_eq!(working_minutes(at("2026-10-22T16:00:00"), at("2026-10-23T10:30:00")), 150);
        assert_eq!(working_minutes(at("2026-10-23T20:00:00"), at("2026-10-26T09:45:00")), 45);
        assert_eq!(working_minutes(at("2026-10-24T10:00:00"), at("2026-10-25T10:00:00")), 0);
        assert_eq!(working_minutes(at("2026-10-23T12:00:00"), at("2026-10-23T11:00:00")), 0);
    }

    #[test]
    fn something_is_due_one_working_day_after_it_was_asked() {
        assert_eq!(due(at("2026-10-22T16:00:00")), at("2026-10-23T16:00:00"));
        assert_eq!(due(at("2026-10-24T10:00:00")), at("2026-10-26T17:00:00"));
    }

    #[test]
    fn the_median_is_that_of_the_middle_and_of_nothing_there_is_none() {
        assert_eq!([vec![], vec![30], vec![90, 10, 20], vec![10, 20, 40, 90]].map(median), [None, Some(30), Some(20), Some(30)]);
    }

    #[test]
    fn nobody_who_reported_a_post_is_told_what_became_of_its_author() {
        for outcome in Outcome::OF_REPORTS {
            assert!(!outcome.told_reporter().contains("pause") && !outcome.told_reporter().contains("warn"));
            assert_eq!(Outcome::of_key(outcome.key()), Some(outcome));
        }
    }
}
