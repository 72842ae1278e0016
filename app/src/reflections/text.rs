//! The whole log as a text that its writer takes along: Markdown, which every editor opens.

use std::fmt::Write;

use super::model::Prompt;
use super::store::whole_log;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::{clock_time, day_month_year};

/// One's own log as data, for the file of all that is held about somebody; nothing for roles that keep none.
pub async fn log_as_data(visit: &Visit) -> Result<serde_json::Value, AppError> {
    let actor = match require_of(visit, Permission::KeepReflections) {
        Ok(actor) => actor,
        Err(AppError::NotAllowed) => return Ok(serde_json::Value::Null),
        Err(error) => return Err(error),
    };
    let entries = whole_log(&actor).await?.into_iter().map(|written| serde_json::json!({ "at": written.at, "words": written.words }));
    Ok(entries.collect())
}

/// One's own log, the latest entry first.
pub async fn log_as_text(visit: &Visit) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::KeepReflections)?;
    let mut text = String::from("# My reflective log\n");
    for written in whole_log(&actor).await? {
        let day = format!("{}, {}", day_month_year(written.at.date()), clock_time(written.at.time()));
        let Some(words) = written.words else {
            let _infallible =
                write!(text, "\n## {day}\n\nThis entry is kept and cannot be opened at the moment. The Centre’s administrator can help.\n");
            continue;
        };
        let title = if words.title.is_empty() { String::new() } else { format!(": {}", words.title) };
        let _infallible = writeln!(text, "\n## {day}{title}");
        for prompt in Prompt::ALL.into_iter().filter(|prompt| !words.to(*prompt).is_empty()) {
            let _infallible = write!(text, "\n### {}\n\n{}\n", prompt.question(), words.to(prompt));
        }
    }
    Ok(text)
}
