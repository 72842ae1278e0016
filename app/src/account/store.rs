//! One's own account in the database.

use super::model::Account;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;

/// The account of the actor.
pub async fn account_of(actor: &Actor) -> Result<Account, AppError> {
    const FIND: &str = "\
SELECT p.title, p.given_name, p.family_name, p.email, p.profession, COALESCE(a.name, '') AS authority
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
    }

    let found: Found = on!(actor.database(), pool => sqlx::query_as(FIND).bind(actor.person()).fetch_one(pool).await)?;
    Ok(Account {
        name: format!("{} {} {}", found.title, found.given_name, found.family_name).trim().to_owned(),
        email: found.email,
        profession: found.profession,
        authority: found.authority,
        roles: actor.roles().iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;

    both_databases! {
        async fn an_account_shows_its_owner(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let account = account_of(&fixture.actor(ruth, &[Role::Supervisor])).await.unwrap();
            assert_eq!((account.name.as_str(), account.authority.as_str()), ("Ruth Adeyemi", ""));
            assert_eq!(account.roles, [Role::Supervisor]);
        }
    }
}
