//! Apologies ahead: one person's own place, and nothing else.

use super::apologies_until::{days_that_follow, sent_together};
use super::open::OpenedSession;
use super::page::{head, own_place};
use super::participants::seats;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::is_member_on_the_day;
use crate::messages::queue;
use crate::sessions::SessionId;
use crate::sessions::answers::ShownPlace;
use crate::sessions::letters::{apologies_sent, apologies_withdrawn};

/// The actor's own place, for the page on which apologies are sent.
pub async fn place_at(actor: &Actor, session: &OpenedSession) -> Result<ShownPlace, AppError> {
    if !session.kind().has_members() {
        // Whoever has booked a place gives it back where they booked it.
        return Err(AppError::NotFound);
    }
    let seats = seats(actor, session).await?;
    let own = seats.iter().find(|seat| seat.person == actor.person()).ok_or(AppError::NotFound)?;
    Ok(ShownPlace {
        head: head(actor, session, seats.len()),
        own: own_place(actor, session, own),
        cut_off: ::series::local(session.course().cut_off()),
        following: days_that_follow(actor, session).await?,
        together: sent_together(actor, session).await?,
    })
}

/// Sends apologies, or changes the reason of those already sent. The first time, the supervisor is told.
pub async fn send_apologies(actor: &Actor, session: &OpenedSession, reason: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let is_first = keep_apologies(&mut transaction, actor, session, reason).await?;
    if !is_first && !change_reason(&mut transaction, actor, session, reason).await? {
        return Err(too_late(actor, session));
    }
    record(&mut transaction, actor, session, "send_apologies").await?;
    if is_first {
        let letter = apologies_sent(session.supervisor(), session.kind(), session.starts_local().date(), Some(session.code()));
        queue(&mut transaction, &letter, actor.now()).await?;
    }
    transaction.commit().await
}

/// Withdraws apologies: the actor comes after all.
pub async fn withdraw_apologies(actor: &Actor, session: &OpenedSession) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    if !drop_apologies(&mut transaction, actor, session).await? {
        // Withdrawn already, perhaps by a second press of the button; otherwise there is nothing ahead any more.
        let are_sent = have_been_sent(&mut transaction, actor, session).await?;
        return if are_sent { Err(too_late(actor, session)) } else { Ok(()) };
    }
    record(&mut transaction, actor, session, "withdraw_apologies").await?;
    let letter = apologies_withdrawn(session.supervisor(), session.kind(), session.starts_local().date(), Some(session.code()));
    queue(&mut transaction, &letter, actor.now()).await?;
    transaction.commit().await
}

/// Keeps apologies where there are none, and answers whether that was so: of two presses at once, the second waits for the first and then
/// finds them sent.
async fn keep_apologies(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession, reason: &str) -> Result<bool, AppError> {
    const SEND: &str = concat!(
        "\
INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason)
SELECT s.id, m.person_id, $3, $4
FROM session s
JOIN membership m ON m.group_id = s.group_id
WHERE s.id = $1
    AND m.person_id = $2
    AND ",
        is_member_on_the_day!(),
        "
    AND s.cancelled_at IS NULL
    AND s.ends_at > $3
ON CONFLICT (session_id, person_id) DO UPDATE
SET apologies_at = excluded.apologies_at, apologies_reason = excluded.apologies_reason
WHERE attendance.apologies_at IS NULL"
    );

    let kept = on!(&mut transaction, connection => sqlx::query(SEND)
        .bind(session.id())
        .bind(actor.person())
        .bind(actor.now())
        .bind(reason)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(kept > 0)
}

/// Changes nothing of apologies already sent but their reason: when they came decides whether they were late.
async fn change_reason(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession, reason: &str) -> Result<bool, AppError> {
    const CHANGE: &str = "\
UPDATE attendance
SET apologies_reason = $4
WHERE session_id = $1
    AND person_id = $2
    AND apologies_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM session s WHERE s.id = $1 AND s.cancelled_at IS NULL AND s.ends_at > $3)";

    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(session.id())
        .bind(actor.person())
        .bind(actor.now())
        .bind(reason)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

async fn drop_apologies(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession) -> Result<bool, AppError> {
    const WITHDRAW: &str = "\
UPDATE attendance
SET apologies_at = NULL, apologies_reason = ''
WHERE session_id = $1
    AND person_id = $2
    AND apologies_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM session s WHERE s.id = $1 AND s.cancelled_at IS NULL AND s.ends_at > $3)";

    let dropped = on!(&mut transaction, connection => sqlx::query(WITHDRAW)
        .bind(session.id())
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(dropped > 0)
}

async fn have_been_sent(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession) -> Result<bool, AppError> {
    const SENT: &str = "\
SELECT COUNT(*)
FROM attendance
WHERE session_id = $1
    AND person_id = $2
    AND apologies_at IS NOT NULL";

    let count: i64 = on!(&mut transaction, connection => sqlx::query_scalar(SENT)
        .bind(session.id())
        .bind(actor.person())
        .fetch_one(connection).await)?;
    Ok(count > 0)
}

/// Why nothing was stored: the place is not the actor's, or there is nothing ahead to send apologies for.
pub(super) fn too_late(actor: &Actor, session: &OpenedSession) -> AppError {
    if session.course().is_ahead(actor.now()) {
        return AppError::NotFound;
    }
    AppError::Conflict("This session is over or was cancelled, so apologies can no longer be sent or withdrawn here.".to_owned())
}

async fn record(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession, action: &'static str) -> Result<(), AppError> {
    record_of(transaction, actor, session.id(), action).await
}

/// Writes down what became of the actor's own place at a session.
pub(super) async fn record_of(
    transaction: &mut Transaction,
    actor: &Actor,
    session: SessionId,
    action: &'static str,
) -> Result<(), AppError> {
    let entry = audit::Entry { action, subject: "session", subject_id: Some(session.0), detail: "" };
    audit::record(transaction, actor, entry).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::sessions::fixture::{Meeting, meeting};
    use crate::sessions::store::{open_session, session_at};

    async fn send(fixture: &Fixture, meeting: &Meeting, person: PersonId, reason: &str) {
        let actor = fixture.actor(person, &[Role::Practitioner]);
        let session = open_session(&actor, &meeting.code).await.unwrap();
        send_apologies(&actor, &session, reason).await.unwrap();
    }

    async fn rows(fixture: &Fixture) -> Vec<(PersonId, Option<String>, String)> {
        const ROWS: &str = "SELECT person_id, state, apologies_reason FROM attendance ORDER BY person_id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(ROWS).fetch_all(pool).await).unwrap()
    }

    async fn messages(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
        const MESSAGES: &str = "SELECT person_id, subject, body FROM message ORDER BY created_at, id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(MESSAGES).fetch_all(pool).await).unwrap()
    }

    both_databases! {
        async fn apologies_touch_only_ones_own_row_and_keep_the_session(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            send(fixture, &meeting, meeting.amina, "A visit that cannot wait").await;
            assert_eq!(rows(fixture).await, [(meeting.amina, None, "A visit that cannot wait".to_owned())]);
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let session = open_session(&tom, &meeting.code).await.unwrap();
            assert_eq!((session.version(), session.cancelled_reason()), (1, None));
        }

        async fn the_reason_is_visible_to_its_author_and_the_supervisor_alone(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            send(fixture, &meeting, meeting.amina, "A visit that cannot wait").await;
            for (person, role, is_told) in [
                (meeting.amina, Role::Practitioner, true),
                (meeting.ruth, Role::Supervisor, true),
                (meeting.tom, Role::Practitioner, false),
                (meeting.sian, Role::Coordinator, false),
            ] {
                let actor = fixture.actor(person, &[role]);
                let session = open_session(&actor, &meeting.code).await.unwrap();
                let seats = seats(&actor, &session).await.unwrap();
                let seat = seats.iter().find(|seat| seat.person == meeting.amina).unwrap();
                assert!(seat.apologies_at.is_some());
                assert_eq!(seat.apologies_reason.is_empty(), !is_told);
            }
        }

        async fn the_supervisor_is_told_once_without_name_or_reason(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            send(fixture, &meeting, meeting.amina, "A visit that cannot wait").await;
            send(fixture, &meeting, meeting.amina, "A visit").await;
            let messages = messages(fixture).await;
            assert_eq!(messages.len(), 1);
            let (to, subject, body) = &messages[0];
            assert_eq!((*to, subject.as_str()), (meeting.ruth, "Apologies for Thursday 29 October"));
            assert!(body.starts_with("Somebody in your group on Thursday 29 October has sent apologies."));
            assert!(!body.contains("Amina") && !body.contains("visit"));
        }

        async fn withdrawn_apologies_leave_a_place_as_it_was(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            send(fixture, &meeting, meeting.amina, "A visit that cannot wait").await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let session = open_session(&amina, &meeting.code).await.unwrap();
            withdraw_apologies(&amina, &session).await.unwrap();
            withdraw_apologies(&amina, &session).await.unwrap();
            let own = session_at(&amina, &session).await.unwrap().own.unwrap();
            assert_eq!(own.apologies, None);
            assert_eq!(rows(fixture).await, [(meeting.amina, None, String::new())]);
            assert_eq!(messages(fixture).await.len(), 2);
        }

        async fn apologies_are_taken_until_the_end_and_are_late_in_the_last_day(fixture: Fixture) {
            let starts_at = fixture.now() + TimeDelta::days(7);
            let meeting = meeting(fixture, starts_at).await;
            let last_minute = fixture.actor_at(starts_at + TimeDelta::minutes(5), meeting.amina, &[Role::Practitioner]);
            let session = open_session(&last_minute, &meeting.code).await.unwrap();
            send_apologies(&last_minute, &session, "").await.unwrap();
            let own = place_at(&last_minute, &session).await.unwrap().own;
            assert!(own.apologies.unwrap().is_late);
            let too_late = fixture.actor_at(starts_at + TimeDelta::minutes(90), meeting.tom, &[Role::Practitioner]);
            let session = open_session(&too_late, &meeting.code).await.unwrap();
            assert_eq!(send_apologies(&too_late, &session, "").await.unwrap_err().status(), 409);
        }

        async fn apologies_that_are_sent_or_withdrawn_twice_at_once_are_told_once(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let session = open_session(&amina, &meeting.code).await.unwrap();
            let presses = (0..4).map(|_| {
                let (amina, session) = (amina.clone(), session.clone());
                tokio::spawn(async move { send_apologies(&amina, &session, "A visit").await })
            });
            for press in presses.collect::<Vec<_>>() {
                press.await.unwrap().unwrap();
            }
            assert_eq!(messages(fixture).await.len(), 1);
            let presses = (0..4).map(|_| {
                let (amina, session) = (amina.clone(), session.clone());
                tokio::spawn(async move { withdraw_apologies(&amina, &session).await })
            });
            for press in presses.collect::<Vec<_>>() {
                press.await.unwrap().unwrap();
            }
            assert_eq!(messages(fixture).await.len(), 2);
        }

        async fn whoever_is_not_a_member_has_no_place_to_give_up(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let session = open_session(&ruth, &meeting.code).await.unwrap();
            assert_eq!(send_apologies(&ruth, &session, "").await, Err(AppError::NotFound));
            assert!(rows(fixture).await.is_empty());
        }
    }
}
