//! How the members of a group keep to it.

use chrono::TimeDelta;

use super::open::OpenedGroup;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::groups::model::Relation;
use crate::groups::{Commitment, MemberCommitment};
use crate::people::store::NameRow;

/// How far back is looked.
const PAST: TimeDelta = TimeDelta::days(365);

const COMMITMENT: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name,
    COUNT(t.state) AS held,
    COUNT(CASE WHEN t.state IN ('attended', 'late', 'left_early') THEN 1 END) AS attended,
    COUNT(CASE WHEN t.state = 'apologies' THEN 1 END) AS told_ahead
FROM membership m
JOIN person p ON p.id = m.person_id
LEFT JOIN session s ON s.group_id = m.group_id
    AND s.starts_at >= $2
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL
LEFT JOIN attendance t ON t.session_id = s.id AND t.person_id = m.person_id
WHERE m.group_id = $1
    AND m.left_on IS NULL
GROUP BY p.id, p.code, p.title, p.given_name, p.family_name, p.given_key, p.family_key
ORDER BY p.given_key, p.family_key, p.id";

/// Every member by name, for the group's supervisor and for whoever manages groups; nobody for anybody else.
pub async fn commitment_of(actor: &Actor, group: &OpenedGroup) -> Result<Vec<MemberCommitment>, AppError> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        held: i64,
        attended: i64,
        told_ahead: i64,
    }

    if group.relation() == Relation::Member {
        return Ok(Vec::new());
    }
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(COMMITMENT).bind(group.id()).bind(actor.now() - PAST).fetch_all(pool).await)?;
    let member = |row: Row| {
        let Row { name, held, attended, told_ahead } = row;
        MemberCommitment { name: name.into(), commitment: Commitment { held, attended, told_ahead } }
    };
    Ok(rows.into_iter().map(member).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::Database;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::slug_of;
    use crate::groups::store::open_group;
    use crate::sessions::fixture::{meeting, session};

    both_databases! {
        async fn who_leads_a_group_sees_how_its_members_keep_to_it_and_no_member_does(fixture: Fixture) {
            const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', $3)";
            const FINISH: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";
            let people = meeting(fixture, fixture.now() + TimeDelta::days(1)).await;
            let database = &fixture.database;
            for (weeks, state) in [(1, "left_early"), (2, "apologies"), (3, "cancelled_by_member"), (53, "did_not_attend")] {
                let held = session(fixture, people.group, fixture.now() - TimeDelta::weeks(weeks), 90).await;
                on!(database, pool => sqlx::query(MARK).bind(held).bind(people.amina).bind(state).execute(pool).await.map(|_| ())).unwrap();
                on!(database, pool => sqlx::query(FINISH).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            }
            let slug = slug_of(fixture, people.group).await;
            for (person, role) in [(people.ruth, Role::Supervisor), (people.sian, Role::Coordinator)] {
                let actor = fixture.actor(person, &[role]);
                let members = commitment_of(&actor, &open_group(&actor, &slug).await.unwrap()).await.unwrap();
                let seen: Vec<_> = members.iter().map(|member| (member.name.short.as_str(), member.commitment)).collect();
                let amina = Commitment { held: 3, attended: 1, told_ahead: 1 };
                assert_eq!(seen, [("Amina R.", amina), ("Tom B.", Commitment::default())]);
            }
            let actor = fixture.actor(people.amina, &[Role::Practitioner]);
            assert!(commitment_of(&actor, &open_group(&actor, &slug).await.unwrap()).await.unwrap().is_empty());
        }
    }

    #[tokio::test]
    async fn commitment_is_read_by_index_alone() {
        let fixture = Fixture::on_sqlite().await;
        let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {COMMITMENT}"))).fetch_all(pool).await.unwrap();
        let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:#?}");
        assert!(steps.iter().any(|step| step.contains("session_by_group (group_id=? AND starts_at>?)")), "{steps:#?}");
    }
}
