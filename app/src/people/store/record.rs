//! One person, as those see them who manage people.

use chrono::{DateTime, Utc};

use super::NameRow;
use super::confirm::confirmation_of;
use crate::access::{Actor, Permission, Role, Roles};
use crate::access_log::{RecordKind, note_opened};
use crate::database::{Database, on};
use crate::error::AppError;
use crate::people::answers::{AuthorityChoice, Invitation, PersonChoices, PersonGroup, PersonRecord};
use crate::people::model::{PersonId, PersonName, Standing};
use crate::sign_in::store::has_codes;

/// All that the page of one person shows; nothing where there is nobody of that code. That it was opened is written down for that person.
pub async fn record_of(actor: &Actor, code: &str) -> Result<Option<PersonRecord>, AppError> {
    const PERSON: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.email, p.profession, p.standing, p.created_at, p.version,
    a.slug AS authority_slug, a.name AS authority_name,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.code = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        code: String,
        title: String,
        given_name: String,
        family_name: String,
        email: String,
        profession: String,
        standing: Standing,
        created_at: DateTime<Utc>,
        version: i64,
        authority_slug: Option<String>,
        authority_name: Option<String>,
        roles: String,
    }

    let mut transaction = actor.begin().await?;
    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(PERSON).bind(code).fetch_optional(connection).await)?;
    let Some(row) = row else { return Ok(None) };
    note_opened(&mut transaction, actor, row.id, RecordKind::Details).await?;
    transaction.commit().await?;
    let database = actor.database();
    let roles = Roles::of_list(&row.roles);
    Ok(Some(PersonRecord {
        groups: groups_of(actor, row.id).await?,
        confirmation: confirmation_of(actor, row.id).await?,
        invitation: if row.standing == Standing::Invited { invitation_of(database, row.id).await? } else { None },
        is_own: row.id == actor.person(),
        may_change: may_change(actor, &roles),
        may_correct_address: may_change(actor, &roles) && may_correct_address(actor, &roles, row.standing),
        may_forget_codes: actor.may(Permission::ForgetCodes) && row.id != actor.person() && has_codes(database, row.id).await?,
        choices: choices_for(actor).await?,
        authority: row.authority_slug.zip(row.authority_name).map(|(slug, name)| AuthorityChoice { slug, name }),
        code: row.code,
        title: row.title,
        given_name: row.given_name,
        family_name: row.family_name,
        email: row.email,
        profession: row.profession,
        roles,
        standing: row.standing,
        created_at: row.created_at,
        version: row.version,
    }))
}

/// Only an administrator changes an administrator: whoever may correct an address could otherwise take the account over.
pub fn may_change(actor: &Actor, roles: &Roles) -> bool {
    !roles.contains(Role::Administrator) || actor.roles().contains(Role::Administrator)
}

/// Whose address is theirs to give, theirs is the account: a link to choose a password goes there. Of those who see what others do not, only
/// an administrator corrects it, unless nobody has come in yet.
pub fn may_correct_address(actor: &Actor, roles: &Roles, standing: Standing) -> bool {
    let has_come_in = matches!(standing, Standing::Registered | Standing::Suspended);
    !(has_come_in && roles.need_code()) || actor.roles().contains(Role::Administrator)
}

/// What a form about a person offers to the one who fills it in.
pub async fn choices_for(actor: &Actor) -> Result<PersonChoices, AppError> {
    let makes_administrators = actor.roles().contains(Role::Administrator);
    let roles_to_give = Role::ALL.into_iter().filter(|role| makes_administrators || *role != Role::Administrator).collect();
    Ok(PersonChoices { roles_to_give, authorities: authority_choices(actor.database()).await? })
}

/// Every authority, by name.
pub async fn authority_choices(database: &Database) -> Result<Vec<AuthorityChoice>, AppError> {
    const AUTHORITIES: &str = "SELECT slug, name FROM authority ORDER BY name";

    Ok(on!(database, pool => sqlx::query_as(AUTHORITIES).fetch_all(pool).await)?)
}

/// The groups that somebody leads or is in, those that they lead first.
async fn groups_of(actor: &Actor, person: PersonId) -> Result<Vec<PersonGroup>, AppError> {
    // In a pair the one supervisee says who it is; a group of several is known by its name.
    const GROUPS: &str = "\
SELECT g.name, g.slug, 0 AS place, p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
LEFT JOIN membership m ON m.group_id = g.id AND m.left_on IS NULL AND g.kind IN ('one_to_one', 'vig')
LEFT JOIN person p ON p.id = m.person_id
WHERE g.supervisor_id = $1 AND g.ended_at IS NULL
UNION ALL
SELECT g.name, g.slug, 1 AS place, p.code, p.title, p.given_name, p.family_name
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
JOIN person p ON p.id = g.supervisor_id
WHERE m.person_id = $1 AND m.left_on IS NULL AND g.ended_at IS NULL
ORDER BY place, name, slug";

    #[derive(sqlx::FromRow)]
    struct Row {
        name: String,
        slug: String,
        place: i32,
        code: Option<String>,
        title: Option<String>,
        given_name: Option<String>,
        family_name: Option<String>,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(GROUPS).bind(person).fetch_all(pool).await)?;
    let may_open = actor.may(Permission::ManageGroups);
    let group = |row: Row| {
        let name = row.code.zip(row.given_name).zip(row.family_name);
        let with = name.map(|((code, given_name), family_name)| {
            PersonName::from(NameRow { code, title: row.title.unwrap_or_default(), given_name, family_name }).short
        });
        PersonGroup { name: row.name, slug: may_open.then_some(row.slug), leads: row.place == 0, with }
    };
    Ok(rows.into_iter().map(group).collect())
}

async fn invitation_of(database: &Database, person: PersonId) -> Result<Option<Invitation>, AppError> {
    const INVITATION: &str = "\
SELECT created_at, expires_at
FROM one_time_link
WHERE person_id = $1 AND purpose = 'invitation' AND used_at IS NULL
ORDER BY created_at DESC
LIMIT 1";

    Ok(on!(database, pool => sqlx::query_as(INVITATION).bind(person).fetch_optional(pool).await)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access_log::fixture::lines_about;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::group;
    use crate::people::fixture::{code_of, person};

    both_databases! {
        async fn a_record_names_the_groups_that_somebody_leads_and_is_in(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let marianne = person(fixture, "Marianne", "Sowerby", &[Role::Supervisor]).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            group(fixture, ruth, &[amina], GroupKind::OneToOne).await;
            group(fixture, marianne, &[ruth], GroupKind::Supervisors).await;

            let actor = fixture.actor(sian, &[Role::Coordinator]);
            let record = record_of(&actor, &code_of(fixture, ruth).await).await.unwrap().unwrap();

            let groups: Vec<_> = record.groups.iter().map(|group| (group.leads, group.with.as_deref())).collect();
            assert_eq!(groups, [(true, Some("Amina R.")), (false, Some("Marianne S."))]);
            assert!(record.groups.iter().all(|group| group.slug.is_some()));
            assert!(!record.is_own);
        }

        async fn an_administrator_who_manages_no_groups_is_given_no_way_into_them(fixture: Fixture) {
            let tom = person(fixture, "Tom", "Barrowclough", &[Role::Administrator]).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            group(fixture, ruth, &[], GroupKind::Group).await;

            let actor = fixture.actor(tom, &[Role::Administrator]);
            let record = record_of(&actor, &code_of(fixture, ruth).await).await.unwrap().unwrap();

            assert!(record.groups.iter().all(|group| group.slug.is_none()));
            assert_eq!(record.groups.len(), 1);
        }

        async fn whoever_opens_the_page_of_somebody_is_written_down_for_them_and_not_for_their_own(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let actor = fixture.actor(sian, &[Role::Coordinator]);
            for whose in [ruth, sian, ruth] {
                record_of(&actor, &code_of(fixture, whose).await).await.unwrap().unwrap();
            }
            assert_eq!(lines_about(fixture, ruth).await, [("details".to_owned(), sian, 2)]);
            assert_eq!(lines_about(fixture, sian).await, []);
        }

        async fn a_code_that_nobody_has_is_nobody(fixture: Fixture) {
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;

            assert_eq!(record_of(&fixture.actor(sian, &[Role::Coordinator]), "nobody22").await.unwrap(), None);
        }
    }
}
