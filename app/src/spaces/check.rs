//! Whether what was typed can be posted.

use super::forms::ThreadForm;
use super::written::Written;
use crate::error::{AppError, Problem};

/// The title and the text of a new thread, or everything that has to change.
pub fn thread(form: &ThreadForm) -> Result<(String, Written), AppError> {
    match (form.check_title(), text(&form.text, &form.mention, form.is_unnamed())) {
        (Ok(title), Ok(text)) => Ok((title, text)),
        (Err(problem), Ok(_)) => Err(AppError::Invalid(vec![problem])),
        (Ok(_), Err(error)) => Err(error),
        (Err(problem), Err(error)) => Err(AppError::Invalid([problem].into_iter().chain(problems(error)).collect())),
    }
}

/// The text of a post with somebody who is meant, by their code, if anybody is, and without its writer's name where they want that.
pub fn text(entered: &str, mention: &str, is_unnamed: bool) -> Result<Written, AppError> {
    let code = if mention.len() == 8 { mention } else { "" };
    if entered.trim().is_empty() {
        return Written::of(entered);
    }
    let text = Written::of(&Written::meaning(entered, code))?;
    Ok(if is_unnamed { text.without_name() } else { text })
}

fn problems(error: AppError) -> Vec<Problem> {
    match error {
        AppError::Invalid(problems) => problems,
        other => vec![Problem::new("", other.to_string())],
    }
}
