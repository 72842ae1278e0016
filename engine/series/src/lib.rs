//! When the sessions of a series are held, and what an edit of them changes: recurrence, exceptions, scopes and clock changes.
//!
//! Everything here is a pure decision. There is no I/O, no clock and no database, so the server that publishes a series and
//! the browser that previews it come to the same answer.
//!
//! # Words
//!
//! - A **pattern** says what a series repeats: every n weeks or on a weekday of the month, from a start on the clock, until a date, for a
//!   number of times, or until somebody ends it. It is read and written as a recurrence rule of RFC 5545.
//! - A **rule** is what the form of a new series asks for: a pattern, and the length of its sessions.
//! - An **occurrence** is one session that a rule asks for. It has no identity of its own: that begins with the session row.
//! - A **skip** is a date of the pattern on which no session is held, with the reason in words: a bank holiday, a **closure** of the
//!   centre, or the supervisor's **leave**.
//! - A [`timetable`] holds series and sessions from the moment they are published, edits them in a **scope**, and undoes that.
//!
//! # Invariants
//!
//! - **What is planned always ends.** A [`Rule`] spans five years at most. A [`Pattern`] without an ending is walked to a horizon that the
//!   caller moves on.
//! - **"n times" counts sessions that are held.** A skipped week makes the series a week longer (two weeks for a fortnightly
//!   one, and so on). **"Until" counts to the date**, that day included: a skipped week is lost.
//! - **Local time is the truth.** A series keeps its time on the wall clock of `Europe/London`: 10:00 stays 10:00 on both sides of
//!   29 March and 25 October 2026, and the instant follows from it.
//! - **The hour that does not exist** (01:00 to 02:00 on the day the clocks go forward): a session that falls into it is held an
//!   hour later on the clock, 01:30 at 02:30 British Summer Time, and 02:30 is recorded. RFC 5545 says so (section 3.3.5), so members'
//!   calendars show the same. The first session of a series may not be put there: [`Rule::new`] refuses it.
//! - **The hour that exists twice** (01:00 to 02:00 on the day the clocks go back): the first of the two is meant, the one in
//!   British Summer Time.
//! - **A length is elapsed time.** 60 minutes are 60 minutes, also when the clocks change within them.
//!
//! # Example
//!
//! ```
//! use chrono::{NaiveDate, NaiveTime};
//! use series::{Ending, Repeats, Rule, RuleInput, preview};
//!
//! let rule = Rule::new(RuleInput {
//!     start_date: NaiveDate::from_ymd_opt(2026, 3, 27).unwrap(),
//!     start_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
//!     length_minutes: 90,
//!     repeats: Repeats::Weeks,
//!     every: 1,
//!     ends: Some(Ending::Times(2).into()),
//! })
//! .unwrap();
//!
//! let preview = preview(&rule, &[]);
//!
//! assert_eq!(preview.held[0].local.to_string(), "2026-03-27 10:00:00");
//! assert_eq!(preview.skipped[0].reason, "Bank holiday: Good Friday");
//! assert_eq!(preview.held[1].local.to_string(), "2026-04-10 10:00:00");
//! assert_eq!(preview.held[1].starts_at.to_rfc3339(), "2026-04-10T09:00:00+00:00");
//! ```

mod rule;

mod pattern;

mod expand;

mod days_off;

mod preview;

mod rrule;

pub mod timetable;

mod expand_line;

mod uk_time;

mod clocks;

mod bank_holidays;

mod calendar_days;

pub use bank_holidays::{BankHoliday, bank_holiday_on, bank_holidays};
pub use calendar_days::{is_working_day, monday_of, working_days_after};
pub use days_off::{Closure, DaysOff, Leave};
pub use expand::{Occurrence, Skip, expand, expand_pattern};
pub use expand_line::expand_line;
pub use pattern::{Pattern, PatternProblem, PlaceInMonth, Rhythm};
pub use preview::{Preview, preview, preview_pattern};
pub use rrule::RruleProblem;
pub use rule::{Ending, Ends, Repeats, Rule, RuleInput, RulePart, RuleProblem};
pub use uk_time::{ClockChange, clock_change, instant, local, local_time_exists};
