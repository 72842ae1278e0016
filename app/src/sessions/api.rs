//! Sessions over the wire.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Cancellation, ShownPlace, ShownRecord, ShownSession, Unmarked};
use super::forms::{
    ActionsForm, ApologiesForm, CancelForm, CorrectionForm, DayAddress, FinishActionForm, RecordForm, SessionAddress, WithdrawForm,
};
use super::group_actions::{GroupActionForm, GroupActions, GroupActionsAddress};
use super::history::ShownHistory;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What each function asks for.
pub const ASKS: &[Asks] = &[
    asks(SessionAt::PATH, Permission::SeeOwnSessions),
    asks(HistoryOf::PATH, Permission::SeeOwnSessions),
    asks(SessionOfDay::PATH, Permission::SeeOwnSessions),
    asks(RoomAddress::PATH, Permission::SeeOwnSessions),
    asks(PlaceAt::PATH, Permission::SendApologies),
    asks(SendApologies::PATH, Permission::SendApologies),
    asks(WithdrawApologies::PATH, Permission::SendApologies),
    asks(RecordAt::PATH, Permission::SeeOwnSessions),
    asks(SaveRecord::PATH, Permission::MarkAttendance),
    asks(SaveActions::PATH, Permission::MarkAttendance),
    asks(CorrectAttendance::PATH, Permission::CorrectAttendance),
    asks(FinishAction::PATH, Permission::FinishAction),
    asks(ActionsOfGroup::PATH, Permission::SeeOwnGroups),
    asks(FinishGroupAction::PATH, Permission::FinishAction),
    asks(ReopenGroupAction::PATH, Permission::MarkAttendance),
    asks(CancellationOf::PATH, Permission::CancelSessions),
    asks(CancelSession::PATH, Permission::CancelSessions),
    asks(SessionsToMark::PATH, Permission::MarkAttendance),
];

/// One session.
#[server(prefix = "/api", endpoint = "session_at")]
pub async fn session_at(form: SessionAddress) -> Result<ShownSession, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::session_at(&actor, &session).await
}

/// What happened to a session.
#[server(prefix = "/api", endpoint = "history_of")]
pub async fn history_of(form: SessionAddress) -> Result<ShownHistory, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::history_of(&actor, &session).await
}

/// The code of the session that a group has on a day.
#[server(prefix = "/api", endpoint = "session_of_day")]
pub async fn session_of_day(form: DayAddress) -> Result<String, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let session = store::open_session_of_day(&actor, &form.slug, form.day()?).await?;
    Ok(session.code().to_owned())
}

/// The address of the session's outside room, while it is open to the one who asks.
#[server(prefix = "/api", endpoint = "room_address")]
pub async fn room_address(form: SessionAddress) -> Result<String, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::room_address(&actor, &session).await
}

/// One's own place at a session.
#[server(prefix = "/api", endpoint = "place_at")]
pub async fn place_at(form: SessionAddress) -> Result<ShownPlace, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SendApologies)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::place_at(&actor, &session).await
}

/// Sends apologies for one's own place.
#[server(prefix = "/api", endpoint = "send_apologies")]
pub async fn send_apologies(form: ApologiesForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::SendApologies)?;
    let session = store::open_session(&actor, &form.session).await?;
    let (reason, until) = (form.check()?, form.until()?);
    let sent = match until {
        Some(until) => store::send_apologies_until(&actor, &session, &reason, until).await?,
        None => store::send_apologies(&actor, &session, &reason).await.map(|()| 1)?,
    };
    let sessions = if sent == 1 { String::new() } else { format!(" for {sent} sessions") };
    go_to(&paths::session(session.code()), &format!("Your apologies are sent{sessions}. Your place is kept."));
    Ok(())
}

/// Withdraws one's own apologies.
#[server(prefix = "/api", endpoint = "withdraw_apologies")]
pub async fn withdraw_apologies(form: WithdrawForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::SendApologies)?;
    let session = store::open_session(&actor, &form.session).await?;
    if !form.together.is_empty() {
        store::withdraw_together(&actor, &session).await?;
        go_to(&paths::session(session.code()), "Your apologies are withdrawn for all these sessions. You are expected at each.");
        return Ok(());
    }
    store::withdraw_apologies(&actor, &session).await?;
    go_to(&paths::session(session.code()), "Your apologies are withdrawn. You are expected at the session.");
    Ok(())
}

/// Attendance and agreed actions.
#[server(prefix = "/api", endpoint = "record_at")]
pub async fn record_at(form: SessionAddress) -> Result<ShownRecord, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnSessions)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::record_at(&actor, &session).await
}

/// Saves the record of a session that one leads, for later or for good.
#[server(prefix = "/api", endpoint = "save_record")]
pub async fn save_record(form: RecordForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};

    let actor = require(Permission::MarkAttendance)?;
    let session = store::open_session(&actor, &form.session).await?;
    store::check_open_to_record(&actor, &session, form.shown_version()?)?;
    let record = form.check(session.length_minutes())?;
    store::save_record(&actor, &session, &record).await?;
    let (place, notice) = record.answer(session.code());
    go_to(&place, notice);
    Ok(())
}

/// Records what became of the actions once the attendance is finished.
#[server(prefix = "/api", endpoint = "save_actions")]
pub async fn save_actions(form: ActionsForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::MarkAttendance)?;
    let session = store::open_session(&actor, &form.session).await?;
    let changes = form.check()?;
    store::save_actions(&actor, &session, &changes).await?;
    go_to(&format!("{}#actions", paths::record(session.code())), "The actions are saved.");
    Ok(())
}

/// Corrects an attendance that was finished.
#[server(prefix = "/api", endpoint = "correct_attendance")]
pub async fn correct_attendance(form: CorrectionForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::CorrectAttendance)?;
    let session = store::open_session(&actor, &form.session).await?;
    let correction = form.check(session.length_minutes())?;
    store::correct_attendance(&actor, &session, &correction).await?;
    go_to(&paths::record(session.code()), "The attendance is corrected. What stood there before is kept.");
    Ok(())
}

/// Marks one's own action as done.
#[server(prefix = "/api", endpoint = "finish_action")]
pub async fn finish_action(form: FinishActionForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::FinishAction)?;
    let session = store::open_session(&actor, &form.session).await?;
    store::finish_action(&actor, &session, form.check()?).await?;
    go_to(&paths::session(session.code()), "Done. It will not be carried any further.");
    Ok(())
}

/// What was agreed at the sessions of a group.
#[server(prefix = "/api", endpoint = "actions_of_group")]
pub async fn actions_of_group(form: GroupActionsAddress) -> Result<GroupActions, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeOwnGroups)?;
    let group = store::open_group_with_actions(&actor, &form.slug).await?;
    store::group_actions(&actor, &group, &form).await
}

/// Marks an action as done on the page of its group: one's own, or any of a group that one leads.
#[server(prefix = "/api", endpoint = "finish_group_action")]
pub async fn finish_group_action(form: GroupActionForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::FinishAction)?;
    let group = store::open_group_with_actions(&actor, &form.slug).await?;
    store::finish_in_group(&actor, &group, form.check()?).await?;
    go_to(&paths::group_actions(&form.slug), "Done. It will not be carried any further.");
    Ok(())
}

/// Opens an action again that was marked as done by mistake.
#[server(prefix = "/api", endpoint = "reopen_group_action")]
pub async fn reopen_group_action(form: GroupActionForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::MarkAttendance)?;
    let group = store::open_group_with_actions(&actor, &form.slug).await?;
    store::reopen_in_group(&actor, &group, form.check()?).await?;
    go_to(&paths::group_actions(&form.slug), "It is open again, and carried to the next session.");
    Ok(())
}

/// Who is told when a session is cancelled.
#[server(prefix = "/api", endpoint = "cancellation_of")]
pub async fn cancellation_of(form: SessionAddress) -> Result<Cancellation, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::CancelSessions)?;
    let session = store::open_session(&actor, &form.code).await?;
    store::cancellation_of(&actor, &session).await
}

/// Cancels a session for everybody.
#[server(prefix = "/api", endpoint = "cancel_session")]
pub async fn cancel_session(form: CancelForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::CancelSessions)?;
    let session = store::open_session(&actor, &form.session).await?;
    let reason = form.check()?;
    store::cancel_session(&actor, &session, reason).await?;
    go_to(&paths::session(session.code()), "The session is cancelled, and everybody has been told.");
    Ok(())
}

/// The sessions that wait for their attendance.
#[server(prefix = "/api", endpoint = "sessions_to_mark")]
pub async fn sessions_to_mark() -> Result<Vec<Unmarked>, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::MarkAttendance)?;
    store::sessions_to_mark(&actor).await
}
