//! Taking a change back, exactly.

use std::collections::BTreeSet;

use ::series::timetable::{Delta, RowChange, SeriesKey, UndoProblem};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use sqlx::types::Json;
use uuid::Uuid;

use super::apart::why_not_given;
use super::fits::{judged, take_hosts};
use super::wish::Outcome;
use super::write::{Write, uuid};
use crate::access::{Actor, Permission};
use crate::audit::{Entry, record};
use crate::availability::store::{Kept, put_back};
use crate::changes::letters::sessions_put_back;
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_with, series_to_edit};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::take_group;
use crate::messages::take_back;
use crate::people::PersonId;
use crate::series::store::reader_of;

/// For how long a change is kept, so that it can be undone.
pub(super) const KEPT: TimeDelta = TimeDelta::hours(24);

/// A change that was taken back.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The code of the session that had been in hand.
    pub session: String,
    /// The day on which it is held again.
    pub day: NaiveDate,
    was_told: bool,
}

impl Undone {
    /// What the person is told.
    pub fn notice(&self) -> &'static str {
        if self.was_told {
            "It is as it was before. Those who had been told of the change are told so."
        } else {
            "It is as it was before. Nobody had been told of the change."
        }
    }
}

/// Takes a change back that the actor made, unless somebody has changed the same since, or a session has begun.
pub async fn undo_change(actor: &Actor, change: &str) -> Result<Undone, AppError> {
    const CHANGE: &str = "\
SELECT c.group_id, c.session_id, c.delta, c.kept, s.code, s.starts_local
FROM series_change c
JOIN supervision_group g ON g.id = c.group_id
JOIN session s ON s.id = c.session_id
WHERE c.id = $1
    AND c.made_by = $2
    AND c.made_at > $3
    AND c.undone_at IS NULL
    AND (g.supervisor_id = $2 OR s.supervisor_id = $2 OR $4)";

    #[derive(sqlx::FromRow)]
    struct Row {
        group_id: GroupId,
        session_id: Uuid,
        delta: Json<Delta>,
        kept: Json<Vec<Kept>>,
        code: String,
        starts_local: NaiveDateTime,
    }

    let id: Uuid = change.parse().map_err(|_| AppError::NotFound)?;
    let mut transaction = actor.begin().await?;
    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(CHANGE)
        .bind(id)
        .bind(actor.person())
        .bind(actor.now() - KEPT)
        .bind(actor.may(Permission::ManageGroups))
        .fetch_optional(connection).await)?;
    let Row { group_id: group, session_id: session, delta: Json(delta), kept: Json(kept), code, starts_local } =
        row.ok_or_else(too_late)?;
    let supervisor = take_group(&mut transaction, group).await?;
    mark_undone(&mut transaction, actor, id).await?;
    let rows = series_to_edit(&mut transaction, &series_of(&delta)).await?;
    let inverse = rows.timetable.undo(&delta, actor.now()).map_err(refused)?;
    refuse_taken(&mut transaction, actor, (group, supervisor), &inverse).await?;
    put_back(&mut transaction, &kept).await?;
    Write { group, rows: &rows, delta: &inverse, now: actor.now() }.run(&mut transaction).await?;
    let told = take_back(&mut transaction, id).await?;
    let news = diary_with(&mut transaction, (group, rows.timetable.clone()), Posting::by(actor)).await?.news_of(&inverse)?;
    let (own, others): (Vec<PersonId>, Vec<PersonId>) = told.into_iter().partition(|person| *person == actor.person());
    for person in &others {
        news.write(&mut transaction, &sessions_put_back(*person)).await?;
    }
    if let Some(letter) = own.first().and_then(|own| news.to_the_one_who_acts(*own)) {
        news.write(&mut transaction, &letter).await?;
    }
    record(&mut transaction, actor, Entry { action: "undo_change", subject: "session", subject_id: Some(session), detail: "" }).await?;
    transaction.commit().await?;
    let put_back = inverse.sessions.iter().filter_map(RowChange::after).find(|row| uuid(row.key.0) == session);
    let day = put_back.map_or(starts_local, |row| row.starts).date();
    Ok(Undone { session: code, day, was_told: !others.is_empty() })
}

/// What was there before may be taken by now, or whoever led it may not meet somebody who comes.
async fn refuse_taken(
    transaction: &mut Transaction,
    actor: &Actor,
    (group, supervisor): (GroupId, PersonId),
    inverse: &Delta,
) -> Result<(), AppError> {
    let no_longer =
        |why: &str| AppError::Conflict(format!("This can no longer be undone, since what was before does not fit any more. {why}"));
    let outcome = Outcome { delta: inverse.clone(), ..Outcome::default() };
    if let Some(why) = why_not_given(transaction, actor, (group, supervisor), &outcome).await? {
        return Err(no_longer(&why));
    }
    take_hosts(transaction, group, &outcome).await?;
    let verdict = judged(transaction, reader_of(actor), group, &outcome).await?.verdict;
    verdict.refuse_to_save().map_err(|refused| no_longer(&refused.to_string()))
}

/// Two presses at once undo once.
async fn mark_undone(transaction: &mut Transaction, actor: &Actor, id: Uuid) -> Result<(), AppError> {
    const UNDO: &str = "UPDATE series_change SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    let undone = on!(&mut transaction, connection => sqlx::query(UNDO)
        .bind(id)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if undone == 1 { Ok(()) } else { Err(too_late()) }
}

/// Every series that a change touched, also one that it made.
fn series_of(delta: &Delta) -> BTreeSet<SeriesKey> {
    let own = delta.series.iter().filter_map(|change| change.before().or(change.after())).map(|series| series.key);
    let of_sessions = delta.sessions.iter().flat_map(|change| [change.before(), change.after()]).flatten().map(|session| session.series);
    own.chain(of_sessions).collect()
}

fn too_late() -> AppError {
    AppError::Conflict("This change was undone already, or it is too long ago. Look at the sessions as they are now.".to_owned())
}

fn refused(problem: UndoProblem) -> AppError {
    AppError::Conflict(problem.to_string())
}
