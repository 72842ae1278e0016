//! The one door to what a supervisor has said.

use crate::access::{Actor, Permission};
use crate::access_log::{RecordKind, note_opened};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// A supervisor whose availability the actor may read and change. Only [`open_availability`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedAvailability {
    person: PersonId,
    name: PersonName,
    is_own: bool,
}

/// Opens the availability of a supervisor to change it: one's own where no code is named, and anybody's for whoever manages groups.
pub async fn open_availability(actor: &Actor, code: &str) -> Result<OpenedAvailability, AppError> {
    opened(&mut actor.database().snapshot().await?, actor, code).await
}

/// The same to read all of it, which is written down for the supervisor.
pub async fn open_availability_to_read(actor: &Actor, code: &str) -> Result<OpenedAvailability, AppError> {
    let mut transaction = actor.begin().await?;
    let opened = opened(&mut transaction, actor, code).await?;
    note_opened(&mut transaction, actor, opened.person, RecordKind::Availability).await?;
    transaction.commit().await?;
    Ok(opened)
}

async fn opened(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<OpenedAvailability, AppError> {
    const OPEN: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
WHERE (p.code = $1 OR ($1 = '' AND p.id = $2))
    AND (p.id = $2 OR $3)
    AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor')";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(OPEN)
        .bind(code)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_optional(connection).await)?;
    let Row { id, name } = row.ok_or(AppError::NotFound)?;
    Ok(OpenedAvailability { person: id, name: name.into(), is_own: id == actor.person() })
}

impl OpenedAvailability {
    /// Whose it is.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// What they are called.
    pub fn name(&self) -> &PersonName {
        &self.name
    }

    /// Whether the actor is that person.
    pub fn is_own(&self) -> bool {
        self.is_own
    }
}
