//! What is asked before somebody is given or offered a place by another, or is given people to lead, and not where they act for themselves: a refusal
//! would tell them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::ancestry::above_by_now;
use super::members::Placing;
use crate::access::{Actor, Permission};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;
use crate::people::store::{Apart, apart_by_now, held_by_now, name_of};

/// Refuses somebody who is held, or may not meet whoever leads a group that is taken, is in it or has an offer of a place in it. Why, is said to those
/// alone who form groups.
pub async fn check_may_be_placed(transaction: &mut Transaction, by: Option<&Actor>, placing: Placing) -> Result<(), AppError> {
    let Placing { group, supervisor, person } = placing;
    let kept_out = kept_out_of(transaction, group, supervisor).await?;
    let (is_held, other) = (kept_out.held.contains(&person), kept_out.whom_not_to_meet(person));
    if !is_held && other.is_none() {
        return Ok(());
    }
    if !by.is_some_and(|actor| actor.may(Permission::ManageMatching)) {
        let sentence =
            "This person cannot have a place in this group. Nothing was changed. The Centre’s coordinators see why; please ask them.";
        return Err(AppError::Conflict(sentence.to_owned()));
    }
    let why = match other {
        Some(other) if !is_held => not_in_one_group(transaction, (person, other)).await?,
        _ => {
            let name = name_of(transaction, person).await?.short;
            format!("{name} is not available for matching, so they are not placed by hand either.")
        }
    };
    Err(AppError::Conflict(format!("{why} Nothing was changed.")))
}

/// Why somebody may not be given some people to lead: they are held, or there is one of them whom they may not meet. Which it is, and who, is said to
/// those alone who form groups.
pub async fn why_not_led(
    transaction: &mut Transaction,
    actor: &Actor,
    supervisor: PersonId,
    people: &[PersonId],
) -> Result<Option<String>, AppError> {
    let is_held = held_by_now(transaction).await?.contains(&supervisor);
    let other = apart_by_now(transaction).await?.first_from(supervisor, people);
    if !is_held && other.is_none() {
        return Ok(None);
    }
    if !actor.may(Permission::ManageMatching) {
        return Ok(Some("This person cannot lead these people. The Centre’s coordinators see why; please ask them.".to_owned()));
    }
    match other {
        Some(other) if !is_held => not_in_one_group(transaction, (supervisor, other)).await.map(Some),
        _ => {
            let name = name_of(transaction, supervisor).await?.short;
            Ok(Some(format!("{name} is not available for matching, so they are given nobody to lead.")))
        }
    }
}

async fn not_in_one_group(transaction: &mut Transaction, (one, other): (PersonId, PersonId)) -> Result<String, AppError> {
    let (one, other) = (name_of(transaction, one).await?.short, name_of(transaction, other).await?.short);
    Ok(format!("{one} and {other} may not be in one group."))
}

/// Whom nobody gives or offers a place in a group, looked at once for however many people.
#[derive(Debug)]
pub struct KeptOut {
    apart: Apart,
    /// Whoever leads the group, is in it, or has an offer of a place in it.
    there: Vec<PersonId>,
    held: HashSet<PersonId>,
    /// Those who supervise whoever leads it.
    above: HashSet<PersonId>,
}

/// Why somebody would be refused a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhyKeptOut {
    /// They are held.
    Held,
    /// They may not meet somebody in it.
    Apart,
    /// They supervise whoever leads it.
    Above,
}

impl WhyKeptOut {
    /// Whether it is said to those alone who form groups.
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Held | Self::Apart)
    }

    /// What is said of it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Held => "Is not available for matching.",
            Self::Apart => "May not be in one group with somebody in this one.",
            Self::Above => "Supervises the group’s supervisor, directly or through others.",
        }
    }
}

/// Reads who is kept out of a group that somebody leads.
pub async fn kept_out_of(moment: &mut Transaction, group: GroupId, supervisor: PersonId) -> Result<KeptOut, AppError> {
    let mut there = vec![supervisor];
    there.extend(people_of(moment, group).await?);
    let above = above_by_now(moment, supervisor).await?.into_iter().collect();
    Ok(KeptOut { apart: apart_by_now(moment).await?, there, held: held_by_now(moment).await?, above })
}

impl KeptOut {
    /// Whether somebody would be refused a place.
    pub fn has(&self, person: PersonId) -> bool {
        self.why(person).is_some()
    }

    /// Why somebody would be refused a place.
    pub(super) fn why(&self, person: PersonId) -> Option<WhyKeptOut> {
        if self.held.contains(&person) {
            return Some(WhyKeptOut::Held);
        }
        if self.whom_not_to_meet(person).is_some() {
            return Some(WhyKeptOut::Apart);
        }
        self.above.contains(&person).then_some(WhyKeptOut::Above)
    }

    fn whom_not_to_meet(&self, person: PersonId) -> Option<PersonId> {
        self.apart.first_from(person, &self.there)
    }
}

/// Whom somebody would meet who takes a group over: its members, those for whom a place in it is held, and whoever has booked one of its coming sessions.
pub async fn people_to_lead(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    const BOOKED: &str = "\
SELECT DISTINCT b.person_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
ORDER BY b.person_id";

    let mut people = people_of(transaction, group).await?;
    let booked: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(BOOKED)
        .bind(group)
        .bind(now)
        .fetch_all(connection).await)?;
    people.extend(booked);
    Ok(people)
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
