//! Reading an agreement and its versions.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::super::answers::{AgreementView, Party, ShownVersion, Standing, VersionLine};
use super::super::changes::changes;
use super::super::model::{AgreementId, Section, version_of_address};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::groups::PartyLine;
use crate::groups::store::{OpenedGroup, audience};
use crate::people::store::NameRow;

/// A version's number, dates and text.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Version {
    pub(super) id: AgreementId,
    #[sqlx(rename = "version")]
    pub(super) number: i64,
    pub(super) sections: Json<Vec<Section>>,
    pub(super) review_on: NaiveDate,
    proposed_at: DateTime<Utc>,
    in_force_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

impl Version {
    /// The version in a line.
    pub(super) fn line(&self) -> VersionLine {
        let day = |moment| ::series::local(moment).date();
        let standing = match (self.in_force_at, self.ended_at) {
            (None, None) => Standing::Proposed(day(self.proposed_at)),
            (Some(since), None) => Standing::InForce(day(since)),
            (Some(since), Some(until)) => Standing::Ended(day(since), day(until)),
            (None, Some(until)) => Standing::Withdrawn(day(until)),
        };
        VersionLine { version: self.number, standing }
    }

    /// Whether it is proposed or in force.
    pub(super) fn is_current(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// Every version of a group's agreement, the newest first. There are few: a text changes once or twice a year.
pub(super) async fn versions_of(actor: &Actor, group: &OpenedGroup) -> Result<Vec<Version>, AppError> {
    const VERSIONS: &str = "\
SELECT id, version, sections, review_on, proposed_at, in_force_at, ended_at
FROM agreement
WHERE group_id = $1
ORDER BY version DESC";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(VERSIONS).bind(group.id()).fetch_all(pool).await)?)
}

/// A version of a group's agreement with what changed and who has agreed. Where none is named, the one that waits for the reader is shown,
/// otherwise the one in force, otherwise the newest.
pub async fn agreement_view(actor: &Actor, group: &OpenedGroup, wanted: &str) -> Result<AgreementView, AppError> {
    let versions = versions_of(actor, group).await?;
    let shown = if wanted.is_empty() {
        match waiting_for(actor, group).await? {
            Some(version) => find(&versions, version),
            None => versions.iter().find(|version| version.line().is_in_force()).or(versions.first()),
        }
    } else {
        let version = version_of_address(wanted).ok_or(AppError::NotFound)?;
        Some(find(&versions, version).ok_or(AppError::NotFound)?)
    };
    let shown = match shown {
        Some(version) => Some(show(actor, group, version, &versions).await?),
        None => None,
    };
    Ok(AgreementView {
        slug: group.slug().to_owned(),
        group: group.name().to_owned(),
        audience: audience(actor, group).await?,
        may_plan: group.may_be_planned(),
        shown,
        versions: versions.iter().map(Version::line).collect(),
    })
}

fn find(versions: &[Version], wanted: i64) -> Option<&Version> {
    versions.iter().find(|version| version.number == wanted)
}

/// The newest version that the reader is asked to agree to, and has not agreed to yet.
async fn waiting_for(actor: &Actor, group: &OpenedGroup) -> Result<Option<i64>, AppError> {
    const WAITING: &str = "\
SELECT MAX(a.version)
FROM agreement a
JOIN agreement_party p ON p.agreement_id = a.id
WHERE a.group_id = $1
    AND a.ended_at IS NULL
    AND p.person_id = $2
    AND p.agreed_at IS NULL";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_scalar(WAITING).bind(group.id()).bind(actor.person()).fetch_one(pool).await)?)
}

async fn show(actor: &Actor, group: &OpenedGroup, version: &Version, versions: &[Version]) -> Result<ShownVersion, AppError> {
    // A version is compared with the one that was in force when it was proposed; a text that was withdrawn was never read by all.
    let before = versions.iter().find(|other| other.number < version.number && other.in_force_at.is_some());
    let parties = parties_of(actor, group, version).await?;
    let waits_for_reader = version.is_current() && parties.iter().any(|party| party.line.is_self && party.line.agreed_on.is_none());
    Ok(ShownVersion {
        line: version.line(),
        review_on: version.review_on,
        review_before: before.map(|before| before.review_on).filter(|review_on| *review_on != version.review_on),
        sections: version.sections.0.clone(),
        changes: before.map(|before| changes(&before.sections, &version.sections)).unwrap_or_default(),
        parties,
        waits_for_reader,
    })
}

/// Who was asked to agree to a version, and when they did. Of a version that ended, only those who had agreed.
async fn parties_of(actor: &Actor, group: &OpenedGroup, version: &Version) -> Result<Vec<Party>, AppError> {
    const PARTIES: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, p.id = $2 AS is_self, p.id = $3 AS is_supervisor, a.agreed_at,
    COALESCE(employer.name, '') AS employer
FROM agreement_party a
JOIN person p ON p.id = a.person_id
LEFT JOIN authority employer ON employer.id = p.authority_id
WHERE a.agreement_id = $1
    AND ($4 OR a.agreed_at IS NOT NULL)
ORDER BY is_supervisor DESC, p.given_key, p.family_key, p.id";

    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        is_self: bool,
        is_supervisor: bool,
        agreed_at: Option<DateTime<Utc>>,
        employer: String,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(PARTIES)
        .bind(version.id)
        .bind(actor.person())
        .bind(group.supervisor())
        .bind(version.is_current())
        .fetch_all(pool).await)?;
    let lines = rows.into_iter().map(|row| Party {
        line: PartyLine {
            name: row.name.into(),
            is_self: row.is_self,
            is_supervisor: row.is_supervisor,
            agreed_on: row.agreed_at.map(|moment| ::series::local(moment).date()),
        },
        employer: row.employer,
    });
    Ok(lines.collect())
}
