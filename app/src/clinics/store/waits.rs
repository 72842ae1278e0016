//! What somebody waits for, and for those who plan how many wait where.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::pass_on::is_as_asked;
use crate::access::{Actor, Permission};
use crate::clinics::answers::{OwnWait, OwnWaits, WaitedSession};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::Band;
use crate::groups::store::can_have_place;

/// Every session ahead at which the actor waits for a place, whatever has become of it.
pub async fn own_waits(actor: &Actor) -> Result<OwnWaits, AppError> {
    const OWN: &str = concat!(
        "\
SELECT g.name AS clinic_name, s.code, s.starts_local, s.ends_at, s.cancelled_at IS NOT NULL AS is_cancelled, NOT ",
        is_as_asked!(),
        " AS is_other_than_asked,
    (
        SELECT COUNT(*)
        FROM clinic_wait other
        WHERE other.session_id = w.session_id
            AND (other.asked_at < w.asked_at OR (other.asked_at = w.asked_at AND other.person_id <= w.person_id))
    ) AS place_among_waiting
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE w.person_id = $1
    AND s.starts_at > $2
ORDER BY s.starts_at, s.id"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        clinic_name: String,
        code: String,
        starts_local: NaiveDateTime,
        ends_at: DateTime<Utc>,
        is_cancelled: bool,
        is_other_than_asked: bool,
        place_among_waiting: i64,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(OWN).bind(actor.person()).bind(actor.now()).fetch_all(pool).await)?;
    let sessions = rows.into_iter().map(|row| OwnWait {
        clinic: row.clinic_name,
        code: row.code,
        starts: row.starts_local,
        ends: ::series::local(row.ends_at),
        band: Band::of(row.place_among_waiting),
        is_cancelled: row.is_cancelled,
        is_other_than_asked: row.is_other_than_asked,
    });
    let today = ::series::local(actor.now()).date();
    Ok(OwnWaits { today, may_book: actor.may(Permission::BookPlaces), sessions: sessions.collect() })
}

/// At how many sessions ahead the actor waits.
pub(super) async fn count_own_waits(moment: &mut Transaction, actor: &Actor) -> Result<i64, AppError> {
    const COUNT: &str = "\
SELECT COUNT(*)
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
WHERE w.person_id = $1
    AND s.starts_at > $2";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(COUNT).bind(actor.person()).bind(actor.now()).fetch_one(connection).await)?)
}

/// The sessions at which people wait for a place, each with how many can have it, for whoever looks after all of them. There are few, since of each clinic
/// only the next sessions are offered.
pub async fn waited_sessions(actor: &Actor) -> Result<Vec<WaitedSession>, AppError> {
    const WAITED: &str = concat!(
        "\
SELECT g.name AS clinic, s.code, s.starts_local AS starts, COUNT(*) AS waiting
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE s.starts_at > $1
    AND s.cancelled_at IS NULL
    AND ",
        can_have_place!(),
        "
GROUP BY s.id, g.id
ORDER BY s.starts_at, s.id"
    );

    let database = actor.database();
    let rows: Vec<(String, String, NaiveDateTime, i64)> =
        on!(database, pool => sqlx::query_as(WAITED).bind(actor.now()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(clinic, code, starts, waiting)| WaitedSession { clinic, code, starts, waiting }).collect())
}
