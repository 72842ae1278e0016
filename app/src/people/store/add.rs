//! Adding people.

use super::confirm::keep_works_there;
use super::found::{authority_of, note};
use super::joining::send_invitation;
use super::roles::{may_give, set_roles};
use crate::access::{Actor, Roles};
use crate::database::{Transaction, code, folded, is_taken, new_id, on};
use crate::error::AppError;
use crate::people::email::EmailAddress;
use crate::people::forms::NewPerson;
use crate::people::model::PersonId;

/// Adds somebody, invited at once where that was asked for. Answers with their code.
pub async fn add_person(actor: &Actor, person: &NewPerson) -> Result<String, AppError> {
    let mut unit = actor.begin().await?;
    let (_, code) = add_within(&mut unit, actor, person).await?;
    unit.commit().await?;
    Ok(code)
}

/// The same within a unit of work that goes on. Where it refuses, nothing has been stored yet.
pub async fn add_within(transaction: &mut Transaction, actor: &Actor, person: &NewPerson) -> Result<(PersonId, String), AppError> {
    const ADD: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, authority_id, standing, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'not_invited', $11, 1)
ON CONFLICT (email) DO NOTHING";

    let details = &person.details;
    may_give(actor, &details.roles)?;
    let authority = authority_of(transaction, &details.authority).await?;
    let (id, code) = (PersonId(new_id()), code());
    let added = on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(id)
        .bind(&code)
        .bind(&details.title)
        .bind(&details.given_name)
        .bind(&details.family_name)
        .bind(folded(&details.given_name))
        .bind(folded(&details.family_name))
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
    if let Some(authority) = authority {
        keep_works_there(transaction, actor, (id, authority), &person.works_there).await?;
    }
    if person.is_invited {
        send_invitation(transaction, actor, id).await?;
    }
    Ok((id, code))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::confirmation::WorksThere;
    use crate::people::fixture::person;
    use crate::people::forms::Details;
    use crate::people::model::Standing;
    use crate::people::store::record_of;

    fn new_person(email: &str, roles: &str) -> NewPerson {
        let details = Details {
            title: String::new(),
            given_name: "Amina".to_owned(),
            family_name: "Rahman".to_owned(),
            profession: "Midwife".to_owned(),
            authority: String::new(),
            roles: Roles::of_list(roles),
        };
        NewPerson { details, email: EmailAddress::of(email).unwrap(), works_there: WorksThere::ToBeAsked, is_invited: false }
    }

    async fn coordinator(fixture: &Fixture) -> Actor {
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        fixture.actor(sian, &[Role::Coordinator])
    }

    async fn count(fixture: &Fixture, query: &'static str) -> i64 {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
    }

    both_databases! {
        async fn somebody_added_is_on_the_list_and_not_invited(fixture: Fixture) {
            let actor = coordinator(fixture).await;

            let code = add_person(&actor, &new_person("amina@council.gov.uk", "practitioner")).await.unwrap();

            let amina = record_of(&actor, &code).await.unwrap().unwrap();
            assert_eq!((amina.email.as_str(), amina.standing), ("amina@council.gov.uk", Standing::NotInvited));
            assert_eq!(amina.roles, Roles::of_list("practitioner"));
            assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await, 0);
        }

        async fn somebody_added_with_an_invitation_is_sent_one(fixture: Fixture) {
            let actor = coordinator(fixture).await;

            let code = add_person(&actor, &NewPerson { is_invited: true, ..new_person("amina@council.gov.uk", "practitioner") }).await.unwrap();

            let amina = record_of(&actor, &code).await.unwrap().unwrap();
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
    }
}
