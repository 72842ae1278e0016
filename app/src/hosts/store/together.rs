//! Adding somebody to all the sessions of a group that are to come, once they have said that they would be there.

use chrono::{DateTime, Utc};

use crate::access::System;
use crate::audit::{Entry, record_by_system};
use crate::availability::store::{free_supervisors, take_supervisor};
use crate::availability::{Meeting, MeetingId};
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::hosts::letters::{Beside, you_are_beside};
use crate::people::PersonId;
use crate::people::store::{apart_by_now, held_by_now};
use crate::sessions::{HostRole, SessionId};

/// Adds somebody to the sessions of a group for which they are free by now, and where they may meet everybody in it. They are told to which, and of the
/// others. Members know already that somebody would be there: it was said when they were asked, and when the group was made.
pub async fn add_to_group(
    transaction: &mut Transaction,
    system: &System,
    group: GroupId,
    (person, role): (PersonId, HostRole),
) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO session_host (session_id, person_id, role, added_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING";

    take_supervisor(transaction, person).await?;
    let meetings = meetings_of(transaction, group, system.now()).await?;
    let free = free_supervisors(transaction, &meetings).await?;
    let may_come = may_come(transaction, group, person).await?;
    let before = diary_of(transaction, group, Posting::by_itself(system)).await?;
    let mut sessions = Beside::default();
    for (meeting, free) in meetings.iter().zip(free) {
        if !may_come || free.iter().all(|one| one.person != person) {
            sessions.left_out.push(meeting.starts());
            continue;
        }
        on!(&mut transaction, connection => sqlx::query(ADD)
            .bind(SessionId(meeting.id.0))
            .bind(person)
            .bind(role)
            .bind(system.now())
            .execute(connection).await.map(|_| ()))?;
        sessions.added.push(meeting.starts());
    }
    before.news(transaction).await?.write(transaction, &you_are_beside(person, role, &sessions)).await?;
    let entry = Entry { action: "add_host_to_group", subject: "group", subject_id: Some(group.0), detail: role.key() };
    record_by_system(transaction, system, entry).await
}

/// Whether somebody is not held, and may meet everybody in a group and whoever else is beside its supervisor.
async fn may_come(transaction: &mut Transaction, group: GroupId, person: PersonId) -> Result<bool, AppError> {
    const THERE: &str = "\
SELECT person_id
FROM membership
WHERE group_id = $1
    AND left_on IS NULL
UNION
SELECT supervisor_id
FROM supervision_group
WHERE id = $1
UNION
SELECT h.person_id
FROM session_host h
JOIN session s ON s.id = h.session_id
WHERE s.group_id = $1
    AND h.person_id <> $2
ORDER BY person_id";

    let there: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(THERE).bind(group).bind(person).fetch_all(connection).await)?;
    let (apart, held) = (apart_by_now(transaction).await?, held_by_now(transaction).await?);
    Ok(!held.contains(&person) && !there.contains(&person) && apart.first_from(person, &there).is_none())
}

/// The sessions of a group that are to come.
async fn meetings_of(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<Vec<Meeting>, AppError> {
    const MEETINGS: &str = "\
SELECT s.id, s.code, g.name, g.kind, s.supervisor_id, s.starts_at, s.ends_at
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.group_id = $1
    AND s.cancelled_at IS NULL
    AND s.starts_at > $2
ORDER BY s.starts_at, s.id";

    type Row = (SessionId, String, String, GroupKind, PersonId, DateTime<Utc>, DateTime<Utc>);
    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(MEETINGS).bind(group).bind(now).fetch_all(connection).await)?;
    let meeting = |(id, code, group_name, kind, supervisor, starts_at, ends_at): Row| Meeting {
        id: MeetingId(id.0),
        code: Some(code),
        group,
        group_name,
        kind,
        supervisor,
        starts_at,
        ends_at,
    };
    Ok(rows.into_iter().map(meeting).collect())
}
