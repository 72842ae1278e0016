//! Making a group of those who accept: one unit of work, with one letter to each person.

use chrono::NaiveDate;

use super::ask::{end_answers, the_group};
use super::row::{AskedGroup, AskedPerson};
use super::scene::{Scene, scene};
use crate::access::Actor;
use crate::agreements::Terms;
use crate::agreements::store::propose_standard_text;
use crate::asking::Reply;
use crate::asking::answers::{GroupToMake, Stage, WrittenBeside};
use crate::asking::forms::MakeForm;
use crate::asking::letters::{Told, begun_without_you, group_begins};
use crate::asking::model::{AsWhat, AskedGroupId, way_in_words};
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::forms::GroupForm;
use crate::groups::store::{MadeGroup, Placing, make_group, person_who_may_join, take_place};
use crate::groups::{GroupId, Rhythm, intervention_name};
use crate::messages::{NewMessage, queue};
use crate::people::PersonId;
use crate::series::store::{Planned, check_plan_led_by, make_draft};
use crate::series::{Ends, Opening};
use crate::sessions::HostRole;

/// What making a group would do: who is in it, every date, and what each of them is written.
pub async fn group_to_make(actor: &Actor, number: i64, code: &str) -> Result<GroupToMake, AppError> {
    let today = ::series::local(actor.now()).date();
    let (group, scene) = {
        let moment = &mut actor.database().snapshot().await?;
        (the_group(moment, number, code).await?, scene(moment, number, today).await?)
    };
    let (planned, problem) = match planned(actor, &group, today).await {
        Ok(planned) => (Some(planned), why_not(&scene, &group)),
        Err(AppError::Invalid(problems)) => (None, problems.into_iter().next().map(|problem| problem.message)),
        Err(other) => return Err(other),
    };
    let beside = scene.beside_of(&group);
    let told = told(actor, (&group, &beside), planned.as_ref(), today);
    let [member, leader] = [AsWhat::Member, AsWhat::Leader].map(|as_what| group_begins(group.supervisor, &told, as_what, "…"));
    let written = |(one, role): &(&AskedPerson, HostRole)| {
        let letter = group_begins(one.person, &told, AsWhat::Beside(*role), "…");
        WrittenBeside { person: one.name.clone(), role: *role, letter: (letter.subject, letter.body) }
    };
    let not_beside = told_without(without(&group, &beside).into_iter()).map(|(one, role)| {
        let letter = begun_without_you(one.person, &told, AsWhat::Beside(role), "…");
        WrittenBeside { person: one.name.clone(), role, letter: (letter.subject, letter.body) }
    });
    let silent: Vec<_> = group.members().filter(|one| one.reply.is_none()).map(|one| one.name.clone()).collect();
    let to_silent = (!silent.is_empty()).then(|| begun_without_you(group.supervisor, &told, AsWhat::Member, "…"));
    let held = planned.as_ref().map(Planned::held).unwrap_or_default();
    let skips = planned.as_ref().map(Planned::skips).unwrap_or_default();
    Ok(GroupToMake {
        number,
        code: group.code.clone(),
        version: group.version,
        terms: crate::asking::answers::Terms {
            kind: group.kind,
            supervisor: group.supervisor_name.clone(),
            when: told.when.clone(),
            way: told.way.clone(),
            first: told.first,
            until: told.until,
        },
        mode: group.mode,
        intervention: group.intervention().map(|key| intervention_name(key).to_owned()),
        members: group.accepting().map(|one| one.name.clone()).collect(),
        silent,
        dates: held.iter().map(|session| session.local).collect(),
        skipped: skips.iter().map(|skip| (skip.date, skip.reason.clone())).collect(),
        letters: [member, leader].into_iter().chain(to_silent).map(|letter| (letter.subject, letter.body)).collect(),
        beside: beside.iter().map(written).collect(),
        not_beside: not_beside.collect(),
        problem,
    })
}

fn why_not(scene: &Scene, group: &AskedGroup) -> Option<String> {
    match group.stage() {
        Stage::Ready => scene.why_not_made(group),
        Stage::Waiting => Some("It can be made as soon as its supervisor and enough people accept.".to_owned()),
        Stage::Made(..) => Some("This group is made already.".to_owned()),
        Stage::TakenBack => Some("This question was taken back.".to_owned()),
    }
}

/// Makes the group, its members, its agreement to sign and its series, and writes to everybody. Answers the group's part of the address; that
/// of the group that is there already where it was made before.
pub async fn make_asked_group(actor: &Actor, number: i64, form: &MakeForm) -> Result<String, AppError> {
    let group = the_group(&mut actor.database().snapshot().await?, number, &form.code).await?;
    if let Some((slug, _)) = group.made {
        return Ok(slug);
    }
    let today = ::series::local(actor.now()).date();
    let planned = planned(actor, &group, today).await.map_err(said_of_the_whole)?;
    let details = details(&group, form).check()?;
    let mut transaction = actor.begin().await?;
    let Some(id) = take(&mut transaction, &group, form.shown_version()).await? else {
        drop(transaction);
        return made_meanwhile(actor, number, &form.code).await;
    };
    let group = the_group(&mut transaction, number, &form.code).await?;
    let scene = scene(&mut transaction, number, today).await?;
    if let Some(problem) = why_not(&scene, &group) {
        return Err(AppError::Conflict(problem));
    }
    let beside = scene.beside_of(&group);
    let made = make_group(&mut transaction, actor, &details).await?;
    fill(&mut transaction, actor, &group, &made).await?;
    let terms = Terms {
        group: &details_name(form),
        kind: group.kind,
        supervisor: &group.supervisor_name.short,
        capacity: capacity(&group),
        mode: group.mode,
        place: form.place.trim(),
        rhythm: Some(group.meeting.rhythm(today)),
    };
    propose_standard_text(&mut transaction, actor, made.id, &terms).await?;
    make_draft(&mut transaction, actor, made.id, &planned).await?;
    close(&mut transaction, actor, id, made.id).await?;
    let without = without(&group, &beside);
    settle_without(&mut transaction, actor, id, &without).await?;
    let told = told(actor, (&group, &beside), Some(&planned), today);
    for letter in letters(&group, (&beside, &without), &told, &made.slug) {
        queue(&mut transaction, &letter, actor.now()).await?;
    }
    let detail = format!("group {}", made.id);
    let entry = Entry { action: "make_asked_group", subject: "asked_group", subject_id: Some(id.0), detail: &detail };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(made.slug)
}

/// Whoever presses second finds the group that the first has made.
async fn made_meanwhile(actor: &Actor, number: i64, code: &str) -> Result<String, AppError> {
    let group = the_group(&mut actor.database().snapshot().await?, number, code).await?;
    group.made.map(|(slug, _)| slug).ok_or_else(|| {
        AppError::Conflict(
            "Somebody has answered while you had this open. Nothing was made; look below who accepts now, then make it.".to_owned(),
        )
    })
}

/// What is wrong with dates that nobody typed is said of all of it.
fn said_of_the_whole(error: AppError) -> AppError {
    let AppError::Invalid(problems) = error else { return error };
    AppError::Conflict(problems.into_iter().next().map(|problem| problem.message).unwrap_or_default())
}

/// Every date of the group, with what is known now of closures, bank holidays and its supervisor's leave.
async fn planned(actor: &Actor, group: &AskedGroup, today: NaiveDate) -> Result<Planned, AppError> {
    let rhythm: Rhythm = group.meeting.rhythm(today);
    let opening = Opening { rhythm, ends: Ends::Until(group.meeting.until) };
    check_plan_led_by(actor, group.supervisor, &opening.answers("")).await
}

/// The group's details as the form of a new group would have them.
fn details(group: &AskedGroup, form: &MakeForm) -> GroupForm {
    GroupForm {
        name: form.name.clone(),
        kind: group.kind.key().to_owned(),
        intervention: group.intervention().unwrap_or_default().to_owned(),
        supervisor: group.supervisor_name.code.clone(),
        capacity: capacity(group).to_string(),
        mode: group.mode.key().to_owned(),
        room_url: form.room_url.clone(),
        room_phone: form.room_phone.clone(),
        place: form.place.clone(),
        ..GroupForm::default()
    }
}

/// The name with single spaces, as it is stored.
fn details_name(form: &MakeForm) -> String {
    form.name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A group has six places, and more where more were asked.
fn capacity(group: &AskedGroup) -> i64 {
    const USUAL: i64 = 6;

    group.places.max(USUAL).min(*group.kind.places().end())
}

/// Takes the group for the rest of the transaction, if nobody has answered since it was shown.
async fn take(transaction: &mut Transaction, group: &AskedGroup, shown: i64) -> Result<Option<AskedGroupId>, AppError> {
    const TAKE: &str = "\
UPDATE asked_group
SET version = version + 1
WHERE id = $1
    AND version = $2
    AND closed_at IS NULL
RETURNING id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(group.id).bind(shown).fetch_optional(connection).await)?)
}

/// Gives everybody their place who accepts.
async fn fill(transaction: &mut Transaction, actor: &Actor, group: &AskedGroup, made: &MadeGroup) -> Result<(), AppError> {
    let gone = || {
        AppError::Conflict(
            "Somebody who accepts cannot join any more: they are suspended, or supervise whoever would lead. Nothing was made. Take the question back, and ask again.".to_owned(),
        )
    };
    for one in group.accepting() {
        let person: PersonId = match person_who_may_join(transaction, group.kind, &one.name.code).await {
            Err(AppError::NotFound) => return Err(gone()),
            other => other?,
        };
        match take_place(transaction, actor, Placing { group: made.id, supervisor: made.supervisor, person }).await {
            Err(AppError::Invalid(_)) => return Err(gone()),
            other => other?,
        };
    }
    Ok(())
}

async fn close(transaction: &mut Transaction, actor: &Actor, id: AskedGroupId, made: GroupId) -> Result<(), AppError> {
    const CLOSE: &str = "UPDATE asked_group SET closed_at = $2, group_id = $3 WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(CLOSE)
        .bind(id)
        .bind(actor.now())
        .bind(made)
        .execute(connection).await.map(|_| ()))?;
    end_answers(transaction, actor, id).await
}

/// Settles of some that they are not beside the supervisor.
async fn settle_without(transaction: &mut Transaction, actor: &Actor, id: AskedGroupId, without: &[&AskedPerson]) -> Result<(), AppError> {
    const SETTLE: &str =
        "UPDATE asked_person SET beside_settled_at = $3 WHERE asked_group_id = $1 AND person_id = $2 AND beside IS NOT NULL";

    for one in without {
        on!(&mut transaction, connection => sqlx::query(SETTLE)
            .bind(id)
            .bind(one.person)
            .bind(actor.now())
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// One letter to each of them, and none to whoever has declined.
fn letters(
    group: &AskedGroup,
    (beside, without): (&[(&AskedPerson, HostRole)], &[&AskedPerson]),
    told: &Told<'_>,
    slug: &str,
) -> Vec<NewMessage> {
    let members = group.accepting().map(|one| group_begins(one.person, told, AsWhat::Member, slug));
    let leader = group_begins(group.supervisor, told, AsWhat::Leader, slug);
    let beside = beside.iter().map(|(one, role)| group_begins(one.person, told, AsWhat::Beside(*role), slug));
    let silent = group.members().filter(|one| one.reply.is_none());
    let silent = silent.map(|one| begun_without_you(one.person, told, AsWhat::Member, &one.asked));
    let without = told_without(without.iter().copied());
    let without = without.map(|(one, role)| begun_without_you(one.person, told, AsWhat::Beside(role), &one.asked));
    members.chain([leader]).chain(beside).chain(silent).chain(without).collect()
}

/// Who was asked to be beside the supervisor and is not: they have not accepted, or may not be there by now.
fn without<'a>(group: &'a AskedGroup, beside: &[(&AskedPerson, HostRole)]) -> Vec<&'a AskedPerson> {
    let is_there = |one: &AskedPerson| beside.iter().any(|(other, _)| other.person == one.person);
    group.beside().map(|(one, _)| one).filter(|one| !is_there(one)).collect()
}

/// Those of them who are told so: whoever has declined knows.
fn told_without<'a>(without: impl Iterator<Item = &'a AskedPerson>) -> impl Iterator<Item = (&'a AskedPerson, HostRole)> {
    without.filter(|one| one.reply != Some(Reply::Declined)).filter_map(|one| Some((one, one.beside?)))
}

fn told<'a>(
    actor: &'a Actor,
    (group, beside): (&AskedGroup, &[(&AskedPerson, HostRole)]),
    planned: Option<&Planned>,
    today: NaiveDate,
) -> Told<'a> {
    Told {
        kind: group.kind,
        when: group.meeting.rhythm(today).to_string(),
        way: way_in_words(group.mode, &group.region),
        first: planned.and_then(|planned| planned.held().first()).map(|session| session.local),
        until: group.meeting.until,
        beside: beside.iter().map(|(_, role)| *role).collect(),
        origin: actor.origin(),
    }
}
