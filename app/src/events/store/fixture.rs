//! Events for tests.

use chrono::{DateTime, Utc};

use super::{make_event, publish_event};
use crate::access::{Actor, Role};
use crate::availability::KeepReason;
use crate::database::fixture::Fixture;
use crate::database::{new_id, on};
use crate::events::forms::EventForm;
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::spaces::{SpaceId, SpaceKind};

/// A webinar of an hour on Thursday 5 November 2026 at half past twelve, with three places.
pub fn form(space: &str) -> EventForm {
    EventForm {
        kind: "webinar".to_owned(),
        title: "Still face, fifty years on".to_owned(),
        speaker: "Somebody who knows".to_owned(),
        text: "What a *pause* says.".to_owned(),
        space: space.to_owned(),
        starts_on: "2026-11-05".to_owned(),
        starts_time: "12:30".to_owned(),
        length_minutes: "60".to_owned(),
        mode: "online".to_owned(),
        room_url: "https://rooms.example/webinar".to_owned(),
        capacity: "3".to_owned(),
        closes_hours: "2".to_owned(),
        minutes: "60".to_owned(),
        ..EventForm::default()
    }
}

/// A space of the community, at home under its kind's word.
pub async fn space(fixture: &Fixture, slug: &str, kind: SpaceKind) -> SpaceId {
    const INSERT: &str =
        "INSERT INTO space (id, slug, name, about, kind, subject, created_at, version) VALUES ($1, $2, $2, '', $3, '', $4, 1)";

    let id = SpaceId(new_id());
    let database = &fixture.database;
    on!(database, pool => sqlx::query(INSERT).bind(id).bind(slug).bind(kind).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    id
}

/// Somebody who hosts events, and has one at home in the space for everybody.
pub async fn hosted(fixture: &Fixture, form: &EventForm) -> (Actor, String) {
    let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
    let code = published(&ruth, form).await;
    (ruth, code)
}

/// A published event of somebody, who hosts it even if they are not quite free then.
pub async fn published(host: &Actor, form: &EventForm) -> String {
    let code = make_event(host, &form.check(host.now()).unwrap()).await.unwrap();
    publish_event(host, (&code, 1), Some(KeepReason::Other)).await.unwrap();
    code
}

/// Somebody at a moment.
pub fn at(fixture: &Fixture, moment: &str, who: PersonId, role: Role) -> Actor {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    fixture.actor_at(moment, who, &[role])
}
