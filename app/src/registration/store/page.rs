//! What the pages of a registration show.

use crate::access::{Actor, Role, Roles};
use crate::access_log::{RecordKind, note_opened};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::registration::answers::{KeptApart, OwnRegistration, RegistrationOf};

use super::read::{clearances_of, offerings, registrations};
use super::together::kept_together;

/// One's own registration, as it was at one moment.
pub async fn own_registration(actor: &Actor) -> Result<OwnRegistration, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let who = Who { id: actor.person(), is_supervisor: actor.roles().contains(Role::Supervisor) };
    let (own, _) = registration(actor, moment, who).await?;
    Ok(own)
}

/// Somebody's registration with what only coordinators note. That it was opened is written down for that person.
pub async fn registration_of(actor: &Actor, code: &str) -> Result<RegistrationOf, AppError> {
    let mut transaction = actor.begin().await?;
    let moment = &mut transaction;
    let (person, who) = person_of(moment, code).await?.ok_or(AppError::NotFound)?;
    note_opened(moment, actor, who.id, RecordKind::Registration).await?;
    let (own, manager) = registration(actor, moment, who).await?;
    let manager = match manager {
        Some(manager) => name_of(moment, manager).await?,
        None => None,
    };
    let clearances = clearances_of(moment, Some(who.id)).await?.remove(&who.id).unwrap_or_default();
    let (kept_together, kept_apart) = (kept_together(moment, who.id).await?, kept_apart(moment, who.id).await?);
    transaction.commit().await?;
    Ok(RegistrationOf { person, own, manager, clearances, kept_together, kept_apart })
}

/// Whose registration is read.
#[derive(Clone, Copy)]
struct Who {
    id: PersonId,
    is_supervisor: bool,
}

async fn registration(actor: &Actor, moment: &mut Transaction, who: Who) -> Result<(OwnRegistration, Option<PersonId>), AppError> {
    const AUTHORITIES: &str = "SELECT slug, name FROM authority ORDER BY name";
    const SUPERVISORS: &str = "\
SELECT s.code, s.title, s.given_name, s.family_name
FROM person s
WHERE s.id IN (
        SELECT g.supervisor_id
        FROM membership m
        JOIN supervision_group g ON g.id = m.group_id
        WHERE m.person_id = $1
    )
    OR s.id IN (SELECT r.kept_supervisor_id FROM registration r WHERE r.person_id = $1)
ORDER BY s.family_key, s.code";

    let registered = registrations(moment, Some(who.id)).await?.remove(&who.id);
    let manager = registered.as_ref().and_then(|registered| registered.manager);
    let supervisors: Vec<NameRow> = on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).bind(who.id).fetch_all(connection).await)?;
    let supervisors = supervisors.into_iter().map(PersonName::from).map(|name| (name.code, name.short)).collect();
    let own = OwnRegistration {
        registration: registered.map(|registered| registered.registration).unwrap_or_default(),
        offering: offerings(moment, Some(who.id)).await?.remove(&who.id),
        is_supervisor: who.is_supervisor,
        supervisors,
        authorities: on!(&mut moment, connection => sqlx::query_as(AUTHORITIES).fetch_all(connection).await)?,
        today: ::series::local(actor.now()).date(),
    };
    Ok((own, manager))
}

/// Whoever has a code and is supervised or supervises.
async fn person_of(moment: &mut Transaction, code: &str) -> Result<Option<(PersonName, Who)>, AppError> {
    const PERSON: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
WHERE p.code = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        roles: String,
    }

    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(PERSON).bind(code).fetch_optional(connection).await)?;
    let person = row.and_then(|row| {
        let roles = Roles::of_list(&row.roles);
        let is_supervisor = roles.contains(Role::Supervisor);
        (is_supervisor || roles.contains(Role::Practitioner)).then(|| (row.name.into(), Who { id: row.id, is_supervisor }))
    });
    Ok(person)
}

async fn name_of(moment: &mut Transaction, person: PersonId) -> Result<Option<PersonName>, AppError> {
    const NAME: &str = "SELECT code, title, given_name, family_name FROM person WHERE id = $1";

    let row: Option<NameRow> = on!(&mut moment, connection => sqlx::query_as(NAME).bind(person).fetch_optional(connection).await)?;
    Ok(row.map(PersonName::from))
}

/// From whom somebody is kept apart, whichever of the two it was noted at.
async fn kept_apart(moment: &mut Transaction, person: PersonId) -> Result<Vec<KeptApart>, AppError> {
    const APART: &str = "\
SELECT k.id, p.code, p.title, p.given_name, p.family_name, a.name AS authority
FROM kept_apart k
LEFT JOIN person p ON p.id = CASE WHEN k.person_id = $1 THEN k.other_id ELSE k.person_id END AND k.authority_id IS NULL
LEFT JOIN authority a ON a.id = k.authority_id
WHERE k.person_id = $1
    OR k.other_id = $1
ORDER BY k.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: uuid::Uuid,
        code: Option<String>,
        title: Option<String>,
        given_name: Option<String>,
        family_name: Option<String>,
        authority: Option<String>,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(APART).bind(person).fetch_all(connection).await)?;
    let line = |row: Row| {
        let name = row.code.zip(row.given_name).zip(row.family_name);
        let from = match (name, row.authority) {
            (Some(((code, given_name), family_name)), _) => {
                PersonName::from(NameRow { code, title: row.title.unwrap_or_default(), given_name, family_name }).short
            }
            (None, authority) => format!("everybody of {}", authority.unwrap_or_default()),
        };
        KeptApart { id: row.id.to_string(), from }
    };
    Ok(rows.into_iter().map(line).collect())
}
