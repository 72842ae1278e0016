//! Giving an event to another host.

use chrono::{DateTime, TimeDelta, Utc};

use super::change::{audit_with, check_to_come};
use super::fit::keep_given;
use super::lapse::let_lapse_before;
use super::open::{TakenEvent, open_to_keep, take_version};
use super::places::{Posting, move_up};
use super::row::belongs;
use crate::access::Actor;
use crate::availability::store::{rules_broken, take_supervisor};
use crate::availability::{ClashKind, KeepReason, Level};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::forms::GiveEventForm;
use crate::events::letters::{you_host, you_host_no_more};
use crate::events::model::{Answer, EventId};
use crate::messages::queue;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::spaces::STARTING;

/// Somebody who could host an event.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Candidate {
    id: PersonId,
    #[sqlx(flatten)]
    name: NameRow,
}

/// Whoever hosts events (the roles are those of `HostEvents`, which a test says), belongs to those whom this one is for, and does not host it yet.
async fn candidates(transaction: &mut Transaction, event: EventId, now: DateTime<Utc>) -> Result<Vec<Candidate>, AppError> {
    const CANDIDATES: &str = concat!(
        "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
JOIN event e ON e.id = $1
WHERE p.standing = 'registered'
    AND p.id <> e.host_id
    AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role IN ('supervisor', 'coordinator', 'clinical_lead'))
    AND ",
        belongs!("e.space_id", "p.id", "$2"),
        "
ORDER BY p.given_key, p.family_key, p.id"
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(CANDIDATES)
        .bind(event)
        .bind(now - STARTING)
        .fetch_all(connection).await)?)
}

/// The people to whom an event can be given, by their codes and names: those who are free then, and those with whom it needs a reason, which is said.
pub(super) async fn hosts_for(
    actor: &Actor,
    event: EventId,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(String, String)>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let candidates = candidates(&mut moment, event, actor.now()).await?;
    let people: Vec<PersonId> = candidates.iter().map(|one| one.id).collect();
    let broken = rules_broken(&mut moment, &people, span).await?;
    let option = |one: Candidate| {
        let level = broken.get(&one.id).and_then(|broken| broken.first()).map(|(level, _)| *level);
        let name = PersonName::from(one.name);
        match level {
            None | Some(Level::Ignore) => Some((name.code, name.short)),
            Some(Level::Warn) => Some((name.code, format!("{}, with a reason", name.short))),
            Some(Level::Block | Level::BlockPublishing) => None,
        }
    };
    Ok(candidates.into_iter().filter_map(option).collect())
}

/// Gives an event that has not begun to somebody who belongs to those whom it is for and is free then, by the rules for sessions, or with a reason where a
/// rule only warns. Both hosts are written to; a place that the new one had becomes free.
pub async fn give_event(actor: &Actor, form: &GiveEventForm) -> Result<(), AppError> {
    const GIVE: &str = "UPDATE event SET host_id = $2 WHERE id = $1";

    let opened = open_to_keep(actor, &form.code).await?;
    let mut transaction = actor.begin().await?;
    let event = take_version(&mut transaction, opened.row.id, form.shown_version()).await?;
    check_to_come(actor, &event)?;
    let_lapse_before(&mut transaction, actor, &event).await?;
    let chosen = candidates(&mut transaction, event.id, actor.now()).await?.into_iter().find(|one| one.name.code == form.host);
    let to = chosen.ok_or_else(|| AppError::invalid("host", "Choose who hosts it."))?.id;
    check_free(&mut transaction, &event, to, form).await?;
    on!(&mut transaction, connection => sqlx::query(GIVE).bind(event.id).bind(to).execute(connection).await.map(|_| ()))?;
    keep_given(&mut transaction, actor, (&event, to), form.why()).await?;
    if let Some(Answer::Yes) = forget_answer(&mut transaction, event.id, to).await? {
        move_up(&mut transaction, &event, Posting { now: actor.now(), origin: actor.origin() }).await?;
    }
    let letters = [you_host(to, event.about()), you_host_no_more(event.host_id, event.about())];
    for letter in letters {
        queue(&mut transaction, &letter, actor.now()).await?;
    }
    audit_with(&mut transaction, actor, ("give_event", form.why().map_or("", KeepReason::key)), event.id).await?;
    transaction.commit().await
}

/// Whoever plans something else for the same person at this moment waits here.
async fn check_free(transaction: &mut Transaction, event: &TakenEvent, to: PersonId, form: &GiveEventForm) -> Result<(), AppError> {
    take_supervisor(transaction, to).await?;
    let span = (event.starts_at, event.starts_at + TimeDelta::minutes(event.length_minutes));
    let broken = rules_broken(transaction, &[to], span).await?.remove(&to).unwrap_or_default();
    match broken.first() {
        Some((Level::Block | Level::BlockPublishing, kind)) => {
            Err(AppError::Conflict(format!("{} Nothing was changed.", in_the_way(*kind))))
        }
        Some((Level::Warn, kind)) if form.why().is_none() => {
            Err(AppError::invalid("why", format!("{} Choose why they host it all the same.", in_the_way(*kind))))
        }
        _ => Ok(()),
    }
}

/// What stands in the way, of somebody who is not named: an error names nobody.
const fn in_the_way(kind: ClashKind) -> &'static str {
    match kind {
        ClashKind::SupervisorTwice | ClashKind::MemberTwice => "They are at a session or host another event then.",
        ClashKind::Closed => "The Centre is closed then.",
        ClashKind::OnLeave => "They are away then.",
        ClashKind::UnavailableDate => "They cannot be planned on that day.",
        ClashKind::OutsideHours => "It lies outside their hours.",
        ClashKind::BusyElsewhere => "They are busy in another calendar then.",
        ClashKind::Buffer => "Too little time lies between it and a session or another event of theirs.",
        ClashKind::DayCap => "They have as many sessions on that day as they should.",
        ClashKind::WeekCap => "They have as many sessions in that week as they should.",
    }
}

/// Whoever hosts an event takes no place.
async fn forget_answer(transaction: &mut Transaction, event: EventId, person: PersonId) -> Result<Option<Answer>, AppError> {
    const FORGET: &str = "DELETE FROM event_answer WHERE event_id = $1 AND person_id = $2 RETURNING answer";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(FORGET).bind(event).bind(person).fetch_optional(connection).await)?)
}

#[cfg(test)]
mod tests {
    use crate::access::{Permission, Role, holders};

    #[test]
    fn an_event_is_given_to_whoever_hosts_events() {
        assert_eq!(holders(Permission::HostEvents), [Role::Supervisor, Role::Coordinator, Role::ClinicalLead]);
    }
}
