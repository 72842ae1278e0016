//! Text with dividers (CSV), in whatever way spreadsheet programs write it.

use super::no_spreadsheet;
use crate::error::AppError;
use crate::imports::sheet::{Grid, MOST_ROWS, too_many_rows};

/// The cells of a text.
pub fn cells_of(file: &[u8]) -> Result<Grid, AppError> {
    let text = text_of(file)?;
    // Two ways to end a line, and within quotation marks a third; one is enough, and rows can be counted by it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (skipped, text) = without_divider_line(&text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(divider(text)).from_reader(text.as_bytes());
    let mut grid = Grid::new();
    let mut record = csv::StringRecord::new();
    let mut rows = Rows { text, at: 0, lines: 0, within_cells: 0 };
    while reader.read_record(&mut record).map_err(|_| no_spreadsheet())? {
        if grid.len() > MOST_ROWS + 1 {
            return Err(too_many_rows());
        }
        let number = rows.number_of(&record, reader.position().byte());
        grid.push((skipped + number, record.iter().map(str::to_owned).collect()));
    }
    Ok(grid)
}

/// Counts rows as a spreadsheet does: a cell may hold several lines, which are one row, and a line without anything is a row, which the reader
/// passes over.
struct Rows<'a> {
    text: &'a str,
    at: usize,
    lines: usize,
    within_cells: usize,
}

impl Rows<'_> {
    fn number_of(&mut self, record: &csv::StringRecord, end: u64) -> usize {
        let end = usize::try_from(end).unwrap_or(self.text.len()).min(self.text.len());
        // The end of its line may or may not have been read with it.
        let read = self.text.get(self.at..end).unwrap_or_default();
        let upto = self.at + read.trim_end_matches('\n').len();
        let count = |part: Option<&str>| part.unwrap_or_default().matches('\n').count();
        self.lines += count(self.text.get(self.at..upto));
        self.within_cells += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        self.at = upto;
        self.lines + 1 - self.within_cells.min(self.lines)
    }
}

/// The text of a file: UTF-8 with or without its mark, UTF-16 with one, or what Windows wrote before.
fn text_of(file: &[u8]) -> Result<String, AppError> {
    let text = match file {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).map_err(|_| no_spreadsheet())?.to_owned(),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes)?,
        _ => std::str::from_utf8(file).map_or_else(|_| windows_1252(file), str::to_owned),
    };
    // Text has lines and tabs and no other characters that no keyboard types; other files are full of them.
    let is_text = !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
    if is_text && !text.starts_with("%PDF") { Ok(text) } else { Err(no_spreadsheet()) }
}

fn utf_16(rest: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, AppError> {
    let (pairs, odd) = rest.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    String::from_utf16(&units).ok().filter(|_| odd.is_empty()).ok_or_else(no_spreadsheet)
}

/// Every byte is a character: those of Latin 1, but for a few in between. The five that Windows leaves free stay what they are, control characters.
fn windows_1252(file: &[u8]) -> String {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];

    let letter =
        |byte: &u8| byte.checked_sub(0x80).and_then(|place| FROM_0X80.get(usize::from(place))).copied().unwrap_or(char::from(*byte));
    file.iter().map(letter).collect()
}

/// Some programs say in a first line of its own which divider follows.
fn without_divider_line(text: &str) -> (usize, &str) {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim().to_lowercase().starts_with("sep=") => (1, rest),
        _ => (0, text),
    }
}

/// The divider that stands most often in the first lines, outside of quotation marks.
fn divider(text: &str) -> u8 {
    const LOOKED_AT: usize = 4_000;

    let mut is_quoted = false;
    let (mut commas, mut semicolons, mut tabs) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars().take(LOOKED_AT) {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => commas += 1,
            ';' if !is_quoted => semicolons += 1,
            '\t' if !is_quoted => tabs += 1,
            _ => {}
        }
    }
    if tabs > commas.max(semicolons) {
        return b'\t';
    }
    if semicolons > commas { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::super::refusal_of;
    use super::*;

    fn rows(file: &[u8]) -> Vec<(usize, String)> {
        cells_of(file).unwrap().into_iter().map(|(number, cells)| (number, cells.join("|"))).collect()
    }

    fn same(file: &[u8]) {
        assert_eq!(rows(file), [(1, "Name|Email".to_owned()), (2, "Zoë|zoe@b.example".to_owned())], "{file:?}");
    }

    #[test]
    fn a_text_is_read_in_whatever_way_a_program_writes_it() {
        same("Name,Email\r\nZoë,zoe@b.example\r\n".as_bytes());
        same("Name,Email\nZoë,zoe@b.example".as_bytes());
        same("Name,Email\rZoë,zoe@b.example\r".as_bytes());
        same("\u{feff}Name,Email\nZoë,zoe@b.example".as_bytes());
        same("Name;Email\nZoë;zoe@b.example".as_bytes());
        same("Name\tEmail\nZoë\tzoe@b.example".as_bytes());
        same("\"Name\",\"Email\"\n\"Zoë\",\"zoe@b.example\"\n".as_bytes());
        same(b"Name,Email\r\nZo\xeb,zoe@b.example\r\n");
        let utf_16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Name\tEmail\r\nZoë\tzoe@b.example".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        same(&utf_16);
        let other_end: Vec<u8> =
            [0xfe, 0xff].into_iter().chain("Name\tEmail\r\nZoë\tzoe@b.example".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        same(&other_end);
        assert_eq!(rows(b"O\x92Hara \x80").first().map(|(_, cell)| cell.clone()).as_deref(), Some("O’Hara €"));
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        for ends in ["\n", "\r\n"] {
            let text = ["Name,Hours", "", "Amina,\"Mon 9-12", "Tue 9-12\"", "", "", "Femi,Wed 9-12", ",", "Jo,Thu"].join(ends);
            let numbers: Vec<usize> = rows(text.as_bytes()).into_iter().map(|(number, _)| number).collect();
            assert_eq!(numbers, [1, 3, 6, 7, 8], "{text:?}");
        }
        assert_eq!(rows(b"sep=;\nName;Email\nAmina;a@b.example").last().map(|(number, _)| *number), Some(3));
    }

    #[test]
    fn dividers_within_quotation_marks_do_not_count() {
        assert_eq!(rows(b"\"Hours; days; and, so; on\",Email\nMon,a@b.example")[0].1, "Hours; days; and, so; on|Email");
    }

    #[test]
    fn a_text_of_a_hundred_thousand_rows_is_refused_before_it_is_kept() {
        let long = "a,b\n".repeat(100_000);
        assert!(refusal_of(long.as_bytes()).contains("more than 2,000 rows"));
    }

    #[test]
    fn leading_zeros_stay() {
        assert_eq!(rows(b"0044,007")[0].1, "0044|007");
    }
}
