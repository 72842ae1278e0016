//! Sheets as PDF files, for whoever has to hand one in.
//!
//! Invariants: every file says its language and its title and has headings, rows and header cells that a screen reader finds (PDF/UA-1, which is
//! checked as it is written); its letters are in it; the same sheet makes the same bytes.

mod letters;

mod layout;

mod write;

/// What stands on the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfSheet {
    /// The heading, which is the file's title too.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
    /// What stands at the foot of every page, before its number.
    pub foot: String,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of the second order.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Names, each with what there is to say.
    Facts(Vec<(String, String)>),
    /// Rows below a line of headings; the first cell of a row names it.
    Rows {
        /// The headings, each with its share of the width in hundredths.
        head: Vec<(&'static str, u16)>,
        /// The rows, each with a cell for every heading.
        rows: Vec<Vec<String>>,
    },
}

pub use write::pdf_of;

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: usize) -> PdfSheet {
        let row = |place: usize| {
            vec![
                format!("{place} October 2026"),
                "Aire group, with a name long enough to need a second line in its cell".to_owned(),
                "90".to_owned(),
            ]
        };
        PdfSheet {
            title: "CPD log".to_owned(),
            blocks: vec![
                Block::Facts(vec![("Whose".to_owned(), "Żółć Şükrü Łódzka, Siân Ŵyn".to_owned())]),
                Block::Heading("Supervision".to_owned()),
                Block::Text("All times are UK time. 👶 日本".to_owned()),
                Block::Rows { head: vec![("Date", 25), ("What", 55), ("Minutes", 20)], rows: (1..=rows).map(row).collect() },
            ],
            foot: "Reverie".to_owned(),
        }
    }

    #[test]
    fn the_same_sheet_makes_the_same_bytes_with_its_language_title_and_tags() {
        let file = pdf_of(&sheet(3)).unwrap();
        assert_eq!(file, pdf_of(&sheet(3)).unwrap());
        let text = String::from_utf8_lossy(&file);
        assert!(text.starts_with("%PDF-1.7"));
        for mark in ["/Lang", "en-GB", "/MarkInfo", "/StructTreeRoot", "pdfuaid", "/DisplayDocTitle"] {
            assert!(text.contains(mark), "{mark}");
        }
        assert_eq!(text.matches("/Type/Page/").count() + text.matches("/Type /Page\n").count(), 1, "one page");
    }

    #[test]
    fn a_long_list_goes_on_over_the_page_and_an_empty_cell_stays_a_cell() {
        let file = pdf_of(&sheet(120)).unwrap();
        assert!(file.len() > pdf_of(&sheet(3)).unwrap().len());
        let mut empty = sheet(1);
        empty.blocks.push(Block::Rows { head: vec![("Date", 50), ("What", 50)], rows: vec![vec![String::new(), " ".to_owned()]] });
        pdf_of(&empty).unwrap();
    }

    #[test]
    fn a_word_that_is_wider_than_its_cell_is_broken() {
        let mut sheet = sheet(1);
        sheet.blocks.push(Block::Text("x".repeat(2_000)));
        pdf_of(&sheet).unwrap();
    }
}
