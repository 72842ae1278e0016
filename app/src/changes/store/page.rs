//! What the pages of changes read: the same work as saving, and nothing stored.

use ::series::timetable::{Change, Scope, Session, SessionKey, Timetable};
use ::series::{DaysOff, local};
use chrono::NaiveDate;

use super::fits::judged;
use super::open::SessionToChange;
use super::wish::{Outcome, Wish, World};
use crate::access::{Actor, Permission};
use crate::changes::answers::{CancelSeriesPage, ChangePage, InHand, Preview, Span};
use crate::changes::forms::{DetailsForm, THIS, TimesForm};
use crate::changes::store::change::{everybody, times_wish};
use crate::diaries::{Rows, series_to_edit};
use crate::error::AppError;
use crate::groups::store::supervisors;
use crate::groups::{CancelReason, MeetingMode};
use crate::series::store::{days_off_from, reader_of};
use crate::sessions::answers::session_name;
use crate::sessions::store::OpenedSession;
use crate::ui::day_and_month;

/// The forms that change a session, with what the answers would come to.
pub async fn change_page(actor: &Actor, session: &SessionToChange, form: TimesForm) -> Result<ChangePage, AppError> {
    let opened = session.opened();
    let rows = read_rows(actor, session).await?;
    let times = if form.is_answered() { form } else { present_times(opened) };
    let (problems, preview) = match times_preview(actor, session, &rows, &times).await {
        Ok(preview) => (Vec::new(), preview),
        Err(AppError::Invalid(problems)) => (problems, None),
        Err(AppError::Conflict(sentence)) => (vec![crate::error::Problem::new("", sentence)], None),
        Err(other) => return Err(other),
    };
    Ok(ChangePage {
        session: in_hand(actor, session, &rows.timetable),
        times,
        problems,
        preview,
        details: present_details(session, &rows.timetable),
        supervisors: if actor.may(Permission::ManageGroups) { supervisors(actor).await? } else { Vec::new() },
        is_in_person: opened.mode() == MeetingMode::InPerson,
    })
}

/// What cancelling a session or several would come to.
pub async fn cancel_page(actor: &Actor, session: &SessionToChange, scope: Scope) -> Result<CancelSeriesPage, AppError> {
    let rows = read_rows(actor, session).await?;
    let wish = Wish { session: session.key(), scope, changes: vec![Change::Cancel(CancelReason::Other.key().to_owned())] };
    let preview = match wish.on(&rows.timetable, World { now: actor.now(), days_off: DaysOff::default() }, counted()) {
        Ok(outcome) => Some(told(actor, session, &rows, &outcome).await?),
        Err(AppError::Conflict(_) | AppError::Invalid(_)) => None,
        Err(other) => return Err(other),
    };
    Ok(CancelSeriesPage { session: in_hand(actor, session, &rows.timetable), preview })
}

async fn read_rows(actor: &Actor, session: &SessionToChange) -> Result<Rows, AppError> {
    let mut snapshot = actor.database().snapshot().await?;
    series_to_edit(&mut snapshot, &session.series()).await
}

/// What the answers come to; nothing while they say what is so already.
async fn times_preview(actor: &Actor, session: &SessionToChange, rows: &Rows, form: &TimesForm) -> Result<Option<Preview>, AppError> {
    if *form == present_times(session.opened()) {
        return Ok(None);
    }
    let times = form.check().map_err(AppError::Invalid)?;
    let wish = times_wish(&rows.timetable, session, times)?;
    let days_off = days_off_from(actor.database(), session.opened().group_supervisor(), today(actor)).await?;
    let outcome = wish.on(&rows.timetable, World { now: actor.now(), days_off: days_off.get() }, counted())?;
    Ok(Some(told(actor, session, rows, &outcome).await?))
}

async fn told(actor: &Actor, session: &SessionToChange, rows: &Rows, outcome: &Outcome) -> Result<Preview, AppError> {
    let mut snapshot = actor.database().snapshot().await?;
    let people = everybody(&mut snapshot, actor, session.opened().group(), outcome).await?;
    let verdict = judged(&mut snapshot, reader_of(actor), session.opened().group(), outcome).await?.verdict;
    Ok(Preview { verdict, ..outcome.preview(&rows.timetable, people.len()) })
}

/// A preview is thrown away, so it may count.
pub(super) fn counted() -> impl FnMut() -> u128 {
    let mut last = 0_u128;
    move || {
        last = last.saturating_add(1);
        last
    }
}

/// What the form of times begins with.
fn present_times(session: &OpenedSession) -> TimesForm {
    TimesForm {
        session: session.code().to_owned(),
        scope: THIS.to_owned(),
        starts_on: session.starts_local().date().to_string(),
        starts_time: session.starts_local().format("%H:%M").to_string(),
        length_minutes: session.length_minutes().to_string(),
        reason: String::new(),
        seen: String::new(),
    }
}

/// What the form of details begins with: what was chosen for this session, not what it has from its group.
fn present_details(session: &SessionToChange, timetable: &Timetable) -> DetailsForm {
    let details = timetable.session(session.key()).map(|session| &session.details);
    let supervisor = session.opened().supervisor_name().code.clone();
    let place = details.map(|details| details.place.clone()).unwrap_or_default();
    let title = details.map(|details| details.title.clone()).unwrap_or_default();
    DetailsForm {
        session: session.opened().code().to_owned(),
        which: THIS.to_owned(),
        supervisor: supervisor.clone(),
        place: place.clone(),
        title: title.clone(),
        why: String::new(),
        was_supervisor: supervisor,
        was_place: place,
        was_title: title,
    }
}

fn in_hand(actor: &Actor, session: &SessionToChange, timetable: &Timetable) -> InHand {
    let opened = session.opened();
    let is_to_come = |other: &&Session| !other.is_settled(actor.now()) && other.cancelled.is_none();
    let to_come = || timetable.all_sessions().filter(is_to_come);
    let slot = |key: SessionKey| timetable.session(key).and_then(|session| session.slot);
    let from = slot(session.key());
    InHand {
        code: opened.code().to_owned(),
        name: format!("{}, {}", session_name(opened.kind(), opened.group_name()), day_and_month(opened.starts_local().date())),
        group: opened.group_name().to_owned(),
        span: Span { starts: opened.starts_local(), ends: local(opened.course().ends_at) },
        following: to_come().filter(|other| from.is_some() && other.slot >= from).count(),
        all: to_come().count(),
    }
}

/// The date in the United Kingdom.
pub(super) fn today(actor: &Actor) -> NaiveDate {
    local(actor.now()).date()
}
