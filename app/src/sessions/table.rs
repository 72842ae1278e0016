//! The sessions that wait for their attendance, as a table.

use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The actor's sessions that are over and not finished, as the list shows them. Times are UK time.
pub async fn to_mark_table(visit: &Visit) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::MarkAttendance)?;
    let sessions = super::store::sessions_to_mark(&actor).await?;
    let minute = |moment: chrono::NaiveDateTime| moment.format("%Y-%m-%d %H:%M").to_string();
    let rows = sessions.into_iter().map(|session| {
        let state = match (session.is_overdue, session.is_begun) {
            (true, _) => "Overdue",
            (false, true) => "Saved for later",
            (false, false) => "",
        };
        let whose = match (session.waits_for, session.is_left_behind) {
            (Some(supervisor), _) => supervisor,
            (None, true) => "Their supervisor is gone".to_owned(),
            (None, false) => "Yours".to_owned(),
        };
        vec![
            session.name,
            session.kind.name().to_owned(),
            minute(session.starts),
            minute(session.ends),
            minute(session.due),
            state.to_owned(),
            whose,
        ]
    });
    Ok(Table { name: "to-mark", head: &["Session", "Kind", "Began", "Ended", "Due", "State", "Whose"], rows: rows.collect() })
}
