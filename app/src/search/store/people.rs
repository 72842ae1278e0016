//! People by their names: everybody for whoever manages people, and otherwise those whom a group's page shows.

use super::{ONE_MORE, first_of, nothing_of};
use crate::access::{Actor, Permission, Roles};
use crate::database::{each_beginning, on};
use crate::error::AppError;
use crate::groups::within_sentence;
use crate::paths;
use crate::people::store::NameRow;
use crate::people::{PersonName, Standing};
use crate::search::answers::{FoundKind, FoundLine, Kind};
use crate::search::model::Asked;

/// The people whom the words begin to name.
pub(super) async fn people_named(actor: &Actor, asked: &Asked) -> Result<FoundKind, AppError> {
    let patterns = each_beginning(&asked.words);
    if actor.may(Permission::ManagePeople) {
        let lines = everybody(actor, patterns).await?;
        return Ok(first_of(Kind::People, lines, (paths::PEOPLE.to_owned(), "the list of people")));
    }
    if !actor.may(Permission::SeeOwnGroups) {
        return Ok(nothing_of(Kind::People));
    }
    let lines = people_of_groups(actor, patterns).await?;
    Ok(first_of(Kind::People, lines, (paths::GROUPS.to_owned(), "the list of groups")))
}

/// Anybody, with their own page, by name or address.
async fn everybody(actor: &Actor, [first, second, third, fourth]: [String; 4]) -> Result<Vec<FoundLine>, AppError> {
    const EVERYBODY: &str = "\
SELECT p.code, p.given_name, p.family_name, p.profession, p.standing, COALESCE(a.name, '') AS authority,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE ' ' || REPLACE(p.given_key || ' ' || p.family_key || ' ' || p.email, '-', ' ') LIKE $1 ESCAPE '!'
    AND ' ' || REPLACE(p.given_key || ' ' || p.family_key || ' ' || p.email, '-', ' ') LIKE $2 ESCAPE '!'
    AND ' ' || REPLACE(p.given_key || ' ' || p.family_key || ' ' || p.email, '-', ' ') LIKE $3 ESCAPE '!'
    AND ' ' || REPLACE(p.given_key || ' ' || p.family_key || ' ' || p.email, '-', ' ') LIKE $4 ESCAPE '!'
ORDER BY p.family_key, p.given_key, p.id
LIMIT $5";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        given_name: String,
        family_name: String,
        profession: String,
        standing: Standing,
        authority: String,
        roles: String,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(EVERYBODY)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(ONE_MORE)
        .fetch_all(pool).await)?;
    let line = |row: Row| {
        let roles = Roles::of_list(&row.roles).iter().map(|role| role.name().to_owned()).collect::<Vec<_>>().join(", ");
        let standing = if row.standing == Standing::Registered { "" } else { row.standing.name() };
        FoundLine {
            name: format!("{}, {}", row.family_name, row.given_name),
            about: sentence(&[&roles, &row.profession, &row.authority, standing]),
            address: paths::person(&row.code),
            says: Vec::new(),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Those of the groups that the actor may open, as a group's page shows them and with the way to it. They are found by the words that stand
/// there: by a family name they are not, since only its first letter does.
async fn people_of_groups(actor: &Actor, [first, second, third, fourth]: [String; 4]) -> Result<Vec<FoundLine>, AppError> {
    const OF_GROUPS: &str = "\
WITH mine AS (
    SELECT g.id, g.slug, g.name, g.name_key, g.supervisor_id
    FROM supervision_group g
    WHERE g.ended_at IS NULL
        AND ($2
            OR g.supervisor_id = $1
            OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL))
), shown AS (
    SELECT w.slug, w.name, w.name_key, m.person_id, 0 AS leads
    FROM mine w
    JOIN membership m ON m.group_id = w.id AND m.left_on IS NULL
    UNION ALL
    SELECT w.slug, w.name, w.name_key, w.supervisor_id, 1
    FROM mine w
)
SELECT t.slug, t.name AS group_name, t.leads = 1 AS leads, p.code, p.title, p.given_name, p.family_name, p.profession,
    COALESCE(a.name, '') AS authority
FROM shown t
JOIN person p ON p.id = t.person_id
LEFT JOIN authority a ON a.id = p.authority_id
WHERE t.person_id <> $1
    AND ' ' || LOWER(p.title) || ' ' || REPLACE(p.given_key, '-', ' ') || ' ' || SUBSTR(p.family_key, 1, 1) LIKE $3 ESCAPE '!'
    AND ' ' || LOWER(p.title) || ' ' || REPLACE(p.given_key, '-', ' ') || ' ' || SUBSTR(p.family_key, 1, 1) LIKE $4 ESCAPE '!'
    AND ' ' || LOWER(p.title) || ' ' || REPLACE(p.given_key, '-', ' ') || ' ' || SUBSTR(p.family_key, 1, 1) LIKE $5 ESCAPE '!'
    AND ' ' || LOWER(p.title) || ' ' || REPLACE(p.given_key, '-', ' ') || ' ' || SUBSTR(p.family_key, 1, 1) LIKE $6 ESCAPE '!'
ORDER BY p.given_key, p.code, t.name_key, t.slug
LIMIT $7";

    #[derive(sqlx::FromRow)]
    struct Row {
        slug: String,
        group_name: String,
        leads: bool,
        #[sqlx(flatten)]
        name: NameRow,
        profession: String,
        authority: String,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(OF_GROUPS)
        .bind(actor.person())
        .bind(actor.may(Permission::SeeEveryGroup))
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(ONE_MORE)
        .fetch_all(pool).await)?;
    let line = |row: Row| {
        // A supervisor stands on the page of a group without what they are and where.
        let about = if row.leads {
            format!("Leads {}.", within_sentence(&row.group_name))
        } else {
            format!("{} In {}.", sentence(&[&row.profession, &row.authority]), within_sentence(&row.group_name))
        };
        FoundLine {
            name: PersonName::from(row.name).short,
            about: about.trim().to_owned(),
            address: paths::group(&row.slug),
            says: Vec::new(),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What is known of somebody, in one line.
fn sentence(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if said.is_empty() { String::new() } else { format!("{}.", said.join(", ")) }
}
