//! Restoring a backup within a unit of work.

use std::path::Path;

use app::database::Transaction;
use app::database::catalogue::{self, Table};
use sqlx::AssertSqlSafe;

use super::read::Reader;
use super::{ArchiveError, Cell, Contents, Line};

/// How many rows go to Postgres at a time.
const BATCH: usize = 500;

/// Fills the tables, which are those of the backup's own schema and hold nothing that matters.
pub async fn load(transaction: &mut Transaction, path: &Path, contents: &Contents) -> Result<(), ArchiveError> {
    let tables = catalogue::tables(transaction).await?;
    for table in tables.iter().rev() {
        empty(transaction, table).await?;
    }
    let mut reader = Reader::open(path)?;
    let mut batch = None;
    while let Some(line) = reader.next_line()? {
        match line {
            Line::Table { table, columns } => batch = Some(Batch::of(&tables, table, columns)?),
            Line::Row(row) => {
                let Some(batch) = &mut batch else { return Err(ArchiveError::NotABackup) };
                batch.rows.push(row);
                if batch.rows.len() == BATCH {
                    batch.insert(transaction).await?;
                }
            }
            Line::End { .. } => {
                if let Some(mut batch) = batch.take() {
                    batch.insert(transaction).await?;
                }
            }
            Line::Total(_) => break,
        }
    }
    for (table, expected) in &contents.tables {
        let found = count(transaction, table).await?;
        if u64::try_from(found).ok() != Some(*expected) {
            return Err(ArchiveError::Miscounted { table: table.clone(), expected: *expected, found });
        }
    }
    Ok(())
}

/// Removes the rows that the schema itself brings; a table that has none is left alone, for one of them refuses to be emptied.
async fn empty(transaction: &mut Transaction, table: &Table) -> Result<(), ArchiveError> {
    if count(transaction, &table.name).await? > 0 {
        let statement = AssertSqlSafe(format!("DELETE FROM \"{}\"", table.name));
        match transaction {
            Transaction::Sqlite(inner) => sqlx::query(statement).execute(&mut **inner).await.map(|_| ())?,
            Transaction::Postgres(inner) => sqlx::query(statement).execute(&mut **inner).await.map(|_| ())?,
        }
    }
    Ok(())
}

async fn count(transaction: &mut Transaction, table: &str) -> Result<i64, sqlx::Error> {
    let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{table}\""));
    match transaction {
        Transaction::Sqlite(inner) => sqlx::query_scalar(statement).fetch_one(&mut **inner).await,
        Transaction::Postgres(inner) => sqlx::query_scalar(statement).fetch_one(&mut **inner).await,
    }
}

/// Rows of one table on their way.
struct Batch {
    table: String,
    columns: Vec<String>,
    /// What the database calls the type of each column.
    kinds: Vec<String>,
    rows: Vec<Vec<Option<Cell>>>,
}

impl Batch {
    fn of(tables: &[Table], name: String, columns: Vec<String>) -> Result<Self, ArchiveError> {
        let Some(table) = tables.iter().find(|table| table.name == name) else { return Err(ArchiveError::Unknown(name)) };
        let kind = |column: &String| {
            let found = table.columns.iter().find(|known| known.name == *column);
            found.map(|known| known.kind.clone()).ok_or_else(|| ArchiveError::Unknown(format!("{name}.{column}")))
        };
        let kinds = columns.iter().map(kind).collect::<Result<_, _>>()?;
        Ok(Self { table: name, columns, kinds, rows: Vec::new() })
    }

    async fn insert(&mut self, transaction: &mut Transaction) -> Result<(), ArchiveError> {
        let rows = std::mem::take(&mut self.rows);
        match transaction {
            Transaction::Sqlite(inner) => self.insert_into_sqlite(inner, rows).await,
            Transaction::Postgres(inner) => self.insert_into_postgres(inner, rows).await,
        }
    }

    async fn insert_into_sqlite(&self, connection: &mut sqlx::SqliteConnection, rows: Vec<Vec<Option<Cell>>>) -> Result<(), ArchiveError> {
        let values: Vec<String> = (1..=self.columns.len()).map(|number| format!("${number}")).collect();
        let statement = format!("INSERT INTO {} VALUES ({})", self.target(), values.join(", "));
        for row in rows {
            let mut insert = sqlx::query(AssertSqlSafe(statement.clone()));
            for cell in row {
                insert = match cell {
                    None => insert.bind(None::<i64>),
                    Some(Cell::Whole(value)) => insert.bind(value),
                    Some(Cell::Text(value)) => insert.bind(value),
                    Some(Cell::Bytes { hex }) => insert.bind(bytes_of(&hex, &self.table)?),
                };
            }
            insert.execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Every column goes as one list of texts, which the server reads as the type that it has there.
    async fn insert_into_postgres(&self, connection: &mut sqlx::PgConnection, rows: Vec<Vec<Option<Cell>>>) -> Result<(), ArchiveError> {
        let mut columns: Vec<Vec<Option<String>>> = self.columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
        for row in rows {
            for ((column, kind), cell) in columns.iter_mut().zip(&self.kinds).zip(row) {
                column.push(cell.map(|cell| text_of(cell, kind)));
            }
        }
        let names: Vec<String> = (1..=columns.len()).map(|number| format!("c{number}")).collect();
        let lists: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let casts: Vec<String> = names.iter().zip(&self.kinds).map(|(name, kind)| format!("CAST({name} AS {kind})")).collect();
        let statement = format!(
            "INSERT INTO {} SELECT {} FROM UNNEST({}) AS given ({})",
            self.target(),
            casts.join(", "),
            lists.join(", "),
            names.join(", ")
        );
        let mut insert = sqlx::query(AssertSqlSafe(statement));
        for column in columns {
            insert = insert.bind(column);
        }
        insert.execute(connection).await?;
        Ok(())
    }

    fn target(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| format!("\"{column}\"")).collect();
        format!("\"{}\" ({})", self.table, columns.join(", "))
    }
}

fn bytes_of(hex: &str, table: &str) -> Result<Vec<u8>, ArchiveError> {
    data_encoding::HEXLOWER.decode(hex.as_bytes()).map_err(|_| ArchiveError::Unknown(format!("bytes in {table} that are none")))
}

fn text_of(cell: Cell, kind: &str) -> String {
    match cell {
        Cell::Whole(value) => value.to_string(),
        Cell::Text(value) => value,
        Cell::Bytes { hex } if kind == "bytea" => format!("\\x{hex}"),
        Cell::Bytes { hex } => hex,
    }
}
