//! Cancelling an event.

use calendar_files::Method;

use super::change::audit;
use super::fit::forget_beside;
use super::lapse::let_lapse_before;
use super::open::{TakenEvent, open_to_keep, taken};
use super::places::{Posting, answered};
use crate::access::Actor;
use crate::availability::store::take_supervisor;
use crate::database::on;
use crate::error::AppError;
use crate::events::letters::event_cancelled;
use crate::events::model::CancelledBecause;
use crate::messages::queue_with_calendars;

/// Cancels a published event that is not over, for everybody; whoever has a place or waits is told why, and their calendars follow. A second press finds it
/// done.
pub async fn cancel_event(actor: &Actor, code: &str, reason: CancelledBecause) -> Result<(), AppError> {
    const CANCEL: &str = concat!(
        "\
UPDATE event
SET cancelled_at = $2, cancelled_reason = $3, version = version + 1
WHERE id = $1
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL
    AND marked_at IS NULL
    AND ends_at > $2",
        taken!()
    );

    let opened = open_to_keep(actor, code).await?;
    if opened.row.cancelled().is_some() {
        return Ok(());
    }
    let mut transaction = actor.begin().await?;
    let cancelled: Option<TakenEvent> = on!(&mut transaction, connection => sqlx::query_as(CANCEL)
        .bind(opened.row.id)
        .bind(actor.now())
        .bind(reason)
        .fetch_optional(connection).await)?;
    let event = cancelled.ok_or_else(|| AppError::Conflict("This event is a draft or over, so it is not cancelled.".to_owned()))?;
    let_lapse_before(&mut transaction, actor, &event).await?;
    take_supervisor(&mut transaction, event.host_id).await?;
    forget_beside(&mut transaction, &event).await?;
    let file = event.file(Method::Cancel, Posting { now: actor.now(), origin: actor.origin() });
    let host = (event.host_id != actor.person()).then_some((event.host_id, false));
    for (person, has_place) in answered(&mut transaction, &event).await?.into_iter().chain(host) {
        let letter = event_cancelled(person, event.about(), reason);
        let files: &[String] = if has_place { std::slice::from_ref(&file) } else { &[] };
        queue_with_calendars(&mut transaction, &letter, files, actor.now()).await?;
    }
    audit(&mut transaction, actor, "cancel_event", event.id).await?;
    transaction.commit().await
}
