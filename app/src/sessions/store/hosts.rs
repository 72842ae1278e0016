//! Who leads a session together with its supervisor, or observes it.

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::sessions::answers::Host;
use crate::sessions::model::{HostRole, SessionId};

/// The hosts of a session, co-supervisors first, each with who it is.
pub(super) async fn hosts_of(actor: &Actor, session: SessionId) -> Result<Vec<(PersonId, Host)>, AppError> {
    const HOSTS: &str = "\
SELECT h.person_id, h.role, p.code, p.title, p.given_name, p.family_name
FROM session_host h
JOIN person p ON p.id = h.person_id
WHERE h.session_id = $1
ORDER BY h.role, p.given_key, p.family_key, p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        person_id: PersonId,
        role: HostRole,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(HOSTS).bind(session).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|row| (row.person_id, Host { name: row.name.into(), role: row.role })).collect())
}
