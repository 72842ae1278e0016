//! Gathering what belongs together. No statement here reads who raised a theme, but for how many there are to tell.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code as new_code, new_id, on};
use crate::error::AppError;
use crate::themes::answers::{Decision, Gathered, GatheredLine, RaisedLine, Themes};
use crate::themes::forms::GatherForm;
use crate::themes::model::{GatheredId, Outcome, Work};

#[derive(sqlx::FromRow)]
struct RaisedRow {
    code: String,
    raised_on: NaiveDate,
    words: String,
    groups_met: i64,
    intervention: Work,
}

impl From<RaisedRow> for RaisedLine {
    fn from(row: RaisedRow) -> Self {
        let RaisedRow { code, raised_on, words, groups_met, intervention } = row;
        // The day would tell who raised it, with what else is known of that day.
        Self { code, raised_in: raised_on.with_day(1).unwrap_or(raised_on), words, groups_met, intervention }
    }
}

/// Themes by the month in which they were raised, the latest first; within a month in no order that says anything.
fn by_month(rows: Vec<RaisedRow>) -> Vec<RaisedLine> {
    let mut lines: Vec<RaisedLine> = rows.into_iter().map(RaisedLine::from).collect();
    lines.sort_by(|one, other| other.raised_in.cmp(&one.raised_in).then_with(|| one.code.cmp(&other.code)));
    lines
}

/// What waits to be gathered, and what was.
pub async fn themes_list(actor: &Actor) -> Result<Themes, AppError> {
    const RAISED: &str = "\
SELECT t.code, t.raised_on, t.words, t.groups_met, t.intervention
FROM raised_theme t
WHERE t.gathered_id IS NULL";
    const GATHERED: &str = "\
SELECT g.code, g.title, COUNT(t.id) AS themes, CAST(COALESCE(SUM(t.groups_met), 0) AS BIGINT) AS groups_met, g.outcome
FROM gathered_theme g
LEFT JOIN raised_theme t ON t.gathered_id = g.id
GROUP BY g.id, g.code, g.title, g.outcome, g.gathered_at
ORDER BY g.outcome IS NOT NULL, g.gathered_at DESC, g.code";

    let moment = &mut actor.database().snapshot().await?;
    let raised: Vec<RaisedRow> = on!(&mut moment, connection => sqlx::query_as(RAISED).fetch_all(connection).await)?;
    let gathered: Vec<(String, String, i64, i64, Option<Outcome>)> =
        on!(&mut moment, connection => sqlx::query_as(GATHERED).fetch_all(connection).await)?;
    let line = |(code, title, themes, groups_met, outcome)| GatheredLine { code, title, themes, groups_met, outcome };
    Ok(Themes { raised: by_month(raised), gathered: gathered.into_iter().map(line).collect() })
}

/// Puts themes under one title: a new one, or that of a gathered theme which is not decided. Answers its part of the address.
pub async fn gather(actor: &Actor, form: &GatherForm, title: Option<&str>) -> Result<String, AppError> {
    const INTO: &str = "UPDATE gathered_theme SET version = version + 1 WHERE code = $1 AND outcome IS NULL RETURNING id";
    const MAKE: &str = "\
INSERT INTO gathered_theme (id, code, title, gathered_at, outcome_words, outcome_address, version)
VALUES ($1, $2, $3, $4, '', '', 1)";
    const GATHER: &str = "UPDATE raised_theme SET gathered_id = $2 WHERE code = $1 AND gathered_id IS NULL";

    let mut transaction = actor.begin().await?;
    let (id, code) = if let Some(title) = title {
        let (id, code) = (GatheredId(new_id()), new_code());
        on!(&mut transaction, connection => sqlx::query(MAKE)
            .bind(id)
            .bind(&code)
            .bind(title)
            .bind(actor.now())
            .execute(connection).await.map(|_| ()))?;
        (id, code)
    } else {
        let id: Option<GatheredId> =
            on!(&mut transaction, connection => sqlx::query_scalar(INTO).bind(&form.into).fetch_optional(connection).await)?;
        (id.ok_or_else(overtaken)?, form.into.clone())
    };
    for chosen in &form.chosen {
        let gathered = on!(&mut transaction, connection => sqlx::query(GATHER)
            .bind(chosen)
            .bind(id)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if gathered == 0 {
            return Err(overtaken());
        }
    }
    audit(&mut transaction, actor, "gather_themes", id).await?;
    transaction.commit().await?;
    Ok(code)
}

fn overtaken() -> AppError {
    AppError::Conflict("One of these was gathered, withdrawn or decided a moment ago. Look at the list as it is now.".to_owned())
}

pub(super) async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: GatheredId) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "gathered_theme", subject_id: Some(id.0), detail: "" }).await
}

/// Takes a theme out of what it was gathered with, as long as that is not decided. What has no theme any more is removed.
pub async fn take_out(actor: &Actor, code: &str) -> Result<(), AppError> {
    const WHERE: &str = "\
SELECT g.id
FROM raised_theme t
JOIN gathered_theme g ON g.id = t.gathered_id
WHERE t.code = $1";
    const HOLD: &str = "UPDATE gathered_theme SET version = version + 1 WHERE id = $1 AND outcome IS NULL RETURNING id";
    const TAKE_OUT: &str = "UPDATE raised_theme SET gathered_id = NULL WHERE code = $1 AND gathered_id = $2";
    const REMOVE: &str = "DELETE FROM gathered_theme WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM raised_theme t WHERE t.gathered_id = $1)";

    let mut transaction = actor.begin().await?;
    let id: Option<GatheredId> =
        on!(&mut transaction, connection => sqlx::query_scalar(WHERE).bind(code).fetch_optional(connection).await)?;
    let id = id.ok_or(AppError::NotFound)?;
    let held: Option<GatheredId> = on!(&mut transaction, connection => sqlx::query_scalar(HOLD).bind(id).fetch_optional(connection).await)?;
    let id = held.ok_or_else(overtaken)?;
    on!(&mut transaction, connection => sqlx::query(TAKE_OUT).bind(code).bind(id).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(REMOVE).bind(id).execute(connection).await.map(|_| ()))?;
    audit(&mut transaction, actor, "take_theme_out", id).await?;
    transaction.commit().await
}

/// A gathered theme with everybody's words.
pub async fn gathered(actor: &Actor, code: &str) -> Result<Gathered, AppError> {
    const GATHERED: &str = "\
SELECT g.id, g.title, g.version, g.outcome, g.outcome_words, g.outcome_address, g.decided_at, i.heard, i.changed_on,
    (SELECT COUNT(DISTINCT t.raised_by) FROM raised_theme t WHERE t.gathered_id = g.id) AS to_tell
FROM gathered_theme g
LEFT JOIN improvement i ON i.gathered_id = g.id
WHERE g.code = $1";
    const THEMES: &str = "\
SELECT t.code, t.raised_on, t.words, t.groups_met, t.intervention
FROM raised_theme t
WHERE t.gathered_id = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: GatheredId,
        title: String,
        version: i64,
        outcome: Option<Outcome>,
        outcome_words: String,
        outcome_address: String,
        decided_at: Option<DateTime<Utc>>,
        heard: Option<String>,
        changed_on: Option<NaiveDate>,
        to_tell: i64,
    }

    let moment = &mut actor.database().snapshot().await?;
    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(GATHERED).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let themes: Vec<RaisedRow> = on!(&mut moment, connection => sqlx::query_as(THEMES).bind(row.id).fetch_all(connection).await)?;
    Ok(Gathered {
        code: code.to_owned(),
        version: row.version,
        title: row.title,
        today: ::series::local(actor.now()).date(),
        themes: by_month(themes),
        decision: row.outcome.zip(row.decided_at).map(|(outcome, at)| Decision {
            outcome,
            words: row.outcome_words,
            address: row.outcome_address,
            on: ::series::local(at).date(),
        }),
        improvement: row.heard.zip(row.changed_on),
        to_tell: row.to_tell,
    })
}
