//! Adding people and changing what is known of them.

use uuid::Uuid;

use super::joining::send_invitation;
use super::record::may_change;
use crate::access::{Actor, Role, Roles};
use crate::audit::{self, Entry};
use crate::database::{Transaction, code, is_taken, new_id, on};
use crate::error::AppError;
use crate::people::email::EmailAddress;
use crate::people::forms::{Details, NewPerson, PersonChange};
use crate::people::model::{PersonId, Standing};

/// Somebody as they stand in the database, for a change that begins with who they are.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub id: PersonId,
    pub email: String,
    pub standing: Standing,
    pub version: i64,
    pub details: Details,
    pub authority_name: String,
}

/// Adds somebody, invited at once where that was asked for. Answers with their code.
pub async fn add_person(actor: &Actor, person: &NewPerson) -> Result<String, AppError> {
    const ADD: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, email, profession, authority_id, standing, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'not_invited', $9, 1)
ON CONFLICT (email) DO NOTHING";

    let details = &person.details;
    may_give(actor, &details.roles)?;
    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let authority = authority_of(transaction, &details.authority).await?;
    let (id, code) = (PersonId(new_id()), code());
    let added = on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(id)
        .bind(&code)
        .bind(&details.title)
        .bind(&details.given_name)
        .bind(&details.family_name)
        .bind(person.email.as_str())
        .bind(&details.profession)
        .bind(authority)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if added == 0 {
        return Err(address_is_taken());
    }
    set_roles(transaction, actor, id, &Roles::default(), &details.roles).await?;
    note(transaction, actor, "add_person", id, "").await?;
    if person.is_invited {
        send_invitation(transaction, actor, id).await?;
    }
    unit.commit().await?;
    Ok(code)
}

/// Changes what is known of somebody, unless somebody else did so in the meantime and to another end.
pub async fn change_person(actor: &Actor, change: &PersonChange) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE person
SET title = $1, given_name = $2, family_name = $3, profession = $4, authority_id = $5, version = version + 1
WHERE id = $6 AND version = $7";

    let typed = &change.details;
    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = find(transaction, actor, &change.code).await?;
    may_give(actor, &changed_roles(&person.details.roles, &typed.roles))?;
    if person.id == actor.person() && person.details.roles.iter().ne(typed.roles.iter()) {
        return Err(AppError::invalid("roles", "You cannot change your own roles. Ask somebody else who manages people"));
    }
    let authority = authority_of(transaction, &typed.authority).await?;
    let differences = differences(&person.details, typed, &person.authority_name);
    if differences.is_empty() {
        return Ok(());
    }
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(&typed.title)
        .bind(&typed.given_name)
        .bind(&typed.family_name)
        .bind(&typed.profession)
        .bind(authority)
        .bind(person.id)
        .bind(change.version)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Err(AppError::Conflict(format!(
            "Somebody else changed this person since you opened the page: {}. What you typed is kept below. Look at both, then save again to put yours in place.",
            differences.join("; ")
        )));
    }
    set_roles(transaction, actor, person.id, &person.details.roles, &typed.roles).await?;
    note(transaction, actor, "change_person", person.id, &format!("version {}", person.version + 1)).await?;
    unit.commit().await
}

/// Finds somebody whom the actor may change; everybody else is not there.
pub(super) async fn find(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<Found, AppError> {
    const FIND: &str = "\
SELECT p.id, p.title, p.given_name, p.family_name, p.email, p.profession, p.standing, p.version,
    COALESCE(a.slug, '') AS authority_slug, COALESCE(a.name, '') AS authority_name,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.code = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        title: String,
        given_name: String,
        family_name: String,
        email: String,
        profession: String,
        standing: Standing,
        version: i64,
        authority_slug: String,
        authority_name: String,
        roles: String,
    }

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(FIND).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let roles = Roles::of_list(&row.roles);
    if !may_change(actor, &roles) {
        return Err(AppError::NotAllowed);
    }
    let details = Details {
        title: row.title,
        given_name: row.given_name,
        family_name: row.family_name,
        profession: row.profession,
        authority: row.authority_slug,
        roles,
    };
    let authority_name = row.authority_name;
    Ok(Found { id: row.id, email: row.email, standing: row.standing, version: row.version, details, authority_name })
}

/// Only an administrator makes an administrator, or takes the role away.
fn may_give(actor: &Actor, roles: &Roles) -> Result<(), AppError> {
    if roles.contains(Role::Administrator) && !actor.roles().contains(Role::Administrator) {
        return Err(AppError::NotAllowed);
    }
    Ok(())
}

fn changed_roles(before: &Roles, after: &Roles) -> Roles {
    Role::ALL.into_iter().filter(|role| before.contains(*role) != after.contains(*role)).collect()
}

/// In words, what somebody else saved in the meantime and this person typed otherwise; nothing where the two agree.
fn differences(now: &Details, typed: &Details, authority: &str) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |name: &str, now: &str, typed: &str| {
        if now != typed {
            let now = if now.is_empty() { "empty".to_owned() } else { format!("“{now}”") };
            differences.push(format!("the {name} is now {now}"));
        }
    };
    compare("title", &now.title, &typed.title);
    compare("first name", &now.given_name, &typed.given_name);
    compare("family name", &now.family_name, &typed.family_name);
    compare("profession", &now.profession, &typed.profession);
    if now.authority != typed.authority {
        let authority = if authority.is_empty() { "empty".to_owned() } else { authority.to_owned() };
        differences.push(format!("the authority is now {authority}"));
    }
    if now.roles.iter().ne(typed.roles.iter()) {
        let roles: Vec<String> = now.roles.iter().map(|role| role.name().to_lowercase()).collect();
        differences.push(format!("the roles are now {}", roles.join(", ")));
    }
    differences
}

async fn set_roles(transaction: &mut Transaction, actor: &Actor, person: PersonId, before: &Roles, after: &Roles) -> Result<(), AppError> {
    const GIVE: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, $2)";
    const TAKE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = $2";

    for role in changed_roles(before, after).iter() {
        let (statement, action) = if after.contains(role) { (GIVE, "give_role") } else { (TAKE, "take_role") };
        on!(&mut transaction, connection => sqlx::query(statement).bind(person).bind(role).execute(connection).await.map(|_| ()))?;
        note(transaction, actor, action, person, role.key()).await?;
    }
    // Whoever is signed in without a one-time code must not carry that into a role that asks for one.
    if after.need_code() && !before.need_code() {
        crate::sign_in::store::sign_out_everywhere(transaction, person).await?;
    }
    Ok(())
}

async fn authority_of(transaction: &mut Transaction, slug: &str) -> Result<Option<Uuid>, AppError> {
    const AUTHORITY: &str = "SELECT id FROM authority WHERE slug = $1";

    if slug.is_empty() {
        return Ok(None);
    }
    let authority: Option<Uuid> =
        on!(&mut transaction, connection => sqlx::query_scalar(AUTHORITY).bind(slug).fetch_optional(connection).await)?;
    authority.map(Some).ok_or_else(|| AppError::invalid("authority", "Choose an authority from the list"))
}

/// Puts another address in the place of somebody's; the address may have been taken a moment ago.
pub(super) async fn set_address(transaction: &mut Transaction, person: PersonId, email: &EmailAddress) -> Result<(), AppError> {
    const SET: &str = "UPDATE person SET email = $1, version = version + 1 WHERE id = $2";

    let result =
        on!(&mut transaction, connection => sqlx::query(SET).bind(email.as_str()).bind(person).execute(connection).await.map(|_| ()));
    result.map_err(|cause| if is_taken(&cause) { address_is_taken() } else { cause.into() })
}

fn address_is_taken() -> AppError {
    AppError::invalid("email", "Somebody on the list of people has this address already")
}

/// An entry in the audit log about a person.
pub(super) async fn note(
    transaction: &mut Transaction,
    actor: &Actor,
    action: &'static str,
    person: PersonId,
    detail: &str,
) -> Result<(), AppError> {
    audit::record(transaction, actor, Entry { action, subject: "person", subject_id: Some(person.0), detail }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::answers::PersonRecord;
    use crate::people::fixture::{code_of, person};
    use crate::people::store::record_of;

    fn details(profession: &str, roles: &str) -> Details {
        Details {
            title: String::new(),
            given_name: "Amina".to_owned(),
            family_name: "Rahman".to_owned(),
            profession: profession.to_owned(),
            authority: "bradford".to_owned(),
            roles: Roles::of_list(roles),
        }
    }

    fn new_person(email: &str, roles: &str) -> NewPerson {
        NewPerson {
            details: Details { authority: String::new(), ..details("Midwife", roles) },
            email: EmailAddress::of(email).unwrap(),
            is_invited: false,
        }
    }

    async fn coordinator(fixture: &Fixture) -> Actor {
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        fixture.actor(sian, &[Role::Coordinator])
    }

    async fn administrator(fixture: &Fixture) -> Actor {
        let tom = person(fixture, "Tom", "Barrowclough", &[Role::Administrator]).await;
        fixture.actor(tom, &[Role::Administrator])
    }

    fn change(record: &PersonRecord, profession: &str, roles: &str) -> PersonChange {
        let details = Details {
            title: record.title.clone(),
            given_name: record.given_name.clone(),
            family_name: record.family_name.clone(),
            profession: profession.to_owned(),
            authority: String::new(),
            roles: Roles::of_list(roles),
        };
        PersonChange { code: record.code.clone(), version: record.version, details }
    }

    async fn record(actor: &Actor, code: &str) -> PersonRecord {
        record_of(actor, code).await.unwrap().unwrap()
    }

    async fn count(fixture: &Fixture, query: &'static str) -> i64 {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
    }

    both_databases! {
        async fn somebody_added_is_on_the_list_and_not_invited(fixture: Fixture) {
            let actor = coordinator(fixture).await;

            let code = add_person(&actor, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();

            let amina = record(&actor, &code).await;
            assert_eq!((amina.email.as_str(), amina.standing), ("amina@council.gov.uk", Standing::NotInvited));
            assert_eq!(amina.roles, Roles::of_list("practitioner"));
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await, 0);
        }

        async fn somebody_added_with_an_invitation_is_sent_one(fixture: Fixture) {
            let actor = coordinator(fixture).await;

            let code = add_person(&actor, &NewPerson { is_invited: true, ..new_person("amina@council.gov.uk", "practitioner") }).await.unwrap();

            let amina = record(&actor, &code).await;
            assert_eq!(amina.standing, Standing::Invited);
            assert!(amina.invitation.is_some());
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM message WHERE address = 'amina@council.gov.uk'").await, 1);
        }

        async fn an_address_is_one_person(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            add_person(&actor, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();

            let refused = add_person(&actor, &new_person("Amina@Council.gov.uk", "supervisor")).await;

            assert_eq!(refused, Err(address_is_taken()));
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM person").await, 2);
        }

        async fn only_an_administrator_makes_administrators(fixture: Fixture) {
            let (sian, tom) = (coordinator(fixture).await, administrator(fixture).await);
            let code = add_person(&sian, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();

            let added = add_person(&sian, &new_person("new@council.gov.uk", "administrator")).await;
            let promoted = change_person(&sian, &change(&record(&sian, &code).await, "Midwife", "practitioner,administrator")).await;

            assert_eq!((added, promoted), (Err(AppError::NotAllowed), Err(AppError::NotAllowed)));
            change_person(&tom, &change(&record(&tom, &code).await, "Midwife", "practitioner,administrator")).await.unwrap();
            assert!(record(&tom, &code).await.roles.contains(Role::Administrator));
        }

        async fn a_coordinator_changes_nothing_about_an_administrator(fixture: Fixture) {
            let (sian, tom) = (coordinator(fixture).await, administrator(fixture).await);
            let code = code_of(fixture, tom.person()).await;

            let refused = change_person(&sian, &change(&record(&sian, &code).await, "Midwife", "administrator")).await;

            assert_eq!(refused, Err(AppError::NotAllowed));
            assert!(!record(&sian, &code).await.may_change);
        }

        async fn nobody_changes_their_own_roles(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let code = code_of(fixture, sian.person()).await;

            let refused = change_person(&sian, &change(&record(&sian, &code).await, "", "coordinator,clinical_lead")).await;

            let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
            assert_eq!(problems[0].field, "roles");
            change_person(&sian, &change(&record(&sian, &code).await, "Manager", "coordinator")).await.unwrap();
            assert_eq!(record(&sian, &code).await.profession, "Manager");
        }

        async fn the_second_of_two_who_save_at_once_is_told_what_the_first_saved(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let code = add_person(&sian, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();
            let as_opened = record(&sian, &code).await;
            change_person(&sian, &change(&as_opened, "Health visitor", "practitioner")).await.unwrap();

            let second = change_person(&sian, &change(&as_opened, "Nursery nurse", "practitioner")).await;

            let Err(AppError::Conflict(sentence)) = second else { panic!("{second:?}") };
            assert!(sentence.contains("the profession is now “Health visitor”"), "{sentence}");
            assert_eq!(record(&sian, &code).await.profession, "Health visitor");
            change_person(&sian, &change(&record(&sian, &code).await, "Nursery nurse", "practitioner")).await.unwrap();
        }

        async fn two_who_save_the_same_are_both_right(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let code = add_person(&sian, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();
            let as_opened = record(&sian, &code).await;
            change_person(&sian, &change(&as_opened, "Health visitor", "practitioner")).await.unwrap();

            change_person(&sian, &change(&as_opened, "Health visitor", "practitioner")).await.unwrap();

            assert_eq!(record(&sian, &code).await.version, as_opened.version + 1);
        }

        async fn a_role_given_and_a_role_taken_are_written_down(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let code = add_person(&sian, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();

            change_person(&sian, &change(&record(&sian, &code).await, "Midwife", "supervisor")).await.unwrap();

            assert_eq!(count(fixture, "SELECT COUNT(*) FROM audit_entry WHERE action = 'give_role' AND detail = 'supervisor'").await, 1);
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM audit_entry WHERE action = 'take_role' AND detail = 'practitioner'").await, 1);
        }

        async fn a_first_role_that_needs_a_one_time_code_ends_sign_ins_without_one(fixture: Fixture) {
            const SIGN_IN: &str = "INSERT INTO sign_in (id, token_hash, person_id, stage, device, created_at, seen_at, expires_at)
    SELECT id, $2, id, 'complete', '', created_at, created_at, created_at FROM person WHERE id = $1";
            let sian = coordinator(fixture).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let code = code_of(fixture, amina).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(SIGN_IN).bind(amina).bind(vec![7_u8; 32]).execute(pool).await.map(|_| ())).unwrap();

            change_person(&sian, &change(&record(&sian, &code).await, "Midwife", "practitioner")).await.unwrap();
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM sign_in").await, 1);
            change_person(&sian, &change(&record(&sian, &code).await, "Midwife", "practitioner,supervisor")).await.unwrap();

            assert_eq!(count(fixture, "SELECT COUNT(*) FROM sign_in").await, 0);
        }

        async fn somebody_who_is_not_there_is_not_found(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let code = code_of(fixture, sian.person()).await;
            let nobody = PersonChange { code: "nobody22".to_owned(), ..change(&record(&sian, &code).await, "", "coordinator") };

            assert_eq!(change_person(&sian, &nobody).await, Err(AppError::NotFound));
        }
    }

    #[test]
    fn what_somebody_else_saved_is_said_in_words() {
        let now = details("Midwife", "practitioner,supervisor");

        assert_eq!(
            differences(&now, &details("Health visitor", "practitioner"), "Bradford"),
            ["the profession is now “Midwife”", "the roles are now practitioner, supervisor"]
        );
        assert!(differences(&now, &now, "Bradford").is_empty());
    }
}
