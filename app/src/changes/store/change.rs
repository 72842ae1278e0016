//! Storing a change: in one unit of work with its undo, its messages and its audit entry.

use std::collections::{BTreeMap, BTreeSet};

use ::series::timetable::{Change, PersonKey, Scope, Session, Timetable};
use chrono::TimeDelta;
use sqlx::types::Json;
use uuid::Uuid;

use super::fits::{judged, take_hosts};
use super::open::SessionToChange;
use super::page::today;
use super::timetable::{Rows, Write, read, uuid};
use super::wish::{Outcome, Wish, World};
use crate::access::{Actor, Permission, Undo};
use crate::audit::{Entry, record};
use crate::availability::KeepReason;
use crate::changes::forms::{DetailsForm, Times};
use crate::changes::letters::{calendars, sessions_changed};
use crate::database::{Transaction, new_id, on};
use crate::error::{AppError, Problem};
use crate::groups::store::take_group;
use crate::groups::{CancelReason, GroupId};
use crate::messages::{Waits, queue_until};
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
}

impl Stored {
    /// What the person is told.
    pub fn notice(&self) -> String {
        let sessions = match self.sessions {
            1 => "1 session is changed.".to_owned(),
            number => format!("{number} sessions are changed."),
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

/// Gives sessions another time or length.
pub async fn change_times(actor: &Actor, session: &SessionToChange, times: Times, seen: &str) -> Result<Stored, AppError> {
    store(actor, session, Seen { mark: Some(seen), reason: times.reason }, |timetable| times_wish(timetable, session, times)).await
}

/// Gives sessions another supervisor, place or title.
pub async fn change_details(actor: &Actor, session: &SessionToChange, scope: Scope, form: &DetailsForm) -> Result<Stored, AppError> {
    let host = host_of(actor, form).await?;
    let seen = Seen { mark: None, reason: KeepReason::of_key(&form.why) };
    let stored = store(actor, session, seen, |timetable| {
        let present = &present(timetable, session)?.details;
        let mut changes = Vec::new();
        changes.extend(host.filter(|host| *host != present.host).map(Change::Host));
        changes.extend(differs(&form.place, &present.place).map(Change::Place));
        changes.extend(differs(&form.title, &present.title).map(Change::Title));
        Ok(Wish { session: session.key(), scope, changes })
    });
    // The form of details asks under a name of its own.
    stored.await.map_err(|error| match error {
        AppError::Invalid(problems) => AppError::Invalid(
            problems
                .into_iter()
                .map(|problem| if problem.field == "reason" { Problem { field: "why".to_owned(), ..problem } } else { problem })
                .collect(),
        ),
        other => other,
    })
}

/// Cancels this and the following sessions, or all that have not begun.
pub async fn cancel_series(
    actor: &Actor,
    session: &SessionToChange,
    (scope, reason): (Scope, CancelReason),
    seen: &str,
) -> Result<Stored, AppError> {
    let changes = vec![Change::Cancel(reason.key().to_owned())];
    store(actor, session, Seen { mark: Some(seen), reason: None }, |_| Ok(Wish { session: session.key(), scope, changes: changes.clone() }))
        .await
}

fn differs(typed: &str, present: &str) -> Option<String> {
    let typed = typed.trim();
    (typed != present).then(|| typed.to_owned())
}

/// What a form of times asks for, but for what is so already.
pub(super) fn times_wish(timetable: &Timetable, session: &SessionToChange, times: Times) -> Result<Wish, AppError> {
    let present = present(timetable, session)?;
    let mut changes = Vec::new();
    if times.starts != present.starts {
        changes.push(Change::Start(times.starts));
    }
    if times.length_minutes != present.details.length_minutes {
        changes.push(Change::Length(times.length_minutes));
    }
    Ok(Wish { session: session.key(), scope: times.scope, changes })
}

fn present<'a>(timetable: &'a Timetable, session: &SessionToChange) -> Result<&'a Session, AppError> {
    timetable.session(session.key()).ok_or(AppError::NotFound)
}

/// The supervisor whom a form names, where its writer may choose one: a coordinator, of those who can lead.
async fn host_of(actor: &Actor, form: &DetailsForm) -> Result<Option<PersonKey>, AppError> {
    const HOST: &str = "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.code = $1
    AND p.standing <> 'suspended'";

    if form.supervisor.is_empty() || !actor.may(Permission::ManageGroups) {
        return Ok(None);
    }
    let database = actor.database();
    let host: Option<PersonId> = on!(database, pool => sqlx::query_scalar(HOST).bind(&form.supervisor).fetch_optional(pool).await)?;
    let host = host.ok_or_else(|| AppError::invalid("supervisor", "Choose a supervisor from the list."))?;
    Ok(Some(PersonKey(host.0.as_u128())))
}

/// What the person was shown, and why they want it although something does not fit.
#[derive(Clone, Copy)]
struct Seen<'a> {
    mark: Option<&'a str>,
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
    take_group(&mut transaction, group).await?;
    let rows = read(&mut transaction, &session.series()).await?;
    let world = World { now: actor.now(), days_off: days_off.get() };
    let outcome = wish(&rows.timetable)?.on(&rows.timetable, world, || new_id().as_u128())?;
    if let Some(mark) = seen.mark {
        outcome.check_seen(&rows.timetable, mark)?;
    }
    take_hosts(&mut transaction, group, &outcome).await?;
    let judged = judged(&mut transaction, reader_of(actor), group, &outcome).await?;
    judged.verdict.refuse_to_change(seen.reason)?;
    let stored = write(&mut transaction, actor, session, (&rows, &outcome)).await?;
    if let Some(reason) = seen.reason {
        judged.keep(&mut transaction, actor, reason).await?;
    }
    transaction.commit().await?;
    Ok(stored)
}

async fn write(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &SessionToChange,
    (rows, outcome): (&Rows, &Outcome),
) -> Result<Stored, AppError> {
    const KEEP: &str = "INSERT INTO series_change (id, group_id, session_id, made_by, made_at, delta) VALUES ($1, $2, $3, $4, $5, $6)";

    let (id, group, now) = (new_id(), session.opened().group(), actor.now());
    Write { group, rows, delta: &outcome.delta, now }.run(transaction).await?;
    on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(id)
        .bind(group)
        .bind(session.opened().id())
        .bind(actor.person())
        .bind(now)
        .bind(Json(&outcome.delta))
        .execute(connection).await.map(|_| ()))?;
    let told = everybody(transaction, actor, group, outcome).await?;
    let waits = Waits { now, until: now + GRACE, about: Some(id) };
    let calendars = calendars(&rows.timetable, &outcome.delta, now, actor.origin())?;
    for person in &told {
        queue_until(transaction, &sessions_changed(*person, &outcome.changed()), &calendars, waits).await?;
    }
    // Whoever has booked a place, or is a guest beside the supervisor, is told of their own sessions, and gets no file of a series that is not theirs.
    let guests = guests_among(transaction, group, outcome).await?;
    for (person, theirs) in &guests {
        queue_until(transaction, &sessions_changed(*person, theirs), &[], waits).await?;
    }
    record(
        transaction,
        actor,
        Entry { action: "change_sessions", subject: "session", subject_id: Some(session.opened().id().0), detail: "" },
    )
    .await?;
    Ok(Stored { id, sessions: outcome.changed().len(), told: told.len() + guests.len() })
}

/// Who is told: the group's present members, and whoever leads, led or will lead a session that changes; but not the one who changes it.
pub(super) async fn everybody(
    transaction: &mut Transaction,
    actor: &Actor,
    group: GroupId,
    outcome: &Outcome,
) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL";

    let changed = outcome.changed();
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let members: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(group).fetch_all(connection).await)?;
    let hosts =
        changed.iter().flat_map(|(before, after)| [*before, *after]).flatten().map(|session| PersonId(uuid(session.details.host.0)));
    let everybody: BTreeSet<PersonId> = members.into_iter().chain(hosts).filter(|person| *person != actor.person()).collect();
    Ok(everybody.into_iter().collect())
}

/// A session as it was and as it will be.
type Changed<'a> = (Option<&'a Session>, Option<&'a Session>);

/// Who comes to a session that changes without belonging to the group, each with the changes of their own sessions.
async fn guests_among<'a>(
    transaction: &mut Transaction,
    group: GroupId,
    outcome: &'a Outcome,
) -> Result<Vec<(PersonId, Vec<Changed<'a>>)>, AppError> {
    let mut theirs: BTreeMap<PersonId, Vec<Changed<'a>>> = BTreeMap::new();
    let guests = guests_of(transaction, group).await?;
    for change in outcome.changed() {
        let Some(session) = change.0.or(change.1).map(|session| uuid(session.key.0)) else { continue };
        for (person, _) in guests.iter().filter(|(_, at)| *at == session) {
            theirs.entry(*person).or_default().push(change);
        }
    }
    Ok(theirs.into_iter().collect())
}

/// Who has booked a place at which session of a group, or is a guest beside its supervisor.
pub(super) async fn guests_of(transaction: &mut Transaction, group: GroupId) -> Result<Vec<(PersonId, Uuid)>, AppError> {
    const BOOKINGS: &str = "\
SELECT b.person_id, b.session_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
UNION
SELECT h.person_id, h.session_id
FROM session s
JOIN session_host h ON h.session_id = s.id
WHERE s.group_id = $1
ORDER BY person_id, session_id";

    Ok(on!(&mut transaction, connection => sqlx::query_as(BOOKINGS).bind(group).fetch_all(connection).await)?)
}
