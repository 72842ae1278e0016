//! Sign-ins in the database.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::{DemonstrationPerson, Stage, demonstration_email};
use crate::access::{Anyone, Role, Roles, digest};
use crate::audit::{self, Entry};
use crate::database::{Transaction, new_id, on, secret};
use crate::error::AppError;
use crate::people::{PersonId, initials, short_name};

/// How long a practitioner stays signed in on a device.
const PRACTITIONER_STAYS: TimeDelta = TimeDelta::days(30);
/// How long a role with access to other people's details stays signed in.
const STAFF_STAY: TimeDelta = TimeDelta::hours(12);
/// How long somebody has for the second step.
const HALF_WAY_LASTS: TimeDelta = TimeDelta::minutes(30);
/// As much of a browser's own description as is worth keeping.
const DEVICE_LENGTH: usize = 300;

/// A device that is about to be signed in.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Whose it is.
    pub person: PersonId,
    /// What is still to come.
    pub stage: Stage,
    /// What the browser says of itself.
    pub device: &'a str,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// A sign-in as the browser gets it. The token is not stored, so it is shown here or never.
#[derive(Clone, Debug)]
pub struct OpenSignIn {
    /// What the cookie holds.
    pub token: String,
    /// For how long.
    pub seconds: i64,
}

/// Signs a device in, as far as its stage. Sign-ins that have run out are cleared away at the same time.
pub async fn open_sign_in(transaction: &mut Transaction, arrival: &Arrival<'_>) -> Result<OpenSignIn, AppError> {
    const CLEAR: &str = "DELETE FROM sign_in WHERE expires_at <= $1";
    const OPEN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, device, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";

    let id = new_id();
    let token = secret();
    let lasts = match arrival.stage {
        Stage::Complete if roles_of(transaction, arrival.person).await?.need_code() => STAFF_STAY,
        Stage::Complete => PRACTITIONER_STAYS,
        Stage::CodeNeeded | Stage::CodeSetUp => HALF_WAY_LASTS,
    };
    let device: String = arrival.device.chars().take(DEVICE_LENGTH).collect();
    on!(&mut transaction, connection => sqlx::query(CLEAR).bind(arrival.now).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(OPEN)
        .bind(id)
        .bind(digest(&token))
        .bind(arrival.person)
        .bind(arrival.stage)
        .bind(&device)
        .bind(arrival.now)
        .bind(arrival.now + lasts)
        .execute(connection).await.map(|_| ()))?;
    let action = if arrival.stage == Stage::Complete { "sign_in" } else { "begin_sign_in" };
    write_down(transaction, arrival.person, arrival.now, Entry { action, subject: "sign_in", subject_id: Some(id), detail: "" }).await?;
    Ok(OpenSignIn { token, seconds: lasts.num_seconds() })
}

async fn write_down(transaction: &mut Transaction, person: PersonId, now: DateTime<Utc>, entry: Entry<'_>) -> Result<(), AppError> {
    audit::record_by_person(transaction, person, now, entry).await
}

async fn roles_of(transaction: &mut Transaction, person: PersonId) -> Result<Roles, AppError> {
    const ROLES: &str = "SELECT role FROM person_role WHERE person_id = $1";
    let roles: Vec<String> = on!(&mut transaction, connection => sqlx::query_scalar(ROLES).bind(person).fetch_all(connection).await)?;
    Ok(roles.iter().filter_map(|role| Role::of_key(role)).collect())
}

/// The invented people of a demonstration, in the order of the roles.
pub async fn demonstration_people(anyone: &Anyone) -> Result<Vec<DemonstrationPerson>, AppError> {
    const FIND: &str = "\
SELECT p.email, p.code, p.title, p.given_name, p.family_name, COALESCE(a.name, '') AS place
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.email LIKE '%@demonstration.example'
    AND p.standing = 'registered'";

    #[derive(sqlx::FromRow)]
    struct Found {
        email: String,
        code: String,
        title: String,
        given_name: String,
        family_name: String,
        place: String,
    }

    if !anyone.is_demonstration() {
        return Ok(Vec::new());
    }
    let found: Vec<Found> = on!(anyone.database(), pool => sqlx::query_as(FIND).fetch_all(pool).await)?;
    let of_role = |role: Role| {
        let person = found.iter().find(|person| person.email == demonstration_email(role))?;
        Some(DemonstrationPerson {
            role,
            short: short_name(&person.title, &person.given_name, &person.family_name),
            initials: initials(&person.given_name, &person.family_name),
            code: person.code.clone(),
            place: person.place.clone(),
        })
    };
    Ok(Role::ALL.into_iter().filter_map(of_role).collect())
}

/// Signs in as the invented person of a role, without a password or code: in a demonstration alone.
pub async fn enter_demonstration(anyone: &Anyone, role: Role) -> Result<OpenSignIn, AppError> {
    const FIND: &str = "SELECT id FROM person WHERE email = $1 AND standing = 'registered'";

    if !anyone.is_demonstration() {
        return Err(AppError::NotFound);
    }
    let email = demonstration_email(role);
    let person: Option<PersonId> = on!(anyone.database(), pool => sqlx::query_scalar(FIND).bind(email).fetch_optional(pool).await)?;
    let person = person.ok_or(AppError::NotFound)?;
    let mut transaction = anyone.begin().await?;
    let arrival = Arrival { person, stage: Stage::Complete, device: anyone.device(), now: anyone.now() };
    let sign_in = open_sign_in(&mut transaction, &arrival).await?;
    transaction.commit().await?;
    Ok(sign_in)
}
