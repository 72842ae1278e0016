//! A workbook of a spreadsheet program (XLSX): an archive of XML.
//!
//! A small archive can hold a lot: its entries unpack to a thousand times their size, whatever it says of them; two cells in far corners make a
//! table of billions; a long text that stands in the file once can stand in every cell. So the entries are unpacked once, to be counted and
//! thrown away, before anything reads them; cells are read one after another, and only those that there are; and the text of all is counted.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::no_spreadsheet;
use crate::error::AppError;
use crate::imports::sheet::{Grid, MOST_COLUMNS, MOST_ROWS, ROWS_ABOVE_HEADINGS, refused, too_many_rows};

/// To how many bytes the entries may unpack together. Two thousand rows with every column take a tenth of it.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// More parts than any workbook has.
const MOST_ENTRIES: usize = 1_000;
/// How much text all cells may hold together.
const MOST_TEXT: usize = 4 * 1024 * 1024;

/// The cells of the first sheet that is to be seen.
pub fn cells_of(file: &[u8]) -> Result<Grid, AppError> {
    refuse_bombs(file)?;
    let mut workbook = Xlsx::new(Cursor::new(file)).map_err(|error| no_workbook(&error))?;
    let is_shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let name = workbook.sheets_metadata().iter().find(is_shown).map(|sheet| sheet.name.clone()).ok_or_else(no_spreadsheet)?;
    let grid = cells_of_sheet(&mut workbook, &name)?;
    refuse_merged(&mut workbook, &name)?;
    Ok(grid)
}

fn no_workbook(error: &XlsxError) -> AppError {
    match error {
        XlsxError::Password => refused("This workbook has a password. Save it without one, and choose it again."),
        _ => no_spreadsheet(),
    }
}

/// Unpacks every entry, looks at it and throws it away, as far as the limit.
fn refuse_bombs(file: &[u8]) -> Result<(), AppError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|_| no_spreadsheet())?;
    if archive.len() > MOST_ENTRIES {
        return Err(unpacks_to_too_much());
    }
    let mut left = MOST_UNPACKED;
    let mut unpacked = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| no_spreadsheet())?;
        let name = entry.name().map_err(|_| no_spreadsheet())?.to_lowercase();
        let is_text = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
        unpacked.clear();
        entry.take(left + 1).read_to_end(&mut unpacked).map_err(|_| no_spreadsheet())?;
        let size = u64::try_from(unpacked.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or_else(unpacks_to_too_much)?;
        if is_text && !is_honest(&unpacked) {
            return Err(no_spreadsheet());
        }
    }
    Ok(())
}

/// Whether XML is UTF-8, as every spreadsheet program writes it, and claims no more texts than an archive of this size can hold: the reader makes
/// room for as many as it is told of, and a process that is refused that room ends.
fn is_honest(xml: &[u8]) -> bool {
    const CLAIM: &str = "uniqueCount";
    const MOST_CLAIMED: usize = 6;

    let Ok(text) = std::str::from_utf8(xml) else { return false };
    let is_plain = !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
    let claims = text.split(CLAIM).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix(['"', '\'']));
    let figures = |claim: &str| {
        claim.trim_start_matches(['+', '0']).chars().take_while(|letter| !matches!(letter, '"' | '\'')).take(MOST_CLAIMED + 1).count()
    };
    is_plain && claims.map(figures).all(|figures| figures <= MOST_CLAIMED)
}

fn unpacks_to_too_much() -> AppError {
    refused("This workbook unpacks to more than 32 MB. Copy the people alone into a new workbook, and save that.")
}

fn cells_of_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, AppError> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut left = MOST_TEXT;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| no_workbook(&error))?;
    while let Some(cell) = reader.next_cell().map_err(|error| no_workbook(&error))? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        left = left
            .checked_sub(text.len())
            .ok_or_else(|| refused("This workbook holds more than 4 MB of text. Divide it, and import the parts one after another."))?;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(refused(format!("This workbook has more than {MOST_COLUMNS} columns. Remove those that are not listed below.")));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
        if rows.len() > MOST_ROWS + ROWS_ABOVE_HEADINGS {
            return Err(too_many_rows());
        }
    }
    let row = |(row, cells): (u32, Vec<String>)| (usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1), cells);
    Ok(rows.into_iter().map(row).collect())
}

/// What a cell shows, so far as that can be told without its format.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => readable(text),
        DataRef::SharedString(text) => readable(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is_true) => if *is_true { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            // A time without a day is counted from the first day that there is.
            if moment.as_f64() < 1.0 { format!("{hour:02}:{minute:02}") } else { format!("{year:04}-{month:02}-{day:02}") }
        }
        DataRef::Error(error) => error.to_string(),
    }
}

/// Without characters that nobody types and no database stores.
fn readable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

/// Of merged cells only the first holds what all of them show, so rows below it would lose it without a word. Above the headings, and in a row of
/// its own, that is a title.
fn refuse_merged(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<(), AppError> {
    let merged = workbook.merge_cells_by_sheet_name(name).map_err(|error| no_workbook(&error))?;
    let over_rows = merged.iter().find(|merged| merged.start.0 != merged.end.0);
    over_rows.map_or(Ok(()), |merged| {
        let (first, last) = (u64::from(merged.start.0) + 1, u64::from(merged.end.0) + 1);
        Err(refused(format!("Cells of rows {first} to {last} are merged. Unmerge them, fill each of them in, and choose the file again.")))
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::super::refusal_of;
    use super::*;

    const HIDDEN: &str = r#"<sheet name="Lists" sheetId="1" state="hidden" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/>"#;
    const SHOWN: &str = r#"<sheet name="People" sheetId="1" r:id="rId1"/>"#;
    const HEAD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c></row>"#;

    fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A workbook with these sheets in its list, of which the last has these rows.
    fn workbook(sheets: &str, rows: &str, texts: &[&str], merged: &str) -> Vec<u8> {
        let texts = texts.iter().fold(String::new(), |texts, text| texts + "<si><t>" + text + "</t></si>");
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let of_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let of_package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{merged}</worksheet>"#);
        let empty = format!(r#"<worksheet xmlns="{main}"><sheetData/></worksheet>"#);
        let is_only = sheets == SHOWN;
        archive(&[
            (
                "_rels/.rels",
                &format!(
                    r#"<Relationships xmlns="{of_package}"><Relationship Id="rId1" Type="{of_office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            ("xl/workbook.xml", &format!(r#"<workbook xmlns="{main}" xmlns:r="{of_office}"><sheets>{sheets}</sheets></workbook>"#)),
            (
                "xl/_rels/workbook.xml.rels",
                &format!(
                    r#"<Relationships xmlns="{of_package}"><Relationship Id="rId1" Type="{of_office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{of_office}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#
                ),
            ),
            ("xl/sharedStrings.xml", &format!(r#"<sst xmlns="{main}">{texts}</sst>"#)),
            (
                "xl/styles.xml",
                &format!(r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
            ),
            ("xl/worksheets/sheet1.xml", if is_only { &sheet } else { &empty }),
            ("xl/worksheets/sheet2.xml", if is_only { &empty } else { &sheet }),
        ])
    }

    fn rows(file: &[u8]) -> Vec<(usize, String)> {
        super::super::cells_of(file).unwrap().into_iter().map(|(number, cells)| (number, cells.join("|"))).collect()
    }

    #[test]
    fn cells_are_read_as_they_are_shown_and_rows_keep_their_numbers() {
        let cells = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row><row r="5"><c r="A5" s="1"><v>46296</v></c><c r="B5"><v>2</v></c><c r="C5"><v>2.5</v></c><c r="D5" t="b"><v>1</v></c><c r="E5" t="str"><f>A1&amp;"x"</f><v>Zoë &amp; Co</v></c><c r="F5" t="e"><v>#N/A</v></c><c r="G5" t="inlineStr"><is><t>0044</t></is></c></row>"#;
        for sheets in [SHOWN, HIDDEN] {
            assert_eq!(
                rows(&workbook(sheets, cells, &["Name", "Email"], "")),
                [(2, "Name||Email".to_owned()), (5, "2026-10-01|2|2.5|yes|Zoë & Co|#N/A|0044".to_owned())]
            );
        }
    }

    #[test]
    fn an_archive_that_unpacks_to_much_is_refused_before_anything_reads_it() {
        let zeros = "0".repeat(40 * 1024 * 1024);
        let bomb = archive(&[("xl/workbook.xml", &zeros)]);
        assert!(bomb.len() < 100_000, "it is small: {}", bomb.len());
        assert!(refusal_of(&bomb).contains("unpacks to more than 32 MB"));
        let many: Vec<String> = (0..=MOST_ENTRIES).map(|number| format!("{number}.xml")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
        assert!(refusal_of(&archive(&many)).contains("unpacks to more"));
    }

    #[test]
    fn a_workbook_that_claims_to_hold_more_than_it_can_is_refused_before_room_is_made_for_it() {
        let claims = |claim: &str| archive(&[("xl/sharedStrings.xml", &format!("<sst {claim}></sst>"))]);
        for claim in [r#"uniqueCount="99999999999""#, "uniqueCount = '00012345678'", r#"uniqueCount="+99999999999999""#] {
            assert!(refusal_of(&claims(claim)).contains("not a spreadsheet"), "{claim}");
            assert!(!is_honest(format!("<sst {claim}>").as_bytes()), "{claim}");
        }
        assert!(is_honest(br#"<sst count="9" uniqueCount="123456"><si>uniqueCount</si></sst>"#));
        let other_letters: Vec<u8> = "<sst uniqueCount=\"99999999999\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!is_honest(&other_letters));
    }

    #[test]
    fn two_cells_in_far_corners_are_two_cells() {
        let corners = |reference: &str, row: u32| format!(r#"{HEAD}<row r="{row}"><c r="{reference}"><v>1</v></c></row>"#);
        assert_eq!(rows(&workbook(SHOWN, &corners("A1048576", 1_048_576), &[], "")).last(), Some(&(1_048_576, "1".to_owned())));
        assert!(refusal_of(&workbook(SHOWN, &corners("XFD1048576", 1_048_576), &[], "")).contains("more than 100 columns"));
    }

    #[test]
    fn a_text_that_stands_in_every_cell_is_counted_in_every_cell() {
        let text = "a".repeat(100_000);
        let cells: String = (2..100).fold(String::new(), |mut cells, row| {
            write!(cells, r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#).unwrap();
            cells
        });
        assert!(refusal_of(&workbook(SHOWN, &format!("{HEAD}{cells}"), &[&text], "")).contains("more than 4 MB of text"));
    }

    #[test]
    fn a_hundred_thousand_rows_are_refused() {
        let cells: String = (2..100_000).fold(String::new(), |mut cells, row| {
            write!(cells, r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#).unwrap();
            cells
        });
        assert!(refusal_of(&workbook(SHOWN, &format!("{HEAD}{cells}"), &[], "")).contains("more than 2,000 rows"));
    }

    #[test]
    fn cells_merged_over_rows_are_named_and_a_title_over_columns_is_none_of_them() {
        let merged = |reference: &str| format!(r#"<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>"#);
        assert_eq!(rows(&workbook(SHOWN, HEAD, &[], &merged("A1:F1"))).len(), 1);
        assert!(refusal_of(&workbook(SHOWN, HEAD, &[], &merged("D4:D9"))).contains("rows 4 to 9 are merged"));
    }

    #[test]
    fn an_archive_that_is_no_workbook_is_no_spreadsheet() {
        for file in [archive(&[("letter.txt", "Dear Amina")]), archive(&[("xl/workbook.xml", "<workbook")]), archive(&[])] {
            assert!(super::super::cells_of(&file).is_err());
        }
        assert!(refusal_of(&archive(&[("letter.txt", "Dear Amina")])).contains("not a spreadsheet"));
        assert!(refusal_of(&workbook("", HEAD, &[], "")).contains("not a spreadsheet"));
    }
}
