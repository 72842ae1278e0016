//! Who has opened something of one's own, as a table.

use super::model::{AccessLine, Further};
use super::store::lines;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The most lines of one file: more than anybody has in twelve months.
const MOST: i64 = 20_000;

/// Every line of the past twelve months, after what two people have opened together, which is handed in.
pub async fn access_table(visit: &Visit, further: Vec<Further>) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::UseOwnAccount)?;
    let lines = lines(&actor, MOST, 0).await?;
    let opened_together = further.into_iter().map(|Further { who, what, from, until }| {
        vec![from.date().to_string(), who, String::new(), what, moment(from), moment(until), String::new()]
    });
    let opened = lines.into_iter().map(|line| {
        let AccessLine { reader, role, kind, first, last, times } = line;
        vec![
            first.date().to_string(),
            reader,
            role.name().to_owned(),
            kind.name().to_owned(),
            moment(first),
            moment(last),
            times.to_string(),
        ]
    });
    let head = &["Day", "Who", "Role", "What", "First", "Last", "Times"];
    Ok(Table { name: "who-opened-my-records", head, rows: opened_together.chain(opened).collect() })
}

fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}
