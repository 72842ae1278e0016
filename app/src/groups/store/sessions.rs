//! The sessions of a group, for its page.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use sqlx::FromRow;

use super::super::answers::{SESSIONS_PER_PAGE, SessionLine, SessionList};
use super::can_have_place::can_have_place;
use super::open::OpenedGroup;
use super::place_in_series::place_in_series;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::groups::Relation;

/// Sessions of a group that have not ended, soonest first. Members see those since they joined. Nobody waits any more for one that has begun or was cancelled.
pub(super) async fn coming_sessions(actor: &Actor, group: &OpenedGroup, page: i64) -> Result<SessionList, AppError> {
    const COMING: &str = concat!(
        "\
SELECT s.code, s.starts_local, s.ends_at, s.cancelled_at IS NOT NULL AS is_cancelled, ",
        place_in_series!(),
        ",
    CASE WHEN s.cancelled_at IS NULL AND s.starts_at > $2 THEN (
        SELECT COUNT(*) FROM clinic_wait w WHERE w.session_id = s.id AND ",
        can_have_place!(),
        "
    ) ELSE 0 END AS waiting, COUNT(*) OVER () AS total
FROM session s
WHERE s.group_id = $1
    AND s.ends_at > $2
    AND s.starts_local >= $3
ORDER BY s.starts_at, s.id
LIMIT $4 OFFSET $5"
    );

    sessions(actor, group, COMING, page).await
}

/// Sessions of a group that have ended, the latest first. Members see those since they joined.
pub(super) async fn past_sessions(actor: &Actor, group: &OpenedGroup, page: i64) -> Result<SessionList, AppError> {
    const PAST: &str = concat!(
        "\
SELECT s.code, s.starts_local, s.ends_at, s.cancelled_at IS NOT NULL AS is_cancelled, ",
        place_in_series!(),
        ",
    CAST(0 AS BIGINT) AS waiting, COUNT(*) OVER () AS total
FROM session s
WHERE s.group_id = $1
    AND s.ends_at <= $2
    AND s.starts_local >= $3
ORDER BY s.starts_at DESC, s.id DESC
LIMIT $4 OFFSET $5"
    );

    sessions(actor, group, PAST, page).await
}

async fn sessions(actor: &Actor, group: &OpenedGroup, statement: &'static str, page: i64) -> Result<SessionList, AppError> {
    #[derive(FromRow)]
    struct Row {
        code: String,
        starts_local: NaiveDateTime,
        ends_at: DateTime<Utc>,
        number: i64,
        is_cancelled: bool,
        of_number: i64,
        waiting: i64,
        total: i64,
    }

    let since = match group.relation() {
        Relation::Member => group.member_since(),
        Relation::Supervisor | Relation::Manager => None,
    };
    // Before the first day that a series can begin on.
    let since = since.unwrap_or_default();
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(statement)
        .bind(group.id())
        .bind(actor.now())
        .bind(since.and_time(NaiveTime::MIN))
        .bind(SESSIONS_PER_PAGE)
        .bind((page - 1) * SESSIONS_PER_PAGE)
        .fetch_all(pool).await)?;
    let total = rows.first().map_or(0, |row| row.total);
    let lines = rows.into_iter().map(|row| SessionLine {
        code: row.code,
        starts: row.starts_local,
        ends: ::series::local(row.ends_at),
        number: row.number,
        of: row.of_number,
        is_cancelled: row.is_cancelled,
        waiting: row.waiting,
    });
    Ok(SessionList { lines: lines.collect(), page, total })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::groups::store::open_group;
    use crate::people::fixture::person;
    use crate::sessions::fixture::session;

    both_databases! {
        async fn coming_and_past_sessions_are_told_apart_and_paged(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let id = group(fixture, ruth, &[], GroupKind::Group).await;
            for week in 1..=10 {
                session(fixture, id, fixture.now() + TimeDelta::weeks(week), 90).await;
            }
            session(fixture, id, fixture.now() - TimeDelta::minutes(30), 90).await;
            session(fixture, id, fixture.now() - TimeDelta::minutes(90), 90).await;
            let actor = fixture.actor(ruth, &[Role::Supervisor]);
            let opened = open_group(&actor, &slug_of(fixture, id).await).await.unwrap();
            let coming = coming_sessions(&actor, &opened, 1).await.unwrap();
            assert_eq!((coming.total, coming.lines.len()), (11, 8));
            assert!(coming.lines.is_sorted_by_key(|line| line.starts));
            assert_eq!(coming_sessions(&actor, &opened, 2).await.unwrap().lines.len(), 3);
            let past = past_sessions(&actor, &opened, 1).await.unwrap();
            assert_eq!(past.lines.len(), 1);
        }

        async fn a_member_sees_the_sessions_since_they_joined(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            for weeks in [8, 6, 2, 1] {
                session(fixture, id, fixture.now() - TimeDelta::weeks(weeks), 90).await;
            }
            let slug = slug_of(fixture, id).await;
            for (who, role, expected) in [(amina, Role::Practitioner, 2), (ruth, Role::Supervisor, 4)] {
                let actor = fixture.actor(who, &[role]);
                let opened = open_group(&actor, &slug).await.unwrap();
                assert_eq!(past_sessions(&actor, &opened, 1).await.unwrap().total, expected);
            }
        }
    }
}
