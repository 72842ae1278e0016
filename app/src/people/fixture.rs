//! People for the tests of every store.

use super::PersonId;
use crate::access::Role;
use crate::database::fixture::Fixture;
use crate::database::{code, folded, new_id, on};

/// Somebody who has registered and holds the roles. Each has an e-mail address of their own, whatever the name.
pub async fn person(fixture: &Fixture, given_name: &str, family_name: &str, roles: &[Role]) -> PersonId {
    const INSERT: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, $2, '', $3, $4, $5, $6, $7, 'Health visitor', 'registered', $8, 1)";
    const GIVE_ROLE: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, $2)";

    let database = &fixture.database;
    let (person, code) = (PersonId(new_id()), code());
    let email = format!("{given_name}.{family_name}.{code}@people.example").to_lowercase();
    on!(database, pool => sqlx::query(INSERT)
        .bind(person)
        .bind(&code)
        .bind(given_name)
        .bind(family_name)
        .bind(folded(given_name))
        .bind(folded(family_name))
        .bind(&email)
        .bind(fixture.now())
        .execute(pool).await.map(|_| ()))
    .unwrap();
    for role in roles {
        on!(database, pool => sqlx::query(GIVE_ROLE).bind(person).bind(role.key()).execute(pool).await.map(|_| ())).unwrap();
    }
    person
}

/// Has somebody work for an authority, as that authority has confirmed.
pub async fn works_for(fixture: &Fixture, person: PersonId, authority: &str) {
    const CONFIRMED: &str = "\
INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_as, how_known)
SELECT id, authority_id, 'works_there', created_at, 'centre', '' FROM person WHERE id = $1";

    is_entered_with(fixture, person, authority).await;
    let database = &fixture.database;
    on!(database, pool => sqlx::query(CONFIRMED).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

/// Has somebody be entered with an authority of which nobody has said anything.
pub async fn is_entered_with(fixture: &Fixture, person: PersonId, authority: &str) {
    const ENTER: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = $2) WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(ENTER).bind(person).bind(authority).execute(pool).await.map(|_| ())).unwrap();
}

/// The code in a person's address.
pub async fn code_of(fixture: &Fixture, person: PersonId) -> String {
    const CODE: &str = "SELECT code FROM person WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CODE).bind(person).fetch_one(pool).await).unwrap()
}
