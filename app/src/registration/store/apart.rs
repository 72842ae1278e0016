//! Who is kept apart from whom.

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::registration::forms::Apart;

/// Keeps somebody apart from another or from everybody of an authority. What is noted already stays as it is.
pub async fn keep_apart(actor: &Actor, code: &str, from: &Apart) -> Result<(), AppError> {
    const KEEP_APART: &str = "\
INSERT INTO kept_apart (id, person_id, other_id, authority_id, noted_by, noted_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING";
    const BY_EMAIL: &str = "SELECT id FROM person WHERE email = $1";
    const BY_SLUG: &str = "SELECT id FROM authority WHERE slug = $1";

    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    let (person, other, authority) = match from {
        Apart::Person(email) => {
            let other: Option<PersonId> =
                on!(&mut transaction, connection => sqlx::query_scalar(BY_EMAIL).bind(email).fetch_optional(connection).await)?;
            let other = other.ok_or_else(|| AppError::invalid("email", "Nobody here has this work email. Add them first, or check it."))?;
            if other == person {
                return Err(AppError::invalid("email", "Enter the work email of somebody else."));
            }
            (person.min(other), Some(person.max(other)), None)
        }
        Apart::Authority(slug) => {
            let authority: Option<uuid::Uuid> =
                on!(&mut transaction, connection => sqlx::query_scalar(BY_SLUG).bind(slug).fetch_optional(connection).await)?;
            (person, None, Some(authority.ok_or_else(|| AppError::invalid("authority", "Choose an authority of the list."))?))
        }
    };
    on!(&mut transaction, connection => sqlx::query(KEEP_APART)
        .bind(new_id())
        .bind(person)
        .bind(other)
        .bind(authority)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    record(&mut transaction, actor, Entry { action: "keep_apart", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

/// Takes it back that somebody is kept apart.
pub async fn let_meet(actor: &Actor, code: &str, line: &str) -> Result<(), AppError> {
    const LET_MEET: &str = "DELETE FROM kept_apart WHERE id = $1 AND (person_id = $2 OR other_id = $2)";

    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    let line: uuid::Uuid = line.parse().map_err(|_| AppError::NotFound)?;
    let removed = on!(&mut transaction, connection => sqlx::query(LET_MEET)
        .bind(line)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Err(AppError::NotFound);
    }
    record(&mut transaction, actor, Entry { action: "let_meet", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

/// Whoever has a code.
pub(super) async fn person_of(transaction: &mut Transaction, code: &str) -> Result<PersonId, AppError> {
    const PERSON: &str = "SELECT id FROM person WHERE code = $1";

    let person: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(PERSON).bind(code).fetch_optional(connection).await)?;
    person.ok_or(AppError::NotFound)
}
