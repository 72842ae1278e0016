//! What the program does for events on its own.

use super::store::{events_to_follow, events_to_remind_of, forget_past_reminders, let_places_lapse, remind};
use crate::access::System;
use crate::error::AppError;
use crate::reminders::every_lead;

/// Reminds whoever has a place at an event that is near, and its host, each at the times that they chose for sessions. Says how many messages were written.
///
/// Safe to run in several processes at once: each event is taken by one of them.
pub async fn remind_of_events(system: &System) -> Result<u64, AppError> {
    let mut written = 0_u64;
    for hours in every_lead() {
        for due in events_to_remind_of(system, hours).await? {
            written = written.saturating_add(remind(system, due).await?);
        }
    }
    Ok(written)
}

/// Forgets the reminders of events that have begun.
pub async fn forget_event_reminders(system: &System) -> Result<u64, AppError> {
    forget_past_reminders(system).await
}

/// Writes down the places that lapsed with what they followed from, and tells whoever had them and whoever has them now. Says how many people there were.
///
/// Until then nothing depends on when this runs: whoever reads or answers an event finds a lapsed place gone, and given on. Once an event has begun this is
/// done a last time, by the program or by whoever writes down first who came, and from then on the answers stand as they are.
pub async fn let_places_follow(system: &System) -> Result<u64, AppError> {
    let mut lapsed = 0_u64;
    for event in events_to_follow(system).await? {
        lapsed = lapsed.saturating_add(let_places_lapse(system, event).await?);
    }
    Ok(lapsed)
}
