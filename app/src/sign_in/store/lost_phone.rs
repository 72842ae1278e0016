//! A phone that is lost, and the recovery codes with it.

use super::sign_ins::sign_out_everywhere;
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sign_in::letters;

/// Whether somebody is asked for codes from a phone.
pub async fn has_codes(database: &Database, person: PersonId) -> Result<bool, AppError> {
    const HAS: &str = "SELECT code_secret IS NOT NULL FROM credential WHERE person_id = $1";
    let has: Option<bool> = on!(database, pool => sqlx::query_scalar(HAS).bind(person).fetch_optional(pool).await)?;
    Ok(has.unwrap_or_default())
}

/// Forgets the codes of somebody who has neither phone nor recovery codes. With their password they set up a new phone when they next sign
/// in; they are told, since somebody else may have asked in their name.
pub async fn forget_codes_of(transaction: &mut Transaction, actor: &Actor, person: PersonId) -> Result<(), AppError> {
    const FORGET: &str = "\
UPDATE credential
SET code_secret = NULL, code_pending = NULL, code_pending_at = NULL, code_pending_by = NULL,
    code_confirmed_at = NULL
WHERE person_id = $1";
    const FORGET_RECOVERY: &str = "DELETE FROM recovery_code WHERE person_id = $1";

    if person == actor.person() {
        return Err(AppError::Conflict("Your own codes are changed under “One-time codes” in your account.".to_owned()));
    }
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(person).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(FORGET_RECOVERY).bind(person).execute(connection).await.map(|_| ()))?;
    sign_out_everywhere(transaction, person).await?;
    queue(transaction, &letters::codes_forgotten(person), actor.now()).await?;
    audit::record(transaction, actor, Entry { action: "forget_codes", subject: "person", subject_id: Some(person.0), detail: "" }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::sign_in::Stage;
    use crate::sign_in::store::fixture::{bodies, entry, give_code, give_password, visitor};
    use crate::sign_in::store::sign_in_with_password;

    both_databases! {
        async fn somebody_whose_phone_is_lost_sets_up_codes_again(fixture: Fixture) {
            let morag = person(fixture, "Morag", "Fraser", &[Role::Administrator]).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let email = give_password(fixture, ruth).await;
            give_code(fixture, ruth).await;
            assert!(has_codes(&fixture.database, ruth).await.unwrap());
            let mut transaction = fixture.database.begin().await.unwrap();
            forget_codes_of(&mut transaction, &fixture.actor(morag, &[Role::Administrator]), ruth).await.unwrap();
            transaction.commit().await.unwrap();
            assert!(!has_codes(&fixture.database, ruth).await.unwrap());
            assert_eq!(sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap().stage, Stage::CodeSetUp);
            assert!(bodies(fixture).await.last().unwrap().contains("your phone is lost"), "she is told");
        }

        async fn nobody_forgets_their_own_codes_without_their_password(fixture: Fixture) {
            let morag = person(fixture, "Morag", "Fraser", &[Role::Administrator]).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            let refused = forget_codes_of(&mut transaction, &fixture.actor(morag, &[Role::Administrator]), morag).await.unwrap_err();
            assert!(matches!(refused, AppError::Conflict(_)));
        }
    }
}
