//! `reverie guard`: the guard of texts by itself, so that any other corpus can be held against it.

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

/// One line that is read; whatever else stands in it is nothing to the guard.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// One line that is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Found { spans: Vec<Found> },
    Unreadable { error: String },
}

#[derive(Serialize)]
struct Found {
    start: usize,
    end: usize,
    category: &'static str,
}

/// Does what was asked for. It needs no settings and no database.
pub fn guard() -> Result<ExitCode, Box<dyn Error>> {
    let is_whole = answer(io::stdin().lock(), io::stdout().lock(), io::stderr().lock())?;
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Answers each line before the next one is read, and says whether all of them could be read.
fn answer(lines: impl BufRead, mut answers: impl Write, mut complaints: impl Write) -> io::Result<bool> {
    let mut is_whole = true;
    // As bytes, since a line in another encoding is to be named and not to end the rest.
    for (line, number) in lines.split(b'\n').zip(1_usize..) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = look(&line).unwrap_or_else(|error| Answer::Unreadable { error: format!("line {number} {error}") });
        if let Answer::Unreadable { error } = &answer {
            is_whole = false;
            writeln!(complaints, "{error}")?;
        }
        serde_json::to_writer(&mut answers, &answer)?;
        answers.write_all(b"\n")?;
    }
    answers.flush()?;
    Ok(is_whole)
}

/// Nothing of the text is repeated where it cannot be read.
fn look(line: &[u8]) -> Result<Answer, String> {
    let line = str::from_utf8(line).map_err(|_| "is not in UTF-8: save the file in that encoding".to_owned())?;
    let Line { text } = serde_json::from_str(line)
        .map_err(|error| format!("is not an object of JSON with a \"text\", at column {}: write {{\"text\": \"…\"}}", error.column()))?;
    let spans = text_guard::scan(&text);
    Ok(Answer::Found {
        spans: spans.iter().map(|span| Found { start: span.start, end: span.end, category: span.category.key() }).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_answered_with_a_line_also_one_that_cannot_be_read() {
        let lines =
            b"{\"text\": \"\xf0\x9f\x91\xb6 dob 14/02/2025\", \"id\": 7}\r\n\n\xff\n{\"words\": 1}\n{\"text\": \"The silence lasted.\"}";
        let (mut answers, mut complaints) = (Vec::new(), Vec::new());
        let is_whole = answer(lines.as_slice(), &mut answers, &mut complaints).unwrap();
        assert!(!is_whole);
        let answers = String::from_utf8(answers).unwrap();
        let answers: Vec<&str> = answers.lines().collect();
        assert_eq!(answers[0], "{\"spans\":[{\"start\":6,\"end\":16,\"category\":\"date_of_birth\"}]}");
        assert!(answers[1].starts_with("{\"error\":\"line 3 is not in UTF-8"), "{}", answers[1]);
        assert!(answers[2].starts_with("{\"error\":\"line 4 is not an object of JSON"), "{}", answers[2]);
        assert_eq!(answers[3..], ["{\"spans\":[]}"]);
        assert_eq!(String::from_utf8(complaints).unwrap().lines().count(), 2);
    }
}
