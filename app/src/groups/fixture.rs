//! Groups for tests.

use super::forms::GroupDetails;
use super::model::{GroupId, GroupKind};
use super::store::OpenedGroup;
use crate::access::{Actor, Role};
use crate::database::fixture::Fixture;
use crate::database::{code, folded, new_id, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::fixture::person;

/// A group of up to six that meets online, with members who joined four weeks before the test takes place. Its slug is `group-` and a code.
pub async fn group(fixture: &Fixture, supervisor: PersonId, members: &[PersonId], kind: GroupKind) -> GroupId {
    const INSERT: &str = "\
INSERT INTO supervision_group (id, slug, name, name_key, kind, supervisor_id, mode, room_url, room_phone, place, capacity, created_at, version)
VALUES ($1, $2, $3, $7, $4, $5, 'online', 'https://rooms.example/aire', '01632 960 114', '', 6, $6, 1)";

    let id = GroupId(new_id());
    let slug = format!("group-{}", code());
    let name = format!("Group {}", slug.trim_start_matches("group-"));
    let database = &fixture.database;
    on!(database, pool => sqlx::query(INSERT)
        .bind(id)
        .bind(&slug)
        .bind(&name)
        .bind(kind)
        .bind(supervisor)
        .bind(fixture.now())
        .bind(folded(&name))
        .execute(pool).await.map(|_| ()))
    .unwrap();
    for member in members {
        join(fixture, id, *member).await;
    }
    id
}

/// Makes somebody a member, four weeks before the test takes place.
pub async fn join(fixture: &Fixture, group: GroupId, person: PersonId) {
    const JOIN: &str = "INSERT INTO membership (group_id, person_id, joined_on) VALUES ($1, $2, $3)";

    let joined_on = fixture.now().date_naive() - chrono::Days::new(28);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(JOIN).bind(group).bind(person).bind(joined_on).execute(pool).await.map(|_| ())).unwrap();
}

/// Changes a group that was shown in a version, whatever the sessions are that somebody else takes over.
pub async fn change_group(actor: &Actor, group: &OpenedGroup, shown: i64, details: &GroupDetails) -> Result<(), AppError> {
    super::store::change_group(actor, group, shown, details).await?.commit().await
}

/// The slug of a group.
pub async fn slug_of(fixture: &Fixture, group: GroupId) -> String {
    const SLUG: &str = "SELECT slug FROM supervision_group WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(SLUG).bind(group).fetch_one(pool).await).unwrap()
}

/// The code of a person, as forms send it.
pub async fn code_of(fixture: &Fixture, person: PersonId) -> String {
    const CODE: &str = "SELECT code FROM person WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CODE).bind(person).fetch_one(pool).await).unwrap()
}

/// Somebody who manages every group.
pub async fn coordinator(fixture: &Fixture) -> Actor {
    fixture.actor(person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await, &[Role::Coordinator])
}

/// How many messages were written with a subject like this.
pub async fn messages(fixture: &Fixture, subject: &str) -> i64 {
    const COUNT: &str = "SELECT COUNT(*) FROM message WHERE subject LIKE $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(COUNT).bind(subject).fetch_one(pool).await).unwrap()
}
