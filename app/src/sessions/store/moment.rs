//! Whether a record can be saved now, and what somebody is told who was too late.

use chrono::{DateTime, Utc};

use super::open::OpenedSession;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::sessions::forms::Save;
use crate::ui::clock_time;

/// Refuses a record that nothing can be saved of any more, whatever is in it. This comes before the form is looked at: what is wrong with
/// it no longer matters then.
pub fn check_open_to_record(actor: &Actor, session: &OpenedSession, shown: i64) -> Result<(), AppError> {
    if !session.is_marked_by_actor() {
        return Err(AppError::NotFound);
    }
    check_moment(actor, session, Save::ForLater)?;
    let course = session.course();
    let present = Present { cancelled_at: course.cancelled_at, marked_at: course.marked_at };
    if present.is_settled() || session.version() != shown { Err(present.overtaken()) } else { Ok(()) }
}

/// A record is kept from the beginning and finished from the end: before that nobody knows who left early, and nothing was held yet.
pub(super) fn check_moment(actor: &Actor, session: &OpenedSession, save: Save) -> Result<(), AppError> {
    let course = session.course();
    if actor.now() < course.starts_at {
        return Err(AppError::Conflict("The session has not begun, so nobody can be marked yet.".to_owned()));
    }
    if save == Save::Finish && actor.now() < course.ends_at {
        let ends = clock_time(::series::local(course.ends_at).time());
        return Err(AppError::Conflict(format!(
            "The session is under way until {ends}, so its attendance cannot be finished yet. Nothing was saved; “Save for later” keeps what you entered."
        )));
    }
    Ok(())
}

/// What has become of a session, which may be more than was known when it was opened.
#[derive(Clone, Copy, sqlx::FromRow)]
pub(super) struct Present {
    cancelled_at: Option<DateTime<Utc>>,
    marked_at: Option<DateTime<Utc>>,
}

pub(super) async fn present_of(transaction: &mut Transaction, session: &OpenedSession) -> Result<Present, AppError> {
    const PRESENT: &str = "SELECT cancelled_at, marked_at FROM session WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_as(PRESENT).bind(session.id()).fetch_one(connection).await)?)
}

impl Present {
    fn is_settled(self) -> bool {
        self.cancelled_at.is_some() || self.marked_at.is_some()
    }

    /// What somebody is told who was too late.
    pub(super) fn overtaken(self) -> AppError {
        let happened = if self.cancelled_at.is_some() {
            "The session was cancelled in the meantime, so there is nothing to mark."
        } else if self.marked_at.is_some() {
            "The attendance was finished in the meantime, perhaps in another window. What you entered is still here, as a correction of it."
        } else {
            "This record was saved in the meantime, perhaps in another window. What you entered is still here: check it, then save again."
        };
        AppError::Conflict(happened.to_owned())
    }
}
