//! A spreadsheet as it was brought: text by cell, under headings that are understood or not.

use serde::{Deserialize, Serialize};

use super::answers::CellToMend;
use super::columns::Column;
use super::row::CellProblem;
use crate::error::AppError;
use crate::registration::Clearance;
use crate::ui::and;

/// The most rows that are taken at once, which is one unit of work: twice as many people as the Centre hopes for.
pub const MOST_ROWS: usize = 2_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 100;
/// Above what has to be mended, in the file of the rows that were left.
pub const TO_MEND: &str = "What to correct";
/// Above the headings may stand a title and what else people put there.
pub const ROWS_ABOVE_HEADINGS: usize = 20;

/// Cells as a file holds them, each row with its number as a spreadsheet shows it.
pub type Grid = Vec<(usize, Vec<String>)>;

/// Headings, and the rows below them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// As they stand in the file.
    pub headings: Vec<String>,
    /// Those that hold anything.
    pub rows: Vec<SheetRow>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// As a spreadsheet shows it.
    pub number: usize,
    /// As they stand in the file.
    pub cells: Vec<String>,
    /// Which version of somebody with this address there was when the file was brought; nothing where there was nobody. The row is taken for
    /// what was shown, or not at all.
    pub seen: Option<i64>,
    /// What they held then.
    #[serde(default)]
    pub seen_clearances: Vec<Clearance>,
    /// Why it was left when the others were taken.
    pub problems: Vec<CellToMend>,
}

impl Sheet {
    /// Finds the headings, and the rows below them.
    pub fn of_grid(grid: Grid) -> Result<Self, AppError> {
        let grid: Grid = grid.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).collect();
        if grid.is_empty() {
            return Err(refused("This file is empty. Choose the one with the people in it."));
        }
        let place = grid
            .iter()
            .take(ROWS_ABOVE_HEADINGS)
            .position(|(_, cells)| cells.iter().any(|cell| Column::of_heading(cell) == Some(Column::Email)));
        let Some(place) = place else {
            return Err(refused(
                "No heading of this file says where the email addresses stand. Write the headings into the first row as they are listed below: Email above all.",
            ));
        };
        let mut rows = grid.into_iter().skip(place);
        let headings = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        check_headings(&headings)?;
        let rows: Vec<SheetRow> = rows.map(|(number, cells)| SheetRow { number, cells, ..SheetRow::default() }).collect();
        if rows.is_empty() {
            return Err(refused("There is nobody below the headings of this file."));
        }
        if rows.len() > MOST_ROWS {
            return Err(too_many_rows());
        }
        Ok(Self { headings, rows })
    }

    /// Where each column stands that is understood.
    pub fn places(&self) -> Vec<(Column, usize)> {
        self.headings.iter().enumerate().filter_map(|(place, heading)| Column::of_heading(heading).map(|column| (column, place))).collect()
    }

    /// The headings that are not understood.
    pub fn left_out(&self) -> Vec<String> {
        let is_left = |heading: &&str| !heading.is_empty() && *heading != TO_MEND && Column::of_heading(heading).is_none();
        self.headings.iter().map(|heading| heading.trim()).filter(is_left).map(str::to_owned).collect()
    }

    /// Whom a row is about, as far as it says so: "Rahman, Amina".
    pub fn name_in(&self, row: &SheetRow) -> String {
        let places = self.places();
        let cells = Cells { places: &places, row };
        let names = [cells.get(Column::FamilyName), cells.get(Column::GivenName)];
        names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// A problem under the heading that the file has for its column.
    pub fn to_mend(&self, problem: &CellProblem) -> CellToMend {
        let heading = self.headings.iter().find(|heading| Column::of_heading(heading) == Some(problem.column));
        let heading = heading.map_or(problem.column.heading(), |heading| heading.trim());
        CellToMend { heading: heading.to_owned(), message: problem.message.clone() }
    }
}

/// What stands in the columns of one row.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    /// Where each column stands.
    pub places: &'a [(Column, usize)],
    /// The row.
    pub row: &'a SheetRow,
}

impl<'a> Cells<'a> {
    /// What stands in a column, without the space around it; empty where there is no such column.
    ///
    /// An apostrophe before what looks like a formula makes it text: the files that are downloaded here hold it, and so it is taken away again.
    pub fn get(self, column: Column) -> &'a str {
        let place = self.places.iter().find(|(other, _)| *other == column).map(|(_, place)| *place);
        let cell = place.and_then(|place| self.row.cells.get(place)).map(|cell| cell.trim()).unwrap_or_default();
        cell.strip_prefix('\'').filter(|text| text.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
    }

    /// Whether the file has a column, whatever stands in it.
    pub fn has(self, column: Column) -> bool {
        self.places.iter().any(|(other, _)| *other == column)
    }

    /// Every column with something in it.
    pub fn filled(self) -> impl Iterator<Item = (Column, &'a str)> {
        self.places.iter().map(move |(column, _)| (*column, self.get(*column))).filter(|(_, cell)| !cell.is_empty())
    }
}

/// Refuses what cannot be understood without asking: two columns of one meaning, and a file without the ones that matter.
fn check_headings(headings: &[String]) -> Result<(), AppError> {
    if headings.len() > MOST_COLUMNS {
        return Err(refused(format!("This file has more than {MOST_COLUMNS} columns. Remove those that are not listed below.")));
    }
    for column in Column::ALL {
        let of_it: Vec<String> = headings
            .iter()
            .filter(|heading| Column::of_heading(heading) == Some(column))
            .map(|heading| format!("“{}”", heading.trim()))
            .collect();
        if of_it.len() > 1 {
            return Err(refused(format!("The headings {} mean the same column. Remove one of them.", and(&of_it))));
        }
        if of_it.is_empty() && column.is_needed() {
            return Err(refused(format!("The column “{}” is missing. Add it, with a heading as it is listed below.", column.heading())));
        }
    }
    Ok(())
}

/// A refusal of the whole file.
pub fn refused(sentence: impl Into<String>) -> AppError {
    AppError::invalid("file", sentence)
}

/// The refusal of a file that is longer than all the people there are.
pub fn too_many_rows() -> AppError {
    refused("This file has more than 2,000 rows. Divide it, and bring the parts one after another.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        rows.iter().enumerate().map(|(place, cells)| (place + 1, cells.iter().map(|cell| (*cell).to_owned()).collect())).collect()
    }

    fn refusal(rows: &[&[&str]]) -> String {
        let Err(AppError::Invalid(problems)) = Sheet::of_grid(grid(rows)) else { panic!("{rows:?}") };
        assert_eq!(problems[0].field, "file");
        problems[0].message.clone()
    }

    #[test]
    fn headings_are_found_below_a_title_and_rows_keep_their_numbers() {
        let sheet = Sheet::of_grid(grid(&[
            &["Practitioners of Bradford, October", "", ""],
            &["", "", ""],
            &["First name", "Surname", "E-mail address", "Shoe size"],
            &["Amina", "Rahman", "amina@council.gov.uk", "5"],
            &["", "", "", " "],
            &["Femi", "Okafor", "'-femi@council.gov.uk"],
        ]))
        .unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 6]);
        assert_eq!(sheet.left_out(), ["Shoe size"]);
        let places = sheet.places();
        let cells = Cells { places: &places, row: &sheet.rows[1] };
        assert_eq!(
            (cells.get(Column::FamilyName), cells.get(Column::Email), cells.get(Column::Manager)),
            ("Okafor", "-femi@council.gov.uk", "")
        );
    }

    #[test]
    fn a_file_that_cannot_be_understood_says_what_to_do() {
        let head = &["First name", "Family name", "Email"][..];
        assert!(refusal(&[]).contains("empty"));
        assert!(refusal(&[&["", " "]]).contains("empty"));
        assert!(refusal(&[&["Name", "Phone"], &["Amina", "0"]]).contains("No heading"));
        assert!(refusal(&[head]).contains("nobody below the headings"));
        assert!(refusal(&[&["First name", "Email"], &["Amina", "a@b.example"]]).contains("“Family name” is missing"));
        assert!(refusal(&[&["First name", "Family name", "Email", "E-mail"], &["a"]]).contains("“Email” and “E-mail” mean the same"));
        let many: Vec<&[&str]> = std::iter::once(head).chain((0..=MOST_ROWS).map(|_| &["Amina"][..])).collect();
        assert!(refusal(&many).contains("more than 2,000 rows"));
        let wide: Vec<&str> = std::iter::once("Email").chain((0..MOST_COLUMNS).map(|_| "x")).collect();
        assert!(refusal(&[&wide]).contains("more than 100 columns"));
    }
}
