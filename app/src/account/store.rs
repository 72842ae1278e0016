//! One's own account in the database.

use super::model::Account;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;

/// The account of the actor.
pub async fn account_of(actor: &Actor) -> Result<Account, AppError> {
    const FIND: &str = "\
SELECT p.title, p.given_name, p.family_name, p.email, p.profession, COALESCE(a.name, '') AS authority,
    EXISTS (
        SELECT 1
        FROM clinic_wait w
        JOIN session s ON s.id = w.session_id
        WHERE w.person_id = p.id
            AND s.starts_at > $2
    ) AS waits_at_clinics,
    EXISTS (
        SELECT 1
        FROM work_confirmation c
        WHERE c.person_id = p.id
            AND c.authority_id = p.authority_id
            AND c.answer = 'does_not'
    ) AS is_denied
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.id = $1";

    #[derive(sqlx::FromRow)]
    struct Found {
        title: String,
        given_name: String,
        family_name: String,
        email: String,
        profession: String,
        authority: String,
        waits_at_clinics: bool,
        is_denied: bool,
    }

    let found: Found = on!(actor.database(), pool => sqlx::query_as(FIND).bind(actor.person()).bind(actor.now()).fetch_one(pool).await)?;
    Ok(Account {
        name: format!("{} {} {}", found.title, found.given_name, found.family_name).trim().to_owned(),
        email: found.email,
        profession: found.profession,
        authority: found.authority,
        works_there: actor.works_there(),
        is_denied: found.is_denied,
        roles: actor.roles().iter().collect(),
        waits_at_clinics: found.waits_at_clinics,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::agreements::fixture::propose;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::people::fixture::person;
    use crate::sessions::fixture::session;

    both_databases! {
        async fn an_account_shows_its_owner(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let account = account_of(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            assert_eq!((account.name.as_str(), account.authority.as_str()), ("Ruth Adeyemi", ""));
            assert_eq!((account.roles, account.waits_at_clinics), (vec![Role::Supervisor], false));
        }

        async fn whoever_waits_at_an_open_clinic_finds_it_from_their_account_until_the_session_begins_whatever_their_roles(fixture: Fixture) {
            const WAIT: &str = "\
INSERT INTO clinic_wait (session_id, person_id, asked_at, asked_for, agreement_id, agreed_at)
SELECT $1, $2, $3, $4, a.id, $3
FROM agreement a";

            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
            propose(fixture, &slug_of(fixture, clinic).await, ruth, 0, "What is said here stays here.").await;
            let starts_at = fixture.now() + TimeDelta::days(7);
            let session = session(fixture, clinic, starts_at, 90).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(WAIT)
                .bind(session)
                .bind(tom)
                .bind(fixture.now())
                .bind(starts_at)
                .execute(pool).await.map(|_| ()))
            .unwrap();
            for (moment, waits) in [(fixture.now(), true), (starts_at, false)] {
                let actor = fixture.actor_at(moment, tom, &[Role::Evaluator]);
                assert_eq!(account_of(&actor).await.unwrap().waits_at_clinics, waits);
            }
        }
    }
}
