//! The invented people of a demonstration, who come in without a password or a code.

use super::sign_ins::{Arrival, Entrance, end_replaced, open_sign_in};
use crate::access::{Anyone, Role};
use crate::database::on;
use crate::error::AppError;
use crate::people::{PersonId, initials, short_name};
use crate::sign_in::Stage;
use crate::sign_in::checks::demonstration_email;
use crate::sign_in::model::DemonstrationPerson;

/// One person for each role, in the order of the roles; outside of a demonstration, nobody.
pub async fn demonstration_people(anyone: &Anyone) -> Result<Vec<DemonstrationPerson>, AppError> {
    const FIND: &str = "\
SELECT p.email, p.code, p.title, p.given_name, p.family_name, COALESCE(a.name, '') AS place
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.email LIKE '%@demonstration.example'
    AND p.standing = 'registered'";

    #[derive(sqlx::FromRow)]
    struct Found {
        email: String,
        code: String,
        title: String,
        given_name: String,
        family_name: String,
        place: String,
    }

    if !anyone.is_demonstration() {
        return Ok(Vec::new());
    }
    let found: Vec<Found> = on!(anyone.database(), pool => sqlx::query_as(FIND).fetch_all(pool).await)?;
    let of_role = |role: Role| {
        let person = found.iter().find(|person| person.email == demonstration_email(role))?;
        Some(DemonstrationPerson {
            role,
            short: short_name(&person.title, &person.given_name, &person.family_name),
            initials: initials(&person.given_name, &person.family_name),
            code: person.code.clone(),
            place: person.place.clone(),
        })
    };
    Ok(Role::ALL.into_iter().filter_map(of_role).collect())
}

/// Signs in as the invented person of a role: in a demonstration alone.
pub async fn enter_demonstration(anyone: &Anyone, role: Role) -> Result<Entrance, AppError> {
    const FIND: &str = "SELECT id FROM person WHERE email = $1 AND standing = 'registered'";

    if !anyone.is_demonstration() {
        return Err(AppError::NotFound);
    }
    let email = demonstration_email(role);
    let person: Option<PersonId> = on!(anyone.database(), pool => sqlx::query_scalar(FIND).bind(email).fetch_optional(pool).await)?;
    let person = person.ok_or(AppError::NotFound)?;
    let mut transaction = anyone.begin().await?;
    end_replaced(&mut transaction, anyone).await?;
    let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: anyone.device(), now: anyone.now() };
    let sign_in = open_sign_in(&mut transaction, &arrival).await?;
    transaction.commit().await?;
    Ok(Entrance { sign_in, stage: Stage::Complete })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;
    use crate::sign_in::store::fixture::{recognised, visitor, visitor_to_demonstration};

    async fn coordinator(fixture: &Fixture) -> PersonId {
        const MARK: &str = "UPDATE person SET email = 'coordinator@demonstration.example' WHERE id = $1";
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        on!(&fixture.database, pool => sqlx::query(MARK).bind(sian).execute(pool).await.map(|_| ())).unwrap();
        sian
    }

    both_databases! {
        async fn in_a_demonstration_one_comes_in_without_a_password_or_a_code(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let anyone = visitor_to_demonstration(fixture);
            let people = demonstration_people(&anyone).await.unwrap();
            assert_eq!(people.iter().map(|person| person.short.as_str()).collect::<Vec<_>>(), ["Sian L."]);
            let entrance = enter_demonstration(&anyone, Role::Coordinator).await.unwrap();
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some_and(|signed_in| signed_in.person == sian));
        }

        async fn outside_of_a_demonstration_there_is_no_such_door(fixture: Fixture) {
            coordinator(fixture).await;
            assert!(demonstration_people(&visitor(fixture)).await.unwrap().is_empty());
            assert_eq!(enter_demonstration(&visitor(fixture), Role::Coordinator).await.unwrap_err(), AppError::NotFound);
        }
    }
}
