//! Proposing a text.

use chrono::{Months, NaiveDate};
use sqlx::types::Json;

use super::super::answers::ProposalDraft;
use super::super::forms::Proposal;
use super::super::letters;
use super::super::model::AgreementId;
use super::super::template::{Terms, standard_text};
use super::read::{Version, versions_of};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::{OpenedGroup, audience, facts_of, members_of, series_of, supervisor_of, take_group};
use crate::messages::queue;
use crate::people::PersonId;

/// What a proposal begins with: the newest text that is proposed or in force, otherwise the standard text with the group's own facts in it.
pub async fn proposal_draft(actor: &Actor, group: &OpenedGroup) -> Result<ProposalDraft, AppError> {
    let versions = versions_of(actor, group).await?;
    let start = versions.iter().find(|version| version.is_current());
    let sections = match start {
        Some(version) => version.sections.0.clone(),
        None => standard_text_of(actor, group).await?,
    };
    Ok(ProposalDraft {
        slug: group.slug().to_owned(),
        group: group.name().to_owned(),
        audience: audience(actor, group).await?,
        base: versions.first().map_or(0, |newest| newest.number),
        from: start.map(Version::line),
        sections,
        review_on: in_three_months(::series::local(actor.now()).date()),
        asked: members_of(actor, group).await?.len() + 1,
    })
}

async fn standard_text_of(actor: &Actor, group: &OpenedGroup) -> Result<Vec<super::super::Section>, AppError> {
    let facts = facts_of(actor, group).await?;
    let supervisor = supervisor_of(actor, group).await?;
    let series = series_of(actor, group).await?;
    Ok(standard_text(&Terms {
        group: &facts.name,
        kind: facts.kind,
        supervisor: &supervisor.name.short,
        capacity: facts.capacity,
        mode: facts.mode,
        place: &facts.place,
        rhythm: series.last().map(|line| line.rhythm),
    }))
}

/// Proposes the standard text in a group that is taken and has no text yet, within a unit of work. Whoever made the group writes to
/// everybody in it.
pub async fn propose_standard_text(
    transaction: &mut Transaction,
    actor: &Actor,
    group: GroupId,
    terms: &Terms<'_>,
) -> Result<(), AppError> {
    let review_on = in_three_months(::series::local(actor.now()).date());
    let proposal = Proposal { base: 0, review_on, sections: standard_text(terms) };
    let id = insert(transaction, actor, group, &proposal).await?;
    ask_everybody(transaction, group, id).await?;
    let detail = format!("version 1 of group {group}");
    record(transaction, actor, Entry { action: "propose_agreement", subject: "agreement", subject_id: Some(id.0), detail: &detail }).await
}

/// When a new text is first looked at again.
fn in_three_months(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(3)).unwrap_or(today)
}

/// Stores a text as the next version, in place of one that was proposed before, and asks everybody in the group. Answers its number.
pub async fn propose_agreement(actor: &Actor, group: &OpenedGroup, proposal: &Proposal) -> Result<i64, AppError> {
    let mut transaction = actor.begin().await?;
    take_group(&mut transaction, group.id()).await?;
    check_base(&mut transaction, group.id(), proposal).await?;
    let version = proposal.base + 1;
    withdraw(&mut transaction, actor, group.id()).await?;
    let id = insert(&mut transaction, actor, group.id(), proposal).await?;
    let parties = ask_everybody(&mut transaction, group.id(), id).await?;
    if group.kind().has_members() && parties.len() < 2 {
        return Err(AppError::Conflict("This group has no members yet. Add them first, so that they can be asked.".to_owned()));
    }
    for party in parties.into_iter().filter(|party| *party != actor.person()) {
        queue(&mut transaction, &letters::please_agree(party, version, group.slug()), actor.now()).await?;
    }
    let entry = Entry {
        action: "propose_agreement",
        subject: "agreement",
        subject_id: Some(id.0),
        detail: &format!("version {version} of group {}", group.id()),
    };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(version)
}

/// Refuses a proposal that was begun before the newest version was there, and one that changes nothing.
async fn check_base(transaction: &mut Transaction, group: GroupId, proposal: &Proposal) -> Result<(), AppError> {
    const NEWEST: &str = "SELECT COALESCE(MAX(version), 0) FROM agreement WHERE group_id = $1";
    const CURRENT: &str = "\
SELECT sections, review_on
FROM agreement
WHERE group_id = $1
    AND ended_at IS NULL
ORDER BY version DESC
LIMIT 1";

    let newest: i64 = on!(&mut transaction, connection => sqlx::query_scalar(NEWEST).bind(group).fetch_one(connection).await)?;
    if newest != proposal.base {
        return Err(AppError::Conflict(format!(
            "Version {newest} was proposed while you were writing. Please read it before you propose another. What you wrote is kept below; if you propose it now, it becomes version {}.",
            newest + 1
        )));
    }
    let current: Option<(Json<Vec<super::super::Section>>, NaiveDate)> =
        on!(&mut transaction, connection => sqlx::query_as(CURRENT).bind(group).fetch_optional(connection).await)?;
    if current.is_some_and(|(Json(sections), review_on)| sections == proposal.sections && review_on == proposal.review_on) {
        return Err(AppError::invalid("", "This is the same text with the same day of review. Change something, or leave it as it is."));
    }
    Ok(())
}

/// Takes back a text that not everybody had agreed to.
async fn withdraw(transaction: &mut Transaction, actor: &Actor, group: GroupId) -> Result<(), AppError> {
    const RELEASE: &str = "\
DELETE FROM agreement_party
WHERE agreed_at IS NULL
    AND agreement_id IN (SELECT id FROM agreement WHERE group_id = $1 AND in_force_at IS NULL AND ended_at IS NULL)";
    const WITHDRAW: &str = "UPDATE agreement SET ended_at = $2 WHERE group_id = $1 AND in_force_at IS NULL AND ended_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(RELEASE).bind(group).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(WITHDRAW).bind(group).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Stores the text, and with it how far apart the sessions are that it promises: as the group's newest series has them, which is what it says.
async fn insert(transaction: &mut Transaction, actor: &Actor, group: GroupId, proposal: &Proposal) -> Result<AgreementId, AppError> {
    const INSERT: &str = "\
INSERT INTO agreement (id, group_id, version, sections, review_on, proposed_by, proposed_at, promised_weeks, promised_months)
VALUES ($1, $2, $3, $4, $5, $6, $7,
    (SELECT n.every_weeks FROM series n WHERE n.group_id = $2 AND n.deleted_at IS NULL ORDER BY n.id DESC LIMIT 1),
    (SELECT n.every_months FROM series n WHERE n.group_id = $2 AND n.deleted_at IS NULL ORDER BY n.id DESC LIMIT 1)
)";

    let id = AgreementId(new_id());
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(group)
        .bind(proposal.base + 1)
        .bind(Json(&proposal.sections))
        .bind(proposal.review_on)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(id)
}

/// Makes the supervisor and every member a party who has not agreed yet.
async fn ask_everybody(transaction: &mut Transaction, group: GroupId, agreement: AgreementId) -> Result<Vec<PersonId>, AppError> {
    const ASK: &str = "\
INSERT INTO agreement_party (agreement_id, person_id)
SELECT $2, g.supervisor_id FROM supervision_group g WHERE g.id = $1
UNION
SELECT $2, m.person_id FROM membership m WHERE m.group_id = $1 AND m.left_on IS NULL
RETURNING person_id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(ASK).bind(group).bind(agreement).fetch_all(connection).await)?)
}
