//! From the token in a cookie to the person it stands for, once per request.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::role::Roles;
use super::visit::{Premises, SignedIn, Visit, VisitorName};
use crate::database::on;
use crate::error::AppError;
use crate::people::{PersonId, initials, short_name};

/// What is stored of a secret: enough to recognise it, too little to use it.
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

impl Visit {
    /// Finds out who holds a token. A token that is unknown or has run out, and a person who is suspended, are nobody.
    pub async fn recognise(mut self, premises: &Premises, token: &str) -> Result<Self, AppError> {
        // One statement, with the sign-in's own time checked against the clock that came in.
        const FIND: &str = "\
SELECT s.id AS sign_in, s.stage, s.seen_at, s.code_given_at, p.id AS person, p.code, p.title, p.given_name, p.family_name, p.profession,
    COALESCE(a.name, '') AS authority,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM sign_in s
JOIN person p ON p.id = s.person_id
LEFT JOIN authority a ON a.id = p.authority_id
WHERE s.token_hash = $1
    AND s.expires_at > $2
    AND p.standing = 'registered'";

        #[derive(sqlx::FromRow)]
        struct Found {
            sign_in: uuid::Uuid,
            stage: String,
            seen_at: DateTime<Utc>,
            code_given_at: Option<DateTime<Utc>>,
            person: PersonId,
            code: String,
            title: String,
            given_name: String,
            family_name: String,
            profession: String,
            authority: String,
            roles: String,
        }

        let now = premises.clock.now();
        let database = &premises.database;
        let found: Option<Found> = on!(database, pool => sqlx::query_as(FIND).bind(digest(token)).bind(now).fetch_optional(pool).await)?;
        let Some(found) = found else { return Ok(self) };
        if found.stage == "complete" {
            remember_visit(premises, found.sign_in, found.seen_at, now).await;
        }
        let roles = Roles::of_list(&found.roles);
        let place = if found.authority.is_empty() { String::new() } else { format!(", {}", found.authority) };
        let what = if found.profession.is_empty() { roles.iter().next().map_or("", super::Role::name) } else { &found.profession };
        self.signed_in = Some(std::sync::Arc::new(SignedIn {
            sign_in: found.sign_in,
            person: found.person,
            name: VisitorName {
                short: short_name(&found.title, &found.given_name, &found.family_name),
                initials: initials(&found.given_name, &found.family_name),
                about: format!("{what}{place}"),
                given: found.given_name,
                code: found.code,
            },
            // Asked at each request, since a role that needs a code may have been given while somebody signed in without one.
            is_complete: found.stage == "complete" && (found.code_given_at.is_some() || !roles.need_code()),
            roles,
        }));
        Ok(self)
    }
}

/// Whether somebody who was let in would be let in now: not signed out, not suspended, and their time has not run out.
pub async fn is_still_let_in(premises: &Premises, signed_in: &SignedIn) -> Result<bool, AppError> {
    const FIND: &str = "\
SELECT COUNT(*)
FROM sign_in s
JOIN person p ON p.id = s.person_id
WHERE s.id = $1
    AND s.stage = 'complete'
    AND s.expires_at > $2
    AND p.standing = 'registered'";

    let (database, now) = (&premises.database, premises.clock.now());
    let found: i64 = on!(database, pool => sqlx::query_scalar(FIND).bind(signed_in.sign_in).bind(now).fetch_one(pool).await)?;
    Ok(found > 0)
}

/// How often the list of devices learns that a device is in use; more often would make every page a write.
const SEEN_EVERY: chrono::TimeDelta = chrono::TimeDelta::minutes(15);

/// It only serves the list of devices, so that a database which can be read but not written still lets people read.
async fn remember_visit(premises: &Premises, sign_in: uuid::Uuid, seen_at: DateTime<Utc>, now: DateTime<Utc>) {
    const SEE: &str = "UPDATE sign_in SET seen_at = $1 WHERE id = $2 AND seen_at < $1";
    if now.signed_duration_since(seen_at) < SEEN_EVERY {
        return;
    }
    let database = &premises.database;
    if let Err(cause) = on!(database, pool => sqlx::query(SEE).bind(now).bind(sign_in).execute(pool).await.map(|_| ())) {
        tracing::warn!(%cause, "The list of devices could not be kept up to date.");
    }
}
