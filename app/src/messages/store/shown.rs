//! What a demonstration wrote instead of sending it.

use chrono::{DateTime, Utc};

use crate::access::Anyone;
use crate::database::on;
use crate::error::AppError;
use crate::messages::model::ShownMessage;

/// As many messages as a demonstration shows.
const SHOWN: i64 = 50;

/// The newest messages of a demonstration, the newest first; outside of one there is nothing to see.
pub async fn demonstration_mail(anyone: &Anyone) -> Result<Vec<ShownMessage>, AppError> {
    const NEWEST: &str = "\
SELECT address, created_at, subject, body, calendar
FROM message
ORDER BY created_at DESC, id DESC
LIMIT $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        address: String,
        created_at: DateTime<Utc>,
        subject: String,
        body: String,
        calendar: Option<String>,
    }

    if !anyone.is_demonstration() {
        return Err(AppError::NotFound);
    }
    let rows: Vec<Row> = on!(anyone.database(), pool => sqlx::query_as(NEWEST).bind(SHOWN).fetch_all(pool).await)?;
    let shown = |row: Row| ShownMessage {
        address: row.address,
        written_at: row.created_at,
        subject: row.subject,
        body: row.body,
        calendar: row.calendar,
        origin: anyone.origin().to_owned(),
    };
    Ok(rows.into_iter().map(shown).collect())
}
