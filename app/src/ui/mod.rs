//! The parts that pages are made of. They know nothing of the domain, and a new page needs no new one.
//!
//! What people see and do stands in `style/`, one file per part, with the same names.

mod device_time;
mod edge;
mod icon;
mod keeping;
mod words;

#[cfg(feature = "ssr")]
mod avatar;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod figure;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "ssr")]
mod folded;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod listing;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod pager;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
mod pdf;
#[cfg(feature = "ssr")]
mod table;

pub use device_time::{DeviceAway, DeviceTime, UkTime};
pub use edge::scroll_at_the_edge;
pub use icon::Icon;
pub use keeping::{Entered, Keeping};
pub use words::{
    and, capital, clock_time, day, day_and_month, day_month_year, escaped, figure, full_stop, hours_and_minutes, lower_first,
    month_and_year, or, short_day, signed, time_range,
};

#[cfg(feature = "ssr")]
pub use avatar::Avatar;
#[cfg(feature = "ssr")]
pub use field::{Choices, Field, FileField, Hidden, SelectField, TextArea, WhatIsWrong};
#[cfg(feature = "ssr")]
pub use figure::Figure;
#[cfg(feature = "ssr")]
pub use filter::{Filter, FilterDate, FilterSearch, FilterSelect, address_with};
#[cfg(feature = "ssr")]
pub use folded::{Folded, Further};
#[cfg(feature = "ssr")]
pub use form::{Answered, AskForm, ErrorSummary, FormState, PostForm, ProblemSummary, Rejected, SentFile, field_id, field_name};
#[cfg(feature = "ssr")]
pub use listing::{Heading, Listing, OnPhone};
#[cfg(feature = "ssr")]
pub use notice::{Audience, Badge, Banner, Empty, Lines, Notice, NoticeBanner, Safety, Sentences, Tone};
#[cfg(feature = "ssr")]
pub use page::{IsSignedIn, PageHead, PageTitle, Refusal, SentOn, current_path, load, param, query};
#[cfg(feature = "ssr")]
pub use pager::{NoMore, Pager};
#[cfg(feature = "ssr")]
pub use paper::{TakeAlong, is_on_paper, with_print, without_print};
#[cfg(feature = "ssr")]
pub use pdf::{Block, PdfSheet, pdf_of};
#[cfg(feature = "ssr")]
pub use table::{Table, csv_of};
