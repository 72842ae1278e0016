//! What a supervisor says of when they can be planned.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::groups::GroupKind;
use crate::identity::identity;

identity! {
    /// A line of somebody's working hours.
    WorkingHoursId
}

identity! {
    /// A stretch of days away.
    LeaveId
}

/// A stretch of one day on the clocks of the United Kingdom; it ends after it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    from: NaiveTime,
    to: NaiveTime,
}

impl Stretch {
    /// From one time to a later one of the same day.
    pub fn new(from: NaiveTime, to: NaiveTime) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// When it begins.
    pub fn from(self) -> NaiveTime {
        self.from
    }

    /// When it ends.
    pub fn to(self) -> NaiveTime {
        self.to
    }

    /// Whether all of another stretch lies within it.
    pub fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} to {}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

/// A stretch of a weekday, every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// Which line it is.
    pub id: WorkingHoursId,
    /// The day of the week.
    pub weekday: Weekday,
    /// From when to when.
    pub stretch: Stretch,
    /// The kinds of supervision that it is for; none named means every kind.
    pub kinds: Vec<GroupKind>,
    /// Whether it is the time that they would choose.
    pub is_preferred: bool,
}

impl WorkingHours {
    /// Whether it is for a kind of supervision; without a kind, whether it is for any.
    pub fn serve(&self, kind: Option<GroupKind>) -> bool {
        self.kinds.is_empty() || kind.is_none_or(|kind| self.kinds.contains(&kind))
    }
}

/// What holds on one date in place of the usual hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateOverride {
    /// The date.
    pub on: NaiveDate,
    /// Other hours, or none at all.
    pub hours: Option<Stretch>,
}

/// Why somebody is away. A list, since free text could hold what belongs to somebody's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// Leave of any kind; which kind is nobody's business.
    Leave,
    /// Training.
    Training,
    /// Ill. For themselves and those who arrange cover to see, and told to nobody else in any word.
    Ill,
    /// Anything else.
    Other,
}

impl LeaveKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Leave, Self::Training, Self::Ill, Self::Other];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leave => "Leave",
            Self::Training => "Training",
            Self::Ill => "Ill",
            Self::Other => "Other",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Training => "training",
            Self::Ill => "ill",
            Self::Other => "other",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Days away, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Which it is.
    pub id: LeaveId,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why.
    pub kind: LeaveKind,
}

impl Leave {
    /// Whether a date falls into it.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

/// How much can be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Minutes that stay empty after a session.
    pub buffer_minutes: i64,
    /// The most sessions of a day.
    pub most_in_day: Option<i64>,
    /// The most sessions of a week, from Monday to Sunday.
    pub most_in_week: Option<i64>,
    /// Minutes of sessions that the contract is for, in a week.
    pub contracted_minutes: Option<i64>,
}

impl Limits {
    /// The minutes that stay empty after a session where nobody has said otherwise.
    pub const USUAL_BUFFER: i64 = 15;
}

impl Default for Limits {
    fn default() -> Self {
        Self { buffer_minutes: Self::USUAL_BUFFER, most_in_day: None, most_in_week: None, contracted_minutes: None }
    }
}

/// All that a supervisor has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// The hours of every week, by weekday and time.
    pub hours: Vec<WorkingHours>,
    /// Dates on which other hours hold, in order.
    pub overrides: Vec<DateOverride>,
    /// Days away, in order.
    pub leave: Vec<Leave>,
    /// How much can be planned.
    pub limits: Limits,
}

/// What somebody has said of one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayHours {
    /// They have never said any hours, so that nobody knows.
    Unknown,
    /// They are away.
    Away(LeaveKind),
    /// They have said that this date cannot be planned.
    Unavailable,
    /// Their hours, in order and without overlap; none where they do not work on such a day.
    Open(Vec<Stretch>),
}

impl Availability {
    /// Whether they have ever said any hours.
    pub fn has_hours(&self) -> bool {
        !self.hours.is_empty()
    }

    /// What they have said of a date, for a kind of supervision or for any.
    ///
    /// Leave comes before a date of its own, and that before the usual hours. Other hours of a date are for every kind.
    pub fn on(&self, date: NaiveDate, kind: Option<GroupKind>) -> DayHours {
        if let Some(leave) = self.leave.iter().find(|leave| leave.contains(date)) {
            return DayHours::Away(leave.kind);
        }
        match self.overrides.iter().find(|other| other.on == date) {
            Some(DateOverride { hours: None, .. }) => DayHours::Unavailable,
            Some(DateOverride { hours: Some(stretch), .. }) => DayHours::Open(vec![*stretch]),
            None if !self.has_hours() => DayHours::Unknown,
            None => {
                let serving = self.hours.iter().filter(|hours| hours.weekday == date.weekday() && hours.serve(kind));
                DayHours::Open(joined(serving.map(|hours| hours.stretch).collect()))
            }
        }
    }
}

/// Stretches in order, those that touch or overlap as one.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
            _ => joined.push(stretch),
        }
    }
    joined
}

/// "Thursday".
pub const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
pub mod fixture {
    //! Hours for the tests of every rule.

    use super::*;

    /// "09:00".
    pub fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    /// From one time to another.
    pub fn stretch(from: &str, to: &str) -> Stretch {
        Stretch::new(time(from), time(to)).unwrap()
    }

    /// A line of working hours.
    pub fn hours(weekday: Weekday, from: &str, to: &str, kinds: &[GroupKind]) -> WorkingHours {
        let id = WorkingHoursId(uuid::Uuid::nil());
        WorkingHours { id, weekday, stretch: stretch(from, to), kinds: kinds.to_vec(), is_preferred: false }
    }

    /// Nine to five from Monday to Friday, for every kind.
    pub fn nine_to_five() -> Availability {
        let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        Availability { hours: days.map(|day| hours(day, "09:00", "17:00", &[])).to_vec(), ..Availability::default() }
    }

    /// Days away.
    pub fn leave(first: &str, last: &str) -> Leave {
        Leave { id: LeaveId(uuid::Uuid::nil()), first: first.parse().unwrap(), last: last.parse().unwrap(), kind: LeaveKind::Training }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::*;
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_has_the_hours_of_its_weekday_unless_something_else_was_said_of_it() {
        let said = Availability {
            overrides: vec![
                DateOverride { on: date("2026-10-29"), hours: None },
                DateOverride { on: date("2026-10-30"), hours: Some(stretch("08:00", "20:00")) },
            ],
            leave: vec![leave("2026-11-02", "2026-11-06")],
            ..nine_to_five()
        };
        assert_eq!(said.on(date("2026-10-22"), None), DayHours::Open(vec![stretch("09:00", "17:00")]));
        assert_eq!(said.on(date("2026-10-24"), None), DayHours::Open(Vec::new()), "a Saturday");
        assert_eq!(said.on(date("2026-10-29"), None), DayHours::Unavailable);
        assert_eq!(said.on(date("2026-10-30"), None), DayHours::Open(vec![stretch("08:00", "20:00")]));
        assert_eq!(said.on(date("2026-11-06"), None), DayHours::Away(LeaveKind::Training));
        assert_eq!(said.on(date("2026-11-09"), None), DayHours::Open(vec![stretch("09:00", "17:00")]));
    }

    #[test]
    fn whoever_never_said_any_hours_is_unknown_but_for_the_dates_they_spoke_of() {
        let said = Availability {
            overrides: vec![DateOverride { on: date("2026-10-30"), hours: Some(stretch("09:00", "12:00")) }],
            ..Availability::default()
        };
        assert_eq!(said.on(date("2026-10-29"), None), DayHours::Unknown);
        assert_eq!(said.on(date("2026-10-30"), None), DayHours::Open(vec![stretch("09:00", "12:00")]));
    }

    #[test]
    fn hours_can_be_for_some_kinds_of_supervision_alone() {
        let said = Availability {
            hours: vec![
                hours(Weekday::Thu, "09:00", "12:00", &[]),
                hours(Weekday::Thu, "12:00", "15:00", &[GroupKind::Vig]),
                hours(Weekday::Thu, "16:00", "17:00", &[GroupKind::OneToOne]),
            ],
            ..Availability::default()
        };
        let thursday = date("2026-10-22");
        assert_eq!(said.on(thursday, Some(GroupKind::Group)), DayHours::Open(vec![stretch("09:00", "12:00")]));
        assert_eq!(said.on(thursday, Some(GroupKind::Vig)), DayHours::Open(vec![stretch("09:00", "15:00")]));
        assert_eq!(said.on(thursday, None), DayHours::Open(vec![stretch("09:00", "15:00"), stretch("16:00", "17:00")]));
    }

    #[test]
    fn every_reason_for_being_away_is_found_by_its_key() {
        for kind in LeaveKind::ALL {
            assert_eq!(LeaveKind::of_key(kind.key()), Some(kind));
        }
        assert_eq!(LeaveKind::of_key("a bad back"), None);
    }
}
