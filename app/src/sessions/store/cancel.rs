//! Cancelling a session, for everybody at once.

use super::open::OpenedSession;
use super::page::head;
use super::participants::{Seat, seats, seats_in};
use crate::access::Actor;
use crate::audit;
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::store as groups;
use crate::people::PersonId;
use crate::sessions::answers::Cancellation;
use crate::sessions::letters::session_cancelled;
use crate::sessions::model::CancelReason;

/// Who will be told, for the page that asks first.
pub async fn cancellation_of(actor: &Actor, session: &OpenedSession) -> Result<Cancellation, AppError> {
    if !session.may_be_cancelled_by(actor) {
        return Err(AppError::NotFound);
    }
    let seats = seats(actor, session).await?;
    let mut told: Vec<_> = seats.iter().map(|seat| seat.name.clone()).collect();
    told.extend(session.hosts().iter().map(|(_, host)| host.name.clone()));
    if session.supervisor() != actor.person() {
        told.push(session.supervisor_name().clone());
    }
    Ok(Cancellation { head: head(actor, session, seats.len()), told })
}

/// Cancels the session while it is under way: every place is marked so, and everybody but the actor is told. One that has not begun is cancelled as
/// a change, which can be undone, and one that is over stays what it was.
pub async fn cancel_session(actor: &Actor, session: &OpenedSession, reason: CancelReason) -> Result<(), AppError> {
    if !session.may_be_cancelled_by(actor) {
        return Err(AppError::NotFound);
    }
    if actor.now() < session.course().starts_at {
        return Err(AppError::Conflict("This session has not begun yet. Open its page again to cancel it.".to_owned()));
    }
    if actor.now() >= session.course().ends_at {
        return Err(AppError::Conflict("This session is over, so it can no longer be cancelled. Mark who was there.".to_owned()));
    }
    let mut transaction = actor.begin().await?;
    // Nobody books a place or joins in between, who would not be told.
    groups::take_group(&mut transaction, session.group()).await?;
    let before = diary_of(&mut transaction, session.group(), Posting::by(actor)).await?;
    let call = groups::Cancellation { at: actor.now(), reason };
    if !groups::cancel_one(&mut transaction, session.group(), session.code(), call).await? {
        return Err(AppError::Conflict(
            "This session was cancelled already, or its attendance is finished, so it can no longer be cancelled.".to_owned(),
        ));
    }
    let seats = seats_in(&mut transaction, actor, session).await?;
    let news = before.news(&mut transaction).await?;
    let letter = |to| session_cancelled(to, (session.starts_local(), session.code()), reason);
    for person in told(actor, session, &seats) {
        news.write(&mut transaction, &letter(person)).await?;
    }
    if let Some(letter) = news.to_the_one_who_acts(actor.person()) {
        news.write(&mut transaction, &letter).await?;
    }
    let entry = audit::Entry { action: "cancel_session", subject: "session", subject_id: Some(session.id().0), detail: reason.key() };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

fn told(actor: &Actor, session: &OpenedSession, seats: &[Seat]) -> Vec<PersonId> {
    let hosts = session.hosts().iter().map(|(person, _)| *person);
    seats.iter().map(|seat| seat.person).chain(hosts).chain([session.supervisor()]).filter(|person| *person != actor.person()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::on;
    use crate::sessions::answers::RecordStage;
    use crate::sessions::fixture::meeting;
    use crate::sessions::model::{AttendanceState, SessionState};
    use crate::sessions::store::{open_session, record_at};

    async fn told_people(fixture: &Fixture) -> Vec<(PersonId, String)> {
        const TOLD: &str = "SELECT person_id, body FROM message ORDER BY person_id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(TOLD).fetch_all(pool).await).unwrap()
    }

    both_databases! {
        async fn a_cancelled_session_is_cancelled_for_everybody_and_everybody_is_told(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::minutes(10)).await;
            let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
            let session = open_session(&sian, &meeting.code).await.unwrap();
            assert_eq!(cancellation_of(&sian, &session).await.unwrap().told.len(), 3);
            cancel_session(&sian, &session, CancelReason::SupervisorAway).await.unwrap();

            let session = open_session(&sian, &meeting.code).await.unwrap();
            let page = record_at(&sian, &session).await.unwrap();
            assert_eq!((page.head.state, page.stage), (SessionState::Cancelled, RecordStage::Cancelled));
            assert!(page.lines.iter().all(|line| line.mark.unwrap().state == AttendanceState::CancelledByCentre));
            let told = told_people(fixture).await;
            assert_eq!(told.iter().map(|(person, _)| *person).collect::<Vec<_>>(), [meeting.ruth, meeting.amina, meeting.tom]);
            assert!(told.iter().all(|(_, body)| body.contains("The supervisor cannot come") && !body.contains("Ruth")));
            // A second press finds it cancelled.
            assert_eq!(cancel_session(&sian, &session, CancelReason::Other).await.unwrap_err().status(), 409);
        }

        async fn a_session_that_has_not_begun_or_is_over_is_not_cancelled_here(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(1)).await;
            let starts = fixture.now() + TimeDelta::days(1);
            for (at, is_cancelled) in [(-1, false), (0, true), (90, false)] {
                let ruth = fixture.actor_at(starts + TimeDelta::minutes(at), meeting.ruth, &[Role::Supervisor]);
                let session = open_session(&ruth, &meeting.code).await.unwrap();
                let cancelled = cancel_session(&ruth, &session, CancelReason::TooFew).await;
                assert_eq!(cancelled.is_ok(), is_cancelled, "{at}: {cancelled:?}");
            }
        }

        async fn a_member_and_a_clinical_lead_cancel_nothing(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::minutes(10)).await;
            let clara = crate::people::fixture::person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await;
            for (person, role) in [(meeting.tom, Role::Practitioner), (clara, Role::ClinicalLead)] {
                let actor = fixture.actor(person, &[role]);
                let session = open_session(&actor, &meeting.code).await.unwrap();
                assert_eq!(cancellation_of(&actor, &session).await, Err(AppError::NotFound));
                assert_eq!(cancel_session(&actor, &session, CancelReason::Other).await, Err(AppError::NotFound));
            }
        }
    }
}
