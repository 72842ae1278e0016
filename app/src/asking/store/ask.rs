//! Asking people, and taking a question back.

use std::collections::BTreeSet;

use ::matching::ProposedGroup;
use sqlx::types::Json;

use super::next::Waiting;
use super::people::RoundPerson;
use super::row::{AskedGroup, asked_groups};
use super::scene::{PlannedGroup, Scene, scene};
use crate::access::Actor;
use crate::asking::letters::{self, Told, please_answer};
use crate::asking::model::{AsWhat, AskedGroupId, AskedId, Meeting, Reply};
use crate::audit::{Entry, record};
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::matching::store::take_board;
use crate::matching::{Part, RoundId};
use crate::messages::queue;
use crate::people::PersonId;

/// Asks everybody of the groups that were chosen as they were shown: all of them, or nobody. Answers how many people are asked.
pub async fn ask_groups(actor: &Actor, number: i64, keys: &[String]) -> Result<usize, AppError> {
    let mut transaction = actor.begin().await?;
    take_board(&mut transaction, number).await?;
    let scene = scene(&mut transaction, number, ::series::local(actor.now()).date()).await?;
    let mut asked = 0_usize;
    for key in keys {
        let group = scene.unasked().find(|group| scene.key_of(group) == *key).ok_or_else(has_changed)?;
        asked = asked.saturating_add(ask_group(&mut transaction, actor, &scene, group).await?);
    }
    let detail = format!("{} groups of round {number}", keys.len());
    let entry = Entry { action: "ask_groups", subject: "round", subject_id: Some(scene.settled.id.0), detail: &detail };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(asked)
}

fn has_changed() -> AppError {
    AppError::Conflict(
        "One of these groups has changed since you looked, or somebody has asked its people a moment ago. Nobody was asked; look at the groups as they are now.".to_owned(),
    )
}

async fn ask_group(transaction: &mut Transaction, actor: &Actor, scene: &Scene, group: &ProposedGroup) -> Result<usize, AppError> {
    let planned = scene.plan_of(group).ok_or_else(has_changed)?;
    let terms = scene.terms_of(&planned);
    if terms.first.is_none() {
        return Err(AppError::Conflict(format!("{}: no date is left on which this group could meet. Leave it out.", terms.when)));
    }
    if let Some(problem) = scene.why_not_led_by(planned.supervisor) {
        return Err(AppError::Conflict(format!("{}: {problem} Nobody was asked; leave this group out.", terms.when)));
    }
    let id = insert_group(transaction, actor, scene.settled.id, &planned).await?;
    let (asked, _) = scene.asked_and_left_out(&planned);
    let told = terms.told(planned.roles_beside(), actor.origin());
    for member in &asked {
        let asking = Asking { group: id, kind: planned.kind, person: member.id, as_what: AsWhat::Member };
        let others: Vec<&RoundPerson> = asked.iter().copied().filter(|other| other.id != member.id).collect();
        ask_person(transaction, actor, asking, &others, &told).await?;
    }
    let beside = planned.asked_beside().map(|one| (one.person, AsWhat::Beside(one.role)));
    let leading: Vec<(PersonId, AsWhat)> = [(planned.supervisor.id, AsWhat::Leader)].into_iter().chain(beside).collect();
    for (person, as_what) in &leading {
        let asking = Asking { group: id, kind: planned.kind, person: *person, as_what: *as_what };
        ask_person(transaction, actor, asking, &asked, &told).await?;
    }
    Ok(asked.len().saturating_add(leading.len()))
}

async fn insert_group(
    transaction: &mut Transaction,
    actor: &Actor,
    round: RoundId,
    planned: &PlannedGroup<'_>,
) -> Result<AskedGroupId, AppError> {
    const INSERT: &str = "\
INSERT INTO asked_group
    (id, code, round_id, kind, supervisor_id, mode, region, week, day, start_minute, length_minutes, least, places, asked_by, asked_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
ON CONFLICT DO NOTHING";

    let id = AskedGroupId(new_id());
    let Meeting { week, day, minute, length_minutes, .. } = planned.meeting;
    let inserted = on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(code())
        .bind(round)
        .bind(planned.kind)
        .bind(planned.supervisor.id)
        .bind(planned.mode)
        .bind(planned.region)
        .bind(week)
        .bind(day)
        .bind(minute)
        .bind(length_minutes)
        .bind(planned.least)
        .bind(planned.places)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 1 { Ok(id) } else { Err(has_changed()) }
}

/// Somebody who is asked about a group.
#[derive(Clone, Copy)]
struct Asking {
    group: AskedGroupId,
    kind: GroupKind,
    person: PersonId,
    as_what: AsWhat,
}

/// Asks somebody and writes to them. What is said to them of the others is kept as it is now.
async fn ask_person(
    transaction: &mut Transaction,
    actor: &Actor,
    asking: Asking,
    others: &[&RoundPerson],
    told: &Told<'_>,
) -> Result<(), AppError> {
    const INSERT: &str = "\
INSERT INTO asked_person (id, code, asked_group_id, person_id, part, kind, asked_by, asked_at, others, professions, authorities, beside)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT DO NOTHING";

    let each_once =
        |of: fn(&RoundPerson) -> &str| others.iter().map(|other| of(other)).filter(|word| !word.is_empty()).collect::<BTreeSet<_>>();
    let code = code();
    let (part, beside) = match asking.as_what {
        AsWhat::Member => (Part::Practitioner, None),
        AsWhat::Leader => (Part::Supervisor, None),
        AsWhat::Beside(role) => (Part::Supervisor, Some(role)),
    };
    let inserted = on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(AskedId(new_id()))
        .bind(&code)
        .bind(asking.group)
        .bind(asking.person)
        .bind(part)
        .bind(asking.kind)
        .bind(actor.person())
        .bind(actor.now())
        .bind(i64::try_from(others.len()).unwrap_or(i64::MAX))
        .bind(Json(each_once(|other| &other.profession)))
        .bind(Json(each_once(|other| &other.authority)))
        .bind(beside)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 0 {
        return Err(AppError::Conflict(
            "Somebody of these people was asked about another group a moment ago. Nobody was asked; look at the groups as they are now."
                .to_owned(),
        ));
    }
    queue(transaction, &please_answer(asking.person, told, asking.as_what, &code), actor.now()).await
}

/// Asks somebody who takes part in the round for a place that is open in one of its groups.
pub async fn ask_next(actor: &Actor, number: i64, group: &str, person: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    take_board(&mut transaction, number).await?;
    let asked = take_asked_group(&mut transaction, number, group).await?;
    let scene = scene(&mut transaction, number, ::series::local(actor.now()).date()).await?;
    let of_scene = scene.asked.iter().find(|one| one.id == asked).ok_or(AppError::NotFound)?;
    if of_scene.open_places() == 0 {
        return Err(AppError::Conflict("Every place in this group is taken or held by now, so nobody else was asked.".to_owned()));
    }
    if let Some(problem) = scene.why_no_longer_led(of_scene) {
        return Err(AppError::Conflict(format!("{problem} Nobody else was asked; take the question back.")));
    }
    let fitting = Waiting::of(&scene)?.who_fits(of_scene);
    let next = fitting.into_iter().map(|one| one.person).find(|one| one.name.code == person);
    let next =
        next.ok_or_else(|| AppError::Conflict("This person does not fit this place any more. The others who do are below.".to_owned()))?;
    let others: Vec<&RoundPerson> = scene.people.values().filter(|one| of_scene.seated().any(|seated| seated.person == one.id)).collect();
    let told = of_scene.terms(&scene.days_off, scene.today);
    let asking = Asking { group: asked, kind: of_scene.kind, person: next.id, as_what: AsWhat::Member };
    let beside = of_scene.beside().filter(|(one, _)| one.reply != Some(Reply::Declined)).map(|(_, role)| role).collect();
    ask_person(&mut transaction, actor, asking, &others, &told.told(beside, actor.origin())).await?;
    let entry = Entry { action: "ask_next", subject: "asked_group", subject_id: Some(asked.0), detail: "" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Takes a group that people are asked about for the rest of the transaction, so that places are counted by one at a time.
async fn take_asked_group(transaction: &mut Transaction, number: i64, code: &str) -> Result<AskedGroupId, AppError> {
    const TAKE: &str = "\
UPDATE asked_group
SET version = version + 1
WHERE code = $1
    AND closed_at IS NULL
    AND round_id = (SELECT r.id FROM matching_round r WHERE r.number = $2)
RETURNING id";

    let taken: Option<AskedGroupId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(code).bind(number).fetch_optional(connection).await)?;
    taken.ok_or_else(|| AppError::Conflict("This group was made or taken back in the meantime.".to_owned()))
}

/// Takes a question back: nobody answers any more, and whoever has not declined is told.
pub async fn take_back(actor: &Actor, number: i64, code: &str) -> Result<(), AppError> {
    const CLOSE: &str = "UPDATE asked_group SET closed_at = $2 WHERE id = $1";

    let mut transaction = actor.begin().await?;
    let id = take_asked_group(&mut transaction, number, code).await?;
    let group = the_group(&mut transaction, number, code).await?;
    on!(&mut transaction, connection => sqlx::query(CLOSE).bind(id).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    end_answers(&mut transaction, actor, id).await?;
    for one in group.people.iter().filter(|one| one.reply != Some(Reply::Declined)) {
        queue(&mut transaction, &letters::asked_no_more(one.person, &one.asked), actor.now()).await?;
    }
    record(&mut transaction, actor, Entry { action: "take_asking_back", subject: "asked_group", subject_id: Some(id.0), detail: "" })
        .await?;
    transaction.commit().await
}

/// The group of a round that people are asked about, by its code.
pub(super) async fn the_group(moment: &mut Transaction, number: i64, code: &str) -> Result<AskedGroup, AppError> {
    const ROUND: &str = "SELECT id FROM matching_round WHERE number = $1";

    let round: Option<RoundId> = on!(&mut moment, connection => sqlx::query_scalar(ROUND).bind(number).fetch_optional(connection).await)?;
    let round = round.filter(|_| !code.is_empty()).ok_or(AppError::NotFound)?;
    asked_groups(moment, round, code).await?.into_iter().next().ok_or(AppError::NotFound)
}

/// Nobody answers about a group any more.
pub(super) async fn end_answers(transaction: &mut Transaction, actor: &Actor, group: AskedGroupId) -> Result<(), AppError> {
    const END: &str = "UPDATE asked_person SET ended_at = $2 WHERE asked_group_id = $1 AND ended_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(END).bind(group).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    Ok(())
}
