//! The first administrator, made on the command line: there is nobody yet who could invite them.

use super::invitations::invitation_link;
use crate::access::{Role, System};
use crate::audit::{self, Entry};
use crate::database::{Transaction, code, folded, new_id, on};
use crate::error::AppError;
use crate::paths;
use crate::people::{EmailAddress, PersonId};

/// Who is to be the administrator.
#[derive(Clone, Debug)]
pub struct NewAdministrator {
    /// "Morag".
    pub given_name: String,
    /// "Fraser".
    pub family_name: String,
    /// The address with which they will sign in.
    pub email: EmailAddress,
}

/// Makes an administrator and answers the link with which they choose a password; no password ever stands on a command line. For somebody
/// who is known but has not registered yet, the link is made again and the role given.
pub async fn create_administrator(system: &System, administrator: &NewAdministrator) -> Result<String, AppError> {
    let mut transaction = system.begin().await?;
    let person = find_or_add(&mut transaction, system, administrator).await?;
    give_role(&mut transaction, person).await?;
    let token = invitation_link(&mut transaction, person, system.now()).await?;
    let entry = Entry { action: "create_administrator", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(format!("{}{}", system.origin(), paths::invitation(&token)))
}

async fn find_or_add(transaction: &mut Transaction, system: &System, new: &NewAdministrator) -> Result<PersonId, AppError> {
    const ADD: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, $2, '', $3, $4, $5, $6, $7, '', 'not_invited', $8, 1)
ON CONFLICT (email) DO NOTHING";
    const FIND: &str = "SELECT id FROM person WHERE email = $1";

    let email = new.email.as_str();
    on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(new_id())
        .bind(code())
        .bind(new.given_name.trim())
        .bind(new.family_name.trim())
        .bind(folded(new.given_name.trim()))
        .bind(folded(new.family_name.trim()))
        .bind(email)
        .bind(system.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(on!(&mut transaction, connection => sqlx::query_scalar(FIND).bind(email).fetch_one(connection).await)?)
}

async fn give_role(transaction: &mut Transaction, person: PersonId) -> Result<(), AppError> {
    const GIVE: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, $2) ON CONFLICT (person_id, role) DO NOTHING";
    on!(&mut transaction, connection => sqlx::query(GIVE)
        .bind(person)
        .bind(Role::Administrator.key())
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::system;
    use crate::database::fixture::both_databases;
    use crate::sign_in::Stage;
    use crate::sign_in::checks::NewPassword;
    use crate::sign_in::store::accept_invitation;
    use crate::sign_in::store::fixture::{PASSWORD, premises, visitor};

    fn morag() -> NewAdministrator {
        NewAdministrator {
            given_name: "Morag".into(),
            family_name: "Fraser".into(),
            email: EmailAddress::of("Morag@Centre.example").unwrap(),
        }
    }

    both_databases! {
        async fn an_administrator_chooses_a_password_by_the_link_and_then_sets_up_codes(fixture: Fixture) {
            let system = system(&premises(fixture, fixture.now(), false), "command line");
            let link = create_administrator(&system, &morag()).await.unwrap();
            let token = link.strip_prefix("https://reverie.example/sign-in/invitation/").unwrap();
            let chosen = NewPassword { token: token.to_owned(), password: PASSWORD.to_owned() };
            let entrance = accept_invitation(&visitor(fixture), &chosen).await.unwrap();
            assert_eq!(entrance.stage, Stage::CodeSetUp);
        }

        async fn the_link_can_be_made_again_until_it_was_used(fixture: Fixture) {
            let system = system(&premises(fixture, fixture.now(), false), "command line");
            create_administrator(&system, &morag()).await.unwrap();
            let link = create_administrator(&system, &morag()).await.unwrap();
            let token = link.rsplit('/').next().unwrap().to_owned();
            accept_invitation(&visitor(fixture), &NewPassword { token, password: PASSWORD.to_owned() }).await.unwrap();
            assert!(matches!(create_administrator(&system, &morag()).await.unwrap_err(), AppError::Conflict(_)));
        }
    }
}
