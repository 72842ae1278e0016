//! Diaries: what a group's series come to in everybody's own calendar, and the files by which those calendars follow.
//!
//! Words: the *diary* of a group is its published series with sessions to come, and who belongs to it on which days; *news* is what an act has made of
//! it. Invariants: somebody's calendar holds what their calendar in Reverie holds, the sessions that they lead, those within their membership, and those
//! that they have booked or are guests at, and no other; whoever writes to people about sessions reads the diary before and after, so no act can be forgotten in part; no file names anybody, since
//! the engine `calendar_files` writes them. Whoever changes rows of series reads them here, too, so that all know them alike.

mod pattern;

mod timetable;

mod diary;

mod letters;

pub use diary::{Diary, News, Posting, diary_of, diary_with, files_on_return, files_on_suspension, guests_of};
pub use pattern::{PatternRow, RhythmRow};
pub use timetable::{Rows, series_to_edit};
