//! Storing a change: in one unit of work with its undo, its messages and its audit entry.

use std::collections::BTreeSet;

use ::series::timetable::{Change, PersonKey, Scope, Session, Timetable};
use chrono::TimeDelta;
use sqlx::types::Json;
use uuid::Uuid;

use super::apart::why_not_given;
use super::fits::{judged, take_hosts};
use super::open::SessionToChange;
use super::page::today;
use super::wish::{Outcome, Wish, World};
use super::write::{Write, uuid};
use crate::access::{Actor, Permission, Undo};
use crate::audit::{Entry, record};
use crate::availability::KeepReason;
use crate::availability::store::Kept;
use crate::changes::forms::{DetailsForm, Times, TimesForm};
use crate::changes::letters::sessions_changed;
use crate::database::{Transaction, new_id, on};
use crate::diaries::{Posting, Rows, diary_with, guests_of, series_to_edit};
use crate::error::AppError;
use crate::groups::store::take_group;
use crate::groups::{CancelReason, GroupId};
use crate::messages::Waits;
use crate::people::PersonId;
use crate::series::store::{days_off_from, reader_of};

/// For how long a change can be undone before anybody is told of it.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// A change that was stored.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    id: Uuid,
    sessions: usize,
    told: usize,
    /// Whether all of it is that they are not held.
    is_cancelled: bool,
}

impl Stored {
    /// What the person is told.
    pub fn notice(&self) -> String {
        let done = if self.is_cancelled { "cancelled" } else { "changed" };
        let sessions = match self.sessions {
            1 => format!("1 session is {done}."),
            number => format!("{number} sessions are {done}."),
        };
        match self.told {
            0 => sessions,
            1 => format!("{sessions} One person is being told."),
            number => format!("{sessions} {number} people are being told."),
        }
    }

    /// The button that takes it back.
    pub fn undo(&self) -> Undo {
        use leptos::server_fn::ServerFn;

        Undo { action: crate::changes::api::UndoChange::PATH.to_owned(), of: self.id.to_string() }
    }
}

/// Gives sessions another time, length or supervisor. Somebody else who was made to lead them meanwhile is shown before they are replaced.
pub async fn change_times(actor: &Actor, session: &SessionToChange, times: Times, form: &TimesForm) -> Result<Stored, AppError> {
    let host = host_of(actor, form).await?;
    let seen = Seen { mark: &form.seen, reason: times.reason };
    store(actor, session, seen, |timetable| times_wish(timetable, session, times, host)).await
}

/// Gives sessions another place or title. What was left as it was shown stays as it is, and what somebody else has changed meanwhile is shown before
/// it is overwritten.
pub async fn change_details(actor: &Actor, session: &SessionToChange, scope: Scope, form: &DetailsForm) -> Result<Stored, AppError> {
    // Where it is and what it is called keep nobody from anything, so that there is nothing to give a reason for.
    let seen = Seen { mark: &form.seen, reason: None };
    store(actor, session, seen, |timetable| details_wish(timetable, session, scope, form)).await
}

/// What a form of details asks for, but for what is so already; refused where somebody else has changed the same since it was opened.
pub(super) fn details_wish(timetable: &Timetable, session: &SessionToChange, scope: Scope, form: &DetailsForm) -> Result<Wish, AppError> {
    let present = &present(timetable, session)?.details;
    let place = typed_over("place", (&form.place, &form.was_place), &present.place);
    let title = typed_over("title", (&form.title, &form.was_title), &present.title);
    let others: Vec<&str> = [place.as_ref().err(), title.as_ref().err()].into_iter().flatten().map(String::as_str).collect();
    if !others.is_empty() {
        return Err(overtaken(&others.join("; ")));
    }
    let mut changes = Vec::new();
    changes.extend(place.ok().flatten().map(Change::Place));
    changes.extend(title.ok().flatten().map(Change::Title));
    Ok(Wish { session: session.key(), scope, changes })
}

/// Somebody else has changed the same meanwhile.
fn overtaken(by_what: &str) -> AppError {
    AppError::Conflict(format!(
        "This was changed while you had it open: {by_what}. What you entered is still here; show these changes again to put it in place of that."
    ))
}

/// Cancels a session, it and the following, or all that have not begun.
pub async fn cancel_series(
    actor: &Actor,
    session: &SessionToChange,
    (scope, reason): (Scope, CancelReason),
    seen: &str,
) -> Result<Stored, AppError> {
    let changes = vec![Change::Cancel(reason.key().to_owned())];
    store(actor, session, Seen { mark: seen, reason: None }, |_| Ok(Wish { session: session.key(), scope, changes: changes.clone() })).await
}

/// What was typed in place of what was shown; in words, what is there now where that is something else.
fn typed_over(name: &str, (typed, was): (&str, &str), present: &str) -> Result<Option<String>, String> {
    let (typed, was) = (typed.trim(), was.trim());
    if typed == was || typed == present {
        return Ok(None);
    }
    match (was == present, present) {
        (true, _) => Ok(Some(typed.to_owned())),
        (false, "") => Err(format!("the {name} was taken away")),
        (false, present) => Err(format!("the {name} is now “{present}”")),
    }
}

/// What a form of times asks for, but for what is so already; refused where somebody else was made to lead it since the form was opened.
pub(super) fn times_wish(timetable: &Timetable, session: &SessionToChange, times: Times, host: Option<NewHost>) -> Result<Wish, AppError> {
    let present = present(timetable, session)?;
    let host = host.filter(|(host, _)| *host != present.details.host);
    if host.is_some_and(|(_, was)| was != Some(present.details.host)) {
        return Err(overtaken("somebody else leads it now"));
    }
    let mut changes = Vec::new();
    if times.starts != present.starts {
        changes.push(Change::Start(times.starts));
    }
    if times.length_minutes != present.details.length_minutes {
        changes.push(Change::Length(times.length_minutes));
    }
    changes.extend(host.map(|(host, _)| Change::Host(host)));
    Ok(Wish { session: session.key(), scope: times.scope, changes })
}

fn present<'a>(timetable: &'a Timetable, session: &SessionToChange) -> Result<&'a Session, AppError> {
    timetable.session(session.key()).ok_or(AppError::NotFound)
}

/// Who is to lead, and who led when the form was opened.
pub(super) type NewHost = (PersonKey, Option<PersonKey>);

/// The supervisor whom a form names in place of the one that it was shown with, where its writer may choose one: a coordinator, of those who can
/// lead.
pub(super) async fn host_of(actor: &Actor, form: &TimesForm) -> Result<Option<NewHost>, AppError> {
    const HOST: &str = "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.code = $1
    AND p.standing <> 'suspended'";
    const BEFORE: &str = "SELECT id FROM person WHERE code = $1";

    if form.supervisor.is_empty() || form.supervisor == form.was_supervisor || !actor.may(Permission::ManageGroups) {
        return Ok(None);
    }
    let database = actor.database();
    let host: Option<PersonId> = on!(database, pool => sqlx::query_scalar(HOST).bind(&form.supervisor).fetch_optional(pool).await)?;
    let host = host.ok_or_else(|| AppError::invalid("supervisor", "Choose a supervisor from the list."))?;
    let before: Option<PersonId> = on!(database, pool => sqlx::query_scalar(BEFORE).bind(&form.was_supervisor).fetch_optional(pool).await)?;
    let key = |person: PersonId| PersonKey(person.0.as_u128());
    Ok(Some((key(host), before.map(key))))
}

/// What the person was shown, and why they want it although something does not fit.
#[derive(Clone, Copy)]
struct Seen<'a> {
    mark: &'a str,
    reason: Option<KeepReason>,
}

/// Works the wish out on the rows as they are, checks that it is what was shown, and stores it.
async fn store(
    actor: &Actor,
    session: &SessionToChange,
    seen: Seen<'_>,
    wish: impl Fn(&Timetable) -> Result<Wish, AppError>,
) -> Result<Stored, AppError> {
    let group = session.opened().group();
    let days_off = days_off_from(actor.database(), session.opened().group_supervisor(), today(actor)).await?;
    let mut transaction = actor.begin().await?;
    let supervisor = take_group(&mut transaction, group).await?;
    let rows = series_to_edit(&mut transaction, &session.series()).await?;
    let world = World { now: actor.now(), days_off: days_off.get() };
    let outcome = wish(&rows.timetable)?.on(&rows.timetable, world, || new_id().as_u128())?;
    outcome.check_seen(&rows.timetable, seen.mark)?;
    refuse_apart(&mut transaction, actor, (group, supervisor), &outcome).await?;
    take_hosts(&mut transaction, group, &outcome).await?;
    let judged = judged(&mut transaction, reader_of(actor), group, &outcome).await?;
    judged.verdict.refuse_to_change(seen.reason)?;
    Write { group, rows: &rows, delta: &outcome.delta, now: actor.now() }.run(&mut transaction).await?;
    let kept = match seen.reason {
        Some(reason) => judged.keep(&mut transaction, actor, reason).await?,
        None => Vec::new(),
    };
    let stored = tell(&mut transaction, actor, session, Written { rows: &rows, outcome: &outcome, kept }).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// Refuses to give sessions to whoever may not meet somebody who comes to them.
pub(super) async fn refuse_apart(
    moment: &mut Transaction,
    actor: &Actor,
    group: (GroupId, PersonId),
    outcome: &Outcome,
) -> Result<(), AppError> {
    match why_not_given(moment, actor, group, outcome).await? {
        Some(why) => Err(AppError::invalid("supervisor", format!("{why} Choose somebody else."))),
        None => Ok(()),
    }
}

/// A change whose rows are written.
struct Written<'a> {
    rows: &'a Rows,
    outcome: &'a Outcome,
    kept: Vec<Kept>,
}

/// Keeps what undoes a change, and tells everybody concerned.
async fn tell(transaction: &mut Transaction, actor: &Actor, session: &SessionToChange, written: Written<'_>) -> Result<Stored, AppError> {
    const KEEP: &str = "\
INSERT INTO series_change (id, group_id, session_id, made_by, made_at, delta, kept)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

    let Written { rows, outcome, kept } = written;
    let (id, group, now) = (new_id(), session.opened().group(), actor.now());
    on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(id)
        .bind(group)
        .bind(session.opened().id())
        .bind(actor.person())
        .bind(now)
        .bind(Json(&outcome.delta))
        .bind(Json(&kept))
        .execute(connection).await.map(|_| ()))?;
    let told = everybody(transaction, actor, group, outcome).await?;
    let waits = Waits { now, until: now + GRACE, about: Some(id) };
    let news = diary_with(transaction, (group, rows.timetable.clone()), Posting::by(actor)).await?.news_of(&outcome.delta)?;
    let changed = outcome.changed();
    for person in &told {
        let theirs: Vec<_> = changed.iter().copied().filter(|change| news.is_theirs(*person, *change)).collect();
        news.write_until(transaction, &sessions_changed(*person, &theirs, outcome.cancelled_for()), waits).await?;
    }
    if let Some(letter) = news.to_the_one_who_acts(actor.person()) {
        news.write_until(transaction, &letter, waits).await?;
    }
    record(
        transaction,
        actor,
        Entry { action: "change_sessions", subject: "session", subject_id: Some(session.opened().id().0), detail: "" },
    )
    .await?;
    let is_cancelled = changed.iter().all(|(_, after)| after.is_none());
    Ok(Stored { id, sessions: changed.len(), told: told.len(), is_cancelled })
}

/// Who is told: the group's present members, whoever leads, led or will lead a session that changes, and whoever has booked a place at it or is a
/// guest beside its supervisor; but not the one who changes it.
pub(super) async fn everybody(
    transaction: &mut Transaction,
    actor: &Actor,
    group: GroupId,
    outcome: &Outcome,
) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL";

    let (hosts, keys) = concerned(outcome);
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let members: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(group).fetch_all(connection).await)?;
    let guests = guests_of(transaction, group).await?.into_iter().filter(|(_, session)| keys.contains(session)).map(|(person, _)| person);
    let everybody: BTreeSet<PersonId> = members.into_iter().chain(hosts).chain(guests).filter(|person| *person != actor.person()).collect();
    Ok(everybody.into_iter().collect())
}

/// Who leads a session that changes, before and after, and which sessions those are.
fn concerned(outcome: &Outcome) -> (Vec<PersonId>, BTreeSet<Uuid>) {
    let sessions: Vec<&Session> = outcome.changed().into_iter().flat_map(|(before, after)| [before, after]).flatten().collect();
    let hosts = sessions.iter().map(|session| PersonId(uuid(session.details.host.0))).collect();
    (hosts, sessions.iter().map(|session| uuid(session.key.0)).collect())
}
