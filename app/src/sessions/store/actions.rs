//! Agreed actions: made at a session, carried to each next one until they are done.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::open::OpenedSession;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::is_at_session;
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::sessions::answers::ActionLine;
use crate::sessions::forms::{ActionChanges, NewAction};
use crate::sessions::model::{ActionId, SessionId};
use crate::sessions::readers::Part;

/// The actions that a session has before it: agreed at it or earlier, and not done by the time it began. None for those whom they are
/// not open to. Others come to each session of an open clinic, so nothing is carried from one to the next.
pub async fn actions_at(actor: &Actor, session: &OpenedSession) -> Result<Option<Vec<ActionLine>>, AppError> {
    const ACTIONS: &str = "\
SELECT a.id, a.words, a.owner_id, a.session_id, a.done_at, s.starts_local, p.code, p.title, p.given_name, p.family_name
FROM agreed_action a
JOIN session s ON s.id = a.session_id
JOIN person p ON p.id = a.owner_id
WHERE a.group_id = $1
    AND s.starts_at <= $2
    AND ($3 OR s.id = $4)
    AND (a.done_at IS NULL OR a.done_at >= $2)
ORDER BY s.starts_at, a.created_at, a.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: ActionId,
        words: String,
        owner_id: PersonId,
        session_id: SessionId,
        done_at: Option<DateTime<Utc>>,
        starts_local: NaiveDateTime,
        #[sqlx(flatten)]
        owner: NameRow,
    }

    if !session.takes_part_in(Part::Actions) {
        return Ok(None);
    }
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(ACTIONS)
        .bind(session.group())
        .bind(session.course().starts_at)
        .bind(session.kind().has_members())
        .bind(session.id())
        .fetch_all(pool).await)?;
    let lines = rows.into_iter().map(|row| ActionLine {
        id: row.id,
        words: row.words,
        owner: row.owner.into(),
        is_own: row.owner_id == actor.person(),
        is_done: row.done_at.is_some(),
        agreed: row.starts_local,
        is_from_here: row.session_id == session.id(),
    });
    Ok(Some(lines.collect()))
}

/// Marks the actor's own action as done.
pub async fn finish_action(actor: &Actor, session: &OpenedSession, action: ActionId) -> Result<(), AppError> {
    if !session.takes_part_in(Part::Actions) {
        return Err(AppError::NotFound);
    }
    let mut transaction = actor.begin().await?;
    finish_own(&mut transaction, actor, session.group(), action).await?;
    transaction.commit().await
}

/// Marks the actor's own action as done. The caller has checked that the actor reads the actions of the group.
pub(super) async fn finish_own(transaction: &mut Transaction, actor: &Actor, group: GroupId, action: ActionId) -> Result<(), AppError> {
    const FINISH: &str = "\
UPDATE agreed_action
SET done_at = COALESCE(done_at, $3)
WHERE id = $1
    AND owner_id = $2
    AND group_id = $4";

    let finished = on!(&mut transaction, connection => sqlx::query(FINISH)
        .bind(action)
        .bind(actor.person())
        .bind(actor.now())
        .bind(group)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if finished == 0 {
        return Err(AppError::NotFound);
    }
    record(transaction, actor, "finish_action", action).await
}

/// Records what became of the actions, by the session's supervisor.
pub async fn save_actions(actor: &Actor, session: &OpenedSession, changes: &ActionChanges) -> Result<(), AppError> {
    if !session.is_led_by_actor() {
        return Err(AppError::NotFound);
    }
    if actor.now() < session.course().starts_at {
        return Err(AppError::Conflict("Actions are agreed at the session, so they can be recorded once it has begun.".to_owned()));
    }
    let mut transaction = actor.begin().await?;
    change_actions(&mut transaction, actor, session, changes).await?;
    transaction.commit().await
}

/// Ticks, clears and adds actions. The caller has checked that the actor leads the session.
pub(super) async fn change_actions(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &OpenedSession,
    changes: &ActionChanges,
) -> Result<(), AppError> {
    tick_and_clear(transaction, actor, session.group(), changes).await?;
    match &changes.new {
        Some(new) => agree_action(transaction, actor, session, new).await,
        None => Ok(()),
    }
}

/// Ticks and clears actions of a group, whosever they are. The caller has checked that the actor keeps its record.
pub(super) async fn tick_and_clear(
    transaction: &mut Transaction,
    actor: &Actor,
    group: GroupId,
    changes: &ActionChanges,
) -> Result<(), AppError> {
    const TICK: &str = "UPDATE agreed_action SET done_at = $3 WHERE id = $1 AND group_id = $2 AND done_at IS NULL";
    const CLEAR: &str = "UPDATE agreed_action SET done_at = NULL WHERE id = $1 AND group_id = $2 AND done_at IS NOT NULL";

    for action in &changes.done {
        let ticked = on!(&mut transaction, connection => sqlx::query(TICK)
            .bind(*action)
            .bind(group)
            .bind(actor.now())
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if ticked > 0 {
            record(transaction, actor, "finish_action", *action).await?;
        }
    }
    for action in &changes.reopened {
        let cleared = on!(&mut transaction, connection => sqlx::query(CLEAR)
            .bind(*action)
            .bind(group)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if cleared > 0 {
            record(transaction, actor, "reopen_action", *action).await?;
        }
    }
    Ok(())
}

async fn agree_action(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession, new: &NewAction) -> Result<(), AppError> {
    // The owner is at the session: its supervisor, or one of those whom it is for.
    const AGREE: &str = concat!(
        "\
INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at)
SELECT $1, s.group_id, s.id, p.id, $2, $3
FROM session s
JOIN person p ON p.code = $4
WHERE s.id = $5
    AND (
        p.id = s.supervisor_id
        OR ",
        is_at_session!("p.id"),
        "
    )"
    );

    let id = ActionId(new_id());
    let agreed = on!(&mut transaction, connection => sqlx::query(AGREE)
        .bind(id)
        .bind(&new.words)
        .bind(actor.now())
        .bind(&new.owner)
        .bind(session.id())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if agreed == 0 {
        return Err(AppError::invalid("new_owner", "Choose somebody who belongs to this session"));
    }
    record(transaction, actor, "agree_action", id).await
}

async fn record(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: ActionId) -> Result<(), AppError> {
    let entry = audit::Entry { action, subject: "agreed_action", subject_id: Some(id.0), detail: "" };
    audit::record(transaction, actor, entry).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::sessions::fixture::{Meeting, code_of, meeting, session};
    use crate::sessions::store::open_session;

    async fn agree(fixture: &Fixture, meeting: &Meeting, owner: PersonId, words: &str) {
        const CODE: &str = "SELECT code FROM person WHERE id = $1";
        let database = &fixture.database;
        let owner: String = on!(database, pool => sqlx::query_scalar(CODE).bind(owner).fetch_one(pool).await).unwrap();
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        let changes = ActionChanges { new: Some(NewAction { words: words.to_owned(), owner }), ..ActionChanges::default() };
        save_actions(&ruth, &session, &changes).await.unwrap();
    }

    async fn actions_for(fixture: &Fixture, person: PersonId, role: Role, code: &str) -> Option<Vec<ActionLine>> {
        let actor = fixture.actor(person, &[role]);
        let session = open_session(&actor, code).await.unwrap();
        actions_at(&actor, &session).await.unwrap()
    }

    both_databases! {
        async fn an_action_is_carried_to_each_next_session_until_it_is_done(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            let next = session(fixture, meeting.group, fixture.now() + TimeDelta::days(7), 90).await;
            let next = code_of(fixture, next).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;

            let carried = actions_for(fixture, meeting.amina, Role::Practitioner, &next).await.unwrap();
            assert_eq!(carried.len(), 1);
            assert!(carried[0].is_own && !carried[0].is_done && !carried[0].is_from_here);

            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let opened = open_session(&amina, &next).await.unwrap();
            finish_action(&amina, &opened, carried[0].id).await.unwrap();
            finish_action(&amina, &opened, carried[0].id).await.unwrap();
            assert_eq!(actions_for(fixture, meeting.amina, Role::Practitioner, &next).await, Some(Vec::new()));
            // Where it was agreed, it stays to be seen.
            let agreed = actions_for(fixture, meeting.tom, Role::Practitioner, &meeting.code).await.unwrap();
            assert!(agreed[0].is_done && agreed[0].is_from_here);
        }

        async fn somebody_elses_action_is_not_mine_to_finish(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let opened = open_session(&tom, &meeting.code).await.unwrap();
            let actions = actions_at(&tom, &opened).await.unwrap().unwrap();
            assert_eq!(finish_action(&tom, &opened, actions[0].id).await, Err(AppError::NotFound));
        }

        async fn members_and_the_supervisor_read_the_actions_and_a_coordinator_does_not(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;
            for (person, role) in [(meeting.ruth, Role::Supervisor), (meeting.tom, Role::Practitioner)] {
                assert_eq!(actions_for(fixture, person, role, &meeting.code).await.unwrap().len(), 1);
            }
            assert_eq!(actions_for(fixture, meeting.sian, Role::Coordinator, &meeting.code).await, None);
        }

        async fn only_the_sessions_supervisor_records_actions_and_only_for_those_at_it(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            let new = |owner: &str| ActionChanges {
                new: Some(NewAction { words: "Send the guide".to_owned(), owner: owner.to_owned() }),
                ..ActionChanges::default()
            };
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner, Role::Supervisor]);
            let opened = open_session(&tom, &meeting.code).await.unwrap();
            assert_eq!(save_actions(&tom, &opened, &new("abcdefgh")).await, Err(AppError::NotFound));
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let opened = open_session(&ruth, &meeting.code).await.unwrap();
            assert_eq!(save_actions(&ruth, &opened, &new("abcdefgh")).await.unwrap_err().status(), 422);
        }

        async fn an_action_ticked_by_mistake_is_opened_again(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            agree(fixture, &meeting, meeting.tom, "Send the guide").await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let opened = open_session(&ruth, &meeting.code).await.unwrap();
            let id = actions_at(&ruth, &opened).await.unwrap().unwrap()[0].id;
            save_actions(&ruth, &opened, &ActionChanges { done: vec![id], ..ActionChanges::default() }).await.unwrap();
            assert!(actions_at(&ruth, &opened).await.unwrap().unwrap()[0].is_done);
            save_actions(&ruth, &opened, &ActionChanges { reopened: vec![id], ..ActionChanges::default() }).await.unwrap();
            assert!(!actions_at(&ruth, &opened).await.unwrap().unwrap()[0].is_done);
        }
    }
}
