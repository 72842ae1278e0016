//! Who is at a session, as far as the reader may know.

use chrono::{DateTime, Utc};

use super::open::OpenedSession;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::people_of_session;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::sessions::answers::{Apologies, Mark};
use crate::sessions::model::AttendanceState;
use crate::sessions::readers::Part;

/// A member at a session. What the reader may not know never left the database.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Who it is.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// When they said that they cannot come.
    pub apologies_at: Option<DateTime<Utc>>,
    /// Why, for themselves and the session's supervisor.
    pub apologies_reason: String,
    /// How they were there, for themselves and those who read the attendance.
    pub mark: Option<Mark>,
}

impl Seat {
    /// The apologies, with whether they came after the cut-off.
    pub fn apologies(&self, session: &OpenedSession) -> Option<Apologies> {
        let sent_at = self.apologies_at?;
        Some(Apologies {
            sent: ::series::local(sent_at),
            is_late: session.course().state_of_apologies(sent_at) == AttendanceState::CancelledByMember,
            reason: self.apologies_reason.clone(),
        })
    }
}

/// Everybody whom the session is for, and whoever was marked, by name.
pub async fn seats(actor: &Actor, session: &OpenedSession) -> Result<Vec<Seat>, AppError> {
    let mut snapshot = actor.database().snapshot().await?;
    seats_in(&mut snapshot, actor, session).await
}

/// The same within a unit of work, so that what is done with them is done with them as they are then.
pub async fn seats_in(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession) -> Result<Vec<Seat>, AppError> {
    const SEATS: &str = concat!(
        "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority,
    CASE WHEN p.id = $2 OR $3 THEN t.apologies_at END AS apologies_at,
    CASE WHEN p.id = $2 OR $4 THEN COALESCE(t.apologies_reason, '') ELSE '' END AS apologies_reason,
    CASE WHEN $5 OR (p.id = $2 AND $6) THEN t.state END AS state,
    CASE WHEN $5 OR (p.id = $2 AND $6) THEN t.minutes END AS minutes
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN attendance t ON t.session_id = $1 AND t.person_id = p.id
WHERE p.id IN (
",
        people_of_session!(),
        "
        UNION
        SELECT marked.person_id
        FROM attendance marked
        WHERE marked.session_id = $1
            AND marked.state IS NOT NULL
    )
ORDER BY p.family_key, p.given_key, p.id"
    );

    // Members know who is coming; once it is over, how the others were there is no longer theirs to know.
    let is_ahead = actor.now() < session.course().ends_at;
    let reads_attendance = session.opens(Part::Attendance);
    // What is saved for later is between the sheet and the one who fills it in, or fills it in from now on.
    let is_final = session.course().marked_at.is_some() || session.course().cancelled_at.is_some();
    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(SEATS)
        .bind(session.id())
        .bind(actor.person())
        .bind(reads_attendance || (is_ahead && session.opens(Part::Apologies)))
        .bind(session.opens(Part::ApologiesReason))
        .bind(reads_attendance && (is_final || session.is_marked_by_actor()))
        .bind(is_final)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(Seat::from).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    profession: String,
    authority: String,
    apologies_at: Option<DateTime<Utc>>,
    apologies_reason: String,
    state: Option<AttendanceState>,
    minutes: Option<i64>,
    #[sqlx(flatten)]
    name: NameRow,
}

impl From<Row> for Seat {
    fn from(row: Row) -> Self {
        Self {
            person: row.id,
            name: row.name.into(),
            about: [row.profession, row.authority].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            apologies_at: row.apologies_at,
            apologies_reason: row.apologies_reason,
            mark: row.state.map(|state| Mark { state, minutes: row.minutes }),
        }
    }
}
