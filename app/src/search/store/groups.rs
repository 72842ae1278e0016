//! Groups by their names.

use super::{ONE_MORE, first_of, nothing_of};
use crate::access::{Actor, Permission};
use crate::database::{each_beginning, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::paths;
use crate::people::short_name;
use crate::people::store::NameRow;
use crate::search::answers::{FoundKind, FoundLine, Kind};
use crate::search::model::Asked;
use crate::ui::full_stop;

/// The groups that the actor may open and whose names the words begin; those that have ended stand last.
pub(super) async fn groups_named(actor: &Actor, asked: &Asked) -> Result<FoundKind, AppError> {
    const NAMED: &str = "\
SELECT g.slug, g.name AS group_name, g.kind, g.ended_at IS NOT NULL AS is_ended, g.supervisor_id = $1 AS is_led_by_reader,
    COALESCE(only_one.person_id = $1, FALSE) AS is_of_reader, p.code, p.title, p.given_name, p.family_name,
    o.title AS only_title, o.given_name AS only_given_name, o.family_name AS only_family_name
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN membership only_one ON only_one.group_id = g.id AND only_one.left_on IS NULL AND g.capacity = 1
LEFT JOIN person o ON o.id = only_one.person_id
WHERE ($2
        OR g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL))
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $3 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $4 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $5 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $6 ESCAPE '!'
ORDER BY CASE WHEN g.ended_at IS NULL THEN 0 ELSE 1 END, g.name_key, g.id
LIMIT $7";

    if !actor.may(Permission::SeeOwnGroups) {
        return Ok(nothing_of(Kind::Groups));
    }
    let [first, second, third, fourth] = each_beginning(&asked.words);
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(NAMED)
        .bind(actor.person())
        .bind(actor.may(Permission::SeeEveryGroup))
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(ONE_MORE)
        .fetch_all(pool).await)?;
    let lines = rows.into_iter().map(FoundLine::from).collect();
    Ok(first_of(Kind::Groups, lines, (paths::GROUPS.to_owned(), "the list of groups")))
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    group_name: String,
    kind: GroupKind,
    is_ended: bool,
    is_led_by_reader: bool,
    is_of_reader: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
    only_title: Option<String>,
    only_given_name: Option<String>,
    only_family_name: Option<String>,
}

impl From<Row> for FoundLine {
    fn from(row: Row) -> Self {
        let supervisor = short_name(&row.supervisor.title, &row.supervisor.given_name, &row.supervisor.family_name);
        let member = row.only_title.zip(row.only_given_name).zip(row.only_family_name);
        let member = member.map(|((title, given_name), family_name)| short_name(&title, &given_name, &family_name));
        // Several pairs may have one name, so each says with whom.
        let name = match member {
            Some(_) if row.is_of_reader => format!("{} with {supervisor}", row.group_name),
            Some(member) => format!("{} with {member}", row.group_name),
            None => row.group_name,
        };
        let led = if row.is_led_by_reader { "You lead it.".to_owned() } else { full_stop(&format!("Led by {supervisor}")) };
        let ended = if row.is_ended { " It has ended." } else { "" };
        Self { name, about: format!("{}. {led}{ended}", row.kind.name()), address: paths::group(&row.slug), says: Vec::new() }
    }
}
