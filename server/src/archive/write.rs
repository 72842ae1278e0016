//! Writing a backup.

use std::io::Write;

use app::database::Transaction;
use app::database::catalogue::{self, Table};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, TypeInfo, ValueRef};

use super::{ArchiveError, Cell, Header, Line, Total};

/// Writes every row that a snapshot shows, and answers how many there are.
pub async fn write(snapshot: &mut Transaction, header: &Header, file: impl Write) -> Result<u64, ArchiveError> {
    let mut lines = Lines { sink: GzEncoder::new(file, Compression::default()), hasher: Sha256::new() };
    lines.write(header)?;
    let mut rows = 0;
    for table in catalogue::tables(snapshot).await? {
        rows += write_table(snapshot, &table, &mut lines).await?;
    }
    let sha256 = HEXLOWER.encode(&lines.hasher.clone().finalize());
    lines.write(&Line::Total(Total { rows, sha256 }))?;
    lines.sink.finish()?.flush()?;
    Ok(rows)
}

/// The lines, and the checksum of those before.
struct Lines<W: Write> {
    sink: GzEncoder<W>,
    hasher: Sha256,
}

impl<W: Write> Lines<W> {
    fn write(&mut self, line: &impl Serialize) -> Result<(), ArchiveError> {
        let mut bytes = serde_json::to_vec(line).map_err(std::io::Error::from)?;
        bytes.push(b'\n');
        self.hasher.update(&bytes);
        self.sink.write_all(&bytes)?;
        Ok(())
    }
}

async fn write_table<W: Write>(snapshot: &mut Transaction, table: &Table, lines: &mut Lines<W>) -> Result<u64, ArchiveError> {
    let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    // In a fixed order, so that two backups of the same rows are the same lines.
    let order: Vec<String> = (1..=columns.len()).map(|number| number.to_string()).collect();
    let statement = format!("SELECT {} FROM \"{}\" ORDER BY {}", quoted.join(", "), table.name, order.join(", "));
    lines.write(&Line::Table { table: table.name.clone(), columns })?;
    let mut rows = 0;
    match snapshot {
        Transaction::Sqlite(inner) => {
            let mut found = sqlx::query(AssertSqlSafe(statement)).fetch(&mut **inner);
            while let Some(row) = found.try_next().await? {
                lines.write(&Line::Row(row_of_sqlite(&row)?))?;
                rows += 1;
            }
        }
        Transaction::Postgres(inner) => {
            let mut found = sqlx::query(AssertSqlSafe(statement)).fetch(&mut **inner);
            while let Some(row) = found.try_next().await? {
                lines.write(&Line::Row(row_of_postgres(&row, table)?))?;
                rows += 1;
            }
        }
    }
    lines.write(&Line::End { end: table.name.clone(), rows })?;
    Ok(rows)
}

/// A row as it is.
fn row_of_sqlite(row: &SqliteRow) -> Result<Vec<Option<Cell>>, sqlx::Error> {
    let cell = |index| {
        let value = row.try_get_raw(index)?;
        if value.is_null() {
            return Ok(None);
        }
        let kind = value.type_info().name().to_owned();
        Ok(Some(match kind.as_str() {
            "INTEGER" => Cell::Whole(row.try_get_unchecked(index)?),
            "BLOB" => Cell::Bytes { hex: HEXLOWER.encode(row.try_get_unchecked(index)?) },
            _ => Cell::Text(row.try_get_unchecked(index)?),
        }))
    };
    (0..row.len()).map(cell).collect()
}

/// A row in the form in which SQLite would keep it.
fn row_of_postgres(row: &PgRow, table: &Table) -> Result<Vec<Option<Cell>>, sqlx::Error> {
    let cell = |(index, kind): (usize, &str)| -> Result<Option<Cell>, sqlx::Error> {
        Ok(match kind {
            "bigint" => row.try_get::<Option<i64>, _>(index)?.map(Cell::Whole),
            "boolean" => row.try_get::<Option<bool>, _>(index)?.map(|value| Cell::Whole(i64::from(value))),
            "uuid" => row.try_get::<Option<uuid::Uuid>, _>(index)?.map(|value| Cell::Bytes { hex: value.simple().to_string() }),
            "bytea" => row.try_get::<Option<Vec<u8>>, _>(index)?.map(|value| Cell::Bytes { hex: HEXLOWER.encode(&value) }),
            "timestamp with time zone" => {
                row.try_get::<Option<DateTime<Utc>>, _>(index)?.map(|value| Cell::Text(value.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
            }
            "timestamp without time zone" => {
                row.try_get::<Option<NaiveDateTime>, _>(index)?.map(|value| Cell::Text(value.format("%F %T%.f").to_string()))
            }
            "date" => row.try_get::<Option<NaiveDate>, _>(index)?.map(|value| Cell::Text(value.to_string())),
            "time without time zone" => {
                row.try_get::<Option<NaiveTime>, _>(index)?.map(|value| Cell::Text(value.format("%T%.f").to_string()))
            }
            "jsonb" => row.try_get::<Option<serde_json::Value>, _>(index)?.map(|value| Cell::Text(value.to_string())),
            _ => row.try_get::<Option<String>, _>(index)?.map(Cell::Text),
        })
    };
    table.columns.iter().enumerate().map(|(index, column)| cell((index, column.kind.as_str()))).collect()
}
