//! What the page of a renewal reads.

use chrono::{NaiveDate, TimeDelta};

use crate::access::Actor;
use crate::database::on;
use crate::diaries::RhythmRow;
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, audience, last_session_by, running_out};
use crate::renewals::answers::RenewalPage;
use crate::series::{Ends, Opening};

/// Farther ahead than any series reaches: what comes after a group's last session may be decided at any time.
const ANY_TIME: TimeDelta = TimeDelta::weeks(52 * 600);

/// The last session, what was decided, and the next series as it would begin. A group that has planned nothing yet has nothing to renew.
pub async fn renewal_page(actor: &Actor, group: &OpenedGroup) -> Result<RenewalPage, AppError> {
    let running_out = last_session_by(actor, group, actor.now() + ANY_TIME).await?.ok_or(AppError::NotFound)?;
    let last = last_series(actor, group).await?;
    let next = last.opening()?.taken_up_after(running_out.last_on.max(running_out.today));
    Ok(RenewalPage {
        audience: audience(actor, group).await?,
        next: next.rhythm,
        form_of_next: next.form(group.slug()),
        may_end: group.is_managed(),
        version: last.version,
        running_out,
    })
}

/// The answers that a group's last series was made from, and the version of what was decided about it.
#[derive(Clone, Debug, sqlx::FromRow)]
struct LastSeries {
    #[sqlx(flatten)]
    rhythm: RhythmRow,
    until_on: Option<NaiveDate>,
    times: Option<i64>,
    version: i64,
}

async fn last_series(actor: &Actor, group: &OpenedGroup) -> Result<LastSeries, AppError> {
    const LAST: &str = running_out!(
        "x.starts_on, x.starts_time, x.length_minutes, x.every_weeks, x.every_months, x.month_place, x.until_on, x.times, COALESCE(r.version, 0) AS version",
        "    AND g.id = $2"
    );

    let database = actor.database();
    let last: Option<LastSeries> = on!(database, pool => sqlx::query_as(LAST)
        .bind(actor.now() + ANY_TIME)
        .bind(group.id())
        .fetch_optional(pool).await)?;
    last.ok_or(AppError::NotFound)
}

impl LastSeries {
    fn opening(&self) -> Result<Opening, AppError> {
        let ends = self.until_on.map(Ends::Until).or(self.times.map(Ends::Times)).unwrap_or(Ends::Open);
        Ok(Opening { rhythm: self.rhythm.rhythm()?, ends })
    }
}
