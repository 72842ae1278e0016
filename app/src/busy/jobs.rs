//! Reading the other calendars, one at a time. Several processes may do so at once.

use std::collections::BTreeSet;
use std::future::Future;

use calendar_files::{Identity, NotRead, busy_times};
use chrono::TimeDelta;

use super::address::CalendarAddress;
use super::model::Outcome;
use super::store::{Due, note_outcome, own_identities, store_blocks, take_due};
use crate::access::System;
use crate::error::AppError;

/// How far ahead busy times are kept; what is over is of no use.
const AHEAD: TimeDelta = TimeDelta::days(366);
/// How many are read in one round, so that a round ends.
const MOST_IN_A_ROUND: u64 = 50;

/// Why nothing came from an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFetched {
    /// Nothing answered, or not in time; or the address is on an internal network, which looks the same from outside.
    NotReached,
    /// It answered with something else than a calendar.
    Refused,
    /// It sends on to another place.
    SentElsewhere,
    /// It goes on for too long.
    TooLarge,
}

impl From<NotFetched> for Outcome {
    fn from(why: NotFetched) -> Self {
        match why {
            NotFetched::NotReached => Self::NotReached,
            NotFetched::Refused => Self::Refused,
            NotFetched::SentElsewhere => Self::SentElsewhere,
            NotFetched::TooLarge => Self::TooLarge,
        }
    }
}

/// Reads every other calendar that is due. Answers how many were tried. `fetch` answers what stands at an address.
pub async fn read_other_calendars<F>(system: &System, fetch: impl Fn(CalendarAddress) -> F) -> Result<u64, AppError>
where
    F: Future<Output = Result<Vec<u8>, NotFetched>>,
{
    let mut tried = 0_u64;
    while tried < MOST_IN_A_ROUND
        && let Some(due) = take_due(system).await?
    {
        tried = tried.saturating_add(1);
        match fetch(due.address.clone()).await {
            Ok(content) => read(system, &due, content).await?,
            Err(why) => note_outcome(system, &due, why.into()).await?,
        }
    }
    Ok(tried)
}

async fn read(system: &System, due: &Due, content: Vec<u8>) -> Result<(), AppError> {
    let now = system.now();
    // An invitation of ours stands in it too once it is accepted.
    let ours: BTreeSet<Identity> = own_identities(system, due.person).await?;
    // It may take a while, and others are to be answered meanwhile.
    let found = tokio::task::spawn_blocking(move || busy_times(&content, (now, now + AHEAD), &ours)).await;
    match found {
        Ok(Ok(found)) => store_blocks(system, due, &found).await,
        Ok(Err(NotRead::TooMuch)) => note_outcome(system, due, Outcome::TooLarge).await,
        Ok(Err(NotRead::NotACalendar)) | Err(_) => note_outcome(system, due, Outcome::NotACalendar).await,
    }
}
