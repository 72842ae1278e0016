//! What stands around every request, in the order in which a request meets it.

pub mod headers;
pub mod measure;

pub mod dress;

pub mod files;

pub mod limits;

pub mod uploads;

pub mod characters;

pub mod turns;

pub mod identify;

pub mod forms;
mod one_click;
pub mod statuses;

pub mod calendars;
pub mod deny;
