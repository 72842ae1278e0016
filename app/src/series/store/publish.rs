//! Publishing a series: its sessions get an identity, and everybody in the group is told.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ::series::{Occurrence, Skip, expand_pattern};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::QueryBuilder;
use sqlx::types::Json;

use super::agreed::has_agreed;
use super::apart::refuse_where_apart;
use super::fits::{proposal_of, reader_of};
use super::open::OpenedSeries;
use super::plan::Planned;
use super::save::{audit, overtaken};
use crate::access::{Actor, System};
use crate::audit::record_by_system;
use crate::availability::store::{ProposedSession, keep_warned, refuse_or_warn, take_supervisors};
use crate::availability::{KeepReason, Reader};
use crate::database::{Transaction, code, on};
use crate::diaries::{Diary, News, PatternRow, Posting, diary_of};
use crate::error::{AppError, Problem};
use crate::groups::GroupId;
use crate::groups::store::take_group;
use crate::people::PersonId;
use crate::series::SeriesId;
use crate::series::forms::SeriesAddress;
use crate::series::letters::sessions_planned;

/// A draft that is about to be published, in a group that is taken.
pub(super) struct Draft<'a> {
    pub id: SeriesId,
    pub group: GroupId,
    /// What the group is called, for who publishes several at once.
    pub name: &'a str,
    pub supervisor: PersonId,
    pub version: i64,
    pub planned: &'a Planned,
    /// Why it is planned although something does not fit.
    pub reason: Option<KeepReason>,
}

/// Publishes a draft as it was shown.
pub async fn publish_series(actor: &Actor, series: &OpenedSeries, form: &SeriesAddress) -> Result<(), AppError> {
    let (shown, reason) = (form.shown_version(), KeepReason::of_key(&form.reason));
    if series.published_at().is_some() || series.version() != shown {
        return Err(overtaken(series));
    }
    let planned = Planned {
        pattern: *series.pattern(),
        length_minutes: series.length_minutes(),
        horizon: series.horizon_on(),
        held: series.held(),
        skips: series.skips().to_vec(),
    };
    let mut transaction = actor.begin().await?;
    let supervisor = take_group(&mut transaction, series.group().id()).await?;
    let draft = Draft {
        id: series.id(),
        group: series.group().id(),
        name: series.group().name(),
        supervisor,
        version: shown,
        planned: &planned,
        reason,
    };
    publish(&mut transaction, actor, &draft).await?;
    audit(&mut transaction, actor, "publish_series", series.id()).await?;
    transaction.commit().await
}

/// Makes the sessions and writes the messages. The group must be taken, and the audit entry is the caller's to add at the end.
pub(super) async fn publish(transaction: &mut Transaction, actor: &Actor, draft: &Draft<'_>) -> Result<(), AppError> {
    publish_together(transaction, actor, std::slice::from_ref(draft)).await
}

/// The same of several drafts: all of them or none, and one message to each person. Every group must be taken.
pub(super) async fn publish_together(transaction: &mut Transaction, actor: &Actor, drafts: &[Draft<'_>]) -> Result<(), AppError> {
    let publisher = Publisher { now: actor.now(), posting: Posting::by(actor), reader: reader_of(actor), keeper: Some(actor) };
    publish_by(transaction, publisher, drafts).await
}

/// Who publishes, and who is told what does not fit.
#[derive(Clone, Copy)]
struct Publisher<'a> {
    now: DateTime<Utc>,
    posting: Posting<'a>,
    reader: Reader,
    /// Who gives a reason for what only warns. The program gives none.
    keeper: Option<&'a Actor>,
}

/// Publishes the draft of a group on its own, where nothing is in the way: what needs a reason stays a draft until somebody gives one. Says
/// whether it was published.
pub async fn publish_by_itself(system: &System, group: GroupId) -> Result<bool, AppError> {
    const DRAFT: &str = "\
SELECT id, starts_on, starts_time, length_minutes, every_weeks, every_months, month_place, until_on, times, horizon_on, skips, version
FROM series
WHERE group_id = $1
    AND published_at IS NULL
    AND deleted_at IS NULL
ORDER BY id
LIMIT 1";

    let mut transaction = system.begin().await?;
    let supervisor = take_group(&mut transaction, group).await?;
    let row: Option<DraftRow> = on!(&mut transaction, connection => sqlx::query_as(DRAFT).bind(group).fetch_optional(connection).await)?;
    let Some(row) = row else { return Ok(false) };
    let (id, version, planned) = (row.id, row.version, row.planned()?);
    let draft = Draft { id, group, name: "", supervisor, version, planned: &planned, reason: None };
    let publisher = Publisher { now: system.now(), posting: Posting::by_itself(system), reader: Reader::Manager, keeper: None };
    match publish_by(&mut transaction, publisher, std::slice::from_ref(&draft)).await {
        Err(AppError::Conflict(_) | AppError::Invalid(_)) => return Ok(false),
        done => done?,
    }
    let entry = crate::audit::Entry { action: "publish_series", subject: "series", subject_id: Some(id.0), detail: "" };
    record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    id: SeriesId,
    #[sqlx(flatten)]
    pattern: PatternRow,
    horizon_on: Option<NaiveDate>,
    skips: Json<Vec<Skip>>,
    version: i64,
}

impl DraftRow {
    fn planned(self) -> Result<Planned, AppError> {
        let (pattern, length_minutes, skips) = (self.pattern.pattern()?, self.pattern.length_minutes()?, self.skips.0);
        let held = expand_pattern(&pattern, length_minutes, &skips, self.horizon_on);
        Ok(Planned { pattern, length_minutes, horizon: self.horizon_on, held, skips })
    }
}

async fn publish_by(transaction: &mut Transaction, publisher: Publisher<'_>, drafts: &[Draft<'_>]) -> Result<(), AppError> {
    let mut diaries: BTreeMap<GroupId, Diary<'_>> = BTreeMap::new();
    for draft in drafts {
        if let Entry::Vacant(place) = diaries.entry(draft.group) {
            place.insert(diary_of(transaction, draft.group, publisher.posting).await?);
        }
    }
    // Whoever plans for the same supervisors at this moment waits here, and is then told that the time is taken.
    take_supervisors(transaction, &drafts.iter().map(|draft| draft.supervisor).collect()).await?;
    let is_several = drafts.len() > 1;
    for draft in drafts {
        let made = make_sessions(transaction, publisher, draft).await;
        made.map_err(|refused| if is_several { said_of(draft.name, refused) } else { refused })?;
    }
    let mut news = Vec::new();
    for diary in diaries.into_values() {
        news.push(diary.news(transaction).await?);
    }
    let mut told: BTreeMap<PersonId, Vec<&Planned>> = BTreeMap::new();
    for draft in drafts {
        for person in everybody(transaction, draft).await? {
            told.entry(person).or_default().push(draft.planned);
        }
    }
    for (person, planned) in told {
        News::write_together(&news, transaction, &sessions_planned(person, &planned)).await?;
    }
    Ok(())
}

/// Of several drafts it is said which one is in the way.
fn said_of(name: &str, refused: AppError) -> AppError {
    match refused {
        AppError::Conflict(sentence) => AppError::Conflict(format!("{name}: {sentence}")),
        AppError::Invalid(problems) => AppError::Invalid(
            problems.into_iter().map(|problem| Problem { message: format!("{name}: {}", problem.message), ..problem }).collect(),
        ),
        other => other,
    }
}

/// Makes the sessions of a draft, whose supervisor is taken.
async fn make_sessions(transaction: &mut Transaction, publisher: Publisher<'_>, draft: &Draft<'_>) -> Result<(), AppError> {
    if draft.planned.held.first().is_none_or(|first| first.starts_at <= publisher.now) {
        let problem = "The first session of this series would have begun already. Change its dates, then publish it.";
        return Err(AppError::Conflict(problem.to_owned()));
    }
    refuse_where_apart(transaction, publisher.keeper, draft).await?;
    mark_published(transaction, publisher.now, draft).await?;
    promise(transaction, draft).await?;
    let proposal = proposal_of(draft.group, draft.supervisor, &draft.planned.held);
    let verdict = refuse_or_warn(transaction, publisher.reader, &proposal).await?;
    verdict.refuse_to_publish(draft.reason)?;
    let sessions: Vec<(&ProposedSession, &Occurrence)> = proposal.sessions.iter().zip(&draft.planned.held).collect();
    for rows in sessions.chunks(ROWS) {
        insert_sessions(transaction, draft, rows).await?;
    }
    if let Some((keeper, reason)) = publisher.keeper.zip(draft.reason) {
        keep_warned(transaction, keeper, &proposal, &verdict, reason).await?;
    }
    Ok(())
}

/// Takes the draft, if the group has an agreement in force that its present supervisor has agreed to, and nobody was quicker.
async fn mark_published(transaction: &mut Transaction, now: DateTime<Utc>, draft: &Draft<'_>) -> Result<(), AppError> {
    const PUBLISH: &str = concat!(
        "\
UPDATE series
SET published_at = $3, supervisor_id = $4, version = version + 1
WHERE id = $1
    AND version = $2
    AND published_at IS NULL
    AND deleted_at IS NULL
    AND ",
        has_agreed!("series.group_id", "$4")
    );

    let published = on!(&mut transaction, connection => sqlx::query(PUBLISH)
        .bind(draft.id)
        .bind(draft.version)
        .bind(now)
        .bind(draft.supervisor)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if published == 1 { Ok(()) } else { Err(why_not(transaction, draft).await?) }
}

/// What an agreement that was made before anything was planned promises is the rhythm of the first series.
async fn promise(transaction: &mut Transaction, draft: &Draft<'_>) -> Result<(), AppError> {
    const PROMISE: &str = "\
UPDATE agreement
SET promised_weeks = (SELECT every_weeks FROM series WHERE id = $1),
    promised_months = (SELECT every_months FROM series WHERE id = $1)
WHERE group_id = $2
    AND in_force_at IS NOT NULL
    AND ended_at IS NULL
    AND promised_weeks IS NULL
    AND promised_months IS NULL";

    on!(&mut transaction, connection => sqlx::query(PROMISE).bind(draft.id).bind(draft.group).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Why a draft was not published.
async fn why_not(transaction: &mut Transaction, draft: &Draft<'_>) -> Result<AppError, AppError> {
    const AGREEMENTS: &str = "\
SELECT COUNT(a.id), COUNT(p.agreed_at)
FROM agreement a
LEFT JOIN agreement_party p ON p.agreement_id = a.id AND p.person_id = $2
WHERE a.group_id = $1
    AND a.in_force_at IS NOT NULL
    AND a.ended_at IS NULL";

    let (in_force, agreed): (i64, i64) = on!(&mut transaction, connection => sqlx::query_as(AGREEMENTS)
        .bind(draft.group)
        .bind(draft.supervisor)
        .fetch_one(connection).await)?;
    let sentence = match (in_force, agreed) {
        (0, _) => {
            "This group has no agreement in force, so no session can be published. Nothing was published; a draft can be kept until everybody has agreed."
        }
        (_, 0) => {
            "The agreement needs the new supervisor’s agreement, so no session can be published yet. Nothing was published; a draft can be kept until then."
        }
        (_, _) => {
            "Somebody else changed, published or deleted this series a moment ago. Nothing was published; look at the group as it is now."
        }
    };
    Ok(AppError::Conflict(sentence.to_owned()))
}

/// Rows in one statement: a statement may have 32,766 values on SQLite.
const ROWS: usize = 500;

async fn insert_sessions(
    transaction: &mut Transaction,
    draft: &Draft<'_>,
    rows: &[(&ProposedSession, &Occurrence)],
) -> Result<(), AppError> {
    const SESSIONS: &str = "\
INSERT INTO session
    (id, code, group_id, series_id, slot, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_reason, version) ";

    let length_minutes = i64::from(draft.planned.length_minutes);
    on!(&mut transaction, connection => {
        let mut statement = QueryBuilder::new(SESSIONS);
        statement.push_values(rows, |mut values, (proposed, session)| {
            values
                .push_bind(proposed.id)
                .push_bind(code())
                .push_bind(draft.group)
                .push_bind(draft.id)
                .push_bind(session.local.date())
                .push_bind(draft.supervisor)
                .push_bind(session.local)
                .push_bind("Europe/London")
                .push_bind(length_minutes)
                .push_bind(session.starts_at)
                .push_bind(session.ends_at)
                .push_bind("")
                .push_bind(1_i64);
        });
        // Each length is a statement of its own, so keeping them would serve nobody.
        statement.build().persistent(false).execute(connection).await.map(|_| ())
    })?;
    Ok(())
}

/// The group's present members and its supervisor, each once.
async fn everybody(transaction: &mut Transaction, draft: &Draft<'_>) -> Result<Vec<PersonId>, AppError> {
    const EVERYBODY: &str = "\
SELECT person_id
FROM membership
WHERE group_id = $1
    AND left_on IS NULL
UNION
SELECT supervisor_id
FROM supervision_group
WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(EVERYBODY).bind(draft.group).fetch_all(connection).await)?)
}
