//! Holds for tests.

use super::store::hold_person;
use crate::access::Role;
use crate::database::fixture::Fixture;
use crate::matching::fixture::email_of;
use crate::people::fixture::person;
use crate::people::{EmailAddress, PersonId};

/// Holds somebody, as a safeguarding lead does.
pub async fn hold(fixture: &Fixture, who: PersonId) {
    let moira = fixture.actor(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, &[Role::SafeguardingLead]);
    hold_person(&moira, &EmailAddress::of(&email_of(fixture, who).await).unwrap()).await.unwrap();
}
