//! The groups whose sessions somebody may plan.

use sqlx::FromRow;

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::short_name;
use crate::people::store::NameRow;
use crate::series::answers::GroupToPlan;

/// Every group that meets and that the actor leads, then every other where they manage groups; as [`crate::groups::store::open_group_to_plan`]
/// has it.
pub async fn groups_to_plan(actor: &Actor) -> Result<Vec<GroupToPlan>, AppError> {
    const GROUPS: &str = "\
SELECT g.slug, g.name, g.kind, g.supervisor_id = $1 AS is_own, p.code, p.title, p.given_name, p.family_name,
    o.title AS only_title, o.given_name AS only_given_name, o.family_name AS only_family_name
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN membership only_one ON only_one.group_id = g.id AND only_one.left_on IS NULL AND g.capacity = 1
LEFT JOIN person o ON o.id = only_one.person_id
WHERE g.ended_at IS NULL
    AND (g.supervisor_id = $1 OR $2)
ORDER BY CASE WHEN g.supervisor_id = $1 THEN 0 ELSE 1 END, g.name_key, g.id";

    #[derive(FromRow)]
    struct Row {
        slug: String,
        name: String,
        kind: GroupKind,
        is_own: bool,
        #[sqlx(flatten)]
        supervisor: NameRow,
        only_title: Option<String>,
        only_given_name: Option<String>,
        only_family_name: Option<String>,
    }

    impl From<Row> for GroupToPlan {
        fn from(row: Row) -> Self {
            // A group of one is told from others of its name by who is in it.
            let only = row.only_title.zip(row.only_given_name).zip(row.only_family_name);
            let name = match only {
                Some(((title, given), family)) => format!("{} with {}", row.name, short_name(&title, &given, &family)),
                None => row.name,
            };
            Self { slug: row.slug, name, kind: row.kind, is_own: row.is_own, supervisor: row.supervisor.into() }
        }
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(GROUPS)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(GroupToPlan::from).collect())
}
