//! What people are asked about, and what they can answer.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::groups::{GroupKind, MeetingMode, Rhythm};
use crate::identity::identity;
use crate::matching::{MeetsEvery, Part};
use crate::sessions::HostRole;

identity! {
    /// A group that people are asked about.
    AskedGroupId
}

identity! {
    /// Somebody who is asked about a group.
    AskedId
}

/// What somebody would be in a group about which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsWhat {
    /// They would have a place in it.
    Member,
    /// They would lead it.
    Leader,
    /// They would be there beside whoever leads it.
    Beside(HostRole),
}

impl AsWhat {
    /// That of what is stored.
    pub const fn of(part: Part, beside: Option<HostRole>) -> Self {
        match (part, beside) {
            (_, Some(role)) => Self::Beside(role),
            (Part::Supervisor, None) => Self::Leader,
            (Part::Practitioner, None) => Self::Member,
        }
    }
}

/// What somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// They would be in the group, or lead it.
    Accepted,
    /// They would not, and need not say why.
    Declined,
}

impl Reply {
    /// The words that a coordinator reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "Accepts",
            Self::Declined => "Declines",
        }
    }

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// The answer of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Accepted, Self::Declined].into_iter().find(|reply| reply.key() == key)
    }
}

/// When a group would meet: a time in the weeks of its round, how often, and from when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// The first week of the two, or the second; the first where it meets in every one.
    pub week: i64,
    /// The day, counted from Monday.
    pub day: i64,
    /// The minute after midnight, on the clocks of the United Kingdom.
    pub minute: i64,
    /// How long it lasts.
    pub length_minutes: i64,
    /// How often.
    pub meets_every: MeetsEvery,
    /// The first day of the round's groups. The Monday before it begins the first week.
    pub from: NaiveDate,
    /// Their last day.
    pub until: NaiveDate,
}

impl Meeting {
    /// How it is held from its first date on that is still to come.
    pub fn rhythm(&self, today: NaiveDate) -> Rhythm {
        Rhythm {
            starts_on: self.first_after(today),
            starts_time: NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(self.minute)).0,
            length_minutes: self.length_minutes,
            repeats: ::series::Rhythm::Weekly { every: u32::from(self.meets_every.weeks()) },
        }
    }

    fn first_after(&self, today: NaiveDate) -> NaiveDate {
        let in_cycle = u64::try_from(self.week * 7 + self.day).unwrap_or_default();
        let first = ::series::monday_of(self.from) + Days::new(in_cycle);
        let earliest = self.from.max(today + Days::new(1));
        first.iter_days().step_by(7 * usize::from(self.meets_every.weeks())).find(|date| *date >= earliest).unwrap_or(first)
    }
}

/// "Online", "In person, London".
pub fn way_in_words(mode: MeetingMode, region: &str) -> String {
    match mode {
        MeetingMode::InPerson if !region.is_empty() => format!("{}, {region}", mode.name()),
        MeetingMode::Online | MeetingMode::InPerson => mode.name().to_owned(),
    }
}

/// "VIG supervision", "supervision group", as it is spoken of in a sentence.
pub const fn kind_in_words(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Vig => "group for VIG supervision",
        GroupKind::Supervisors => "supervisors’ group",
        _ => "supervision group",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_group_meets_every_second_week_from_its_week_of_the_cycle_on_and_a_weekly_one_every_week() {
        let meeting = |week: i64, day: i64| Meeting {
            week,
            day,
            minute: 600,
            length_minutes: 90,
            meets_every: MeetsEvery::Fortnight,
            from: date("2026-11-24"),
            until: date("2027-05-23"),
        };
        let today = date("2026-10-22");
        let thursday = meeting(0, 3).rhythm(today);
        assert_eq!((thursday.starts_on, thursday.to_string().as_str()), (date("2026-11-26"), "Every second Thursday, 10:00 to 11:30"));
        assert_eq!(meeting(1, 3).rhythm(today).starts_on, date("2026-12-03"));
        // The round begins on a Tuesday: the Monday of its first week has passed by then.
        assert_eq!(meeting(0, 0).rhythm(today).starts_on, date("2026-12-07"));
        // Whoever answers late begins at the next date in the same rhythm.
        assert_eq!(meeting(0, 3).rhythm(date("2026-11-26")).starts_on, date("2026-12-10"));

        let weekly = Meeting { meets_every: MeetsEvery::Week, ..meeting(0, 3) };
        assert_eq!(
            (weekly.rhythm(today).starts_on, weekly.rhythm(today).to_string().as_str()),
            (date("2026-11-26"), "Every Thursday, 10:00 to 11:30")
        );
        let monday = Meeting { day: 0, ..weekly };
        assert_eq!(monday.rhythm(today).starts_on, date("2026-11-30"));
        assert_eq!(weekly.rhythm(date("2026-11-26")).starts_on, date("2026-12-03"));
    }

    #[test]
    fn every_answer_is_found_by_its_key() {
        for reply in [Reply::Accepted, Reply::Declined] {
            assert_eq!(Reply::of_key(reply.key()), Some(reply));
        }
        assert_eq!(Reply::of_key("perhaps"), None);
    }
}
