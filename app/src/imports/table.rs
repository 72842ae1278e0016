//! The template, and the rows that have to be mended, as files.

use super::columns::Column;
use super::forms::ImportAddress;
use super::sheet::{Sheet, TO_MEND};
use super::store::left_rows_of;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::{Table, csv_of};

/// Every column with an example below its heading.
pub fn template_table(visit: &Visit) -> Result<Table, AppError> {
    require_of(visit, Permission::ImportPeople)?;
    let example = Column::ALL.map(|column| column.example().to_owned()).to_vec();
    Ok(Table { name: "people-to-bring", head: Column::HEADINGS, rows: vec![example] })
}

/// The rows of an import that were left, as they stand in the file, each with what to mend in a further column.
pub async fn left_rows(visit: &Visit, form: &ImportAddress) -> Result<Vec<u8>, AppError> {
    let actor = require_of(visit, Permission::ImportPeople)?;
    to_csv(&left_rows_of(&actor, &form.code).await?)
}

fn to_csv(sheet: &Sheet) -> Result<Vec<u8>, AppError> {
    // A file that was mended and brought again has the further column already.
    let kept: Vec<usize> =
        (0..sheet.headings.len()).filter(|place| sheet.headings.get(*place).is_some_and(|heading| heading.trim() != TO_MEND)).collect();
    let cells = |cells: &[String]| kept.iter().map(|place| cells.get(*place).cloned().unwrap_or_default()).collect::<Vec<String>>();
    let mut head = cells(&sheet.headings);
    head.push(TO_MEND.to_owned());
    let row = |row: &super::sheet::SheetRow| {
        let problems: Vec<String> = row.problems.iter().map(|problem| format!("{}: {}", problem.heading, problem.message)).collect();
        let mut row = cells(&row.cells);
        row.push(problems.join("\n"));
        row
    };
    csv_of(&head, &sheet.rows.iter().map(row).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::super::answers::CellToMend;
    use super::super::read::cells_of;
    use super::super::sheet::{Cells, SheetRow};
    use super::*;

    #[test]
    fn rows_to_mend_come_back_as_they_were_and_no_spreadsheet_calculates_them() {
        let problems = vec![CellToMend { heading: "Email".to_owned(), message: "Enter a work email address.".to_owned() }];
        let cells = ["=1+1", "Rahman", "-amina", "old"].map(str::to_owned).to_vec();
        let headings = ["First name", "Family name", "Email", TO_MEND].map(str::to_owned).to_vec();
        let sheet = Sheet { headings, rows: vec![SheetRow { number: 12, cells, problems, ..SheetRow::default() }] };

        let file = to_csv(&sheet).unwrap();

        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains("'=1+1,Rahman,'-amina,Email: Enter a work email address."), "{text}");
        let again = Sheet::of_grid(cells_of(&file).unwrap()).unwrap();
        assert!(again.left_out().is_empty());
        let places = again.places();
        let cells = Cells { places: &places, row: &again.rows[0] };
        assert_eq!([Column::GivenName, Column::FamilyName, Column::Email].map(|column| cells.get(column)), ["=1+1", "Rahman", "-amina"]);
    }

    #[test]
    fn the_template_can_be_brought_as_it_is() {
        let table =
            Table { name: "people", head: Column::HEADINGS, rows: vec![Column::ALL.map(|column| column.example().to_owned()).to_vec()] };
        let sheet = Sheet::of_grid(cells_of(&table.to_csv().unwrap()).unwrap()).unwrap();
        assert_eq!(sheet.places().len(), Column::ALL.len());
        assert_eq!(sheet.rows.len(), 1);
    }
}
