//! What the page of somebody's availability reads, as it stood at one moment.

use chrono::Days as DayCount;

use super::conflicts::{Days, conflicts_of};
use super::known::{Whose, known_for};
use super::open::OpenedAvailability;
use super::qualified::qualifications_of;
use crate::access::{Actor, Permission};
use crate::availability::answers::{AvailabilityPage, FreeDay};
use crate::availability::free::{Diary, free_days};
use crate::busy::store::other_calendar_of;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::PersonId;

/// How many days are shown as somebody who plans sees them.
const SHOWN: u64 = 14;
/// How far ahead is looked for what no longer fits: everything that a series can have planned.
pub(super) const HORIZON: DayCount = DayCount::new(366 * 2);

/// What somebody has said, the next days as they are free, and what is planned and does not fit.
pub async fn availability_page(actor: &Actor, opened: &OpenedAvailability, kind: &str) -> Result<AvailabilityPage, AppError> {
    let today = ::series::local(actor.now()).date();
    let kind = GroupKind::of_key(kind);
    let mut moment = actor.database().snapshot().await?;
    let days = Days { whose: Whose::Supervisor(opened.person()), from: today, until: today + HORIZON };
    let known = known_for(&mut moment, days.whose, days.from, days.until).await?;
    let conflicts = conflicts_of(actor, &mut moment, &known, days).await?;
    let said = known.availability.get(&opened.person()).cloned().unwrap_or_default();
    let diary = Diary { taken: known.taken_by(opened.person()), elsewhere: known.busy_elsewhere(opened.person()) };
    let days = free_days(&said, today, SHOWN, kind, diary);
    let other_calendar = if opened.is_own() { other_calendar_of(&mut moment, opened.person()).await? } else { None };
    Ok(AvailabilityPage {
        person: opened.name().clone(),
        is_own: opened.is_own(),
        version: version_of(&mut moment, opened.person()).await?,
        said,
        days: days.into_iter().map(|(date, day)| FreeDay { date, day }).collect(),
        kind: kind.map(GroupKind::key).unwrap_or_default().to_owned(),
        conflicts,
        qualified: qualifications_of(&mut moment, opened.person()).await?,
        may_qualify: actor.may(Permission::ManageGroups) && !opened.is_own(),
        other_calendar,
    })
}

/// The version of somebody's limits; nought where nothing was ever said, as for those who have said something and set no limits.
async fn version_of(moment: &mut Transaction, person: PersonId) -> Result<i64, AppError> {
    const VERSION: &str = "SELECT version FROM availability WHERE person_id = $1";

    let version: Option<i64> = on!(&mut moment, connection => sqlx::query_scalar(VERSION).bind(person).fetch_optional(connection).await)?;
    Ok(version.unwrap_or_default())
}
