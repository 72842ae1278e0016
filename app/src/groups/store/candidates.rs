//! Who could be given a place in a group, found by name.

use super::super::answers::{Candidate, MembersPage, Participant};
use super::members::has_members;
use super::open::OpenedGroup;
use super::page::{ParticipantRow, facts_of, members_of};
use super::places::places_taken;
use super::placing::{WhyKeptOut, kept_out_of};
use crate::access::{Actor, Permission};
use crate::database::{each_anywhere, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonId;

/// So many are shown of those who are found.
const SHOWN: usize = 20;

/// The members of a group, and who was found that could join them.
pub async fn members_page(actor: &Actor, group: &OpenedGroup, find: String) -> Result<MembersPage, AppError> {
    has_members(group)?;
    Ok(MembersPage {
        facts: facts_of(actor, group).await?,
        members: members_of(actor, group).await?,
        candidates: candidates(actor, group, &find).await?,
        find,
    })
}

/// Somebody who was found.
#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    #[sqlx(flatten)]
    person: ParticipantRow,
    group_count: i64,
    has_room: bool,
}

/// Whoever this kind of group is for and whose name holds what is searched for. Whoever would be refused a place is there with the reason, for those who
/// form groups; to others nothing is said of who is held or kept apart, so that such a person is not found.
async fn candidates(actor: &Actor, group: &OpenedGroup, find: &str) -> Result<Vec<Candidate>, AppError> {
    const FIND: &str = concat!(
        "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority, p.id = $2 AS is_self,
    CAST(NULL AS DATE) AS joined_on,
    (SELECT COUNT(*) FROM membership o WHERE o.person_id = p.id AND o.left_on IS NULL) AS group_count,
    ",
        places_taken!("$1", but "p.id"),
        " < (SELECT g.capacity FROM supervision_group g WHERE g.id = $1) AS has_room
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.standing <> 'suspended'
    AND p.id <> $3
    AND p.given_key || ' ' || p.family_key LIKE $4 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key LIKE $5 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key LIKE $6 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key LIKE $7 ESCAPE '!'
    AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND (r.role = 'supervisor' OR (r.role = 'practitioner' AND NOT $8)))
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = $1 AND m.person_id = p.id AND m.left_on IS NULL)
ORDER BY p.given_key, p.family_key, p.id"
    );

    if find.trim().is_empty() {
        return Ok(Vec::new());
    }
    let [first, second, third, fourth] = each_anywhere(find);
    let moment = &mut actor.database().snapshot().await?;
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(FIND)
        .bind(group.id())
        .bind(actor.person())
        .bind(group.supervisor())
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(group.kind() == GroupKind::Supervisors)
        .fetch_all(connection).await)?;
    let kept_out = kept_out_of(moment, group.id(), group.supervisor()).await?;
    let forms_groups = actor.may(Permission::ManageMatching);
    let is_found = |(_, why): &(Row, Option<WhyKeptOut>)| forms_groups || !why.is_some_and(WhyKeptOut::is_confidential);
    let found = rows
        .into_iter()
        .map(|row| {
            let why = kept_out.why(row.id);
            (row, why)
        })
        .filter(is_found)
        .take(SHOWN);
    Ok(found.map(|(row, why)| candidate(row, why)).collect())
}

fn candidate(row: Row, why: Option<WhyKeptOut>) -> Candidate {
    let full = (!row.has_room).then_some("Every place is taken, or held for somebody by an offer.");
    let why_not = why.map(WhyKeptOut::sentence).or(full).unwrap_or_default().to_owned();
    Candidate { person: Participant::from(row.person), groups: row.group_count, why_not }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::fixture::{coordinator, group, join, slug_of};
    use crate::groups::store::{add_member, open_group};
    use crate::holds::fixture::hold;
    use crate::matching::fixture::email_of;
    use crate::people::fixture::{code_of, person};
    use crate::registration::Apart;
    use crate::registration::store::keep_apart;

    /// Those who are found, each with why they cannot be added.
    async fn found(actor: &Actor, group: &OpenedGroup, find: &str) -> Vec<String> {
        let page = members_page(actor, group, find.to_owned()).await.unwrap();
        page.candidates.into_iter().map(|one| format!("{} {}", one.person.name.short, one.why_not).trim().to_owned()).collect()
    }

    both_databases! {
        async fn a_search_finds_who_could_join_and_takes_its_wildcards_as_letters(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let opened = open_group(&sian, &slug_of(fixture, group(fixture, ruth, &[], GroupKind::Group).await).await).await.unwrap();
            person(fixture, "Percy", "Under_score", &[Role::Practitioner]).await;
            assert_eq!(found(&sian, &opened, "tom b").await, ["Tom B."]);
            assert_eq!(found(&sian, &opened, "_").await, ["Percy U."]);
            for nobody in ["%", "", "ruth"] {
                assert_eq!(found(&sian, &opened, nobody).await, Vec::<String>::new());
            }
            add_member(&sian, &opened, &code_of(fixture, tom).await).await.unwrap();
            assert_eq!(found(&sian, &opened, "tom b").await, Vec::<String>::new());
        }

        async fn whoever_would_be_refused_is_found_with_the_reason_by_those_who_may_know_it_and_not_at_all_by_others(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            let opened = open_group(&sian, &slug_of(fixture, aire).await).await.unwrap();
            let mut people = Vec::new();
            for given_name in ["Amina", "Grace", "Tom", "Yusuf"] {
                people.push(person(fixture, given_name, "Bell", &[Role::Practitioner]).await);
            }
            let bola = person(fixture, "Bola", "Bell", &[Role::Supervisor]).await;
            group(fixture, bola, &[ruth], GroupKind::Supervisors).await;
            hold(fixture, people[0]).await;
            keep_apart(&sian, &code_of(fixture, people[1]).await, &Apart::Person(email_of(fixture, ruth).await)).await.unwrap();
            join(fixture, aire, people[2]).await;
            let above = "Bola B. Supervises the group’s supervisor, directly or through others.";
            let told = ["Amina B. Is not available for matching.", above, "Grace B. May not be in one group with somebody in this one.", "Yusuf B."];
            assert_eq!(found(&sian, &opened, "bell").await, told);
            let leading = fixture.actor(ruth, &[Role::Supervisor]);
            assert_eq!(found(&leading, &opened, "bell").await, [above, "Yusuf B."]);
        }

        async fn nobody_is_found_for_a_group_without_a_place_as_if_they_could_join_it(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            for nth in 0..6 {
                join(fixture, aire, person(fixture, &format!("Person{nth}"), "Example", &[Role::Practitioner]).await).await;
            }
            person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let opened = open_group(&sian, &slug_of(fixture, aire).await).await.unwrap();
            assert_eq!(found(&sian, &opened, "tom").await, ["Tom B. Every place is taken, or held for somebody by an offer."]);
        }
    }
}
