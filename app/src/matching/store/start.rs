//! Looking who would take part in a round, starting it, and asking it to stop.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::beside::{ask_beside, led};
use super::gather::gather;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, is_taken, new_id, on};
use crate::error::AppError;
use crate::matching::answers::{LookedAt, RoundToStart};
use crate::matching::beside::{Asked, pool};
use crate::matching::bounded::minutes_of_each;
use crate::matching::candidates::{Candidate, Gathered, instance_of, looked_at};
use crate::matching::forms::{Place, RoundForm, RoundToAsk};
use crate::matching::limits::Limits;
use crate::matching::model::{Part, RoundId};
use crate::matching::rules::{mix_lines, usual_rules, weight_lines};
use crate::people::PersonId;

/// How many steps the engine works: three whole cycles of its search after the first quick one, after which more find next to nothing better in
/// rounds of the Centre’s size.
const STEPS: i64 = 283;

/// Who would take part in a round, and what is in the way of the others.
pub async fn round_to_start(actor: &Actor, form: RoundForm) -> Result<RoundToStart, AppError> {
    const AUTHORITIES: &str = "SELECT slug, name FROM authority ORDER BY name";

    let form = form.with_limits();
    // What is wrong with a limit is said beside it, and nothing that was chosen is lost: people are looked at as if none were entered.
    let (readable, problems) = match form.limits() {
        Err(AppError::Invalid(problems)) => (form.clone().limited(&Limits::default()), problems),
        _ => (form.clone(), Vec::new()),
    };
    let asked = readable.check()?;
    let moment = &mut actor.database().snapshot().await?;
    let gathered = gather(moment, ::series::local(actor.now()).date(), &asked).await?;
    let unregistered =
        gathered.people.iter().filter(|known| !known.is_supervisor && !gathered.registrations.contains_key(&known.id)).count();
    let looked_at = looked_at(&gathered, &asked).into_iter().map(LookedAt::from).collect();
    let authorities = on!(&mut moment, connection => sqlx::query_as(AUTHORITIES).fetch_all(connection).await)?;
    Ok(RoundToStart {
        form,
        number: next_number(moment).await?,
        looked_at,
        unregistered: i64::try_from(unregistered).unwrap_or(i64::MAX),
        authorities,
        weights: weight_lines(&usual_rules()),
        mixes: mix_lines(&usual_rules()),
        problems,
    })
}

impl From<Candidate<'_>> for LookedAt {
    fn from(candidate: Candidate<'_>) -> Self {
        let Candidate { known, part, is_stale, obstacles, needs, has_words, .. } = candidate;
        Self { person: known.name.clone(), part, is_stale, obstacles, needs, has_words }
    }
}

pub(super) async fn next_number(moment: &mut Transaction) -> Result<i64, AppError> {
    const NEXT: &str = "SELECT COALESCE(MAX(number), 0) + 1 FROM matching_round";

    Ok(on!(&mut moment, connection => sqlx::query_scalar(NEXT).fetch_one(connection).await)?)
}

/// Freezes what a round is asked, for the engine to take up. Answers its number.
pub async fn start_round(actor: &Actor, form: &RoundForm) -> Result<i64, AppError> {
    let mut transaction = actor.begin().await?;
    let start = Start { by: actor.person(), at: actor.now(), steps: STEPS };
    let (id, number) = freeze_round(&mut transaction, start, form).await?;
    let detail = format!("round {number}");
    record(&mut transaction, actor, Entry { action: "start_round", subject: "round", subject_id: Some(id.0), detail: &detail }).await?;
    transaction.commit().await?;
    Ok(number)
}

/// Who starts a round, when, and how many steps the engine may work.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// How many.
    pub steps: i64,
}

/// Stores what a round is asked, with everybody who was looked at. Answers which it is, and its number.
pub async fn freeze_round(transaction: &mut Transaction, start: Start, form: &RoundForm) -> Result<(RoundId, i64), AppError> {
    const FREEZE: &str = "\
INSERT INTO matching_round
    (id, number, name, about, starts_on, ends_on, instance, seed, steps, steps_done, state, placed, started_by, started_at, rules_off,
    rules_off_reason, meets_every, needs_met, most_places, most_share)
VALUES ($1, $2, $3, $4, $5, $6, $7, $2, $8, 0, 'waiting', 0, $9, $10, $11, $12, $13, $14, $15, $16)";

    let asked = form.check()?;
    let gathered = gather(transaction, ::series::local(start.at).date(), &asked).await?;
    let candidates = looked_at(&gathered, &asked);
    if !candidates.iter().any(|one| one.part == Part::Practitioner && one.obstacles.is_empty()) {
        return Err(AppError::Conflict("Nobody would take part who asks for a place. Look below at what is in the way.".to_owned()));
    }
    let instance = instance_of(&gathered, &asked, &candidates);
    let text = instance.write().map_err(|_| crate::database::unavailable("a round cannot be written"))?;
    let (id, number) = (RoundId(new_id()), next_number(transaction).await?);
    let frozen = on!(&mut transaction, connection => sqlx::query(FREEZE)
        .bind(id)
        .bind(number)
        .bind(form.name_or(number)?)
        .bind(in_words(&gathered, &asked))
        .bind(asked.starts_on)
        .bind(asked.ends_on)
        .bind(&text)
        .bind(start.steps)
        .bind(start.by)
        .bind(start.at)
        .bind(Json(&asked.rules_off))
        .bind(&asked.rules_off_reason)
        .bind(asked.meets_every)
        .bind(asked.limits.needs_met.as_ref().map(Json))
        .bind(asked.limits.most_places)
        .bind(asked.limits.most_share)
        .execute(connection).await.map(|_| ()));
    match frozen {
        Err(cause) if is_taken(&cause) => {
            return Err(AppError::Conflict("Somebody started a round a moment ago. Look at it, then start this one again.".to_owned()));
        }
        frozen => frozen?,
    }
    note_who_was_looked_at(transaction, id, &candidates).await?;
    if !asked.beside.is_empty() {
        let pool = pool(&gathered, (&asked, start.at), &candidates, &led(transaction).await?);
        let (minutes_of_each, most_share) = (minutes_of_each(asked.meets_every), asked.limits.most_share);
        ask_beside(transaction, id, &Asked { roles: asked.beside.clone(), pool, minutes_of_each, most_share, kept: Vec::new() }).await?;
    }
    Ok((id, number))
}

async fn note_who_was_looked_at(transaction: &mut Transaction, round: RoundId, candidates: &[Candidate<'_>]) -> Result<(), AppError> {
    const LOOKED_AT: &str = "\
INSERT INTO round_person (round_id, person_id, part, is_stale, obstacles, kept, place_in_line)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

    for candidate in candidates {
        on!(&mut transaction, connection => sqlx::query(LOOKED_AT)
            .bind(round)
            .bind(candidate.known.id)
            .bind(candidate.part)
            .bind(candidate.is_stale)
            .bind(Json(&candidate.obstacles))
            .bind(candidate.kept.as_ref().map(Json))
            .bind(candidate.place_in_line)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// What is said of the place of a round that is asked for no authority in particular.
pub(super) const EVERY_AUTHORITY: &str = "every authority";

/// "Group, Bradford".
fn in_words(gathered: &Gathered, asked: &RoundToAsk) -> String {
    let kinds = match asked.streams.as_slice() {
        [one] => one.kind().name().to_owned(),
        _ => "Every kind of group".to_owned(),
    };
    let place = match &asked.place {
        Place::Everywhere => EVERY_AUTHORITY.to_owned(),
        Place::Region(region) => (*region).to_owned(),
        Place::Authority(slug) => {
            let mut authorities = gathered.people.iter().filter_map(|known| known.authority.as_ref());
            authorities.find(|authority| authority.slug == *slug).map_or_else(|| slug.clone(), |authority| authority.name.clone())
        }
    };
    format!("{kinds}, {place}")
}

/// Asks the engine to stop and keep what it has.
pub async fn stop_round(actor: &Actor, number: i64) -> Result<(), AppError> {
    const STOP: &str = "\
UPDATE matching_round
SET stop_asked_at = $2
WHERE number = $1
    AND finished_at IS NULL
    AND stop_asked_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let stopped: Option<uuid::Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(STOP)
        .bind(number)
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let Some(id) = stopped else {
        return Err(AppError::Conflict("This round is over already, or was asked to stop.".to_owned()));
    };
    let detail = format!("round {number}");
    record(&mut transaction, actor, Entry { action: "stop_round", subject: "round", subject_id: Some(id), detail: &detail }).await?;
    transaction.commit().await
}
