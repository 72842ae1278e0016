//! Every draft that somebody plans, and publishing several together.

use std::collections::BTreeMap;

use ::series::{Skip, expand_pattern};
use chrono::NaiveDate;
use sqlx::types::Json;

use super::fits::{proposal_of, reader_of};
use super::plan::Planned;
use super::publish::{Draft, publish_together};
use super::save::audit;
use crate::access::{Actor, Permission};
use crate::availability::KeepReason;
use crate::availability::store::refuse_or_warn_together;
use crate::database::{Transaction, on};
use crate::diaries::PatternRow;
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::take_group;
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::series::SeriesId;
use crate::series::answers::{DraftLine, DraftsPage, Readiness, TimetablePreview, ToldLine};
use crate::series::forms::{DraftKey, DraftsForm};
use crate::series::words::in_words;

/// The most series that are published in one unit of work.
const MOST_TOGETHER: usize = 60;

/// A draft as it is stored, with the sessions that it gives.
struct Stored {
    id: SeriesId,
    group: GroupId,
    supervisor: PersonId,
    planned: Planned,
    line: DraftLine,
}

impl Stored {
    fn is(&self, key: &DraftKey) -> bool {
        self.line.slug == key.slug && self.line.number == key.number
    }
}

/// Every draft of the groups whose sessions the actor plans, with what publishing the chosen ones would do.
pub async fn drafts_page(actor: &Actor, form: &DraftsForm) -> Result<DraftsPage, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let stored = stored_drafts(&mut moment, actor).await?;
    let keys = form.keys();
    let chosen: Vec<&Stored> =
        stored.iter().filter(|draft| draft.line.readiness == Readiness::Ready && keys.iter().any(|key| draft.is(key))).collect();
    let preview = if chosen.is_empty() { None } else { Some(preview(&mut moment, actor, &chosen).await?) };
    Ok(DraftsPage { preview, drafts: stored.into_iter().map(|draft| draft.line).collect() })
}

/// Publishes drafts as they were shown: all of them or none. Answers how many.
pub async fn publish_drafts(actor: &Actor, form: &DraftsForm) -> Result<usize, AppError> {
    let keys = form.keys();
    if keys.is_empty() || keys.len() > MOST_TOGETHER {
        return Err(AppError::invalid("drafts", format!("Choose from one to {MOST_TOGETHER} drafts.")));
    }
    let mut transaction = actor.begin().await?;
    let stored = stored_drafts(&mut transaction, actor).await?;
    let is_chosen = |draft: &&Stored| keys.iter().any(|key| draft.is(key) && draft.line.version == key.version);
    let chosen: Vec<&Stored> = stored.iter().filter(is_chosen).collect();
    if chosen.len() != keys.len() {
        return Err(overtaken());
    }
    let supervisors = take_groups(&mut transaction, &chosen).await?;
    let reason = KeepReason::of_key(&form.reason);
    let drafts: Vec<Draft<'_>> = chosen
        .iter()
        .map(|draft| Draft {
            id: draft.id,
            group: draft.group,
            name: &draft.line.group,
            supervisor: supervisors.get(&draft.group).copied().unwrap_or(draft.supervisor),
            version: draft.line.version,
            planned: &draft.planned,
            reason,
        })
        .collect();
    publish_together(&mut transaction, actor, &drafts).await?;
    for draft in &drafts {
        audit(&mut transaction, actor, "publish_series", draft.id).await?;
    }
    transaction.commit().await?;
    Ok(drafts.len())
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "Somebody else changed, published or deleted one of these series a moment ago. Nothing was published; look at the drafts as they are now."
            .to_owned(),
    )
}

/// Takes the groups in one order, so that two who publish some of the same wait for each other. Answers who leads each.
async fn take_groups(transaction: &mut Transaction, chosen: &[&Stored]) -> Result<BTreeMap<GroupId, PersonId>, AppError> {
    let mut supervisors: BTreeMap<GroupId, PersonId> = chosen.iter().map(|draft| (draft.group, draft.supervisor)).collect();
    for (group, supervisor) in &mut supervisors {
        *supervisor = take_group(transaction, *group).await?;
    }
    Ok(supervisors)
}

async fn preview(moment: &mut Transaction, actor: &Actor, chosen: &[&Stored]) -> Result<TimetablePreview, AppError> {
    let proposals: Vec<_> = chosen.iter().map(|draft| proposal_of(draft.group, draft.supervisor, draft.planned.held())).collect();
    let verdicts = refuse_or_warn_together(moment, reader_of(actor), &proposals).await?;
    let told = told(moment, chosen).await?;
    Ok(TimetablePreview { drafts: chosen.iter().map(|draft| draft.line.clone()).zip(verdicts).collect(), told })
}

/// Who is told of what, in the order of their names.
async fn told(moment: &mut Transaction, chosen: &[&Stored]) -> Result<Vec<ToldLine>, AppError> {
    const TOLD: &str = "\
SELECT e.group_id, p.code, p.title, p.given_name, p.family_name
FROM (
    SELECT m.group_id, m.person_id
    FROM membership m
    WHERE m.left_on IS NULL
    UNION
    SELECT g.id, g.supervisor_id
    FROM supervision_group g
    WHERE g.ended_at IS NULL
) e
JOIN person p ON p.id = e.person_id
WHERE p.standing IN ('invited', 'registered')
    AND EXISTS (
        SELECT 1
        FROM series n
        WHERE n.group_id = e.group_id
            AND n.published_at IS NULL
            AND n.deleted_at IS NULL
    )
ORDER BY p.given_key, p.family_key, p.id, e.group_id";

    #[derive(sqlx::FromRow)]
    struct Row {
        group_id: GroupId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(TOLD).fetch_all(connection).await)?;
    let mut told: Vec<ToldLine> = Vec::new();
    for row in rows {
        let sessions = chosen.iter().filter(|draft| draft.group == row.group_id).map(|draft| draft.line.sessions).sum();
        let Some(group) = chosen.iter().find(|draft| draft.group == row.group_id) else { continue };
        let of = (group.line.group.clone(), sessions);
        match told.last_mut().filter(|last| last.name.code == row.name.code) {
            Some(last) => last.of.push(of),
            None => told.push(ToldLine { name: row.name.into(), of: vec![of] }),
        }
    }
    Ok(told)
}

/// Every draft of the groups that meet and that the actor leads; of every group where they manage groups. By name.
async fn stored_drafts(moment: &mut Transaction, actor: &Actor) -> Result<Vec<Stored>, AppError> {
    const DRAFTS: &str = "\
SELECT n.id, n.group_id, n.number, n.version, n.starts_on, n.starts_time, n.length_minutes, n.every_weeks, n.every_months, n.month_place, n.until_on,
    n.times, n.horizon_on, n.skips, g.slug, g.name AS group_name, g.supervisor_id, p.code, p.title, p.given_name, p.family_name,
    EXISTS (
        SELECT 1
        FROM agreement a
        JOIN agreement_party y ON y.agreement_id = a.id
        WHERE a.group_id = g.id
            AND a.in_force_at IS NOT NULL
            AND a.ended_at IS NULL
            AND y.person_id = g.supervisor_id
            AND y.agreed_at IS NOT NULL
    ) AS has_agreement
FROM (
    SELECT id, group_id, version, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips,
        published_at, deleted_at, ROW_NUMBER() OVER (PARTITION BY group_id ORDER BY id) AS number
    FROM series
) n
JOIN supervision_group g ON g.id = n.group_id
JOIN person p ON p.id = g.supervisor_id
WHERE n.published_at IS NULL
    AND n.deleted_at IS NULL
    AND g.ended_at IS NULL
    AND (g.supervisor_id = $1 OR $2)
ORDER BY g.name_key, n.group_id, n.id";

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(DRAFTS)
        .bind(actor.person())
        .bind(actor.may(Permission::ManageGroups))
        .fetch_all(connection).await)?;
    rows.into_iter().map(|row| row.stored(actor)).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SeriesId,
    group_id: GroupId,
    number: i64,
    version: i64,
    #[sqlx(flatten)]
    pattern: PatternRow,
    horizon_on: Option<NaiveDate>,
    skips: Json<Vec<Skip>>,
    slug: String,
    group_name: String,
    supervisor_id: PersonId,
    #[sqlx(flatten)]
    supervisor: NameRow,
    has_agreement: bool,
}

impl Row {
    fn stored(self, actor: &Actor) -> Result<Stored, AppError> {
        let (pattern, length_minutes) = (self.pattern.pattern()?, self.pattern.length_minutes()?);
        let held = expand_pattern(&pattern, length_minutes, &self.skips.0, self.horizon_on);
        let readiness = match held.first() {
            Some(first) if first.starts_at > actor.now() && self.has_agreement => Readiness::Ready,
            Some(first) if first.starts_at > actor.now() => Readiness::NeedsAgreement,
            _ => Readiness::HasBegun,
        };
        let line = DraftLine {
            slug: self.slug,
            number: self.number,
            version: self.version,
            group: self.group_name,
            supervisor: self.supervisor.into(),
            words: in_words(&pattern, length_minutes),
            first: held.first().map(|first| first.local.date()),
            sessions: held.len(),
            readiness,
        };
        let planned = Planned { pattern, length_minutes, horizon: self.horizon_on, held, skips: self.skips.0 };
        Ok(Stored { id: self.id, group: self.group_id, supervisor: self.supervisor_id, planned, line })
    }
}
