//! Writing down what was decided.

use crate::access::Actor;
use crate::audit;
use crate::database::on;
use crate::error::AppError;
use crate::groups::Decided;
use crate::groups::store::{OpenedGroup, take_group};

/// Writes down what comes after a group's last session, in place of what was decided before. Of two who decide at once, the second is told.
pub async fn decide(actor: &Actor, group: &OpenedGroup, shown: i64, decided: Decided) -> Result<(), AppError> {
    // The series of the last session that is planned, or of the last at all where every one was cancelled.
    const DECIDE: &str = "\
INSERT INTO renewal (series_id, decision, decided_for, decided_by, decided_at, version)
SELECT s.series_id, $3, $4, $5, $6, 1
FROM session s
WHERE s.id = COALESCE(
    (SELECT held.id FROM session held WHERE held.group_id = $1 AND held.cancelled_at IS NULL ORDER BY held.starts_at DESC LIMIT 1),
    (SELECT called_off.id FROM session called_off WHERE called_off.group_id = $1 ORDER BY called_off.starts_at DESC LIMIT 1)
)
ON CONFLICT (series_id) DO UPDATE
SET decision = excluded.decision, decided_for = excluded.decided_for, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
    version = renewal.version + 1
WHERE renewal.version = $2";

    let mut transaction = actor.begin().await?;
    take_group(&mut transaction, group.id()).await?;
    let written = on!(&mut transaction, connection => sqlx::query(DECIDE)
        .bind(group.id())
        .bind(shown)
        .bind(decided.what)
        .bind(decided.by)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if written == 0 {
        return Err(AppError::Conflict(
            "Somebody else decided what comes next while you had this open. Look at the decision as it is now, then decide again."
                .to_owned(),
        ));
    }
    let detail = format!("{} by {}", decided.what.key(), decided.by);
    let entry = audit::Entry { action: "decide_renewal", subject: "group", subject_id: Some(group.id().0), detail: &detail };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
