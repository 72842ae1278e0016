//! A list as a table for other programs.

use std::borrow::Cow;

use crate::error::AppError;

/// A list with the names of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the file is called, without its ending: "people".
    pub name: &'static str,
    /// The names of the columns.
    pub head: &'static [&'static str],
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know that.
    pub fn to_csv(&self) -> Result<Vec<u8>, AppError> {
        csv_of(self.head, &self.rows)
    }
}

/// The same of rows below headings that are not known beforehand.
pub fn csv_of<H: AsRef<str>>(head: &[H], rows: &[Vec<String>]) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let written = writer
        .write_record(head.iter().map(|heading| harmless(heading.as_ref()).into_owned()))
        .and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))));
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .ok_or_else(|| crate::database::unavailable("a row of a list has not as many cells as the list has columns"))
}

/// A spreadsheet calculates what begins like a formula, whoever wrote it; an apostrophe before it makes it text.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(row: &[&str]) -> String {
        let rows = vec![row.iter().map(|cell| (*cell).to_owned()).collect()];
        String::from_utf8(Table { name: "people", head: &["Name", "Authority"], rows }.to_csv().unwrap()).unwrap()
    }

    #[test]
    fn a_cell_may_hold_commas_quotes_and_accents() {
        assert_eq!(
            csv(&["Öztürk, Élodie", "St. “Helens” \"Town\""]),
            "\u{feff}Name,Authority\r\n\"Öztürk, Élodie\",\"St. “Helens” \"\"Town\"\"\"\r\n"
        );
    }

    #[test]
    fn nothing_that_somebody_wrote_is_calculated_by_a_spreadsheet() {
        for formula in ["=HYPERLINK(A1)", "+44 1632 960114", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            let line = csv(&[formula, "a=b"]);
            let (_, line) = line.split_once("\r\n").unwrap();
            assert!(line.starts_with('\'') || line.starts_with("\"'"), "{line}");
            assert!(line.ends_with(",a=b\r\n"), "{line}");
        }
    }

    #[test]
    fn a_row_with_a_cell_too_few_is_no_table() {
        let table = Table { name: "people", head: &["Name", "Authority"], rows: vec![vec![String::new()]] };
        assert_eq!(table.to_csv().unwrap_err().status(), 503);
    }
}
