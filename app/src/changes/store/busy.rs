//! When a session cannot be held, or only with a reason: what has passed, and what the rules of availability would say of it there.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::open::SessionToChange;
use crate::access::Actor;
use crate::availability::store::{ShutTime, StoredSession, shut_to_new, shut_to_stored};
use crate::availability::{Level, MeetingId};
use crate::changes::answers::BusyLine;
use crate::error::AppError;
use crate::series::store::reader_of;
use crate::ui::clock_time;

/// Every stretch of some days at which the session cannot be held. Who of the members is elsewhere, and where, is not said.
pub async fn busy_times(actor: &Actor, session: &SessionToChange, days: (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    let opened = session.opened();
    let stored = StoredSession {
        meeting: MeetingId(opened.id().0),
        group: opened.group(),
        kind: opened.kind(),
        supervisor: (opened.supervisor(), opened.supervisor_name()),
    };
    let mut moment = actor.database().snapshot().await?;
    let shut = shut_to_stored(&mut moment, reader_of(actor), stored, days).await?;
    Ok(lines(actor, days, &shut))
}

/// When the actor cannot hold a session that is yet to be planned.
pub async fn own_busy_times(actor: &Actor, days: (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let shut = shut_to_new(&mut moment, actor.person(), days).await?;
    Ok(lines(actor, days, &shut))
}

/// What has passed of some days, and what of them is shut.
fn lines(actor: &Actor, (first, last): (NaiveDate, NaiveDate), shut: &[ShutTime]) -> Vec<BusyLine> {
    let passed = ShutTime {
        starts: first.and_time(NaiveTime::MIN),
        ends: ::series::local(actor.now()).min((last + Days::new(1)).and_time(NaiveTime::MIN)),
        why: "it has passed".to_owned(),
        level: Level::Block,
    };
    [&passed].into_iter().chain(shut).flat_map(by_day).filter(|line| (first..=last).contains(&line.date)).collect()
}

/// A stretch of time as its part of each day.
fn by_day(time: &ShutTime) -> Vec<BusyLine> {
    let ShutTime { starts, ends, why, level } = time;
    let midnight = |date: NaiveDate| -> NaiveDateTime { date.and_time(NaiveTime::MIN) };
    let days = starts.date().iter_days().take_while(|date| midnight(*date) < *ends);
    let line = |date: NaiveDate| BusyLine {
        date,
        from: if date == starts.date() { clock_time(starts.time()) } else { "00:00".to_owned() },
        to: if date == ends.date() { clock_time(ends.time()) } else { "24:00".to_owned() },
        why: why.clone(),
        needs_reason: *level == Level::Warn,
    };
    days.map(line).collect()
}
