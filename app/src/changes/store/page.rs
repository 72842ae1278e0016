//! What the pages of changes read: the same work as saving, and nothing stored.

use std::collections::HashMap;

use ::series::timetable::{Change, Scope, Session, SessionKey, Timetable};
use ::series::{DaysOff, local};
use chrono::NaiveDate;

use super::apart::kept_from;
use super::fits::judged;
use super::open::SessionToChange;
use super::wish::{Outcome, Wish, World};
use crate::access::{Actor, Permission};
use crate::changes::answers::{CancelSeriesPage, ChangePage, Detail, DetailLine, InHand, Preview, Span};
use crate::changes::forms::{ChangeForm, DetailsForm, THIS, TimesForm};
use crate::changes::store::change::{details_wish, everybody, host_of, refuse_apart, times_wish};
use crate::database::on;
use crate::diaries::{Rows, series_to_edit};
use crate::error::{AppError, Problem};
use crate::groups::store::supervisors;
use crate::groups::{CancelReason, MeetingMode};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::series::store::{days_off_from, reader_of};
use crate::sessions::answers::session_name;
use crate::sessions::store::OpenedSession;
use crate::ui::day_and_month;

/// The forms that change a session, with what the answers would come to.
pub async fn change_page(actor: &Actor, session: &SessionToChange, form: ChangeForm) -> Result<ChangePage, AppError> {
    let opened = session.opened();
    let rows = read_rows(actor, session).await?;
    let present = present_times(opened);
    let asked = if form.times.is_answered() { form.times.asked_over(&present) } else { present.clone() };
    let (problems, preview) = or_problems(times_preview(actor, session, &rows, &asked).await)?;
    let (details_problems, details_preview) = or_problems(details_preview(actor, session, &rows, &form.details).await)?;
    let details = present_details(session, &rows.timetable);
    let details = if form.details.is_answered() { form.details.asked_over(details) } else { details };
    let supervisors = if actor.may(Permission::ManageGroups) { leaders_of(actor, opened, &asked.supervisor).await? } else { Vec::new() };
    Ok(ChangePage {
        session: in_hand(actor, session, &rows.timetable),
        times: TimesForm { was_supervisor: present.was_supervisor, ..asked },
        problems,
        preview,
        details,
        details_problems,
        details_preview,
        supervisors,
        is_in_person: opened.mode() == MeetingMode::InPerson,
    })
}

/// Those who can lead it and may meet whoever comes to it, and before them whoever leads it although they no longer can: left as it is, the form changes
/// nothing of that. Whoever was chosen stays in the list, beside what is wrong with them.
async fn leaders_of(actor: &Actor, session: &OpenedSession, chosen: &str) -> Result<Vec<PersonName>, AppError> {
    let mut leaders = supervisors(actor).await?;
    let kept = kept_from(&mut actor.database().snapshot().await?, session).await?;
    leaders.retain(|leader| leader.code == chosen || kept.iter().all(|other| other.leader.code != leader.code));
    let present = session.supervisor_name();
    if leaders.iter().all(|leader| leader.code != present.code) {
        leaders.insert(0, present.clone());
    }
    Ok(leaders)
}

/// What is wrong, where that is for the person to mend.
fn or_problems(preview: Result<Option<Preview>, AppError>) -> Result<(Vec<Problem>, Option<Preview>), AppError> {
    match preview {
        Ok(preview) => Ok((Vec::new(), preview)),
        Err(AppError::Invalid(problems)) => Ok((problems, None)),
        Err(AppError::Conflict(sentence)) => Ok((vec![Problem::new("", sentence)], None)),
        Err(other) => Err(other),
    }
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
    let wish = times_wish(&rows.timetable, session, times, host_of(actor, form).await?)?;
    let days_off = days_off_from(actor.database(), session.opened().group_supervisor(), today(actor)).await?;
    let outcome = wish.on(&rows.timetable, World { now: actor.now(), days_off: days_off.get() }, counted())?;
    let group = (session.opened().group(), session.opened().group_supervisor());
    refuse_apart(&mut actor.database().snapshot().await?, actor, group, &outcome).await?;
    let mut preview = told(actor, session, rows, &outcome).await?;
    name_supervisors(actor, session, &mut preview).await?;
    Ok(Some(preview))
}

/// What another place or title comes to; nothing while nobody has asked.
async fn details_preview(actor: &Actor, session: &SessionToChange, rows: &Rows, form: &DetailsForm) -> Result<Option<Preview>, AppError> {
    if !form.is_answered() {
        return Ok(None);
    }
    let scope = form.check()?;
    let wish = details_wish(&rows.timetable, session, scope, form)?;
    let outcome = wish.on(&rows.timetable, World { now: actor.now(), days_off: DaysOff::default() }, counted())?;
    Ok(Some(told(actor, session, rows, &outcome).await?))
}

/// Puts names in the place of identities.
async fn name_supervisors(actor: &Actor, session: &SessionToChange, preview: &mut Preview) -> Result<(), AppError> {
    const LEADERS: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
WHERE p.id IN (SELECT supervisor_id FROM session WHERE group_id = $1)
    OR EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor')";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let leads = |line: &DetailLine| line.what == Detail::Supervisor;
    if !preview.lines.iter().flat_map(|line| &line.details).any(leads) {
        return Ok(());
    }
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LEADERS).bind(session.opened().group()).fetch_all(pool).await)?;
    let names: HashMap<String, String> = rows.into_iter().map(|row| (row.id.to_string(), PersonName::from(row.name).short)).collect();
    for line in preview.lines.iter_mut().flat_map(|line| &mut line.details).filter(|line| leads(line)) {
        for identity in [&mut line.before, &mut line.after] {
            *identity = names.get(identity).cloned().unwrap_or_default();
        }
    }
    Ok(())
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
    let supervisor = &session.supervisor_name().code;
    TimesForm {
        session: session.code().to_owned(),
        scope: THIS.to_owned(),
        starts_on: session.starts_local().date().to_string(),
        starts_time: session.starts_local().format("%H:%M").to_string(),
        length_minutes: session.length_minutes().to_string(),
        supervisor: supervisor.clone(),
        was_supervisor: supervisor.clone(),
        ..TimesForm::default()
    }
}

/// What the form of details begins with: what was chosen for this session, not what it has from its group.
fn present_details(session: &SessionToChange, timetable: &Timetable) -> DetailsForm {
    let details = timetable.session(session.key()).map(|session| &session.details);
    let place = details.map(|details| details.place.clone()).unwrap_or_default();
    let title = details.map(|details| details.title.clone()).unwrap_or_default();
    DetailsForm {
        session: session.opened().code().to_owned(),
        which: THIS.to_owned(),
        place: place.clone(),
        title: title.clone(),
        was_place: place,
        was_title: title,
        ..DetailsForm::default()
    }
}

impl TimesForm {
    /// What was asked for, beside what is so now: whoever leads it goes on, where nothing is said of that and where nobody else was chosen.
    fn asked_over(self, present: &Self) -> Self {
        let is_left = self.supervisor.is_empty() || self.supervisor == self.was_supervisor;
        let supervisor = if is_left { present.supervisor.clone() } else { self.supervisor };
        let was_supervisor = if is_left || self.was_supervisor.is_empty() { present.supervisor.clone() } else { self.was_supervisor };
        Self { supervisor, was_supervisor, ..self }
    }
}

impl DetailsForm {
    /// What was asked for, beside what is so now.
    fn asked_over(self, present: Self) -> Self {
        let Self { session, was_place, was_title, .. } = present;
        Self { session, was_place, was_title, ..self }
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
