//! Who is kept together with whom, as coordinators note it.

use super::apart::person_of;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::registration::answers::KeptTogether;

/// Keeps somebody together with another. What is noted already stays as it is.
pub async fn keep_together(actor: &Actor, code: &str, email: &str) -> Result<(), AppError> {
    const KEEP_TOGETHER: &str = "\
INSERT INTO kept_together (id, person_id, other_id, noted_by, noted_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING";
    const BY_EMAIL: &str = "SELECT id FROM person WHERE email = $1";

    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    let other: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(BY_EMAIL).bind(email).fetch_optional(connection).await)?;
    let other =
        other.ok_or_else(|| AppError::invalid("together_email", "Nobody here has this work email. Add them first, or check it."))?;
    if other == person {
        return Err(AppError::invalid("together_email", "Enter the work email of somebody else."));
    }
    if let Some(sentence) = who_has_no_place(&mut transaction, person, other).await? {
        return Err(AppError::invalid("together_email", sentence));
    }
    on!(&mut transaction, connection => sqlx::query(KEEP_TOGETHER)
        .bind(new_id())
        .bind(person.min(other))
        .bind(person.max(other))
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    record(&mut transaction, actor, Entry { action: "keep_together", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

/// What is said where one of two is placed in no group: they are no practitioner, and have not asked for a place as a supervisor either.
async fn who_has_no_place(transaction: &mut Transaction, person: PersonId, other: PersonId) -> Result<Option<&'static str>, AppError> {
    const WITH_A_PLACE: &str = "\
SELECT p.id
FROM person p
WHERE p.id IN ($1, $2)
    AND (
        EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'practitioner')
        OR EXISTS (SELECT 1 FROM registration g WHERE g.person_id = p.id AND g.stream IS NOT NULL)
    )";

    let placed: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(WITH_A_PLACE).bind(person).bind(other).fetch_all(connection).await)?;
    Ok(match (placed.contains(&person), placed.contains(&other)) {
        (true, true) => None,
        (false, _) => Some(
            "Groups are made up of practitioners, and of supervisors who have asked for a place. The person of this page is neither: a line here would do nothing.",
        ),
        (true, false) => Some(
            "Groups are made up of practitioners, and of supervisors who have asked for a place. Whoever has this work email is neither. Enter that of somebody who is.",
        ),
    })
}

/// Takes it back that somebody is kept together with another.
pub async fn let_part(actor: &Actor, code: &str, line: &str) -> Result<(), AppError> {
    const LET_PART: &str = "DELETE FROM kept_together WHERE id = $1 AND (person_id = $2 OR other_id = $2)";

    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    let line: uuid::Uuid = line.parse().map_err(|_| AppError::NotFound)?;
    let removed = on!(&mut transaction, connection => sqlx::query(LET_PART)
        .bind(line)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Err(AppError::NotFound);
    }
    record(&mut transaction, actor, Entry { action: "let_part", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

/// With whom somebody is kept together, whichever of the two it was noted at.
pub(super) async fn kept_together(moment: &mut Transaction, person: PersonId) -> Result<Vec<KeptTogether>, AppError> {
    const TOGETHER: &str = "\
SELECT k.id, p.code, p.title, p.given_name, p.family_name
FROM kept_together k
JOIN person p ON p.id = CASE WHEN k.person_id = $1 THEN k.other_id ELSE k.person_id END
WHERE k.person_id = $1
    OR k.other_id = $1
ORDER BY k.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: uuid::Uuid,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(TOGETHER).bind(person).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| KeptTogether { id: row.id.to_string(), with: PersonName::from(row.name).short }).collect())
}
