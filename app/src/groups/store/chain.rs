//! The chain of supervision above somebody.

use super::open::OpenedGroup;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::chain::{ChainLink, Upkeep};
use crate::people::short_name;
use crate::people::store::NameRow;

/// How long a session keeps the chain in date.
const IN_DATE_FOR: chrono::TimeDelta = chrono::TimeDelta::weeks(6);

/// How it stands with the supervision of person `p` since `$2`, as two columns of a statement.
macro_rules! upkeep {
    () => {
        "\
EXISTS (
    SELECT 1
    FROM membership own
    JOIN supervision_group of_supervisors ON of_supervisors.id = own.group_id
    WHERE own.person_id = p.id
        AND own.left_on IS NULL
        AND of_supervisors.kind = 'supervisors'
        AND of_supervisors.ended_at IS NULL
) AS is_arranged,
EXISTS (
    SELECT 1
    FROM attendance a
    JOIN session s ON s.id = a.session_id
    JOIN supervision_group of_supervisors ON of_supervisors.id = s.group_id
    WHERE a.person_id = p.id
        AND a.state IN ('attended', 'late', 'left_early')
        AND s.marked_at IS NOT NULL
        AND s.cancelled_at IS NULL
        AND s.ends_at >= $2
        AND of_supervisors.kind = 'supervisors'
) AS is_in_date"
    };
}

/// The supervisors of the actor's groups, each with who supervises them and whether that is in date: one row a group, and nothing of what
/// was said.
///
/// Only a session whose attendance is finished counts, and only for a supervisor who was there, in whole or in part.
pub async fn chain_above(actor: &Actor, moment: &mut Transaction) -> Result<Vec<ChainLink>, AppError> {
    const CHAIN: &str = concat!(
        "\
SELECT p.code, p.title, p.given_name, p.family_name, g.name AS group_name, g.slug AS group_slug, g.kind,
    above.title AS above_title, above.given_name AS above_given_name, above.family_name AS above_family_name,
    ",
        upkeep!(),
        "
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN person above ON above.id = (
    SELECT of_supervisors.supervisor_id
    FROM membership own
    JOIN supervision_group of_supervisors ON of_supervisors.id = own.group_id
    WHERE own.person_id = p.id
        AND own.left_on IS NULL
        AND of_supervisors.kind = 'supervisors'
        AND of_supervisors.ended_at IS NULL
    ORDER BY own.joined_on, of_supervisors.name
    LIMIT 1
)
WHERE m.person_id = $1
    AND m.left_on IS NULL
    AND g.ended_at IS NULL
ORDER BY m.joined_on, g.name"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        supervisor: NameRow,
        group_name: String,
        group_slug: String,
        kind: GroupKind,
        above_title: Option<String>,
        above_given_name: Option<String>,
        above_family_name: Option<String>,
        is_arranged: bool,
        is_in_date: bool,
    }

    let since = actor.now() - IN_DATE_FOR;
    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(CHAIN).bind(actor.person()).bind(since).fetch_all(connection).await)?;
    let links = rows.into_iter().map(|row| ChainLink {
        supervisor: row.supervisor.into(),
        group_name: row.group_name,
        group_slug: row.group_slug,
        kind: row.kind,
        upkeep: upkeep(row.is_arranged, row.is_in_date),
        above: row
            .above_given_name
            .zip(row.above_family_name)
            .map(|(given_name, family_name)| short_name(&row.above_title.unwrap_or_default(), &given_name, &family_name)),
    });
    Ok(links.collect())
}

/// How it stands with the supervision of the supervisor of an opened group.
pub async fn upkeep_of(actor: &Actor, group: &OpenedGroup) -> Result<Upkeep, AppError> {
    const UPKEEP: &str = concat!("SELECT ", upkeep!(), " FROM person p WHERE p.id = $1");

    let since = actor.now() - IN_DATE_FOR;
    let database = actor.database();
    let (is_arranged, is_in_date): (bool, bool) =
        on!(database, pool => sqlx::query_as(UPKEEP).bind(group.supervisor()).bind(since).fetch_one(pool).await)?;
    Ok(upkeep(is_arranged, is_in_date))
}

const fn upkeep(is_arranged: bool, is_in_date: bool) -> Upkeep {
    match (is_in_date, is_arranged) {
        (true, _) => Upkeep::InDate,
        (false, true) => Upkeep::Due,
        (false, false) => Upkeep::BeingArranged,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::{code, new_id};
    use crate::groups::GroupId;
    use crate::groups::fixture::group;
    use crate::people::PersonId;
    use crate::people::fixture::person;

    /// A session that was marked, with how one person was there.
    async fn marked_session(fixture: &Fixture, group: GroupId, ended_at: DateTime<Utc>, who: PersonId, state: &str) {
        const SERIES: &str = "\
INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, times, skips, published_at, version, supervisor_id)
SELECT $1, id, $3, $4, 'Europe/London', 60, 1, 1, $5, $6, 1, supervisor_id
FROM supervision_group
WHERE id = $2";
        const SESSION: &str = "\
INSERT INTO session (id, code, group_id, series_id, slot, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at,
    cancelled_reason, marked_at, version)
SELECT $1, $2, id, $3, $8, supervisor_id, $4, 'Europe/London', 60, $5, $6, '', $6, 1
FROM supervision_group
WHERE id = $7";
        const ATTENDANCE: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', $3)";

        let (series, session, starts_at) = (new_id(), new_id(), ended_at - TimeDelta::hours(1));
        let local = ::series::local(starts_at);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SERIES).bind(series).bind(group).bind(local.date()).bind(local.time())
            .bind(sqlx::types::Json(Vec::<String>::new())).bind(starts_at).execute(pool).await.map(|_| ()))
        .unwrap();
        on!(database, pool => sqlx::query(SESSION).bind(session).bind(code()).bind(series).bind(local).bind(starts_at).bind(ended_at)
            .bind(group).bind(local.date()).execute(pool).await.map(|_| ()))
        .unwrap();
        on!(database, pool => sqlx::query(ATTENDANCE).bind(session).bind(who).bind(state).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn upkeep_of(fixture: &Fixture, member: PersonId) -> Vec<Upkeep> {
        let links = chain_above(&fixture.actor(member, &[Role::Practitioner]), &mut fixture.snapshot().await).await.unwrap();
        links.into_iter().map(|link| link.upkeep).collect()
    }

    both_databases! {
        async fn the_chain_is_in_date_only_for_six_weeks_after_a_session_that_was_attended(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            group(fixture, ruth, &[amina], GroupKind::Group).await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::BeingArranged]);

            let above = group(fixture, marianne, &[ruth], GroupKind::Supervisors).await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::Due]);
            let links = chain_above(&fixture.actor(amina, &[Role::Practitioner]), &mut fixture.snapshot().await).await.unwrap();
            let link = links.first().unwrap();
            assert_eq!(link.above.as_deref(), Some("Marianne S."), "who supervises the supervisor is told");
            assert_eq!(link.kind, GroupKind::Group);

            let six_weeks_ago = fixture.now() - TimeDelta::weeks(6);
            marked_session(fixture, above, six_weeks_ago - TimeDelta::minutes(1), ruth, "attended").await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::Due]);
            marked_session(fixture, above, fixture.now() - TimeDelta::weeks(1), ruth, "apologies").await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::Due]);
            marked_session(fixture, above, six_weeks_ago, ruth, "left_early").await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::InDate]);
        }

        async fn supervision_of_another_kind_does_not_keep_the_chain_in_date(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            group(fixture, ruth, &[amina], GroupKind::Group).await;
            let clinical = group(fixture, marianne, &[ruth], GroupKind::OneToOne).await;
            marked_session(fixture, clinical, fixture.now() - TimeDelta::weeks(1), ruth, "attended").await;
            assert_eq!(upkeep_of(fixture, amina).await, [Upkeep::BeingArranged]);
        }

        async fn nobody_sees_the_chain_above_a_group_that_is_not_theirs(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            group(fixture, ruth, &[amina], GroupKind::Group).await;
            assert_eq!(upkeep_of(fixture, tom).await, []);
            assert_eq!(upkeep_of(fixture, ruth).await, []);
        }
    }
}
