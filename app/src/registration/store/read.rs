//! Reading registrations: one statement for each kind of thing, whether of one person or of all.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::registration::answers::{Clearance, Offering, Registration};
use crate::registration::model::{ClearanceKind, Competence, Elsewhere, Experience, Manager, Need, Setting, Shared, Step, Stream};
use crate::waiting::{Urgency, Way};

/// A registration with what it refers to.
#[derive(Clone, Debug)]
pub struct Registered {
    /// The answers.
    pub registration: Registration,
    /// Whoever is meant by the manager's email, where they are here.
    pub manager: Option<PersonId>,
    /// The supervisor with whom they would stay.
    pub kept_supervisor: Option<PersonId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: PersonId,
    answered: Json<Vec<Step>>,
    experience: Option<Experience>,
    supervised_elsewhere: Option<Elsewhere>,
    setting: Option<Setting>,
    stream: Option<Stream>,
    intervention: Option<String>,
    competence: Option<Competence>,
    way: Option<Way>,
    urgency: Option<i64>,
    first_week: Option<String>,
    second_week: Option<String>,
    manager: Option<Manager>,
    manager_email: String,
    manager_id: Option<PersonId>,
    kept_supervisor_id: Option<PersonId>,
    kept_supervisor_code: Option<String>,
    needs: Json<Vec<Need>>,
    access_needs: String,
    language: String,
    wished_emails: Json<Vec<String>>,
    avoided_emails: Json<Vec<String>>,
    avoided_authorities: Json<Vec<String>>,
    shared: Json<Vec<Shared>>,
    confirmed_at: Option<DateTime<Utc>>,
    version: i64,
}

/// The registrations of everybody, or of one person.
pub async fn registrations(moment: &mut Transaction, of: Option<PersonId>) -> Result<HashMap<PersonId, Registered>, AppError> {
    const REGISTRATIONS: &str = "\
SELECT r.person_id, r.answered, r.experience, r.supervised_elsewhere, r.setting, r.stream, r.intervention, r.competence, r.way, r.urgency,
    r.first_week, r.second_week, r.manager, r.manager_email, m.id AS manager_id, r.kept_supervisor_id, s.code AS kept_supervisor_code, r.needs, r.access_needs,
    r.language, r.wished_emails, r.avoided_emails, r.avoided_authorities, r.shared, r.confirmed_at, r.version
FROM registration r
LEFT JOIN person m ON m.email = r.manager_email
LEFT JOIN person s ON s.id = r.kept_supervisor_id
WHERE r.person_id = $1
    OR $2";

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(REGISTRATIONS)
        .bind(of)
        .bind(of.is_none())
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| (row.person_id, Registered::from(row))).collect())
}

impl From<Row> for Registered {
    fn from(row: Row) -> Self {
        let registration = Registration {
            answered: row.answered.0,
            experience: row.experience,
            elsewhere: row.supervised_elsewhere,
            setting: row.setting,
            stream: row.stream,
            intervention: row.intervention,
            competence: row.competence,
            way: row.way,
            urgency: row.urgency.map(Urgency::of_rank),
            first_week: row.first_week,
            second_week: row.second_week,
            manager: row.manager,
            manager_email: row.manager_email,
            kept_supervisor: row.kept_supervisor_code.unwrap_or_default(),
            needs: row.needs.0,
            access_needs: row.access_needs,
            language: row.language,
            wished_emails: row.wished_emails.0,
            avoided_emails: row.avoided_emails.0,
            avoided_authorities: row.avoided_authorities.0,
            shared: row.shared.0,
            confirmed_at: row.confirmed_at,
            version: row.version,
        };
        Self { registration, manager: row.manager_id, kept_supervisor: row.kept_supervisor_id }
    }
}

/// What supervisors offer: all of them, or one.
pub async fn offerings(moment: &mut Transaction, of: Option<PersonId>) -> Result<HashMap<PersonId, Offering>, AppError> {
    const OFFERINGS: &str = "\
SELECT person_id, interventions, way, region, most_groups, confirmed_at, version
FROM offering
WHERE person_id = $1
    OR $2";

    type Row = (PersonId, Json<Vec<String>>, Way, String, i64, DateTime<Utc>, i64);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(OFFERINGS).bind(of).bind(of.is_none()).fetch_all(connection).await)?;
    let offering = |(person, Json(interventions), way, region, most_groups, confirmed_at, version): Row| {
        (person, Offering { interventions, way, region, most_groups, confirmed_at, version })
    };
    Ok(rows.into_iter().map(offering).collect())
}

/// What supervisors hold: all of them, or one. In the order in which forms name the kinds.
pub async fn clearances_of(moment: &mut Transaction, of: Option<PersonId>) -> Result<HashMap<PersonId, Vec<Clearance>>, AppError> {
    const CLEARANCES: &str = "\
SELECT person_id, kind, good_until
FROM clearance
WHERE person_id = $1
    OR $2";

    type Row = (PersonId, ClearanceKind, NaiveDate);
    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(CLEARANCES).bind(of).bind(of.is_none()).fetch_all(connection).await)?;
    let mut clearances: HashMap<PersonId, Vec<Clearance>> = HashMap::new();
    for (person, kind, good_until) in rows {
        clearances.entry(person).or_default().push(Clearance { kind, good_until });
    }
    for held in clearances.values_mut() {
        held.sort_unstable_by_key(|clearance| ClearanceKind::ALL.iter().position(|kind| *kind == clearance.kind));
    }
    Ok(clearances)
}
