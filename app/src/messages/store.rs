//! The outbox.

use chrono::{DateTime, Utc};

use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::PersonId;

/// What is sent, and to whom.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// The one who receives it, at the address that they have now.
    pub to: PersonId,
    /// The thing and the date, for example "Your session on Thursday 5 November has moved".
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Puts a message into the outbox. It leaves when the transaction is committed, and not otherwise.
pub async fn queue(transaction: &mut Transaction, message: &NewMessage, now: DateTime<Utc>) -> Result<(), AppError> {
    const QUEUE: &str = "\
INSERT INTO message (id, person_id, address, subject, body, created_at, due_at, attempts)
SELECT $1, id, email, $3, $4, $5, $5, 0 FROM person WHERE id = $2";

    on!(&mut transaction, connection => sqlx::query(QUEUE)
        .bind(new_id())
        .bind(message.to)
        .bind(&message.subject)
        .bind(&message.body)
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
