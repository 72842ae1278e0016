//! `reverie series`: the engine of series by itself, so that any other tool can check it.

use std::error::Error;
use std::io::{self, BufRead, Write};

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Series {
    /// Read lines of JSON, and write the instants of each as a JSON list (RFC 3339, UTC).
    ///
    /// A line is an object that names a start ("2026-03-19T10:00"), a zone ("Europe/London"), a recurrence rule of RFC 5545
    /// ("FREQ=WEEKLY;INTERVAL=2;COUNT=20"), and in a list the dates to skip: start, zone, rule, skip.
    /// A line that cannot be used is answered with the field that has to change, and the next one is read all the same.
    Expand,
}

/// Does what was asked for. It needs no settings and no database.
pub fn series(command: &Series) -> Result<(), Box<dyn Error>> {
    match command {
        Series::Expand => expand(io::stdin().lock(), io::stdout().lock()),
    }
}

fn expand(lines: impl BufRead, mut answers: impl Write) -> Result<(), Box<dyn Error>> {
    // As bytes, since a line in another encoding is to be answered and not to end the rest.
    for line in lines.split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        writeln!(answers, "{}", series::expand_line(&line))?;
    }
    answers.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_answered_with_a_line_also_one_that_cannot_be_used() {
        let lines = b"{\"start\": \"2026-10-22T10:00\", \"zone\": \"Europe/London\", \"rule\": \"FREQ=WEEKLY;COUNT=2\"}\n\n\xff\n{\"start\": \"2026-10-22T10:00\", \"zone\": \"Australia/Sydney\", \"rule\": \"FREQ=WEEKLY;COUNT=1\", \"skip\": []}";
        let mut answers = Vec::new();
        expand(lines.as_slice(), &mut answers).unwrap();
        let answers = String::from_utf8(answers).unwrap();
        let answers: Vec<&str> = answers.lines().collect();
        assert_eq!(answers.len(), 3);
        assert_eq!(answers[0], "[\"2026-10-22T09:00:00Z\",\"2026-10-29T10:00:00Z\"]");
        assert!(answers[1].contains("error"), "{}", answers[1]);
        assert_eq!(answers[2], "[\"2026-10-21T23:00:00Z\"]");
    }
}
