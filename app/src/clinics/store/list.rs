//! What can be booked, and what somebody has booked, of one moment.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use sqlx::types::Json;

use super::pass_on::is_as_asked;
use super::waits::count_own_waits;
use crate::access::Actor;
use crate::agreements::Section;
use crate::clinics::answers::{Clinic, ClinicSession, Clinics, OwnPlace};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{Band, GroupId, MeetingMode};
use crate::people::store::NameRow;
use crate::sessions::Course;

/// How far ahead sessions are listed.
const AHEAD: TimeDelta = TimeDelta::weeks(16);
/// How many sessions of a clinic are listed at once.
const SESSIONS_SHOWN: i64 = 6;

/// Every clinic with terms in force and its next sessions, and the sessions at which the actor has a place.
pub async fn open_clinics(actor: &Actor) -> Result<Clinics, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let clinics = clinics_in_force(&mut moment).await?;
    let sessions = sessions_ahead(&mut moment, actor).await?;
    let own = sessions.iter().filter(|row| row.is_booked).map(|row| row.own_place(actor)).collect();
    let clinics = clinics.into_iter().map(|clinic| clinic.with_sessions(actor, &sessions));
    let waits = count_own_waits(&mut moment, actor).await?;
    Ok(Clinics { today: ::series::local(actor.now()).date(), own, bookable: clinics.collect(), waits })
}

#[derive(sqlx::FromRow)]
struct ClinicRow {
    id: GroupId,
    slug: String,
    clinic_name: String,
    mode: MeetingMode,
    capacity: i64,
    supervisor_id: crate::people::PersonId,
    version: i64,
    sections: Json<Vec<Section>>,
    #[sqlx(flatten)]
    supervisor: NameRow,
}

async fn clinics_in_force(moment: &mut Transaction) -> Result<Vec<ClinicRow>, AppError> {
    const CLINICS: &str = "\
SELECT g.id, g.slug, g.name AS clinic_name, g.mode, g.capacity, g.supervisor_id, a.version, a.sections,
    p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN agreement a ON a.group_id = g.id AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL
JOIN person p ON p.id = g.supervisor_id
WHERE g.kind = 'open_clinic'
    AND g.ended_at IS NULL
ORDER BY g.name_key, g.id";

    Ok(on!(&mut moment, connection => sqlx::query_as(CLINICS).fetch_all(connection).await)?)
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    group_id: GroupId,
    clinic_name: String,
    session_code: String,
    starts_local: NaiveDateTime,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    place_in_clinic: i64,
    free: i64,
    is_booked: bool,
    place_among_waiting: i64,
    is_other_than_asked: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
}

async fn sessions_ahead(moment: &mut Transaction, actor: &Actor) -> Result<Vec<SessionRow>, AppError> {
    const SESSIONS: &str = concat!(
        "\
SELECT s.group_id, g.name AS clinic_name, s.code AS session_code, s.starts_local, s.starts_at, s.ends_at,
    ROW_NUMBER() OVER (PARTITION BY s.group_id ORDER BY s.starts_at, s.id) AS place_in_clinic,
    g.capacity - (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = s.id) AS free,
    EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id AND b.person_id = $1 AND b.place IS NOT NULL) AS is_booked,
    (
        SELECT COUNT(*)
        FROM clinic_wait own
        JOIN clinic_wait w ON w.session_id = own.session_id
            AND (w.asked_at < own.asked_at OR (w.asked_at = own.asked_at AND w.person_id <= own.person_id))
        WHERE own.session_id = s.id
            AND own.person_id = $1
    ) AS place_among_waiting,
    EXISTS (SELECT 1 FROM clinic_wait w WHERE w.session_id = s.id AND w.person_id = $1 AND NOT ",
        is_as_asked!(),
        ") AS is_other_than_asked,
    p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN session s ON s.group_id = g.id
JOIN person p ON p.id = s.supervisor_id
WHERE g.kind = 'open_clinic'
    AND g.ended_at IS NULL
    AND s.starts_at > $2
    AND s.starts_at < $3
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at, s.id"
    );

    Ok(on!(&mut moment, connection => sqlx::query_as(SESSIONS)
        .bind(actor.person())
        .bind(actor.now())
        .bind(actor.now() + AHEAD)
        .fetch_all(connection).await)?)
}

impl ClinicRow {
    fn with_sessions(self, actor: &Actor, sessions: &[SessionRow]) -> Clinic {
        let shown = sessions.iter().filter(|row| row.group_id == self.id && row.place_in_clinic <= SESSIONS_SHOWN);
        Clinic {
            slug: self.slug,
            name: self.clinic_name,
            supervisor: self.supervisor.into(),
            is_led_by_reader: self.supervisor_id == actor.person(),
            mode: self.mode,
            places: self.capacity,
            version: self.version,
            terms: self.sections.0,
            sessions: shown.map(SessionRow::session).collect(),
        }
    }
}

impl SessionRow {
    fn session(&self) -> ClinicSession {
        ClinicSession {
            code: self.session_code.clone(),
            starts: self.starts_local,
            ends: ::series::local(self.ends_at),
            supervisor: self.supervisor.clone().into(),
            // A clinic that was given fewer places keeps those who have booked.
            free: self.free.max(0),
            is_booked: self.is_booked,
            waits: (self.place_among_waiting > 0).then(|| Band::of(self.place_among_waiting)),
            is_other_than_asked: self.is_other_than_asked,
        }
    }

    fn own_place(&self, actor: &Actor) -> OwnPlace {
        let course = Course { starts_at: self.starts_at, ends_at: self.ends_at, marked_at: None, cancelled_at: None };
        OwnPlace {
            clinic: self.clinic_name.clone(),
            session: self.session(),
            cut_off: ::series::local(course.cut_off()),
            is_late: actor.now() > course.cut_off(),
        }
    }
}
