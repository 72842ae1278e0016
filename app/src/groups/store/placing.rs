//! What is asked before somebody is given or offered a place by another, and not where they act for themselves: a refusal would tell them.

use super::members::Placing;
use crate::access::{Actor, Permission};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;
use crate::people::store::{apart_by_now, name_of};

/// Refuses somebody who is held, or may not meet whoever leads a group that is taken, is in it or has an offer of a place in it. Why, is said to those
/// alone who form groups.
pub async fn check_may_be_placed(transaction: &mut Transaction, by: Option<&Actor>, placing: Placing) -> Result<(), AppError> {
    let Placing { group, supervisor, person } = placing;
    let is_held = is_held(transaction, person).await?;
    let (there, apart) = (people_of(transaction, group).await?, apart_by_now(transaction).await?);
    let other = [supervisor].into_iter().chain(there).find(|other| *other != person && apart.are_apart(person, *other));
    if !is_held && other.is_none() {
        return Ok(());
    }
    if !by.is_some_and(|actor| actor.may(Permission::ManageMatching)) {
        let sentence =
            "This person cannot have a place in this group. Nothing was changed. The Centre’s coordinators see why; please ask them.";
        return Err(AppError::Conflict(sentence.to_owned()));
    }
    let name = name_of(transaction, person).await?.short;
    let why = match other {
        Some(other) if !is_held => {
            let other = name_of(transaction, other).await?.short;
            format!("{name} and {other} may not be in one group.")
        }
        _ => format!("{name} is not available for matching, so they are not placed by hand either."),
    };
    Err(AppError::Conflict(format!("{why} Nothing was changed.")))
}

async fn is_held(transaction: &mut Transaction, person: PersonId) -> Result<bool, AppError> {
    const HOLDS: &str = "SELECT COUNT(*) FROM safety_hold WHERE person_id = $1 AND lifted_at IS NULL";

    let holds: i64 = on!(&mut transaction, connection => sqlx::query_scalar(HOLDS).bind(person).fetch_one(connection).await)?;
    Ok(holds > 0)
}

/// The members of a group, and those for whom a place in it is held.
async fn people_of(transaction: &mut Transaction, group: GroupId) -> Result<Vec<PersonId>, AppError> {
    const PEOPLE: &str = "\
SELECT person_id
FROM membership
WHERE group_id = $1
    AND left_on IS NULL
UNION
SELECT person_id
FROM place_offer
WHERE group_id = $1
    AND ended_at IS NULL
ORDER BY person_id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(PEOPLE).bind(group).fetch_all(connection).await)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{coordinator, group, slug_of};
    use crate::groups::store::{add_member, open_group};
    use crate::holds::store::{hold_person, lift_hold};
    use crate::matching::fixture::email_of;
    use crate::people::EmailAddress;
    use crate::people::fixture::{code_of, person};
    use crate::registration::Apart;
    use crate::registration::store::keep_apart;

    both_databases! {
        async fn nobody_is_added_by_hand_beside_somebody_whom_they_may_not_meet_and_coordinators_alone_read_who_that_is(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let opened = open_group(&sian, &slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await).await.unwrap();
            let leading = fixture.actor(ruth, &[Role::Supervisor]);
            for (given_name, other, named) in [("Tom", amina, "Tom B. and Amina R."), ("Grace", ruth, "Grace B. and Ruth A.")] {
                let code = code_of(fixture, person(fixture, given_name, "Bell", &[Role::Practitioner]).await).await;
                keep_apart(&sian, &code, &Apart::Person(email_of(fixture, other).await)).await.unwrap();
                let refused = AppError::Conflict(format!("{named} may not be in one group. Nothing was changed."));
                assert_eq!(add_member(&sian, &opened, &code).await, Err(refused));
                let neutral = "This person cannot have a place in this group. Nothing was changed. The Centre’s coordinators see why; please ask them.";
                assert_eq!(add_member(&leading, &opened, &code).await, Err(AppError::Conflict(neutral.to_owned())));
            }
            let yusuf = person(fixture, "Yusuf", "Hadi", &[Role::Practitioner]).await;
            add_member(&sian, &opened, &code_of(fixture, yusuf).await).await.unwrap();
        }

        async fn whoever_is_held_is_not_added_by_hand_until_the_hold_is_lifted(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let moira = person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await;
            let moira = fixture.actor(moira, &[Role::SafeguardingLead]);
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let opened = open_group(&sian, &slug_of(fixture, group(fixture, ruth, &[], GroupKind::Group).await).await).await.unwrap();
            hold_person(&moira, &EmailAddress::of(&email_of(fixture, tom).await).unwrap()).await.unwrap();
            let code = code_of(fixture, tom).await;
            let refused = "Tom B. is not available for matching, so they are not placed by hand either. Nothing was changed.";
            assert_eq!(add_member(&sian, &opened, &code).await, Err(AppError::Conflict(refused.to_owned())));
            lift_hold(&moira, &code).await.unwrap();
            add_member(&sian, &opened, &code).await.unwrap();
        }
    }
}
