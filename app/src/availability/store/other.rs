//! Whether people are free to lead what is no supervision session: the hook for events.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use super::known::{Whose, known_for};
use super::rules::levels;
use crate::availability::{ClashKind, Level, Meeting, MeetingId, judge_other};
use crate::database::Transaction;
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;

/// The rules that each of some people would break if they led something between two moments, each with its level and the most serious first. Whoever would
/// break none is left out, and so is what is not looked at. That the Centre is closed is as true whoever leads it.
///
/// Ask within the transaction that keeps what follows, after [`take_supervisor`](fn@super::take_supervisor), for the answer still to hold then.
pub async fn rules_broken(
    moment: &mut Transaction,
    people: &[PersonId],
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<PersonId, Vec<(Level, ClashKind)>>, AppError> {
    let day = |at| ::series::local(at).date();
    let whose = if let [one] = people { Whose::Supervisor(*one) } else { Whose::Everybody };
    let known = known_for(moment, whose, day(starts_at), day(ends_at) + Days::new(1)).await?;
    let levels = levels(moment).await?;
    let broken_by = |person: &PersonId| {
        let meeting = Meeting {
            id: MeetingId(Uuid::nil()),
            code: None,
            group: GroupId(Uuid::nil()),
            group_name: String::new(),
            kind: GroupKind::Group,
            supervisor: *person,
            starts_at,
            ends_at,
        };
        let kinds = judge_other(&meeting, &known).into_iter().map(|clash| clash.cause.kind()).filter(|kind| *kind != ClashKind::Closed);
        let level = |kind: ClashKind| levels.get(&kind).copied().unwrap_or(kind.usual_level());
        let mut broken: Vec<(Level, ClashKind)> =
            kinds.map(|kind| (level(kind), kind)).filter(|(level, _)| *level != Level::Ignore).collect();
        broken.sort_unstable();
        (*person, broken)
    };
    Ok(people.iter().map(broken_by).filter(|(_, broken)| !broken.is_empty()).collect())
}
