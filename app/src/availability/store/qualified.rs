//! What supervisors are qualified to lead, beside what every supervisor leads.

use std::collections::HashSet;

use super::change::finish;
use super::open::OpenedAvailability;
use super::plan::take_supervisor;
use crate::access::Actor;
use crate::availability::forms::Qualifications;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonId;

/// Who is qualified for what, of all supervisors.
pub async fn qualified(moment: &mut Transaction) -> Result<HashSet<(PersonId, GroupKind)>, AppError> {
    const QUALIFIED: &str = "SELECT person_id, kind FROM qualification";

    let rows: Vec<(PersonId, GroupKind)> = on!(&mut moment, connection => sqlx::query_as(QUALIFIED).fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

/// What one supervisor is qualified for, in the order in which forms name it.
pub(super) async fn qualifications_of(moment: &mut Transaction, person: PersonId) -> Result<Vec<GroupKind>, AppError> {
    const OWN: &str = "SELECT kind FROM qualification WHERE person_id = $1";

    let own: Vec<GroupKind> = on!(&mut moment, connection => sqlx::query_scalar(OWN).bind(person).fetch_all(connection).await)?;
    Ok(Qualifications::KINDS.into_iter().filter(|kind| own.contains(kind)).collect())
}

/// Writes down what somebody is qualified for, if it is still as it was shown.
pub async fn set_qualifications(actor: &Actor, opened: &OpenedAvailability, change: &Qualifications) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM qualification WHERE person_id = $1";
    const ADD: &str = "INSERT INTO qualification (person_id, kind) VALUES ($1, $2)";

    let (mut transaction, person) = (actor.begin().await?, opened.person());
    // Of two who write at once, the second waits here and is then told.
    take_supervisor(&mut transaction, person).await?;
    if qualifications_of(&mut transaction, person).await? != change.shown {
        return Err(AppError::Conflict(
            "Somebody else changed what this supervisor is qualified for while you had it open. Nothing was changed; look at it as it is now."
                .to_owned(),
        ));
    }
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(person).execute(connection).await.map(|_| ()))?;
    for kind in &change.kinds {
        on!(&mut transaction, connection => sqlx::query(ADD).bind(person).bind(*kind).execute(connection).await.map(|_| ()))?;
    }
    finish(transaction, actor, opened, "qualifications").await
}

#[cfg(test)]
mod tests {
    use super::super::{availability_page, open_availability};
    use super::*;
    use crate::access::Role;
    use crate::availability::forms::QualificationsForm;
    use crate::database::fixture::both_databases;
    use crate::groups::fixture::{coordinator, messages};
    use crate::people::fixture::{code_of, person};

    fn form(shown: &str, kinds: &[&str]) -> Qualifications {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        QualificationsForm { shown: shown.to_owned(), qualified: kinds, ..QualificationsForm::default() }.check()
    }

    both_databases! {
        async fn a_coordinator_writes_down_what_somebody_is_qualified_for_and_they_are_told(fixture: Fixture) {
            let (sian, ruth) = (coordinator(fixture).await, person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await);
            let opened = open_availability(&sian, &code_of(fixture, ruth).await).await.unwrap();
            set_qualifications(&sian, &opened, &form("", &["supervisors", "vig", "group"])).await.unwrap();
            let page = availability_page(&sian, &opened, "").await.unwrap();
            assert_eq!((page.qualified, page.may_qualify), (vec![GroupKind::Vig, GroupKind::Supervisors], true));
            assert_eq!(messages(fixture, "When you can be planned has been changed").await, 1);
            // Whoever opened the page before that is told, and takes nothing away unseen.
            assert_eq!(set_qualifications(&sian, &opened, &form("", &["vig"])).await.unwrap_err().status(), 409);
            set_qualifications(&sian, &opened, &form("vig,supervisors", &["vig"])).await.unwrap();
            assert_eq!(qualified(&mut fixture.snapshot().await).await.unwrap(), HashSet::from([(ruth, GroupKind::Vig)]));

            let own = fixture.actor(ruth, &[Role::Supervisor]);
            let page = availability_page(&own, &open_availability(&own, "").await.unwrap(), "").await.unwrap();
            assert_eq!((page.qualified, page.may_qualify), (vec![GroupKind::Vig], false));
        }
    }
}
