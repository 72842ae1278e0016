//! The list of groups.

use chrono::NaiveDateTime;
use sqlx::FromRow;

use super::super::answers::{AgreementStanding, GROUPS_PER_PAGE, GroupLine, GroupList};
use super::super::forms::{GroupFilter, page_number};
use super::page::supervisors;
use crate::access::{Actor, Permission};
use crate::database::{anywhere, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::short_name;
use crate::people::store::NameRow;

/// The groups that somebody is in or leads; every group for whoever manages groups. Those that have ended stand last.
pub async fn groups_list(actor: &Actor, filter: &GroupFilter) -> Result<GroupList, AppError> {
    let is_all = actor.may(Permission::SeeEveryGroup);
    let page = page_number(&filter.page);
    let rows = listed(actor, filter, Part { at_most: GROUPS_PER_PAGE, after: (page - 1) * GROUPS_PER_PAGE }).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let lines = rows.into_iter().map(GroupLine::from).collect();
    let supervisors = if is_all { supervisors(actor).await? } else { Vec::new() };
    Ok(GroupList { is_all, lines, page, total, supervisors })
}

/// The same, on whatever page.
pub async fn every_group(actor: &Actor, filter: &GroupFilter) -> Result<Vec<GroupLine>, AppError> {
    let rows = listed(actor, filter, Part { at_most: i64::MAX, after: 0 }).await?;
    Ok(rows.into_iter().map(GroupLine::from).collect())
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    at_most: i64,
    after: i64,
}

async fn listed(actor: &Actor, filter: &GroupFilter, part: Part) -> Result<Vec<Row>, AppError> {
    // The page is chosen first, so that members, agreements and sessions are looked up for the groups of the page alone.
    const LIST: &str = "\
WITH shown AS (
    SELECT g.id, g.slug, g.name, g.name_key, g.kind, g.intervention, g.supervisor_id, g.capacity, g.ended_at, COUNT(*) OVER () AS total
    FROM supervision_group g
    JOIN person l ON l.id = g.supervisor_id
    WHERE ($2
            OR g.supervisor_id = $1
            OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL))
        AND ($4 = '' OR g.name_key LIKE $4 ESCAPE '!')
        AND ($5 = '' OR g.kind = $5)
        AND ($6 = '' OR l.code = $6)
    ORDER BY CASE WHEN g.ended_at IS NULL THEN 0 ELSE 1 END, g.name_key, g.id
    LIMIT $7 OFFSET $8
)
SELECT w.slug, w.name AS group_name, w.kind, w.intervention, w.capacity, w.total, w.ended_at IS NOT NULL AS is_ended, w.supervisor_id = $1 AS is_led_by_reader,
    COALESCE(only_one.person_id = $1, FALSE) AS is_of_reader, p.code, p.title, p.given_name, p.family_name,
    o.title AS only_title, o.given_name AS only_given_name, o.family_name AS only_family_name,
    (SELECT COUNT(*) FROM membership m WHERE m.group_id = w.id AND m.left_on IS NULL) AS members,
    (SELECT COUNT(*) FROM agreement a WHERE a.group_id = w.id AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL) AS in_force,
    (SELECT COUNT(*) FROM agreement a WHERE a.group_id = w.id AND a.in_force_at IS NULL AND a.ended_at IS NULL) AS proposed,
    (
        SELECT COUNT(*)
        FROM agreement a
        JOIN agreement_party y ON y.agreement_id = a.id
        WHERE a.group_id = w.id
            AND a.in_force_at IS NOT NULL
            AND a.ended_at IS NULL
            AND y.person_id = w.supervisor_id
            AND y.agreed_at IS NOT NULL
    ) AS agreed_by_supervisor,
    (SELECT MIN(s.starts_local) FROM session s WHERE s.group_id = w.id AND s.ends_at > $3 AND s.cancelled_at IS NULL) AS next_local
FROM shown w
JOIN person p ON p.id = w.supervisor_id
LEFT JOIN membership only_one ON only_one.group_id = w.id AND only_one.left_on IS NULL AND w.capacity = 1
LEFT JOIN person o ON o.id = only_one.person_id
ORDER BY is_ended, w.name_key, w.id";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(LIST)
        .bind(actor.person())
        .bind(actor.may(Permission::SeeEveryGroup))
        .bind(actor.now())
        .bind(anywhere(&filter.name))
        .bind(&filter.kind)
        .bind(&filter.supervisor)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?)
}

#[derive(FromRow)]
struct Row {
    slug: String,
    group_name: String,
    kind: GroupKind,
    intervention: Option<String>,
    capacity: i64,
    total: i64,
    is_ended: bool,
    is_led_by_reader: bool,
    is_of_reader: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
    members: i64,
    in_force: i64,
    proposed: i64,
    agreed_by_supervisor: i64,
    only_title: Option<String>,
    only_given_name: Option<String>,
    only_family_name: Option<String>,
    next_local: Option<NaiveDateTime>,
}

impl From<Row> for GroupLine {
    fn from(row: Row) -> Self {
        Self {
            slug: row.slug,
            name: row.group_name,
            kind: row.kind,
            intervention: row.intervention,
            supervisor: row.supervisor.into(),
            only_member: only_member(row.only_title, row.only_given_name, row.only_family_name),
            is_led_by_reader: row.is_led_by_reader,
            is_of_reader: row.is_of_reader,
            members: row.members,
            capacity: row.capacity,
            agreement: match (row.in_force, row.proposed, row.agreed_by_supervisor) {
                (0, 0, _) => AgreementStanding::Missing,
                (0, _, _) => AgreementStanding::Proposed,
                (_, _, 0) => AgreementStanding::NeedsSupervisor,
                (_, 0, _) => AgreementStanding::InForce,
                (_, _, _) => AgreementStanding::ChangeProposed,
            },
            next: row.next_local,
            is_ended: row.is_ended,
        }
    }
}

/// The one person in a group of one, by whom it is told from others of its name.
fn only_member(title: Option<String>, given_name: Option<String>, family_name: Option<String>) -> Option<String> {
    Some(short_name(&title?, &given_name?, &family_name?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::fixture::{code_of, group, slug_of};
    use crate::people::fixture::person;

    both_databases! {
        async fn everybody_sees_their_own_groups_and_a_coordinator_every_group(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let first = slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await;
            let second = slug_of(fixture, group(fixture, daniel, &[], GroupKind::Vig).await).await;
            for (who, role, expected) in [
                (amina, Role::Practitioner, vec![&first]),
                (ruth, Role::Supervisor, vec![&first]),
                (daniel, Role::Supervisor, vec![&second]),
            ] {
                let list = groups_list(&fixture.actor(who, &[role]), &GroupFilter::default()).await.unwrap();
                assert_eq!(list.lines.iter().map(|line| &line.slug).collect::<Vec<_>>(), expected);
                assert!(!list.is_all && list.supervisors.is_empty());
            }
            let list = groups_list(&fixture.actor(sian, &[Role::Coordinator]), &GroupFilter::default()).await.unwrap();
            assert_eq!((list.total, list.supervisors.len(), list.is_all), (2, 2, true));
        }

        async fn a_group_is_listed_with_the_intervention_that_it_is_on_where_it_is_on_one(fixture: Fixture) {
            const PUT_ON: &str = "UPDATE supervision_group SET intervention = 'mellow' WHERE kind = 'group'";
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            for kind in [GroupKind::Group, GroupKind::Pair] {
                group(fixture, ruth, &[], kind).await;
            }
            let database = &fixture.database;
            on!(database, pool => sqlx::query(PUT_ON).execute(pool).await.map(|_| ())).unwrap();
            let listed = every_group(&fixture.actor(ruth, &[Role::Supervisor]), &GroupFilter::default()).await.unwrap();
            let on = |kind| listed.iter().find(|line| line.kind == kind).unwrap().on();
            assert_eq!((on(GroupKind::Group), on(GroupKind::Pair)), (Some("Mellow Parenting, Babies or Bumps"), None));
        }

        async fn two_pairs_of_one_supervisor_are_told_apart_by_who_is_in_them(fixture: Fixture) {
            const ONE_PLACE: &str = "UPDATE supervision_group SET name = 'One-to-one supervision', capacity = 1 WHERE kind = 'one_to_one'";
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let zoe = person(fixture, "Zoë", "Zimmer", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            for member in [zoe, tom] {
                group(fixture, ruth, &[member], GroupKind::OneToOne).await;
            }
            group(fixture, ruth, &[zoe, tom], GroupKind::Group).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(ONE_PLACE).execute(pool).await.map(|_| ())).unwrap();
            for (reader, role) in [(ruth, Role::Supervisor), (sian, Role::Coordinator)] {
                let list = groups_list(&fixture.actor(reader, &[role]), &GroupFilter::default()).await.unwrap();
                let mut names: Vec<String> = list.lines.iter().map(GroupLine::told_apart).collect();
                names.sort();
                assert_eq!(names[1..], ["One-to-one supervision with Tom B.", "One-to-one supervision with Zoë Z."]);
                assert!(names[0].starts_with("Group ") && !names[0].contains("with"), "{}", names[0]);
            }
            let own = groups_list(&fixture.actor(zoe, &[Role::Practitioner]), &GroupFilter::default()).await.unwrap();
            let pair = own.lines.iter().find(|line| line.kind == GroupKind::OneToOne).unwrap();
            assert_eq!(pair.told_apart(), "One-to-one supervision with Ruth A.");
        }

        async fn the_list_is_narrowed_by_name_kind_and_supervisor(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let first = slug_of(fixture, group(fixture, ruth, &[], GroupKind::Group).await).await;
            let second = slug_of(fixture, group(fixture, daniel, &[], GroupKind::Vig).await).await;
            let actor = fixture.actor(sian, &[Role::Coordinator]);
            let word = str::to_owned;
            for (filter, expected) in [
                (GroupFilter { name: first.replace("group-", "GROUP "), ..GroupFilter::default() }, vec![&first]),
                (GroupFilter { kind: word("vig"), ..GroupFilter::default() }, vec![&second]),
                (GroupFilter { supervisor: code_of(fixture, daniel).await, ..GroupFilter::default() }, vec![&second]),
                (GroupFilter { name: word("%"), ..GroupFilter::default() }, vec![]),
                (GroupFilter { kind: word("no such kind"), ..GroupFilter::default() }, vec![]),
                (GroupFilter { page: word("2"), ..GroupFilter::default() }, vec![]),
            ] {
                let list = groups_list(&actor, &filter).await.unwrap();
                assert_eq!(list.lines.iter().map(|line| &line.slug).collect::<Vec<_>>(), expected, "{filter:?}");
            }
            let blank = GroupFilter { name: word("  "), ..GroupFilter::default() };
            assert_eq!(groups_list(&actor, &blank).await.unwrap().total, 2);
        }
    }
}
