//! When a session cannot be held, or only with a reason: what has passed, and what the rules of availability would say of it there.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::apart::{KeptFrom, kept_from};
use super::open::SessionToChange;
use crate::access::{Actor, Permission};
use crate::availability::store::{ShutTime, StoredSession, shut_to_leaders, shut_to_new, shut_to_stored};
use crate::availability::{Level, MeetingId};
use crate::changes::answers::BusyLine;
use crate::error::AppError;
use crate::series::store::reader_of;
use crate::sessions::store::OpenedSession;
use crate::ui::clock_time;

/// Every stretch of some days at which the session cannot be held. Who of the members is elsewhere, and where, is not said.
pub async fn busy_times(actor: &Actor, session: &SessionToChange, days: (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    let opened = session.opened();
    let mut moment = actor.database().snapshot().await?;
    let shut = shut_to_stored(&mut moment, reader_of(actor), stored(opened), days).await?;
    Ok(lines(actor, &opened.supervisor_name().code, days, &shut))
}

/// For each of those who can lead, every stretch of some days at which they could not hold the session, as far as it meets the time of day that the
/// session has, and every day for whoever may not lead it at all: on the board it goes from day to day and from one to another, and keeps its time.
pub async fn busy_leaders(actor: &Actor, session: &SessionToChange, days: (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    let opened = session.opened();
    let (starts, ends) = (opened.starts_local(), ::series::local(opened.course().ends_at));
    let from = clock_time(starts.time());
    let to = if ends.date() == starts.date() { clock_time(ends.time()) } else { MIDNIGHT.to_owned() };
    let mut moment = actor.database().snapshot().await?;
    let shut = shut_to_leaders(&mut moment, reader_of(actor), stored(opened), days).await?;
    let kept = kept_from(&mut moment, opened).await?;
    let lines = shut.iter().flat_map(|(leader, shut)| lines(actor, leader, days, shut));
    let may_know = actor.may(Permission::ManageMatching);
    let lines = lines.chain(kept.iter().flat_map(|kept| never(kept, may_know, days)));
    // Such times sort as they read.
    Ok(lines.filter(|line| line.from < to && from < line.to).collect())
}

/// Every one of some days, for a supervisor who is held or may not meet somebody who comes to the session. That somebody is held, is said to those alone who
/// form groups.
fn never(kept: &KeptFrom, may_know: bool, (first, last): (NaiveDate, NaiveDate)) -> Vec<BusyLine> {
    let leader = &kept.leader;
    let why = match (kept.is_held, may_know) {
        (true, true) => "is not available for matching",
        (true, false) => "cannot lead this session",
        (false, _) => "may not be in one group with somebody who comes",
    };
    let time = ShutTime {
        starts: first.and_time(NaiveTime::MIN),
        ends: (last + Days::new(1)).and_time(NaiveTime::MIN),
        why: format!("{} {why}", leader.short),
        level: Level::Block,
    };
    by_day(&leader.code, &time)
}

/// What the rules of availability look at of it.
fn stored(session: &OpenedSession) -> StoredSession<'_> {
    StoredSession {
        meeting: MeetingId(session.id().0),
        group: session.group(),
        kind: session.kind(),
        supervisor: (session.supervisor(), session.supervisor_name()),
    }
}

/// When the actor cannot hold a session that is yet to be planned.
pub async fn own_busy_times(actor: &Actor, days: (NaiveDate, NaiveDate)) -> Result<Vec<BusyLine>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let shut = shut_to_new(&mut moment, actor.person(), days).await?;
    Ok(lines(actor, "", days, &shut))
}

/// What has passed of some days, and what of them is shut to somebody.
fn lines(actor: &Actor, leader: &str, (first, last): (NaiveDate, NaiveDate), shut: &[ShutTime]) -> Vec<BusyLine> {
    let passed = ShutTime {
        starts: first.and_time(NaiveTime::MIN),
        ends: ::series::local(actor.now()).min((last + Days::new(1)).and_time(NaiveTime::MIN)),
        why: "it has passed".to_owned(),
        level: Level::Block,
    };
    let all = [&passed].into_iter().chain(shut).flat_map(|time| by_day(leader, time));
    all.filter(|line| (first..=last).contains(&line.date)).collect()
}

/// The end of a day.
const MIDNIGHT: &str = "24:00";

/// A stretch of time as its part of each day.
fn by_day(leader: &str, time: &ShutTime) -> Vec<BusyLine> {
    let ShutTime { starts, ends, why, level } = time;
    let midnight = |date: NaiveDate| -> NaiveDateTime { date.and_time(NaiveTime::MIN) };
    let days = starts.date().iter_days().take_while(|date| midnight(*date) < *ends);
    let line = |date: NaiveDate| BusyLine {
        date,
        from: if date == starts.date() { clock_time(starts.time()) } else { "00:00".to_owned() },
        to: if date == ends.date() { clock_time(ends.time()) } else { MIDNIGHT.to_owned() },
        why: why.clone(),
        needs_reason: *level == Level::Warn,
        leader: leader.to_owned(),
    };
    days.map(line).collect()
}
