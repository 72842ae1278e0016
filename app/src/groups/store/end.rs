//! Ending a group.

use super::super::letters;
use super::cancel::{Cancellation, cancel_coming};
use super::change::audit;
use super::handover::{expected_in, members_of};
use super::open::OpenedGroup;
use super::parties::end_agreements;
use super::places::end_the_waiting;
use crate::access::Actor;
use crate::database::on;
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::CancelReason;

/// Ends a group: its members leave it, its coming sessions are cancelled, its agreement ends, and everybody is told, those who waited for it too.
pub async fn end_group(actor: &Actor, group: &OpenedGroup, shown: i64) -> Result<(), AppError> {
    const END: &str =
        "UPDATE supervision_group SET ended_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND ended_at IS NULL";

    let mut transaction = actor.begin().await?;
    let ended = on!(&mut transaction, connection => sqlx::query(END)
        .bind(group.id())
        .bind(shown)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if ended == 0 {
        return Err(AppError::Conflict(
            "Somebody else changed or ended this group while you had it open. Please look at it again.".to_owned(),
        ));
    }
    let before = diary_of(&mut transaction, group.id(), Posting::by(actor)).await?;
    let mut told = expected_in(&mut transaction, group.id(), actor.now()).await?;
    // While its members still belong to it, since the coming sessions are cancelled for them.
    let call = Cancellation { at: actor.now(), reason: CancelReason::GroupEnded };
    let cancelled = cancel_coming(&mut transaction, group.id(), call).await?;
    end_agreements(&mut transaction, actor, group.id()).await?;
    end_the_waiting(&mut transaction, actor, group.id()).await?;
    for member in members_of(&mut transaction, group.id()).await? {
        super::members::leave(&mut transaction, actor, group.id(), member).await?;
    }
    told.push(group.supervisor());
    told.sort_unstable();
    told.dedup();
    let news = before.news(&mut transaction).await?;
    for person in told {
        news.write(&mut transaction, &letters::group_ended(person, cancelled)).await?;
    }
    // Last, as everywhere: every other writer waits for it.
    audit(&mut transaction, actor, "end_group", group.id()).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::super::{group_page, open_group};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{coordinator, group, messages, slug_of};
    use crate::groups::forms::GroupAddress;
    use crate::people::fixture::person;

    both_databases! {
        async fn a_group_that_ends_cancels_what_is_coming_and_lets_its_members_go(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            crate::sessions::fixture::session(fixture, id, fixture.now() - chrono::TimeDelta::days(1), 90).await;
            crate::sessions::fixture::session(fixture, id, fixture.now() + chrono::TimeDelta::days(1), 90).await;
            let slug = slug_of(fixture, id).await;
            end_group(&actor, &open_group(&actor, &slug).await.unwrap(), 1).await.unwrap();

            let opened = open_group(&actor, &slug).await.unwrap();
            let page = group_page(&actor, &opened, &GroupAddress::default()).await.unwrap();
            assert!(page.members.is_empty() && !page.may_change && !page.may_plan);
            assert!(page.coming.lines.iter().all(|line| line.is_cancelled));
            assert!(page.past.lines.iter().all(|line| !line.is_cancelled));
            assert_eq!(messages(fixture, "%has ended%").await, 2);
            let amina = fixture.actor(amina, &[Role::Practitioner]);
            assert_eq!(open_group(&amina, &slug).await.unwrap_err(), AppError::NotFound);
            assert_eq!(end_group(&actor, &opened, 2).await.unwrap_err().status(), 409);
        }

        async fn the_sessions_of_a_group_that_ended_say_why_and_nobody_counts_as_absent(fixture: Fixture) {
            const LINES: &str = "SELECT session_id, person_id, state FROM attendance";
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            crate::sessions::fixture::session(fixture, id, fixture.now() - chrono::TimeDelta::days(1), 90).await;
            let coming = crate::sessions::fixture::session(fixture, id, fixture.now() + chrono::TimeDelta::days(1), 90).await;
            let code = crate::sessions::fixture::code_of(fixture, coming).await;
            end_group(&actor, &open_group(&actor, &slug_of(fixture, id).await).await.unwrap(), 1).await.unwrap();

            let session = crate::sessions::store::open_session(&actor, &code).await.unwrap();
            assert_eq!(session.cancelled_reason(), Some(CancelReason::GroupEnded));
            let database = &fixture.database;
            let lines: Vec<(crate::sessions::SessionId, crate::people::PersonId, String)> =
                on!(database, pool => sqlx::query_as(LINES).fetch_all(pool).await).unwrap();
            assert_eq!(lines, [(coming, amina, "cancelled_by_centre".to_owned())]);
        }
    }
}
