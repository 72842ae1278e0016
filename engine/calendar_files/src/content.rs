//! Lines of content: folded, escaped, ended as RFC 5545 asks (section 3.1).

use std::fmt::{self, Write};

/// The longest line in bytes, without its end.
const LONGEST: usize = 75;

/// Lines of content, one after the other.
#[derive(Debug, Default)]
pub struct Content {
    text: String,
    line: String,
}

impl Content {
    /// Room for as many bytes, so that a long feed is not moved about while it grows.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), line: String::new() }
    }

    /// Adds a line whose value is safe as it stands: `content.line(format_args!("UID:{uid}"))`.
    pub fn line(&mut self, line: fmt::Arguments<'_>) {
        self.line.clear();
        // Writing to a text cannot fail.
        let _infallible = self.line.write_fmt(line);
        fold(&mut self.text, &self.line);
    }

    /// Adds lines that are folded already.
    pub fn ready(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Appends a line in pieces of at most 75 bytes, none of which parts a character.
fn fold(text: &mut String, line: &str) {
    let mut used = 0;
    for character in line.chars() {
        let more = character.len_utf8();
        if used + more > LONGEST {
            text.push_str("\r\n ");
            // The space that says "this goes on" counts.
            used = 1;
        }
        text.push(character);
        used += more;
    }
    text.push_str("\r\n");
}

/// A value of the kind TEXT, in which four characters mean something else (section 3.3.11). Other control characters are left out.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a>(pub &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '\\' | ';' | ',' => write!(formatter, "\\{character}")?,
                '\n' => formatter.write_str("\\n")?,
                control if control.is_control() => {}
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &str) -> String {
        let mut content = Content::default();
        content.line(format_args!("SUMMARY:{}", Text(line)));
        content.into_text()
    }

    #[test]
    fn a_line_of_75_bytes_stays_whole_and_a_longer_one_is_folded() {
        let fits = "a".repeat(75 - "SUMMARY:".len());
        assert_eq!(written(&fits), format!("SUMMARY:{fits}\r\n"));
        assert_eq!(written(&format!("{fits}b")), format!("SUMMARY:{fits}\r\n b\r\n"));
    }

    #[test]
    fn no_piece_is_longer_than_75_bytes_and_none_parts_a_character() {
        let text = written(&"Zoë’s 😀 ".repeat(40));
        assert!(text.split("\r\n").all(|piece| piece.len() <= 75), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "Zoë’s 😀 ".repeat(40)));
    }

    #[test]
    fn what_would_mean_something_else_is_escaped_and_nothing_begins_another_line() {
        assert_eq!(written("a;b,c\\d\r\nATTENDEE:x\u{0}"), "SUMMARY:a\\;b\\,c\\\\d\\nATTENDEE:x\r\n");
    }
}
