//! Somebody as they stand in the database, for a change that begins with who they are; and the entry about it.

use uuid::Uuid;

use super::record::may_change;
use crate::access::{Actor, Roles};
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::forms::Details;
use crate::people::model::{PersonId, Standing};

/// Somebody as they stand in the database, for a change that begins with who they are.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub id: PersonId,
    pub email: String,
    pub standing: Standing,
    pub version: i64,
    pub details: Details,
    pub authority_name: String,
}

/// Finds somebody whom the actor may change; everybody else is not there.
pub(super) async fn find(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<Found, AppError> {
    const FIND: &str = "\
SELECT p.id, p.title, p.given_name, p.family_name, p.email, p.profession, p.standing, p.version,
    COALESCE(a.slug, '') AS authority_slug, COALESCE(a.name, '') AS authority_name,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.code = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        title: String,
        given_name: String,
        family_name: String,
        email: String,
        profession: String,
        standing: Standing,
        version: i64,
        authority_slug: String,
        authority_name: String,
        roles: String,
    }

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(FIND).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let roles = Roles::of_list(&row.roles);
    if !may_change(actor, &roles) {
        return Err(AppError::NotAllowed);
    }
    let details = Details {
        title: row.title,
        given_name: row.given_name,
        family_name: row.family_name,
        profession: row.profession,
        authority: row.authority_slug,
        roles,
    };
    let authority_name = row.authority_name;
    Ok(Found { id: row.id, email: row.email, standing: row.standing, version: row.version, details, authority_name })
}

/// The authority of an address; nothing where none was chosen.
pub(super) async fn authority_of(transaction: &mut Transaction, slug: &str) -> Result<Option<Uuid>, AppError> {
    const AUTHORITY: &str = "SELECT id FROM authority WHERE slug = $1";

    if slug.is_empty() {
        return Ok(None);
    }
    let authority: Option<Uuid> =
        on!(&mut transaction, connection => sqlx::query_scalar(AUTHORITY).bind(slug).fetch_optional(connection).await)?;
    authority.map(Some).ok_or_else(|| AppError::invalid("authority", "Choose an authority from the list"))
}

/// An entry in the audit log about a person.
pub(super) async fn note(
    transaction: &mut Transaction,
    actor: &Actor,
    action: &'static str,
    person: PersonId,
    detail: &str,
) -> Result<(), AppError> {
    audit::record(transaction, actor, Entry { action, subject: "person", subject_id: Some(person.0), detail }).await
}
