//! The one door to a supervisor whose sessions may need cover.

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// Whether the person `p` can no longer lead any session, as a condition of a statement.
macro_rules! is_gone {
    () => {
        "(p.standing = 'suspended' OR NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor'))"
    };
}
pub(super) use is_gone;

/// Somebody who leads sessions, or was to. Only [`open_absence`] makes one.
#[derive(Clone, Debug)]
pub struct Absence {
    pub(super) person: PersonId,
    pub(super) name: PersonName,
    pub(super) is_gone: bool,
}

/// Opens the sessions of somebody who is a supervisor, or who leads sessions still though they are one no longer.
pub async fn open_absence(actor: &Actor, code: &str) -> Result<Absence, AppError> {
    const OPEN: &str = concat!(
        "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, ",
        is_gone!(),
        " AS is_gone
FROM person p
WHERE p.code = $1
    AND (
        EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor')
        OR EXISTS (SELECT 1 FROM session s WHERE s.supervisor_id = p.id AND s.starts_at > $2)
    )"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        is_gone: bool,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(OPEN).bind(code).bind(actor.now()).fetch_optional(pool).await)?;
    let Row { id, is_gone, name } = row.ok_or(AppError::NotFound)?;
    Ok(Absence { person: id, name: name.into(), is_gone })
}
