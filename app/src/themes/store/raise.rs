//! Raising a theme, and seeing what became of it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Actor;
use crate::database::{code, new_id, on};
use crate::error::AppError;
use crate::themes::answers::{Decision, OwnTheme};
use crate::themes::forms::NewTheme;
use crate::themes::model::{Outcome, ThemeId};

/// Raises a theme. Who raised it is kept where they want to be told, and no group is. The audit log is told nothing: it would name whoever
/// raised it, with the second at which they did.
pub async fn raise(actor: &Actor, theme: &NewTheme) -> Result<(), AppError> {
    const RAISE: &str = "\
INSERT INTO raised_theme (id, code, raised_by, raised_on, words, groups_met, intervention)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(RAISE)
        .bind(ThemeId(new_id()))
        .bind(code())
        .bind(theme.is_to_be_told.then(|| actor.person()))
        .bind(::series::local(actor.now()).date())
        .bind(&theme.words)
        .bind(theme.groups_met)
        .bind(theme.intervention)
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// Deletes a theme of the actor's that nobody has gathered yet.
pub async fn withdraw(actor: &Actor, code: &str) -> Result<(), AppError> {
    const WITHDRAW: &str = "DELETE FROM raised_theme WHERE code = $1 AND raised_by = $2 AND gathered_id IS NULL";

    let mut transaction = actor.begin().await?;
    let withdrawn = on!(&mut transaction, connection => sqlx::query(WITHDRAW)
        .bind(code)
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if withdrawn == 0 {
        return Err(AppError::Conflict(
            "The theme was gathered in the meantime, or is withdrawn already. Look at the page as it is now.".to_owned(),
        ));
    }
    transaction.commit().await
}

/// The themes that the actor raised and wants to be told of, the latest first.
pub async fn themes_of(actor: &Actor) -> Result<Vec<OwnTheme>, AppError> {
    const OWN: &str = "\
SELECT t.code, t.raised_on, t.words, g.title, g.outcome, g.outcome_words, g.outcome_address, g.decided_at
FROM raised_theme t
LEFT JOIN gathered_theme g ON g.id = t.gathered_id
WHERE t.raised_by = $1
ORDER BY t.raised_on DESC, t.id DESC";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        raised_on: NaiveDate,
        words: String,
        title: Option<String>,
        outcome: Option<Outcome>,
        outcome_words: Option<String>,
        outcome_address: Option<String>,
        decided_at: Option<DateTime<Utc>>,
    }

    let rows: Vec<Row> = on!(actor.database(), pool => sqlx::query_as(OWN).bind(actor.person()).fetch_all(pool).await)?;
    let own = |row: Row| OwnTheme {
        code: row.code,
        raised_on: row.raised_on,
        words: row.words,
        gathered: row.title,
        decision: row.outcome.zip(row.decided_at).map(|(outcome, at)| Decision {
            outcome,
            words: row.outcome_words.unwrap_or_default(),
            address: row.outcome_address.unwrap_or_default(),
            on: ::series::local(at).date(),
        }),
    };
    Ok(rows.into_iter().map(own).collect())
}
