//! Every round.

use super::row::LineRow;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::matching::answers::RoundLine;

/// The rounds, the last first.
pub async fn rounds_list(actor: &Actor) -> Result<Vec<RoundLine>, AppError> {
    const LIST: &str = "\
SELECT r.number, r.name, r.about, r.state, r.placed, r.started_at,
    (SELECT COUNT(*) FROM round_person p WHERE p.round_id = r.id AND p.part = 'practitioner' AND CAST(p.obstacles AS TEXT) = '[]') AS asking
FROM matching_round r
WHERE r.number > 0
ORDER BY r.number DESC";

    let database = actor.database();
    let rows: Vec<LineRow> = on!(database, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(RoundLine::from).collect())
}
