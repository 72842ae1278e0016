//! Published series and their sessions: what an edit changes, and its exact inverse.
//!
//! # Words
//!
//! - A **series** has a pattern, what its sessions have unless they say otherwise ([`Details`]), and its skips. It is one row.
//! - A **session** is one row as well, and holds every fact of itself: when, how long, who leads, where, under which title, and
//!   whether it is cancelled. What differs from its series was chosen for this session on its own.
//! - A **slot** is the date of the pattern that a session stands for. It stays when the session alone is moved, which is what calendar
//!   files call `RECURRENCE-ID`.
//! - A session is **settled** once it has begun or its attendance is being marked.
//! - A [`Delta`] is rows as they were and as they are to be. The store writes one in one transaction; its inverse is the undo.
//!
//! # Scopes
//!
//! - **This** changes one session and nothing else.
//! - **This and following** changes the sessions from this one's slot on; **all** changes those of the series. No scope changes a
//!   settled session: its row may come to stand in another series, but when it was, who led it and all other facts stay.
//! - A series tells the truth about all of its sessions. So where some of them stay as they are, the series is split: the old one
//!   ends before the first slot that changes, a new one begins there, and the sessions from there on are carried into it with their
//!   identity. Where none stays behind, the series is changed in place.
//! - What was chosen for one session on its own stays as it was chosen, and is named in [`Outcome::left_alone`]. The session that the
//!   person has in hand always becomes what was asked for.
//!
//! # Which session takes which date
//!
//! When the pattern changes, every session looks for a slot of the new pattern. A change of start carries each as many days as the
//! session in hand was carried; a change of pattern looks from where each was. A session takes the slot in the same week, Monday to
//! Sunday; sessions and slots that are left over between the same two neighbours find each other in order. So order is
//! always kept. A session for which there is no slot is cancelled and keeps its identity; a slot for which there is no session gets a
//! new one. A change of start keeps the number of dates: "until" moves as the dates do.
//!
//! # Invariants
//!
//! - The slots of a series are the dates of its pattern that are not skipped, and each belongs to exactly one session.
//! - A session outside its pattern has no slot, and is settled or cancelled.
//! - No row is ever lost: undoing an edit takes back the rows that the edit had made, and no others.

mod rows;

mod edit;
mod outcome;
mod work;

mod open;
mod replan;

mod matching;

mod delta;

mod publish;

pub use delta::{Delta, Overtaken, RowChange, UndoProblem};
pub use edit::{Change, Circumstances, Edit, Scope};
pub use outcome::{EditProblem, LeftAlone, Outcome, WhyLeftAlone};
pub use publish::{Extension, Publication};
pub use replan::NO_DATE;
pub use rows::{Details, PersonKey, Series, SeriesKey, Session, SessionKey, Timetable};
