//! What the page of a series reads.

use chrono::NaiveDateTime;

use super::fits::verdict_of;
use super::open::OpenedSeries;
use super::plan::group_name;
use crate::access::Actor;
use crate::availability::Verdict;
use crate::database::on;
use crate::error::AppError;
use crate::groups::Relation;
use crate::groups::store::OpenedGroup;
use crate::series::answers::{DateLine, Plan, SeriesPage};
use crate::series::words::{clock_changes, in_order, in_words, plan_of, skipped_lines};

/// A series with its dates: those that the pattern gives while it is a draft, its sessions once it is published.
pub async fn series_page(actor: &Actor, series: &OpenedSeries) -> Result<SeriesPage, AppError> {
    let plan = match series.published_at() {
        None => plan_of(series.pattern(), series.length_minutes(), (&series.held(), series.skips())),
        Some(_) => plan_of_sessions(actor, series).await?,
    };
    let group = series.group();
    let verdict = if series.published_at().is_none() {
        verdict_of(actor, group.id(), group.supervisor(), &series.held()).await?
    } else {
        Verdict::default()
    };
    Ok(SeriesPage {
        verdict,
        group: group_name(actor, series.group()).await?,
        number: series.number(),
        version: series.version(),
        published_on: series.published_at().map(|moment| ::series::local(moment).date()),
        may_plan: series.group().may_be_planned(),
        plan,
    })
}

async fn plan_of_sessions(actor: &Actor, series: &OpenedSeries) -> Result<Plan, AppError> {
    const SESSIONS: &str = "\
SELECT code, starts_local, cancelled_at IS NOT NULL AS is_cancelled
FROM session
WHERE series_id = $1
ORDER BY starts_at, id";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        starts_local: NaiveDateTime,
        is_cancelled: bool,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(SESSIONS).bind(series.id()).fetch_all(pool).await)?;
    let clocks = match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => clock_changes(first.starts_local.date(), last.starts_local.date()),
        _ => String::new(),
    };
    let sessions = rows.into_iter().map(|row| DateLine {
        session: may_open(series.group(), row.starts_local).then_some(row.code),
        starts: row.starts_local,
        skipped: None,
        is_cancelled: row.is_cancelled,
    });
    let dates = in_order(sessions.chain(skipped_lines(series.pattern(), series.skips())));
    Ok(Plan { words: in_words(series.pattern(), series.length_minutes()), dates, clocks })
}

/// Members open the sessions since they joined; whoever leads or manages the group opens all of them.
fn may_open(group: &OpenedGroup, starts: NaiveDateTime) -> bool {
    match group.relation() {
        Relation::Member => group.member_since().is_some_and(|joined_on| starts.date() >= joined_on),
        Relation::Supervisor | Relation::Manager => true,
    }
}
