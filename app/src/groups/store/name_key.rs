//! The names of groups as they are compared.

use crate::access::System;
use crate::database::{folded, on};
use crate::error::AppError;
use crate::groups::GroupId;

/// Folds the names of groups that were made before names were folded. It changes nothing that anybody reads, and may be done as often as one
/// likes, by several processes at once.
pub async fn keep_name_keys(system: &System) -> Result<(), AppError> {
    const UNFOLDED: &str = "SELECT id, name FROM supervision_group WHERE name_key = ''";
    const FOLD: &str = "UPDATE supervision_group SET name_key = $3 WHERE id = $1 AND name = $2";

    let database = system.database();
    let unfolded: Vec<(GroupId, String)> = on!(database, pool => sqlx::query_as(UNFOLDED).fetch_all(pool).await)?;
    if unfolded.is_empty() {
        return Ok(());
    }
    let mut transaction = system.begin().await?;
    for (group, name) in unfolded {
        on!(&mut transaction, connection => sqlx::query(FOLD)
            .bind(group)
            .bind(&name)
            .bind(folded(&name))
            .execute(connection).await.map(|_| ()))?;
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::database::fixture::both_databases;
    use crate::groups::fixture::{coordinator, group, slug_of};
    use crate::groups::forms::GroupFilter;
    use crate::groups::{GroupKind, store};
    use crate::people::fixture::person;

    both_databases! {
        async fn a_group_of_before_is_found_with_and_without_its_accents(fixture: Fixture) {
            const BEFORE: &str = "UPDATE supervision_group SET name = 'Équipe Élan', name_key = '' WHERE id = $1";
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let elan = group(fixture, ruth, &[], GroupKind::Group).await;
            group(fixture, ruth, &[], GroupKind::Group).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(BEFORE).bind(elan).execute(pool).await.map(|_| ())).unwrap();
            let premises = Premises {
                database: fixture.database.clone(),
                clock: fixture.clock,
                is_demonstration: false,
                origin: "https://reverie.example".into(),
            };
            for _ in 0..2 {
                keep_name_keys(&system(&premises, "a test")).await.unwrap();
            }
            let slug = slug_of(fixture, elan).await;
            let sian = coordinator(fixture).await;
            for typed in ["élan", "ELAN", "equipe  É"] {
                let list = store::groups_list(&sian, &GroupFilter { name: typed.to_owned(), ..GroupFilter::default() }).await.unwrap();
                assert_eq!(list.lines.iter().map(|line| &line.slug).collect::<Vec<_>>(), [&slug], "{typed}");
            }
        }
    }
}
