//! Changing what is known of people.

use super::confirm::keep_works_there;
use super::found::{authority_of, find, note};
use super::roles::{changed_roles, may_give, set_roles};
use crate::access::Actor;
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, folded, on};
use crate::error::AppError;
use crate::people::forms::{Details, PRACTITIONERS_AUTHORITY, PersonChange};

/// Changes what is known of somebody, unless somebody else did so in the meantime and to another end.
pub async fn change_person(actor: &Actor, change: &PersonChange) -> Result<(), AppError> {
    let mut unit = actor.begin().await?;
    if change_within(&mut unit, actor, change).await? {
        unit.commit().await?;
    }
    Ok(())
}

/// The same within a unit of work that goes on; answers whether there was anything to change. Where it refuses, nothing has been stored yet.
pub async fn change_within(transaction: &mut Transaction, actor: &Actor, change: &PersonChange) -> Result<bool, AppError> {
    const CHANGE: &str = "\
UPDATE person
SET title = $1, given_name = $2, family_name = $3, given_key = $4, family_key = $5, profession = $6, authority_id = $7,
    version = version + 1
WHERE id = $8 AND version = $9";

    let typed = &change.details;
    let person = find(transaction, actor, &change.code).await?;
    may_give(actor, &changed_roles(&person.details.roles, &typed.roles))?;
    if person.id == actor.person() && person.details.roles.iter().ne(typed.roles.iter()) {
        return Err(AppError::invalid("roles", "You cannot change your own roles. Ask somebody else who manages people"));
    }
    // Whoever is put back to what they were by an undo, which says nothing of an authority, is what they were.
    if typed.is_practitioner_of_none() && !person.details.is_practitioner_of_none() && change.works_there.is_some() {
        return Err(AppError::invalid("authority", PRACTITIONERS_AUTHORITY));
    }
    let authority = authority_of(transaction, &typed.authority).await?;
    let differences = differences(&person.details, typed, &person.authority_name);
    if differences.is_empty() {
        return Ok(false);
    }
    note_who_belonged(transaction, actor.now()).await?;
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(&typed.title)
        .bind(&typed.given_name)
        .bind(&typed.family_name)
        .bind(folded(&typed.given_name))
        .bind(folded(&typed.family_name))
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
    // Asked of whoever comes to another authority; what was said of one that they had before stays with it.
    if let (Some(authority), Some(said)) = (authority, &change.works_there)
        && person.details.authority != typed.authority
    {
        keep_works_there(transaction, actor, (person.id, authority), said).await?;
    }
    Ok(true)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Role, Roles};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::EmailAddress;
    use crate::people::answers::PersonRecord;
    use crate::people::confirmation::WorksThere;
    use crate::people::fixture::{code_of, person};
    use crate::people::forms::NewPerson;
    use crate::people::store::{add_person, record_of};

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
            works_there: WorksThere::ToBeAsked,
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
        PersonChange { code: record.code.clone(), version: record.version, details, works_there: None }
    }

    async fn record(actor: &Actor, code: &str) -> PersonRecord {
        record_of(actor, code).await.unwrap().unwrap()
    }

    async fn count(fixture: &Fixture, query: &'static str) -> i64 {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
    }

    both_databases! {
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
