//! Agreements for tests.

use chrono::Days;

use super::forms::Proposal;
use super::model::Section;
use super::store::{agree_to_agreement, propose_agreement};
use crate::access::{Actor, Role};
use crate::database::fixture::Fixture;
use crate::groups::store::{open_group, open_group_to_plan};
use crate::people::PersonId;

/// A short text that can be proposed after version `base`.
pub fn proposal(fixture: &Fixture, base: i64, text: &str) -> Proposal {
    let sections = vec![Section { heading: "Who agrees".to_owned(), text: text.to_owned() }];
    Proposal { base, review_on: fixture.now().date_naive() + Days::new(90), sections }
}

/// A supervisor as they act.
pub fn supervisor(fixture: &Fixture, person: PersonId) -> Actor {
    fixture.actor(person, &[Role::Supervisor])
}

/// A member as they act.
pub fn member(fixture: &Fixture, person: PersonId) -> Actor {
    fixture.actor(person, &[Role::Practitioner])
}

/// The group's supervisor proposes a text as the version after `base`; nobody has agreed yet.
pub async fn propose(fixture: &Fixture, slug: &str, leader: PersonId, base: i64, text: &str) -> i64 {
    let actor = supervisor(fixture, leader);
    let group = open_group_to_plan(&actor, slug).await.unwrap();
    propose_agreement(&actor, &group, &proposal(fixture, base, text)).await.unwrap()
}

/// Each of them agrees to a version. Answers whether the last of them brought it into force.
pub async fn agree(fixture: &Fixture, slug: &str, people: &[PersonId], version: i64) -> bool {
    let mut is_in_force = false;
    for person in people {
        let actor = fixture.actor(*person, &[Role::Practitioner, Role::Supervisor]);
        let group = open_group(&actor, slug).await.unwrap();
        is_in_force = agree_to_agreement(&actor, &group, version).await.unwrap();
    }
    is_in_force
}
