//! From the token in a cookie to the person it stands for, once per request.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::role::Roles;
use super::visit::{Premises, SignedIn, Visit, VisitorName};
use crate::database::on;
use crate::error::AppError;
use crate::people::store::works_there;
use crate::people::{PersonId, initials, short_name};

/// What is stored of a secret: enough to recognise it, too little to use it.
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// One statement, with the sign-in's own time checked against the clock that came in. What is unread is told by the index of news, which is read
/// from where they looked last and no further than the bell counts.
const FIND: &str = concat!(
    "\
SELECT s.id AS sign_in, s.stage, s.seen_at, s.code_given_at, p.id AS person, p.code, p.title, p.given_name, p.family_name, p.profession,
    COALESCE(a.name, '') AS authority, ",
    works_there!("p"),
    " AS works_there,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles,
    (
        SELECT COUNT(*)
        FROM (
            SELECT m.told_at
            FROM message m
            WHERE m.person_id = p.id
                AND m.told_at > COALESCE(v.here_at, p.created_at)
                AND m.told_at <= $2
            LIMIT 10
        ) u
    ) AS unread
FROM sign_in s
JOIN person p ON p.id = s.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN news_visit v ON v.person_id = p.id
WHERE s.token_hash = $1
    AND s.expires_at > $2
    AND p.standing = 'registered'"
);

impl Visit {
    /// Finds out who holds a token. A token that is unknown or has run out, and a person who is suspended, are nobody.
    pub async fn recognise(mut self, premises: &Premises, token: &str) -> Result<Self, AppError> {
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
            works_there: bool,
            roles: String,
            unread: i64,
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
            works_there: found.works_there,
            unread: found.unread,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::Fixture;
    use crate::database::{Database, new_id};

    #[tokio::test]
    async fn whoever_is_looking_is_found_by_key_and_of_their_messages_no_more_is_read_than_is_unread() {
        let (sqlite, postgres) = (Fixture::on_sqlite().await, Fixture::on_postgres().await);
        let Database::Sqlite(pool) = &sqlite.database else { unreachable!("the fixture is on SQLite") };
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {FIND}"))).fetch_all(pool).await.unwrap();
        let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
        let unread = "SEARCH m USING COVERING INDEX message_told (person_id=? AND told_at>? AND told_at<?)";
        assert!(steps.iter().any(|step| step == unread), "{steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN") && step != "SCAN u"), "{steps:#?}");

        let Database::Postgres(pool) = &postgres.database else { unreachable!("the fixture is on Postgres") };
        let mut connection = pool.acquire().await.unwrap();
        sqlx::query("SET enable_seqscan = off").execute(&mut *connection).await.unwrap();
        let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("EXPLAIN {FIND}")))
            .bind(new_id().as_bytes().as_slice())
            .bind(postgres.now())
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        let plan = plan.join("\n");
        let (_, of_messages) = plan.split_once("message_told").unwrap_or_else(|| panic!("{plan}"));
        let condition = of_messages.lines().find(|line| line.contains("Index Cond")).unwrap_or_default();
        assert!(condition.contains("person_id") && condition.matches("told_at").count() == 2, "{plan}");
        drop(connection);
        postgres.close().await;
    }
}
