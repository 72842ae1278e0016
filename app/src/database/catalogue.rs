//! What a database says of its own tables: for backups, which copy every table whatever it is called, and for the test that compares the
//! two schemas.

use std::collections::BTreeSet;

use super::Transaction;

/// A table as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, in the database's own words.
    pub kind: String,
    /// Whether it may be empty.
    pub is_nullable: bool,
}

/// Every table of the product, each after those that it refers to; but for those that are made of them.
pub async fn tables(transaction: &mut Transaction) -> Result<Vec<Table>, sqlx::Error> {
    const SQLITE_COLUMNS: &str = "\
SELECT t.name AS table_name, c.name, LOWER(c.type), c.\"notnull\" = 0
FROM sqlite_schema t
JOIN pragma_table_info(t.name) c
WHERE t.type = 'table'
    AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND t.name NOT LIKE 'search\\_%' ESCAPE '\\'
    AND t.name <> '_sqlx_migrations'
ORDER BY t.name, c.cid";
    const POSTGRES_COLUMNS: &str = "\
SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), c.is_nullable = 'YES'
FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = current_schema()
    AND t.table_type = 'BASE TABLE'
    AND t.table_name NOT LIKE 'search\\_%' ESCAPE '\\'
    AND t.table_name <> '_sqlx_migrations'
ORDER BY CAST(c.table_name AS TEXT) COLLATE \"C\", c.ordinal_position";

    let columns: Vec<(String, String, String, bool)> = match transaction {
        Transaction::Sqlite(inner) => sqlx::query_as(SQLITE_COLUMNS).fetch_all(&mut **inner).await?,
        Transaction::Postgres(inner) => sqlx::query_as(POSTGRES_COLUMNS).fetch_all(&mut **inner).await?,
    };
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, kind, is_nullable) in columns {
        let column = Column { name, kind, is_nullable };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(referenced_first(tables, &references(transaction).await?))
}

/// The tables that triggers make of the others. Each database has its own, no backup has any, and their names begin with `search_`.
pub async fn made_of_others(transaction: &mut Transaction) -> Result<Vec<String>, sqlx::Error> {
    // What an index keeps its own things in goes when it goes.
    const SQLITE: &str = "\
SELECT name
FROM pragma_table_list
WHERE schema = 'main'
    AND type IN ('table', 'virtual')
    AND name LIKE 'search\\_%' ESCAPE '\\'
ORDER BY name DESC";
    const POSTGRES: &str = "\
SELECT CAST(table_name AS TEXT)
FROM information_schema.tables
WHERE table_schema = current_schema()
    AND table_name LIKE 'search\\_%' ESCAPE '\\'
ORDER BY 1 DESC";

    match transaction {
        Transaction::Sqlite(inner) => sqlx::query_scalar(SQLITE).fetch_all(&mut **inner).await,
        Transaction::Postgres(inner) => sqlx::query_scalar(POSTGRES).fetch_all(&mut **inner).await,
    }
}

/// Which table refers to which.
async fn references(transaction: &mut Transaction) -> Result<BTreeSet<(String, String)>, sqlx::Error> {
    const SQLITE: &str = "\
SELECT t.name, f.\"table\"
FROM sqlite_schema t
JOIN pragma_foreign_key_list(t.name) f
WHERE t.type = 'table'";
    const POSTGRES: &str = "\
SELECT CAST(t.relname AS TEXT), CAST(f.relname AS TEXT)
FROM pg_constraint c
JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_class f ON f.oid = c.confrelid
WHERE c.contype = 'f'
    AND t.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)";

    let references: Vec<(String, String)> = match transaction {
        Transaction::Sqlite(inner) => sqlx::query_as(SQLITE).fetch_all(&mut **inner).await?,
        Transaction::Postgres(inner) => sqlx::query_as(POSTGRES).fetch_all(&mut **inner).await?,
    };
    Ok(references.into_iter().collect())
}

/// Tables in an order in which they can be filled. Should two refer to each other, they keep the order of their names.
fn referenced_first(mut waiting: Vec<Table>, references: &BTreeSet<(String, String)>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |table: &Table| {
            let waits_for = |other: &Table| *other != *table && references.contains(&(table.name.clone(), other.name.clone()));
            !waiting.iter().any(waits_for)
        };
        let next = waiting.iter().position(is_free).unwrap_or_default();
        ordered.push(waiting.remove(next));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::database::fixture::{Fixture, both_databases};

    /// What a type of either database holds, in words that both share.
    fn holds(kind: &str) -> &'static [&'static str] {
        match kind {
            "blob" => &["uuid", "bytea"],
            "integer" => &["bigint", "boolean"],
            "text" => &["text", "timestamp with time zone", "timestamp without time zone", "date", "time without time zone", "jsonb"],
            other => panic!("{other} is a type that the product does not use on SQLite"),
        }
    }

    async fn tables_of(fixture: &Fixture) -> Vec<Table> {
        let mut transaction = fixture.database.begin().await.unwrap();
        tables(&mut transaction).await.unwrap()
    }

    /// Every unique index: its table and columns, and whether it holds for some rows alone.
    async fn unique_indexes(fixture: &Fixture) -> BTreeSet<(String, String, bool)> {
        const SQLITE: &str = "\
SELECT t.name, (SELECT string_agg(c.name, ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c), i.partial <> 0
FROM sqlite_schema t
JOIN pragma_index_list(t.name) i
WHERE t.type = 'table'
    AND t.name <> '_sqlx_migrations'
    AND t.name NOT LIKE 'search\\_%' ESCAPE '\\'
    AND i.\"unique\" <> 0
UNION
SELECT t.name, string_agg(c.name, ',' ORDER BY c.pk), 0
FROM sqlite_schema t
JOIN pragma_table_info(t.name) c
WHERE t.type = 'table'
    AND t.name <> '_sqlx_migrations'
    AND t.name NOT LIKE 'search\\_%' ESCAPE '\\'
    AND c.pk > 0
GROUP BY t.name";
        const POSTGRES: &str = "\
SELECT CAST(t.relname AS TEXT),
    (SELECT string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.place)
    FROM unnest(CAST(i.indkey AS smallint[])) WITH ORDINALITY k (number, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number),
    i.indpred IS NOT NULL
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
    AND t.relname <> '_sqlx_migrations'
    AND t.relname NOT LIKE 'search\\_%' ESCAPE '\\'
    AND i.indisunique";
        let mut transaction = fixture.database.begin().await.unwrap();
        let found: Vec<(String, String, bool)> = match &mut transaction {
            Transaction::Sqlite(inner) => sqlx::query_as(SQLITE).fetch_all(&mut **inner).await.unwrap(),
            Transaction::Postgres(inner) => sqlx::query_as(POSTGRES).fetch_all(&mut **inner).await.unwrap(),
        };
        found.into_iter().collect()
    }

    #[tokio::test]
    async fn both_databases_have_the_same_tables_columns_references_and_unique_indexes() {
        let (sqlite, postgres) = (Fixture::on_sqlite().await, Fixture::on_postgres().await);
        let in_sqlite = tables_of(&sqlite).await;
        let in_postgres: BTreeMap<String, Table> =
            tables_of(&postgres).await.into_iter().map(|table| (table.name.clone(), table)).collect();
        assert_eq!(in_sqlite.iter().map(|table| &table.name).collect::<BTreeSet<_>>(), in_postgres.keys().collect());
        for table in &in_sqlite {
            let other = &in_postgres[&table.name];
            let names = |table: &Table| table.columns.iter().map(|column| (column.name.clone(), column.is_nullable)).collect::<Vec<_>>();
            assert_eq!(names(table), names(other), "{}", table.name);
            for (column, other) in table.columns.iter().zip(&other.columns) {
                let place = format!("{}.{}: {} and {}", table.name, column.name, column.kind, other.kind);
                assert!(holds(&column.kind).contains(&other.kind.as_str()), "{place}");
            }
        }
        assert_eq!(unique_indexes(&sqlite).await, unique_indexes(&postgres).await);
        let mut both = (sqlite.database.begin().await.unwrap(), postgres.database.begin().await.unwrap());
        assert_eq!(references(&mut both.0).await.unwrap(), references(&mut both.1).await.unwrap());
        drop(both);
        postgres.close().await;
    }

    both_databases! {
        async fn every_table_comes_after_those_that_it_refers_to(fixture: Fixture) {
            let ordered = tables_of(fixture).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            let place = |name: &str| ordered.iter().position(|table| table.name == name).unwrap();
            let references = references(&mut transaction).await.unwrap();
            assert!(references.len() > 10, "{references:?}");
            for (from, to) in references {
                assert!(place(&from) > place(&to), "{from} refers to {to}");
            }
        }
    }
}
