//! Availability: when a supervisor can be planned, and what does not fit together in what is planned.
//!
//! Words: *working hours* repeat every week on the clocks of the United Kingdom, each for every kind of supervision or for some; a *date* of
//! its own has other hours, or none; *leave* is days away; *limits* are the minutes that stay empty after a session and the most sessions
//! of a day and of a week; what another calendar keeps busy comes from [`crate::busy`]. A *meeting* is a session as the rules look at it,
//! stored or only planned; a *clash* is a rule that a meeting breaks, and a *conflict* is a clash with the level that the Centre treats it
//! at. Invariants: whoever has never said any hours is neither free nor busy, and every list says so in words; why somebody is away is one
//! of a list and never free text, and that they are ill is told to nobody but themselves and those who arrange cover; the rules are pure, and the same for a session that is planned, for one that is moved and for one that
//! stands already, so that a change of hours finds what no longer fits; a conflict that somebody keeps, with a reason, is kept for the
//! session at that time alone.
//!
//! Deliberately absent: a date with two stretches of other hours, and hours that go on past midnight. Nobody supervises at night.

mod model;

mod week;

mod known;

mod free;

mod clash;

mod level;

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
mod shut;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod words;

mod island;
#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod conflicts_view;
#[cfg(feature = "ssr")]
mod planner_view;
#[cfg(feature = "ssr")]
mod qualified_view;
#[cfg(feature = "ssr")]
mod rules_view;
#[cfg(feature = "ssr")]
mod verdict_view;
#[cfg(feature = "ssr")]
mod week_view;

pub use answers::{Finding, SessionLink, Verdict};
pub use api::ASKS;
pub use clash::{Cause, Clash, judge, judge_host, judge_other, once_each};
pub use forms::{HoursForm, LeaveForm, NewHours, NewLeave, QualificationsForm};
pub use free::{Day, Diary, free_times};
pub use island::WeekPainter;
pub use known::{Known, Meeting, MeetingId, Part, Taken};
pub use level::{ClashKind, KeepReason, Level};
pub use model::{
    Availability, DateOverride, DayHours, Leave, LeaveId, LeaveKind, Limits, Stretch, WorkingHours, WorkingHoursId, weekday_name,
};
pub use week::{Cell, DAYS, Week};

#[cfg(feature = "ssr")]
pub use conflicts_view::ConflictsPage;
#[cfg(test)]
pub use forms::RuleChange;
#[cfg(test)]
pub use known::fixture;
#[cfg(feature = "ssr")]
pub use rules_view::ConflictRulesPage;
#[cfg(feature = "ssr")]
pub use verdict_view::WhatDoesNotFit;
#[cfg(feature = "ssr")]
pub use view::{AvailabilityPage, PersonAvailabilityPage};
#[cfg(feature = "ssr")]
pub use week_view::WeekPicture;
#[cfg(feature = "ssr")]
pub use words::Reader;
