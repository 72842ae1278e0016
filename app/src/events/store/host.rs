//! Giving an event to another host.

use chrono::{DateTime, Utc};

use super::change::{audit_with, check_to_come};
use super::fit::{plan_of, refuse_given};
use super::lapse::let_lapse_before;
use super::open::{open_to_keep, take_version};
use super::places::{Posting, move_up};
use super::row::{EventRow, belongs};
use crate::access::Actor;
use crate::availability::KeepReason;
use crate::availability::store::{judge_hosts, keep_beside_event};
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::forms::GiveEventForm;
use crate::events::letters::{you_host, you_host_no_more};
use crate::events::model::{Answer, EventId};
use crate::messages::queue;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::series::store::reader_of;

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

/// Somebody of them, by their code.
pub(super) async fn candidate(
    transaction: &mut Transaction,
    (event, code): (EventId, &str),
    now: DateTime<Utc>,
) -> Result<Option<PersonId>, AppError> {
    Ok(candidates(transaction, event, now).await?.into_iter().find(|one| one.name.code == code).map(|one| one.id))
}

/// The people to whom an event can be given, by their codes and names: those for whom it may be planned then, and those with whom it needs a reason, which is
/// said. Nobody is asked why a draft is given: it is looked at once more when it is published.
pub(super) async fn hosts_for(actor: &Actor, event: &EventRow) -> Result<Vec<(String, String)>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let candidates = candidates(&mut moment, event.id, actor.now()).await?;
    let people: Vec<PersonId> = candidates.iter().map(|one| one.id).collect();
    let plan = plan_of(event.id, actor.person(), (event.starts_at, event.ends_at));
    let judged = judge_hosts(&mut moment, reader_of(actor), &plan, &people).await?;
    let is_draft = event.published_at.is_none();
    let offered = candidates.into_iter().zip(judged).filter_map(|(one, judged)| {
        let (verdict, PersonName { code, short, .. }) = (judged.of_host().verdict, PersonName::from(one.name));
        match (is_draft, verdict.may_be_published()) {
            (true, _) => verdict.blocks.is_empty().then_some((code, short)),
            (false, true) if !verdict.warns.is_empty() => Some((code, format!("{short}, with a reason"))),
            (false, may_be) => may_be.then_some((code, short)),
        }
    });
    Ok(offered.collect())
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
    let chosen = candidate(&mut transaction, (event.id, &form.host), actor.now()).await?;
    let to = chosen.ok_or_else(|| AppError::invalid("host", "Choose who hosts it."))?;
    let judged = refuse_given(&mut transaction, actor, (&event, to), form.why()).await?;
    on!(&mut transaction, connection => sqlx::query(GIVE).bind(event.id).bind(to).execute(connection).await.map(|_| ()))?;
    if let (Some(judged), Some(reason)) = (&judged, form.why()) {
        keep_beside_event(&mut transaction, actor, judged, reason).await?;
    }
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
