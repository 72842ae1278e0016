//! The groups whose sessions somebody may plan.

use sqlx::FromRow;

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::store::NameRow;
use crate::series::answers::GroupToPlan;

/// Every group that meets and that the actor leads, then every other where they manage groups; as [`crate::groups::store::open_group_to_plan`]
/// has it.
pub async fn groups_to_plan(actor: &Actor) -> Result<Vec<GroupToPlan>, AppError> {
    const GROUPS: &str = "\
SELECT g.slug, g.name, g.kind, g.supervisor_id = $1 AS is_own, p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id
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
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(GROUPS)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_all(pool).await)?;
    let group = |Row { slug, name, kind, is_own, supervisor }| GroupToPlan { slug, name, kind, is_own, supervisor: supervisor.into() };
    Ok(rows.into_iter().map(group).collect())
}
