//! The improvement log.

use chrono::NaiveDate;

use crate::access::{Actor, Permission};
use crate::audit;
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::spaces::store::topic_votes;
use crate::themes::answers::{ImprovementLine, Improvements};
use crate::themes::forms::NewImprovement;
use crate::themes::model::{GatheredId, ImprovementId, at_least_fewest};

/// A line to be stored.
pub(super) struct Line<'a> {
    pub gathered: Option<GatheredId>,
    pub heard: &'a str,
    pub changed: &'a str,
    pub changed_on: NaiveDate,
}

/// Stores a line, and answers which it is.
pub(super) async fn insert(transaction: &mut Transaction, line: Line<'_>) -> Result<ImprovementId, AppError> {
    const INSERT: &str = "INSERT INTO improvement (id, code, gathered_id, changed_on, heard, changed) VALUES ($1, $2, $3, $4, $5, $6)";

    let id = ImprovementId(new_id());
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(code())
        .bind(line.gathered)
        .bind(line.changed_on)
        .bind(line.heard)
        .bind(line.changed)
        .execute(connection).await.map(|_| ()))?;
    Ok(id)
}

/// Adds a line that comes of no theme.
pub async fn add_improvement(actor: &Actor, line: &NewImprovement) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let line = Line { gathered: None, heard: &line.heard, changed: &line.changed, changed_on: line.changed_on };
    let id = insert(&mut transaction, line).await?;
    let entry = audit::Entry { action: "add_improvement", subject: "improvement", subject_id: Some(id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// How many lines the page shows: those of several years.
const LINES: i64 = 100;

/// The log, the latest first.
pub async fn improvements(actor: &Actor) -> Result<Improvements, AppError> {
    const LOG: &str = "\
SELECT i.changed_on, i.heard, i.changed, CAST(SUM(t.groups_met) AS BIGINT) AS groups_met
FROM improvement i
LEFT JOIN raised_theme t ON t.gathered_id = i.gathered_id
GROUP BY i.id, i.changed_on, i.heard, i.changed
ORDER BY i.changed_on DESC, i.id DESC
LIMIT $1";

    let rows: Vec<(NaiveDate, String, String, Option<i64>)> =
        on!(actor.database(), pool => sqlx::query_as(LOG).bind(LINES).fetch_all(pool).await)?;
    let line = |(changed_on, heard, changed, groups_met): (NaiveDate, String, String, Option<i64>)| ImprovementLine {
        changed_on,
        heard,
        changed,
        groups_met: groups_met.map(at_least_fewest),
    };
    Ok(Improvements {
        lines: rows.into_iter().map(line).collect(),
        may_add: actor.may(Permission::GatherThemes),
        today: ::series::local(actor.now()).date(),
        votes: if actor.may(Permission::UseCommunity) { topic_votes(actor).await? } else { Vec::new() },
    })
}
