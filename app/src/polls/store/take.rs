//! Making one of the times the series.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::change::{audit, close};
use super::open::OpenedPoll;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::{AppError, Problem};
use crate::groups::Rhythm;
use crate::groups::store::open_group_to_plan;
use crate::polls::forms::TakeTimeForm;
use crate::polls::model::PollKind;
use crate::series::store::{check_plan, make_draft};
use crate::series::{Ends, Opening};

/// A series that was made of a time: its group's part of the address, and its place in the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// The group's part of the address.
    pub slug: String,
    /// The place in the group.
    pub number: i64,
}

/// Makes one of the times the series of the group, as a draft, and closes the poll: both or neither. Where the series cannot be, the poll stays as it
/// is.
pub async fn take_time(actor: &Actor, poll: &OpenedPoll, form: &TakeTimeForm) -> Result<Drafted, AppError> {
    let slug = poll.group().map_or_else(|| form.slug.clone(), |(slug, _)| slug);
    if slug.is_empty() {
        return Err(AppError::invalid("slug", "Choose the group that meets then, or make one first."));
    }
    let group = open_group_to_plan(actor, &slug).await?;
    let (place, starts) = time_at(actor, poll, &form.place).await?;
    let opening = opening(poll, starts, ::series::local(actor.now()).date());
    let planned = check_plan(actor, &group, &opening.answers(group.slug())).await.map_err(at_its_time)?;
    let mut transaction = actor.begin().await?;
    take(&mut transaction, poll, place, form.shown()).await?;
    close(&mut transaction, actor, poll).await?;
    let number = make_draft(&mut transaction, actor, group.id(), &planned).await?;
    audit(&mut transaction, actor, poll, "take_poll_time").await?;
    transaction.commit().await?;
    Ok(Drafted { slug: group.slug().to_owned(), number })
}

/// The place of a time that is offered, and when the first session would begin.
async fn time_at(actor: &Actor, poll: &OpenedPoll, place: &str) -> Result<(i64, NaiveDateTime), AppError> {
    const STARTS: &str = "SELECT starts_on, starts_time FROM poll_time WHERE poll_id = $1 AND place = $2";

    let none = || AppError::invalid("place", "Choose one of the times.");
    let place: i64 = place.parse().map_err(|_| none())?;
    let database = actor.database();
    let starts: Option<(NaiveDate, NaiveTime)> =
        on!(database, pool => sqlx::query_as(STARTS).bind(poll.id()).bind(place).fetch_optional(pool).await)?;
    starts.map(|(starts_on, starts_time)| (place, starts_on.and_time(starts_time))).ok_or_else(none)
}

/// Notes which time was taken, if nobody has taken one since the page was shown.
async fn take(transaction: &mut Transaction, poll: &OpenedPoll, place: i64, shown: i64) -> Result<(), AppError> {
    const TAKE: &str = "\
UPDATE poll
SET chosen = $2
WHERE id = $1
    AND COALESCE(chosen, 0) = $3";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(poll.id())
        .bind(place)
        .bind(shown)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken > 0 {
        return Ok(());
    }
    Err(AppError::Conflict(
        "Somebody else made a time of this poll the series a moment ago. You find the draft on the group’s page; nothing was added."
            .to_owned(),
    ))
}

/// What cannot be about the dates of a series is said of the time that it is made of, which is all that was asked.
fn at_its_time(error: AppError) -> AppError {
    let AppError::Invalid(problems) = error else { return error };
    AppError::Invalid(problems.into_iter().map(|problem| Problem { field: "place".to_owned(), ..problem }).collect())
}

/// How long a series is that a poll makes, until somebody says otherwise.
const HALF_A_YEAR: Months = Months::new(6);

/// Of a time of the week, half a year in its rhythm, from the first that is still to come; of a date, the one session.
fn opening(poll: &OpenedPoll, starts: NaiveDateTime, today: NaiveDate) -> Opening {
    let subject = poll.subject();
    let rhythm = Rhythm {
        starts_on: starts.date(),
        starts_time: starts.time(),
        length_minutes: subject.length_minutes,
        repeats: ::series::Rhythm::Weekly { every: u32::try_from(subject.every_weeks).unwrap_or(1) },
    };
    match subject.kind {
        PollKind::Dates => Opening { rhythm, ends: Ends::Times(1) },
        PollKind::Weekly => {
            let opening = Opening { rhythm, ends: Ends::Until(starts.date().checked_add_months(HALF_A_YEAR).unwrap_or(starts.date())) };
            if starts.date() > today { opening } else { opening.taken_up_after(today) }
        }
    }
}
