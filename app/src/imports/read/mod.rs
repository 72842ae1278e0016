//! From the bytes of a file to cells: text with dividers, or a workbook of a spreadsheet program.
//!
//! Whatever a file says of itself is not believed: what it is follows from its first bytes, and what it unpacks to is limited while it is
//! unpacked.

mod text;
mod workbook;

use super::sheet::{Grid, refused};
use crate::error::AppError;

/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: usize = 2 * 1024 * 1024;

/// The first bytes of a ZIP archive, which the workbooks of today are.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// The first bytes of the workbooks before 2007, and of a workbook with a password.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The cells of a file.
pub fn cells_of(file: &[u8]) -> Result<Grid, AppError> {
    if file.is_empty() {
        return Err(refused("This file is empty. Choose the one with the people in it."));
    }
    if file.len() > LARGEST_FILE {
        return Err(refused("This file is larger than 2 MB. Divide it, and import the parts one after another."));
    }
    if file.starts_with(OLD_WORKBOOK) {
        return Err(refused(
            "This file has a password, or is of a format from before 2007. Save it as an Excel workbook (.xlsx) without a password, or as CSV.",
        ));
    }
    if file.starts_with(ARCHIVE) { workbook::cells_of(file) } else { text::cells_of(file) }
}

/// The refusal of what is neither.
fn no_spreadsheet() -> AppError {
    refused("This is not a spreadsheet. Choose a CSV file or an Excel workbook (.xlsx).")
}

#[cfg(test)]
pub fn refusal_of(file: &[u8]) -> String {
    let Err(AppError::Invalid(problems)) = cells_of(file) else { panic!("it was read") };
    assert_eq!(problems[0].field, "file");
    problems[0].message.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_spreadsheet_is_refused_in_words() {
        assert!(refusal_of(b"").contains("empty"));
        assert!(refusal_of(&vec![b'a'; LARGEST_FILE + 1]).contains("larger than 2 MB"));
        assert!(refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").contains("before 2007"));
        for (name, file) in [
            ("a PDF", &b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"[..]),
            ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("an archive that is broken off", b"PK\x03\x04\x14\0\0\0"),
            ("zeros", &[0; 64]),
        ] {
            assert!(refusal_of(file).contains("not a spreadsheet"), "{name}");
        }
    }
}
