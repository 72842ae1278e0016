//! Whether what was typed can be posted.

use super::forms::{HeldForm, ThreadForm};
use super::written::Written;
use crate::error::{AppError, Problem};

/// The title and the text of a new thread, or everything that has to change.
pub fn thread(form: &ThreadForm) -> Result<(String, Written), AppError> {
    let text = text(&form.text, &form.mention, &form.ask).map(|text| text.bearing_name(!form.is_unnamed()));
    match (form.check_title(), text) {
        (Ok((title, false)), Ok(text)) => Ok((title, text)),
        (Ok((title, true)), Ok(text)) => Ok((title, text.marked())),
        (Err(problem), Ok(_)) => Err(AppError::Invalid(vec![problem])),
        (Ok(_), Err(error)) => Err(error),
        (Err(problem), Err(error)) => Err(AppError::Invalid([problem].into_iter().chain(problems(error)).collect())),
    }
}

/// The text of a post with somebody who is meant, by their code, if anybody is. Whoever asks a moderator (`ask`) has looked again at what was marked.
pub fn text(entered: &str, mention: &str, ask: &str) -> Result<Written, AppError> {
    let written = if ask.is_empty() { Written::of } else { Written::for_a_moderator };
    let code = if mention.len() == 8 { mention } else { "" };
    if entered.trim().is_empty() {
        return written(entered);
    }
    written(&Written::meaning(entered, code))
}

/// What waits for a moderator, changed: it has a title where it begins a thread.
pub fn held(form: &HeldForm) -> Result<(String, Written), AppError> {
    if form.of_thread.is_empty() {
        return Ok((String::new(), text(&form.text, "", &form.ask)?));
    }
    let form = ThreadForm { title: form.title.clone(), text: form.text.clone(), ask: form.ask.clone(), ..ThreadForm::default() };
    thread(&form)
}

fn problems(error: AppError) -> Vec<Problem> {
    match error {
        AppError::Invalid(problems) => problems,
        other => vec![Problem::new("", other.to_string())],
    }
}
