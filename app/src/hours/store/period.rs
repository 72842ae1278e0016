//! From when until when somebody's registration runs.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::hours::model::Span;

/// Whose hours they are.
pub(super) struct Whose {
    /// Their whole name.
    pub name: String,
    /// Their profession; may be empty.
    pub profession: String,
    /// The time of registration that they have chosen.
    pub chosen: Option<Span>,
}

/// The actor, as the sheet for a register names them.
pub(super) async fn whose(actor: &Actor, moment: &mut Transaction) -> Result<Whose, AppError> {
    const WHOSE: &str = "\
SELECT p.title, p.given_name, p.family_name, p.profession, r.starts_on, r.ends_on
FROM person p
LEFT JOIN registration_period r ON r.person_id = p.id
WHERE p.id = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        title: String,
        given_name: String,
        family_name: String,
        profession: String,
        starts_on: Option<NaiveDate>,
        ends_on: Option<NaiveDate>,
    }

    let row: Row = on!(&mut moment, connection => sqlx::query_as(WHOSE).bind(actor.person()).fetch_one(connection).await)?;
    let parts = [row.title, row.given_name, row.family_name];
    Ok(Whose {
        name: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        profession: row.profession,
        chosen: row.starts_on.zip(row.ends_on).map(|(from, to)| Span { from, to }),
    })
}

/// Keeps the time for which the actor counts their hours.
pub async fn choose_period(actor: &Actor, period: Span) -> Result<(), AppError> {
    const CHOOSE: &str = "\
INSERT INTO registration_period (person_id, starts_on, ends_on)
VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE
SET starts_on = excluded.starts_on, ends_on = excluded.ends_on";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(CHOOSE)
        .bind(actor.person())
        .bind(period.from)
        .bind(period.to)
        .execute(connection).await.map(|_| ()))?;
    let entry = audit::Entry { action: "choose_registration_period", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
