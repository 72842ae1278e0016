//! Apologies for several sessions of a group at once, as before a holiday: one's own place at each, and nothing else.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::apologies::{record_of, too_late};
use super::open::OpenedSession;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::is_member_on_the_day;
use crate::messages::queue;
use crate::people::PersonId;
use crate::sessions::SessionId;
use crate::sessions::letters::{apologies_sent_for, apologies_withdrawn_for};

/// The days of every session of the group after one that is planned, of those that the actor is expected at.
pub(super) async fn days_that_follow(actor: &Actor, session: &OpenedSession) -> Result<Vec<NaiveDate>, AppError> {
    const FOLLOW: &str = concat!(
        "\
SELECT s.starts_local
FROM session s
JOIN membership m ON m.group_id = s.group_id
WHERE s.group_id = $1
    AND m.person_id = $2
    AND s.starts_at > $3
    AND s.ends_at > $4
    AND s.cancelled_at IS NULL
    AND ",
        is_member_on_the_day!(),
        "
    AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.person_id = $2 AND a.apologies_at IS NOT NULL)
ORDER BY s.starts_at"
    );

    let database = actor.database();
    let follow: Vec<NaiveDateTime> = on!(database, pool => sqlx::query_scalar(FOLLOW)
        .bind(session.group())
        .bind(actor.person())
        .bind(session.course().starts_at)
        .bind(actor.now())
        .fetch_all(pool).await)?;
    Ok(follow.into_iter().map(|starts| starts.date()).collect())
}

/// For how many sessions that are still ahead the actor's apologies were sent at once with those for one, that one included.
pub(super) async fn sent_together(actor: &Actor, session: &OpenedSession) -> Result<i64, AppError> {
    const TOGETHER: &str = "\
SELECT COUNT(*)
FROM attendance own
JOIN attendance a ON a.person_id = own.person_id AND a.apologies_at = own.apologies_at
JOIN session s ON s.id = a.session_id
WHERE own.session_id = $1
    AND own.person_id = $2
    AND s.group_id = $3
    AND s.ends_at > $4
    AND s.cancelled_at IS NULL";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_scalar(TOGETHER)
        .bind(session.id())
        .bind(actor.person())
        .bind(session.group())
        .bind(actor.now())
        .fetch_one(pool).await)?)
}

/// Sends apologies for a session and for every one of its group until a day, that day included, and answers for how many. Whoever leads them
/// is told once. What is over, cancelled, or has apologies already stays as it is.
pub async fn send_apologies_until(actor: &Actor, session: &OpenedSession, reason: &str, until: NaiveDate) -> Result<usize, AppError> {
    const SEND: &str = concat!(
        "\
INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason)
SELECT s.id, m.person_id, $3, $4
FROM session s
JOIN membership m ON m.group_id = s.group_id
WHERE s.group_id = $1
    AND m.person_id = $2
    AND s.starts_at >= $5
    AND s.starts_at < $6
    AND s.ends_at > $3
    AND s.cancelled_at IS NULL
    AND ",
        is_member_on_the_day!(),
        "
ON CONFLICT (session_id, person_id) DO UPDATE
SET apologies_at = excluded.apologies_at, apologies_reason = excluded.apologies_reason
WHERE attendance.apologies_at IS NULL
RETURNING session_id"
    );

    let end = ::series::instant((until + Days::new(1)).and_time(NaiveTime::MIN));
    let mut transaction = actor.begin().await?;
    let sent: Vec<SessionId> = on!(&mut transaction, connection => sqlx::query_scalar(SEND)
        .bind(session.group())
        .bind(actor.person())
        .bind(actor.now())
        .bind(reason)
        .bind(session.course().starts_at)
        .bind(end)
        .fetch_all(connection).await)?;
    if sent.is_empty() {
        return Err(nothing_left(actor, session));
    }
    let by_leader = days_by_leader(&mut transaction, actor, session, &sent).await?;
    for (leader, days) in by_leader {
        queue(&mut transaction, &apologies_sent_for(leader, session.kind(), &days), actor.now()).await?;
    }
    for one in &sent {
        record_of(&mut transaction, actor, *one, "send_apologies").await?;
    }
    transaction.commit().await?;
    Ok(sent.len())
}

/// Withdraws all apologies that were sent at once with those for a session, as far as their sessions are ahead, and answers how many.
pub async fn withdraw_together(actor: &Actor, session: &OpenedSession) -> Result<usize, AppError> {
    const WITHDRAW: &str = "\
UPDATE attendance
SET apologies_at = NULL, apologies_reason = ''
WHERE person_id = $2
    AND apologies_at = (SELECT own.apologies_at FROM attendance own WHERE own.session_id = $1 AND own.person_id = $2)
    AND session_id IN (SELECT s.id FROM session s WHERE s.group_id = $3 AND s.ends_at > $4 AND s.cancelled_at IS NULL)
RETURNING session_id";

    let mut transaction = actor.begin().await?;
    let withdrawn: Vec<SessionId> = on!(&mut transaction, connection => sqlx::query_scalar(WITHDRAW)
        .bind(session.id())
        .bind(actor.person())
        .bind(session.group())
        .bind(actor.now())
        .fetch_all(connection).await)?;
    let by_leader = days_by_leader(&mut transaction, actor, session, &withdrawn).await?;
    for (leader, days) in by_leader {
        queue(&mut transaction, &apologies_withdrawn_for(leader, session.kind(), &days), actor.now()).await?;
    }
    for one in &withdrawn {
        record_of(&mut transaction, actor, *one, "withdraw_apologies").await?;
    }
    transaction.commit().await?;
    Ok(withdrawn.len())
}

/// Why nothing was stored: the place is not the actor's, nothing is ahead, or everything was sent already.
fn nothing_left(actor: &Actor, session: &OpenedSession) -> AppError {
    match too_late(actor, session) {
        AppError::NotFound => AppError::Conflict("There is no session in these days for which you have not sent apologies.".to_owned()),
        overtaken => overtaken,
    }
}

/// The days of some sessions of a group, by who leads them: cover may have been arranged for one.
async fn days_by_leader(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &OpenedSession,
    meant: &[SessionId],
) -> Result<BTreeMap<PersonId, Vec<NaiveDate>>, AppError> {
    const AHEAD: &str = "\
SELECT id, supervisor_id, starts_local
FROM session
WHERE group_id = $1
    AND ends_at > $2
ORDER BY starts_at";

    let rows: Vec<(SessionId, PersonId, NaiveDateTime)> = on!(&mut transaction, connection => sqlx::query_as(AHEAD)
        .bind(session.group())
        .bind(actor.now())
        .fetch_all(connection).await)?;
    let meant: HashSet<uuid::Uuid> = meant.iter().map(|session| session.0).collect();
    let mut by_leader: BTreeMap<PersonId, Vec<NaiveDate>> = BTreeMap::new();
    for (_, leader, starts) in rows.into_iter().filter(|(session, ..)| meant.contains(&session.0)) {
        by_leader.entry(leader).or_default().push(starts.date());
    }
    Ok(by_leader)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;
    use crate::sessions::fixture::{meeting, session};
    use crate::sessions::store::{open_session, place_at, send_apologies};

    async fn messages(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
        const MESSAGES: &str = "SELECT person_id, subject, body FROM message ORDER BY created_at, id";
        let database = &fixture.database;
        on!(database, pool => sqlx::query_as(MESSAGES).fetch_all(pool).await).unwrap()
    }

    async fn run(fixture: &Fixture, change: &'static str, session: SessionId, value: PersonId) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(change).bind(session).bind(value).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn apologies_until_a_day_are_for_every_session_that_is_held_till_then_and_tell_whoever_leads_once(fixture: Fixture) {
            const CANCEL: &str = "UPDATE session SET cancelled_at = $3, cancelled_reason = 'Illness' WHERE id = $1 AND supervisor_id <> $2";
            const COVER: &str = "UPDATE session SET supervisor_id = $2 WHERE id = $1 AND starts_at > $3";
            let week = |weeks| fixture.now() + TimeDelta::weeks(weeks);
            let meeting = meeting(fixture, week(1)).await;
            let (second, third) = (session(fixture, meeting.group, week(2), 90).await, session(fixture, meeting.group, week(3), 90).await);
            let (fourth, fifth) = (session(fixture, meeting.group, week(4), 90).await, session(fixture, meeting.group, week(5), 90).await);
            let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
            run(fixture, CANCEL, second, nadia).await;
            run(fixture, COVER, fourth, nadia).await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let opened = open_session(&amina, &meeting.code).await.unwrap();
            let day = |weeks| ::series::local(week(weeks)).date();
            let place = place_at(&amina, &opened).await.unwrap();
            assert_eq!((place.following, place.together), (vec![day(3), day(4), day(5)], 0));

            assert_eq!(send_apologies_until(&amina, &opened, "A holiday", day(4)).await, Ok(3));
            let again = send_apologies_until(&amina, &opened, "A holiday", day(4)).await.unwrap_err();
            assert_eq!(again.status(), 409, "{again}");
            let told = messages(fixture).await;
            assert_eq!(told.len(), 2, "one to each who leads some of them");
            let to_ruth = told.iter().find(|(to, ..)| *to == meeting.ruth).unwrap();
            assert_eq!(to_ruth.1, "Apologies for 2 sessions");
            assert!(to_ruth.2.contains("Thursday 29 October") && to_ruth.2.contains("Thursday 12 November"), "{}", to_ruth.2);
            assert!(!to_ruth.2.contains("Thursday 5 November") && !to_ruth.2.contains("Amina") && !to_ruth.2.contains("holiday"));
            let place = place_at(&amina, &opened).await.unwrap();
            assert_eq!((place.following, place.together), (vec![day(5)], 3));
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let toms = place_at(&tom, &open_session(&tom, &meeting.code).await.unwrap()).await.unwrap();
            assert!(toms.own.apologies.is_none() && toms.following.len() == 3);
            let _ = (third, fifth);
        }

        async fn what_was_sent_at_once_is_withdrawn_at_once_and_what_was_sent_before_stays(fixture: Fixture) {
            let week = |weeks| fixture.now() + TimeDelta::weeks(weeks);
            let meeting = meeting(fixture, week(1)).await;
            let second = session(fixture, meeting.group, week(2), 90).await;
            session(fixture, meeting.group, week(3), 90).await;
            let second = crate::sessions::fixture::code_of(fixture, second).await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let before = fixture.actor_at(fixture.now() - TimeDelta::hours(1), meeting.amina, &[Role::Practitioner]);
            let opened = open_session(&amina, &second).await.unwrap();
            send_apologies(&before, &opened, "A course").await.unwrap();
            let first = open_session(&amina, &meeting.code).await.unwrap();
            assert_eq!(send_apologies_until(&amina, &first, "", ::series::local(week(3)).date()).await, Ok(2));
            assert_eq!(withdraw_together(&amina, &first).await, Ok(2));
            assert_eq!(withdraw_together(&amina, &first).await, Ok(0), "a second press finds nothing");
            assert!(place_at(&amina, &first).await.unwrap().own.apologies.is_none());
            assert_eq!(place_at(&amina, &opened).await.unwrap().own.apologies.unwrap().reason, "A course");
            assert_eq!(messages(fixture).await.len(), 3);
        }

        async fn whoever_is_not_a_member_sends_none(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::weeks(1)).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let opened = open_session(&ruth, &meeting.code).await.unwrap();
            let day = opened.starts_local().date();
            assert!(send_apologies_until(&ruth, &opened, "", day).await.is_err());
            assert!(messages(fixture).await.is_empty());
        }
    }
}
