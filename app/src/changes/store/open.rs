//! A session whose series the actor may change.

use std::collections::BTreeSet;

use ::series::timetable::{Scope, SeriesKey, SessionKey};

use crate::access::Actor;
use crate::error::AppError;
use crate::sessions::store::{OpenedSession, open_session};

/// A session that the actor may change, with what follows from it. Only [`open_to_change`] and [`open_to_cancel`] make one.
#[derive(Clone, Debug)]
pub struct SessionToChange(OpenedSession);

/// Opens a session for those who plan it: the group's supervisor, and coordinators. For anybody else it is not there.
pub async fn open_to_change(actor: &Actor, code: &str) -> Result<SessionToChange, AppError> {
    let session = open_session(actor, code).await?;
    if session.may_be_planned_by(actor) { Ok(SessionToChange(session)) } else { Err(AppError::NotFound) }
}

/// Opens a session for those who may cancel it, who are its cover too; several of its series at once are for those who plan it.
pub async fn open_to_cancel(actor: &Actor, code: &str, scope: Scope) -> Result<SessionToChange, AppError> {
    if scope != Scope::This {
        return open_to_change(actor, code).await;
    }
    let session = open_session(actor, code).await?;
    if session.may_be_cancelled_by(actor) { Ok(SessionToChange(session)) } else { Err(AppError::NotFound) }
}

impl SessionToChange {
    /// The session itself.
    pub fn opened(&self) -> &OpenedSession {
        &self.0
    }

    /// Its key in the engine.
    pub fn key(&self) -> SessionKey {
        SessionKey(self.0.id().0.as_u128())
    }

    /// Its series, which an edit reads whole.
    pub fn series(&self) -> BTreeSet<SeriesKey> {
        BTreeSet::from([SeriesKey(self.0.series().0.as_u128())])
    }
}
