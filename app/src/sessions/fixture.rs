//! Sessions for tests.

use chrono::{DateTime, TimeDelta, Utc};

use super::SessionId;
use crate::access::Role;
use crate::database::fixture::Fixture;
use crate::database::{code, new_id, on};
use crate::groups::fixture::group;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;

/// A published session, the only one of a series of its own, led by the group's supervisor.
pub async fn session(fixture: &Fixture, group: GroupId, starts_at: DateTime<Utc>, length_minutes: i64) -> SessionId {
    const SERIES: &str = "\
INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, times, skips, published_at, version, supervisor_id)
SELECT $1, id, $3, $4, 'Europe/London', $5, 1, 1, $6, $7, 1, supervisor_id
FROM supervision_group
WHERE id = $2";
    const SESSION: &str = "\
INSERT INTO session (id, code, group_id, series_id, slot, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at,
    cancelled_reason, version)
SELECT $1, $2, id, $3, $9, supervisor_id, $4, 'Europe/London', $5, $6, $7, '', 1
FROM supervision_group
WHERE id = $8";

    let (series, session) = (new_id(), SessionId(new_id()));
    let local = ::series::local(starts_at);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SERIES)
        .bind(series)
        .bind(group)
        .bind(local.date())
        .bind(local.time())
        .bind(length_minutes)
        .bind(sqlx::types::Json(Vec::<String>::new()))
        .bind(fixture.now())
        .execute(pool).await.map(|_| ()))
    .unwrap();
    on!(database, pool => sqlx::query(SESSION)
        .bind(session)
        .bind(code())
        .bind(series)
        .bind(local)
        .bind(length_minutes)
        .bind(starts_at)
        .bind(starts_at + TimeDelta::minutes(length_minutes))
        .bind(group)
        .bind(local.date())
        .execute(pool).await.map(|_| ()))
    .unwrap();
    session
}

/// Books the first place at a session for somebody.
pub async fn book(fixture: &Fixture, session: SessionId, person: PersonId) {
    const BOOK: &str = "INSERT INTO booking (session_id, person_id, place, booked_at) VALUES ($1, $2, 1, $3)";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(BOOK).bind(session).bind(person).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

/// Cancels a session, of which nobody is told.
pub async fn cancel(fixture: &Fixture, session: SessionId) {
    const CANCEL: &str = "UPDATE session SET cancelled_at = $2, cancelled_reason = 'other' WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(CANCEL).bind(session).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

/// The code in a session's address.
pub async fn code_of(fixture: &Fixture, session: SessionId) -> String {
    const CODE: &str = "SELECT code FROM session WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CODE).bind(session).fetch_one(pool).await).unwrap()
}

/// A group that meets for an hour and a half, and the people round it.
#[derive(Debug)]
pub struct Meeting {
    /// Leads the group.
    pub ruth: PersonId,
    /// A member.
    pub amina: PersonId,
    /// Another member.
    pub tom: PersonId,
    /// A coordinator.
    pub sian: PersonId,
    /// The group.
    pub group: GroupId,
    /// The session.
    pub session: SessionId,
    /// The code in its address.
    pub code: String,
}

/// A session of a group of two.
pub async fn meeting(fixture: &Fixture, starts_at: DateTime<Utc>) -> Meeting {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
    let group = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    let session = session(fixture, group, starts_at, 90).await;
    let code = code_of(fixture, session).await;
    Meeting { ruth, amina, tom, sian, group, session, code }
}
