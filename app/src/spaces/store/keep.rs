//! Making spaces and saying who looks after them. Whoever does so reads nothing by it.

use std::collections::BTreeMap;

use super::readable::OF_GROUP;
use crate::access::{Actor, Permission, holders};
use crate::audit;
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, is_taken, new_id, on};
use crate::error::AppError;
use crate::groups::slug_of_name;
use crate::people::store::works_there;
use crate::people::{EmailAddress, PersonId};
use crate::spaces::held::Approval;
use crate::spaces::keeping::{KeptSpace, SpaceDetails};
use crate::spaces::model::{SpaceId, SpaceKind};

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    name: String,
    about: String,
    kind: SpaceKind,
    subject: String,
    allows_unnamed: bool,
    approval: Approval,
    version: i64,
    email: Option<String>,
}

/// Every space that is no group's.
pub async fn kept_spaces(actor: &Actor) -> Result<Vec<KeptSpace>, AppError> {
    const SPACES: &str = "\
SELECT s.slug, s.name, s.about, s.kind, s.subject, s.allows_unnamed, s.approval, s.version, p.email
FROM space s
LEFT JOIN space_moderator o ON o.space_id = s.id
LEFT JOIN person p ON p.id = o.person_id
ORDER BY s.name, s.slug, p.email";

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(SPACES).fetch_all(pool).await)?;
    let mut spaces: Vec<KeptSpace> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for Row { slug, name, about, kind, subject, allows_unnamed, approval, version, email } in rows {
        let place = *places.entry(slug.clone()).or_insert_with(|| {
            spaces.push(KeptSpace { slug, name, about, kind, subject, moderators: Vec::new(), allows_unnamed, approval, version });
            spaces.len() - 1
        });
        if let Some(space) = spaces.get_mut(place) {
            space.moderators.extend(email);
        }
    }
    Ok(spaces)
}

/// A space that is no group's, by its part of the address.
pub async fn kept_space(actor: &Actor, slug: &str) -> Result<KeptSpace, AppError> {
    kept_spaces(actor).await?.into_iter().find(|space| space.slug == slug).ok_or(AppError::NotFound)
}

/// What pages of the community are called themselves, so that no space is.
const TAKEN: [&str; 6] = ["new", "saved", "spaces", "reports", "attach", "file"];

/// Makes a space. Answers its part of the address.
pub async fn make_space(actor: &Actor, (kind, subject): (SpaceKind, &str), details: &SpaceDetails) -> Result<String, AppError> {
    const INSERT: &str = "INSERT INTO space (id, slug, name, about, kind, subject, created_at, allows_unnamed, approval, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";

    let slug = slug_of_name(&details.name);
    let taken =
        || AppError::invalid("name", "There is a space of this name already, or the name cannot stand in an address. Choose another.");
    // The spaces of groups begin so.
    if slug.is_empty() || TAKEN.contains(&slug.as_str()) || slug.starts_with(OF_GROUP) {
        return Err(taken());
    }
    let space = SpaceId(new_id());
    let mut transaction = actor.begin().await?;
    let inserted = on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(space)
        .bind(&slug)
        .bind(&details.name)
        .bind(&details.about)
        .bind(kind)
        .bind(subject)
        .bind(actor.now())
        .bind(details.allows_unnamed)
        .bind(details.approval)
        .execute(connection).await.map(|_| ()));
    match inserted {
        Err(cause) if is_taken(&cause) => return Err(taken()),
        other => other?,
    }
    set_moderators(&mut transaction, space, &details.moderators).await?;
    let entry = audit::Entry { action: "make_space", subject: "space", subject_id: Some(space.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(slug)
}

/// Changes a space that was shown in a version. For whom it is stays: what people wrote, they wrote for those readers.
pub async fn change_space(actor: &Actor, (slug, shown): (&str, i64), details: &SpaceDetails) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE space
SET name = $3, about = $4, allows_unnamed = $5, approval = $6, version = version + 1
WHERE slug = $1
    AND version = $2
RETURNING id";

    kept_space(actor, slug).await?;
    let mut transaction = actor.begin().await?;
    note_who_belonged(&mut transaction, actor.now()).await?;
    let space: Option<SpaceId> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(slug)
        .bind(shown)
        .bind(&details.name)
        .bind(&details.about)
        .bind(details.allows_unnamed)
        .bind(details.approval)
        .fetch_optional(connection).await)?;
    let changed = || AppError::Conflict("Somebody else changed this space while you had it open. Please look at it again.".to_owned());
    let space = space.ok_or_else(changed)?;
    set_moderators(&mut transaction, space, &details.moderators).await?;
    let entry = audit::Entry { action: "change_space", subject: "space", subject_id: Some(space.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Has those of some addresses look after a space. Somebody new has to be one to whom the community is open; whoever looks after it already stays, so that a
/// space can still be saved while the word of an authority is waited for.
async fn set_moderators(transaction: &mut Transaction, space: SpaceId, emails: &[EmailAddress]) -> Result<(), AppError> {
    const FIND: &str = concat!(
        "\
SELECT p.id
FROM person p
WHERE p.email = $1
    AND p.standing = 'registered'
    AND (EXISTS (SELECT 1 FROM space_moderator stays WHERE stays.space_id = $3 AND stays.person_id = p.id) OR ",
        works_there!("p"),
        ")
    AND EXISTS (SELECT 1 FROM person_role held WHERE held.person_id = p.id AND CAST($2 AS TEXT) LIKE '%,' || held.role || ',%')"
    );
    const FORGET: &str = "DELETE FROM space_moderator WHERE space_id = $1";
    const SET: &str = "INSERT INTO space_moderator (space_id, person_id) VALUES ($1, $2) ON CONFLICT (space_id, person_id) DO NOTHING";

    let roles: Vec<&str> = holders(Permission::UseCommunity).iter().map(|role| role.key()).collect();
    let roles = format!(",{},", roles.join(","));
    let mut moderators = Vec::new();
    for (place, email) in (1..).zip(emails) {
        let found: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(FIND)
            .bind(email.as_str())
            .bind(&roles)
            .bind(space)
            .fetch_optional(connection).await)?;
        // Which of them it is, is said by its place: an error holds nothing personal.
        let unknown =
            || AppError::invalid("moderators", format!("Address {place} belongs to nobody who is registered and in the community."));
        moderators.push(found.ok_or_else(unknown)?);
    }
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(space).execute(connection).await.map(|_| ()))?;
    for person in moderators {
        on!(&mut transaction, connection => sqlx::query(SET).bind(space).bind(person).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
